//! Files that teams hand in, as people see them.

use serde::Serialize;
use utoipa::ToSchema;

use super::ProseCard;
use crate::engine::{
    id::{FileHash, PersonId, TeamId},
    time::Timestamp,
};

/// A file that a team handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FileCard {
    /// Whose.
    pub team: TeamId,
    /// SHA-256 of its bytes: where to get it.
    pub hash: FileHash,
    /// What its sender calls it.
    pub name: ProseCard,
    /// What it is, by its bytes.
    pub media_type: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// Whether it is an archive with a password.
    pub encrypted: bool,
    /// Who handed it in.
    pub by: Option<PersonId>,
    /// When.
    pub at: Timestamp,
}
