//! What the routes on personal data take and give.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{engine::time::Timestamp, store::RetentionScope};

/// How long what is personal is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Kept {
    /// Days behind the end of play.
    pub days: u32,
    /// What goes then.
    pub scope: RetentionScope,
    /// When it goes; none before the end of play.
    pub goes_at: Option<Timestamp>,
    /// When it went.
    pub done_at: Option<Timestamp>,
    /// Whom to ask.
    pub contact: Option<String>,
}

/// Says how long what is personal is kept.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetRetention {
    /// Days behind the end of play, 1 to 3660.
    pub days: u32,
    /// What goes then.
    pub scope: RetentionScope,
}

/// Erases what is personal of somebody.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ErasePerson {
    /// Whether the texts that the person wrote and the files that the person handed in go, too.
    pub texts: bool,
    /// Why; the log keeps it.
    pub reason: String,
}

/// What went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ErasedPerson {
    /// Texts.
    pub texts: usize,
    /// Files.
    pub files: usize,
}
