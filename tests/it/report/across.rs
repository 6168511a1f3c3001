//! Several exercises together: the trend of one team, and figures of an event that name nobody.

use std::collections::BTreeMap;

use drillhall::{
    engine::{command::Act, event::Rating, id::TeamId},
    report::{
        LEAST_TEAMS,
        across::{AcrossError, Countries, Country, Played, Who, indicators, trend},
        model::Report,
    },
};
use serde_json::json;

use super::{
    hall::{Hall, THREE, choice, choices, three_tasks},
    versions::PLAYED,
};

/// An exercise in which these teams answered everything after so many seconds, and are done.
pub(super) fn exercise(id: &str, day: i64, teams: &[(&str, &str, &str)], second: i64) -> Hall {
    let mut hall = Hall::playing_as(id, day, &three_tasks(), teams);
    for (team, ..) in teams {
        for inject in THREE {
            let answers = [("class", choice("guessing")), ("signs", choices(&["rate", "source"]))];
            hall.answer_to(inject, second, team, &answers);
        }
    }
    hall.act(1_800, "director", Act::EndEx);
    hall
}

fn first() -> Hall {
    let mut hall = exercise("0190-one", 0, &[("reef", "Reef Watch", "en"), ("lagoon", "Lagoon Desk", "fr")], 120);
    let put = json!({ "type": "put_corrective_action", "action": "tell", "scope": { "team": "reef" }, "text": "Tell us",
                      "capability": "triage_and_classification", "element": "planning", "owner": "Ministry",
                      "completion": "2026-06-30", "priority": "high" });
    hall.act(1_900, "reef", serde_json::from_value(put).unwrap());
    let agreed = json!({ "type": "set_corrective_state", "action": "tell", "state": "agreed" });
    hall.act(1_901, "reef", serde_json::from_value(agreed).unwrap());
    hall
}

fn second() -> Hall {
    exercise("0191-two", 200, &[("reef-2", "REEF WATCH", "en"), ("atoll", "Atoll", "fr")], 500)
}

fn third() -> Hall {
    exercise("0192-three", 400, &[("atoll", "Atoll", "fr")], 120)
}

fn reports() -> Vec<Report> {
    [third(), first(), second()].iter().map(Hall::report).collect()
}

fn text(bytes: Result<Vec<u8>, AcrossError>) -> String {
    String::from_utf8(bytes.unwrap()).unwrap()
}

fn by_name(name: &str) -> Who {
    Who::Named(name.to_owned())
}

#[test]
fn a_trend_has_a_row_for_all_that_a_team_showed_and_says_where_it_was_absent() {
    let written = text(trend(reports(), &by_name("reef watch"), &Countries::default()));
    insta::assert_snapshot!(written.trim_start_matches('\u{feff}'), @r"
    EXERCISE EXERCISE EXERCISE,TLP:AMBER
    exercise,title,date,rehearsal,scoring_rules,team,name,line,of,score,attainable,counted,rating,suggested,median_s,n,not_done,target_s,in_target,with_target,actions_proposed,actions_agreed,actions_closed
    0190-one,A tiny drill,2026-01-01,no,1,reef,Reef Watch,overall,,100.000,48.000,3,,,,,,,,,1,1,0
    0190-one,A tiny drill,2026-01-01,no,1,reef,Reef Watch,capability,triage_and_classification,100.000,48.000,3,,performed,,,,,,,1,1,0
    0190-one,A tiny drill,2026-01-01,no,1,reef,Reef Watch,timing,open,,,,,,,0,3,,,,,,
    0190-one,A tiny drill,2026-01-01,no,1,reef,Reef Watch,timing,acknowledge,,,,,,,0,3,,,,,,
    0190-one,A tiny drill,2026-01-01,no,1,reef,Reef Watch,timing,answer,,,,,,60.000,3,0,300.000,3,3,,,
    0191-two,A tiny drill,2026-07-20,no,1,reef-2,REEF WATCH,overall,,90.669,48.000,3,,,,,,,,,0,0,0
    0191-two,A tiny drill,2026-07-20,no,1,reef-2,REEF WATCH,capability,triage_and_classification,90.669,48.000,3,,performed,,,,,,,0,0,0
    0191-two,A tiny drill,2026-07-20,no,1,reef-2,REEF WATCH,timing,open,,,,,,,0,3,,,,,,
    0191-two,A tiny drill,2026-07-20,no,1,reef-2,REEF WATCH,timing,acknowledge,,,,,,,0,3,,,,,,
    0191-two,A tiny drill,2026-07-20,no,1,reef-2,REEF WATCH,timing,answer,,,,,,440.000,3,0,300.000,0,3,,,
    0192-three,A tiny drill,2027-02-05,no,1,,,absent,,,,,,,,,,,,,,,
    ");
}

#[test]
fn ids_differ_from_exercise_to_exercise_and_can_be_said() {
    let none = Countries::default();
    let who = |elsewhere: &[(&str, &str)]| Who::Team {
        everywhere: Some(TeamId::from("reef")),
        elsewhere: elsewhere.iter().map(|(exercise, team)| ((*exercise).into(), (*team).into())).collect(),
    };
    let said = text(trend(reports(), &who(&[("0191-two", "reef-2")]), &none));
    assert_eq!(said, text(trend(reports(), &by_name("Reef Watch"), &none)));
    let unsaid = text(trend(reports(), &who(&[]), &none));
    assert_eq!(unsaid.matches(",absent,").count(), 2, "{unsaid}");
    let wrong = trend(reports(), &who(&[("0199-none", "reef-2")]), &none).unwrap_err();
    assert_eq!((wrong.code(), wrong.to_string().contains("0199-none")), ("no_such_exercise", true));
    let only = Who::Team { everywhere: None, elsewhere: BTreeMap::from([("0191-two".into(), "reef-2".into())]) };
    assert_eq!(text(trend(reports(), &only, &none)).matches(",absent,").count(), 2);
}

#[test]
fn a_country_is_known_by_a_list_and_the_order_of_logs_changes_nothing() {
    let list = b"\xef\xbb\xbfteam;exercise;country\r\nreef;;tv\r\nReef Watch;0191-two;TV\r\natoll;;KI\r\n";
    let countries = Countries::read(list).unwrap();
    let tuvalu = || Who::Of(Country::of("tv").unwrap());
    let mut reports = reports();
    let one = text(trend(reports.clone(), &tuvalu(), &countries));
    reports.reverse();
    assert_eq!(one, text(trend(reports.clone(), &tuvalu(), &countries)));
    assert_eq!(one, text(trend(reports.clone(), &by_name("Reef Watch"), &countries)));
    reports.push(first().report());
    assert_eq!(trend(reports, &tuvalu(), &countries).unwrap_err().code(), "exercise_twice");
}

#[test]
fn whoever_took_part_nowhere_is_told_who_did() {
    let wrong = trend(reports(), &by_name("Cove"), &Countries::default()).unwrap_err();
    assert_eq!(
        wrong.to_string(),
        "a team called 'Cove' took part in none of these exercises: the teams are Atoll, Lagoon Desk, REEF WATCH, Reef Watch"
    );
    let lists = [
        (&b"team,country\nreef,TUV\n"[..], "bad_country_code"),
        (b"team,country\nreef,T1\n", "bad_country_code"),
        (b"name,country\nreef,TV\n", "countries_no_column"),
        (b"team,country\n\xff\xfe,TV\n", "countries_unreadable"),
    ];
    for (list, code) in lists {
        assert_eq!(Countries::read(list).unwrap_err().code(), code);
    }
}

#[test]
fn a_trend_holds_no_formula() {
    let hall = exercise("0190-one", 0, &[("a", "=cmd|' /C calc'!A0", "en")], 120);
    let written = text(trend(vec![hall.report()], &by_name("=cmd|' /C calc'!A0"), &Countries::default()));
    assert!(written.contains(",'=cmd|' /C calc'!A0,") && !written.contains(",=cmd"), "{written}");
}

#[test]
fn people_who_did_something_were_trained() {
    let mut hall = Hall::playing_as("0190-one", 0, &three_tasks(), &[("a", "A", "en"), ("b", "B", "en")]);
    hall.answer(120, "a", &[("class", choice("guessing"))]);
    assert_eq!(Played::of(&hall.log()).unwrap().trained, 1, "nobody of b did anything, and a director is none");
}

/// The whole drill of twelve teams, rated, with countries of three groups.
fn event(rated: usize) -> (Vec<Played>, Countries) {
    let mut report = PLAYED.clone();
    for team in report.teams.iter_mut().take(rated) {
        team.objectives.iter_mut().for_each(|line| line.rating = Some(Rating::Some));
    }
    let codes = ["TV", "KI", "NP", "LA", "BO", "FJ", "ZW", "QA", "FR", "NL"];
    let lines = report.teams.iter().zip(codes).map(|(team, code)| format!("{},{code}\n", team.team));
    let list = format!("team,country\n{}", lines.collect::<String>());
    let countries = Countries::read(list.as_bytes()).unwrap();
    (vec![Played { report, trained: 48 }], countries)
}

#[test]
fn indicators_name_nobody() {
    let (played, countries) = event(6);
    let written = text(indicators(&played, &countries));
    let report = &played[0].report;
    for team in &report.teams {
        for word in [team.name.as_str(), team.team.as_str(), team.code.as_str(), report.exercise.as_str()] {
            assert!(!written.contains(word), "{word}");
        }
    }
    let cells: Vec<&str> = written.split([',', '\n']).collect();
    for code in ["TV", "KI", "NP", "LA", "BO", "FJ", "ZW", "QA", "FR", "NL"] {
        assert!(!cells.contains(&code), "{code}");
    }
    assert!(written.contains("TLP:CLEAR"));
    for line in [
        "teams,,,12,",
        "countries,,,10,",
        "teams_of_no_known_country,,,2,",
        "countries_of_group,ldc,2024-12-13,4,",
        "countries_of_group,lldc,2024-12-13,4,",
        "countries_of_group,sids,2024-12-13,3,",
        "people_trained,,,48,",
        "teams_rated,analysis_and_forensics,some,6,6",
        "teams_rated,analysis_and_forensics,performed,0,6",
    ] {
        assert!(written.lines().any(|written| written == line), "{line} is not in {written}");
    }
    assert!(written.contains("median_s,answer,,"));
}

#[test]
fn what_fewer_than_five_teams_stand_behind_is_left_out() {
    let (played, countries) = event(4);
    let written = text(indicators(&played, &countries));
    assert!(written.contains("teams_rated,analysis_and_forensics,some,,4\n"), "{written}");
    // Four teams that play twice are four teams, whatever ids they have.
    let teams = |n: &str| ["Atoll", "Basin", "Cove", "Dune"].map(|name| (format!("{}-{n}", name.to_lowercase()), name));
    let play = |id: &str, day: i64| {
        let teams = teams(id);
        let teams: Vec<_> = teams.iter().map(|(id, name)| (id.as_str(), *name, "en")).collect();
        Played::of(&exercise(id, day, &teams, 120).log()).unwrap()
    };
    let written = text(indicators(&[play("0190-one", 0), play("0191-two", 7)], &Countries::default()));
    assert_eq!(
        written.trim_start_matches('\u{feff}'),
        format!(
            "EXERCISE EXERCISE EXERCISE,TLP:CLEAR\nindicator,of,level,value,teams\nexercises,,,2,\n\
             first_day,,,2026-01-01,\nlast_day,,,2026-01-08,\nteams,,,4,\nsuppressed_below_teams,,,{LEAST_TEAMS},\n"
        )
    );
}

/// A national drill: six teams of one country are six teams. Without a list nothing is said of countries.
#[test]
fn teams_of_one_country_are_told_apart_and_an_unknown_country_is_not_none() {
    let names = ["Atoll", "Basin", "Cove", "Dune", "Estuary", "Fjord"];
    let ids = names.map(str::to_lowercase);
    let teams: Vec<_> = ids.iter().zip(names).map(|(id, name)| (id.as_str(), name, "en")).collect();
    let play = |id: &str, day: i64| Played::of(&exercise(id, day, &teams, 120).log()).unwrap();
    let played = [play("0190-one", 0), play("0191-two", 7)];
    let list = format!("team,country\n{}", ids.map(|id| format!("{id},FJ\n")).concat());
    let written = text(indicators(&played, &Countries::read(list.as_bytes()).unwrap()));
    for line in ["teams,,,6,", "countries,,,1,", "teams_of_no_known_country,,,0,", "median_s,answer,,60.000,6"] {
        assert!(written.lines().any(|written| written == line), "{line} is not in {written}");
    }
    let unlisted = text(indicators(&played, &Countries::default()));
    assert!(!unlisted.contains("\ncountries") && unlisted.contains("teams_of_no_known_country,,,6,"), "{unlisted}");
}

#[test]
fn a_rehearsal_is_no_indicator() {
    let (mut played, countries) = event(6);
    assert!(played[0].report.rehearsal);
    assert!(text(indicators(&played, &countries)).starts_with("\u{feff}EXERCISE EXERCISE EXERCISE \u{2013} REHEARSAL"));
    played.push(Played::of(&first().log()).unwrap());
    assert_eq!(indicators(&played, &countries).unwrap_err().code(), "rehearsal");
}
