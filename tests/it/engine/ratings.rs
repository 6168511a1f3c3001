//! Objectives and capabilities: from which score on a rating is suggested, what caps it, and how much evidence a
//! capability needs.

use drillhall::engine::{
    command::Act,
    event::{ActionStatus, Rating},
    plan::{Capability, Inject, InjectKind, Plan, Weights},
    score::{Cap, CapabilityScore, ObjectiveScore, capabilities, objectives},
};

use super::{
    acts::excuse,
    fixture::{Drill, answer, given},
    judging::{mark, note},
    plan::{at, criterion, expected, manual, objective, of_kind, quiz, with},
};

/// Right or wrong, worth so many points, as evidence for one objective.
fn evidence(id: &str, worth: u32, objective: &str) -> Inject {
    let mut inject = quiz(at(id, 1), Some(10));
    inject.staff.evaluation.points = Some(worth);
    inject.staff.objectives = vec![objective.into()];
    inject
}

/// Only what is right by its key counts.
fn plan(injects: Vec<Inject>) -> Plan {
    let mut plan = with(injects);
    plan.profile.weights = Weights { accuracy: 1, ..Weights::NOTHING };
    plan.objectives = vec![objective("triage", false)];
    plan
}

fn triage(drill: &Drill) -> ObjectiveScore {
    objectives(&drill.state, drill.team("atoll"), &drill.total("atoll")).remove(0)
}

#[test]
fn a_rating_begins_at_its_score_and_not_a_thousandth_below() {
    let table = [
        (85_000, Rating::Performed),
        (84_999, Rating::Some),
        (60_000, Rating::Some),
        (59_999, Rating::Major),
        (30_000, Rating::Major),
        (29_999, Rating::Unable),
        (1, Rating::Unable),
    ];
    for (right, rating) in table {
        let injects = vec![evidence("right", right, "triage"), evidence("wrong", 100_000 - right, "triage")];
        let drill = given(plan(injects)).started().at(2);
        let drill = drill.and("atoll-lead", answer("right", "right")).and("atoll-lead", answer("wrong", "wrong"));
        let line = triage(&drill);
        assert_eq!((line.score_milli, line.suggested), (Some(i64::from(right)), Some(rating)));
    }
}

/// What became of an inject beside which everything else was done well.
enum Done {
    Noted(ActionStatus),
    NotedFor(&'static str, ActionStatus),
    Level(u8),
    Silent,
    Excused,
}

/// What then caps the rating, and which one is suggested.
fn capped(objective_critical: bool, part_critical: bool, done: &Done) -> (Vec<Cap>, Option<Rating>) {
    let mut task = evidence("task", 4, "triage");
    task.staff.evaluation.criteria = vec![criterion("clear", 1, part_critical)];
    task.staff.evaluation.actions = vec![expected("told", 1, part_critical)];
    if let Done::NotedFor(other, _) = done {
        task.staff.evaluation.actions[0].objective = Some((*other).into());
    }
    let mut plan = plan(vec![task, evidence("rest", 96, "triage")]);
    plan.objectives = vec![objective("triage", objective_critical), objective("reporting", false)];
    let drill = given(plan).started().at(2).and("atoll-lead", answer("rest", "right"));
    let told = |status| note("atoll", "task", "told", status);
    let drill = match done {
        Done::Silent => drill.at(11),
        Done::Excused => drill.at(11).and("director", excuse("task", None)),
        Done::Level(level) => drill
            .and("atoll-lead", answer("task", "right"))
            .and("evaluator", mark("atoll", "task", &[("clear", *level)])),
        Done::Noted(status) | Done::NotedFor(_, status) => {
            drill.and("atoll-lead", answer("task", "right")).and("evaluator", told(*status))
        }
    };
    let line = triage(&drill);
    (line.capped_by, line.suggested)
}

#[test]
fn what_is_critical_and_was_not_done_caps_the_rating() {
    use ActionStatus::{Met, NotMet, NotObserved, Partly};
    let action = || vec![Cap::Action { inject: "task".into(), action: "told".into() }];
    let low = || vec![Cap::Criterion { inject: "task".into(), criterion: "clear".into() }];
    let silent = || vec![Cap::Unanswered { inject: "task".into() }];
    let table = [
        ("a critical action", false, true, Done::Noted(NotMet), action()),
        ("any action of a critical objective", true, false, Done::Noted(NotMet), action()),
        ("an action that is not critical", false, false, Done::Noted(NotMet), vec![]),
        ("one that is evidence for another objective", false, true, Done::NotedFor("reporting", NotMet), vec![]),
        ("one that is named for this objective", false, true, Done::NotedFor("triage", NotMet), action()),
        ("one that was partly done", true, true, Done::Noted(Partly), vec![]),
        ("one that was done", true, true, Done::Noted(Met), vec![]),
        ("one that nobody saw", true, true, Done::Noted(NotObserved), vec![]),
        ("a critical criterion at level 0", false, true, Done::Level(0), low()),
        ("a critical criterion at level 1", false, true, Done::Level(1), low()),
        ("a critical criterion at level 2", true, true, Done::Level(2), vec![]),
        ("any criterion of a critical objective", true, false, Done::Level(1), low()),
        ("a criterion that is not critical", false, false, Done::Level(0), vec![]),
        ("no answer, in a critical objective", true, false, Done::Silent, silent()),
        ("no answer, where only parts are critical", false, true, Done::Silent, vec![]),
        ("no answer of a team that was let off", true, true, Done::Excused, vec![]),
    ];
    for (what, objective_critical, part_critical, done, caps) in table {
        let rating = if caps.is_empty() { Rating::Performed } else { Rating::Major };
        assert_eq!(capped(objective_critical, part_critical, &done), (caps, Some(rating)), "{what}");
    }
}

#[test]
fn a_cap_never_raises_a_rating() {
    let mut task = evidence("task", 4, "triage");
    task.staff.evaluation.actions = vec![expected("told", 1, true)];
    let drill = given(plan(vec![task])).started().at(2).and("atoll-lead", answer("task", "wrong"));
    let drill = drill.and("evaluator", note("atoll", "task", "told", ActionStatus::NotMet));
    assert_eq!(triage(&drill).suggested, Some(Rating::Unable));
}

#[test]
fn a_capability_is_shown_from_three_counted_injects_on_by_the_weights_of_objectives() {
    let injects = vec![evidence("one", 10, "light"), evidence("two", 10, "light"), evidence("three", 10, "heavy")];
    let mut plan = plan(injects);
    plan.objectives = vec![objective("light", false), objective("heavy", false)];
    plan.objectives[1].weight = 3;
    let shown = |drill: &Drill| -> CapabilityScore { capabilities(&drill.state, &drill.total("atoll")).remove(0) };
    let drill = given(plan).started().at(2);
    let drill = drill.and("atoll-lead", answer("one", "right")).and("atoll-lead", answer("two", "wrong"));
    let line = shown(&drill);
    assert_eq!((line.score_milli, line.counted, line.mapped), (None, 2, 3));
    let line = shown(&drill.and("atoll-lead", answer("three", "right")));
    // (10 x 1 + 0 x 1 + 10 x 3) of (10 + 10 + 30).
    assert_eq!((line.score_milli, line.attainable_milli, line.counted), (Some(80_000), 50_000, 3));
}

#[test]
fn an_objective_sums_its_own_injects_and_no_others() {
    let mut plan =
        plan(vec![evidence("one", 1, "triage"), evidence("two", 3, "triage"), evidence("other", 6, "reporting")]);
    plan.objectives.push(objective("reporting", false));
    plan.objectives[1].capability = Capability::NotificationAndReporting;
    let drill = given(plan).started().at(2).and("atoll-lead", answer("one", "right"));
    let drill = drill.and("atoll-lead", answer("two", "wrong")).and("atoll-lead", answer("other", "right"));
    let line = triage(&drill);
    assert_eq!((line.score_milli, line.attainable_milli, line.counted, line.mapped), (Some(25_000), 4_000, 2, 2));
    let lines = capabilities(&drill.state, &drill.total("atoll"));
    let attainable: Vec<_> = lines.iter().map(|line| (line.attainable_milli, line.counted, line.mapped)).collect();
    assert_eq!(attainable, [(4_000, 2, 2), (6_000, 1, 1)]);
}

#[test]
fn an_inject_without_points_counts_by_the_actions_that_were_noted() {
    let mut watch = of_kind(manual("watch"), InjectKind::ExpectedAction);
    watch.staff.objectives = vec!["triage".into()];
    watch.staff.evaluation.actions =
        vec![expected("told", 2, false), expected("logged", 5, false), expected("filed", 1, false)];
    let drill = given(plan(vec![watch])).started().at(2);
    let told = |drill: Drill, action, status| drill.and("evaluator", note("atoll", "watch", action, status));
    let drill = told(drill, "told", ActionStatus::Partly);
    let drill = told(told(drill, "logged", ActionStatus::NotObserved), "filed", ActionStatus::Met);
    // (2 x 1/2 + 1 x 1) of (2 + 1): what nobody saw is left out.
    let line = triage(&drill);
    assert_eq!((line.score_milli, line.counted), (Some(66_667), 1));
    assert_eq!(drill.total("atoll").score_milli, None, "it has no points");
}

#[test]
fn an_excused_inject_is_kept_or_left_out_for_each_objective_on_its_own() {
    let mut plan = plan(vec![
        evidence("x", 4, "triage"),
        evidence("y", 4, "triage"),
        evidence("w", 4, "reporting"),
        evidence("z", 4, "reporting"),
    ]);
    plan.objectives.push(objective("reporting", false));
    let drill = given(plan).started().at(2);
    let answers = [("x", "right"), ("y", "right"), ("w", "right"), ("z", "wrong")];
    let drill = answers.into_iter().fold(drill, |drill, (id, option)| drill.and("atoll-lead", answer(id, option)));
    let drill = drill.and("director", excuse("x", None)).and("director", excuse("w", None));
    let total = drill.total("atoll");
    assert_eq!((total.score_milli, total.counted), (Some(75_000), 4), "the team is better off with both");
    let lines = objectives(&drill.state, drill.team("atoll"), &total);
    let lines: Vec<_> = lines.iter().map(|line| (line.score_milli, line.attainable_milli)).collect();
    // Of triage all is right without it; of reporting nothing.
    assert_eq!(lines, [(Some(100_000), 4_000), (Some(50_000), 8_000)]);
}

#[test]
fn no_answer_to_what_was_delivered_caps_a_critical_objective_too() {
    let mut plan = plan(vec![evidence("task", 4, "triage"), evidence("rest", 96, "triage")]);
    plan.objectives = vec![objective("triage", true)];
    let drill = given(plan).started().at(2).and("atoll-lead", answer("rest", "right"));
    let opened = Act::NoteOpened { inject: "task".into() };
    let line = triage(&drill.and("atoll-lead", opened).at(11));
    assert_eq!(line.capped_by, [Cap::Unanswered { inject: "task".into() }]);
}

#[test]
fn what_is_excused_caps_nothing_whatever_was_noted() {
    let mut task = evidence("task", 4, "triage");
    task.staff.evaluation.actions = vec![expected("told", 1, true)];
    let drill = given(plan(vec![task, evidence("rest", 96, "triage")])).started().at(2);
    let drill = drill.and("atoll-lead", answer("rest", "right")).and("atoll-lead", answer("task", "right"));
    let drill = drill.and("evaluator", note("atoll", "task", "told", ActionStatus::NotMet));
    assert_eq!(triage(&drill).suggested, Some(Rating::Major));
    let line = triage(&drill.and("director", excuse("task", None)));
    assert_eq!((line.capped_by, line.suggested), (vec![], Some(Rating::Performed)));
}
