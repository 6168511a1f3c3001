//! The names of people as a spreadsheet: whoever joins chooses one, and no spreadsheet runs it.

use drillhall::{
    engine::{text::Language, time::Rate},
    store::{Exercise, Location, Person, Store, data_dir::DataDir},
};

use super::run::Desk;
use crate::server::NOW;

#[tokio::test]
async fn a_name_that_looks_like_a_formula_is_exported_as_a_text() {
    let desk = Desk::new();
    let data = DataDir::open(&desk.path("data")).unwrap();
    let store = Store::open(&Location::Sqlite(data.database())).await.unwrap();
    let exercise = Exercise {
        id: "x".into(),
        title: "{}".to_owned(),
        scenario: "quiet".to_owned(),
        state: "ready".to_owned(),
        rate: Rate::REAL,
        created_at: NOW,
    };
    store.create_exercise(&exercise).await.unwrap();
    for (id, name) in [("a", "=HYPERLINK(\"http://evil.example\")"), ("b", "@SUM(1)"), ("c", "Ana, of the watch")] {
        let person = Person { id: id.into(), name: name.to_owned(), language: Language::from("en") };
        store.put_person(&exercise.id, &person).await.unwrap();
    }
    store.close().await;
    drop(data);
    let ran = desk.run(&["export", "people", "x", "--data", "data", "-o", "people.csv"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let text = String::from_utf8(desk.read("people.csv")).unwrap();
    let mut names: Vec<_> =
        csv::Reader::from_reader(text.as_bytes()).records().map(|row| row.unwrap()[1].to_owned()).collect();
    names.sort();
    assert_eq!(names, ["'=HYPERLINK(\"http://evil.example\")", "'@SUM(1)", "Ana, of the watch"]);
}
