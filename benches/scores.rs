//! How long scoring takes: 200 teams, 40 injects, a log of 100,000 events. `cargo bench --bench scores`.
//!
//! Prints the times of one run, and how they compare: scoring everything anew against folding the log, and
//! following one event against scoring everything.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a benchmark reads the clock and prints what it read"
)]

use std::{collections::BTreeMap, time::Instant};

use drillhall::engine::{
    command::{Act, Actor, AnswerInput, Command, Creation, CreditOutage, Mark, Order, Seat},
    event::Event,
    id::{InjectId, PersonId, TeamId},
    plan::{MarkingPolicy, Plan},
    prose::Mint,
    role::Role,
    score::board::ScoreBoard,
    state::State,
    step::{by_system, step},
    text::Language,
    time::{Millis, Rate, Timestamp},
};

const TEAMS: usize = 200;
const INJECTS: usize = 40;
const EVENTS: usize = 100_000;
const START: Timestamp = Timestamp(1_800_000_000_000);

fn scenario() -> String {
    let head = "format: 1\nmeta: {name: bench, title: Bench, tlp: clear, languages: [en], duration: 60m}\ninjects:\n";
    let inject = |n: usize| {
        format!(
            "  - id: task-{n}
    kind: task
    at: 1m
    player:
      title: Task
      body: Do it.
      form:
        acknowledge: true
        target: 10m
        deadline: 50m
        fields:
          - id: class
            label: Class
            points: 4
            choice: [{{id: a, label: A}}, {{id: b, label: B}}]
          - id: signs
            label: Signs
            points: 3
            multi_choice: [{{id: a, label: A}}, {{id: b, label: B}}, {{id: c, label: C}}]
          - {{id: why, label: Why, points: 3, long_text: {{max_chars: 400}}}}
    staff:
      keys: {{class: {{choice: a}}, signs: {{set: [a, b]}}}}
"
        )
    };
    (0..INJECTS).fold(head.to_owned(), |text, n| text + &inject(n))
}

fn plan() -> Plan {
    drillhall::scenario::load_text(&scenario()).unwrap_or_else(|wrong| panic!("{wrong}")).plan
}

struct Hall {
    state: State,
    log: Vec<Event>,
    commands: u32,
}

impl Hall {
    fn order(&mut self, actor: Actor, order: Order, at: Timestamp) {
        self.commands += 1;
        let mut random = [3; 32];
        random[..4].copy_from_slice(&self.commands.to_be_bytes());
        let command = Command { actor, received_at: at, mint: Mint::new(random), order };
        self.log.extend(step(&mut self.state, &command, at).expect("it is allowed"));
    }

    fn act(&mut self, person: &str, act: Act, at: Timestamp) {
        self.order(Actor::Person(PersonId::from(person)), Order::Act(act), at);
    }
}

fn played() -> Vec<Event> {
    let creation = Creation {
        exercise: "bench".into(),
        plan: plan(),
        plan_hash: "hash".to_owned(),
        rate: Rate::REAL,
        rehearsal: false,
    };
    let created = State::create(&by_system(Order::Create(Box::new(creation)), START), START).expect("a fair rate");
    let state = State::open(&created).expect("it opens the log");
    let mut hall = Hall { state, log: vec![created], commands: 0 };
    for (person, role) in [("director", Role::ExerciseDirector), ("evaluator", Role::Evaluator)] {
        hall.order(
            Actor::System,
            Order::Seat(Seat { person: person.into(), role, team: None, organisation: None }),
            START,
        );
    }
    let teams: Vec<String> = (0..TEAMS).map(|n| format!("team-{n}")).collect();
    for team in &teams {
        let (name, language) = (team.clone(), Language::from("en"));
        hall.act(
            "director",
            Act::AddTeam { team: team.as_str().into(), name, language, cohort: None, alias: None },
            START,
        );
        let team_id = Some(TeamId::from(team.as_str()));
        hall.order(
            Actor::System,
            Order::Seat(Seat { person: team.as_str().into(), role: Role::TeamLead, team: team_id, organisation: None }),
            START,
        );
    }
    hall.act("director", Act::StartEx, START);
    let released = START.plus(Millis::minutes(1));
    hall.order(Actor::System, Order::Pulse, released);
    for n in 0..INJECTS {
        let inject = InjectId(format!("task-{n}"));
        for (t, team) in (0i64..).zip(&teams) {
            let at = released.plus(Millis::seconds(10 + t));
            hall.act(team, Act::NoteDelivered { inject: inject.clone() }, at.max(hall.state.at));
            let at = hall.state.at;
            hall.act(team, Act::NoteOpened { inject: inject.clone() }, at);
            hall.act(team, Act::Acknowledge { inject: inject.clone() }, at);
            let answers = BTreeMap::from([
                ("class".into(), AnswerInput::Choice("a".into())),
                ("signs".into(), AnswerInput::Choices([if t % 2 == 0 { "a" } else { "c" }.into(), "b".into()].into())),
                ("why".into(), AnswerInput::Text("Because of the log.".to_owned())),
            ]);
            hall.act(team, Act::Submit { inject: inject.clone(), answers, composed_at: None }, at);
            let mark = Mark {
                team: team.as_str().into(),
                inject: inject.clone(),
                levels: [("why".into(), 3)].into(),
                feedback: None,
            };
            hall.act("evaluator", Act::Mark(mark), at);
        }
    }
    rare(&mut hall, &teams[0]);
    let mut n = 0;
    while hall.log.len() < EVENTS - 1 {
        let team = &teams[n % TEAMS];
        let act = Act::Say { team: None, text: "A word to control.".to_owned(), persona: None };
        hall.act(team, act, hall.state.at);
        n += 1;
    }
    hall.act("director", Act::EndEx, hall.state.at);
    hall.log
}

/// What happens seldom and touches the scores of many: a failed line is credited, an inject is excused for
/// all, another is written on the day, and a team comes late.
fn rare(hall: &mut Hall, team: &str) {
    let lost = hall.state.at;
    for connected in [true, false] {
        hall.order(Actor::System, Order::NoteConnection { team: team.into(), connected }, lost);
    }
    let back = lost.plus(Millis::minutes(2));
    hall.order(Actor::System, Order::NoteConnection { team: team.into(), connected: true }, back);
    let credit = CreditOutage { team: team.into(), from: lost, to: back, reason: "The line failed.".to_owned() };
    hall.act("director", Act::CreditOutage(credit), back);
    let excuse = Act::Excuse { inject: "task-1".into(), teams: None, reason: "It was unclear.".to_owned() };
    hall.act("director", excuse, back);
    let late = Act::AddTeam {
        team: "late".into(),
        name: "Late".to_owned(),
        language: Language::from("en"),
        cohort: None,
        alias: None,
    };
    hall.act("director", late, back);
    let mut inject = hall.state.plan.injects[0].clone();
    inject.id = "written".into();
    hall.act("director", Act::AddInject { inject: Box::new(inject), release: true }, back);
    hall.order(Actor::System, Order::Pulse, back.plus(Millis::seconds(10)));
    hall.act("director", Act::SetMarkingPolicy { policy: MarkingPolicy::National }, hall.state.at);
    hall.act("director", Act::SetMarkingPolicy { policy: MarkingPolicy::Small }, hall.state.at);
}

fn timed<T>(name: &str, what: impl FnOnce() -> T) -> (T, f64) {
    let begun = Instant::now();
    let made = what();
    let took = begun.elapsed().as_secs_f64() * 1000.0;
    println!("{name:<44} {took:>10.3} ms");
    (made, took)
}

fn main() {
    let log = played();
    println!("{} events, {TEAMS} teams, {INJECTS} injects", log.len());
    let begun = Instant::now();
    let (state, folding) = timed("folding the log", || State::replay(&log).expect("it begins with its creation"));
    let (board, scoring) = timed("scoring everything", || ScoreBoard::new(&state));
    println!("{:<44} {:>10.3} ms", "both, from the log to the scores", begun.elapsed().as_secs_f64() * 1000.0);
    println!("{:<44} {:>10.2}", "scoring / folding", scoring / folding);
    assert!(
        board.teams()[..TEAMS].iter().all(|score| score.score_milli.is_some()),
        "every team that played has a score"
    );

    let mut state = State::open(&log[0]).expect("it opens the log");
    let mut board = ScoreBoard::new(&state);
    let mut following = 0.0_f64;
    let mut of_one = Vec::new();
    let mut longest = BTreeMap::<&str, f64>::new();
    for event in &log[1..] {
        state.apply(event);
        let begun = Instant::now();
        board.follow(&state, event);
        let took = begun.elapsed().as_secs_f64() * 1000.0;
        following += took;
        let known = longest.entry(event.fact.kind()).or_default();
        *known = known.max(took);
        if event.fact.kind() == "answer_marked" {
            of_one.push(took);
        }
    }
    of_one.sort_by(f64::total_cmp);
    println!("{:<44} {:>10.4} ms", "following an event, mean", following / (log.len() - 1) as f64);
    println!("{:<44} {:>10.4} ms", "following a mark, median", of_one[of_one.len() / 2]);
    println!("{:<44} {:>10.4} ms", "following a mark, 99th percentile", of_one[of_one.len() * 99 / 100]);
    let mut longest: Vec<_> = longest.into_iter().collect();
    longest.sort_by(|one, other| other.1.total_cmp(&one.1));
    for (kind, took) in longest.into_iter().take(8) {
        println!("longest: {kind:<35} {took:>10.4} ms");
    }
}
