//! Random plans: every trigger and condition, flags, words, breaks, lines, hints and other words.

use std::collections::BTreeMap;

use drillhall::engine::{
    id::{FieldId, InjectId},
    plan::{
        Absent, Alternative, AnswerKey, Break, Channel, Condition, Cut, FieldKind, Flag, Hint, HintOffer, Inject,
        InjectAudience, InjectKind, Plan, Quantity, StaffNotes, Subject, Trigger, Variable,
    },
    time::Millis,
};
use proptest::{collection::vec, option, prelude::*, sample::select};

use super::{
    super::plan::{contact, empty, field, inject, options, persona, phase, text, with_form},
    Numbers, an_id, inject_id, some_teams,
};

/// Injects that a plan has from the beginning.
pub(super) const INJECTS: usize = 7;
pub(super) const FLAGS: [&str; 2] = ["calm", "storm"];

pub(super) fn plan(numbers: Numbers) -> impl Strategy<Value = Plan> {
    let branches = (option::of(a_condition(numbers)), vec(a_cut(numbers), 0..3), vec(a_break(numbers), 0..3));
    let injects = vec(an_inject(numbers), INJECTS);
    (injects, numbers.minutes(-3..1), vec(-2i64..20, 0..4), branches).prop_map(
        |(drafts, opens_at, phases, (calm_when, cuts, mut breaks))| {
            breaks.sort_by_key(|pause| pause.at);
            let whens = [calm_when, None];
            let flags = FLAGS.into_iter().zip(whens).map(|(id, when)| Flag { id: id.into(), title: text(id), when });
            Plan {
                injects: drafts.into_iter().enumerate().map(|(n, draft)| draft.named(n)).collect(),
                phases: phases.into_iter().enumerate().map(|(n, minute)| phase(&format!("p{n}"), minute)).collect(),
                opens_at,
                ground_truth: text("canary-staff"),
                cohorts: vec!["reef".into(), "shelf".into()],
                flags: flags.collect(),
                variables: vec![Variable { id: "word".into(), title: text("canary-staff"), default: text("one") }],
                directory: ["north", "south", "east"].map(contact).into(),
                personas: vec![persona("minister")],
                cuts,
                breaks,
                ..empty()
            }
        },
    )
}

fn a_cut(numbers: Numbers) -> impl Strategy<Value = Cut> {
    let cohort = option::of(Just("reef".into()));
    (cohort, numbers.minutes(0..9), numbers.minutes(0..5)).prop_map(|(cohort, at, length)| Cut {
        cohort,
        at,
        until: at.plus(length),
        notice: text("The line is dead."),
    })
}

fn a_break(numbers: Numbers) -> impl Strategy<Value = Break> {
    let id = select(vec!["tea", "lunch"]);
    (id, numbers.minutes(0..12), numbers.minutes(0..5)).prop_map(|(id, at, length)| Break {
        id: id.into(),
        title: text(id),
        at,
        length,
    })
}

#[derive(Clone, Debug)]
pub(super) struct Draft {
    kind: InjectKind,
    channel: Channel,
    trigger: Trigger,
    only_if: Option<Condition>,
    other_words_when: Option<Condition>,
    audience: InjectAudience,
    asks: bool,
    deadline: Option<Millis>,
    hint_price: Option<u32>,
}

impl Draft {
    pub(super) fn named(self, n: usize) -> Inject {
        let id = inject_id(n);
        let mut inject = inject(id.as_str(), self.trigger);
        let set = AnswerKey::Set(vec!["a".into(), "b".into()]);
        inject.staff = StaffNotes {
            notes: text("canary-staff"),
            expected: vec![text("canary-expected")],
            responsible: Some("canary-staff".to_owned()),
            keys: BTreeMap::from([(FieldId::from("signs"), set)]),
            ..StaffNotes::default()
        };
        if self.asks {
            let fields = vec![
                field("cause", 4, FieldKind::Choice { options: options(&["right", "wrong"]) }),
                field("signs", 3, FieldKind::MultiChoice { options: options(&["a", "b", "c"]) }),
                field("note", 2, FieldKind::LongText { max_chars: 40 }),
            ];
            inject = with_form(inject, self.deadline, fields);
            let form = inject.content.form.as_mut().expect("it asks");
            let offers = self.hint_price.map(|price_permille| HintOffer {
                id: "hint".into(),
                label: text("Help"),
                price_permille,
            });
            form.hints.extend(offers);
            inject.staff.hints = vec![Hint { id: "hint".into(), text: text("canary-hint") }];
        }
        inject.kind = self.kind;
        inject.only_if = self.only_if;
        inject.audience = self.audience;
        inject.content.channel = self.channel;
        inject.content.body = text(&format!("canary-of-{id} {{{{word}}}}"));
        inject.content.for_guests = (n == 0).then(|| text("The lights flicker."));
        let mut other = inject.content.clone();
        other.body = text(&format!("canary-of-{id} canary-other-words"));
        let other = |when| Alternative { id: "other".into(), when, content: other };
        inject.alternatives = self.other_words_when.map(other).into_iter().collect();
        inject
    }
}

pub(super) fn an_inject(numbers: Numbers) -> impl Strategy<Value = Draft> {
    use InjectKind::{Contextual, Contingency, ExpectedAction, Practice, Task};
    let kinds = vec![Task, Task, Task, Contextual, Contingency, Contingency, Practice, ExpectedAction];
    let trigger = prop_oneof![
        5 => numbers.minutes(-2..9).prop_map(|at| Trigger::At { at }),
        3 => (an_id(), numbers.minutes(0..3)).prop_map(|(inject, delay)| Trigger::After { inject, delay }),
        4 => (a_condition(numbers), numbers.minutes(0..3)).prop_map(|(condition, delay)| Trigger::When { condition, delay }),
        1 => Just(Trigger::Manual),
    ];
    let audience = prop_oneof![
        8 => Just(InjectAudience::All),
        1 => Just(InjectAudience::Cohorts(vec!["reef".into()])),
        1 => some_teams().prop_map(|teams| InjectAudience::Teams(teams.into_iter().collect())),
    ];
    let asked = (
        prop::bool::weighted(0.8),
        option::of(numbers.minutes(0..6)),
        option::of(select(vec![0, 250, 1000, u32::MAX])),
    );
    let sent = (select(kinds), select(vec![Channel::Mail, Channel::Mail, Channel::Phone]), trigger, audience);
    let asks_if = || option::weighted(0.2, a_condition(numbers));
    (sent, asks_if(), asks_if(), asked).prop_map(
        |((kind, channel, trigger, audience), only_if, other_words_when, (asks, deadline, hint_price))| Draft {
            kind,
            channel,
            trigger,
            only_if,
            other_words_when,
            audience,
            asks,
            deadline,
            hint_price,
        },
    )
}

pub(super) fn a_condition(numbers: Numbers) -> BoxedStrategy<Condition> {
    let of_inject: Vec<fn(InjectId) -> Condition> =
        vec![Condition::Received, Condition::Opened, Condition::Acknowledged, Condition::Answered];
    let leaf = prop_oneof![
        2 => select(FLAGS.to_vec()).prop_map(|flag| Condition::Flag(flag.into())),
        4 => (select(of_inject), an_id()).prop_map(|(condition, inject)| condition(inject)),
        1 => an_id().prop_map(|inject| Condition::Answer { inject, field: "cause".into(), includes: "right".into() }),
        4 => (an_id(), numbers.minutes(0..4)).prop_map(|(inject, length)| Condition::Silent { inject, length }),
        1 => (option::of(an_id()), 0u32..1200).prop_map(|(inject, bound)| {
            Condition::Score { inject, at_least: Some(bound), below: None }
        }),
        1 => (option::of(an_id()), 0u32..1200).prop_map(|(inject, bound)| {
            Condition::Score { inject, at_least: None, below: Some(bound) }
        }),
        1 => (0u32..3).prop_map(Condition::Logged),
        1 => (0u32..2).prop_map(Condition::ToldPeers),
    ];
    let nested = leaf.prop_recursive(2, 6, 2, |inner| {
        let of = select(vec![Subject::Any, Subject::All, Subject::AtLeast(2)]);
        let without = vec(select(vec![Absent::Paused, Absent::Excused, Absent::Offline]), 0..3);
        let teams = (of, option::weighted(0.2, Just("reef".into())), inner.clone(), without)
            .prop_map(|(of, cohort, meet, without)| Condition::Teams(Box::new(Quantity { of, cohort, meet, without })));
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Condition::All),
            vec(inner.clone(), 0..3).prop_map(Condition::Any),
            inner.prop_map(|part| Condition::Not(Box::new(part))),
            teams,
        ]
    });
    nested.boxed()
}
