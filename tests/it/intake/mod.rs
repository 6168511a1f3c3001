//! What is taken when somebody hands a file in, and what is not.

mod allowed;
mod archives;
mod never;
mod polyglots;
pub(crate) mod samples;
