//! How each fact changes the state. Total: an event that names something unknown changes nothing.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    event::{Answer, Event, Fact},
    id::{CohortId, InjectId, PartId, TeamId},
    plan::Trigger,
    state::{Agenda, Delivery, Grant, Response, State, Team},
    text::Language,
    time::{Millis, Timestamp},
};

impl State {
    /// The state that a log's first event opens, or none if it is another kind of fact.
    #[must_use]
    pub fn open(event: &Event) -> Option<Self> {
        let Fact::ExerciseCreated { exercise, plan, plan_hash, rate } = &event.fact else { return None };
        Some(Self::new(exercise.clone(), Arc::new((**plan).clone()), plan_hash.clone(), *rate, event.at))
    }

    /// The state after a whole log, or none if it does not begin with its creation.
    pub fn replay<'a>(events: impl IntoIterator<Item = &'a Event>) -> Option<Self> {
        let mut events = events.into_iter();
        let mut state = Self::open(events.next()?)?;
        events.for_each(|event| state.apply(event));
        Some(state)
    }

    /// Takes an event in.
    pub fn apply(&mut self, event: &Event) {
        let at = event.at;
        self.at = self.at.max(at);
        match &event.fact {
            Fact::TeamAdded { team, name, language, cohort } => {
                self.team_index.insert(team.clone(), self.teams.len());
                self.teams.push(self.new_team(team, name, language, cohort.clone()));
            }
            Fact::RoleGranted { person, role, team } => {
                self.grants.insert(person.clone(), Grant { role: *role, team: team.clone() });
            }
            Fact::RoleRevoked { person, .. } => {
                self.grants.remove(person);
            }
            Fact::ExerciseStarted => self.started_at = Some(at),
            Fact::ExerciseEnded { .. } => self.ended_at = Some(at),
            Fact::Paused { team, .. } => {
                self.set_flag(team.as_ref(), |state| &mut state.paused, |team| &mut team.paused, true);
            }
            Fact::Resumed { team } => {
                self.set_flag(team.as_ref(), |state| &mut state.paused, |team| &mut team.paused, false);
            }
            Fact::Suspended { team } => {
                self.set_flag(team.as_ref(), |state| &mut state.suspended, |team| &mut team.suspended, true);
            }
            Fact::SuspensionLifted { team, decision } => {
                self.parts.insert(decision.part.clone());
                self.set_flag(team.as_ref(), |state| &mut state.suspended, |team| &mut team.suspended, false);
            }
            Fact::FaultNoted { .. } => self.paused = true,
            Fact::OutageNoted { from, to } => {
                self.clock.credit_outage(*from, *to);
                self.teams.iter_mut().for_each(|team| team.clock.credit_outage(*from, *to));
            }
            Fact::PhaseBegan { teams, for_exercise, .. } => {
                self.phases_begun += usize::from(*for_exercise);
                for team in teams {
                    if let Some(team) = self.team_mut(team) {
                        team.phases_begun += 1;
                    }
                }
            }
            Fact::InjectReleased { inject, teams, .. } => {
                for (team, clock_at_release) in teams {
                    self.deliver(inject, team, *clock_at_release, at);
                }
            }
            Fact::InjectMissed { inject, teams, due } => {
                self.for_teams(inject, teams, |team, position| {
                    team.due.remove(position);
                    team.missed.insert(position, *due);
                });
            }
            Fact::InjectSkipped { inject, teams, .. } => {
                self.for_teams(inject, teams, |team, position| {
                    team.due.remove(position);
                    team.missed.remove(&position);
                    team.skipped.insert(position);
                });
            }
            Fact::InjectRetimed { inject, teams, plan_time } => {
                self.for_teams(inject, teams, |team, position| {
                    team.missed.remove(&position);
                    team.skipped.remove(&position);
                    team.due.put(position, *plan_time);
                });
            }
            Fact::AnswerClosed { inject, teams } => {
                self.for_teams(inject, teams, |team, position| {
                    team.closing.remove(position);
                    if let Some(delivery) = team.deliveries.get_mut(&position) {
                        delivery.closed = true;
                    }
                });
            }
            Fact::InjectDelivered { inject, team } => {
                self.note(inject, team, at, |delivery| &mut delivery.delivered_after);
            }
            Fact::InjectOpened { inject, team } => {
                self.note(inject, team, at, |delivery| &mut delivery.opened_after);
            }
            Fact::InjectAcknowledged { inject, team } => {
                self.note(inject, team, at, |delivery| &mut delivery.acknowledged_after);
            }
            Fact::ResponseSubmitted { inject, team, revision, answers, taken, late, .. } => {
                let response = Response { revision: *revision, taken: *taken, late: *late, answers: answers.clone() };
                for answer in answers.values() {
                    self.parts.extend(answer.prose().map(|prose| prose.part.clone()));
                }
                if let Some(delivery) = self.delivery_mut(inject, team) {
                    delivery.responses.push(response);
                }
            }
            Fact::LogWritten { team, text, .. } => {
                self.parts.insert(text.part.clone());
                if let Some(team) = self.team_mut(team) {
                    team.log_entries += 1;
                }
            }
            Fact::Said { text, .. } => {
                self.parts.insert(text.part.clone());
            }
            Fact::NoDuffRaised { text, call_back, .. } => {
                self.parts.extend([text.part.clone(), call_back.part.clone()]);
            }
            Fact::PartErased { part, .. } => {
                self.parts.remove(part);
                self.forget(part);
            }
            Fact::ExerciseCreated { .. } | Fact::MessageSent { .. } => {}
        }
        self.set_clocks(at);
    }

    /// A team as it is on joining: its clocks read what the exercise's do.
    pub(super) fn new_team(&self, id: &TeamId, name: &str, language: &Language, cohort: Option<CohortId>) -> Team {
        let mut team = Team {
            id: id.clone(),
            name: name.to_owned(),
            language: language.clone(),
            cohort,
            clock: self.clock.clone(),
            paused: false,
            suspended: false,
            deliveries: BTreeMap::new(),
            phases_begun: 0,
            skipped: BTreeSet::new(),
            missed: BTreeMap::new(),
            log_entries: 0,
            due: Agenda::default(),
            closing: Agenda::default(),
        };
        for (position, inject) in self.plan.injects.iter().enumerate() {
            if let Trigger::At { at } = inject.trigger
                && inject.is_sent()
                && Self::is_for(inject, &team)
            {
                team.due.put(position, at);
            }
        }
        team
    }

    fn deliver(&mut self, inject: &InjectId, team: &TeamId, clock_at_release: Millis, at: Timestamp) {
        let Some((position, inject)) = self.inject(inject) else { return };
        let deadline = inject.content.form.as_ref().and_then(|form| form.deadline);
        let plan = Arc::clone(&self.plan);
        let followers = self.followers.get(position).cloned().unwrap_or_default();
        let Some(team) = self.team_mut(team) else { return };
        team.due.remove(position);
        team.missed.remove(&position);
        team.skipped.remove(&position);
        let delivery = Delivery {
            released_at: at,
            clock_at_release,
            delivered_after: None,
            opened_after: None,
            acknowledged_after: None,
            responses: Vec::new(),
            closed: false,
        };
        team.deliveries.insert(position, delivery);
        if let Some(deadline) = deadline {
            team.closing.put(position, clock_at_release.plus(deadline));
        }
        let now = team.clock.plan(at);
        for (follower, delay) in followers {
            if let Some(inject) = plan.injects.get(follower)
                && !team.is_settled(follower)
                && inject.is_sent()
                && Self::is_for(inject, team)
            {
                team.due.put(follower, now.plus(delay));
            }
        }
    }

    fn set_flag(
        &mut self,
        team: Option<&TeamId>,
        of_all: impl Fn(&mut Self) -> &mut bool,
        of_team: impl Fn(&mut Team) -> &mut bool,
        value: bool,
    ) {
        match team {
            None => *of_all(self) = value,
            Some(team) => {
                if let Some(team) = self.team_mut(team) {
                    *of_team(team) = value;
                }
            }
        }
    }

    fn note(
        &mut self,
        inject: &InjectId,
        team: &TeamId,
        at: Timestamp,
        field: impl Fn(&mut Delivery) -> &mut Option<Millis>,
    ) {
        let Some((position, _)) = self.inject(inject) else { return };
        let Some(team) = self.team_mut(team) else { return };
        let now = team.clock.active(at);
        if let Some(delivery) = team.deliveries.get_mut(&position) {
            let after = now.minus(delivery.clock_at_release).max(Millis(0));
            field(delivery).get_or_insert(after);
        }
    }

    /// Drops an erased text from the answers that hold it.
    fn forget(&mut self, part: &PartId) {
        let deliveries = self.teams.iter_mut().flat_map(|team| team.deliveries.values_mut());
        let answers = deliveries.flat_map(|delivery| &mut delivery.responses).flat_map(|it| it.answers.values_mut());
        for prose in answers.filter_map(Answer::prose_mut).filter(|prose| prose.part == *part) {
            prose.content = None;
        }
    }

    fn for_teams(&mut self, inject: &InjectId, teams: &BTreeSet<TeamId>, change: impl Fn(&mut Team, usize)) {
        let Some((position, _)) = self.inject(inject) else { return };
        for id in teams {
            if let Some(team) = self.team_mut(id) {
                change(team, position);
            }
        }
    }

    fn delivery_mut(&mut self, inject: &InjectId, team: &TeamId) -> Option<&mut Delivery> {
        let (position, _) = self.inject(inject)?;
        self.team_mut(team)?.deliveries.get_mut(&position)
    }

    fn team_mut(&mut self, id: &TeamId) -> Option<&mut Team> {
        let position = *self.team_index.get(id)?;
        self.teams.get_mut(position)
    }
}
