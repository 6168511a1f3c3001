//! What the rules draft, from drills of which every figure is known.

use drillhall::{
    engine::{
        command::Act,
        event::{EntryKind, Rating},
        plan::Capability,
        time::Millis,
    },
    report::model::{Finding, FindingKind, Report, Rule},
};

use super::hall::{Hall, TASK, choice, choices};

const TEAMS: [(&str, &str, &str); 4] =
    [("a", "Alpha", "en"), ("b", "Beta", "fr"), ("c", "Gamma", "fr"), ("d", "Delta", "en")];

/// The tiny drill without its question for people, so that all of it is scored at once.
fn keyed() -> String {
    let asked = TASK.lines().filter(|line| !line.contains("id: why"));
    asked.collect::<Vec<_>>().join("\n") + "\n"
}

fn answer(hall: &mut Hall, second: i64, team: &str, right: bool) {
    let (class, signs) = if right { ("guessing", ["rate", "source"]) } else { ("storm", ["hour", "hour"]) };
    hall.answer(second, team, &[("class", choice(class)), ("signs", choices(&signs))]);
}

fn keys(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.key.as_str()).collect()
}

fn find<'a>(report: &'a Report, key: &str) -> &'a Finding {
    report.findings.iter().find(|finding| finding.key == key).unwrap_or_else(|| panic!("{:?}", keys(&report.findings)))
}

#[test]
fn what_three_in_four_meet_in_time_is_a_strength_with_its_rows() {
    let mut hall = Hall::playing(&keyed(), &TEAMS);
    for (n, team) in ["a", "b", "c"].into_iter().enumerate() {
        answer(&mut hall, 120 + 30 * i64::try_from(n).unwrap(), team, true);
    }
    answer(&mut hall, 240, "d", false);
    hall.act(1_800, "director", Act::EndEx);
    let report = hall.report();
    let met = find(&report, "met/alert");
    assert_eq!((met.kind, met.weight_permille), (FindingKind::Strength, 750));
    assert_eq!(met.capability, Some(Capability::TriageAndClassification));
    let Rule::Met { percent, n, of, .. } = &met.rule else { panic!("{met:?}") };
    assert_eq!((*percent, *n, *of), (100, 3, 4));
    // One row released it to all, and each of the three answered in one.
    let kinds: Vec<&str> =
        met.rows.iter().map(|row| hall.events[usize::try_from(row - 1).unwrap()].fact.kind()).collect();
    assert_eq!(kinds, ["inject_released", "response_submitted", "response_submitted", "response_submitted"]);
    let in_target = find(&report, "in_target/alert");
    let Rule::InTarget { median, target, n, of, .. } = &in_target.rule else { panic!("{in_target:?}") };
    assert_eq!((*median, *target, *n, *of), (Millis::seconds(90), Millis::minutes(5), 4, 4));
    assert!(!keys(&report.findings).contains(&"missed/alert"));
}

#[test]
fn what_most_miss_or_answer_late_is_an_area() {
    let mut hall = Hall::playing(&keyed(), &TEAMS);
    answer(&mut hall, 400, "a", true);
    answer(&mut hall, 500, "b", false);
    answer(&mut hall, 700, "c", false);
    hall.act(1_800, "director", Act::EndEx);
    let report = hall.report();
    let missed = find(&report, "missed/alert");
    let Rule::Missed { n, of, .. } = &missed.rule else { panic!("{missed:?}") };
    assert_eq!((missed.kind, *n, *of), (FindingKind::Area, 3, 4));
    let past = find(&report, "past_target/alert");
    let Rule::PastTarget { median, n, .. } = &past.rule else { panic!("{past:?}") };
    assert_eq!((*median, *n), (Millis::seconds(440), 0));
    let late = find(&report, "late/alert");
    let Rule::Late { n, of, .. } = &late.rule else { panic!("{late:?}") };
    assert_eq!((*n, *of), (2, 4), "one after the deadline, one never");
    // The objective is critical, and one team said nothing.
    let undone = find(&report, "critical_undone/triage");
    let Rule::CriticalUndone { n, of, .. } = &undone.rule else { panic!("{undone:?}") };
    assert_eq!((*n, *of), (1, 4));
    assert_eq!(keys(&report.findings)[0], "critical_undone/triage", "what is critical stands first");
    let none = find(&report, "no_log");
    assert_eq!(hall.events[usize::try_from(none.rows[0] - 1).unwrap()].fact.kind(), "exercise_ended");
    assert!(report.findings.iter().all(|finding| !finding.rows.is_empty()), "each rests on a row");
}

#[test]
fn while_answers_wait_for_marks_no_rule_speaks_of_points() {
    let mut hall = Hall::playing(TASK, &TEAMS);
    for team in ["a", "b", "c"] {
        hall.answer(120, team, &[("class", choice("guessing")), ("why", super::hall::text("One source."))]);
    }
    hall.act(1_800, "director", Act::EndEx);
    let report = hall.report();
    let found = keys(&report.findings);
    assert!(!found.iter().any(|key| key.starts_with("met/") || key.starts_with("missed/")), "{found:?}");
    assert!(found.contains(&"in_target/alert"), "{found:?}");
}

#[test]
fn a_team_alone_is_told_of_itself_only() {
    let mut hall = Hall::playing(&keyed(), &[("a", "Alpha", "en")]);
    answer(&mut hall, 120, "a", true);
    for n in 0..3 {
        let text = format!("Entry {n}");
        let (happened_at, inject, kind, tlp, corrects) = (None, None, EntryKind::Observation, None, None);
        hall.act(200 + n, "a", Act::WriteLog { text, happened_at, inject, kind, tlp, corrects });
    }
    hall.act(1_800, "director", Act::EndEx);
    let report = hall.report();
    assert_eq!(report.findings, [], "one team is no event");
    let team = &report.teams[0];
    assert_eq!(keys(&team.findings), ["log_kept", "met/alert", "in_target/alert"]);
    assert_eq!(team.objectives[0].suggested, Some(Rating::Performed));
    assert_eq!(report.objectives[0].suggested.get(&Rating::Performed), Some(&1));
}

#[test]
fn the_course_shows_when_what_was_planned_went_out() {
    let mut hall = Hall::playing(TASK, &TEAMS);
    hall.act(30, "director", Act::Shift { by: Millis::minutes(2) });
    hall.act(200, "director", Act::EndEx);
    let report = hall.report();
    let [line] = report.course.as_slice() else { panic!("{:?}", report.course) };
    assert_eq!(line.planned, Some(Millis::minutes(1)));
    assert_eq!(line.sent.map(|sent| sent.plan_time), Some(Millis::minutes(3)));
    assert_eq!(line.teams, 4);
}
