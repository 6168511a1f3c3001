//! Why something before the start was refused.

use thiserror::Error;

/// A refusal of what is made ready.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[expect(missing_docs, reason = "the message says it")]
pub enum Preparing {
    #[error("no comcheck is open: begin one first")]
    NoComcheck,
    #[error("this line of the list is worked out by the server: see to what it names instead")]
    NotByHand,
}

impl Preparing {
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::NoComcheck => "no_comcheck",
            Self::NotByHand => "not_by_hand",
        }
    }
}
