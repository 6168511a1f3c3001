//! Time against a naive model: thousands of random acts of control, and after each the readings of
//! every clock at this instant and at past ones; and every inject at the instant at which it falls due.
//!
//! The model writes down each stretch of wall time with what it was worth, and sums all of them afresh
//! for every question. It knows nothing of ledgers and agendas. What waits for each team it keeps in plain
//! lists ([`model_times`](super::model_times)): which times a fitting gives it takes from the log, what
//! that means for each team, and what undoing it gives back, it works out by itself.

use std::collections::{BTreeMap, BTreeSet};

use drillhall::engine::{
    clock::Clock,
    command::{Act, Order, Passed},
    event::{Event, Fact},
    id::{InjectId, TeamId},
    plan::{Inject, Plan},
    time::{Millis, Timestamp},
};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};

use super::{
    acts::{cut_link, free, hold, jump, rate, realign, restore_link},
    fit::could,
    fixture::{Drill, START, given, lift, no_duff, pause, resume},
    model_times::{Waiting, number},
    plan::{at, cut, empty, pause_at},
};

const TEAMS: [&str; 2] = ["atoll", "basin"];
/// An inject falls due every minute of plan time up to this one.
const LAST: i64 = 600;

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
    /// When the platform was there again last: what was late then came then.
    woke: i64,
    waiting: BTreeMap<&'static str, Waiting>,
    /// Injects that each team has had, one way or the other.
    had: BTreeMap<&'static str, BTreeSet<i64>>,
    /// What has happened at least once.
    seen: BTreeSet<&'static str>,
    planned_end: i64,
    /// What it was before the last fitting.
    unfitted_end: Option<i64>,
}

impl Round {
    fn new(seed: u8) -> Self {
        let breaks = (1..40).map(|n| pause_at(&format!("b{n}"), 37 * n, 3)).collect();
        let cuts: Vec<_> = (1..30).map(|n| cut(None, 23 * n, 23 * n + 4)).collect();
        let lines = (0..).zip(&cuts).flat_map(|(n, cut)| [(2 * n, cut.at.0), (2 * n + 1, cut.until.0)]).collect();
        let due = (0..LAST).map(|n| (n, n * 60_000)).collect();
        let waiting = Waiting::for_all(due, lines);
        let injects = (0..LAST).map(inject).collect();
        let plan = Plan { breaks, cuts, duration: Millis::minutes(LAST), injects, ..empty() };
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
            woke: START.0,
            waiting: TEAMS.map(|team| (team, waiting.clone())).into(),
            had: TEAMS.map(|team| (team, BTreeSet::new())).into(),
            seen: BTreeSet::new(),
            planned_end: LAST * 60_000,
            unfitted_end: None,
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
            self.seen.insert(event.fact.kind());
            match &event.fact {
                Fact::BreakBegan { .. } => self.stands = true,
                Fact::BreakEnded => (self.stands, self.acted) = (false, event.at.0),
                Fact::InjectReleased { inject, teams, due, .. } => {
                    for team in teams.keys() {
                        assert!(self.waiting[team.as_str()].cuts.is_empty(), "{inject} came over a line that was cut");
                        self.had(inject, team, due.unwrap_or(event.at).0);
                    }
                }
                Fact::InjectMissed { inject, teams, due, .. } => {
                    for team in teams {
                        self.had(inject, team, due.0);
                    }
                }
                Fact::InjectDetained { inject, teams, due } => {
                    for team in teams {
                        self.came(inject, team, due.0);
                        let waiting = self.waiting_for(team);
                        assert!(!waiting.cuts.is_empty(), "{inject} waits for a line that is up");
                        waiting.detain(number(inject), due.0);
                    }
                }
                Fact::InjectSkipped { inject, teams, .. } => {
                    for team in teams {
                        self.waiting_for(team).strike_out(number(inject));
                        self.had.get_mut(team.as_str()).expect("a team").insert(number(inject));
                    }
                }
                Fact::LinkCut { cut, teams, .. } => {
                    for team in teams {
                        let time = self.waiting_for(team).cut(*cut);
                        self.line_moved(team, time, event.at.0);
                    }
                }
                Fact::LinkRestored { cut, teams } => {
                    for team in teams {
                        let now = i64::try_from(self.teams[team.as_str()].plan(event.at.0)).expect("it is small");
                        let time = self.waiting_for(team).restore(*cut, now);
                        self.line_moved(team, time, event.at.0);
                    }
                }
                Fact::PlanFitted { dropped, retimed, planned_end, course, .. } => {
                    self.waiting.values_mut().for_each(|waiting| waiting.fit(dropped, retimed, course));
                    self.unfitted_end = Some(std::mem::replace(&mut self.planned_end, planned_end.0));
                }
                _ => {}
            }
        }
    }

    fn waiting_for(&mut self, team: &TeamId) -> &mut Waiting {
        self.waiting.get_mut(team.as_str()).expect("a team")
    }

    /// A team had an inject.
    fn had(&mut self, inject: &InjectId, team: &TeamId, due: i64) {
        self.came(inject, team, due);
        let inject = number(inject);
        self.waiting_for(team).strike_out(inject);
        let is_new = self.had.get_mut(team.as_str()).expect("a team").insert(inject);
        assert!(is_new, "inject {inject} came to {team} twice");
    }

    /// An inject fell due at this instant and not a millisecond before.
    fn came(&self, inject: &InjectId, team: &TeamId, due: i64) {
        let told = &self.teams[team.as_str()];
        let time = self.waiting[team.as_str()].due.get(&number(inject));
        let time = i128::from(*time.unwrap_or_else(|| panic!("{inject} came to {team} without a time")));
        assert!(told.plan(due) >= time, "{inject} came to {team} before its time");
        assert!(due <= self.acted || told.plan(due - 1) < time, "{inject} came to {team} after its time");
    }

    /// A line was cut or restored, by the plan at this plan time; sooner only if somebody did it.
    fn line_moved(&self, team: &TeamId, time: Option<i64>, when: i64) {
        let told = &self.teams[team.as_str()];
        if when == self.acted || when == self.woke {
            return;
        }
        let time = i128::from(time.expect("the plan moves it"));
        assert!(told.plan(when) >= time && told.plan(when - 1) < time, "a line of {team} moved at another time");
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
            let waiting = &self.waiting[team];
            let next = waiting.due.values().chain(waiting.lines.values()).min().expect("more is to come");
            let runs = !self.stands && !self.suspended && !self.stands_alone.contains(team);
            let is_ahead = told.plan(self.now) < i128::from(*next);
            assert!(!runs || is_ahead, "what was due at {next} did not come to {team}");
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
        _ = match self.pick(0, 22) {
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
                self.takes(Act::Shift { by: Millis(by) }, |round| {
                    round.waiting.values_mut().for_each(|waiting| waiting.shift(by));
                    round.planned_end += by;
                    round.unfitted_end = round.unfitted_end.map(|end| end + by);
                })
            }
            12 => self.retime(team),
            13 => self.hold(team),
            14 | 15 => self.free(team),
            16 => self.fit(),
            17 | 18 => self.takes(Act::UndoFit, |round| {
                round.waiting.values_mut().for_each(Waiting::undo_fit);
                round.planned_end = round.unfitted_end.take().expect("there was a fitting");
            }),
            19 => self.takes(cut_link(team), |_| ()),
            20 => self.takes(restore_link(team), |_| ()),
            _ => self.outage(),
        };
    }

    /// One of the next injects that a team has not had.
    fn ahead(&mut self, team: &'static str) -> i64 {
        let nth = usize::try_from(self.pick(0, 12)).expect("it is not negative");
        let had = &self.had[team];
        (0..LAST).filter(|inject| !had.contains(inject)).nth(nth).expect("more is to come")
    }

    fn retime(&mut self, team: &'static str) -> bool {
        let inject = self.ahead(team);
        let by = self.pick(-60_000, 600_000);
        let at = i64::try_from(self.teams[team].plan(self.now)).expect("it is small") + by;
        let act = Act::Retime { inject: id(inject), teams: Some([team.into()].into()), at: Millis(at) };
        let taken = self.takes(act, |round| round.waiting_for(&team.into()).retime(inject, at));
        assert_eq!(taken, by > 0, "a new time {by} ms from now");
        taken
    }

    fn hold(&mut self, team: &'static str) -> bool {
        let inject = self.ahead(team);
        let is_held = self.waiting[team].held.contains_key(&inject);
        let act = hold(id(inject).as_str(), Some(&[team]));
        let taken = self.takes(act, |round| round.waiting_for(&team.into()).hold(inject));
        assert_eq!(taken, !is_held);
        taken
    }

    fn free(&mut self, team: &'static str) -> bool {
        let Some(inject) = self.waiting[team].held.keys().next().copied() else { return false };
        self.takes(free(id(inject).as_str(), Some(&[team])), |round| round.waiting_for(&team.into()).free(inject))
    }

    /// To an end somewhat before the planned one, where breaks leave room for that.
    fn fit(&mut self) -> bool {
        let left = self.planned_end - i64::try_from(self.whole.plan(self.now)).expect("it is small");
        let share = self.one_of([480, 700, 900, 990]);
        let end = Timestamp(self.now + left * share / self.permille);
        let before = self.planned_end;
        let taken = self.takes(Act::FitToEnd { end, keep: BTreeSet::new() }, |_| ());
        assert!(!taken || self.planned_end < before);
        taken
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
        self.woke = to;
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
        assert_eq!(self.drill.state.planned_end.0, self.planned_end);
        for (team, waiting) in &self.waiting {
            let of_engine = self.drill.team(team);
            let times = (0..).zip(0..LAST).filter_map(|(n, inject)| Some((inject, of_engine.due_at(n)?.0)));
            assert!(times.eq(waiting.due.iter().map(|(n, time)| (*n, *time))), "what waits for {team}");
        }
    }
}

/// Every seventh may be dropped.
fn inject(n: i64) -> Inject {
    let inject = at(&format!("i{n}"), n);
    if n % 7 == 3 { could(inject) } else { inject }
}

fn id(inject: i64) -> InjectId {
    InjectId::from(format!("i{inject}").as_str())
}

fn agree(name: &str, clock: &Clock, told: &Told, at: i64) {
    let read = (i128::from(clock.active(Timestamp(at)).0), i128::from(clock.plan(Timestamp(at)).0));
    assert_eq!(read, (told.active(at), told.plan(at)), "active and plan time of {name} after {} ms", at - START.0);
}

#[test]
fn clocks_agree_with_a_naive_model_of_time_over_thousands_of_random_acts() {
    const SEEDS: u8 = 10;
    let mut seen = BTreeSet::new();
    for seed in 0..SEEDS {
        let course = || {
            let mut round = Round::new(seed);
            for _ in 0..200 {
                let wait = round.one_of([0, 1, 7, 999, 5_000, 61_003]);
                round.pass(round.now + wait);
                round.act();
                round.compare();
            }
            round.seen
        };
        let course = std::panic::catch_unwind(course);
        seen.extend(course.unwrap_or_else(|_| panic!("the clocks differ from the model with seed {seed}")));
    }
    for kind in ["plan_fitted", "fit_undone", "inject_retimed", "inject_held", "inject_freed", "inject_detained"] {
        assert!(seen.contains(kind), "no {kind} in {seen:?}");
    }
}
