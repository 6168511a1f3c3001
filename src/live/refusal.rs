//! Why a command was not accepted, in words for whoever gave it.

use super::hub::Hub;
use crate::engine::rejection::{Rejection, Values};

/// Why a command was not accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A rule of play.
    #[error("{message}")]
    Rejected {
        /// Which.
        rejection: Rejection,
        /// The rule in words, with people by their names.
        message: String,
    },
    /// The same key came with another command before.
    #[error("this key was used for another command: choose a new one")]
    KeyReused,
    /// The key is not one.
    #[error("a key has 1 to 100 printable ASCII characters")]
    BadKey,
    /// Nothing was stored.
    #[error("this could not be stored now: try again with the same key")]
    Unavailable,
    /// Another server claimed the log.
    #[error("another server runs this exercise now: connect to that one, or restart this one to take it back")]
    TakenOver,
}

impl From<Rejection> for Refusal {
    fn from(rejection: Rejection) -> Self {
        Self::Rejected { message: rejection.to_string(), rejection }
    }
}

impl Refusal {
    /// With people by their names.
    pub(super) fn named(self, hub: &Hub) -> Self {
        match self {
            Self::Rejected { rejection, .. } => {
                let message = hub.read(|committed| rejection.message(|person| committed.name_of(person)));
                Self::Rejected { rejection, message }
            }
            other => other,
        }
    }

    /// What the words name, for words in another language.
    #[must_use]
    pub fn values(&self) -> Values {
        match self {
            Self::Rejected { rejection, .. } => rejection.values(),
            Self::KeyReused | Self::BadKey | Self::Unavailable | Self::TakenOver => Values::new(),
        }
    }

    /// Stable code, part of the protocol.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Rejected { rejection, .. } => rejection.code(),
            Self::KeyReused => "key_reused",
            Self::BadKey => "bad_key",
            Self::Unavailable => "unavailable",
            Self::TakenOver => "taken_over",
        }
    }
}
