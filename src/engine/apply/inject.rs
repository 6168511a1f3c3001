//! Injects: what waits, what was sent, and what teams did with it.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{
    event::{Event, Fact, HintOpened, Receipt, ResponsibleNamed, VariableSet},
    id::{InjectId, PersonId, TeamId},
    plan::{Inject, Trigger},
    state::{Armed, Delivery, Missed, Response, State, Team},
    time::{Millis, Timestamp},
};

impl State {
    pub(super) fn apply_inject(&mut self, event: &Event) {
        self.apply_schedule(&event.fact, event.at);
        self.apply_delivery(event);
        self.apply_branch(&event.fact, event.at);
    }

    /// What decides whether and when something goes out.
    fn apply_schedule(&mut self, fact: &Fact, at: Timestamp) {
        match fact {
            Fact::InjectReleased { inject, teams, by, alternative, content, .. } => {
                let sent =
                    |reading| Delivery { alternative: alternative.clone(), ..Delivery::new(at, reading, by.clone()) };
                self.deliver(inject, teams, sent, at);
                if let Some(from) = &content.from {
                    for team in teams.keys() {
                        self.with_team(team, |team| _ = team.met.insert(from.id.clone()));
                    }
                }
            }
            Fact::InjectAdded { inject } | Fact::InjectAmended { inject } => {
                let anew = self.given_anew(inject);
                self.forget_delay(inject);
                self.schedule_anew(inject);
                self.put_inject(inject);
                self.plan_anew(&inject.id, anew, at);
                self.listen_anew();
            }
            Fact::InjectHeld { inject, teams, .. } => self.for_teams(inject, teams, |team, position| {
                let due = team.due.time_of(position).or_else(|| team.armed.get(&position)?.due);
                team.unlist(position);
                team.held.insert(position, due);
            }),
            Fact::InjectFreed { inject, teams } => {
                self.for_teams(inject, teams, |team, position| {
                    if let Some(due) = team.held.remove(&position).flatten() {
                        team.due.put(position, due);
                    }
                });
                self.look_at_everything(at);
            }
            Fact::ReleaseArmed { inject, teams, by, goes_at } => self.for_teams(inject, teams, |team, position| {
                let due = team.due.time_of(position);
                team.due.remove(position);
                team.armed.insert(position, Armed { by: by.clone(), goes_at: *goes_at, due });
            }),
            Fact::ReleaseUndone { inject, teams } => {
                self.for_teams(inject, teams, |team, position| {
                    if let Some(due) = team.armed.remove(&position).and_then(|armed| armed.due) {
                        team.due.put(position, due);
                    }
                });
                self.look_at_everything(at);
            }
            Fact::InjectMissed { inject, teams, due, plan_time } => {
                self.put_into_tray(inject, teams, &Missed { due: *due, plan_time: *plan_time });
            }
            Fact::InjectProposed { inject, teams, due } => {
                self.put_into_tray(inject, teams, &Missed { due: *due, plan_time: None });
            }
            Fact::InjectSkipped { inject, teams, .. } => self.for_teams(inject, teams, |team, position| {
                team.unlist(position);
                team.skipped.insert(position);
            }),
            Fact::InjectRetimed { inject, teams, plan_time, for_all } => {
                self.for_teams(inject, teams, |team, position| {
                    team.unlist(position);
                    team.timed_by_hand.insert(position);
                    team.due.put(position, *plan_time);
                });
                if let Some((position, _)) = self.inject(inject).filter(|_| *for_all) {
                    let before = self.before_fit.as_mut().map(|before| &mut before.schedule);
                    [Some(&mut self.schedule), before]
                        .into_iter()
                        .flatten()
                        .for_each(|it| it.retime(position, *plan_time));
                }
            }
            Fact::InjectPassedOver { inject, teams } => self.for_teams(inject, teams, |team, position| {
                team.unlist(position);
                team.passed_over.insert(position);
            }),
            Fact::InjectDetained { inject, teams, due } => self.for_teams(inject, teams, |team, position| {
                team.unlist(position);
                team.detained.insert(position, *due);
            }),
            Fact::ResponsibleNamed(ResponsibleNamed { inject, person }) => {
                if let Some((position, _)) = self.inject(inject) {
                    self.responsible.insert(position, person.clone());
                }
            }
            _ => {}
        }
    }

    /// What teams did with what they received, and what staff decided about it.
    fn apply_delivery(&mut self, event: &Event) {
        let at = event.at;
        match &event.fact {
            Fact::AnswerClosed { inject, teams } => self.for_teams(inject, teams, |team, position| {
                team.closing.remove(position);
                if let Some(delivery) = team.deliveries.get_mut(&position) {
                    delivery.closed = true;
                }
            }),
            Fact::InjectRecalled { inject, teams, .. } => self.for_teams(inject, teams, |team, position| {
                team.closing.remove(position);
                team.forget_silences(position);
                if let Some(delivery) = team.deliveries.get_mut(&position) {
                    delivery.recalled = true;
                }
            }),
            Fact::InjectExcused { inject, teams, reason } => self.for_teams(inject, teams, |team, position| {
                team.closing.remove(position);
                team.forget_silences(position);
                if let Some(delivery) = team.deliveries.get_mut(&position) {
                    delivery.excused = Some(reason.clone());
                }
            }),
            Fact::DeadlineExtended { inject, teams, by, deadline, .. } => {
                self.for_teams(inject, teams, |team, position| {
                    if let Some(delivery) = team.deliveries.get_mut(&position) {
                        delivery.extension = delivery.extension.plus(*by);
                        delivery.closed = false;
                        delivery
                            .responses
                            .iter_mut()
                            .for_each(|response| response.late = response.is_late_by(*deadline));
                        team.closing.put(position, delivery.clock_at_release.plus(*deadline));
                    }
                });
            }
            Fact::InjectDelivered { inject, team, by_hand } => {
                let at = by_hand.as_ref().map_or(at, |by_hand| by_hand.happened_at);
                self.note(inject, team, at, |delivery| &mut delivery.delivered_after);
                self.note_reader(inject, team, event.actor.person(), true, false);
            }
            Fact::InjectOpened { inject, team } => {
                self.note(inject, team, at, |delivery| &mut delivery.opened_after);
                self.note_reader(inject, team, event.actor.person(), true, true);
            }
            Fact::ReceiptsNoted { receipts } => {
                for Receipt { inject, person, team, delivered_at, opened_at } in receipts {
                    self.note_reader(inject, team, Some(person), delivered_at.is_some(), opened_at.is_some());
                }
            }
            Fact::InjectAcknowledged { inject, team, by_hand } => {
                let at = by_hand.as_ref().map_or(at, |by_hand| by_hand.happened_at);
                self.note(inject, team, at, |delivery| &mut delivery.acknowledged_after);
            }
            Fact::ResponseSubmitted { inject, team, revision, answers, taken, late, verdicts, .. } => {
                let (answers, verdicts) = (answers.clone(), verdicts.clone());
                let response = Response { revision: *revision, taken: *taken, late: *late, answers, verdicts };
                self.for_teams(inject, [team], |team, position| {
                    team.forget_silences(position);
                    if let Some(delivery) = team.deliveries.get_mut(&position) {
                        delivery.responses.push(response.clone());
                    }
                });
            }
            Fact::HintOpened(HintOpened { inject, team, hint, price_permille, .. }) => {
                if let Some(delivery) = self.delivery_mut(inject, team) {
                    delivery.hints.insert(hint.clone(), *price_permille);
                }
            }
            _ => {}
        }
    }

    /// What branches go by.
    fn apply_branch(&mut self, fact: &Fact, at: Timestamp) {
        match fact {
            Fact::FlagSet { flag, teams, value } => {
                let position = self.plan.flags.iter().position(|known| known.id == *flag);
                for team in teams {
                    self.with_team(team, |team| {
                        if *value {
                            team.flags.insert(flag.clone());
                            position.inspect(|position| _ = team.cleared_flags.remove(position));
                        } else {
                            team.flags.remove(flag);
                            team.cleared_flags.extend(position);
                        }
                        position.inspect(|position| _ = team.ripe_flags.remove(position));
                    });
                }
            }
            Fact::SilenceNoted { inject, teams, length } => self.for_teams(inject, teams, |team, position| {
                team.silences.retain(|(_, silent, awaited)| (*silent, *awaited) != (position, *length));
                if let Some(delivery) = team.deliveries.get_mut(&position) {
                    delivery.silent_for = delivery.silent_for.max(*length);
                }
            }),
            Fact::VariableSet(VariableSet { variable, team, value }) => self.with_team(team, |team| {
                team.variables.insert(variable.clone(), value.clone());
            }),
            Fact::LinkCut { cut, teams, .. } => {
                for team in teams {
                    self.with_team(team, |team| {
                        cut.inspect(|cut| team.cutting.remove(2 * *cut as usize));
                        team.cuts.insert(*cut);
                    });
                }
            }
            Fact::LinkRestored { cut, teams } => {
                for team in teams {
                    self.with_team(team, |team| {
                        cut.inspect(|cut| team.cutting.remove(2 * *cut as usize + 1));
                        team.cuts.remove(cut);
                        if team.cuts.is_empty() {
                            team.let_go(at);
                        }
                    });
                }
                // What waited for a condition, too, goes out only if that still holds.
                self.look_at_everything(at);
            }
            _ => {}
        }
    }

    fn put_into_tray(&mut self, inject: &InjectId, teams: &BTreeSet<TeamId>, missed: &Missed) {
        self.for_teams(inject, teams, |team, position| {
            team.unlist(position);
            team.missed.insert(position, missed.clone());
        });
    }

    fn deliver(
        &mut self,
        inject: &InjectId,
        teams: &BTreeMap<TeamId, Millis>,
        sent: impl Fn(Millis) -> Delivery,
        at: Timestamp,
    ) {
        let Some((position, inject)) = self.inject(inject) else { return };
        let deadline = inject.content.form.as_ref().and_then(|form| form.deadline);
        let plan = std::sync::Arc::clone(&self.plan);
        let followers = self.followers.get(position).cloned().unwrap_or_default();
        let delayed = |(follower, delay)| (follower, self.delay(follower, delay));
        let followers: Vec<(usize, Millis)> = followers.into_iter().map(delayed).collect();
        let silences: Vec<Millis> = self.watch.silences(position).collect();
        for (team, reading) in teams {
            let Some(team) = self.team_mut(team) else { continue };
            team.unlist(position);
            team.deliveries.insert(position, sent(*reading));
            if let Some(deadline) = deadline {
                team.closing.put(position, reading.plus(deadline));
            }
            team.silences.extend(silences.iter().map(|length| (reading.plus(*length), position, *length)));
            for (follower, delay) in &followers {
                let comes = |inject: &Inject| inject.is_sent() && Self::is_for(inject, team);
                if !plan.injects.get(*follower).is_some_and(comes) {
                    continue;
                }
                let then = team.clock.plan(at).plus(*delay);
                if let Some(held) = team.held.get_mut(follower) {
                    held.get_or_insert(then);
                } else if !team.is_settled(*follower) {
                    team.due.put(*follower, then);
                }
            }
        }
    }

    /// Gives an inject that was added or amended its time for these teams.
    fn plan_anew(&mut self, id: &InjectId, teams: Vec<(usize, Option<Millis>)>, at: Timestamp) {
        let Some((position, _)) = self.inject(id) else { return };
        for (team, time) in teams {
            let Some(team) = self.teams.get_mut(team) else { continue };
            team.due.remove(position);
            team.fitted.remove(&position);
            if let Some(time) = time {
                team.due.put(position, time.max(team.clock.plan(at)));
            }
        }
    }

    /// Whoever joins from now on gets an inject that was added or amended to come otherwise when it says.
    fn schedule_anew(&mut self, amended: &Inject) {
        let known = self.inject(&amended.id);
        let position = known.map_or(self.plan.injects.len(), |(position, _)| position);
        if known.is_some_and(|(_, before)| before.trigger == amended.trigger)
            || self.schedule.dropped.contains(&position)
        {
            return;
        }
        let time = match amended.trigger {
            Trigger::At { at } => Some(self.shifted(at)),
            Trigger::After { .. } | Trigger::When { .. } | Trigger::Manual => None,
        };
        let before = self.before_fit.as_mut().map(|before| &mut before.schedule);
        [Some(&mut self.schedule), before].into_iter().flatten().for_each(|it| it.plan_anew(position, time));
    }

    /// An inject that is amended to come otherwise comes as it says.
    fn forget_delay(&mut self, amended: &Inject) {
        let Some((position, before)) = self.inject(&amended.id) else { return };
        if before.trigger == amended.trigger {
            return;
        }
        self.delays.remove(&position);
        if let Some(before) = &mut self.before_fit {
            before.delays.remove(&position);
        }
    }

    /// Listens for the silences that the plan asks about now, also on what was sent before it did.
    fn listen_anew(&mut self) {
        for team in &mut self.teams {
            for (position, delivery) in team.deliveries.iter().filter(|(_, delivery)| delivery.is_silent()) {
                let awaited = self.watch.silences(*position).filter(|length| *length > delivery.silent_for);
                let reading = delivery.clock_at_release;
                team.silences.extend(awaited.map(|length| (reading.plus(length), *position, length)));
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

    fn note_reader(
        &mut self,
        inject: &InjectId,
        team: &TeamId,
        person: Option<&PersonId>,
        delivered: bool,
        opened: bool,
    ) {
        if let Some((delivery, person)) = self.delivery_mut(inject, team).zip(person) {
            let seen = delivery.readers.entry(person.clone()).or_default();
            *seen = (seen.0 || delivered, seen.1 || opened);
        }
    }
}

impl Team {
    /// What waited for the line goes out, in the order in which it fell due.
    fn let_go(&mut self, at: Timestamp) {
        let now = self.clock.plan(at);
        let mut detained: Vec<(usize, Timestamp)> = std::mem::take(&mut self.detained).into_iter().collect();
        detained.sort_by_key(|(_, due)| *due);
        for (n, (position, _)) in (0..).zip(detained) {
            self.due.put(position, now.plus(Millis(n)));
        }
    }

    /// What was answered, excused or recalled is not silence.
    fn forget_silences(&mut self, position: usize) {
        self.silences.retain(|(_, silent, _)| *silent != position);
    }
}
