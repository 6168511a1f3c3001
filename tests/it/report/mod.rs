//! Reports: every figure by hand, the same bytes from the same log, hostile text kept harmless.

mod after;
mod as_run;
mod attendance;
#[cfg(feature = "pdf")]
mod certificates;
mod figures;
mod findings;
mod hall;
mod html;
#[cfg(feature = "pdf")]
mod paper;
#[cfg(feature = "pdf")]
mod pdf;
#[cfg(feature = "pdf")]
mod pictures;
mod rehearsal;
mod tables;
mod told;
mod versions;
mod words;
