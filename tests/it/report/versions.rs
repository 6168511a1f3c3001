//! What each version of a report leaves out: a whole drill is played, and its bytes are searched.

use std::sync::LazyLock;

use drillhall::{
    bot::{cast::Cast, rehearse::rehearse},
    engine::{id::TeamId, plan::Tlp, text::Language},
    report::{
        LEAST_TEAMS, VersionError, build,
        html::{languages, render},
        model::{Limit, Report, Version},
        tables::sheets,
    },
    scenario::{self, load_shipped, msel::FileKind},
};

use super::hall::{Hall, TASK, choice, text};

/// A drill of twelve teams with answers, logs and messages from team to team.
pub(super) static PLAYED: LazyLock<Report> = LazyLock::new(|| {
    let plan = load_shipped("zephyrine").unwrap_or_else(|wrong| panic!("{wrong}")).plan;
    let rehearsal = rehearse(&plan, &scenario::plan_hash(&plan), &Cast::invented(&plan, 12, &[]), 3).unwrap();
    let log: Vec<_> = (1..).zip(rehearsal.events).collect();
    build(&log, Some("cd".repeat(32))).unwrap()
});

/// Everything that is ever written of a version.
fn written(report: &Report) -> String {
    let mut all = serde_json::to_string(report).unwrap();
    for language in languages() {
        let language = Language::from(language);
        all += &render(report, &language);
        all += &String::from_utf8(sheets(report, &language, FileKind::Csv, None).unwrap()).unwrap();
    }
    all
}

/// Words that only a team of these wrote: answers of fields that take text.
fn own_words(report: &Report, of: impl Fn(&TeamId) -> bool) -> Vec<String> {
    let teams = report.teams.iter().filter(|team| of(&team.team));
    let fields = teams.flat_map(|team| &team.injects).flat_map(|inject| &inject.fields);
    fields.filter_map(|field| field.answer.clone()).filter(|answer| answer.len() > 40).collect()
}

#[test]
fn nothing_of_another_team_is_in_a_team_version() {
    let full = PLAYED.clone();
    assert!(full.teams.len() == 12 && !full.peers.is_empty() && full.timeline.len() > 500);
    for own in full.teams.iter().take(3) {
        let others: Vec<_> = full.teams.iter().filter(|team| team.team != own.team).collect();
        for version in [Version::Team { team: own.team.clone() }, Version::Brief { team: own.team.clone() }] {
            let report = full.clone().for_readers(&version).unwrap();
            let written = written(&report);
            assert!(written.contains(&own.name));
            for other in &others {
                for word in [other.name.as_str(), other.team.as_str(), other.code.as_str()] {
                    assert!(!written.contains(word), "{word} in {version:?}");
                }
            }
            // Bots say the same in the same situation: only what this team did not write itself shows a leak.
            let mine = own_words(&full, |team| *team == own.team);
            let theirs = own_words(&full, |team| *team != own.team);
            for answer in theirs.iter().filter(|answer| !mine.iter().any(|own| own.contains(answer.as_str()))) {
                let quoted = serde_json::to_string(answer).unwrap();
                assert!(!written.contains(quoted.trim_matches('"')), "{answer} in {version:?}");
            }
            assert_eq!(report.tlp, full.tlp.max(Tlp::Amber).min(Tlp::Amber));
        }
    }
}

#[test]
fn no_team_is_named_before_peers_or_the_public() {
    let full = PLAYED.clone();
    for version in [Version::Community, Version::Public] {
        let report = full.clone().for_readers(&version).unwrap();
        let written = written(&report);
        for team in &full.teams {
            for word in [team.name.as_str(), team.team.as_str()] {
                assert!(!written.contains(word), "{word} in {version:?}");
            }
        }
        for answer in own_words(&full, |_| true) {
            let quoted = serde_json::to_string(&answer).unwrap();
            assert!(!written.contains(quoted.trim_matches('"')), "{answer} in {version:?}");
        }
    }
    let community = full.clone().for_readers(&Version::Community).unwrap();
    assert_eq!((community.tlp, community.teams.len()), (Tlp::Green, 12));
    assert!(community.teams.is_sorted_by_key(|team| team.code.clone()), "the order of joining would tell who is who");
    let public = full.clone().for_readers(&Version::Public).unwrap();
    assert_eq!((public.tlp, public.teams.len(), public.teams_in_all), (Tlp::Clear, 0, 12));
    for team in &full.teams {
        assert!(!serde_json::to_string(&public).unwrap().contains(&team.code));
    }
    assert!(!public.timings.is_empty() && public.timings.iter().all(|line| line.teams.is_empty()));
}

#[test]
fn figures_of_few_teams_stay_inside() {
    let teams = [("a-1", "Alpha", "en"), ("b-2", "Beta", "fr"), ("c-3", "Gamma", "fr"), ("d-4", "Delta", "fr")];
    let mut hall = Hall::playing(TASK, &teams);
    for (team, ..) in teams {
        hall.answer(120, team, &[("class", choice("guessing")), ("why", text("One source."))]);
    }
    hall.act(1_800, "director", drillhall::engine::command::Act::EndEx);
    let full = hall.report();
    assert!(!full.timings.is_empty() && !full.pace.is_empty() && !full.findings.is_empty());
    let public = full.for_readers(&Version::Public).unwrap();
    assert!(public.limits.contains(&Limit::TooFewTeams { least: LEAST_TEAMS }));
    assert!(public.timings.is_empty() && public.pace.is_empty() && public.findings.is_empty());
    assert!(public.capabilities.is_empty() && public.peers.is_empty());
    assert!(public.objectives.iter().all(|line| line.ratings.is_empty() && line.suggested.is_empty()));
}

#[test]
fn a_team_that_did_not_take_part_has_no_version() {
    let full = Hall::playing(TASK, &[("a", "Alpha", "en")]).report();
    let asked = Version::Team { team: TeamId::from("b") };
    let wrong = full.for_readers(&asked).unwrap_err();
    assert_eq!(wrong, VersionError::NoSuchTeam { team: TeamId::from("b"), known: vec!["a".to_owned()] });
    assert_eq!(wrong.to_string(), "no team is called b: the teams are a");
}

/// What staff say about several teams may name them; a team reads it only if it names no other.
#[test]
fn staff_may_name_a_team_and_another_does_not_read_it() {
    use drillhall::engine::command::Act;
    let mut hall = Hall::playing(TASK, &[("reef-1", "Reef Watch", "en"), ("lagoon-2", "Lagoon Desk", "fr")]);
    hall.act(60, "director", Act::Pause { team: None, reason: "Reef Watch lost its line".to_owned() });
    hall.act(70, "director", Act::Resume { team: None });
    hall.act(80, "director", Act::Pause { team: None, reason: "Lunch".to_owned() });
    let of = |team: &str| hall.report().for_readers(&Version::Team { team: TeamId::from(team) }).unwrap();
    let texts = |report: Report| report.timeline.into_iter().filter_map(|line| line.text).collect::<Vec<_>>();
    assert_eq!(texts(of("lagoon-2")), ["Lunch"]);
    assert_eq!(texts(of("reef-1")), ["Reef Watch lost its line", "Lunch"]);
}

/// A short id hides what names it, and not every word that has its letters.
#[test]
fn a_team_is_found_where_its_name_stands_as_a_word() {
    use drillhall::engine::command::Act;
    let told = |id: &str, name: &str, reason: &str| {
        let mut hall = Hall::playing(TASK, &[(id, name, "en"), ("lagoon-2", "Lagoon Desk", "fr")]);
        hall.act(60, "director", Act::Pause { team: None, reason: reason.to_owned() });
        let own = hall.report().for_readers(&Version::Team { team: TeamId::from("lagoon-2") }).unwrap();
        own.timeline.iter().any(|line| line.text.as_deref() == Some(reason))
    };
    for shown in ["We restored the mail", "Three of them more", "pre3re", "Résolu"] {
        assert!(told("re", "Reef Watch", shown), "{shown}");
    }
    for hidden in ["Ask re", "RE: mail", "(re)", "re's line", "Reef Watch lost its line", "re-1", "“re”"] {
        assert!(!told("re", "Reef Watch", hidden), "{hidden}");
    }
    // Ids are of small Latin letters; a name may be in any script, and not every script ends words with a space.
    for (name, hidden) in
        [("海港", "通知海港队"), ("المرجان", "والمرجان أخبرنا"), ("Риф", "Нет Рифа"), ("ทะเล", "ทีมทะเลมา")]
    {
        assert!(!told("x9", name, hidden), "{hidden}");
    }
    assert!(told("x9", "Риф", "Шериф"), "a part of another word");
}
