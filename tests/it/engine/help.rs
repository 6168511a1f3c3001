//! What teams ask for: hints at a price, and information from control.

use drillhall::engine::{
    command::Act,
    event::{Fact, ReleaseCause},
    rejection::Rejection,
    state::Stage,
};

use super::{
    acts::{ask, open_hint, reply, take},
    fixture::{Drill, answer, given, lift, no_duff, release},
    plan::{at, hinted, manual, quiz, with},
    views::keys,
};

/// `task` of four points with two hints came at one minute; `files` is kept ready.
fn asked() -> Drill {
    let task = hinted(hinted(quiz(at("task", 1), Some(10)), "where", 250), "what", 900);
    given(with(vec![task, manual("files")])).started().at(2)
}

#[test]
fn a_hint_is_read_by_the_team_that_opens_it_and_costs_once() {
    let drill = asked().when("atoll-player", open_hint("task", "where"));
    let drill = drill.then(&["hint where of task opened by atoll for 250"]);
    assert!(keys(&drill, "atoll-lead").contains("hint/task/atoll/where"));
    assert!(!keys(&drill, "basin-lead").contains("hint/task/atoll/where"));
    let drill =
        drill.when("atoll-lead", open_hint("task", "where")).then(&[]).and("atoll-lead", answer("task", "right"));
    let score = drill.score("atoll", "task");
    assert_eq!((score.points_milli, score.attainable_milli, score.hints_permille), (Some(3000), 4000, 250));
    let drill = drill.and("basin-lead", answer("task", "right"));
    assert_eq!(drill.score("basin", "task").points_milli, Some(4000));
}

#[test]
fn hints_cost_at_most_three_tenths_of_an_inject() {
    let drill = asked().and("atoll-lead", open_hint("task", "where")).and("atoll-lead", open_hint("task", "what"));
    let drill = drill.and("atoll-lead", answer("task", "right"));
    let score = drill.score("atoll", "task");
    assert_eq!((score.points_milli, score.hints_permille), (Some(2800), 300));
}

#[test]
fn a_late_answer_with_a_hint_pays_for_both() {
    let drill = asked().at(12).and("atoll-lead", open_hint("task", "where")).and("atoll-lead", answer("task", "right"));
    assert_eq!(drill.score("atoll", "task").points_milli, Some(833));
}

#[test]
fn only_a_hint_of_what_was_received_is_opened_and_only_in_play() {
    let unknown = |hint: &str| Rejection::UnknownHint { inject: "task".into(), hint: hint.into() };
    let drill = asked().when("atoll-lead", open_hint("task", "sky")).refused(unknown("sky"));
    let drill = drill.when("atoll-lead", open_hint("files", "x")).refused(Rejection::UnknownInject("files".into()));
    let drill = drill.when("atoll-moderator", open_hint("task", "where")).refused(Rejection::Forbidden);
    let drill = drill.and("director", Act::EndEx);
    drill.when("atoll-lead", open_hint("task", "where")).refused(Rejection::WrongStage(Stage::Ended));
    let mut lost = hinted(quiz(at("task", 1), None), "where", 250);
    lost.staff.hints.clear();
    given(with(vec![lost])).started().at(1).when("atoll-lead", open_hint("task", "where")).refused(unknown("where"));
}

#[test]
fn a_team_asks_a_controller_takes_it_and_answers() {
    let drill = asked().when("atoll-moderator", ask("which host?")).then(&["atoll asks: which host?"]);
    let item = drill.last_item();
    let drill = drill.when("facilitator", take(&item)).then(&["request of atoll taken"]);
    assert_eq!(drill.state.requests[&item].owner, Some("facilitator".into()));
    let drill = drill
        .when("facilitator", take(&item))
        .then(&[])
        .when("director", take(&item))
        .then(&["request of atoll taken"]);
    let drill =
        drill.when("facilitator", reply(&item, Some("mail-2"), None)).then(&["request of atoll answered: mail-2"]);
    let key = format!("request_answer/{item}");
    assert!(keys(&drill, "atoll-player").contains(&key) && !keys(&drill, "basin-player").contains(&key));
    let drill = drill.when("director", reply(&item, Some("again"), None)).refused(Rejection::AlreadyAnswered);
    drill.when("director", take(&item)).refused(Rejection::AlreadyAnswered);
}

#[test]
fn what_is_kept_ready_goes_to_the_team_that_asked() {
    let drill = asked().and("basin-lead", ask("the log files"));
    let item = drill.last_item();
    let drill = drill.when("director", reply(&item, None, Some("files")));
    let drill = drill.then(&["request of basin answered: ", "files to basin on request"]);
    let Fact::InjectReleased { cause: ReleaseCause::Request, by, .. } = drill.last_fact() else { panic!("released") };
    assert_eq!(*by, Some("director".into()));
    let drill = drill.and("basin-lead", ask("once more"));
    let item = drill.last_item();
    let at = drill.now;
    let refused = Rejection::AlreadyReleased { inject: "files".into(), by: Some("director".into()), at };
    let drill = drill.when("director", reply(&item, None, Some("files"))).refused(refused);
    drill.when("director", reply(&item, Some("see above"), None)).then(&["request of basin answered: see above"]);
}

#[test]
fn nothing_is_handed_out_while_play_is_suspended_or_over_but_words_are() {
    let drill = asked().and("atoll-lead", ask("help")).and("director", no_duff());
    let item = drill.last_item();
    let request = drill.state.requests.keys().next().expect("one").clone();
    assert_ne!(item, request, "the call came last");
    let handed = reply(&request, None, Some("files"));
    let drill = drill.when("director", handed.clone()).refused(Rejection::WrongStage(Stage::Suspended));
    let drill = drill.and("director", lift(None)).and("director", Act::EndEx);
    let drill = drill.when("director", handed).refused(Rejection::WrongStage(Stage::Ended));
    drill.when("director", reply(&request, Some("later"), None)).then(&["request of atoll answered: later"]);
}

#[test]
fn an_answer_says_something_to_a_request_that_is_there() {
    let drill = asked().and("atoll-lead", ask("help"));
    let item = drill.last_item();
    let drill = drill.when("director", reply(&item, None, None)).refused(Rejection::EmptyText);
    let drill = drill.when("director", reply(&item, Some(" "), None)).refused(Rejection::EmptyText);
    let unknown = Rejection::UnknownInject("nowhere".into());
    let drill = drill.when("director", reply(&item, Some("x"), Some("nowhere"))).refused(unknown);
    let nothing = || "nothing".into();
    let drill = drill.when("director", take(&nothing())).refused(Rejection::UnknownRequest(nothing()));
    drill.when("director", reply(&nothing(), Some("x"), None)).refused(Rejection::UnknownRequest(nothing()));
}

#[test]
fn a_request_says_something_about_what_the_team_has() {
    let about = |inject: &str| Act::AskInformation { text: "what?".to_owned(), inject: Some(inject.into()) };
    let drill = asked().when("atoll-lead", ask(" ")).refused(Rejection::EmptyText);
    let drill = drill.when("atoll-lead", about("task")).then(&["atoll asks: what?"]);
    let drill = drill.when("atoll-lead", about("files")).refused(Rejection::UnknownInject("files".into()));
    drill.and("director", release("files", None)).when("atoll-lead", about("files")).then(&["atoll asks: what?"]);
}
