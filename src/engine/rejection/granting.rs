//! Why something about roles, and what goes with them, was refused.

use thiserror::Error;

use super::{Values, values};
use crate::engine::id::{PersonId, TeamId};

/// A refusal of an act about people.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[expect(missing_docs, reason = "the message says it")]
pub enum Granting {
    #[error("that person has been on the other side of play here: nobody both plays and runs or judges an exercise")]
    OtherSide(PersonId),
    #[error("a role ends by itself at a time that lies ahead: give a later one, or none")]
    EndsInPast,
    #[error("sights are for observers, simulated senders for role players: leave them out for this role")]
    WrongExtra,
    #[error("everybody whose answers this would give to mark is of the person's own organisation '{0}'")]
    OnlyOwnOrganisation(TeamId),
    #[error("the director has stopped the release of scores: ask for the reason, and for the release to be freed")]
    ScoresVetoed,
    #[error("nothing stops the release of scores")]
    NotVetoed,
}

impl Granting {
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::OtherSide(_) => "other_side",
            Self::EndsInPast => "ends_in_past",
            Self::WrongExtra => "wrong_extra",
            Self::OnlyOwnOrganisation(_) => "own_organisation",
            Self::ScoresVetoed => "scores_vetoed",
            Self::NotVetoed => "not_vetoed",
        }
    }

    pub(super) fn values(&self) -> Values {
        match self {
            Self::OnlyOwnOrganisation(team) => values([("team", team)]),
            _ => Values::new(),
        }
    }
}
