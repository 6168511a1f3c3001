//! The list of events as run: what was sent in whose words, who let it go out and why, what staff
//! changed, and how answers came.

use std::collections::BTreeMap;

use drillhall::{
    engine::{
        command::{Act, Creation, Order, SetVariable, SubmitFor},
        plan::{Inject, InjectAudience, InjectKind, Trigger},
        state::State,
        step::by_system,
        text::Text,
        time::{Millis, Rate},
    },
    report::as_run,
    scenario::msel::{Choices, FileKind, import_msel},
};

use super::hall::{Hall, OPENED, TASK, choice};

const MORE: &str = "  - id: news
    kind: contextual
    at: 3m
    player: {title: {en: News, fr: Nouvelles}, body: {en: 'Seen at {{quay}}.', fr: 'Vu au {{quay}}.'}, channel: news}
    alternatives:
      - id: thanks
        when: {answered: alert}
        player: {title: {en: Thanks, fr: Merci}, body: {en: 'Thanks from {{quay}}.', fr: 'Merci du {{quay}}.'}, channel: news}
    staff: {notes: {en: Dry voice, fr: Ton sec}, expected: [{en: Reads it, fr: Lit}]}
  - id: later
    kind: contextual
    when: {flag: told}
    only_if: {not: {acknowledged: alert}}
    player: {title: {en: Later, fr: Plus tard}, body: {en: Later, fr: Plus tard}}
  - id: held
    kind: contextual
    at: 5m
    player: {title: {en: Held, fr: Retenu}, body: {en: Held, fr: Retenu}}
variables:
  - {id: quay, title: {en: Quay, fr: Quai}, default: {en: East Quay, fr: quai Est}}
flags: [{id: told, title: {en: The press was told, fr: La presse est prévenue}}]
phases:
  - {id: dawn, title: {en: Dawn, fr: Aube}, from: 0m, situation: {en: Dark, fr: Nuit}}
";

fn hall() -> Hall {
    Hall::playing(&format!("{TASK}{MORE}"), &[("a", "Alpha", "en"), ("b", "Bravo", "fr")])
}

/// Rows by inject and team, cells by heading.
type Rows = BTreeMap<(String, String), BTreeMap<String, String>>;

fn sheet(hall: &Hall) -> (String, Rows) {
    let bytes = as_run(&hall.log(), FileKind::Csv).unwrap().unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut records = reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect::<Vec<_>>());
    let first = records.next().unwrap()[0].trim_start_matches('\u{feff}').to_owned();
    let headings = records.next().unwrap();
    let row = |cells: Vec<String>| headings.iter().cloned().zip(cells).collect::<BTreeMap<_, _>>();
    let rows = records.take_while(|cells| !cells[0].starts_with("#sheet")).map(row);
    (first, rows.map(|row| ((row["ID"].clone(), row["Team"].clone()), row)).collect())
}

fn cell<'r>(rows: &'r Rows, inject: &str, team: &str, heading: &str) -> &'r str {
    let row = &rows[&(inject.to_owned(), team.to_owned())];
    row.get(heading).unwrap_or_else(|| panic!("no column {heading}"))
}

#[test]
fn each_team_has_the_words_that_it_was_sent_and_which_alternative() {
    let mut hall = hall();
    let value = Text([("en".into(), "West Quay".to_owned()), ("fr".into(), "quai Ouest".to_owned())].into());
    hall.act(1, "director", Act::SetVariable(SetVariable { variable: "quay".into(), team: "b".into(), value }));
    hall.answer(90, "a", &[("class", choice("guessing"))]);
    hall.act(200, "director", Act::Pause { team: None, reason: "tea".into() });
    let (_, rows) = sheet(&hall);
    assert_eq!(cell(&rows, "news", "Alpha", "Title (en)"), "Thanks");
    assert_eq!(cell(&rows, "news", "Alpha", "Message (fr)"), "Merci du quai Est.");
    assert_eq!(cell(&rows, "news", "Alpha", "Alternative"), "thanks");
    assert_eq!(cell(&rows, "news", "Bravo", "Title (en)"), "News");
    assert_eq!(cell(&rows, "news", "Bravo", "Message (fr)"), "Vu au quai Ouest.");
    assert_eq!(cell(&rows, "news", "Bravo", "Alternative"), "");
    assert_eq!(cell(&rows, "news", "Bravo", "Phase"), "dawn");
    assert_eq!(cell(&rows, "news", "Bravo", "Expected actions (fr)"), "Lit");
    assert_eq!(cell(&rows, "news", "Bravo", "Controller notes (en)"), "Dry voice");
    assert_eq!(cell(&rows, "alert", "Alpha", "Capability"), "triage_and_classification");
}

#[test]
fn what_was_never_said_in_a_language_leaves_its_cell_empty() {
    let mut hall = hall();
    let mut inject: Inject = hall.state.plan.injects[1].clone();
    inject.id = "adhoc".into();
    inject.kind = InjectKind::Contextual;
    inject.trigger = Trigger::Manual;
    inject.audience = InjectAudience::All;
    inject.alternatives.clear();
    inject.content.title = Text::new("en", "Now");
    inject.content.body = Text::new("en", "Only in English");
    hall.act(60, "director", Act::AddInject { inject: Box::new(inject), release: false });
    hall.act(60, "director", Act::Release { inject: "adhoc".into(), teams: None, grace: false });
    let (_, rows) = sheet(&hall);
    assert_eq!(cell(&rows, "adhoc", "Bravo", "Title (en)"), "Now");
    assert_eq!(cell(&rows, "adhoc", "Bravo", "Title (fr)"), "");
    assert_eq!(cell(&rows, "adhoc", "Bravo", "Released by"), "staff director");
}

#[test]
fn conditions_are_told_in_words_and_who_released_what_and_why() {
    let mut hall = hall();
    hall.act(70, "director", Act::SetFlag { flag: "told".into(), teams: Some(["a".into()].into()), value: true });
    hall.act(80, "director", Act::Release { inject: "held".into(), teams: None, grace: false });
    let (_, rows) = sheet(&hall);
    let told = cell(&rows, "later", "Alpha", "Depends on / condition");
    assert!(told.contains("The press was told") && told.contains("only if") && !told.contains('{'), "{told}");
    assert_eq!(cell(&rows, "alert", "Alpha", "Released by"), "plan");
    assert_eq!(cell(&rows, "later", "Alpha", "Released by"), "condition");
    assert_eq!(cell(&rows, "held", "Bravo", "Released by"), "staff director");
}

#[test]
fn what_staff_changed_stands_with_its_reason_and_its_new_time() {
    let mut hall = hall();
    let of_a = || Some(["a".into()].into());
    hall.act(70, "director", Act::Extend { inject: "alert".into(), teams: None, by: Millis::minutes(5) });
    hall.act(
        71,
        "director",
        Act::Excuse { inject: "alert".into(), teams: of_a(), reason: "their line is down".into() },
    );
    hall.act(72, "director", Act::Retime { inject: "news".into(), teams: of_a(), at: Millis::minutes(4) });
    hall.act(73, "director", Act::Hold { inject: "held".into(), teams: None, reason: "too much at once".into() });
    hall.act(
        200,
        "director",
        Act::Recall { inject: "news".into(), teams: Some(["b".into()].into()), reason: "wrong quay".into() },
    );
    hall.act(250, "director", Act::Pause { team: None, reason: "tea".into() });
    let (_, rows) = sheet(&hall);
    let changes = |inject, team| cell(&rows, inject, team, "Changes");
    assert_eq!(
        changes("alert", "Alpha"),
        "2026-01-01T09:01:10Z staff director: 0:05:00 longer, until 0:15:00 after release\n\
         2026-01-01T09:01:11Z staff director: excused: their line is down"
    );
    assert_eq!(cell(&rows, "alert", "Alpha", "Actual result"), "excused: their line is down");
    assert_eq!(changes("news", "Alpha"), "2026-01-01T09:01:12Z staff director: new time T+0:04");
    assert_eq!(cell(&rows, "news", "Alpha", "Released by"), "new time by staff director");
    assert_eq!(cell(&rows, "news", "Bravo", "Actual result"), "recalled: wrong quay");
    assert_eq!(cell(&rows, "held", "Bravo", "Actual result"), "held back: too much at once");
}

#[test]
fn an_answer_by_phone_names_the_caller_and_the_code() {
    let mut hall = hall();
    hall.act(
        200,
        "director",
        Act::SubmitFor(SubmitFor {
            team: "b".into(),
            inject: "alert".into(),
            answers: [("class".into(), choice("guessing"))].into(),
            happened_at: OPENED.plus(Millis::seconds(150)),
            caller: "Marie on the landline".to_owned(),
        }),
    );
    let (_, rows) = sheet(&hall);
    let by_hand = cell(&rows, "alert", "Bravo", "By hand");
    assert!(by_hand.starts_with("answered: Marie on the landline, 2026-01-01T09:02:30Z, code "), "{by_hand}");
    assert!(cell(&rows, "alert", "Bravo", "Answer").ends_with(": Essais de mots de passe"));
}

#[test]
fn the_list_of_a_rehearsal_says_that_it_is_one() {
    let mut hall = hall();
    assert_eq!(sheet(&hall).0, "EXERCISE EXERCISE EXERCISE");
    let creation = Creation {
        exercise: "0190-tiny".into(),
        plan: (*hall.state.plan).clone(),
        plan_hash: "ab".repeat(32),
        rate: Rate::REAL,
        rehearsal: true,
    };
    hall.events[0] = State::create(&by_system(Order::Create(Box::new(creation)), OPENED), OPENED).unwrap();
    assert_eq!(sheet(&hall).0, "EXERCISE EXERCISE EXERCISE \u{2013} REHEARSAL");
}

#[test]
fn a_list_as_run_is_no_plan_and_is_not_imported() {
    for kind in [FileKind::Csv, FileKind::Xlsx] {
        let bytes = as_run(&hall().log(), kind).unwrap().unwrap();
        let refused = import_msel(&bytes, "run", &Choices::default()).unwrap_err();
        assert_eq!(refused.code(), "as_run_sheet");
        assert!(refused.to_string().contains("as it was run"), "{refused}");
    }
}
