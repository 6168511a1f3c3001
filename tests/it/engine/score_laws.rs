//! What holds of every score: better is never worth less, and neither order, excuses nor pauses do harm.

use drillhall::engine::{
    command::AnswerInput,
    event::ActionStatus,
    plan::{FieldKind, MarkingPolicy, Plan, Weights},
    rejection::Rejection,
};
use proptest::{collection::vec, prelude::*, sample::select};

use super::{
    acts::excuse,
    fixture::{Drill, answer, choices, given, pause, release, resume, submit},
    judging::{assign, mark, note},
    plan::{at, criterion, expected, field, manual, minutes, options, quiz, with, with_form},
};
use crate::random::cases;

const OPTIONS: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

/// How good an answer is, in each way that counts.
#[derive(Clone, Debug)]
struct Made {
    right: usize,
    wrong: usize,
    filled: usize,
    levels: [u8; 2],
    actions: [ActionStatus; 2],
    minute: i64,
}

fn made() -> impl Strategy<Value = Made> {
    let status = || select(vec![ActionStatus::NotMet, ActionStatus::Partly, ActionStatus::Met]);
    (0usize..4, 0usize..4, 0usize..3, [0u8..5, 0u8..5], [status(), status()], 10i64..24).prop_map(
        |(right, wrong, filled, levels, actions, minute)| Made { right, wrong, filled, levels, actions, minute },
    )
}

fn weights() -> impl Strategy<Value = Weights> {
    [0u32..60, 0u32..60, 0u32..60, 0u32..60, 0u32..60].prop_map(
        |[quality, accuracy, completeness, timeliness, collaboration]| Weights {
            quality,
            accuracy,
            completeness,
            timeliness,
            collaboration,
        },
    )
}

fn plan(weights: Weights) -> Plan {
    let mut fields = vec![field("signs", 3, FieldKind::MultiChoice { options: options(&OPTIONS) })];
    fields.extend(["first", "second", "third"].map(|id| {
        let mut wanted = field(id, 0, FieldKind::ShortText { max_chars: 10 });
        wanted.wanted = id != "third";
        wanted
    }));
    let mut task = with_form(at("task", 10), Some(minutes(10)), fields);
    task.content.form.as_mut().expect("it has a form").target = Some(minutes(3));
    let right = OPTIONS[..3].iter().map(|id| (*id).into()).collect();
    task.staff.keys = [("signs".into(), drillhall::engine::plan::AnswerKey::Set(right))].into();
    task.staff.evaluation.points = Some(17);
    task.staff.evaluation.criteria = vec![criterion("clear", 2, false), criterion("whole", 1, false)];
    task.staff.evaluation.actions = vec![expected("told", 2, false), expected("logged", 1, false)];
    let mut plan = with(vec![task]);
    plan.profile.weights = weights;
    plan.profile.grace = minutes(1);
    plan
}

fn played(weights: Weights, made: &Made) -> Option<i64> {
    let chosen: Vec<&str> = OPTIONS[..made.right].iter().chain(&OPTIONS[3..3 + made.wrong]).copied().collect();
    let mut answers = vec![("third", AnswerInput::Text("so".to_owned()))];
    answers.extend((!chosen.is_empty()).then(|| ("signs", choices(&chosen))));
    answers
        .extend(["first", "second"].into_iter().take(made.filled).map(|id| (id, AnswerInput::Text("so".to_owned()))));
    let drill = given(plan(weights)).started().at(made.minute).and("atoll-lead", submit("task", &answers));
    let [clear, whole] = made.levels;
    let drill = drill.and("evaluator", mark("atoll", "task", &[("clear", clear), ("whole", whole)]));
    let drill = drill.and("evaluator", note("atoll", "task", "told", made.actions[0]));
    drill.and("evaluator", note("atoll", "task", "logged", made.actions[1])).score("atoll", "task").points_milli
}

/// The same answer, a little better in one way.
fn better(made: &Made, way: usize) -> Made {
    let mut better = made.clone();
    let up = |status| if status == ActionStatus::NotMet { ActionStatus::Partly } else { ActionStatus::Met };
    match way {
        0 => better.right = (made.right + 1).min(3),
        1 => better.wrong = made.wrong.saturating_sub(1),
        2 => better.filled = (made.filled + 1).min(2),
        3 => better.levels[0] = (made.levels[0] + 1).min(4),
        4 => better.levels[1] = (made.levels[1] + 1).min(4),
        5 => better.actions[0] = up(made.actions[0]),
        6 => better.actions[1] = up(made.actions[1]),
        _ => better.minute = (made.minute - 1).max(10),
    }
    better
}

/// Eight injects, each answered right, wrong or not at all.
fn eight(answered: &[usize]) -> Drill {
    let names = ["i0", "i1", "i2", "i3", "i4", "i5", "i6", "i7"];
    let injects = names.iter().zip(1u32..).map(|(name, worth)| {
        let mut inject = quiz(manual(name), Some(10));
        inject.staff.evaluation.points = Some(worth);
        inject
    });
    let drill = given(with(injects.collect())).started().at(1);
    names.iter().zip(answered).fold(drill, |drill, (name, answered)| {
        let drill = drill.and("director", release(name, None));
        match answered {
            0 => drill.and("atoll-lead", answer(name, "right")),
            1 => drill.and("atoll-lead", answer(name, "wrong")),
            _ => drill,
        }
    })
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn more_correct_never_scores_less(weights in weights(), made in made(), way in 0usize..8) {
        let (before, after) = (played(weights, &made), played(weights, &better(&made, way)));
        prop_assert!(before <= after, "{before:?} > {after:?}");
        prop_assert!(after.is_none_or(|points| (0..=17_000).contains(&points)));
    }

    #[test]
    fn the_order_of_marks_does_not_matter(
        levels in vec((0u8..5, 0u8..5), 4),
        order in Just((0..4).collect::<Vec<usize>>()).prop_shuffle(),
    ) {
        let base = || {
            let mut plan = plan(Weights::default());
            plan.profile.marking = MarkingPolicy::Strict;
            let drill = given(plan).started().at(12).and("lead-evaluator", assign("evaluator", None, None));
            let text = || [("third", AnswerInput::Text("so".to_owned()))];
            drill.and("atoll-lead", submit("task", &text())).and("basin-lead", submit("task", &text()))
        };
        let give = |drill: Drill, n: usize| {
            let (who, team) = [("evaluator", "atoll"), ("lead-evaluator", "atoll"), ("evaluator", "basin"), ("lead-evaluator", "basin")][n];
            let named = if who == "evaluator" { drill.state.code_name(drill.team(team)) } else { team.to_owned() };
            let (clear, whole) = levels[n];
            drill.and(who, mark(&named, "task", &[("clear", clear), ("whole", whole)]))
        };
        let one = (0..4).fold(base(), give);
        let other = order.iter().copied().fold(base(), give);
        prop_assert_eq!(one.total("atoll"), other.total("atoll"));
        prop_assert_eq!(one.total("basin"), other.total("basin"));
    }

    #[test]
    fn excusing_never_lowers_a_score(answered in vec(0usize..3, 8), excused in vec(0usize..8, 1..8), over in any::<bool>()) {
        let mut drill = eight(&answered);
        if over {
            drill = drill.at(30);
        }
        for nth in excused {
            let before = drill.total("atoll").score_milli;
            let outcome = drill.when("director", excuse(&format!("i{nth}"), Some(&["atoll"])));
            drill = if outcome.is_allowed() {
                outcome.done()
            } else {
                outcome.refused(Rejection::AlreadyExcused(format!("i{nth}").as_str().into()))
            };
            let after = drill.total("atoll").score_milli;
            prop_assert!(after >= before || (before == Some(0) && after.is_none()), "{before:?} > {after:?}");
        }
    }

    #[test]
    fn pauses_change_nothing(made in made(), stops in vec((1i64..600, 1i64..900), 1..4)) {
        let seconds = (made.minute - 10) * 60;
        let respond = |drill: Drill| {
            let drill = drill.and("atoll-lead", submit("task", &[("signs", choices(&["a", "d"]))]));
            let [clear, whole] = made.levels;
            drill.and("evaluator", mark("atoll", "task", &[("clear", clear), ("whole", whole)])).score("atoll", "task")
        };
        let straight = respond(given(plan(Weights::default())).started().at_seconds(600 + seconds));
        // The same active time before the answer, with pauses on the way, for everybody and for the team.
        let (mut drill, mut wall, mut played) = (given(plan(Weights::default())).started().at(10), 600, 0);
        for (n, (after, length)) in stops.into_iter().enumerate() {
            let run = after.min(seconds - played);
            played += run;
            wall += run;
            drill = drill.at_seconds(wall);
            let team = (n % 2 == 0).then_some("atoll");
            drill = drill.and("director", pause(team));
            wall += length;
            drill = drill.at_seconds(wall).and("director", resume(team));
        }
        let stopped = respond(drill.at_seconds(wall + seconds - played));
        prop_assert_eq!(straight, stopped);
    }
}
