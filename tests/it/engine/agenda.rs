//! What staff see ahead: injects, phases, breaks and cuts in the order in which they come.

use drillhall::engine::{
    plan::Plan,
    view::{card::Coming, value::agenda_items},
};

use super::{
    acts::{excuse, recall, skip_break},
    fixture::{Drill, given, pause, resume},
    plan::{at, cut, pause_at, phase, quiz, silent, when, with},
    views::keys,
};

/// At what minute, what, and for whom.
fn ahead(drill: &Drill) -> Vec<String> {
    let items = agenda_items(&drill.state).into_iter().map(|item| {
        let what = match item.what {
            Coming::Phase { phase } => format!("phase {phase}"),
            Coming::LineCut { cut } => format!("cut {cut}"),
            Coming::LineRestored { cut } => format!("restored {cut}"),
            Coming::Inject { inject } => inject.to_string(),
            Coming::Break { pause, length } => format!("break {pause} of {}", length.0 / 60_000),
        };
        let teams = item.teams.map_or(String::new(), |teams| {
            format!(" for {}", teams.iter().map(ToString::to_string).collect::<Vec<_>>().join("+"))
        });
        format!("{} {what}{teams}", item.plan_time.0 / 60_000)
    });
    items.collect()
}

fn plan() -> Plan {
    Plan {
        phases: vec![phase("storm", 5)],
        breaks: vec![pause_at("tea", 5, 10)],
        cuts: vec![cut(None, 5, 8)],
        ..with(vec![at("mail", 5), at("news", 9)])
    }
}

#[test]
fn breaks_phases_and_cuts_are_seen_ahead_with_the_injects() {
    let drill = given(plan()).started();
    assert_eq!(ahead(&drill), ["5 phase storm", "5 cut 0", "5 mail", "5 break tea of 10", "8 restored 0", "9 news"]);
    let drill = drill.and("director", skip_break("tea")).at(5);
    assert_eq!(ahead(&drill), ["8 restored 0", "9 news"]);
}

#[test]
fn a_team_that_is_behind_has_its_phases_and_cuts_ahead() {
    let drill = given(plan()).started().and("director", skip_break("tea")).and("director", pause(Some("atoll")));
    let drill = drill.at(6).and("director", resume(Some("atoll")));
    let atoll = ["5 phase storm for atoll", "5 cut 0 for atoll", "5 mail for atoll"];
    assert_eq!(ahead(&drill)[..3], atoll);
}

#[test]
fn nobody_is_silent_who_was_let_off() {
    let plan = || with(vec![quiz(at("task", 1), None), when("nudge", silent("task", 2), 9)]);
    let silent = |drill: &Drill| keys(drill, "director").contains("silent/task/atoll");
    let drill = given(plan()).started().connected("atoll", true).at(4);
    assert!(silent(&drill));
    assert!(!silent(&drill.and("director", excuse("task", Some(&["atoll"])))));
    let drill = given(plan()).started().at(4).and("director", recall("task", None));
    assert!(!silent(&drill));
}
