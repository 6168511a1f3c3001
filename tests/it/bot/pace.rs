//! The pace of simulated teams is that of real ones.

use std::{collections::BTreeSet, path::PathBuf};

use drillhall::{
    bot::{
        cast::Cast,
        pace::{ACTS_A_QUARTER, GAP, REPLY, draw},
        profile::Profile,
        rehearse::rehearse,
    },
    engine::time::Millis,
    report::rehearsal::{analyse, model::Terms},
    scenario,
};
use serde_json::Value;

/// What a real log says, in milliseconds.
#[derive(Default)]
struct Measured {
    replies: Vec<u64>,
    gaps: Vec<u64>,
    acts: u64,
    quarters: u64,
}

fn lines(path: PathBuf) -> Option<Vec<Value>> {
    let text = std::fs::read_to_string(path).ok()?;
    Some(text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

/// Milliseconds of the day; all of it was on one day.
fn time(value: &Value) -> u64 {
    let stamp = value.as_str().unwrap();
    let number = |range: std::ops::Range<usize>| stamp[range].parse::<u64>().unwrap();
    ((number(11..13) * 60 + number(14..16)) * 60 + number(17..19)) * 1000 + number(20..23)
}

fn measured() -> Option<Measured> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/examples");
    let examples = std::env::var_os("DRILLHALL_EXAMPLES").map_or(beside, PathBuf::from);
    let folder = examples.join("ixp-logs/logs-2023-dry-run");
    let start = time(&lines(folder.join("exercise.jsonl"))?[0]["exercise_start"]);
    let people = lines(folder.join("email_participants.jsonl"))?;
    let team_of =
        |sender: &Value| people.iter().find(|one| one["participant_id"] == *sender).unwrap()["team_id"].as_u64();
    let mut found = Measured::default();
    for team in 1..=5_u64 {
        let own = folder.join(format!("team-{team}"));
        let log = lines(own.join("action_logs.jsonl"))?;
        let commands = log.iter().filter(|line| line["action_type"] == "COMMAND");
        let mut acts: Vec<u64> = commands.map(|line| time(&line["timestamp"])).collect();
        for thread in lines(own.join("emails.jsonl"))? {
            let mails = thread["emails"].as_array().unwrap().iter();
            let mut mails: Vec<_> =
                mails.map(|mail| (time(&mail["timestamp"]), team_of(&mail["sender_id"]) == Some(team))).collect();
            mails.sort_unstable();
            let mut waits = None;
            for (at, own) in mails {
                if own {
                    acts.push(at);
                    found.replies.extend(waits.take().map(|since| at - since));
                } else {
                    waits.get_or_insert(at);
                }
            }
        }
        acts.sort_unstable();
        found.gaps.extend(acts.windows(2).map(|pair| pair[1] - pair[0]));
        found.acts += acts.len() as u64;
        found.quarters += acts.iter().map(|at| (at - start) / 900_000).collect::<BTreeSet<_>>().len() as u64;
    }
    Some(found)
}

fn deciles(mut times: Vec<u64>) -> Vec<u64> {
    times.sort_unstable();
    (1..10).map(|decile| times[(decile * times.len()).div_ceil(10) - 1] / 1000).collect()
}

/// The real log is not part of this repository: `DRILLHALL_EXAMPLES` names the folder of examples.
#[test]
fn the_figures_are_those_of_the_real_log() {
    let Some(found) = measured() else {
        println!("SKIPPED: the real log is not there, so the figures were not derived again");
        return;
    };
    assert_eq!(deciles(found.replies), REPLY.map(u64::from));
    assert_eq!(deciles(found.gaps), GAP.map(u64::from));
    assert_eq!((found.acts + found.quarters / 2) / found.quarters, u64::from(ACTS_A_QUARTER));
}

#[test]
fn simulated_teams_do_about_as_much_in_a_quarter_hour_as_real_ones() {
    let plan = scenario::load_shipped("zephyrine").unwrap_or_else(|wrong| panic!("{wrong}")).plan;
    let profiles = [Profile::Fast, Profile::Slow, Profile::Wrong, Profile::Chatty];
    let cast = Cast::invented(&plan, 4, &profiles);
    let rehearsal = rehearse(&plan, "", &cast, 1).unwrap();
    let analysis = analyse(&rehearsal.events, Terms::default()).unwrap();
    let quarters = analysis.teams.iter().flat_map(|team| &team.quarters).filter(|quarter| quarter.acts > 0);
    let (acts, count) = quarters.fold((0, 0), |(acts, count), quarter| (acts + quarter.acts, count + 1));
    let average = acts / count;
    assert!((ACTS_A_QUARTER / 2..=ACTS_A_QUARTER * 2).contains(&average), "{average} acts a quarter hour");
}

#[test]
fn draws_meet_the_deciles_and_never_fall() {
    assert_eq!(draw(&REPLY, 0), Millis(0));
    assert_eq!(draw(&REPLY, 100), Millis::seconds(62));
    assert_eq!(draw(&REPLY, 500), Millis::seconds(213));
    assert_eq!(draw(&REPLY, 950), Millis::seconds(702));
    let all: Vec<Millis> = (0..1000).map(|permille| draw(&GAP, permille)).collect();
    assert!(all.is_sorted());
}
