//! Who sees what. Decided here, from the event alone, before anything is encoded.
//!
//! Invariants: a frame is a function of (event, sequence number, language), never of state;
//! visibility is never retroactive; for every viewer, the board at `n` and the frames after it up
//! to `m` give the board at `m`.

pub mod board;
pub mod card;
mod content;
pub mod frames;
pub mod value;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    id::{PersonId, TeamId},
    role::{Action, Relation, Role, may},
};

/// Whom a card is for. Each log row keeps the audiences of its cards.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Everybody with a seat, the wall included.
    All,
    /// Staff who may see the ground truth.
    Control,
    /// Everybody with this role.
    Role(Role),
    /// The people of a team.
    Team(TeamId),
    /// The lead of a team.
    Lead(TeamId),
    /// One person.
    Person(PersonId),
}

/// Somebody who looks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Viewer {
    /// Who.
    pub person: PersonId,
    /// As what.
    pub role: Role,
    /// In which team.
    pub team: Option<TeamId>,
    /// Whether the viewer marks without knowing whose answers they are: see [`State::marks_blind`].
    ///
    /// [`State::marks_blind`]: crate::engine::state::State::marks_blind
    pub blind: bool,
}

impl Viewer {
    /// Every audience that the viewer may be in: those of [`Viewer::is_in`], to look cards up by.
    #[must_use]
    pub fn audiences(&self) -> BTreeSet<Audience> {
        let teams = self.team.iter().flat_map(|team| [Audience::Team(team.clone()), Audience::Lead(team.clone())]);
        let others =
            [Audience::All, Audience::Control, Audience::Role(self.role), Audience::Person(self.person.clone())];
        others.into_iter().chain(teams).filter(|audience| self.is_in(audience)).collect()
    }

    /// Whether a card for this audience is for the viewer. What is for one person names the team that it
    /// is about, so whoever marks blind gets none of it: the papers say what that person gave.
    #[must_use]
    pub fn is_in(&self, audience: &Audience) -> bool {
        match audience {
            Audience::All => self.may(Action::SeePublic, Relation::Other),
            Audience::Control => self.may(Action::SeeGroundTruth, Relation::Other),
            Audience::Role(role) => self.role == *role,
            Audience::Team(team) => self.is_of(team) && self.may(Action::SeeTeam, Relation::Own),
            Audience::Lead(team) => self.is_of(team) && self.role == Role::TeamLead,
            Audience::Person(person) => self.person == *person && !self.blind,
        }
    }

    /// What the viewer's role may do, less what would tell somebody who marks blind whose an answer is.
    #[must_use]
    pub fn may(&self, action: Action, relation: Relation) -> bool {
        let tells = matches!(action, Action::SeeGroundTruth | Action::SeeTeam | Action::SeeScores);
        !(self.blind && tells) && may(self.role, action, relation)
    }

    fn is_of(&self, team: &TeamId) -> bool {
        self.team.as_ref() == Some(team)
    }
}
