//! Marking: who marks what, levels, moderation, expected actions, ratings.

use std::collections::{BTreeMap, BTreeSet};

use super::{LINE_LIMIT, TEXT_LIMIT, checked, talk::CLOCK_SKEW};
use crate::engine::{
    command::{Actor, AssignMarking, Command, Mark, Moderate, NoteAction, RateObjective},
    event::{ActionNoted, AnswerMarked, Fact, Marked, MarkingAssigned, MarkingPolicySet, ObjectiveRated},
    id::{CriterionId, FieldId, InjectId, PersonId, TeamId},
    plan::{Criterion, Inject, MarkingPolicy, TOP_LEVEL},
    rejection::{Granting, Judging, Rejection},
    role::{Action, Role},
    score::{marks_needed, objectives, team_score},
    state::{Delivery, State, Team},
    time::Timestamp,
};

/// Up to this level a team is told what to do better.
const FEEDBACK_UP_TO: u8 = 2;
/// Which text of a command is what.
const FEEDBACK: u32 = 0;
const REASON: u32 = 0;

/// An answer that somebody wants to mark.
struct Paper<'a> {
    team: &'a Team,
    inject: &'a Inject,
    delivery: &'a Delivery,
    /// Its official revision.
    revision: u32,
}

impl State {
    pub(super) fn set_marking_policy(&self, command: &Command, policy: MarkingPolicy) -> Result<Vec<Fact>, Rejection> {
        self.allow(&command.actor, Action::RunMarking)?;
        self.before_release()?;
        let salt = command.mint.item(0).0;
        Ok(vec![Fact::MarkingPolicySet(MarkingPolicySet { policy, salt })])
    }

    pub(super) fn assign_marking(&self, actor: &Actor, wanted: &AssignMarking) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::RunMarking)?;
        let AssignMarking { person, injects, languages, home } = wanted.clone();
        let grant = self.grants.get(&person).ok_or_else(|| Rejection::UnknownPerson(person.clone()))?;
        if !matches!(grant.role, Role::Evaluator | Role::LeadEvaluator) {
            return Err(Judging::NotEvaluator(person).into());
        }
        for inject in injects.iter().flatten() {
            self.inject(inject).ok_or_else(|| Rejection::UnknownInject(inject.clone()))?;
        }
        home.iter().try_for_each(|team| self.known_team(team).map(|_| ()))?;
        self.not_only_at_home(wanted)?;
        Ok(vec![Fact::MarkingAssigned(MarkingAssigned { person, injects, languages, home })])
    }

    pub(super) fn mark(&self, command: &Command, mark: &Mark) -> Result<Vec<Fact>, Rejection> {
        let paper = self.paper(&command.actor, &mark.team, &mark.inject)?;
        let needs_feedback = paper.checked_levels(&mark.levels)?;
        let by = command.actor.person();
        let others = paper.delivery.markings.of_revision(paper.revision).count();
        let own = by.is_some_and(|by| paper.delivery.markings.marks.contains_key(by));
        let enough = usize::try_from(marks_needed(self, paper.team, paper.inject)).unwrap_or(usize::MAX);
        if !own && others >= enough {
            return Err(Judging::AlreadyMarked(mark.inject.clone()).into());
        }
        let feedback = mark.feedback.as_deref().filter(|text| !text.trim().is_empty());
        let feedback = feedback.map(|text| checked(text, TEXT_LIMIT)).transpose()?;
        if feedback.is_none() && needs_feedback {
            return Err(Judging::FeedbackNeeded(mark.inject.clone()).into());
        }
        let feedback = feedback.map(|text| command.mint.prose(FEEDBACK, text));
        Ok(vec![Fact::AnswerMarked(paper.marked(&mark.levels, feedback))])
    }

    pub(super) fn withdraw_mark(
        &self,
        actor: &Actor,
        team: &TeamId,
        inject: &InjectId,
    ) -> Result<Vec<Fact>, Rejection> {
        let paper = self.paper(actor, team, inject)?;
        let own = actor.person().is_some_and(|by| paper.delivery.markings.marks.contains_key(by));
        if !own {
            return Err(Judging::NotMarked(inject.clone()).into());
        }
        Ok(vec![Fact::MarkWithdrawn { team: paper.team.id.clone(), inject: inject.clone() }])
    }

    /// The lead evaluator decides, also after an appeal; the change shows when scores are released again.
    pub(super) fn moderate(&self, command: &Command, wanted: &Moderate) -> Result<Vec<Fact>, Rejection> {
        self.allow(&command.actor, Action::Moderate)?;
        self.not_at_home(&command.actor, &wanted.team)?;
        let paper = self.marked_answer(&wanted.team, &wanted.inject)?;
        paper.checked_levels(&wanted.levels)?;
        let reason = reasoned(&wanted.reason, TEXT_LIMIT)?;
        let reason = command.mint.prose(REASON, reason);
        Ok(vec![Fact::AnswerModerated(paper.marked(&wanted.levels, Some(reason)))])
    }

    pub(super) fn note_action(
        &self,
        command: &Command,
        wanted: &NoteAction,
        at: Timestamp,
    ) -> Result<Vec<Fact>, Rejection> {
        let grant = self.allow(&command.actor, Action::NoteActions)?;
        if matches!(grant.role, Role::Evaluator | Role::LeadEvaluator) {
            self.not_at_home(&command.actor, &wanted.team)?;
        }
        Ok(vec![Fact::ActionNoted(self.noted(command, wanted, at)?)])
    }

    /// A team's moderator tells what was seen; it counts once somebody notes it who may.
    pub(super) fn propose_action(
        &self,
        command: &Command,
        wanted: &NoteAction,
        at: Timestamp,
    ) -> Result<Vec<Fact>, Rejection> {
        self.allow_for(&command.actor, Action::ProposeActions, Some(&wanted.team))?;
        // Of what is for other teams a moderator knows nothing.
        let unknown = || Rejection::UnknownInject(wanted.inject.clone());
        let (_, inject) = self.inject(&wanted.inject).ok_or_else(unknown)?;
        self.team(&wanted.team).filter(|team| Self::is_for(inject, team)).ok_or_else(unknown)?;
        Ok(vec![Fact::ActionProposed(self.noted(command, wanted, at)?)])
    }

    fn noted(&self, command: &Command, wanted: &NoteAction, at: Timestamp) -> Result<ActionNoted, Rejection> {
        self.before_release()?;
        let team = self.known_team(&wanted.team)?;
        let (position, inject) =
            self.inject(&wanted.inject).ok_or_else(|| Rejection::UnknownInject(wanted.inject.clone()))?;
        if inject.is_sent() && !team.deliveries.contains_key(&position) {
            return Err(Rejection::NotReleased(wanted.inject.clone()));
        }
        if !inject.actions().iter().any(|action| action.id == wanted.action) {
            return Err(Judging::UnknownAction { inject: wanted.inject.clone(), action: wanted.action.clone() }.into());
        }
        let happened_at = wanted.happened_at.unwrap_or(at);
        if happened_at > at.plus(CLOCK_SKEW) {
            return Err(Rejection::FutureTime);
        }
        let evidence = wanted.evidence.as_deref().filter(|text| !text.trim().is_empty());
        let evidence = evidence.map(|text| checked(text, TEXT_LIMIT)).transpose()?;
        Ok(ActionNoted {
            team: wanted.team.clone(),
            inject: wanted.inject.clone(),
            action: wanted.action.clone(),
            status: wanted.status,
            happened_at: happened_at.min(at),
            evidence: evidence.map(|text| command.mint.prose(0, text)),
        })
    }

    /// Whoever overrides what the figures suggest says why.
    pub(super) fn rate(&self, command: &Command, wanted: &RateObjective) -> Result<Vec<Fact>, Rejection> {
        self.allow(&command.actor, Action::Mark)?;
        self.not_at_home(&command.actor, &wanted.team)?;
        self.before_release()?;
        let team = self.known_team(&wanted.team)?;
        let lines = objectives(self, team, &team_score(self, team));
        let line = lines.into_iter().find(|line| line.objective == wanted.objective);
        let line = line.ok_or_else(|| Rejection::UnknownObjective(wanted.objective.clone()))?;
        let reason = wanted.reason.as_deref().filter(|text| !text.trim().is_empty());
        if reason.is_none() && line.suggested != Some(wanted.rating) {
            return Err(Judging::ReasonNeeded.into());
        }
        let reason = reason.map(|text| checked(text, TEXT_LIMIT)).transpose()?;
        Ok(vec![Fact::ObjectiveRated(ObjectiveRated {
            team: wanted.team.clone(),
            objective: wanted.objective.clone(),
            suggested: line.suggested,
            rating: wanted.rating,
            reason: reason.map(|text| command.mint.prose(REASON, text)),
        })])
    }

    /// An answer that somebody may mark: assigned, and not of the own organisation.
    fn paper(&self, actor: &Actor, name: &TeamId, inject: &InjectId) -> Result<Paper<'_>, Rejection> {
        let grant = self.allow(actor, Action::Mark)?;
        let lead = grant.role == Role::LeadEvaluator;
        let team = self.team_by_any_name(name, lead)?;
        // Named as it was asked for: a refusal must not say which team a code name stands for.
        self.not_at_home(actor, &team).map_err(|_home| Judging::OwnOrganisation(name.clone()))?;
        self.before_release()?;
        let paper = self.marked_answer(&team, inject)?;
        let by = actor.person().ok_or(Rejection::Forbidden)?;
        if !lead && !self.is_assigned(by, paper.team, paper.inject) {
            return Err(Judging::NotAssigned(inject.clone()).into());
        }
        Ok(paper)
    }

    /// Where marking is blind, evaluators know teams by their code names only.
    fn team_by_any_name(&self, name: &TeamId, lead: bool) -> Result<TeamId, Rejection> {
        if lead || self.marking_policy != MarkingPolicy::Strict {
            return self.known_team(name).map(|team| team.id.clone());
        }
        let coded = self.teams.iter().find(|team| self.code_name(team) == name.as_str());
        coded.map(|team| team.id.clone()).ok_or_else(|| Rejection::UnknownTeam(name.clone()))
    }

    /// Whether somebody is to mark an answer. As long as nobody is assigned in a small exercise, everybody is.
    #[must_use]
    pub fn is_assigned(&self, person: &PersonId, team: &Team, inject: &Inject) -> bool {
        match self.assignments.get(person) {
            Some(assignment) => assignment.covers(team, inject),
            None => self.marking_policy == MarkingPolicy::Small && self.assignments.is_empty(),
        }
    }

    /// Nobody judges the own organisation.
    pub(super) fn not_at_home(&self, actor: &Actor, team: &TeamId) -> Result<(), Rejection> {
        let home = actor.person().zip(self.team(team)).is_some_and(|(person, team)| self.is_at_home(person, team));
        if home { Err(Judging::OwnOrganisation(team.clone()).into()) } else { Ok(()) }
    }

    /// Some team whose answers somebody is to mark is of another organisation.
    fn not_only_at_home(&self, wanted: &AssignMarking) -> Result<(), Rejection> {
        let speaks = |team: &&Team| wanted.languages.as_ref().is_none_or(|wanted| wanted.contains(&team.language));
        let own = |team: &Team| self.is_at_home(&wanted.person, team) || wanted.home.as_ref() == Some(&team.id);
        let mut covered = self.teams.iter().filter(speaks).peekable();
        let Some(first) = covered.peek().map(|team| team.id.clone()) else { return Ok(()) };
        if covered.all(own) { Err(Granting::OnlyOwnOrganisation(first).into()) } else { Ok(()) }
    }

    fn marked_answer(&self, team: &TeamId, inject: &InjectId) -> Result<Paper<'_>, Rejection> {
        let team = self.known_team(team)?;
        let (position, inject) = self.inject(inject).ok_or_else(|| Rejection::UnknownInject(inject.clone()))?;
        let nothing = || Judging::NothingToMark(inject.id.clone());
        let delivery = team.deliveries.get(&position).filter(|delivery| !delivery.recalled).ok_or_else(nothing)?;
        let revision = delivery.official().ok_or_else(nothing)?.revision;
        let paper = Paper { team, inject, delivery, revision };
        if paper.judged().is_empty() { Err(nothing().into()) } else { Ok(paper) }
    }

    /// Marks are fixed by the release; afterwards appeals and moderation go on.
    pub(super) fn before_release(&self) -> Result<(), Rejection> {
        if self.scores_released_at.is_some() { Err(Judging::ScoresOut.into()) } else { Ok(()) }
    }
}

impl Paper<'_> {
    /// One level for each criterion, from 0 to 4. Tells whether the team has to be told something in a
    /// sentence; above level 2 the words of the levels do.
    fn checked_levels(&self, levels: &BTreeMap<CriterionId, u8>) -> Result<bool, Rejection> {
        let criteria = self.judged();
        let known: BTreeSet<&CriterionId> = criteria.iter().map(|criterion| &criterion.id).collect();
        if let Some(unknown) = levels.keys().find(|id| !known.contains(id)) {
            return Err(Judging::UnknownCriterion { inject: self.inject.id.clone(), criterion: unknown.clone() }.into());
        }
        if let Some(missing) = known.into_iter().find(|id| !levels.contains_key(id)) {
            return Err(Judging::LevelMissing(missing.clone()).into());
        }
        if levels.values().any(|level| *level > TOP_LEVEL) {
            return Err(Judging::BadLevel.into());
        }
        let low = levels.values().any(|level| *level <= FEEDBACK_UP_TO);
        Ok(low || criteria.iter().any(|criterion| criterion.critical))
    }

    /// The criteria that people have to look at.
    fn judged(&self) -> Vec<Criterion> {
        let filled =
            |field: &FieldId| self.delivery.official().is_some_and(|response| response.answers.contains_key(field));
        let criteria = self.inject.criteria().into_iter();
        criteria.filter(|criterion| Inject::is_judged(criterion, filled)).collect()
    }

    fn marked(
        &self,
        levels: &BTreeMap<CriterionId, u8>,
        feedback: Option<crate::engine::prose::Prose>,
    ) -> AnswerMarked {
        let mark = Marked { revision: self.revision, levels: levels.clone(), feedback };
        AnswerMarked { team: self.team.id.clone(), inject: self.inject.id.clone(), mark }
    }
}

/// A reason that has to be given.
pub(super) fn reasoned(reason: &str, limit: usize) -> Result<&str, Rejection> {
    checked(reason, limit).map_err(|rejection| match rejection {
        Rejection::EmptyText => Judging::ReasonNeeded.into(),
        other => other,
    })
}

/// A line of reason that has to be given.
pub(super) fn reasoned_line(reason: &str) -> Result<&str, Rejection> {
    reasoned(reason, LINE_LIMIT)
}
