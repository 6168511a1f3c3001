//! Conditions of every kind, and what hangs on them: branches, flags, other words, what is passed over.

use drillhall::engine::{
    command::Act,
    event::Fact,
    plan::{Absent, Alternative, Condition, Inject, InjectKind, Plan, Subject},
    rejection::Rejection,
};

use super::{
    acts::{excuse, extend, minute, open_hint, recall, set_flag, set_word, write_to},
    fixture::{
        Drill, acknowledge, add_team, answer, given, lift, no_duff, pause, release, resume, retime, skip, write_log,
    },
    plan::{at, contact, empty, flag, has_flag, hinted, manual, not, of_kind, quiz, silent, teams, text, when, with},
    views::keys,
};

/// `task` at one minute, `branch` two minutes after the condition comes true; it is two.
fn waiting_for(condition: Condition) -> Drill {
    let plan = Plan {
        flags: vec![flag("seen", None)],
        directory: vec![contact("north"), contact("south")],
        ..with(vec![hinted(quiz(at("task", 1), Some(20)), "where", 500), when("branch", condition, 2)])
    };
    given(plan).started().at(2)
}

/// After what somebody did at two minutes, `branch` goes to atoll at four and to nobody else.
fn comes_for_atoll(drill: Drill) {
    let drill = drill.at(3);
    drill.when_it_is(4).then(&["branch to atoll due"]).when_it_is(9).then(&[]);
}

#[test]
fn a_branch_waits_for_what_a_team_did() {
    let opened = Act::NoteOpened { inject: "task".into() };
    comes_for_atoll(waiting_for(Condition::Opened("task".into())).and("atoll-lead", opened));
    let acknowledged = Condition::Acknowledged("task".into());
    comes_for_atoll(waiting_for(acknowledged).and("atoll-lead", acknowledge("task")));
    comes_for_atoll(waiting_for(Condition::Answered("task".into())).and("atoll-lead", answer("task", "wrong")));
    comes_for_atoll(waiting_for(has_flag("seen")).and("director", set_flag("seen", Some(&["atoll"]), true)));
    comes_for_atoll(waiting_for(Condition::Logged(1)).and("atoll-player", write_log("seen")));
    comes_for_atoll(waiting_for(Condition::ToldPeers(1)).and("atoll-lead", write_to(&["south"], "beware")));
}

#[test]
fn a_count_waits_for_as_many() {
    let drill = waiting_for(Condition::Logged(2)).and("atoll-player", write_log("one"));
    comes_for_atoll(drill.at(2).and("atoll-player", write_log("two")));
}

#[test]
fn a_branch_follows_a_release() {
    let drill = given(with(vec![at("task", 1), when("branch", Condition::Received("task".into()), 2)])).started();
    let drill = drill.at(1).when_it_is(3).then(&["branch to atoll+basin due"]);
    drop(drill);
    let drill = given(with(vec![at("task", 1), when("branch", Condition::Received("task".into()), 2)])).started();
    let drill = drill.at(2).and("director", recall("task", Some(&["basin"])));
    drill.when_it_is(9).then(&["branch to atoll due"]);
}

#[test]
fn a_branch_goes_by_the_official_answer() {
    let right = Condition::Answer { inject: "task".into(), field: "cause".into(), includes: "right".into() };
    let drill = waiting_for(right).and("basin-lead", answer("task", "wrong"));
    comes_for_atoll(drill.and("atoll-lead", answer("task", "right")));
    let right = Condition::Answer { inject: "task".into(), field: "cause".into(), includes: "right".into() };
    let changed = waiting_for(right).and("atoll-lead", answer("task", "right")).at(3);
    changed.and("atoll-lead", answer("task", "wrong")).when_it_is(9).then(&[]);
}

#[test]
fn a_branch_goes_by_the_score() {
    let score =
        |inject: Option<&str>, at_least, below| Condition::Score { inject: inject.map(Into::into), at_least, below };
    let both = |condition: Condition| {
        let drill = waiting_for(condition).and("atoll-lead", answer("task", "right"));
        drill.and("basin-lead", answer("task", "wrong"))
    };
    comes_for_atoll(both(score(None, Some(1000), None)));
    comes_for_atoll(both(score(Some("task"), Some(1), None)));
    let low = both(score(Some("task"), None, Some(500))).at(3);
    low.when_it_is(4).then(&["branch to basin due"]);
    waiting_for(score(None, None, Some(500))).when_it_is(9).then(&[]);
    let cheap = waiting_for(score(None, None, Some(1000))).and("atoll-lead", answer("task", "right"));
    comes_for_atoll(cheap.and("atoll-lead", open_hint("task", "where")));
}

#[test]
fn a_score_that_an_extension_opens_again_holds_a_branch_back() {
    let low = Condition::Score { inject: Some("task".into()), at_least: None, below: Some(500) };
    let plan = with(vec![quiz(at("task", 1), Some(1)), when("branch", low, 2)]);
    let drill = given(plan).started().at(3).and("director", extend("task", Some(&["basin"]), 9));
    drill.at(3).when_it_is(4).then(&["branch to atoll due"]);
}

#[test]
fn conditions_are_joined_with_and_or_and_not() {
    let logged = || Condition::Logged(1);
    comes_for_atoll(
        waiting_for(Condition::All(vec![logged(), not(has_flag("seen"))])).and("atoll-lead", write_log("x")),
    );
    comes_for_atoll(waiting_for(Condition::Any(vec![logged(), has_flag("seen")])).and("atoll-lead", write_log("x")));
    let not_flagged = waiting_for(not(not(has_flag("seen")))).and("director", set_flag("seen", Some(&["atoll"]), true));
    comes_for_atoll(not_flagged);
    given(with(vec![when("always", Condition::All(vec![]), 1)]))
        .started()
        .when_it_is(1)
        .then(&["always to atoll+basin due"]);
    given(with(vec![when("never", Condition::Any(vec![]), 1)])).started().when_it_is(9).then(&[]);
}

#[test]
fn a_branch_whose_condition_lapses_does_not_come_and_waits_anew_when_it_is_true_again() {
    let set = |value| set_flag("seen", Some(&["atoll"]), value);
    let drill = waiting_for(has_flag("seen")).and("director", set(true)).at(3).and("director", set(false));
    let drill = drill.when_it_is(6).then(&[]).and("director", set(true)).when_it_is(7).then(&[]);
    drill.when_it_is(8).then(&["branch to atoll due"]);
}

/// The window closes and the branch falls due at one instant: what the closing changed counts.
#[test]
fn a_condition_is_asked_again_when_its_branch_falls_due() {
    let open = not(Condition::Score { inject: Some("task".into()), at_least: None, below: Some(1) });
    let plan = with(vec![quiz(at("task", 1), Some(2)), when("branch", open, 3)]);
    given(plan).started().at(1).when_it_is(3).then(&["task closed for atoll+basin"]).when_it_is(9).then(&[]);
}

#[test]
fn staff_have_the_last_word_on_a_branch() {
    let set = set_flag("seen", None, true);
    let drill = waiting_for(has_flag("seen")).and("director", retime("branch", Some(&["atoll"]), 6));
    let drill = drill.and("director", skip("branch", Some(&["basin"]))).and("director", set);
    drill.at(5).when_it_is(6).then(&["branch to atoll due"]).when_it_is(20).then(&[]);
    let drill = waiting_for(has_flag("seen"))
        .and("director", release("branch", None))
        .and("director", set_flag("seen", None, true));
    drill.when_it_is(9).then(&[]);
}

#[test]
fn a_silence_is_exact_to_the_millisecond() {
    let drill = waiting_for(silent("task", 5)).when_it_is_milli(6 * 60_000 - 1).then(&[]);
    let drill = drill.when_it_is_milli(6 * 60_000).then(&["300 s of silence on task of atoll+basin"]);
    drill.connected("atoll", true).when_it_is(8).then(&["branch to atoll+basin due"]);
}

#[test]
fn a_silence_is_counted_on_the_active_clock() {
    let drill = waiting_for(silent("task", 5)).and("director", pause(Some("atoll"))).at(4);
    let drill = drill.and("director", resume(Some("atoll"))).at(5).and("director", no_duff()).at(10);
    let drill = drill.and("director", lift(None)).when_it_is(11).then(&["300 s of silence on task of basin"]);
    drill.when_it_is(13).then(&["300 s of silence on task of atoll", "branch to basin due"]);
}

#[test]
fn who_answered_was_excused_or_had_it_recalled_is_not_silent() {
    for act in [excuse("task", Some(&["atoll"])), recall("task", Some(&["atoll"]))] {
        let drill = waiting_for(silent("task", 5)).and("director", act).at(5);
        drill.when_it_is(6).then(&["300 s of silence on task of basin"]);
    }
    let drill = waiting_for(silent("task", 5)).at(5).and("atoll-lead", answer("task", "wrong"));
    let drill = drill.when_it_is(6).then(&["300 s of silence on task of basin"]);
    drill.and("basin-lead", answer("task", "wrong")).when_it_is(9).then(&[]);
}

#[test]
fn silences_of_several_lengths_are_noted_each_once() {
    let plan = with(vec![quiz(at("task", 1), None), when("a", silent("task", 2), 0), when("b", silent("task", 4), 0)]);
    let drill = given(plan).started().at(1);
    drill.when_it_is(9).then(&[
        "120 s of silence on task of atoll+basin",
        "a to atoll+basin due",
        "240 s of silence on task of atoll+basin",
        "b to atoll+basin due",
    ]);
}

/// Sent when a team is silent for five minutes: but not into an empty room.
fn contingency() -> Drill {
    let nudge = of_kind(when("nudge", silent("task", 5), 0), InjectKind::Contingency);
    given(with(vec![quiz(at("task", 1), None), nudge])).started().connected("basin", true).at(2)
}

#[test]
fn a_contingency_for_a_team_that_is_not_connected_is_proposed_to_staff() {
    let drill = contingency().when_it_is(6);
    let drill =
        drill.then(&["300 s of silence on task of atoll+basin", "nudge proposed for atoll", "nudge to basin due"]);
    assert_eq!(drill.missed("atoll", 1), minute(6));
    assert!(keys(&drill, "director").contains("missed/nudge/atoll"));
    let drill = drill.connected("atoll", true).when_it_is(9).then(&[]);
    drill.when("director", release("nudge", None)).then(&["nudge to atoll from the tray"]);
}

#[test]
fn a_contingency_that_only_asks_about_silence_at_its_time_is_proposed_too() {
    let nudge = Inject { only_if: Some(silent("task", 5)), ..of_kind(at("nudge", 7), InjectKind::Contingency) };
    let drill = given(with(vec![quiz(at("task", 1), None), nudge])).started().connected("basin", true).at(6);
    drill.when_it_is(7).then(&["nudge proposed for atoll", "nudge to basin due"]);
}

fn count(of: Subject, without: Vec<Absent>) -> Drill {
    let condition = teams(of, Condition::Answered("task".into()), without);
    given(with(vec![quiz(at("task", 1), None), when("branch", condition, 0)])).started().at(2)
}

const TO_ALL: [&str; 2] = ["task answer 1 of atoll after 60 s", "branch to atoll+basin due"];

#[test]
fn a_branch_may_ask_any_all_or_some_teams() {
    let atoll = || answer("task", "right");
    count(Subject::Any, vec![]).when("atoll-lead", atoll()).then(&TO_ALL);
    count(Subject::AtLeast(1), vec![]).when("atoll-lead", atoll()).then(&TO_ALL);
    for of in [Subject::All, Subject::AtLeast(2)] {
        let drill = count(of, vec![]).and("basin-lead", answer("task", "right")).at(2);
        drill.when("atoll-lead", atoll()).then(&TO_ALL);
        let drill = count(of, vec![]).and("atoll-lead", atoll());
        drill.when_it_is(9).then(&[]);
    }
}

#[test]
fn teams_that_are_paused_excused_or_offline_may_be_left_out_of_the_count() {
    let absent = |absent| count(Subject::All, vec![absent]);
    let drill = absent(Absent::Paused).and("atoll-lead", answer("task", "right"));
    let drill = drill.when("director", pause(Some("basin"))).then(&["paused of basin", "branch to atoll due"]);
    drill.when("director", resume(Some("basin"))).then(&["resumed of basin"]);
    let drill = absent(Absent::Excused).and("atoll-lead", answer("task", "right"));
    let drill = drill.when("director", excuse("task", Some(&["basin"])));
    drill.then(&["task excused for basin", "branch to atoll+basin due"]);
    let drill = absent(Absent::Offline).connected("atoll", true).connected("basin", true);
    let drill = drill.and("atoll-lead", answer("task", "right"));
    let gone = drillhall::engine::command::Order::NoteConnection { team: "basin".into(), connected: false };
    drill.when_ordered(gone).then(&["basin lost", "branch to atoll+basin due"]);
}

#[test]
fn all_of_nobody_is_not_all() {
    let drill = count(Subject::All, vec![Absent::Offline]);
    drill.when_it_is(9).then(&[]);
}

#[test]
fn a_count_may_be_of_one_cohort() {
    let answered = Condition::Answered("task".into());
    let quantity = drillhall::engine::plan::Quantity {
        of: Subject::All,
        cohort: Some("reef".into()),
        meet: answered,
        without: vec![],
    };
    let condition = Condition::Teams(Box::new(quantity));
    let plan = Plan {
        cohorts: vec!["reef".into(), "shelf".into()],
        ..with(vec![quiz(at("task", 1), None), when("branch", condition, 0)])
    };
    given(plan).started().at(2).when("atoll-lead", answer("task", "right")).then(&TO_ALL);
}

#[test]
fn a_team_that_joins_counts_from_then_on() {
    let drill =
        count(Subject::All, vec![]).and("director", add_team("cove")).and("atoll-lead", answer("task", "right"));
    drill.when("basin-lead", answer("task", "right")).then(&["task answer 1 of basin after 60 s"]);
}

#[test]
fn what_had_to_hold_when_an_inject_fell_due_and_did_not_passes_it_over() {
    let news = Inject { only_if: Some(Condition::Answered("task".into())), ..at("news", 3) };
    let drill =
        given(with(vec![quiz(at("task", 1), None), news])).started().at(2).and("atoll-lead", answer("task", "right"));
    let drill = drill.when_it_is(3).then(&["news passed over for basin", "news to atoll due"]);
    assert!(keys(&drill, "director").contains("passed_over/news/basin"));
    let drill = drill.and("basin-lead", answer("task", "right")).when_it_is(9).then(&[]);
    drill.when("director", release("news", None)).then(&["news to basin by hand"]);
}

/// Both fall due before one pulse: the second hears of the first.
#[test]
fn what_had_to_hold_may_have_come_in_the_same_pulse() {
    let news = Inject { only_if: Some(Condition::Received("task".into())), ..at("news", 1) };
    given(with(vec![at("task", 1), news]))
        .started()
        .when_it_is(1)
        .then(&["task to atoll+basin due", "news to atoll+basin due"]);
}

#[test]
fn a_flag_is_set_by_its_condition_and_stays() {
    let plan = Plan {
        flags: vec![
            flag("answered", Some(Condition::Answered("task".into()))),
            flag("both", Some(Condition::All(vec![has_flag("answered"), Condition::Logged(1)]))),
        ],
        ..with(vec![quiz(at("task", 1), None), when("branch", has_flag("both"), 0)])
    };
    let drill = given(plan).started().at(2).when("atoll-lead", answer("task", "right"));
    let drill = drill.then(&["task answer 1 of atoll after 60 s", "answered set for atoll"]);
    let drill = drill.when("atoll-lead", write_log("x")).then(&[
        "log of atoll: x",
        "both set for atoll",
        "branch to atoll due",
    ]);
    let drill = drill.and("director", recall("task", None));
    assert!(drill.team("atoll").flags.contains(&"answered".into()), "once set it stays");
}

#[test]
fn a_flag_that_staff_cleared_stays_cleared_until_staff_set_it() {
    let plan = Plan { flags: vec![flag("wrote", Some(Condition::Logged(1)))], ..empty() };
    let drill = given(plan).started().and("atoll-lead", write_log("one"));
    let drill = drill.when("facilitator", set_flag("wrote", None, false)).then(&["wrote cleared for atoll"]);
    let drill = drill.when("atoll-lead", write_log("two")).then(&["log of atoll: two"]);
    let drill = drill.when("director", set_flag("wrote", None, true)).then(&["wrote set for atoll+basin"]);
    assert!(
        keys(&drill, "director").contains("flag/wrote/atoll")
            && !keys(&drill, "atoll-lead").contains("flag/wrote/atoll")
    );
    drill.when("director", set_flag("wrote", None, true)).then(&[]);
}

#[test]
fn a_flag_known_to_the_plan_is_set_for_teams_that_are_there() {
    let drill = waiting_for(has_flag("seen"));
    let drill = drill.when("director", set_flag("sky", None, true)).refused(Rejection::UnknownFlag("sky".into()));
    drill.when("director", set_flag("seen", Some(&["cove"]), true)).refused(Rejection::UnknownTeam("cove".into()));
    let early = given(Plan { flags: vec![flag("seen", None)], ..with(vec![when("branch", has_flag("seen"), 1)]) });
    let early = early.when("director", set_flag("seen", None, true)).then(&["seen set for atoll+basin"]);
    early.started().when_it_is(1).then(&["branch to atoll+basin due"]);
}

fn alternative(id: &str, when: Condition, words: &str) -> Alternative {
    let mut content = manual("any").content;
    content.body = text(words);
    Alternative { id: id.into(), when, content }
}

#[test]
fn a_team_gets_the_first_of_the_other_words_that_fits() {
    let mut news = quiz(at("news", 3), None);
    news.alternatives = vec![
        alternative("praise", Condition::Answered("task".into()), "Well done."),
        alternative("always", Condition::All(vec![]), "Hurry."),
    ];
    let drill = given(with(vec![quiz(at("task", 1), None), news])).started().at(2);
    let drill = drill.and("atoll-lead", answer("task", "right")).when_it_is(3);
    let drill = drill.then(&["news to atoll due", "news to basin due"]);
    let sent = drill.log.iter().filter_map(|event| match &event.fact {
        Fact::InjectReleased { inject, alternative, content, .. } if inject.as_str() == "news" => Some((
            alternative.as_ref().map(ToString::to_string),
            content.body.get(&"en".into()).to_owned(),
            content.form.is_some(),
        )),
        _ => None,
    });
    let sent: Vec<_> = sent.collect();
    let expected = [("praise", "Well done."), ("always", "Hurry.")];
    assert_eq!(
        sent,
        expected.map(|(id, body)| (Some(id.to_owned()), body.to_owned(), true)),
        "with the inject's own form"
    );
    drill.when("atoll-lead", answer("news", "right")).then(&["news answer 1 of atoll after 0 s"]);
}

#[test]
fn a_team_reads_its_own_words() {
    let mut mail = at("mail", 1);
    mail.content.body = text("Call {{minister}} now, {{nobody}}.");
    let variable =
        drillhall::engine::plan::Variable { id: "minister".into(), title: text("who"), default: text("the minister") };
    let plan = Plan { variables: vec![variable], ..with(vec![mail]) };
    let drill =
        given(plan).when("director", set_word("minister", "basin", "Ms Reef")).then(&["minister set for basin"]);
    assert!(keys(&drill, "director").contains("variable/minister/basin"));
    let drill = drill.when("director", set_word("sky", "basin", "x")).refused(Rejection::UnknownVariable("sky".into()));
    let drill =
        drill.when("director", set_word("minister", "cove", "x")).refused(Rejection::UnknownTeam("cove".into()));
    let drill = drill.when("director", set_word("minister", "basin", " ")).refused(Rejection::EmptyText);
    // A word that names itself stays as it is: it does not grow.
    let drill = drill.and("director", set_word("minister", "basin", "Ms {{minister}}"));
    let events = drill.started().when_it_is(1).events();
    let bodies = events.iter().filter_map(|event| match &event.fact {
        Fact::InjectReleased { content, .. } => Some(content.body.get(&"en".into())),
        _ => None,
    });
    assert_eq!(
        bodies.collect::<Vec<_>>(),
        ["Call the minister now, {{nobody}}.", "Call Ms {{minister}} now, {{nobody}}."]
    );
}
