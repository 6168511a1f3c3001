//! Pictures of the report on paper, and what they say to those who do not see them.

use drillhall::{
    engine::{command::Act, text::Language},
    report::{
        model::{PeerLine, Report, Version},
        pdf::{Fonts, render},
    },
};

use super::{
    hall::{Hall, TASK, choice},
    paper::{Paper, close},
};

/// Two teams have answered what nobody has to mark, one of them as it should, and that one told the other.
fn played() -> Report {
    let task: Vec<&str> = TASK.lines().filter(|line| !line.contains("id: why")).collect();
    let mut hall = Hall::playing(&task.join("\n"), &[("reds", "The Reds", "en"), ("blues", "The Blues", "en")]);
    hall.answer(120, "reds", &[("class", choice("guessing"))]);
    hall.answer(300, "blues", &[("class", choice("storm"))]);
    hall.act(1_900, "director", Act::EndEx);
    let told = PeerLine {
        from: Some("reds".into()),
        to: Some("blues".into()),
        messages: 1,
        rows: vec![hall.report().head_seq],
    };
    Report { peers: vec![told], ..hall.report() }
}

fn paper(report: &Report, language: &str) -> Paper {
    Paper::read(&render(report, &Language::from(language), &Fonts::of_the_machine(None)).unwrap())
}

#[test]
fn every_picture_says_in_words_what_it_shows() {
    for language in ["en", "fr", "ar"] {
        let paper = paper(&played(), language);
        let alternatives = paper.alternatives();
        assert_eq!(alternatives.len(), paper.elements("Figure"));
        assert!(alternatives.iter().all(|said| !said.is_empty()), "{alternatives:?}");
        assert!(alternatives.len() > 8, "{alternatives:?}");
    }
    let said = paper(&played(), "en").alternatives();
    for expected in ["Planned: T+0:01:00; First sent: T+0:01:00", "Median: 1:00; Teams: 1:00, 4:00"] {
        assert!(said.iter().any(|said| said.replace('\u{a0}', " ") == expected), "{expected}: {said:?}");
    }
}

#[test]
fn teams_and_injects_and_who_told_whom_stand_as_shades_with_figures() {
    let pages = paper(&played(), "en").pages().concat();
    for heading in ["Teams and injects", "Plan and course", "Who told whom", "Answers against their time"] {
        assert!(pages.contains(&close(heading)), "{heading}");
    }
    assert!(pages.contains("Messagesbetweenteams:1."), "{pages}");
    assert!(pages.contains("TheReds75TheBlues0"), "{pages}");
}

#[test]
fn nothing_of_another_team_is_on_the_paper_of_a_team() {
    let version = Version::Team { team: "reds".into() };
    let report = played().for_readers(&version).unwrap();
    let paper = paper(&report, "en");
    let all = paper.pages().concat() + &paper.alternatives().concat();
    assert!(all.contains(&close("The Reds")));
    for other in ["TheBlues", "The Blues", "blues", "4:00"] {
        assert!(!all.contains(other), "{other}");
    }
    assert!(all.contains(&close("another team")), "{all}");
}

#[test]
fn every_version_can_be_printed() {
    for version in [Version::Brief { team: "reds".into() }, Version::Community, Version::Public] {
        let report = played().for_readers(&version).unwrap();
        let pages = paper(&report, "en").pages();
        assert!(pages.iter().all(|page| page.contains("EXERCISEEXERCISEEXERCISE") && page.contains("TLP:")));
        assert!(!pages.concat().contains("TheBlues"), "{version:?}");
    }
}
