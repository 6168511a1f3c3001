//! Objectives and capabilities: from which score on a rating is suggested, what caps it, and how much evidence a
//! capability needs.

use drillhall::engine::{
    event::{ActionStatus, Rating},
    plan::{Inject, Plan, Weights},
    score::{Cap, CapabilityScore, ObjectiveScore, capabilities, objectives},
};

use super::{
    acts::excuse,
    fixture::{Drill, answer, given},
    judging::{mark, note},
    plan::{at, criterion, expected, objective, quiz, with},
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
