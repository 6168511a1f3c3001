//! Times on paper are the engine's own: whatever staff did before the platform went away.

use drillhall::{
    engine::{event::Event, state::State, text::Language, time::Millis},
    print::{Standing, print},
};
use proptest::prelude::*;

use super::{
    arbitrary::{Numbers, course},
    fixture::{add_team, given, retime},
    plan::{at, minutes, with},
    properties::{Played, play},
};
use crate::random::cases;
use drillhall::engine::command::Act;

/// What the book says of an inject: its plan time, and the cell of each team.
fn book(log: &[Event], inject: &str) -> (String, Vec<(String, String)>) {
    let html = print(&Standing::of_log(log).unwrap(), &Language::from("en")).inject_book;
    let id = format!("<small><bdi>{inject}</bdi></small>");
    let article = html.split("<article class=\"inject\">").find(|article| article.contains(&id)).unwrap();
    let between =
        |text: &str, from: &str, to: &str| text.split_once(from).unwrap().1.split_once(to).unwrap().0.to_owned();
    let time = between(article, "<dt>Plan time</dt><dd><bdi>", "</bdi>");
    let rows = article.split("<tr><th scope=\"row\"><bdi>").skip(1);
    (time, rows.map(|row| (row.split_once('<').unwrap().0.to_owned(), between(row, "<td>", "</td>"))).collect())
}

fn story_time(Millis(time): Millis) -> String {
    let seconds = time.div_euclid(1000);
    let (sign, seconds) = if seconds < 0 { ('\u{2212}', -seconds) } else { ('+', seconds) };
    format!("T{sign}{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

fn assert_book_is_the_agenda(state: &State, log: &[Event]) {
    for (position, inject) in state.plan.injects.iter().enumerate().filter(|(_, inject)| inject.is_sent()) {
        let (planned, rows) = book(log, inject.id.as_str());
        for team in &state.teams {
            let said = rows.iter().find(|(name, _)| *name == team.name).map(|(_, said)| said.as_str());
            if team.deliveries.contains_key(&position) {
                assert!(said.is_some_and(|said| said.ends_with(" UTC")), "{said:?}");
            } else if let Some(due) = team.due_at(position) {
                let due = story_time(due);
                let expected = if due == planned { String::new() } else { format!("moved to {due}") };
                assert!(said == Some(expected.as_str()) || said == Some("held back"), "{said:?}, due {due}");
            } else {
                assert!(said.is_none_or(|said| !said.starts_with("moved")), "{said:?} and nothing is due");
            }
        }
    }
}

#[test]
fn a_time_of_staffs_outlives_a_fit_that_is_undone() {
    let drill = given(with(vec![at("early", 1), at("late", 40)])).and("director", add_team("lagoon")).started().at(2);
    let end = drill.now.plus(Millis::minutes(20));
    let drill = drill
        .and("director", retime("late", None, 50))
        .and("director", Act::FitToEnd { end, keep: [].into() })
        .and("director", Act::Shift { by: Millis::minutes(3) })
        .and("director", retime("late", None, 30))
        .and("director", Act::UndoFit);
    assert_book_is_the_agenda(&drill.state, &drill.log);
    assert!(
        book(&drill.log, "late").1.iter().all(|(_, said)| said == "moved to T+0:30:00"),
        "{:?}",
        book(&drill.log, "late")
    );
}

#[test]
fn what_moved_by_less_than_is_printed_has_not_moved() {
    let drill = given(with(vec![at("late", 40)])).and("director", add_team("lagoon")).started();
    let by = Act::Retime { inject: "late".into(), teams: None, at: minutes(40).plus(Millis(300)) };
    let drill = drill.and("director", by);
    assert!(book(&drill.log, "late").1.iter().all(|(_, said)| said.is_empty()), "{:?}", book(&drill.log, "late"));
}

proptest! {
    #![proptest_config(cases(32))]

    #[test]
    fn times_on_paper_are_those_of_the_agenda(course in course(Numbers::Fair)) {
        let Played { state, log } = play(&course, |_, _, _| {});
        assert_book_is_the_agenda(&state, &log);
    }
}
