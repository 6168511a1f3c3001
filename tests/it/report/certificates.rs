//! Certificates of participation, read back from their bytes.

use drillhall::{
    engine::{command::Act, text::Language},
    report::{
        attendance::{Attendance, attendance},
        pdf::{Fonts, Issue, certificates},
    },
    store::chain::Head,
};

use super::{
    hall::{Hall, TASK},
    paper::{Paper, close},
};

/// People by id, and their names as they write them.
const NAMES: [(&str, &str); 4] = [
    ("a", "Zo\u{EB} N\u{FA}\u{F1}ez-O\u{2019}Brien"),
    ("b", "\u{418}\u{432}\u{430}\u{43D} \u{414}\u{440}\u{43E}\u{437}\u{434}\u{43E}\u{432}"),
    ("c", "\u{98A8}\u{66B4}\u{660E}"),
    ("d", "\u{644}\u{64A}\u{644}\u{649} \u{62D}\u{633}\u{646}"),
];

fn there() -> Attendance {
    let teams = NAMES.map(|(id, _)| (id, id, "en"));
    let mut hall = Hall::playing(TASK, &teams);
    for (id, _) in NAMES {
        hall.act(100, id, Act::Acknowledge { inject: "alert".into() });
    }
    hall.act(600, "director", Act::EndEx);
    attendance(&hall.log()).unwrap()
}

fn printed(names: &[(&str, &str)], language: &str, fonts: &Fonts) -> Result<Vec<u8>, drillhall::report::pdf::PdfError> {
    let attendance = there();
    let head = Head { seq: 77, hash: "cd".repeat(32) };
    let issue = Issue {
        attendance: &attendance,
        head: &head,
        fingerprint: Some("ab12"),
        organiser: Some("CERT Port Meridian"),
    };
    let people: Vec<_> = attendance
        .people
        .iter()
        .filter_map(|one| names.iter().find(|(id, _)| *id == one.person.as_str()).map(|(_, name)| (one, *name)))
        .collect();
    certificates(&issue, &people, &Language::from(language), fonts)
}

#[test]
fn each_has_a_page_with_their_name_in_any_script_and_what_proves_it() {
    for language in ["en", "ar"] {
        let bytes = printed(&NAMES, language, &Fonts::of_the_machine(None)).unwrap();
        let paper = Paper::read(&bytes);
        let pages = paper.pages();
        assert_eq!(pages.len(), NAMES.len());
        assert_eq!(paper.elements("H1"), NAMES.len());
        for (page, (_, name)) in pages.iter().zip(&NAMES) {
            assert_eq!(page.matches("EXERCISEEXERCISEEXERCISE").count(), 2, "{page}");
            assert!(page.contains(&"cd".repeat(32)) && page.contains("77") && page.contains("ab12"), "{page}");
            assert!(page.contains(&close("CERT Port Meridian")) && page.contains("drillhallverify"), "{page}");
            // Arabic letters are joined; which glyphs stand for them is the font's.
            assert!(page.contains(&close(name)) || name.starts_with('\u{644}'), "{name} {page}");
            assert!(!page.contains('\u{FFFD}'), "{page}");
        }
    }
}

#[test]
fn no_score_and_no_other_name_is_on_a_certificate() {
    let pages = Paper::read(&printed(&NAMES[..2], "en", &Fonts::default()).unwrap()).pages();
    assert_eq!(pages.len(), 2);
    assert!(pages[0].contains(&close(NAMES[0].1)) && !pages[0].contains(&close(NAMES[1].1)));
    assert!(pages.iter().all(|page| !page.contains("of100") && !page.contains("points")), "{pages:?}");
}

#[test]
fn the_same_people_get_the_same_bytes() {
    let print = || printed(&NAMES[..2], "fr", &Fonts::default()).unwrap();
    assert!(print() == print());
}

#[test]
fn a_name_that_no_font_writes_is_refused_with_what_to_install() {
    let wrong = printed(&NAMES, "en", &Fonts::default()).unwrap_err();
    assert_eq!(wrong.code(), "pdf_font_missing");
    assert!(wrong.to_string().contains("fonts-noto"), "{wrong}");
}
