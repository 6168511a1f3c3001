//! Time against a naive model: thousands of random acts of control, and after each the readings of
//! every clock at this instant and at past ones; and every inject at the instant at which it falls due.
//!
//! The model writes down each stretch of wall time with what it was worth, and sums all of them afresh
//! for every question. It knows nothing of ledgers and agendas.

use std::collections::{BTreeMap, BTreeSet};

use drillhall::engine::{
    clock::Clock,
    command::{Act, Order, Passed},
    event::{Event, Fact},
    id::{InjectId, TeamId},
    plan::Plan,
    time::{Millis, Timestamp},
};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};

use super::{
    acts::{jump, rate, realign},
    fixture::{Drill, START, given, lift, no_duff, pause, resume},
    plan::{at, empty, pause_at},
};

const TEAMS: [&str; 2] = ["atoll", "basin"];
/// An inject falls due every minute of plan time up to this one.
const LAST: i64 = 1_500;

/// What happened to one clock.
#[derive(Clone, Debug, Default)]
struct Told {
    /// Wall time in which it ran, and what a millisecond of it was worth in permille.
    ran: Vec<(i64, i64, i64)>,
    /// Wall time that was given back.
    outages: Vec<(i64, i64)>,
    /// When the story was moved, and by how much.
    jumps: Vec<(i64, i64)>,
}

impl Told {
    /// Milliseconds of active time up to an instant, rounded down once.
    fn active(&self, at: i64) -> i128 {
        let worth = |(from, to, permille): &(i64, i64, i64)| {
            let lost: i64 =
                self.outages.iter().map(|(down, up)| length((*down).max(*from), (*up).min(*to).min(at))).sum();
            i128::from(length(*from, (*to).min(at)) - lost) * i128::from(*permille)
        };
        self.ran.iter().map(worth).sum::<i128>().div_euclid(1000)
    }

    /// Milliseconds of plan time up to an instant, rounded down once.
    fn plan(&self, at: i64) -> i128 {
        let ran = self
            .ran
            .iter()
            .map(|(from, to, permille)| i128::from(length(*from, (*to).min(at))) * i128::from(*permille));
        let moved = self.jumps.iter().filter(|(when, _)| *when <= at).map(|(_, by)| i128::from(*by));
        ran.sum::<i128>().div_euclid(1000) + moved.sum::<i128>()
    }
}

fn length(from: i64, to: i64) -> i64 {
    (to - from).max(0)
}

/// A drill, and what somebody with a stop-watch would write down beside it.
struct Round {
    drill: Drill,
    rng: ChaCha8Rng,
    now: i64,
    /// When somebody acted last, or a break ended: what that made due fell due then and not before.
    acted: i64,
    whole: Told,
    teams: BTreeMap<&'static str, Told>,
    permille: i64,
    stands: bool,
    suspended: bool,
    stands_alone: BTreeSet<&'static str>,
    shift: i64,
    /// Injects that each team has had, one way or the other.
    had: BTreeMap<TeamId, BTreeSet<i64>>,
}

impl Round {
    fn new(seed: u8) -> Self {
        let injects = (0..LAST).map(|n| at(&format!("i{n}"), n)).collect();
        let breaks = (1..40).map(|n| pause_at(&format!("b{n}"), 37 * n, 3)).collect();
        let plan = Plan { breaks, duration: Millis::minutes(LAST), injects, ..empty() };
        let drill = given(plan).started();
        let log = drill.log.clone();
        let mut round = Self {
            drill,
            rng: ChaCha8Rng::from_seed([seed; 32]),
            now: START.0,
            acted: START.0,
            whole: Told::default(),
            teams: TEAMS.map(|team| (team, Told::default())).into(),
            permille: 1000,
            stands: false,
            suspended: false,
            stands_alone: BTreeSet::new(),
            shift: 0,
            had: BTreeMap::new(),
        };
        round.hear(&log);
        round
    }

    fn pick(&mut self, from: i64, to: i64) -> i64 {
        let range = u64::try_from(to - from).expect("it rises");
        from + i64::try_from(self.rng.next_u64() % range).expect("it is in the range")
    }

    fn one_of<T: Copy, const N: usize>(&mut self, list: [T; N]) -> T {
        list[usize::try_from(self.rng.next_u64()).expect("64 bits") % N]
    }

    /// Writes down the time up to an instant, as things stood.
    fn write_down(&mut self, until: i64) {
        let ran = (self.now, until, self.permille);
        self.now = until;
        if self.stands || self.suspended || ran.0 == ran.1 {
            return;
        }
        self.whole.ran.push(ran);
        for (team, told) in &mut self.teams {
            if !self.stands_alone.contains(team) {
                told.ran.push(ran);
            }
        }
    }

    /// Takes in what the server did by itself: breaks, and injects in their time.
    fn hear(&mut self, events: &[Event]) {
        for event in events {
            match &event.fact {
                Fact::BreakBegan { .. } => self.stands = true,
                Fact::BreakEnded => (self.stands, self.acted) = (false, event.at.0),
                Fact::InjectReleased { inject, teams, due, .. } => {
                    let due = due.unwrap_or(event.at).0;
                    for team in teams.keys() {
                        self.had(inject, team, due);
                    }
                }
                Fact::InjectMissed { inject, teams, due, .. } => {
                    for team in teams {
                        self.had(inject, team, due.0);
                    }
                }
                Fact::InjectSkipped { inject, teams, .. } => {
                    let inject = number(inject);
                    for team in teams {
                        self.had.entry(team.clone()).or_default().insert(inject);
                    }
                }
                _ => {}
            }
        }
    }

    /// A team had an inject, which fell due at this instant and not a millisecond before.
    fn had(&mut self, inject: &InjectId, team: &TeamId, due: i64) {
        let inject = number(inject);
        let told = &self.teams[team.as_str()];
        let time = i128::from(inject * 60_000 + self.shift);
        assert!(told.plan(due) >= time, "inject {inject} came to {team} before its time");
        assert!(due <= self.acted || told.plan(due - 1) < time, "inject {inject} came to {team} after its time");
        assert!(self.had.entry(team.clone()).or_default().insert(inject), "inject {inject} came to {team} twice");
    }

    /// Lets time pass, with a pulse at each deadline.
    fn pass(&mut self, until: i64) {
        while let Some(due) = self.drill.state.next_deadline().filter(|due| due.0 <= until) {
            self.write_down(due.0.max(self.now));
            self.drill.now = Timestamp(self.now);
            let events = self.drill.order(Order::Pulse).expect("a pulse is never refused");
            assert!(!events.is_empty(), "a pulse found nothing at its deadline");
            self.hear(&events);
        }
        self.write_down(until);
        self.drill.now = Timestamp(until);
        for (team, told) in &self.teams {
            let had = self.had.get(&TeamId::from(*team)).cloned().unwrap_or_default();
            let next = (0..LAST).find(|inject| !had.contains(inject)).expect("more is to come");
            let runs = !self.stands && !self.suspended && !self.stands_alone.contains(team);
            let is_ahead = told.plan(self.now) < i128::from(next * 60_000 + self.shift);
            assert!(!runs || is_ahead, "inject {next} did not come to {team}");
        }
    }

    /// Somebody asks for something; whether it was taken.
    fn takes(&mut self, act: Act, change: impl FnOnce(&mut Self)) -> bool {
        self.acted = self.now;
        let before = self.drill.log.len();
        let drill = std::mem::replace(&mut self.drill, given(empty()));
        let outcome = drill.when("director", act);
        let taken = outcome.is_allowed();
        self.drill = outcome.into_drill();
        if taken {
            change(self);
            let events = self.drill.log.split_off(before);
            self.hear(&events);
        }
        taken
    }

    fn act(&mut self) {
        let team = self.one_of(TEAMS);
        _ = match self.pick(0, 13) {
            0 => self.takes(pause(None), |round| round.stands = true),
            1 | 2 => self.takes(resume(None), |round| round.stands = false),
            3 => self.takes(pause(Some(team)), |round| _ = round.stands_alone.insert(team)),
            4 | 5 => self.takes(resume(Some(team)), |round| _ = round.stands_alone.remove(team)),
            6 => self.takes(no_duff(), |round| round.suspended = true),
            7 => self.takes(lift(None), |round| round.suspended = false),
            8 => {
                let permille = self.one_of([100, 250, 333, 1000, 1001, 2000, 7777]);
                self.takes(rate(permille), |round| round.permille = permille)
            }
            9 => self.jump(),
            10 => self.realign(team),
            11 => {
                let by = self.pick(-90_000, 200_000);
                self.takes(Act::Shift { by: Millis(by) }, |round| round.shift += by)
            }
            _ => self.outage(),
        };
    }

    fn jump(&mut self) -> bool {
        let now = self.now;
        let reading = i64::try_from(self.whole.plan(now)).expect("it is small");
        let to = reading / 60_000 + self.pick(0, 4);
        let by = to * 60_000 - reading;
        let taken = self.takes(jump(to, Passed::Skip), |round| {
            round.whole.jumps.push((now, by));
            round.teams.values_mut().for_each(|told| told.jumps.push((now, by)));
        });
        assert_eq!(taken, by > 0 && !self.suspended, "a jump of {by} ms");
        taken
    }

    fn realign(&mut self, team: &'static str) -> bool {
        let now = self.now;
        let by = i64::try_from(self.whole.plan(now) - self.teams[team].plan(now)).expect("it is small");
        let jumped = |round: &mut Self| round.teams.get_mut(team).expect("a team").jumps.push((now, by));
        let taken = self.takes(realign(team, Passed::Skip), jumped);
        assert_eq!(taken, by > 0 && !self.suspended, "{team} is {by} ms behind");
        taken
    }

    /// The platform sleeps; on waking the teams get the time back.
    fn outage(&mut self) -> bool {
        let (from, to) = (self.now, self.now + self.pick(1, 90_000));
        self.write_down(to);
        self.drill.now = Timestamp(to);
        let outage = Order::NoteOutage { from: Timestamp(from), to: Timestamp(to) };
        let events = self.drill.order(outage).expect("it is noted");
        self.whole.outages.push((from, to));
        self.teams.values_mut().for_each(|told| told.outages.push((from, to)));
        self.hear(&events);
        true
    }

    /// At this instant, a millisecond before, and at random ones of the past.
    fn compare(&mut self) {
        let past = [(); 2].map(|()| self.pick(START.0 - 1000, self.now + 1));
        for at in [self.now, self.now - 1].into_iter().chain(past) {
            agree("the exercise", &self.drill.state.clock, &self.whole, at);
            for (team, told) in &self.teams {
                agree(team, &self.drill.team(team).clock, told, at);
            }
        }
    }
}

fn number(inject: &InjectId) -> i64 {
    inject.as_str().trim_start_matches('i').parse().expect("a number")
}

fn agree(name: &str, clock: &Clock, told: &Told, at: i64) {
    let read = (i128::from(clock.active(Timestamp(at)).0), i128::from(clock.plan(Timestamp(at)).0));
    assert_eq!(read, (told.active(at), told.plan(at)), "active and plan time of {name} after {} ms", at - START.0);
}

#[test]
fn clocks_agree_with_a_naive_model_of_time_over_thousands_of_random_acts() {
    const SEEDS: u8 = 10;
    for seed in 0..SEEDS {
        let course = || {
            let mut round = Round::new(seed);
            for _ in 0..200 {
                let wait = round.one_of([0, 1, 7, 999, 5_000, 61_003]);
                round.pass(round.now + wait);
                round.act();
                round.compare();
            }
        };
        assert!(std::panic::catch_unwind(course).is_ok(), "the clocks differ from the model with seed {seed}");
    }
}
