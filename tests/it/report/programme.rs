//! The report of a drill day: scores put together, and what each version leaves out.

use drillhall::{
    engine::{
        command::Act,
        id::TeamId,
        plan::{Capability, Tlp},
        state::Stage,
        text::Language,
    },
    report::{
        LEAST_TEAMS, VersionError,
        html::{languages, programme::render},
        model::Version,
        programme::{
            Day, Member, Part, build,
            model::ProgrammeReport,
            tables::{TABLES, sheets},
        },
    },
};
use serde_json::{Value, json};

use super::{
    across::exercise,
    hall::{Hall, THREE, choice, choices},
};

const TEAMS: [(&str, &str, &str); 6] = [
    ("reef", "Reef Watch", "en"),
    ("lagoon", "Lagoon Desk", "fr"),
    ("atoll", "Atoll Guard", "fr"),
    ("cape", "Cape Crew", "en"),
    ("delta", "Delta Team", "en"),
    ("strait", "Strait Room", "en"),
];

fn act(act: Value) -> Act {
    serde_json::from_value(act).unwrap()
}

fn part(hall: &Hall) -> Part {
    let report = hall.report();
    Part {
        exercise: report.exercise.clone(),
        title: report.title.clone(),
        stage: Stage::Ended,
        rehearsal: false,
        report: Some(report),
        draft: true,
    }
}

fn day(halls: &[&Hall], teams: &[(&str, &str, &str)]) -> Day {
    let member = |(team, name, _): &(&str, &str, &str)| Member {
        team: TeamId::from(*team),
        name: (*name).to_owned(),
        organisation: Some(format!("Ministry of {team}")),
        country: Some("TT".to_owned()),
    };
    Day {
        programme: "day-1".to_owned(),
        title: "Regional drill day".to_owned(),
        parts: halls.iter().map(|hall| part(hall)).collect(),
        teams: teams.iter().map(member).collect(),
    }
}

/// A prompt morning and a slow afternoon of these teams.
fn played(teams: &[(&str, &str, &str)]) -> [Hall; 2] {
    [exercise("0190-morning", 0, teams, 120), exercise("0190-noon", 1, teams, 500)]
}

fn written(report: &ProgrammeReport) -> String {
    let mut all = serde_json::to_string(report).unwrap();
    for language in languages() {
        let language = Language::from(language);
        all += &render(report, &language);
        all += &String::from_utf8(sheets(report, &language, None).unwrap()).unwrap();
    }
    all
}

#[test]
fn scores_of_a_day_are_weighted_by_the_points_that_could_be_had() {
    let [morning, mut noon] = played(&TEAMS[..1]);
    let report = build(day(&[&morning, &noon], &TEAMS[..1]), &Version::Staff).unwrap();
    let team = &report.teams[0];
    let of = |n: usize| (team.exercises[n].score_milli, team.exercises[n].attainable_milli);
    assert_eq!((of(0), of(1)), ((Some(100_000), 48_000), (Some(90_669), 48_000)));
    // (100 * 48 + 90.669 * 48) / 96 = 95.3345: half to even.
    assert_eq!(team.score_milli, Some(95_334));
    assert_eq!(team.capabilities[0].score_milli, Some(95_334));
    assert_eq!(
        (team.capabilities[0].capability, team.capabilities[0].counted),
        (Capability::TriageAndClassification, 6)
    );
    // One that counts for nothing takes nothing away.
    noon = Hall::playing_as("0190-noon", 1, &super::hall::three_tasks(), &TEAMS[..1]);
    let report = build(day(&[&morning, &noon], &TEAMS[..1]), &Version::Staff).unwrap();
    assert_eq!(report.teams[0].score_milli, Some(100_000));
}

#[test]
fn staff_read_each_exercise_side_by_side_and_what_is_withheld_is_not_there() {
    let [morning, noon] = played(&TEAMS[..2]);
    let mut of_owner = day(&[&morning, &noon], &TEAMS[..3]);
    of_owner.parts[1].report = None;
    let report = build(of_owner, &Version::Staff).unwrap();
    assert_eq!((report.tlp, report.teams_in_all, report.draft), (Tlp::Amber, 3, true));
    let [shown, withheld] = report.exercises.as_slice() else { panic!("{:?}", report.exercises) };
    assert!(!shown.withheld && shown.started_at.is_some() && shown.teams == Some(2));
    assert!(withheld.withheld && withheld.started_at.is_none() && withheld.head_seq.is_none());
    assert!(report.teams.iter().flat_map(|team| &team.exercises).all(|one| one.exercise == shown.exercise));
    // Who took no part in anything is there, with nothing.
    assert!(report.teams[2].exercises.is_empty() && report.teams[2].score_milli.is_none());
    assert_eq!(report.capabilities[0].exercises.len(), 1);
    let page = render(&report, &Language::from("en"));
    assert!(page.contains("absent") && page.contains("not for you, or not yet"));
}

#[test]
fn a_team_reads_its_own_day_and_no_other_name() {
    let [mut morning, noon] = played(&TEAMS);
    for (finding, team, title) in [("calm", "reef", "They kept calm"), ("late", "lagoon", "They were late")] {
        morning.act(
            1_850,
            "director",
            act(json!({ "type": "edit_finding", "finding": finding,
            "scope": { "team": team }, "kind": "strength", "title": title, "observation": "Seen.", "rows": [1] })),
        );
    }
    let version = Version::Team { team: TeamId::from("reef") };
    let report = build(day(&[&morning, &noon], &TEAMS), &version).unwrap();
    assert_eq!((report.teams.len(), report.tlp), (1, Tlp::Amber));
    assert!(report.capabilities.is_empty(), "medians count other teams");
    let written = written(&report);
    assert!(written.contains("Reef Watch") && written.contains("They kept calm"));
    for (id, name, _) in &TEAMS[1..] {
        assert!(!written.contains(name) && !written.contains(&format!("\"{id}\"")), "{name}");
    }
    assert!(!written.contains("They were late"));
    let unknown = build(day(&[&morning], &TEAMS), &Version::Team { team: TeamId::from("nobody") });
    assert!(matches!(unknown, Err(VersionError::NoSuchTeam { .. })));
    let brief = build(day(&[&morning], &TEAMS), &Version::Brief { team: TeamId::from("reef") });
    assert!(matches!(brief, Err(VersionError::NoSuchVersion(_))));
}

/// Of all: one that names nobody, one that names a team of the other exercise, one that names who sends one.
fn with_actions(hall: &mut Hall) {
    let texts = ["Keep one list", "Train Strait Room first", "Ask the Ministry of reef"];
    for (n, text) in texts.into_iter().enumerate() {
        hall.act(
            1_860,
            "director",
            act(json!({ "type": "put_corrective_action", "action": format!("a-{n}"),
            "scope": "event", "text": text, "capability": "triage_and_classification", "element": "planning",
            "owner": "Port authority", "completion": "2026-06-30", "priority": "high" })),
        );
    }
    hall.act(1_861, "director", act(json!({ "type": "set_corrective_state", "action": "a-0", "state": "agreed" })));
}

#[test]
fn what_leaves_the_day_names_no_team_and_nobody_who_sends_one() {
    let mut morning = exercise("0190-morning", 0, &TEAMS[..5], 120);
    with_actions(&mut morning);
    let noon = exercise("0190-noon", 1, &TEAMS, 500);
    for version in [Version::Community, Version::Public] {
        let report = build(day(&[&morning, &noon], &TEAMS), &version).unwrap();
        let written = written(&report);
        for (id, name, _) in TEAMS {
            for word in [name, &format!("\"{id}\""), &format!(">{id}<"), &format!("Ministry of {id}")] {
                assert!(!written.contains(word), "{word} in {version:?}");
            }
        }
        assert!(!written.contains("Port authority") && written.contains("Keep one list"));
        let states: Vec<u32> = report.action_states.values().copied().collect();
        assert_eq!((report.actions.len(), states), (1, vec![1]));
        assert_eq!(report.teams_in_all, 6);
    }
    let community = build(day(&[&morning, &noon], &TEAMS), &Version::Community).unwrap();
    let names: Vec<&str> = community.teams.iter().map(|team| team.name.as_str()).collect();
    assert_eq!((names, community.tlp), (vec!["T1", "T2", "T3", "T4", "T5", "T6"], Tlp::Green));
    assert!(community.teams.iter().all(|team| team.country.is_none() && team.organisation.is_none()));
    let public = build(day(&[&morning, &noon], &TEAMS), &Version::Public).unwrap();
    assert!(public.teams.is_empty() && public.tlp == Tlp::Clear);
    assert_eq!((public.capabilities[0].teams, public.capabilities[0].median_milli), (6, Some(95_334)));
    assert_eq!(public.suppressed_below, None);
}

#[test]
fn figures_of_fewer_than_five_teams_leave_in_no_version() {
    // Five in the morning, four at noon.
    let (morning, noon) = (exercise("0190-morning", 0, &TEAMS[..5], 120), exercise("0190-noon", 1, &TEAMS[..4], 500));
    for version in [Version::Community, Version::Public] {
        let report = build(day(&[&morning, &noon], &TEAMS[..5]), &version).unwrap();
        let [first, second] = report.capabilities[0].exercises.as_slice() else { panic!("two exercises") };
        assert_eq!((first.median_milli, second.median_milli), (Some(100_000), None));
        assert_eq!(report.suppressed_below, Some(LEAST_TEAMS));
        let at_noon =
            report.teams.iter().flat_map(|team| &team.exercises).filter(|one| one.exercise == second.exercise);
        assert!(at_noon.clone().all(|one| one.score_milli.is_none() && one.capabilities.is_empty()));
    }
    // Nor of a whole day of four.
    let (morning, noon) = (exercise("0190-morning", 0, &TEAMS[..4], 120), exercise("0190-noon", 1, &TEAMS[..4], 500));
    for version in [Version::Community, Version::Public] {
        let report = build(day(&[&morning, &noon], &TEAMS[..4]), &version).unwrap();
        assert_eq!(report.suppressed_below, Some(LEAST_TEAMS), "{version:?}");
        assert!(report.capabilities.iter().all(|line| line.median_milli.is_none()));
        assert!(report.teams.iter().all(|team| team.score_milli.is_none() && team.capabilities.is_empty()));
        let written = written(&report);
        assert!(
            !written.contains("100.000") && !written.contains("90.669") && !written.contains("95.3"),
            "{version:?}"
        );
    }
}

#[test]
fn every_language_and_format_is_marked_and_says_the_same() {
    let [mut morning, noon] = played(&TEAMS);
    with_actions(&mut morning);
    let report = build(day(&[&morning, &noon], &TEAMS), &Version::Staff).unwrap();
    for language in languages() {
        let language = Language::from(language);
        let page = render(&report, &language);
        assert_eq!(page.matches("EXERCISE EXERCISE EXERCISE").count(), 4, "{language:?}");
        assert!(page.contains(&format!("<html lang=\"{}\"", language.0)) && page.contains("TLP:AMBER"));
        assert!(!page.contains('{') || page.contains("<style>"), "an unfilled gap");
        let body = page.split("</style>").nth(1).unwrap();
        assert!(!body.contains('{') && !body.contains('}'), "an unfilled gap in {language:?}");
    }
    for table in TABLES {
        let one = String::from_utf8(sheets(&report, &Language::from("en"), Some(table)).unwrap()).unwrap();
        assert!(one.trim_start_matches('\u{feff}').starts_with("EXERCISE EXERCISE EXERCISE,TLP:AMBER"), "{table}");
    }
    let rehearsed = Day { parts: vec![Part { rehearsal: true, ..part(&morning) }], ..day(&[&morning], &TEAMS) };
    assert!(build(rehearsed, &Version::Staff).unwrap().marking.ends_with("REHEARSAL"));
}

#[test]
fn the_later_rating_of_a_day_counts_and_each_exercise_keeps_its_own() {
    let teams = &TEAMS[..1];
    let [mut morning, mut noon] = played(teams);
    for (hall, rating) in [(&mut morning, "major"), (&mut noon, "performed")] {
        hall.join("marker", drillhall::engine::role::Role::LeadEvaluator);
        let rate = json!({ "type": "rate_objective", "team": "reef", "objective": "triage", "rating": rating, "reason": "Seen" });
        hall.act(1_900, "marker", act(rate));
    }
    let report = build(day(&[&morning, &noon], teams), &Version::Staff).unwrap();
    let ratings = |value: &Value| value["rating"].clone();
    let shown = serde_json::to_value(&report).unwrap();
    let team = &shown["teams"][0];
    assert_eq!(ratings(&team["capabilities"][0]), json!("performed"));
    assert_eq!(ratings(&team["exercises"][0]["capabilities"][0]), json!("major"));
    assert_eq!(shown["capabilities"][0]["exercises"][1]["ratings"], json!({ "performed": 1 }));
}

#[test]
fn answers_in_words_are_in_no_report_of_a_day() {
    let scenario = super::hall::TASK;
    let mut hall = Hall::playing_as("0190-morning", 0, scenario, &TEAMS[..1]);
    let why = [
        ("class", choice("guessing")),
        ("signs", choices(&["rate"])),
        ("why", super::hall::text("Since it is Monday")),
    ];
    hall.answer_to(THREE[0], 120, "reef", &why);
    hall.act(1_800, "director", Act::EndEx);
    let report = build(day(&[&hall], &TEAMS[..1]), &Version::Staff).unwrap();
    assert_eq!(report.unmarked, 1);
    assert!(!written(&report).contains("Since it is Monday"));
}
