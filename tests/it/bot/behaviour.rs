//! What bots do about a card: one behaviour for virtual time and for sockets.

use drillhall::{
    bot::behaviour::BotTeam,
    engine::{
        command::{Act, AnswerInput},
        event::{Event, Fact, ReleaseCause},
        id::{FieldId, TeamId},
        plan::Plan,
        text::Language,
        time::{Millis, Timestamp},
        view::{
            card::{Card, InjectCard},
            frames::frames,
        },
    },
};

use crate::scenario::fixture::two_injects;

fn card(plan: &Plan, n: usize) -> InjectCard {
    let inject = &plan.injects[n];
    let fact = Fact::InjectReleased {
        inject: inject.id.clone(),
        teams: [(TeamId::from("a"), Millis(0))].into(),
        cause: ReleaseCause::Due,
        by: None,
        due: None,
        alternative: None,
        content: Box::new(inject.content.clone()),
    };
    let event = Event { at: Timestamp(0), actor: drillhall::engine::command::Actor::System, fact };
    let shown = frames(1, &event, &Language::from("en")).into_iter().find_map(|frame| match frame.card {
        Some(Card::Inject(card)) => Some(*card),
        _ => None,
    });
    shown.unwrap()
}

fn answers(acts: &[drillhall::bot::behaviour::PlannedAct]) -> Vec<&AnswerInput> {
    let class = FieldId::from("class");
    acts.iter()
        .filter_map(|planned| match &planned.act {
            Act::Submit { answers, .. } => answers.get(&class),
            _ => None,
        })
        .collect()
}

#[test]
fn a_team_does_the_same_each_time_and_another_team_something_else() {
    let plan = two_injects();
    let alert = card(&plan, 0);
    let acts = |seed, team: &str| BotTeam::new(seed, &TeamId::from(team), 3).acts(&alert, &[]);
    assert_eq!(acts(7, "a"), acts(7, "a"));
    assert_ne!(acts(7, "a"), acts(7, "b"));
    assert_ne!(acts(7, "a"), acts(8, "a"));
}

#[test]
fn it_is_read_before_it_is_answered_and_only_by_people_who_are_there() {
    let plan = two_injects();
    let alert = card(&plan, 0);
    for seed in 0..200 {
        let acts = BotTeam::new(seed, &TeamId::from("a"), 2).acts(&alert, &plan.injects[0].staff.samples);
        let kinds: Vec<&Act> = acts.iter().map(|planned| &planned.act).collect();
        assert!(matches!(kinds[..2], [Act::NoteDelivered { .. }, Act::NoteOpened { .. }]), "seed {seed}: {kinds:?}");
        assert!(acts.is_sorted_by_key(|planned| planned.after), "seed {seed}");
        assert!(acts.iter().all(|planned| planned.person < 2 && planned.after > Millis(0)), "seed {seed}");
    }
}

#[test]
fn without_samples_answers_come_from_the_form() {
    let plan = two_injects();
    let alert = card(&plan, 0);
    let mut seen = std::collections::BTreeSet::new();
    for seed in 0..60 {
        for answer in answers(&BotTeam::new(seed, &TeamId::from("a"), 3).acts(&alert, &[])) {
            let AnswerInput::Choice(option) = answer else { panic!("seed {seed}: {answer:?}") };
            seen.insert(option.to_string());
        }
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), ["guessing", "phishing"]);
}

#[test]
fn teams_answer_mostly_in_time_sometimes_late_and_now_and_then_never() {
    let plan = two_injects();
    let alert = card(&plan, 0);
    let deadline = alert.form.as_ref().and_then(|form| form.deadline).unwrap();
    let (mut in_time, mut late, mut never) = (0, 0, 0);
    for seed in 0..1000 {
        let acts = BotTeam::new(seed, &TeamId::from("a"), 3).acts(&alert, &plan.injects[0].staff.samples);
        match acts.iter().find(|planned| matches!(planned.act, Act::Submit { .. })) {
            None => never += 1,
            Some(first) if first.after > deadline => late += 1,
            Some(_) => in_time += 1,
        }
    }
    assert!(in_time > 800 && late > 20 && never > 10, "in time {in_time}, late {late}, never {never}");
}

#[test]
fn an_inject_that_asks_for_nothing_gets_no_answer() {
    let plan = two_injects();
    let call = card(&plan, 1);
    for seed in 0..50 {
        let acts = BotTeam::new(seed, &TeamId::from("a"), 3).acts(&call, &[]);
        let asked = acts.iter().any(|planned| matches!(planned.act, Act::Submit { .. } | Act::Acknowledge { .. }));
        assert!(!asked, "seed {seed}: {acts:?}");
    }
}
