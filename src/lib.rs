//! Drillhall runs cyber drills for national incident-response teams.
//!
//! A scenario file drives timed injects to teams; every answer becomes an event of one log, and the
//! live view, the scorecard and the after-action report are functions of that log.
//!
//! # The house, in reading order
//!
//! | room | what it owns |
//! | --- | --- |
//! | [`clock`], [`id`] | time, ids and randomness: the only files that touch the real ones |
//! | [`engine`] | the core: commands and time come in, events come out; who may see what; scores |
//! | [`scenario`] | from the files that people write to the plan that the engine runs |
//! | [`store`] | one log with its hash chain, on SQLite or PostgreSQL, and what lies beside it |
//! | [`intake`] | what a file is that somebody hands in, told by its bytes alone |
//! | [`markup`] | pages of HTML that stand alone, marked as an exercise; no data becomes markup |
//! | [`mod@print`] | what control and teams have on paper when the platform is gone |
//! | [`report`] | scorecard and after-action report from a log |
//! | [`archive`] | an exercise as one file to keep, signed, and what such a file is worth |
//! | [`backup`] | everything that a server keeps as one file, and back again |
//! | [`bot`] | simulated people, for rehearsals and demonstrations |
//! | [`tls`] | certificates, and connections that are encrypted |
//! | [`problem`], [`config`], [`http`] | errors at the edge, settings, the shell around every route |
//! | [`audit`] | the log of what was done to the platform |
//! | [`account`] | who somebody is |
//! | [`hook`] | telling other programs what happens, where the operator lists them |
//! | [`live`] | the running exercise: it decides, stores, and only then shows |
//! | [`programme`] | a drill day: exercises that share organisations, teams, people and links |
//! | [`doctor`] | the night before: what would spoil the drill, and what to do |
//! | [`app`] | the whole server |
//! | [`cli`] | the commands of the program |
//!
//! # What must stay true
//!
//! 1. The log is the truth: state is a fold of events, and everything shown is a function of them.
//! 2. The engine is pure: no I/O, no clock, no randomness, no floats, no hash-map order.
//! 3. Stored before seen: nothing is shown or acknowledged that a power cut could undo.
//! 4. At least once on the wire, exactly once in effect: clients resume by number, commands have keys.
//! 5. Nobody receives what they may not see: decided by the engine, before anything is encoded.
//! 6. Time is a ledger: what falls due late waits for a person and never bursts out.
//! 7. No honest work is refused: a late answer is stored as late.
//! 8. Each point has a reason, and nothing unscored is hidden.
//! 9. An exercise can never be mistaken for the real thing, nor hide it.
//! 10. A fault costs availability, never data.
//! 11. Language, ability and bandwidth are no barrier.
//!
//! Where each is held and which test shows it stands in `docs/ARCHITECTURE.md`.

/// What is decided, shown and scored is many small things: the allocator of the system spends twice the time on
/// them (`docs/PERFORMANCE.md`).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

pub mod clock;
pub mod id;
pub mod engine;
pub mod scenario;
pub mod store;
pub mod intake;
pub mod markup;
pub mod print;
pub mod report;
pub mod archive;
pub mod backup;
pub mod bot;
pub mod tls;
pub mod problem;
pub mod config;
pub mod http;
pub mod audit;
pub mod account;
pub mod hook;
pub mod live;
pub mod programme;
pub mod doctor;
pub mod app;
pub mod cli;
