//! What the passing of time brings: on the clocks of teams and the exercise, and on the wall.
//!
//! Ties are settled by due instant, then kind, then plan time (all that a jump passes falls due at
//! once), then file order, then order of teams. What is found more than [`LATE_TOLERANCE`] after it was due goes to the tray and never bursts out.

use std::collections::{BTreeMap, BTreeSet};

use super::control::{Sending, ids};
use crate::engine::{
    clock::Clock,
    event::{Calls, Fact, ReleaseCause, StartHeld},
    id::{PersonId, TeamId},
    plan::{Break, Inject, Trigger},
    score::{TeamScore, standings, team_score},
    state::{Stage, State, Team},
    time::{Millis, Timestamp},
};

/// How late an item may be found and still go out by itself, in wall time.
pub const LATE_TOLERANCE: Millis = Millis::seconds(5);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct DueItem {
    due: Timestamp,
    what: What,
    /// Reading of the plan clock; none for what goes by active time.
    time: Option<Millis>,
    /// Position of the phase, cut or inject.
    position: usize,
    /// Position of the team; none for the exercise as a whole.
    team: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Phase,
    /// Twice the position of the cut; one more when the line is restored.
    Line,
    Close,
    Silence(Millis),
    Release,
}

impl DueItem {
    /// Whether both are one thing that falls due for several teams.
    fn falls_due_with(&self, other: &Self) -> bool {
        let key = |item: &Self| (item.due, item.what, item.time, item.position);
        key(self) == key(other)
    }
}

impl State {
    /// The next instant at which a pulse finds something; none while everything stands.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Timestamp> {
        let on_clocks = self.teams.iter().filter_map(|team| self.next_of_team(team)).min();
        let phase = self.next_phase(self.phases_begun).map(|(_, from)| from);
        let of_exercise = [phase, self.next_break().map(|(_, at)| at), self.freezes_at()];
        let of_exercise = of_exercise.into_iter().flatten().filter_map(|time| self.clock.plan_due(time)).min();
        let ripe = self.has_ripe_flags().then_some(self.at);
        [on_clocks, of_exercise, self.next_on_the_wall(), self.next_grant_over(), ripe].into_iter().flatten().min()
    }

    fn next_of_team(&self, team: &Team) -> Option<Timestamp> {
        let clock = &team.clock;
        let phase = self.next_phase(team.phases_begun).and_then(|(_, from)| clock.plan_due(from));
        let line = team.cutting.first().and_then(|time| clock.plan_due(time));
        let release = team.due.first().and_then(|time| clock.plan_due(time));
        let close = team.closing.first().and_then(|time| clock.active_due(time));
        let silence = team.silences.first().and_then(|(time, _, _)| clock.active_due(*time));
        [phase, line, release, close, silence].into_iter().flatten().min()
    }

    /// What comes whether or not time stands in the exercise.
    fn next_on_the_wall(&self) -> Option<Timestamp> {
        if !self.is_open() {
            return None;
        }
        let break_ends = self.on_break.filter(|_| self.stage() == Stage::Paused);
        let armed = self.teams.iter().flat_map(|team| team.armed.values()).map(|armed| armed.goes_at).min();
        let armed = armed.filter(|_| self.may_send());
        let escalation = self.calls.values().filter_map(|call| call.escalates_at).min();
        [self.scheduled, break_ends, armed, escalation].into_iter().flatten().min()
    }

    /// Plan time at which the standings on the wall freeze, if they will.
    fn freezes_at(&self) -> Option<Millis> {
        let profile = &self.plan.profile;
        let before = profile.freeze.filter(|_| profile.wall_scores && self.frozen.is_none())?;
        Some(self.planned_end.minus(before))
    }

    fn freeze(&self, at: Timestamp) -> Vec<Fact> {
        let due = self.freezes_at().is_some_and(|time| self.clock.plan(at) >= time);
        if !due || self.stage() != Stage::Running {
            return Vec::new();
        }
        let scores: Vec<TeamScore> = self.teams.iter().map(|team| team_score(self, team)).collect();
        vec![Fact::StandingsFrozen { standings: standings(self, &scores) }]
    }

    fn is_open(&self) -> bool {
        !matches!(self.stage(), Stage::Ended | Stage::Cancelled)
    }

    fn may_send(&self) -> bool {
        matches!(self.stage(), Stage::Running | Stage::Paused)
    }

    pub(super) fn pulse(&self, at: Timestamp) -> Vec<Fact> {
        let mut facts = self.on_clocks(at);
        // One thing at a time: the next pulse finds the rest, with what came of this.
        if facts.is_empty() {
            facts = self.on_the_wall(at);
        }
        if facts.is_empty() {
            facts = self.grants_over(at);
        }
        if facts.is_empty() {
            facts = self.ripe_flags();
        }
        if facts.is_empty() {
            facts = self.freeze(at);
        }
        facts
    }

    pub(super) fn on_clocks(&self, at: Timestamp) -> Vec<Fact> {
        if self.stage() != Stage::Running {
            return Vec::new();
        }
        let mut items = self.due_items(at);
        items.sort_unstable();
        let mut facts = Vec::new();
        for group in items.chunk_by(DueItem::falls_due_with) {
            if !facts.is_empty() && self.asks_how_it_stands(group, at) {
                return facts;
            }
            facts.extend(self.fall_due(group, at));
        }
        // Whatever is due when a break begins comes before it.
        if facts.is_empty() {
            facts.extend(self.break_due(at));
        }
        facts
    }

    /// Whether what becomes of an inject that is due hangs on what came before it in the same pulse.
    fn asks_how_it_stands(&self, group: &[DueItem], at: Timestamp) -> bool {
        let release = group.first().filter(|item| item.what == What::Release && at.since(item.due) <= LATE_TOLERANCE);
        release.and_then(|item| self.plan.injects.get(item.position)).is_some_and(|inject| {
            matches!(inject.trigger, Trigger::When { .. })
                || inject.only_if.is_some()
                || !inject.alternatives.is_empty()
                || (inject.content.channel.needs_the_line() && !self.plan.cuts.is_empty())
        })
    }

    fn on_the_wall(&self, at: Timestamp) -> Vec<Fact> {
        if !self.is_open() {
            return Vec::new();
        }
        let mut facts = Vec::new();
        facts.extend(
            self.scheduled.filter(|start| *start <= at).into_iter().flat_map(|start| self.start_by_itself(start, at)),
        );
        if self.stage() == Stage::Paused && self.on_break.is_some_and(|ends| ends <= at) {
            facts.push(Fact::BreakEnded);
        }
        if self.may_send() {
            facts.extend(self.grace_over(at));
        }
        let widening = self.calls.iter().filter(|(_, call)| call.escalates_at.is_some_and(|until| until <= at));
        let calls: Calls = widening.map(|(item, call)| (item.clone(), call.team.clone())).collect();
        if !calls.is_empty() {
            facts.push(Fact::Suspended { team: None, calls });
        }
        facts
    }

    /// What nobody took back goes out; after a suspension or an outage staff decide again.
    fn grace_over(&self, at: Timestamp) -> Vec<Fact> {
        let mut armed: BTreeMap<(Timestamp, usize, Option<&PersonId>), Vec<&Team>> = BTreeMap::new();
        for team in &self.teams {
            for (position, release) in team.armed.iter().filter(|(_, release)| release.goes_at <= at) {
                armed.entry((release.goes_at, *position, release.by.as_ref())).or_default().push(team);
            }
        }
        let mut facts = Vec::new();
        for ((goes_at, position, by), teams) in armed {
            let Some(inject) = self.plan.injects.get(position) else { continue };
            if at.since(goes_at) > LATE_TOLERANCE {
                let (inject, teams) = (inject.id.clone(), ids(&teams));
                facts.push(Fact::InjectMissed { inject, teams, due: goes_at, plan_time: None });
            } else {
                // Who stands and has it in the tray keeps it there, with the time at which it was due.
                let (kept, rest): (Vec<&Team>, Vec<&Team>) =
                    teams.iter().partition(|team| team.suspended && team.missed.contains_key(&position));
                let undone = Fact::ReleaseUndone { inject: inject.id.clone(), teams: ids(&kept) };
                facts.extend((!kept.is_empty()).then_some(undone));
                facts.extend(self.sent_by_hand(position, inject, &rest, by, at));
            }
        }
        facts
    }

    /// Never over an open call, never into an empty hall, and never by surprise after the platform was down.
    fn start_by_itself(&self, scheduled: Timestamp, at: Timestamp) -> Vec<Fact> {
        let held = |reason| vec![Fact::StartHeld { scheduled, reason }];
        if !self.calls.is_empty() {
            held(StartHeld::OpenCall)
        } else if at.since(scheduled) > LATE_TOLERANCE {
            held(StartHeld::TooLate)
        } else if self.teams.iter().any(|team| team.connected) {
            self.beginning()
        } else {
            held(StartHeld::EmptyHall)
        }
    }

    fn has_ripe_flags(&self) -> bool {
        self.is_open() && self.teams.iter().any(|team| !team.ripe_flags.is_empty())
    }

    fn ripe_flags(&self) -> Vec<Fact> {
        if !self.is_open() {
            return Vec::new();
        }
        let ripe = |position: usize| {
            let of_it = self.teams.iter().filter(move |team| team.ripe_flags.contains(&position));
            of_it.map(|team| team.id.clone()).collect::<BTreeSet<TeamId>>()
        };
        let flags = self.plan.flags.iter().enumerate().map(|(position, flag)| (flag, ripe(position)));
        flags
            .filter(|(_, teams)| !teams.is_empty())
            .map(|(flag, teams)| Fact::FlagSet { flag: flag.id.clone(), teams, value: true })
            .collect()
    }

    fn due_items(&self, at: Timestamp) -> Vec<DueItem> {
        let mut items = Vec::new();
        items.extend(self.due_phase(&self.clock, self.phases_begun, None, at));
        for (index, team) in self.teams.iter().enumerate().filter(|(_, team)| team.clock.is_running()) {
            let clock = &team.clock;
            let item = |what, position, time| move |due| DueItem { due, what, time, position, team: Some(index) };
            items.extend(self.due_phase(clock, team.phases_begun, Some(index), at));
            let (plan, active) = (clock.plan(at), clock.active(at));
            let lines = team.cutting.until(plan).map(|(time, position)| (time, position, What::Line));
            let releases = team.due.until(plan).map(|(time, position)| (time, position, What::Release));
            for (time, position, what) in lines.chain(releases) {
                items.extend(clock.plan_due(time).map(item(what, position, Some(time))));
            }
            let closings = team.closing.until(active).map(|(time, position)| (time, position, What::Close));
            let silences = team.silences.iter().take_while(|(time, _, _)| *time <= active);
            let silences = silences.map(|(time, position, length)| (*time, *position, What::Silence(*length)));
            for (time, position, what) in closings.chain(silences) {
                items.extend(clock.active_due(time).map(item(what, position, None)));
            }
        }
        items
    }

    fn due_phase(&self, clock: &Clock, begun: usize, team: Option<usize>, at: Timestamp) -> Option<DueItem> {
        let (position, from) = self.next_phase(begun)?;
        let due = clock.plan_due(from).filter(|due| *due <= at)?;
        Some(DueItem { due, what: What::Phase, time: Some(from), position, team })
    }

    fn fall_due(&self, group: &[DueItem], at: Timestamp) -> Vec<Fact> {
        let Some(first) = group.first() else { return Vec::new() };
        let teams: Vec<&Team> = group.iter().filter_map(|item| self.teams.get(item.team?)).collect();
        let position = first.position;
        match first.what {
            What::Phase => self.phase_began(position, &teams, first.team.is_none()).into_iter().collect(),
            What::Line => self.line_changed(position, &teams).into_iter().collect(),
            What::Close | What::Silence(_) | What::Release => {
                let Some(inject) = self.plan.injects.get(position) else { return Vec::new() };
                match first.what {
                    What::Close => vec![Fact::AnswerClosed { inject: inject.id.clone(), teams: ids(&teams) }],
                    What::Silence(length) => {
                        vec![Fact::SilenceNoted { inject: inject.id.clone(), teams: ids(&teams), length }]
                    }
                    _ => self.release_due(inject, &teams, first, at),
                }
            }
        }
    }

    /// An inject's time has come: it goes out, or there is a reason why it does not.
    fn release_due(&self, inject: &Inject, teams: &[&Team], item: &DueItem, at: Timestamp) -> Vec<Fact> {
        let due = item.due;
        if at.since(due) > LATE_TOLERANCE {
            let (inject, teams) = (inject.id.clone(), ids(teams));
            return vec![Fact::InjectMissed { inject, teams, due, plan_time: item.time }];
        }
        let mut rest = teams.to_vec();
        let mut facts = Vec::new();
        let mut take = |which: &dyn Fn(&Team) -> bool, fact: &dyn Fn(BTreeSet<TeamId>) -> Fact| {
            let (taken, left): (Vec<&Team>, Vec<&Team>) = rest.iter().partition(|team| which(team));
            rest = left;
            if !taken.is_empty() {
                facts.push(fact(ids(&taken)));
            }
        };
        let id = || inject.id.clone();
        let is_out = |team: &Team| inject.only_if.as_ref().is_some_and(|condition| !self.holds(condition, team));
        take(&is_out, &|teams| Fact::InjectPassedOver { inject: id(), teams });
        let is_absent = |team: &Team| Self::comes_of_silence(inject) && !team.connected;
        take(&is_absent, &|teams| Fact::InjectProposed { inject: id(), teams, due });
        let is_cut_off = |team: &Team| inject.content.channel.needs_the_line() && !team.cuts.is_empty();
        take(&is_cut_off, &|teams| Fact::InjectDetained { inject: id(), teams, due });
        if !rest.is_empty() {
            let sending = Sending { cause: ReleaseCause::Due, by: None, due: Some(due), at };
            facts.extend(self.released(inject, &rest, &sending));
        }
        facts
    }

    fn phase_began(&self, position: usize, teams: &[&Team], for_exercise: bool) -> Option<Fact> {
        let phase = self.plan.phases.get(position)?;
        Some(Fact::PhaseBegan {
            phase: phase.id.clone(),
            title: phase.title.clone(),
            situation: phase.situation.clone(),
            teams: ids(teams),
            for_exercise,
        })
    }

    fn line_changed(&self, position: usize, teams: &[&Team]) -> Option<Fact> {
        let notice = self.plan.cuts.get(position / 2)?.notice.clone();
        let cut = Some(u32::try_from(position / 2).ok()?);
        let teams = ids(teams);
        Some(if position.is_multiple_of(2) {
            Fact::LinkCut { cut, teams, notice }
        } else {
            Fact::LinkRestored { cut, teams }
        })
    }

    fn break_due(&self, at: Timestamp) -> Option<Fact> {
        let (position, time) = self.next_break()?;
        self.clock.plan_due(time).filter(|due| *due <= at)?;
        let Break { id, title, length, .. } = self.plan.breaks.get(position)?;
        Some(Fact::BreakBegan { pause: id.clone(), title: title.clone(), ends_at: at.plus(*length) })
    }

    /// The phase after those that have begun, and its plan time.
    fn next_phase(&self, begun: usize) -> Option<(usize, Millis)> {
        let position = *self.phase_order.get(begun)?;
        Some((position, *self.phase_times.get(position)?))
    }

    /// The first break that is to come, and its plan time.
    fn next_break(&self) -> Option<(usize, Millis)> {
        self.breaks.all().next().map(|(time, position)| (position, time))
    }
}
