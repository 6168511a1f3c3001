//! The report on paper, read back from its bytes.

use std::path::PathBuf;

use drillhall::{
    engine::{command::Act, event::EntryKind, text::Language},
    report::{
        model::Report,
        pdf::{Fonts, PdfError, render},
    },
};
use hayro_syntax::object::Dict;

use super::{
    hall::{Hall, TASK, choice, text},
    paper::{Paper, close, decoded},
};

/// What a typesetter would take for orders, a hash without a place to break at, a turn of direction,
/// and a sign that hardly a font has.
const HOSTILE: &str =
    "#image(\"x\") *bold* _x_ $1 + 1$ @ref <label> #{panic()} \\u{41} = // ~ [z] \u{202E}gpj \u{1F9FF}";

fn hostile() -> Hall {
    let mut hall =
        Hall::playing(TASK, &[("a", "#strong[A] *& brave*", "en"), ("b", "\u{418}\u{432}\u{430}\u{43D}", "en")]);
    hall.answer(120, "a", &[("class", choice("guessing")), ("why", text(HOSTILE))]);
    let long = "f0".repeat(90);
    for words in [HOSTILE, &long] {
        let text = words.to_owned();
        let entry = Act::WriteLog {
            text,
            happened_at: None,
            inject: None,
            kind: EntryKind::Observation,
            tlp: None,
            corrects: None,
        };
        hall.act(130, "a", entry);
    }
    hall
}

/// Without a look at the machine, so that a test says the same on each.
fn printed(hall: &Hall, language: &str, draft: bool) -> Vec<u8> {
    let report = Report { draft, ..hall.report() };
    render(&report, &Language::from(language), &Fonts::default()).unwrap()
}

#[test]
fn each_page_says_that_it_is_an_exercise_how_to_handle_it_and_which_page_it_is() {
    let pages = Paper::read(&printed(&hostile(), "en", false)).pages();
    assert!(pages.len() > 5, "{}", pages.len());
    for (n, page) in (1..).zip(&pages) {
        assert_eq!(page.matches("EXERCISEEXERCISEEXERCISE").count(), 2, "{page}");
        assert_eq!(page.matches("TLP:AMBER").count(), 2, "{page}");
        assert!(page.contains(&format!("{n}/{}", pages.len())), "{page}");
        assert!(!page.contains("DRAFT"), "{page}");
    }
}

#[test]
fn a_draft_says_so_on_each_page_in_its_language() {
    let pages = Paper::read(&printed(&hostile(), "fr", true)).pages();
    assert!(pages.iter().all(|page| page.contains("PROJET")), "{pages:?}");
}

#[test]
fn a_screen_reader_finds_title_language_headings_and_tables() {
    let bytes = printed(&hostile(), "fr", false);
    let paper = Paper::read(&bytes);
    let catalogue = paper.catalogue();
    for key in ["MarkInfo", "StructTreeRoot", "Outlines", "Metadata"] {
        assert!(catalogue.contains_key(key), "{key}");
    }
    let language = catalogue.get::<hayro_syntax::object::String<'_>>("Lang").unwrap();
    assert_eq!(language.as_bytes(), b"fr");
    let shown: Dict<'_> = catalogue.get("ViewerPreferences").unwrap();
    assert_eq!(shown.get::<bool>("DisplayDocTitle"), Some(true));
    assert_eq!(paper.elements("H1"), 15, "contents, fourteen sections");
    assert_eq!(paper.elements("H2"), 3, "two teams, and answers against their time");
    assert!(paper.elements("Table") >= 5 && paper.elements("TH") > 30);
    assert_eq!(paper.elements("Table"), paper.elements("Caption"));
    let said = String::from_utf8_lossy(&bytes).into_owned();
    assert!(said.contains("<pdfuaid:part>1</pdfuaid:part>"), "it claims PDF/UA, which the typesetter has checked");
}

#[test]
fn bookmarks_lead_to_sections_and_teams() {
    let bytes = printed(&hostile(), "en", false);
    let paper = Paper::read(&bytes);
    let outlines: Dict<'_> = paper.catalogue().get("Outlines").unwrap();
    let mut titles = Vec::new();
    collect(&outlines, &mut titles);
    assert_eq!(
        titles,
        [
            "At a glance",
            "Objectives",
            "What this report cannot say",
            "Strengths and areas for improvement",
            "Improvement plan",
            "Capabilities",
            "How long it took",
            "Plan and course",
            "Who told whom",
            "Agreement of evaluators",
            "What happened",
            "Team by team",
            "#strong[A] *& brave*",
            "\u{418}\u{432}\u{430}\u{43D}",
            "Questions for the hot wash",
            "Where this comes from",
        ]
    );
}

fn collect(item: &Dict<'_>, titles: &mut Vec<String>) {
    let mut next: Option<Dict<'_>> = item.get("First");
    while let Some(entry) = next {
        let title = entry.get::<hayro_syntax::object::String<'_>>("Title").unwrap();
        titles.push(decoded(title.as_bytes()));
        collect(&entry, titles);
        next = entry.get("Next");
    }
}

#[test]
fn words_of_people_stay_words() {
    let pages = Paper::read(&printed(&hostile(), "en", false)).pages().concat();
    let literal = close(HOSTILE).replace('\u{202E}', "[U+202E]").replace('\u{1F9FF}', "[U+1F9FF]");
    // The answer and the entry of the log.
    assert_eq!(pages.matches(&literal).count(), 2, "{pages}");
    assert!(pages.contains(&close("#strong[A] *& brave*")));
    assert!(pages.contains(&"f0".repeat(90)), "{pages}");
}

#[test]
fn the_same_log_gives_the_same_bytes() {
    let hall = hostile();
    assert!(printed(&hall, "en", false) == printed(&hall, "en", false));
}

#[test]
fn no_time_and_no_path_is_inside() {
    let bytes = printed(&hostile(), "en", false);
    let said = String::from_utf8_lossy(&bytes).into_owned();
    for traced in ["CreationDate", "ModDate", "CreateDate", "ModifyDate", env!("CARGO_MANIFEST_DIR")] {
        assert!(!said.contains(traced), "{traced}");
    }
}

#[test]
fn a_script_without_a_font_is_refused_with_what_to_do() {
    let arabic = render(&hostile().report(), &Language::from("ar"), &Fonts::default()).unwrap_err();
    assert_eq!(arabic.code(), "pdf_font_missing");
    let advice = arabic.to_string();
    assert!(advice.contains("Arabic") && advice.contains("fonts-noto-core") && advice.contains("--fonts"), "{advice}");

    let mut hall = Hall::playing(TASK, &[("a", "Equipo", "en")]);
    hall.answer(120, "a", &[("class", choice("guessing")), ("why", text("\u{98A8}\u{66B4}"))]);
    let chinese = render(&hall.report(), &Language::from("en"), &Fonts::default()).unwrap_err();
    assert_eq!(chinese.code(), "pdf_font_missing");
    assert!(chinese.to_string().contains("fonts-noto-cjk"), "{chinese}");
}

#[test]
fn a_folder_of_fonts_that_is_not_there_is_refused() {
    let fonts = Fonts { own: Some(PathBuf::from("/nowhere/at/all")), system: Vec::new() };
    let mut hall = hostile();
    hall.act(140, "a", Act::Say { team: None, text: "\u{633}\u{644}\u{627}\u{645}".to_owned(), persona: None });
    let wrong = render(&hall.report(), &Language::from("en"), &fonts).unwrap_err();
    assert!(matches!(wrong, PdfError::Folder { .. }), "{wrong}");
    assert_eq!(wrong.code(), "pdf_fonts_unreadable");
}

#[test]
fn the_fonts_of_the_system_write_arabic_and_chinese() {
    let mut hall = hostile();
    hall.act(140, "a", Act::Say { team: None, text: "\u{98A8}\u{66B4}".to_owned(), persona: None });
    let report = hall.report();
    let bytes = render(&report, &Language::from("ar"), &Fonts::of_the_machine(None)).unwrap();
    let paper = Paper::read(&bytes);
    let language = paper.catalogue().get::<hayro_syntax::object::String<'_>>("Lang").unwrap();
    assert_eq!(language.as_bytes(), b"ar");
    let pages = paper.pages();
    assert!(pages.iter().all(|page| page.contains("EXERCISEEXERCISEEXERCISE") && !page.contains('\u{FFFD}')));
    assert!(pages.concat().contains("\u{98A8}\u{66B4}"));
}
