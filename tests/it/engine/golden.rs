//! A small drill in which every rule of scoring has something to say, for logs that later versions must
//! score the same.

use drillhall::engine::{
    command::{Act, AnswerInput},
    event::{ActionStatus, Rating},
    plan::{MarkingPolicy, Plan, Preset},
};

use super::{
    acts::{excuse, minute, recall},
    fixture::{Drill, answer, choice, choices, given, release, submit},
    judging::{adjust, assign, credit, decide_adjustment, mark, moderate, note, rate_objective, release_scores},
    plan::{at, criterion, expected, hinted, lagoon, manual, minutes, objective, quiz},
};

fn plan() -> Plan {
    let mut plan = lagoon();
    plan.profile.weights = Preset::Balanced.weights();
    plan.profile.marking = MarkingPolicy::Strict;
    plan.profile.grace = minutes(2);
    plan.objectives = vec![objective("triage", true)];
    let task = &mut plan.injects[1];
    *task = hinted(task.clone(), "where", 100);
    task.content.form.as_mut().expect("it has a form").target = Some(minutes(3));
    task.staff.objectives = vec!["triage".into()];
    task.staff.evaluation.criteria = vec![criterion("clear", 2, false), criterion("whole", 1, true)];
    task.staff.evaluation.actions = vec![expected("told", 1, false), expected("logged", 1, false)];
    plan.injects.extend([quiz(at("late", 12), Some(3)), quiz(manual("gone"), Some(3)), quiz(manual("let-off"), None)]);
    plan
}

/// Played, marked twice, moderated, adjusted and released.
pub(crate) fn played() -> Drill {
    let drill = given(plan()).and("lead-evaluator", assign("evaluator", None, None)).started();
    let drill = drill.connected("basin", true).connected("basin", false).at(11);
    let drill = drill.and("atoll-lead", Act::NoteDelivered { inject: "task".into() });
    let drill = drill.and("atoll-lead", Act::OpenHint { inject: "task".into(), hint: "where".into() }).at(15);
    let full =
        [("cause", choice("near")), ("signs", choices(&["a", "c"])), ("note", AnswerInput::Text("seen".to_owned()))];
    let drill = drill.and("atoll-lead", submit("task", &full)).and("basin-lead", answer("task", "right"));
    let drill =
        drill.at(16).and("atoll-lead", answer("late", "right")).at(20).and("basin-lead", answer("late", "right"));
    let drill = drill.and("director", release("gone", None)).and("director", release("let-off", None)).at(24);
    let drill = drill.connected("basin", true).and("director", credit("basin", minute(20), minute(22)));
    let drill = drill.and("atoll-lead", answer("let-off", "right")).and("director", excuse("let-off", None));
    let drill = drill.and("director", recall("tie", Some(&["atoll"]))).at(30);
    let drill =
        drill.and("facilitator", note("atoll", "task", "told", ActionStatus::Partly)).and("director", Act::EndEx);
    let code = |drill: &Drill, team: &str| drill.state.code_name(drill.team(team));
    let (atoll, basin) = (code(&drill, "atoll"), code(&drill, "basin"));
    let drill = drill.and("evaluator", mark(&atoll, "task", &[("clear", 3), ("whole", 2)]));
    let drill = drill.and("lead-evaluator", mark("atoll", "task", &[("clear", 4), ("whole", 3)]));
    let drill = drill.and("evaluator", mark(&basin, "task", &[("clear", 4), ("whole", 0)]));
    let drill = drill.and("lead-evaluator", mark("basin", "task", &[("clear", 1), ("whole", 1)]));
    let drill = drill.and("lead-evaluator", moderate("basin", "task", &[("clear", 2), ("whole", 1)]));
    let drill = drill.and("lead-evaluator", rate_objective("atoll", "triage", Rating::Some, Some("with help")));
    let drill = drill.and("director", adjust("atoll", -1_500));
    let item = drill.team("atoll").adjustments.keys().next().expect("it was proposed").clone();
    drill.and("lead-evaluator", decide_adjustment(&item, true)).and("lead-evaluator", release_scores())
}
