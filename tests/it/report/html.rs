//! The report as people read it.

use drillhall::{
    engine::{command::Act, event::EntryKind, text::Language},
    report::html::{languages, render},
};

use super::hall::{Hall, TASK, choice, text};

const HOSTILE: &str = "</td><script>alert(1)</script> \u{202E}gpj.exe \" onmouseover='x' {n} &amp;";

fn hostile() -> Hall {
    let mut hall = Hall::playing(TASK, &[("a", "<b>Bold\u{202E} & brave</b>", "en")]);
    hall.answer(120, "a", &[("class", choice("guessing")), ("why", text(HOSTILE))]);
    hall.act(
        130,
        "a",
        Act::WriteLog {
            text: HOSTILE.to_owned(),
            happened_at: None,
            inject: None,
            kind: EntryKind::Observation,
            tlp: None,
            corrects: None,
        },
    );
    hall.act(140, "a", Act::Say { team: None, text: HOSTILE.to_owned(), persona: None });
    hall.act(150, "director", Act::Pause { team: None, reason: HOSTILE.to_owned() });
    hall
}

#[test]
fn hostile_text_stays_text() {
    let report = hostile().report();
    for language in languages() {
        let html = render(&report, &Language::from(language));
        assert!(!html.contains("<script"), "{language}");
        assert!(!html.contains("<b>"), "{language}");
        assert!(!html.contains('\u{202E}'), "{language}");
        assert!(!html.contains("onmouseover='"), "{language}");
        // Answer, log, thread and the reason of the pause.
        let escaped = "&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt; [U+202E]gpj.exe &quot; onmouseover=&#39;x&#39; {n} &amp;amp;";
        assert_eq!(html.matches(escaped).count(), 4, "{language}");
    }
}

#[test]
fn it_is_one_file_without_script_that_fetches_nothing() {
    let html = render(&hostile().report(), &Language::from("en"));
    for forbidden in ["<script", "<link", "<img", "@import", "url(", "src=", "http:", "https:", "style="] {
        assert!(!html.contains(forbidden), "{forbidden}");
    }
}

#[test]
fn every_report_says_first_and_last_that_it_is_an_exercise_and_how_to_handle_it() {
    let html = render(&hostile().report(), &Language::from("fr"));
    let body = html.split_once("<body>").unwrap().1;
    let marking = "<p class=\"marking\"><strong>EXERCISE EXERCISE EXERCISE</strong> <span class=\"tlp amber\">TLP:AMBER</span></p>";
    assert!(body.starts_with(&format!("\n<header class=\"cover\">\n{marking}")));
    assert!(body.contains(&format!("<footer>{marking}")));
    assert!(html.contains("<title>EXERCISE "));
    assert!(html.contains("@top-center { content: \"EXERCISE EXERCISE EXERCISE \\2013 TLP:AMBER\"; }"));
    assert!(html.contains("@bottom-center { content: \"EXERCISE EXERCISE EXERCISE \\2013 TLP:AMBER\"; }"));
}

#[test]
fn languages_and_directions_are_declared() {
    let report = hostile().report();
    let opening = |language: &str| {
        let html = render(&report, &Language::from(language));
        html.lines().nth(1).unwrap_or_default().to_owned()
    };
    assert_eq!(opening("fr-CA"), "<html lang=\"fr\" dir=\"ltr\">");
    assert_eq!(opening("ar"), "<html lang=\"ar\" dir=\"rtl\">");
    assert_eq!(opening("pt-BR"), "<html lang=\"pt\" dir=\"ltr\">");
    assert_eq!(opening("zh-Hans"), "<html lang=\"zh\" dir=\"ltr\">");
    assert_eq!(opening("tlh"), "<html lang=\"en\" dir=\"ltr\">");
    let french = render(&report, &Language::from("fr"));
    assert!(french.contains("Beaucoup d&#39;échecs de connexion"));
    let arabic = render(&report, &Language::from("ar"));
    assert!(arabic.contains("<bdi lang=\"en\">Many failed sign-ins</bdi>"));
}

#[test]
fn tables_have_captions_and_scopes() {
    let html = render(&hostile().report(), &Language::from("es"));
    let tables = html.matches("<table").count();
    assert!(tables >= 5);
    assert_eq!(html.matches("<caption>").count(), tables);
    assert_eq!(html.matches("<th ").count(), html.matches("<th scope=").count());
    assert_eq!(html.matches("<th>").count(), 0);
}

#[test]
fn points_stand_beside_what_was_counted_and_covered() {
    let html = render(&hostile().report(), &Language::from("en"));
    // Ten points for the class, nothing for the empty set; the text waits for its mark, and the answer with it.
    assert!(html.contains("10 of 10") && html.contains("0 of 6"));
    assert!(html.contains("0 of 20 points counted"));
    assert!(html.contains("Answers that wait for a person&#39;s mark: 1, worth 20 points."));
}

#[test]
fn every_row_closes_as_many_cells_as_it_opens() {
    let html = render(&hostile().report(), &Language::from("en"));
    for tag in ["table", "thead", "tbody", "tr", "td", "section", "article", "div", "ul", "ol", "li", "p", "dl", "bdi"]
    {
        let opened = html.matches(&format!("<{tag}>")).count() + html.matches(&format!("<{tag} ")).count();
        assert_eq!(opened, html.matches(&format!("</{tag}>")).count(), "{tag}");
    }
}

#[test]
fn each_region_has_a_name_of_its_own() {
    let hall = Hall::playing(TASK, &[("a", "North", "en"), ("b", "South", "en")]);
    let html = render(&hall.report(), &Language::from("en"));
    let labels =
        html.split("role=\"region\"").skip(1).filter_map(|rest| rest.split("aria-label=\"").nth(1)?.split('"').next());
    let mut seen = std::collections::BTreeSet::new();
    let twice: Vec<_> = labels.filter(|label| !seen.insert(*label)).collect();
    assert!(seen.iter().any(|label| label.contains("North")), "{seen:?}");
    assert_eq!(twice, [""; 0]);
}
