//! What the state holds of judging: marks, notes on actions, adjustments and appeals.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::{State, Team};
use crate::engine::{
    event::{ActionStatus, Marked, ObjectiveRated, Rating},
    id::{InjectId, ItemId, PersonId, TeamId},
    plan::{Inject, MarkingPolicy},
    role::Role,
    text::Language,
    time::Timestamp,
};

/// What evaluators gave the answer of a team to an inject.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markings {
    /// The last mark of each evaluator.
    pub marks: BTreeMap<PersonId, Marked>,
    /// What the lead evaluator decided.
    pub moderated: Option<Marked>,
}

/// What became of an expected action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noted {
    /// What.
    pub status: ActionStatus,
    /// When.
    pub happened_at: Timestamp,
}

/// What evaluators say of an objective.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rated {
    /// How well it was reached.
    pub rating: Rating,
    /// Whether it only confirms what the figures suggested then.
    pub confirms: bool,
}

impl Rated {
    /// Whether it still counts: a confirmation gives no reason of its own, so it falls with the suggestion
    /// that it confirmed. Else whoever waits with a note until a rating is confirmed would need no reason.
    #[must_use]
    pub fn stands(self, suggested: Option<Rating>) -> bool {
        !self.confirms || suggested == Some(self.rating)
    }
}

impl From<&ObjectiveRated> for Rated {
    fn from(rated: &ObjectiveRated) -> Self {
        let confirms = rated.reason.is_none() && rated.suggested == Some(rated.rating);
        Self { rating: rated.rating, confirms }
    }
}

/// A proposal to move a team's score a little.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adjustment {
    /// By how much, in thousandths of a point of the hundred.
    pub milli: i64,
    /// Who proposed it.
    pub by: Option<PersonId>,
    /// Whether a second person agreed; none while nobody decided.
    pub accepted: Option<bool>,
}

/// An appeal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appeal {
    /// Which.
    pub item: ItemId,
    /// Whether it was answered.
    pub answered: bool,
}

/// What an evaluator is to mark; none is everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// Which injects.
    pub injects: Option<BTreeSet<InjectId>>,
    /// Answers of teams that work in which languages.
    pub languages: Option<BTreeSet<Language>>,
    /// The team of the person's own organisation.
    pub home: Option<TeamId>,
}

impl Assignment {
    /// Whether it covers the answer of a team to an inject.
    #[must_use]
    pub fn covers(&self, team: &Team, inject: &Inject) -> bool {
        let of_inject = self.injects.as_ref().is_none_or(|injects| injects.contains(&inject.id));
        let of_language = self.languages.as_ref().is_none_or(|languages| languages.contains(&team.language));
        of_inject && of_language
    }
}

impl Team {
    /// Adjustments that two people agreed on, in thousandths of a point of the hundred.
    #[must_use]
    pub fn adjustment(&self) -> i64 {
        let accepted = self.adjustments.values().filter(|adjustment| adjustment.accepted == Some(true));
        accepted.map(|adjustment| adjustment.milli).sum()
    }
}

impl State {
    /// Place of a team in the order of joining.
    #[must_use]
    pub fn team_position(&self, id: &TeamId) -> Option<usize> {
        self.team_index.get(id).copied()
    }

    /// Name of a team where it must not be known, or has not agreed to be named. Nobody can tell it from
    /// the name of the team without the salt.
    #[must_use]
    pub fn code_name(&self, team: &Team) -> String {
        const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
        let salt = self.marking_salt.as_deref().unwrap_or(&self.plan_hash);
        let hash = Sha256::new().chain_update(salt).chain_update(b"/").chain_update(team.id.as_str()).finalize();
        hash.iter().take(5).map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect()
    }

    /// Whether people of a role mark without knowing whose answers they are. Once scores are out there is
    /// nothing left to mark.
    #[must_use]
    pub fn marks_blind(&self, role: Role) -> bool {
        role == Role::Evaluator && self.marking_policy == MarkingPolicy::Strict && self.scores_released_at.is_none()
    }

    /// Where the answer of a team stands among those to an inject, for whoever reads them one by one. The
    /// order tells nothing, and is another one for each inject.
    #[must_use]
    pub fn shuffled(&self, team: &Team, inject: &Inject) -> [u8; 32] {
        let name = self.code_name(team);
        Sha256::new().chain_update(name).chain_update(b"/").chain_update(inject.id.as_str()).finalize().into()
    }

    /// Whether an inject bears on something critical: by itself, or by one of its objectives.
    #[must_use]
    pub fn is_critical(&self, inject: &Inject) -> bool {
        let critical = self.plan.objectives.iter().filter(|objective| objective.critical);
        inject.is_critical() || critical.into_iter().any(|objective| inject.staff.objectives.contains(&objective.id))
    }
}
