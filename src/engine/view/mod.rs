//! Who sees what. Decided here, from the event alone, before anything is encoded.
//!
//! Invariants: a frame is a function of (event, sequence number, language), never of state;
//! visibility is never retroactive; for every viewer, the board at `n` and the frames after it up
//! to `m` give the board at `m`.

pub mod board;
pub mod card;
pub mod coming;
mod content;
pub mod frames;
pub mod value;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    event::Fact,
    id::{PersonId, PersonaId, TeamId},
    role::{Action, Relation, Role, Sight, may_with},
    state::{Grant, State},
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
    /// The moderator of a team.
    Moderator(TeamId),
    /// Those of a team who may read its scorecard.
    Scorecard(TeamId),
    /// Observers who were granted the logs of teams.
    Logs,
    /// Observers who were granted the scorecards that were released.
    Scorecards,
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
    /// What was granted beyond the role.
    pub extras: Extras,
}

/// What somebody may see beyond the role.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Extras {
    /// An observer's sights.
    pub sights: BTreeSet<Sight>,
    /// The simulated senders that a role player speaks as, if not all.
    pub personas: Option<BTreeSet<PersonaId>>,
    /// Whether a player may read the scorecard of the team, once there is one.
    pub scorecard: bool,
}

impl State {
    /// What a person is in the exercise now; none without a grant.
    #[must_use]
    pub fn viewer(&self, person: &PersonId) -> Option<Viewer> {
        let grant = self.grants.get(person)?;
        let (role, team) = (grant.role, grant.team.clone());
        let narrowed = role == Role::RolePlayer && self.are_voices_given();
        let out = self.scores_released_at.is_some();
        let shown = |team: &TeamId| self.team(team).is_some_and(|team| team.scorecard_shown) || !self.is_led(team);
        let extras = Extras {
            sights: grant.sights.clone(),
            personas: narrowed.then(|| grant.personas.clone()),
            scorecard: out && role == Role::Player && team.as_ref().is_some_and(shown),
        };
        Some(Viewer { person: person.clone(), role, team, blind: self.marks_blind(role), extras })
    }

    /// Who may see something else because of a fact: compare their [`State::viewer`] before and after it.
    #[must_use]
    pub fn concerned(&self, fact: &Fact) -> BTreeSet<PersonId> {
        let of = |is_so: &dyn Fn(&Grant) -> bool| {
            let people = self.grants.iter().filter(|(_, grant)| is_so(grant));
            people.map(|(person, _)| person.clone()).collect::<BTreeSet<_>>()
        };
        let beside = |person: &PersonId, role: Role, teams: [Option<&TeamId>; 2]| {
            let mut found = BTreeSet::from([person.clone()]);
            let before = self.grants.get(person).map(|grant| grant.role);
            if [Some(role), before].contains(&Some(Role::TeamLead)) {
                let teams: Vec<&TeamId> = teams.into_iter().flatten().collect();
                found.extend(of(&|grant| grant.team.as_ref().is_some_and(|team| teams.contains(&team))));
            }
            if [Some(role), before].contains(&Some(Role::RolePlayer)) {
                found.extend(of(&|grant| grant.role == Role::RolePlayer));
            }
            found
        };
        match fact {
            Fact::RoleGranted(granted) => {
                beside(&granted.person, granted.role, [granted.team.as_ref(), granted.left.as_ref()])
            }
            Fact::RoleRevoked(revoked) => beside(&revoked.person, Role::Observer, [revoked.team.as_ref(), None]),
            Fact::ScorecardShown(shown) => of(&|grant| grant.team.as_ref() == Some(&shown.team)),
            Fact::MarkingPolicySet(_) => of(&|grant| grant.role == Role::Evaluator),
            Fact::ScoresReleased { .. } => of(&|grant| matches!(grant.role, Role::Evaluator | Role::Player)),
            _ => BTreeSet::new(),
        }
    }
}

impl Viewer {
    /// Every audience that the viewer may be in: those of [`Viewer::is_in`], to look cards up by.
    #[must_use]
    pub fn audiences(&self) -> BTreeSet<Audience> {
        let of_team = [Audience::Team, Audience::Lead, Audience::Moderator, Audience::Scorecard];
        let teams = self.team.iter().flat_map(|team| of_team.map(|audience| audience(team.clone())));
        let alone = [Audience::Role(self.role), Audience::Person(self.person.clone())];
        let others = [Audience::All, Audience::Control, Audience::Logs, Audience::Scorecards].into_iter().chain(alone);
        others.chain(teams).filter(|audience| self.is_in(audience)).collect()
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
            Audience::Moderator(team) => self.is_of(team) && self.role == Role::TeamModerator,
            Audience::Scorecard(team) => {
                let allowed = self.role != Role::Player || self.extras.scorecard;
                allowed && self.is_of(team) && self.may(Action::ReadScorecards, Relation::Own)
            }
            Audience::Logs => self.is_granted(Action::ReadLogs),
            Audience::Scorecards => self.is_granted(Action::ReadScorecards),
            Audience::Person(person) => self.person == *person && !self.blind,
        }
    }

    /// What the viewer's role may do, less what would tell somebody who marks blind whose an answer is.
    #[must_use]
    pub fn may(&self, action: Action, relation: Relation) -> bool {
        let tells = matches!(
            action,
            Action::SeeGroundTruth
                | Action::SeeTeam
                | Action::SeeComing
                | Action::SeeScores
                | Action::ReadLogs
                | Action::ReadScorecards
                | Action::ExportLog
        );
        !(self.blind && tells) && may_with(self.role, &self.extras.sights, action, relation)
    }

    /// Whether the viewer got this by a grant of its own, and not with all that control reads.
    fn is_granted(&self, action: Action) -> bool {
        self.may(action, Relation::Other) && !self.may(Action::SeeGroundTruth, Relation::Other)
    }

    fn is_of(&self, team: &TeamId) -> bool {
        self.team.as_ref() == Some(team)
    }
}
