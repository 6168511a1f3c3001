//! Reports: every figure by hand, the same bytes from the same log, hostile text kept harmless.

mod across;
mod after;
mod as_run;
mod candidates;
mod earlier;
mod attendance;
#[cfg(feature = "pdf")]
mod certificates;
mod figures;
mod findings;
mod hall;
mod hostile;
mod html;
#[cfg(feature = "pdf")]
mod paper;
#[cfg(feature = "pdf")]
mod pdf;
#[cfg(feature = "pdf")]
mod pictures;
mod programme;
mod rehearsal;
mod snapshots;
mod tables;
mod told;
mod versions;
mod words;
