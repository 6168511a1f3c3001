//! What bots do about a card: one behaviour for virtual time and for sockets.

use drillhall::{
    bot::{behaviour::BotTeam, profile::Profile},
    engine::{
        command::{Act, AnswerInput},
        event::{Event, Fact, ReleaseCause},
        id::{FieldId, TeamId},
        plan::{Plan, SampleGrade},
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
    let acts = |seed, team: &str| BotTeam::new(seed, &TeamId::from(team), 3, Profile::Chatty).acts(&alert, &[]);
    assert_eq!(acts(7, "a"), acts(7, "a"));
    assert_ne!(acts(7, "a"), acts(7, "b"));
    assert_ne!(acts(7, "a"), acts(8, "a"));
}

#[test]
fn it_is_read_before_it_is_answered_and_only_by_people_who_are_there() {
    let plan = two_injects();
    let alert = card(&plan, 0);
    for seed in 0..200 {
        let acts =
            BotTeam::new(seed, &TeamId::from("a"), 2, Profile::Fast).acts(&alert, &plan.injects[0].staff.samples);
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
        for answer in answers(&BotTeam::new(seed, &TeamId::from("a"), 3, Profile::Fast).acts(&alert, &[])) {
            let AnswerInput::Choice(option) = answer else { panic!("seed {seed}: {answer:?}") };
            seen.insert(option.to_string());
        }
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), ["guessing", "phishing"]);
}

/// What a thousand teams of a profile do about the alert: answered in time, late, never, and right.
fn thousand(profile: Profile) -> (u32, u32, u32, u32) {
    let plan = two_injects();
    let alert = card(&plan, 0);
    let deadline = alert.form.as_ref().and_then(|form| form.deadline).unwrap();
    let (mut in_time, mut late, mut never, mut right) = (0, 0, 0, 0);
    for seed in 0..1000 {
        let acts = BotTeam::new(seed, &TeamId::from("a"), 3, profile).acts(&alert, &plan.injects[0].staff.samples);
        match acts.iter().find(|planned| matches!(planned.act, Act::Submit { .. })) {
            None => never += 1,
            Some(first) if first.after > deadline => late += 1,
            Some(_) => in_time += 1,
        }
        right += u32::from(
            matches!(answers(&acts).last(), Some(AnswerInput::Choice(option)) if option.as_str() == "guessing"),
        );
    }
    (in_time, late, never, right)
}

#[test]
fn fast_teams_answer_in_time_and_slow_ones_run_over() {
    let (in_time, late, never, right) = thousand(Profile::Fast);
    assert!(in_time > 950 && late < 20 && right > 700, "in time {in_time}, late {late}, never {never}, right {right}");
    let (in_time, late, never, _) = thousand(Profile::Slow);
    assert!(late > 200 && in_time > 200 && never > 10, "in time {in_time}, late {late}, never {never}");
}

#[test]
fn silent_teams_hardly_ever_answer() {
    let (_, _, never, _) = thousand(Profile::Silent);
    assert!((850..1000).contains(&never), "{never}");
}

#[test]
fn wrong_teams_answer_and_are_wrong() {
    let (in_time, _, _, right) = thousand(Profile::Wrong);
    assert!(in_time > 800 && right == 0, "in time {in_time}, right {right}");
}

#[test]
fn wrong_teams_keep_away_from_the_right_option_where_there_is_no_weak_sample() {
    let mut plan = two_injects();
    plan.injects[0].staff.samples.retain(|sample| sample.grade == SampleGrade::Good);
    let alert = card(&plan, 0);
    for seed in 0..200 {
        let team = BotTeam::new(seed, &TeamId::from("a"), 3, Profile::Wrong);
        for answer in answers(&team.acts(&alert, &plan.injects[0].staff.samples)) {
            assert_eq!(*answer, AnswerInput::Choice("phishing".into()), "seed {seed}");
        }
    }
}

#[test]
fn chatty_teams_write_more_and_ask_more_than_others() {
    let plan = two_injects();
    let alert = card(&plan, 0);
    let words = |profile| {
        let acts = (0..200).flat_map(|seed| BotTeam::new(seed, &TeamId::from("a"), 3, profile).acts(&alert, &[]));
        acts.filter(|planned| matches!(planned.act, Act::WriteLog { .. } | Act::Say { .. })).count()
    };
    assert!(words(Profile::Chatty) > 3 * words(Profile::Fast));
}

#[test]
fn an_inject_that_asks_for_nothing_gets_no_answer() {
    let plan = two_injects();
    let call = card(&plan, 1);
    for seed in 0..50 {
        let acts = BotTeam::new(seed, &TeamId::from("a"), 3, Profile::Fast).acts(&call, &[]);
        let asked = acts.iter().any(|planned| matches!(planned.act, Act::Submit { .. } | Act::Acknowledge { .. }));
        assert!(!asked, "seed {seed}: {acts:?}");
    }
}
