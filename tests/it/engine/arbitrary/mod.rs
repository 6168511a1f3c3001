//! Random plans and random courses of play, for the properties. Whatever must not reach a team
//! carries a canary: `canary-staff`, the id of an inject, or the name of a team.

mod after;
mod asked;
mod plan;

use std::collections::BTreeSet;

use drillhall::engine::{
    command::{Act, Actor, Order},
    event::{DuffVerdict, Fault, FindingKind, Receipt},
    id::{InjectId, PersonId, TeamId},
    plan::Plan,
    role::Role,
    time::{Millis, Rate, Timestamp},
};
use proptest::{collection::vec, option, prelude::*, sample::select};

use super::fixture::{START, seat};
use asked::{by_staff, by_team};
use plan::{INJECTS, plan};

/// Teams that may be there; `cove` joins late, if at all.
pub(crate) const TEAMS: [&str; 3] = ["atoll", "basin", "cove"];

/// A plan, a rate and what happens to them.
#[derive(Clone, Debug)]
pub(crate) struct Course {
    pub(crate) plan: Plan,
    pub(crate) rate: Rate,
    pub(crate) moves: Vec<Move>,
}

/// Something asked for at an instant.
#[derive(Clone, Debug)]
pub(crate) struct Move {
    pub(crate) actor: Actor,
    pub(crate) wish: Wish,
    /// The instant, counted from the one before; or a wild one.
    pub(crate) when: When,
    /// Whether the server pulsed in time until then; or else it slept.
    pub(crate) awake: bool,
    /// How long before it its frame was read.
    pub(crate) read_before: Millis,
}

#[derive(Clone, Debug)]
pub(crate) enum Wish {
    Order(Order),
    /// Something about the nth thing of its kind in the log.
    About {
        what: About,
        nth: usize,
    },
}

impl Wish {
    fn act(act: Act) -> Self {
        Self::Order(Order::Act(act))
    }
}

/// What is done about something that was written.
#[derive(Clone, Debug)]
pub(crate) enum About {
    /// A text is erased.
    Erase,
    /// A release is undone.
    Undo,
    /// A request is taken.
    Take,
    /// A request is answered, perhaps with an inject.
    Reply(Option<InjectId>),
    /// A call of NO DUFF is decided.
    Decide(DuffVerdict),
    /// A suspension is lifted, and every open call is answered.
    Lift(Option<TeamId>),
    /// An entry of the log is corrected.
    Correct,
    /// A note of the hot wash is moved, and perhaps hidden.
    Move(FindingKind, bool),
    /// A note is put under the one before it.
    Merge,
    /// A note is taken back.
    Withdraw,
    /// A release is approved.
    Approve,
    /// A release is declined.
    Decline,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum When {
    After(Millis),
    At(Timestamp),
}

/// Numbers as a calm day has them, or at the ends of their range.
#[derive(Clone, Copy)]
pub(crate) enum Numbers {
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

pub(crate) fn course(numbers: Numbers) -> impl Strategy<Value = Course> {
    let rate = select(vec![100, 333, 1000, 7000, 1_000_000]).prop_map(Rate);
    let starts = prop::bool::weighted(0.85);
    let ends = prop::bool::weighted(0.3);
    (plan(numbers), rate, vec(a_move(numbers), 1..80), starts, ends).prop_map(
        |(plan, rate, mut moves, starts, ends)| {
            if ends {
                let end = Move {
                    actor: by("director"),
                    wish: Wish::act(Act::EndEx),
                    when: When::After(Millis(0)),
                    awake: true,
                    read_before: Millis(0),
                };
                moves.insert(moves.len() / 2, end);
            }
            let when = When::After(Millis(0));
            let start = Move {
                actor: by("director"),
                wish: Wish::act(Act::StartEx),
                when,
                awake: true,
                read_before: Millis(0),
            };
            if starts {
                moves.insert(moves.len().min(5), start);
            }
            Course { plan, rate, moves }
        },
    )
}

pub(crate) fn inject_id(n: usize) -> InjectId {
    InjectId(format!("inject-{n}"))
}

fn a_move(numbers: Numbers) -> impl Strategy<Value = Move> {
    let later = prop_oneof![
        30 => 0i64..60_000,
        8 => Just(0i64),
        2 => -120_000i64..0,
        1 => 100_000i64..3_000_000,
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
        6 => by_server(numbers).boxed(),
        14 => by_staff(numbers).prop_map(|(who, wish)| (by(who), wish)).boxed(),
        16 => by_team(numbers).prop_map(|(who, wish)| (by(&who), wish)).boxed(),
    ];
    let awake = prop::bool::weighted(0.9);
    (asked, when, awake, numbers.pick(0..5_000)).prop_map(|((actor, wish), when, awake, read_before)| Move {
        actor,
        wish,
        when,
        awake,
        read_before: Millis(read_before),
    })
}

fn by(who: &str) -> Actor {
    Actor::Person(PersonId::from(who))
}

fn by_server(numbers: Numbers) -> impl Strategy<Value = (Actor, Wish)> {
    let base = START.0;
    let instant = move || numbers.pick(base..base + 3_600_000).prop_map(Timestamp);
    let seat = (select(TEAMS.to_vec()), select(vec![Role::TeamLead, Role::Player]))
        .prop_map(|(team, role)| Order::Seat(seat(&format!("{team}-new"), role, Some(team))));
    let opened = option::of(instant());
    let receipt = (select(TEAMS.to_vec()), select(vec!["lead", "player", "moderator"]), an_id(), instant(), opened);
    let receipt = receipt.prop_map(|(team, person, inject, delivered, opened_at)| Receipt {
        inject,
        person: PersonId(format!("{team}-{person}")),
        team: team.into(),
        delivered_at: Some(delivered),
        opened_at,
    });
    let order = prop_oneof![
        12 => Just(Order::Pulse),
        12 => (select(TEAMS.to_vec()), any::<bool>())
            .prop_map(|(team, connected)| Order::NoteConnection { team: team.into(), connected }),
        8 => receipt.prop_map(|receipt| Order::NoteReceipts { receipts: vec![receipt] }),
        3 => (instant(), instant()).prop_map(|(from, to)| Order::NoteOutage { from, to }),
        1 => Just(Order::NoteFault { fault: Fault::Other }),
        4 => seat,
    ];
    order.prop_map(|order| (Actor::System, Wish::Order(order)))
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
