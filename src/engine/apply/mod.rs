//! How each fact changes the state. Total: an event that names something unknown changes nothing.

mod after_action;
mod inject;
mod mark;
mod prepare;
mod people;
mod time;

use std::{collections::BTreeSet, sync::Arc};

use super::{
    event::{Answer, DuffVerdict, Event, Fact, FileTaken, HintOpened, NoDuffDecided},
    id::{CohortId, InjectId, PartId, TeamId},
    state::{Call, CallStanding, Delivery, Markings, Request, State, TakenFile, Team},
    text::Language,
    time::Timestamp,
    watch::Source,
};

impl State {
    /// The state that a log's first event opens, or none if it is another kind of fact.
    #[must_use]
    pub fn open(event: &Event) -> Option<Self> {
        let Fact::ExerciseCreated { exercise, plan, plan_hash, rate, rehearsal, marking_salt } = &event.fact else {
            return None;
        };
        let state = Self::new(exercise.clone(), Arc::new((**plan).clone()), plan_hash.clone(), *rate, event.at);
        Some(Self { rehearsal: *rehearsal, marking_salt: marking_salt.clone(), ..state })
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
        self.seq += 1;
        self.keep_parts(&event.fact);
        self.apply_people(event);
        self.apply_prepared(event);
        self.apply_roles(event);
        self.apply_time(event);
        self.apply_inject(event);
        self.apply_talk(event);
        self.apply_mark(event);
        self.apply_after_action(event);
        self.set_clocks(at);
        self.look_where_changed(&event.fact, at);
    }

    fn apply_people(&mut self, event: &Event) {
        match &event.fact {
            Fact::TeamAdded { team, name, language, cohort, alias } => {
                self.team_index.insert(team.clone(), self.teams.len());
                self.teams.push(self.new_team(team, name, language, cohort.clone()));
                if let Some(alias) = alias {
                    self.aliases.insert(alias.clone(), team.clone());
                }
            }
            Fact::TeamLost { team } => self.with_team(team, |team| {
                team.connected = false;
                team.absences.push((event.at, None));
            }),
            Fact::TeamBack { team } => self.with_team(team, |team| {
                team.connected = true;
                if let Some((_, until)) = team.absences.last_mut() {
                    until.get_or_insert(event.at);
                }
            }),
            Fact::NoDuffRaised { item, team, escalates_at, .. } => {
                let (by, team, escalates_at) = (event.actor.clone(), team.clone(), *escalates_at);
                let call = Call { by, team, escalates_at, standing: CallStanding::Open, stops_team: false };
                self.calls.insert(item.clone(), call);
            }
            Fact::NoDuffDecided(NoDuffDecided { item, verdict, .. }) => match verdict {
                DuffVerdict::StandDown => {
                    self.calls.remove(item);
                }
                DuffVerdict::SuspendAll | DuffVerdict::TeamOnly => {
                    if let Some(call) = self.calls.get_mut(item) {
                        call.escalates_at = None;
                        call.standing = CallStanding::after(*verdict);
                    }
                }
            },
            Fact::HallContactSet { text } => self.hall_contact = Some(text.clone()),
            Fact::PartErased { part, .. } => self.forget(part),
            _ => {}
        }
    }

    fn apply_talk(&mut self, event: &Event) {
        match &event.fact {
            Fact::LogWritten { item, team, .. } => self.with_team(team, |team| {
                team.entries.insert(item.clone());
            }),
            Fact::Said { team, persona: Some(persona), .. } => {
                self.with_team(team, |team| _ = team.met.insert(persona.id.clone()));
            }
            Fact::MessageSent { team: Some(team), from: Some(persona), .. } => {
                self.with_team(team, |team| _ = team.met.insert(persona.id.clone()));
            }
            Fact::MessageSent { team: None, from: Some(persona), .. } => {
                self.teams.iter_mut().for_each(|team| _ = team.met.insert(persona.id.clone()));
            }
            Fact::PeerSent { from, .. } => self.with_team(from, |team| team.peer_messages += 1),
            Fact::FileTaken(FileTaken { team, hash, name, media_type, bytes, encrypted }) => {
                let (name, media_type, by) = (name.clone(), media_type.clone(), event.actor.person().cloned());
                let file = TakenFile { name, media_type, bytes: *bytes, encrypted: *encrypted, by, at: event.at };
                self.with_team(team, |team| _ = team.files.insert(hash.clone(), file));
            }
            Fact::InformationAsked { item, team, .. } => {
                let request = Request { team: team.clone(), owner: None, answered: false };
                self.requests.insert(item.clone(), request);
            }
            Fact::RequestTaken { item, .. } => {
                if let Some(request) = self.requests.get_mut(item) {
                    request.owner = event.actor.person().cloned();
                }
            }
            Fact::RequestAnswered { item, .. } => {
                if let Some(request) = self.requests.get_mut(item) {
                    request.answered = true;
                }
            }
            _ => {}
        }
    }

    /// Looks again at every condition that reads what a fact has changed.
    fn look_where_changed(&mut self, fact: &Fact, at: Timestamp) {
        match fact {
            Fact::ExerciseStarted(_)
            | Fact::TeamAdded { .. }
            | Fact::InjectAdded { .. }
            | Fact::InjectAmended { .. }
            | Fact::FitUndone => self.look_at_everything(at),
            Fact::FlagSet { flag, teams, .. } => self.look_at_teams(teams, &Source::Flag(flag.clone()), at),
            Fact::InjectReleased { inject, teams, .. } => {
                self.look_at_inject(inject, &teams.keys().cloned().collect(), at);
            }
            Fact::InjectRecalled { inject, teams, .. }
            | Fact::InjectExcused { inject, teams, .. }
            | Fact::DeadlineExtended { inject, teams, .. }
            | Fact::AnswerClosed { inject, teams }
            | Fact::SilenceNoted { inject, teams, .. } => self.look_at_inject(inject, teams, at),
            Fact::InjectOpened { inject, team }
            | Fact::InjectAcknowledged { inject, team, .. }
            | Fact::HintOpened(HintOpened { inject, team, .. })
            | Fact::ResponseSubmitted { inject, team, .. } => {
                self.look_at_inject(inject, &BTreeSet::from([team.clone()]), at);
            }
            Fact::LogWritten { team, .. } => self.look_at_teams(&BTreeSet::from([team.clone()]), &Source::Log, at),
            Fact::PeerSent { from, .. } => self.look_at_teams(&BTreeSet::from([from.clone()]), &Source::Peers, at),
            Fact::Paused { team: Some(_), .. }
            | Fact::Resumed { team: Some(_) }
            | Fact::Suspended { team: Some(_), .. }
            | Fact::SuspensionLifted { team: Some(_), .. }
            | Fact::TeamLost { .. }
            | Fact::TeamBack { .. } => self.look_again(&Source::Presence, None, at),
            _ => {}
        }
    }

    fn look_at_inject(&mut self, inject: &InjectId, teams: &BTreeSet<TeamId>, at: Timestamp) {
        if let Some((position, _)) = self.inject(inject) {
            self.look_at_teams(teams, &Source::Inject(position), at);
            self.look_at_teams(teams, &Source::Points, at);
        }
    }

    fn look_at_teams(&mut self, teams: &BTreeSet<TeamId>, source: &Source, at: Timestamp) {
        for team in teams {
            if let Some(index) = self.team_index.get(team).copied() {
                self.look_again(source, Some(index), at);
            }
        }
    }

    /// A team as it is on joining: its clocks read what the exercise's do, and what was moved for everybody
    /// is moved for it.
    pub(super) fn new_team(&self, id: &TeamId, name: &str, language: &Language, cohort: Option<CohortId>) -> Team {
        let mut team = Team::new(id, name, language, cohort, self.clock.clone());
        let before = self.before_fit.as_ref().map(|before| &before.schedule);
        for (position, inject) in self.plan.injects.iter().enumerate() {
            if inject.is_sent() && Self::is_for(inject, &team) {
                self.schedule.hand_to(&mut team, position, before);
            }
        }
        for (position, cut) in self.plan.cuts.iter().enumerate() {
            if cut.cohort.is_none() || cut.cohort == team.cohort {
                for item in [2 * position, 2 * position + 1] {
                    self.schedule.hand_line_to(&mut team, item, before);
                }
            }
        }
        team
    }

    /// Keeps the names of texts that could be erased.
    fn keep_parts(&mut self, fact: &Fact) {
        self.parts.extend(fact.prose().into_iter().map(|prose| prose.part.clone()));
    }

    /// Drops an erased text where it is held.
    fn forget(&mut self, part: &PartId) {
        self.parts.retain(|known| known != part);
        self.hall_contact.take_if(|contact| contact.part == *part);
        let files = self.teams.iter_mut().flat_map(|team| team.files.values_mut());
        for file in files.filter(|file| file.name.part == *part) {
            file.name.content = None;
        }
        let deliveries = self.teams.iter_mut().flat_map(|team| team.deliveries.values_mut());
        let answers = deliveries.flat_map(|delivery| &mut delivery.responses).flat_map(|it| it.answers.values_mut());
        for prose in answers.filter_map(Answer::prose_mut).filter(|prose| prose.part == *part) {
            prose.content = None;
        }
        let deliveries = self.teams.iter_mut().flat_map(|team| team.deliveries.values_mut());
        let marks = deliveries.flat_map(|delivery| {
            let Markings { marks, moderated } = &mut delivery.markings;
            marks.values_mut().chain(moderated)
        });
        for prose in marks.filter_map(|mark| mark.feedback.as_mut()).filter(|prose| prose.part == *part) {
            prose.content = None;
        }
        self.preparation.forget(part);
        self.after_action.forget(part);
        self.copies.remove(part);
    }

    fn with_team(&mut self, team: &TeamId, change: impl FnOnce(&mut Team)) {
        if let Some(team) = self.team_mut(team) {
            change(team);
        }
    }

    fn for_teams<'a>(
        &mut self,
        inject: &InjectId,
        teams: impl IntoIterator<Item = &'a TeamId>,
        change: impl Fn(&mut Team, usize),
    ) {
        let Some((position, _)) = self.inject(inject) else { return };
        for id in teams {
            self.with_team(id, |team| change(team, position));
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
