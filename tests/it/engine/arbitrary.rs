//! Random plans and random courses of play, for the properties. Whatever must not reach a team
//! carries a canary: `canary-staff`, the id of an inject, or the name of a team.

use std::collections::{BTreeMap, BTreeSet};

use drillhall::engine::{
    command::{Act, Actor, AnswerInput, Order},
    id::{FieldId, InjectId, PersonId, TeamId},
    plan::{AnswerKey, FieldKind, Inject, InjectAudience, InjectKind, Plan, StaffNotes, Trigger},
    role::Role,
    text::Language,
    time::{Millis, Rate, Timestamp},
};
use proptest::{collection::vec, option, prelude::*, sample::select};

use super::{
    fixture::START,
    plan::{empty, field, inject, options, phase, text, with_form},
};

/// Teams that may be there; `cove` joins late, if at all.
pub(super) const TEAMS: [&str; 3] = ["atoll", "basin", "cove"];
const INJECTS: usize = 6;

/// A plan, a rate and what happens to them.
#[derive(Clone, Debug)]
pub(super) struct Course {
    pub(super) plan: Plan,
    pub(super) rate: Rate,
    pub(super) moves: Vec<Move>,
}

/// Something asked for at an instant.
#[derive(Clone, Debug)]
pub(super) struct Move {
    pub(super) actor: Actor,
    pub(super) wish: Wish,
    /// The instant, counted from the one before; or a wild one.
    pub(super) when: When,
    /// How long before it its frame was read.
    pub(super) read_before: Millis,
}

#[derive(Clone, Debug)]
pub(super) enum Wish {
    Order(Order),
    /// The director erases the nth text of the log.
    Erase(usize),
}

#[derive(Clone, Copy, Debug)]
pub(super) enum When {
    After(Millis),
    At(Timestamp),
}

/// Numbers as a calm day has them, or at the ends of their range.
#[derive(Clone, Copy)]
pub(super) enum Numbers {
    Fair,
    Hostile,
}

impl Numbers {
    /// A number of the given range, or whatever 64 bits hold.
    fn pick(self, fair: std::ops::Range<i64>) -> BoxedStrategy<i64> {
        let ends = vec![i64::MIN, i64::MIN + 1, -1, 0, 1, 1 << 53, i64::MAX / 1000, i64::MAX - 1, i64::MAX];
        match self {
            Self::Fair => fair.boxed(),
            Self::Hostile => prop_oneof![3 => fair, 1 => select(ends)].boxed(),
        }
    }

    fn minutes(self, fair: std::ops::Range<i64>) -> BoxedStrategy<Millis> {
        self.pick(fair.start * 60_000..fair.end * 60_000).prop_map(Millis).boxed()
    }
}

pub(super) fn course(numbers: Numbers) -> impl Strategy<Value = Course> {
    let rate = select(vec![100, 333, 1000, 7000, 1_000_000]).prop_map(Rate);
    (plan(numbers), rate, vec(a_move(numbers), 1..60)).prop_map(|(plan, rate, mut moves)| {
        let when = When::After(Millis(0));
        let start = Wish::Order(Order::Act(Act::StartEx));
        moves.insert(moves.len().min(2), Move { actor: by("director"), wish: start, when, read_before: Millis(0) });
        Course { plan, rate, moves }
    })
}

fn plan(numbers: Numbers) -> impl Strategy<Value = Plan> {
    let injects = vec(an_inject(numbers), INJECTS);
    (injects, numbers.minutes(-3..1), vec(-2i64..20, 0..4)).prop_map(|(drafts, opens_at, phases)| {
        let injects = drafts.into_iter().enumerate().map(|(n, draft)| draft.named(n)).collect();
        let phases = phases.into_iter().enumerate().map(|(n, minute)| phase(&format!("p{n}"), minute)).collect();
        let ground_truth = text("canary-staff");
        Plan { injects, phases, opens_at, ground_truth, cohorts: vec!["reef".into(), "shelf".into()], ..empty() }
    })
}

#[derive(Clone, Debug)]
struct Draft {
    kind: InjectKind,
    trigger: Trigger,
    audience: InjectAudience,
    asks: bool,
    deadline: Option<Millis>,
}

impl Draft {
    fn named(self, n: usize) -> Inject {
        let id = inject_id(n);
        let mut inject = inject(id.as_str(), self.trigger);
        if self.asks {
            let fields = vec![
                field("cause", 4, FieldKind::Choice { options: options(&["right", "wrong"]) }),
                field("signs", 3, FieldKind::MultiChoice { options: options(&["a", "b", "c"]) }),
                field("note", 2, FieldKind::LongText { max_chars: 40 }),
            ];
            inject = with_form(inject, self.deadline, fields);
        }
        inject.kind = self.kind;
        inject.audience = self.audience;
        inject.content.body = text(&format!("canary-of-{id}"));
        inject.content.for_guests = (n == 0).then(|| text("The lights flicker."));
        let set = AnswerKey::Set(vec!["a".into(), "b".into()]);
        inject.staff = StaffNotes {
            notes: text("canary-staff"),
            expected: vec![text("canary-staff")],
            responsible: Some("canary-staff".to_owned()),
            keys: BTreeMap::from([(FieldId::from("signs"), set)]),
            ..StaffNotes::default()
        };
        inject
    }
}

pub(super) fn inject_id(n: usize) -> InjectId {
    InjectId(format!("inject-{n}"))
}

fn an_inject(numbers: Numbers) -> impl Strategy<Value = Draft> {
    use InjectKind::{Contextual, ExpectedAction, Practice, Task};
    let trigger = prop_oneof![
        4 => numbers.minutes(-2..9).prop_map(|at| Trigger::At { at }),
        3 => (an_id(), numbers.minutes(0..3)).prop_map(|(inject, delay)| Trigger::After { inject, delay }),
        1 => Just(Trigger::Manual),
    ];
    let audience = prop_oneof![
        6 => Just(InjectAudience::All),
        1 => Just(InjectAudience::Cohorts(vec!["reef".into()])),
        1 => some_teams().prop_map(|teams| InjectAudience::Teams(teams.into_iter().collect())),
    ];
    let asks = prop::bool::weighted(0.8);
    let deadline = option::of(numbers.minutes(0..6));
    (select(vec![Task, Task, Contextual, Practice, ExpectedAction]), trigger, audience, asks, deadline)
        .prop_map(|(kind, trigger, audience, asks, deadline)| Draft { kind, trigger, audience, asks, deadline })
}

fn a_move(numbers: Numbers) -> impl Strategy<Value = Move> {
    let later = prop_oneof![
        30 => 0i64..60_000,
        8 => Just(0i64),
        2 => -120_000i64..0,
        1 => 600_000i64..30_000_000,
    ];
    let when = match numbers {
        Numbers::Fair => later.prop_map(|ms| When::After(Millis(ms))).boxed(),
        Numbers::Hostile => prop_oneof![
            4 => later.prop_map(|ms| When::After(Millis(ms))),
            1 => numbers.pick(0..1).prop_map(|ms| When::At(Timestamp(ms))),
        ]
        .boxed(),
    };
    let asked = prop_oneof![
        4 => by_server(numbers),
        12 => by_staff(numbers).prop_map(|(who, act)| (by(who), Wish::Order(Order::Act(act)))),
        14 => by_team(numbers).prop_map(|(who, act)| (by(&who), Wish::Order(Order::Act(act)))),
        1 => (0usize..6).prop_map(|n| (by("director"), Wish::Erase(n))),
    ];
    (asked, when, numbers.pick(0..5_000)).prop_map(|((actor, wish), when, read_before)| Move {
        actor,
        wish,
        when,
        read_before: Millis(read_before),
    })
}

fn by(who: &str) -> Actor {
    Actor::Person(PersonId::from(who))
}

fn by_server(numbers: Numbers) -> impl Strategy<Value = (Actor, Wish)> {
    let base = START.0;
    let instant = move || numbers.pick(base..base + 3_600_000).prop_map(Timestamp);
    let seat = (select(TEAMS.to_vec()), select(vec![Role::TeamLead, Role::Player])).prop_map(|(team, role)| {
        Order::Seat { person: PersonId(format!("{team}-new")), role, team: Some(team.into()) }
    });
    let order = prop_oneof![
        16 => Just(Order::Pulse),
        3 => (instant(), instant()).prop_map(|(from, to)| Order::NoteOutage { from, to }),
        1 => Just(Order::NoteFault { reason: "canary-staff".to_owned() }),
        4 => seat,
    ];
    order.prop_map(|order| (Actor::System, Wish::Order(order)))
}

fn by_staff(numbers: Numbers) -> impl Strategy<Value = (&'static str, Act)> {
    let who = prop_oneof![8 => Just("director"), 2 => select(vec!["facilitator", "observer", "planner", "reviewer"])];
    let words = |team: Option<TeamId>| team.map_or_else(|| "for all".to_owned(), |team| format!("for {team}"));
    let reason = || "a good reason".to_owned();
    let act = prop_oneof![
        1 => Just(Act::StartEx),
        3 => a_team().prop_map(move |team| Act::Pause { team, reason: reason() }),
        8 => a_team().prop_map(|team| Act::Resume { team }),
        1 => Just(Act::EndEx),
        12 => (an_id(), teams()).prop_map(|(inject, teams)| Act::Release { inject, teams, grace: false }),
        4 => (an_id(), teams()).prop_map(move |(inject, teams)| Act::Skip { inject, teams, reason: reason() }),
        5 => (an_id(), teams(), numbers.minutes(0..30)).prop_map(|(inject, teams, at)| Act::Retime { inject, teams, at }),
        2 => a_team().prop_map(move |team| {
            Act::SendMessage { title: text(&words(team.clone())), body: text(&words(team.clone())), team, persona: None }
        }),
        2 => select(TEAMS.to_vec()).prop_map(|team| Act::Say { team: Some(team.into()), text: format!("to {team}"), persona: None }),
        6 => a_team().prop_map(|team| Act::LiftSuspension { team, decision: "all safe".to_owned() }),
        1 => Just(Act::RaiseNoDuff { text: "canary-staff".to_owned(), call_back: "canary-staff".to_owned() }),
        3 => Just(Act::AddTeam { team: "cove".into(), name: "cove".to_owned(), language: Language::from("en"), cohort: None, alias: None }),
        1 => select(vec!["atoll-player", "basin-lead", "observer", "director"])
            .prop_map(|person| Act::RevokeGrant { person: person.into() }),
    ];
    (who, act)
}

/// People of a team act; whatever they write names the team.
fn by_team(numbers: Numbers) -> impl Strategy<Value = (String, Act)> {
    let who = (select(TEAMS.to_vec()), select(vec!["lead", "player", "moderator", "new"]));
    let instant = move || option::of(numbers.pick(START.0..START.0 + 3_600_000).prop_map(Timestamp));
    who.prop_flat_map(move |(team, person)| {
        let words = format!("words of {team}");
        let (log, said, alarm) = (words.clone(), words.clone(), words.clone());
        let act = prop_oneof![
            4 => an_id().prop_map(|inject| Act::NoteDelivered { inject }),
            4 => an_id().prop_map(|inject| Act::NoteOpened { inject }),
            4 => an_id().prop_map(|inject| Act::Acknowledge { inject }),
            16 => (an_id(), answers(words), instant())
                .prop_map(|(inject, answers, composed_at)| Act::Submit { inject, answers, composed_at }),
            2 => (option::of(an_id()), instant())
                .prop_map(move |(inject, happened_at)| Act::WriteLog { text: log.clone(), happened_at, inject, kind: drillhall::engine::event::EntryKind::Observation, tlp: None, corrects: None }),
            2 => option::weighted(0.3, select(TEAMS.to_vec()))
                .prop_map(move |to| Act::Say { team: to.map(Into::into), text: said.clone(), persona: None }),
            1 => Just(Act::RaiseNoDuff { text: alarm.clone(), call_back: alarm }),
        ];
        (Just(format!("{team}-{person}")), act)
    })
}

fn answers(words: String) -> impl Strategy<Value = BTreeMap<FieldId, AnswerInput>> {
    let cause = select(vec!["right", "right", "wrong", "blue"]).prop_map(|id| AnswerInput::Choice(id.into()));
    let signs = vec(select(vec!["a", "b", "c"]), 0..3)
        .prop_map(|ids| AnswerInput::Choices(ids.into_iter().map(Into::into).collect()));
    (option::weighted(0.7, cause), option::of(signs), option::of(Just(AnswerInput::Text(words)))).prop_map(
        |(cause, signs, note)| {
            let given = [("cause", cause), ("signs", signs), ("note", note)];
            given.into_iter().filter_map(|(field, answer)| Some((field.into(), answer?))).collect()
        },
    )
}

fn an_id() -> impl Strategy<Value = InjectId> {
    (0..INJECTS).prop_map(inject_id)
}

fn a_team() -> impl Strategy<Value = Option<TeamId>> {
    option::of(select(TEAMS.to_vec()).prop_map(TeamId::from))
}

fn some_teams() -> impl Strategy<Value = BTreeSet<TeamId>> {
    vec(select(TEAMS.to_vec()).prop_map(TeamId::from), 1..3).prop_map(|teams| teams.into_iter().collect())
}

fn teams() -> impl Strategy<Value = Option<BTreeSet<TeamId>>> {
    option::weighted(0.4, some_teams())
}
