//! The analysis of a rehearsal, checked against a drill of which every minute is known.

use drillhall::{
    engine::{
        command::Act,
        id::{InjectId, TeamId},
        time::Millis,
    },
    report::rehearsal::{
        analyse,
        model::{Analysis, MarkingWork, Quarter, Reach, Stretch, Terms, TriggerKind},
    },
};

use super::hall::{Hall, TASK, choice, text};

/// The tiny drill with one inject that follows and one that waits for a hand.
fn scenario() -> String {
    let more = "  - id: call
    kind: contextual
    after: {inject: alert, delay: 16m}
    player: {title: {en: A call, fr: Un appel}, body: {en: Hello., fr: Bonjour.}, channel: phone}
  - id: reserve
    kind: contingency
    manual: true
    player: {title: {en: A nudge, fr: Un rappel}, body: {en: Well?, fr: Alors ?}, channel: phone}
";
    format!("{TASK}{more}")
}

fn minutes(from: i64, until: i64) -> Stretch {
    Stretch { from: Millis::minutes(from), until: Millis::minutes(until) }
}

/// One team answers after four minutes, the other never; it ends after thirty.
fn analysis(terms: Terms) -> Analysis {
    let mut hall = Hall::playing(&scenario(), &[("a", "Alpha", "en"), ("b", "Beta", "fr")]);
    hall.act(120, "a", Act::Acknowledge { inject: "alert".into() });
    hall.answer(300, "a", &[("class", choice("spraying")), ("why", text("Many accounts."))]);
    hall.act(1800, "director", Act::EndEx);
    analyse(&hall.events, terms).unwrap()
}

fn quarter(from: i64, arrived: u32, open: u32, due: u32, acts: u32) -> Quarter {
    Quarter { from: Millis::minutes(from), arrived, open, due, acts }
}

#[test]
fn workload_is_counted_in_quarter_hours() {
    let analysis = analysis(Terms::default());
    assert_eq!((analysis.from, analysis.until), (Millis(0), Millis::minutes(30)));
    let of = |n: usize| analysis.teams[n].quarters.clone();
    assert_eq!(of(0), [quarter(0, 1, 1, 1, 2), quarter(15, 1, 0, 0, 0)]);
    assert_eq!(of(1), [quarter(0, 1, 1, 1, 0), quarter(15, 1, 0, 0, 0)]);
}

#[test]
fn what_arrives_is_open_until_it_is_answered_or_closes() {
    let analysis = analysis(Terms::default());
    let opened = |n: usize| -> Vec<_> {
        analysis.teams[n].releases.iter().map(|it| (it.inject.as_str(), it.at, it.open_until)).collect()
    };
    let call = ("call", Millis::minutes(17), None);
    assert_eq!(opened(0), [("alert", Millis::minutes(1), Some(Millis::minutes(5))), call]);
    assert_eq!(opened(1), [("alert", Millis::minutes(1), Some(Millis::minutes(11))), call]);
}

#[test]
fn dead_time_lies_between_what_is_open_and_what_arrives() {
    let dead = |quiet, team: usize| {
        analysis(Terms { quiet_after: Millis::minutes(quiet), ..Terms::default() }).teams[team].dead.clone()
    };
    assert_eq!(dead(11, 0), [minutes(5, 17), minutes(17, 30)]);
    assert_eq!(dead(12, 0), [minutes(17, 30)]);
    assert_eq!(dead(5, 1), [minutes(11, 17), minutes(17, 30)]);
    assert_eq!(dead(13, 1), []);
}

#[test]
fn what_could_be_won_is_told_apart_by_who_marks_it() {
    let analysis = analysis(Terms::default());
    let reach = |points, counted| Reach {
        // Quality weighs 45, accuracy and timeliness weigh 30 together; nothing is asked for that may be left empty.
        automatic_milli: 8_000,
        by_people_milli: 12_000,
        points_milli: points,
        counted_milli: counted,
    };
    // The text waits for a mark, and with it all of the answer.
    assert_eq!(analysis.teams[0].reach, reach(0, 0));
    assert_eq!(analysis.teams[1].reach, reach(0, 20_000));
}

#[test]
fn marking_is_shared_among_the_evaluators() {
    let terms = Terms { minutes_a_field: 7, evaluators: 3, ..Terms::default() };
    let analysis = analysis(terms);
    assert_eq!(analysis.teams.iter().map(|team| team.fields_to_mark).collect::<Vec<_>>(), [1, 0]);
    assert_eq!(analysis.marking_work, MarkingWork { fields: 1, minutes: 7, minutes_each: 3 });
    assert_eq!(analysis.terms, terms);
}

/// Under the strict policy two people mark each answer.
#[test]
fn a_rubric_is_marked_criterion_by_criterion_and_as_often_as_the_policy_asks() {
    let rubric = "    staff:
      evaluation:
        points: 30
        rubric: [{id: clear, title: {en: Clear, fr: Clair}, weight: 1}, {id: whole, title: {en: Whole, fr: Entier}, weight: 1}]
";
    let strict = TASK.replace("late_credit_percent: 50}", "late_credit_percent: 50, marking: strict}");
    let strict = strict.replacen("    staff:\n", rubric, 1);
    let mut hall = Hall::playing(&strict, &[("a", "Alpha", "en"), ("b", "Beta", "fr")]);
    hall.answer(300, "a", &[("class", choice("spraying")), ("why", text("Many accounts."))]);
    hall.act(1800, "director", Act::EndEx);
    let analysis = analyse(&hall.events, Terms::default()).unwrap();
    assert_eq!(analysis.teams.iter().map(|team| team.fields_to_mark).collect::<Vec<_>>(), [4, 0]);
    let reach = analysis.teams[0].reach;
    assert_eq!((reach.automatic_milli, reach.by_people_milli), (12_000, 18_000));
}

#[test]
fn branches_say_what_made_them_go_out_and_to_whom() {
    let analysis = analysis(Terms::default());
    let lines: Vec<_> = analysis
        .injects
        .iter()
        .map(|it| (it.inject.as_str(), it.trigger, it.meant_for, it.sent_to.iter().map(TeamId::as_str).collect()))
        .collect();
    let both = vec!["a", "b"];
    assert_eq!(
        lines,
        [
            ("alert", TriggerKind::Clock, 2, both.clone()),
            ("call", TriggerKind::After, 2, both),
            ("reserve", TriggerKind::Hand, 2, Vec::new()),
        ]
    );
    assert_eq!(analysis.never.iter().map(InjectId::as_str).collect::<Vec<_>>(), ["reserve"]);
}

#[test]
fn a_log_without_a_beginning_is_refused() {
    assert!(analyse(&[], Terms::default()).is_err());
}
