//! Files that teams hand in: how many, how much, and under which name.

use super::{LINE_LIMIT, checked};
use crate::engine::{
    command::{Command, HandedIn},
    event::{Fact, FileTaken},
    rejection::Rejection,
    role::Action,
    state::{State, Team},
};

/// Most files that a team may hand in.
pub const FILES_LIMIT: usize = 200;
/// Most that its files may take together, in MiB.
pub const FILES_MIB: u64 = 250;

impl State {
    /// A file of the actor's own team. The same bytes a second time change nothing: the team has its
    /// receipt. Like an answer it is taken at every stage.
    pub(super) fn note_file(&self, command: &Command, file: &HandedIn) -> Result<Vec<Fact>, Rejection> {
        let (team, _) = self.allow_own(&command.actor, Action::Submit)?;
        if team.files.contains_key(&file.hash) {
            return Ok(Vec::new());
        }
        team.has_room_for(file.bytes)?;
        Ok(vec![Fact::FileTaken(FileTaken {
            team: team.id.clone(),
            hash: file.hash.clone(),
            name: command.mint.prose(0, checked(&file.name, LINE_LIMIT)?),
            media_type: file.media_type.clone(),
            bytes: file.bytes,
            encrypted: file.encrypted,
        })])
    }
}

impl Team {
    /// Refuses another file of so many bytes once the team has handed in as much as it may.
    pub fn has_room_for(&self, bytes: u64) -> Result<(), Rejection> {
        if self.files.len() >= FILES_LIMIT {
            return Err(Rejection::TooManyFiles { limit: FILES_LIMIT as u64 });
        }
        let held = self.files.values().fold(0_u64, |sum, file| sum.saturating_add(file.bytes));
        if held.saturating_add(bytes) > FILES_MIB * 1024 * 1024 {
            return Err(Rejection::FilesFull { limit: FILES_MIB });
        }
        Ok(())
    }
}
