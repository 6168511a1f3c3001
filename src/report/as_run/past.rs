//! What the state of an exercise does not keep: when and why things went out, and what staff changed.

use std::collections::BTreeMap;

use super::length;
use crate::{
    engine::{
        command::Actor,
        event::{ByHand, Event, Fact, ReleaseCause},
        id::{AlternativeId, InjectId, PersonId, TeamId},
        plan::{Content, Inject, Trigger},
        state::{State, Team},
        time::{Millis, Timestamp},
    },
    markup::figures,
    scenario::msel::written,
};

/// What was done with an inject for a team.
type Key = (TeamId, InjectId);

/// What happened, as far as a sheet tells of it.
#[derive(Default)]
pub(super) struct Past {
    sent: BTreeMap<Key, Sent>,
    changes: BTreeMap<Key, Vec<String>>,
    reasons: BTreeMap<Key, String>,
    answered: BTreeMap<(TeamId, InjectId, u32), Came>,
    acknowledged: BTreeMap<Key, ByHand>,
    /// Who gave it the time at which it goes out.
    timed_by: BTreeMap<Key, String>,
    fitted: Vec<Key>,
}

/// An inject that went out to a team.
pub(super) struct Sent {
    /// What the team's clock read.
    pub(super) plan_time: Millis,
    /// How much later than due it went out, if it was due.
    pub(super) late: Option<Millis>,
    /// Who or what let it go out, and why.
    pub(super) because: String,
    pub(super) alternative: Option<AlternativeId>,
    pub(super) content: Content,
}

/// How an answer came.
pub(super) struct Came {
    pub(super) at: Timestamp,
    pub(super) by_hand: Option<ByHand>,
}

impl Past {
    /// Takes in an event, which the state before it has not yet.
    pub(super) fn take(&mut self, event: &Event, before: &State) {
        let who = || who(&event.actor, None);
        match &event.fact {
            Fact::InjectReleased { .. } => self.released(event, before),
            Fact::InjectSkipped { inject, teams, reason, jumped } => {
                let reason = if *jumped { "jumped over" } else { reason };
                self.decided(event, inject, teams, "skipped", reason);
            }
            Fact::InjectRecalled { inject, teams, reason } => self.decided(event, inject, teams, "recalled", reason),
            Fact::InjectExcused { inject, teams, reason } => self.decided(event, inject, teams, "excused", reason),
            Fact::InjectHeld { inject, teams, reason } => self.decided(event, inject, teams, "held back", reason),
            Fact::InjectFreed { inject, teams } => self.changed(event, inject, teams, "freed"),
            Fact::InjectResent { inject, teams } => self.changed(event, inject, teams, "shown again"),
            Fact::InjectMissed { inject, teams, .. } => self.changed(event, inject, teams, "missed"),
            Fact::InjectDetained { inject, teams, .. } => self.changed(event, inject, teams, "waits for the line"),
            Fact::InjectProposed { inject, teams, .. } => {
                self.changed(event, inject, teams, "put to staff, for nobody of the team was there");
            }
            Fact::InjectRetimed { inject, teams, plan_time, .. } => {
                self.changed(event, inject, teams, &format!("new time {}", written(*plan_time)));
                self.timed_by.extend(teams.iter().map(|team| ((team.clone(), inject.clone()), who())));
            }
            Fact::DeadlineExtended { inject, teams, by, deadline, .. } => {
                let change = format!("{} longer, until {} after release", length(*by), length(*deadline));
                self.changed(event, inject, teams, &change);
            }
            Fact::PlanFitted { .. } | Fact::FitUndone => self.fitted(event, before),
            Fact::ResponseSubmitted { inject, team, revision, received_at, by_hand, .. } => {
                let came = Came { at: *received_at, by_hand: by_hand.clone() };
                self.answered.insert((team.clone(), inject.clone(), *revision), came);
            }
            Fact::InjectAcknowledged { inject, team, by_hand: Some(by_hand) } => {
                self.acknowledged.entry((team.clone(), inject.clone())).or_insert_with(|| by_hand.clone());
            }
            _ => {}
        }
    }

    fn released(&mut self, event: &Event, before: &State) {
        let Fact::InjectReleased { inject, teams, cause, by, due, alternative, content } = &event.fact else { return };
        let Some((_, planned)) = before.inject(inject) else { return };
        for team in teams.keys().filter_map(|team| before.team(team)) {
            let key = (team.id.clone(), inject.clone());
            let because = match cause {
                ReleaseCause::Due => match self.timed_by.get(&key) {
                    Some(who) => format!("new time by {who}"),
                    None => due_by(planned),
                },
                ReleaseCause::Staff => who(&event.actor, by.as_ref()),
                ReleaseCause::Missed => format!("{}, after it was missed", who(&event.actor, by.as_ref())),
                ReleaseCause::Request => format!("{}, as the team asked for it", who(&event.actor, by.as_ref())),
            };
            let sent = Sent {
                plan_time: team.clock.plan(event.at),
                late: due.map(|due| event.at.since(due)),
                because,
                alternative: alternative.clone(),
                content: content.as_ref().clone(),
            };
            self.sent.insert(key, sent);
        }
    }

    fn fitted(&mut self, event: &Event, before: &State) {
        if let Fact::PlanFitted { dropped, retimed, .. } = &event.fact {
            self.fitted.clear();
            for (position, inject) in before.plan.injects.iter().enumerate() {
                let waits = |team: &&Team| team.due_at(position).is_some();
                let new_time = retimed.get(&inject.id).map(|time| format!("new time {}", written(*time)));
                let dropped = dropped.contains(&inject.id).then(|| "dropped".to_owned());
                let Some(change) = dropped.or(new_time) else { continue };
                for team in before.teams.iter().filter(waits) {
                    self.fitted.push((team.id.clone(), inject.id.clone()));
                    self.changed(event, &inject.id, [&team.id], &format!("{change}, to fit another end"));
                }
            }
        } else {
            for (team, inject) in std::mem::take(&mut self.fitted) {
                if before
                    .team(&team)
                    .zip(before.inject(&inject))
                    .is_some_and(|(team, (position, _))| !team.deliveries.contains_key(&position))
                {
                    self.changed(event, &inject, [&team], "as before it was fitted to another end");
                }
            }
        }
    }

    /// A decision of staff that has a reason.
    fn decided<'t>(
        &mut self,
        event: &Event,
        inject: &InjectId,
        teams: impl IntoIterator<Item = &'t TeamId> + Copy,
        what: &str,
        reason: &str,
    ) {
        self.changed(event, inject, teams, &with_reason(what, Some(reason)));
        self.reasons.extend(teams.into_iter().map(|team| ((team.clone(), inject.clone()), reason.to_owned())));
    }

    fn changed<'t>(
        &mut self,
        event: &Event,
        inject: &InjectId,
        teams: impl IntoIterator<Item = &'t TeamId>,
        what: &str,
    ) {
        let line = format!("{} {}: {what}", figures::machine_time(event.at), who(&event.actor, None));
        for team in teams {
            self.changes.entry((team.clone(), inject.clone())).or_default().push(line.clone());
        }
    }

    pub(super) fn sent(&self, team: &Team, inject: &Inject) -> Option<&Sent> {
        self.sent.get(&key(team, inject))
    }

    /// Why an inject was not sent, or what was decided on it last.
    pub(super) fn reason(&self, team: &Team, inject: &Inject) -> Option<&str> {
        self.reasons.get(&key(team, inject)).map(String::as_str)
    }

    /// What staff and the clock did with it, a line each.
    pub(super) fn changes(&self, team: &Team, inject: &Inject) -> String {
        self.changes.get(&key(team, inject)).map(|lines| lines.join("\n")).unwrap_or_default()
    }

    pub(super) fn answer(&self, team: &Team, inject: &Inject, revision: u32) -> Option<&Came> {
        self.answered.get(&(team.id.clone(), inject.id.clone(), revision))
    }

    pub(super) fn acknowledged_by_hand(&self, team: &Team, inject: &Inject) -> Option<&ByHand> {
        self.acknowledged.get(&key(team, inject))
    }
}

fn key(team: &Team, inject: &Inject) -> Key {
    (team.id.clone(), inject.id.clone())
}

/// Whoever released something, else whoever acted.
fn who(actor: &Actor, by: Option<&PersonId>) -> String {
    match (by, actor) {
        (Some(person), _) | (None, Actor::Person(person)) => format!("staff {person}"),
        (None, Actor::System) => "the clock".to_owned(),
    }
}

/// What of the plan made it due.
fn due_by(inject: &Inject) -> String {
    match &inject.trigger {
        Trigger::At { .. } => "plan".to_owned(),
        Trigger::After { inject, .. } => format!("plan, after {inject}"),
        Trigger::When { .. } => "condition".to_owned(),
        Trigger::Manual => "staff".to_owned(),
    }
}

/// What was decided, and why if somebody said so.
pub(super) fn with_reason(what: &str, reason: Option<&str>) -> String {
    match reason.filter(|reason| !reason.is_empty()) {
        Some(reason) => format!("{what}: {reason}"),
        None => what.to_owned(),
    }
}
