//! How long teams took: the middle, nine in ten, how many, and how many never came.

use std::collections::BTreeMap;

use drillhall::engine::{
    command::{Act, AnswerInput},
    plan::{FieldKind, InjectKind, Plan},
    role::Role,
    score::{Metric, Spread, timings},
    time::Millis,
};

use super::{
    acts::{excuse, minute, recall},
    fixture::{Drill, acknowledge, add_team, answer, choice, given, pause, resume, submit},
    judging::credit,
    plan::{at, field, of_kind, options, quiz, with, with_form},
};

/// `task` comes at ten minutes and closes at forty.
fn plan() -> Plan {
    with(vec![quiz(at("task", 10), Some(30))])
}

fn delivered() -> Act {
    Act::NoteDelivered { inject: "task".into() }
}

fn opened() -> Act {
    Act::NoteOpened { inject: "task".into() }
}

fn of_team(drill: &Drill, team: &str) -> BTreeMap<Metric, Spread> {
    timings(&drill.state, [drill.team(team)])
}

/// How long a team took, in seconds; the middle one, if there are several.
fn seconds(spread: Spread) -> Option<i64> {
    spread.median.map(|time| time.0 / 1000)
}

/// Teams besides atoll and basin that open the inject so many seconds after it came to them; some never do.
fn opened_after(times: &[Option<i64>]) -> Spread {
    let names: Vec<String> = (0..times.len()).map(|n| format!("team-{n}")).collect();
    let mut drill = given(plan());
    for name in &names {
        drill = drill.and("director", add_team(name));
        drill.seat(&format!("{name}-lead"), Role::TeamLead, Some(name));
    }
    drill = drill.started().at(10);
    for name in &names {
        drill = drill.and(&format!("{name}-lead"), delivered());
    }
    let mut opening: Vec<(i64, &String)> =
        times.iter().zip(&names).filter_map(|(time, name)| Some(((*time)?, name))).collect();
    opening.sort();
    for (time, name) in opening {
        drill = drill.at_seconds(600 + time).and(&format!("{name}-lead"), opened());
    }
    let teams = names.iter().map(|name| drill.team(name));
    timings(&drill.state, teams)[&Metric::Open]
}

fn spread(median: i64, p90: i64, n: u32, not_done: u32) -> Spread {
    Spread { median: Some(Millis::seconds(median)), p90: Some(Millis::seconds(p90)), n, not_done }
}

#[test]
fn the_middle_and_nine_in_ten_are_times_that_a_team_took() {
    let all = |times: &[i64]| opened_after(&times.iter().copied().map(Some).collect::<Vec<_>>());
    assert_eq!(all(&[70]), spread(70, 70, 1, 0));
    assert_eq!(all(&[70, 20]), spread(20, 70, 2, 0), "the lower of two");
    assert_eq!(all(&[300, 60, 120]), spread(120, 300, 3, 0), "an odd number");
    assert_eq!(all(&[300, 60, 600, 120]), spread(120, 600, 4, 0), "an even number");
    assert_eq!(all(&[10, 20, 30, 40, 50, 60, 70, 80, 90, 100]), spread(50, 90, 10, 0), "the ninth of ten");
    assert_eq!(all(&[10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110]), spread(60, 100, 11, 0), "the tenth of eleven");
}

#[test]
fn what_never_came_is_counted_and_is_no_time() {
    assert_eq!(opened_after(&[Some(60), None, Some(120), None, Some(300)]), spread(120, 300, 3, 2));
    let nobody = opened_after(&[None, None]);
    assert_eq!(nobody, Spread { median: None, p90: None, n: 0, not_done: 2 });
}

#[test]
fn without_teams_or_without_what_was_sent_there_are_no_times() {
    let drill = given(plan()).started().at(12);
    assert_eq!(timings(&drill.state, []), BTreeMap::new());
    assert_eq!(of_team(&given(plan()).started().at(5), "atoll"), BTreeMap::new());
}

#[test]
fn a_pause_is_no_part_of_any_time() {
    for of in [None, Some("atoll")] {
        let drill = given(plan()).started().at(10).and("atoll-lead", delivered()).at(12);
        let drill = drill.and("director", pause(of)).at(25).and("director", resume(of)).at(26);
        let drill = drill.and("atoll-lead", opened()).at(28).and("atoll-lead", answer("task", "right"));
        let times = of_team(&drill, "atoll");
        assert_eq!(seconds(times[&Metric::Open]), Some(180), "{of:?}");
        assert_eq!(seconds(times[&Metric::Answer]), Some(300), "{of:?}");
    }
}

#[test]
fn a_credited_outage_is_taken_out() {
    let drill = || {
        let drill = given(plan()).started().connected("atoll", true).at(10).and("atoll-lead", delivered()).at(11);
        let drill = drill.connected("atoll", false).at(13).connected("atoll", true).at(15);
        drill.and("atoll-lead", opened()).at(17).and("atoll-lead", answer("task", "right"))
    };
    let took = |drill: &Drill| {
        let times = of_team(drill, "atoll");
        (seconds(times[&Metric::Open]), seconds(times[&Metric::Answer]))
    };
    assert_eq!(took(&drill()), (Some(300), Some(420)), "an absence that nobody credited is the team's");
    assert_eq!(took(&drill().and("director", credit("atoll", minute(11), minute(13)))), (Some(180), Some(300)));
}

#[test]
fn time_runs_from_delivery_and_each_kind_of_question_has_its_own() {
    let fields = vec![
        field("class", 0, FieldKind::Classification),
        field("call", 0, FieldKind::Decision { options: options(&["stop", "go"]) }),
        field("note", 0, FieldKind::ShortText { max_chars: 20 }),
    ];
    let note = ("note", AnswerInput::Text("seen".to_owned()));
    let class = ("class", choice("availability"));
    let call = ("call", AnswerInput::Decision { option: Some("stop".into()), rationale: "so".to_owned() });
    let drill = given(with(vec![with_form(at("task", 10), None, fields)])).started().at(11);
    let drill = drill.and("atoll-lead", delivered()).at(12).and("atoll-lead", acknowledge("task")).at(13);
    let drill = drill.and("atoll-lead", submit("task", std::slice::from_ref(&note))).at(15);
    let drill = drill.and("atoll-lead", submit("task", &[note.clone(), class.clone()])).at(18);
    let drill = drill.and("atoll-lead", submit("task", &[note, class, call]));
    let times = of_team(&drill, "atoll");
    let took = |metric| times.get(&metric).copied().and_then(seconds);
    assert_eq!(took(Metric::Acknowledge), Some(60));
    assert_eq!(took(Metric::Answer), Some(120), "the first answer");
    assert_eq!(took(Metric::Classify), Some(240), "the first with a class");
    assert_eq!(took(Metric::Decide), Some(420), "the first with a decision");
    assert_eq!(times[&Metric::Open], Spread { median: None, p90: None, n: 0, not_done: 1 });
    assert!(!times.contains_key(&Metric::Report), "nothing of a report was asked");
}

#[test]
fn what_was_recalled_excused_or_is_practice_asks_for_nothing() {
    let sent = || given(plan()).started().at(12);
    assert_eq!(of_team(&sent(), "atoll")[&Metric::Answer].not_done, 1);
    assert_eq!(of_team(&sent().and("director", excuse("task", None)), "atoll"), BTreeMap::new());
    assert_eq!(of_team(&sent().and("director", recall("task", None)), "atoll"), BTreeMap::new());
    let practice = with(vec![of_kind(quiz(at("task", 10), None), InjectKind::Practice)]);
    assert_eq!(of_team(&given(practice).started().at(12), "atoll"), BTreeMap::new());
}
