//! Injects written on the day: added, amended, tried, and given to a controller.

use drillhall::engine::{
    command::Act,
    event::{Fact, ReleaseCause},
    id::PersonId,
    number::Number,
    plan::{
        AnswerKey, Attachment, Choice, Condition, Criterion, Evaluation, ExpectedAction, FieldKind, Inject,
        InjectAudience, InjectKind, Persona, Quantity, StaffNotes, Subject, Weights,
    },
    rejection::Rejection,
    state::Stage,
    text::Text,
    view::value::agenda_items,
};

use super::{
    acts::{add, add_and_send, amend, arm, fit, hold, minute, shift},
    fixture::{Drill, add_team, answer, given, pause, release, resume, retime, skip},
    plan::{
        after, all_fields, at, criterion, expected, flag, for_teams, has_flag, hinted, lagoon, manual, minutes, not,
        of_kind, quiz, silent, text, when, with, with_form,
    },
    views::keys,
};

fn playing() -> Drill {
    given(lagoon()).started().at(5)
}

#[test]
fn an_inject_may_be_added_and_comes_like_one_of_the_plan() {
    let drill = playing().when("facilitator", add(at("extra-mail", 8))).then(&["extra-mail added"]);
    let drill = drill.when_it_is(8).then(&["extra-mail to atoll+basin due"]);
    assert!(keys(&drill, "director").contains("amended/extra-mail"));
    let drill = given(lagoon()).and("director", add(after("reply", "task", minutes(1)))).started().at(10);
    drill.when_it_is(11).then(&["reply to atoll+basin due"]);
}

#[test]
fn an_inject_may_be_added_and_sent_with_ten_seconds_to_think() {
    let drill = playing().when("director", add_and_send(quiz(manual("ask"), None)));
    let drill = drill.then(&["ask added", "ask armed for atoll+basin"]);
    let drill = drill.when_it_is_second(310).then(&["ask to atoll+basin by hand"]);
    let Fact::InjectReleased { cause: ReleaseCause::Staff, by, .. } = drill.last_fact() else { panic!("released") };
    assert_eq!(*by, Some("director".into()));
    drill.when("atoll-lead", answer("ask", "right")).then(&["ask answer 1 of atoll after 0 s"]);
}

#[test]
fn what_is_sent_at_once_needs_play_and_somebody_to_send_it_to() {
    let watched = of_kind(manual("see"), InjectKind::ExpectedAction);
    playing().when("director", add_and_send(watched)).refused(Rejection::NeverSent("see".into()));
    let nobody = Inject { audience: InjectAudience::Cohorts(vec!["shelf".into()]), ..manual("shelf-only") };
    let drill = given(with(vec![]));
    drill.started().when("director", add_and_send(nobody)).refused(Rejection::UnknownCohort("shelf".to_owned()));
    let none = Inject { audience: InjectAudience::Teams(vec![]), ..manual("none") };
    playing().when("director", add_and_send(none)).refused(Rejection::ForNoTeam("none".into()));
    given(lagoon()).when("director", add_and_send(manual("x"))).refused(Rejection::WrongStage(Stage::Ready));
}

/// A controller who leaves the time of the plan in a copy must not send it by that.
#[test]
fn what_is_given_a_time_that_has_passed_waits_in_the_tray() {
    let drill = playing().when("director", add(at("old", 2))).then(&["old added", "old missed for atoll+basin"]);
    drill.when("director", release("old", None)).then(&["old to atoll+basin from the tray"]);
    let drill = playing().when("director", amend(at("tie", 3))).then(&["tie amended", "tie missed for atoll+basin"]);
    drill.when_it_is(10).then(&["task to atoll+basin due"]);
    let behind = playing().and("director", pause(Some("atoll"))).at(9).and("director", resume(Some("atoll")));
    let drill = behind.when("director", add(at("mid", 7))).then(&["mid added", "mid missed for basin"]);
    drill.when_it_is(11).then(&["task to basin due", "tie to basin due", "mid to atoll due"]);
    given(lagoon()).when("director", add(at("early", -5))).then(&["early added"]);
}

#[test]
fn a_follower_written_after_its_leader_went_out_comes_in_its_time() {
    let drill = playing().at(12).when("director", add(after("reply", "task", minutes(4)))).then(&["reply added"]);
    drill.when_it_is(14).then(&["reply to atoll+basin due"]);
    let late = playing().at(12).when("director", add(after("reply", "task", minutes(1))));
    late.then(&["reply added", "reply missed for atoll+basin"]);
}

#[test]
fn a_branch_written_on_the_day_hears_of_a_silence_that_began_before() {
    let drill = given(with(vec![quiz(at("task", 1), None)])).started().at(4);
    let drill = drill.when("director", add(when("nudge", silent("task", 5), 0))).then(&["nudge added"]);
    let drill = drill.when_it_is(6).then(&["300 s of silence on task of atoll+basin", "nudge to atoll+basin due"]);
    let long_ago = drill.when("director", add(when("again", silent("task", 2), 0)));
    long_ago.then(&["again added", "again to atoll+basin due"]);
}

#[test]
fn what_nobody_has_received_may_be_amended_in_every_part() {
    let mut tie = for_teams(at("tie", 12), &["basin"]);
    tie.content.body = text("Read that.");
    let drill = playing().when("facilitator", amend(tie)).then(&["tie amended"]);
    let drill = drill.when_it_is(10).then(&["task to atoll+basin due"]);
    let drill = drill.when_it_is(12).then(&["tie to basin due"]);
    let Fact::InjectReleased { content, .. } = drill.last_fact() else { panic!("released") };
    assert_eq!(content.body, text("Read that."));
}

#[test]
fn an_amended_inject_may_lose_its_time_or_wait_for_a_condition() {
    let drill = playing().and("director", amend(manual("tie")));
    let drill = drill.when_it_is(10).then(&["task to atoll+basin due"]);
    let waits = Condition::Acknowledged("task".into());
    let drill = drill.and("director", amend(when("reef-only", waits, 1)));
    let drill = drill.and("basin-lead", super::fixture::acknowledge("task"));
    drill.when_it_is(11).then(&["reef-only to basin due"]);
}

#[test]
fn amending_leaves_what_staff_decided() {
    let drill = playing().and("director", skip("tie", Some(&["atoll"]))).and("director", amend(at("tie", 12)));
    let drill = drill.at(11).when_it_is(12).then(&["tie to basin due"]);
    drop(drill);
    let drill = playing().and("director", retime("tie", None, 7)).and("director", amend(at("tie", 12)));
    drill.when_it_is(7).then(&["tie to atoll+basin due"]);
    let drill = playing().and("director", hold("tie", None)).and("director", amend(at("tie", 12))).at(11);
    drill.when_it_is(13).then(&[]);
    let drill = playing().and("director", arm("tie", None)).and("director", amend(at("tie", 12)));
    drill.when_it_is_second(310).then(&["tie to atoll+basin by hand"]);
}

#[test]
fn what_somebody_has_received_is_not_amended() {
    let drill = playing().and("facilitator", release("tie", Some(&["atoll"])));
    let refused = Rejection::AlreadyReleased { inject: "tie".into(), by: Some("facilitator".into()), at: minute(5) };
    let drill = drill.when("director", amend(at("tie", 12))).refused(refused);
    let drill = drill.when("director", amend(at("nowhere", 12))).refused(Rejection::UnknownInject("nowhere".into()));
    let drill = drill.when("director", add(at("tie", 12))).refused(Rejection::InjectExists("tie".into()));
    let drill = drill.and("director", Act::EndEx);
    let drill = drill.when("director", amend(manual("news"))).refused(Rejection::WrongStage(Stage::Ended));
    drill.when("director", add(manual("new"))).refused(Rejection::WrongStage(Stage::Ended));
}

fn with_content(change: impl FnOnce(&mut Inject)) -> Inject {
    let mut inject = quiz(manual("new"), Some(10));
    change(&mut inject);
    inject
}

#[test]
fn an_inject_written_on_the_day_is_whole() {
    let form = |change: fn(&mut drillhall::engine::plan::Form)| {
        with_content(|inject| change(inject.content.form.as_mut().expect("a form")))
    };
    let file = Attachment { hash: "ff".into(), name: "a".into(), media_type: "b".into(), bytes: 1, alt: text("c") };
    let mut spanish = text("Mail");
    spanish.0.insert("e".into(), "Correo".to_owned());
    let no_time = Rejection::BadForm("the target or the deadline is no time between a millisecond and a week");
    let bad = [
        (Inject { id: "No Id".into(), ..manual("x") }, Rejection::BadId),
        (with_content(|inject| inject.content.title = Text::default()), Rejection::EmptyText),
        (with_content(|inject| inject.content.body = text(" ")), Rejection::EmptyText),
        (with_content(|inject| inject.content.title = spanish), Rejection::BadLanguage("e".to_owned())),
        (with_content(|inject| inject.content.attachments = vec![file]), Rejection::UnknownFile("ff".into())),
        (form(|form| form.fields[0].id = "Cause".into()), Rejection::BadId),
        (form(|form| form.fields[0].label = text("")), Rejection::EmptyText),
        (form(|form| form.fields = vec![form.fields[0].clone(); 2]), Rejection::BadForm("two fields have the same id")),
        (form(|form| form.deadline = Some(minutes(0))), no_time.clone()),
        (form(|form| form.target = Some(minutes(11))), Rejection::BadForm("the target lies after the deadline")),
        (
            hinted(with_content(|_| ()), "where", 1001),
            Rejection::BadForm("a hint costs more than the points there are"),
        ),
        (
            hinted(hinted(with_content(|_| ()), "where", 100), "where", 100),
            Rejection::BadForm("two hints have the same id"),
        ),
        (
            with_content(|inject| *inject = Inject { staff: manual("x").staff, ..hinted(inject.clone(), "h", 1) }),
            Rejection::BadForm("a hint has no text"),
        ),
        (for_teams(manual("new"), &["cove"]), Rejection::UnknownTeam("cove".into())),
        (after("new", "nowhere", minutes(1)), Rejection::UnknownInject("nowhere".into())),
        (after("new", "new", minutes(1)), Rejection::UnknownInject("new".into())),
    ];
    for (inject, refused) in bad {
        playing().when("director", add(inject)).refused(refused);
    }
    let too_many = with_form(
        manual("new"),
        None,
        (0..41)
            .map(|n| {
                let mut field = all_fields().remove(0);
                field.id = format!("f{n}").as_str().into();
                field
            })
            .collect(),
    );
    playing().when("director", add(too_many)).refused(Rejection::BadForm("there are more than 40 fields"));
    playing().when("director", add(hinted(with_content(|_| ()), "where", 1000))).then(&["new added"]);
}

#[test]
fn a_condition_written_on_the_day_names_what_is_there() {
    let quantity = Quantity { of: Subject::All, cohort: Some("sky".into()), meet: has_flag("seen"), without: vec![] };
    let answer = |inject: &str, field: &str| Condition::Answer {
        inject: inject.into(),
        field: field.into(),
        includes: "right".into(),
    };
    let deep = (0..9).fold(Condition::Opened("task".into()), |inner, _| not(inner));
    let field = |field: &str| Rejection::UnknownField { inject: "task".into(), field: field.into() };
    let bad = [
        (has_flag("nowhere"), Rejection::UnknownFlag("nowhere".into())),
        (not(has_flag("nowhere")), Rejection::UnknownFlag("nowhere".into())),
        (Condition::Opened("nowhere".into()), Rejection::UnknownInject("nowhere".into())),
        (silent("nowhere", 5), Rejection::UnknownInject("nowhere".into())),
        (answer("task", "mood"), field("mood")),
        (Condition::Teams(Box::new(quantity)), Rejection::UnknownCohort("sky".to_owned())),
        (deep, Rejection::ConditionTooDeep),
    ];
    let mut plan = lagoon();
    plan.flags = vec![flag("seen", None)];
    for (condition, refused) in bad {
        let places = [when("new", condition.clone(), 0), Inject { only_if: Some(condition), ..at("new", 9) }];
        for inject in places {
            given(plan.clone()).when("director", add(inject)).refused(refused.clone());
        }
    }
    given(plan).when("director", add(when("new", answer("task", "cause"), 0))).then(&["new added"]);
}

#[test]
fn staff_look_at_an_inject_as_a_team_would_and_nobody_has_received_it() {
    let test = |inject: &str, team: Option<&str>| Act::SendTest { inject: inject.into(), team: team.map(Into::into) };
    let drill = playing().when("facilitator", test("task", None)).then(&["task tried"]);
    assert!(keys(&drill, "facilitator").contains("test/task"));
    assert!(!keys(&drill, "director").contains("test/task"), "it is for whoever asked");
    assert!(drill.team("atoll").deliveries.len() == 1 && !keys(&drill, "atoll-lead").contains("inject/task"));
    let drill = drill.when("director", test("nowhere", None)).refused(Rejection::UnknownInject("nowhere".into()));
    drill.when("director", test("task", Some("cove"))).refused(Rejection::UnknownTeam("cove".into()));
}

#[test]
fn a_controller_answers_for_an_inject() {
    let name = |inject: &str, person: &str| Act::NameResponsible { inject: inject.into(), person: person.into() };
    let drill = playing().when("director", name("task", "facilitator")).then(&["task is facilitator's"]);
    assert_eq!(drill.state.responsible.get(&1), Some(&PersonId::from("facilitator")));
    assert!(
        keys(&drill, "director").contains("responsible/task")
            && !keys(&drill, "atoll-lead").contains("responsible/task")
    );
    let drill = drill.when("director", name("task", "atoll-lead")).refused(Rejection::NotStaff("atoll-lead".into()));
    let drill = drill.when("director", name("task", "nobody")).refused(Rejection::UnknownPerson("nobody".into()));
    drill.when("director", name("nowhere", "facilitator")).refused(Rejection::UnknownInject("nowhere".into()));
}

#[test]
fn a_team_that_joins_gets_what_was_added_before() {
    let drill = playing().and("director", add(at("extra-mail", 8))).and("director", add_team("cove")).at(7);
    drill.when_it_is(8).then(&["extra-mail to atoll+basin+cove due"]);
}

#[test]
fn a_form_that_nobody_could_answer_is_refused() {
    let kind = |kind: FieldKind| with_content(|inject| form_of(inject).fields[0].kind = kind);
    let option = |id: &str| Choice { id: id.into(), label: text(id) };
    let options = |n: u32| (0..n).map(|n| option(&format!("o{n}"))).collect();
    let between = |least, most| {
        let parsed = |text| Some(Number::parse(text).expect("a number"));
        FieldKind::Number { least: parsed(least), most: parsed(most), unit: None }
    };
    let long = "x".repeat(2_001);
    let bad = [
        (kind(FieldKind::Choice { options: vec![option("one")] }), "a choice needs two options at least"),
        (
            kind(FieldKind::MultiChoice { options: vec![option("one"), option("one")] }),
            "two options of a field have the same id",
        ),
        (kind(FieldKind::Choice { options: options(101) }), "a field has more than 100 options"),
        (kind(FieldKind::Decision { options: options(101) }), "a field has more than 100 options"),
        (kind(FieldKind::ShortText { max_chars: 0 }), "a line has 1 to 300 characters"),
        (kind(FieldKind::ShortText { max_chars: 301 }), "a line has 1 to 300 characters"),
        (kind(FieldKind::LongText { max_chars: 0 }), "a text has 1 to 8000 characters"),
        (kind(FieldKind::LongText { max_chars: 8_001 }), "a text has 1 to 8000 characters"),
        (kind(FieldKind::Indicators { max_lines: 0 }), "indicators have 1 to 500 lines"),
        (kind(FieldKind::Indicators { max_lines: 501 }), "indicators have 1 to 500 lines"),
        (kind(FieldKind::Techniques { most: 0 }), "there are 1 to 100 techniques"),
        (kind(FieldKind::Techniques { most: 101 }), "there are 1 to 100 techniques"),
        (kind(between("3.001", "3")), "the least number is more than the most"),
        (with_content(|inject| form_of(inject).fields[0].points = 1_001), "a field is worth more than 1000 points"),
        (
            with_content(|inject| _ = inject.staff.keys.insert("mood".into(), AnswerKey::Set(vec!["right".into()]))),
            "a right answer is for no field or option of the form",
        ),
        (with_content(|inject| inject.content.form = None), "there are right answers, but nothing is asked"),
    ];
    for (inject, flaw) in bad {
        playing().when("director", add(inject)).refused(Rejection::BadForm(flaw));
    }
    for whole in [
        FieldKind::ShortText { max_chars: 300 },
        FieldKind::LongText { max_chars: 8_000 },
        FieldKind::Indicators { max_lines: 500 },
        FieldKind::Techniques { most: 100 },
        FieldKind::Decision { options: options(100) },
        between("3", "3"),
    ] {
        let inject = with_content(|inject| {
            form_of(inject).fields[0].kind = whole;
            inject.staff.keys.clear();
        });
        playing().when("director", add(inject)).then(&["new added"]);
    }
    let label = with_content(|inject| form_of(inject).fields[0].label = text(&long));
    playing().when("director", add(label)).refused(Rejection::TextTooLong { limit: 300, actual: 2_001 });
}

#[test]
fn a_rubric_that_nobody_could_mark_by_is_refused() {
    let rubric = |change: fn(&mut Criterion)| {
        with_content(|inject| {
            let mut changed = criterion("clear", 1, false);
            change(&mut changed);
            inject.staff.evaluation.criteria = vec![criterion("whole", 1, false), changed];
        })
    };
    let checklist = |change: fn(&mut ExpectedAction)| {
        with_content(|inject| {
            let mut changed = expected("told", 1, false);
            change(&mut changed);
            inject.staff.evaluation.actions = vec![expected("logged", 1, false), changed];
        })
    };
    let weightless = |inject: &mut Inject| inject.staff.evaluation.criteria = vec![criterion_of(0)];
    let unanswered = |inject: &mut Inject| {
        inject.content.form = None;
        let evaluation = Evaluation { criteria: vec![criterion_of(1)], ..Evaluation::default() };
        inject.staff = StaffNotes { evaluation, ..StaffNotes::default() };
    };
    let bad = [
        (rubric(|clear| clear.id = "whole".into()), "two criteria have the same id"),
        (rubric(|clear| clear.field = Some("none".into())), "a criterion looks at a field that is not there"),
        (rubric(|clear| clear.weight = 101), "a criterion weighs more than 100"),
        (rubric(|clear| clear.anchors = vec![text("a"); 4]), "a criterion has anchors for some levels only"),
        (rubric(|clear| clear.anchors = vec![text("a"); 6]), "a criterion has anchors for some levels only"),
        (with_content(weightless), "no criterion weighs anything"),
        (with_content(unanswered), "there is a rubric, but no answer to mark"),
        (checklist(|told| told.id = "logged".into()), "two actions have the same id"),
        (checklist(|told| told.weight = 101), "an action weighs more than 100"),
        (
            with_content(|inject| inject.staff.evaluation.actions = vec![expected("told", 1, false); 41]),
            "there are more than 40 criteria or actions",
        ),
        (
            with_content(|inject| inject.staff.evaluation.points = Some(10_001)),
            "an inject is worth more than 10000 points",
        ),
        (with_content(|inject| inject.staff.evaluation.weights = Some(Weights::NOTHING)), "all weights are nought"),
    ];
    for (inject, flaw) in bad {
        playing().when("director", add(inject)).refused(Rejection::BadForm(flaw));
    }
    let long = Rejection::TextTooLong { limit: 300, actual: 2_001 };
    playing().when("director", add(rubric(|clear| clear.title = text(&"x".repeat(2_001))))).refused(long);
    playing().when("director", add(rubric(|clear| clear.id = "a b".into()))).refused(Rejection::BadId);
    playing().when("director", add(checklist(|told| told.text = Text::default()))).refused(Rejection::EmptyText);
    let whole = rubric(|clear| clear.anchors = vec![text("a"); 5]);
    playing().and("director", add(whole));
}

fn criterion_of(weight: u32) -> Criterion {
    criterion("clear", weight, false)
}

fn form_of(inject: &mut Inject) -> &mut drillhall::engine::plan::Form {
    inject.content.form.as_mut().expect("a form")
}

#[test]
fn what_an_inject_names_is_in_the_plan() {
    let persona = Persona { id: "ghost".into(), name: text("Ghost"), organisation: None };
    let from = with_content(|inject| inject.content.from = Some(persona));
    playing().when("director", add(from)).refused(Rejection::UnknownPersona("ghost".into()));
    let objective = with_content(|inject| inject.staff.objectives = vec!["none".into()]);
    playing().when("director", add(objective)).refused(Rejection::UnknownObjective("none".into()));
    playing().when("director", add(after("new", "task", minutes(-1)))).refused(Rejection::TimeOutOfRange);
}

#[test]
fn other_words_are_no_reason_to_come_at_another_time() {
    let words = |mut inject: Inject| {
        inject.content.body = text("Better words.");
        amend(inject)
    };
    let plan = || with(vec![at("mail", 10), after("echo", "mail", minutes(20)), at("last", 40)]);
    let drill = given(plan()).started().at(12).and("director", shift(10));
    let drill = drill.when("director", words(after("echo", "mail", minutes(20)))).then(&["echo amended"]);
    drill.when_it_is(40).then(&["echo to atoll+basin due"]);
    let drill = given(plan()).started().at(12).and("director", shift(10)).at(35);
    let drill = drill.when("director", words(after("echo", "mail", minutes(20)))).then(&["echo amended"]);
    drop(drill);
    let drill = given(with(vec![at("mail", 20), at("last", 40)])).started().and("director", fit(30, &[]));
    let time = |drill: &Drill| agenda_items(&drill.state)[0].plan_time;
    let fitted = time(&drill);
    let drill = drill.and("director", words(at("mail", 20)));
    assert_eq!(time(&drill), fitted, "a fitted inject keeps the time that it was fitted to");
}

#[test]
fn an_amended_branch_does_not_wait_anew() {
    let mut plan = with(vec![when("branch", has_flag("seen"), 10)]);
    plan.flags = vec![flag("seen", None)];
    let drill = given(plan).started().and("director", super::acts::set_flag("seen", None, true)).at(6);
    let drill = drill.and("director", amend(when("branch", has_flag("seen"), 10)));
    drill.when_it_is(10).then(&["branch to atoll+basin due"]);
}

#[test]
fn a_condition_on_teams_does_not_lie_in_another() {
    let on_teams =
        |meet| Condition::Teams(Box::new(Quantity { of: Subject::Any, cohort: None, meet, without: vec![] }));
    let nested = on_teams(not(on_teams(Condition::Opened("task".into()))));
    playing().when("director", add(when("new", nested, 0))).refused(Rejection::TeamsInTeams);
    let flat = Condition::All(vec![on_teams(Condition::Opened("task".into())); 2]);
    playing().when("director", add(when("new", flat, 0))).then(&["new added"]);
}

#[test]
fn times_of_ages_away_are_refused() {
    let (never, week) = (minutes(i64::MAX / 60_000), minutes(7 * 24 * 60));
    let timed = |at| Inject { trigger: drillhall::engine::plan::Trigger::At { at }, ..manual("new") };
    playing().when("director", add(timed(never))).refused(Rejection::TimeOutOfRange);
    playing().when("director", add(timed(week))).then(&["new added"]);
    let long = with_content(|inject| form_of(inject).deadline = Some(never));
    let refused = Rejection::BadForm("the target or the deadline is no time between a millisecond and a week");
    playing().when("director", add(long)).refused(refused);
}
