//! Who speaks to whom: teams among each other, simulated senders, the staff, and those who watch.

use drillhall::engine::{
    command::{Act, Observe},
    event::{EntryKind, Fact, Polarity, StaffTalk},
    plan::{Capability, Plan, Tlp},
    rejection::Rejection,
    state::Stage,
    text::Language,
    view::{board::Board, card::Card, frames::frames},
};

use super::{
    acts::{cancel, observe, say_as, tell_staff, write_to},
    fixture::{Drill, given, no_duff, say, write_log},
    plan::{at, contact, manual, persona, text, with},
    views::keys,
};

/// Atoll is `north` and basin is `south` in the directory; nobody is `east` yet.
fn plan() -> Plan {
    let mut outsider = contact("press");
    outsider.for_team = false;
    Plan {
        directory: vec![contact("north"), outsider, contact("south"), contact("east")],
        personas: vec![persona("minister")],
        ..with(vec![at("task", 1), manual("news")])
    }
}

fn playing() -> Drill {
    given(plan()).started().at(2)
}

/// The card of this kind that a person has.
fn card(drill: &Drill, person: &str, kind: &str) -> Option<Card> {
    let grant = &drill.state.grants[&person.into()];
    let viewer = drillhall::engine::view::Viewer {
        person: person.into(),
        role: grant.role,
        team: grant.team.clone(),
        blind: false,
        extras: drillhall::engine::view::Extras::default(),
    };
    let mut board = Board::default();
    for (seq, event) in (1..).zip(&drill.log) {
        for frame in frames(seq, event, &Language::from("en")) {
            board.take(&frame);
        }
    }
    board.seen_by(&viewer).find(|(key, _)| key.split('/').next() == Some(kind)).map(|(_, card)| card.clone())
}

#[test]
fn teams_write_to_each_other_by_alias() {
    let drill = playing().when("atoll-player", write_to(&["south"], " beware ")).then(&["atoll to basin: beware"]);
    let Some(Card::Peer(own)) = card(&drill, "atoll-lead", "peer") else { panic!("a message") };
    assert_eq!(
        (own.from_name.as_str(), own.to_names.as_slice(), own.by.is_some()),
        ("CIRT north", &["CIRT south".to_owned()][..], true)
    );
    let Some(Card::Peer(theirs)) = card(&drill, "basin-moderator", "peer") else { panic!("a message") };
    assert_eq!((theirs.from_name.as_str(), theirs.from, theirs.by, theirs.tlp), ("CIRT north", None, None, Tlp::Amber));
    let Some(Card::Peer(staff)) = card(&drill, "evaluator", "peer") else { panic!("a message") };
    assert_eq!((staff.from, staff.to), (Some("atoll".into()), vec!["basin".into()]));
    for person in ["actor", "observer", "reviewer"] {
        assert!(card(&drill, person, "peer").is_none(), "{person}");
    }
    assert_eq!((drill.team("atoll").peer_messages, drill.team("basin").peer_messages), (1, 0));
}

#[test]
fn a_message_reaches_its_addressees_only() {
    let drill = playing().and("director", super::fixture::add_team("cove"));
    let drill = drill.when("basin-lead", write_to(&["north", "east"], "hello")).then(&["basin to atoll+cove: hello"]);
    let drill = drill.when("atoll-lead", write_to(&["east"], "psst")).then(&["atoll to cove: psst"]);
    let count = |person| keys(&drill, person).iter().filter(|key| key.starts_with("peer/")).count();
    assert_eq!((count("atoll-lead"), count("basin-lead"), count("director")), (2, 1, 2));
}

#[test]
fn a_message_goes_to_other_teams_that_are_there() {
    let unknown = |alias: &str| Rejection::UnknownAlias(alias.into());
    for alias in ["nowhere", "east", "press", "north"] {
        playing().when("atoll-lead", write_to(&["south", alias], "x")).refused(unknown(alias));
    }
    let drill = playing().when("atoll-lead", write_to(&[], "x")).refused(Rejection::NoAddressee);
    let drill = drill.when("atoll-lead", write_to(&["south"], " ")).refused(Rejection::EmptyText);
    let about = |inject: &str| Act::WriteToPeers {
        to: ["south".into()].into(),
        text: "see".to_owned(),
        tlp: Tlp::Green,
        inject: Some(inject.into()),
    };
    let drill = drill.when("atoll-lead", about("news")).refused(Rejection::UnknownInject("news".into()));
    let drill = drill.when("atoll-lead", about("task")).then(&["atoll to basin: see"]);
    let Some(Card::Peer(theirs)) = card(&drill, "basin-lead", "peer") else { panic!("a message") };
    assert_eq!(theirs.inject, None, "which inject it belongs to is the sender's affair");
}

#[test]
fn a_team_without_an_alias_cannot_write_and_is_told_to_ask() {
    given(with(vec![])).started().when("atoll-lead", write_to(&["south"], "x")).refused(Rejection::NoAlias);
}

#[test]
fn messages_between_teams_need_play() {
    given(plan()).when("atoll-lead", write_to(&["south"], "x")).refused(Rejection::WrongStage(Stage::Ready));
    let suspended = playing().and("director", no_duff());
    suspended.when("atoll-lead", write_to(&["south"], "x")).refused(Rejection::WrongStage(Stage::Suspended));
    let called_off = playing().and("director", cancel());
    called_off.when("atoll-lead", write_to(&["south"], "x")).refused(Rejection::WrongStage(Stage::Cancelled));
}

#[test]
fn a_team_takes_the_alias_named_or_the_first_that_is_free() {
    let join = |id: &str, alias: Option<&str>| Act::AddTeam {
        team: id.into(),
        name: id.to_owned(),
        language: Language::from("en"),
        cohort: None,
        alias: alias.map(Into::into),
    };
    let drill =
        given(plan()).when("director", join("cove", Some("north"))).refused(Rejection::AliasTaken("north".into()));
    let drill = drill.when("director", join("cove", Some("press"))).refused(Rejection::UnknownAlias("press".into()));
    let drill = drill.and("director", join("cove", Some("east"))).and("director", join("delta", None));
    assert_eq!(drill.state.aliases.get(&"east".into()), Some(&"cove".into()));
    let Fact::TeamAdded { alias: None, .. } = drill.last_fact() else { panic!("none is left") };
}

#[test]
fn a_role_player_speaks_and_is_spoken_to_as_a_simulated_sender() {
    let unmet = playing().when("atoll-lead", say_as("minister", None, "Who are you?"));
    unmet.refused(Rejection::UnknownPersona("minister".into()));
    let drill = playing().when("actor", say_as("minister", Some("atoll"), "What is happening?"));
    let drill = drill.then(&["control in thread of atoll: What is happening?"]);
    let Some(Card::Said { by, persona, from_control, .. }) = card(&drill, "atoll-player", "said") else {
        panic!("said")
    };
    assert_eq!((by, persona.map(|sender| sender.name), from_control), (None, Some("minister".to_owned()), true));
    assert!(card(&drill, "basin-lead", "said").is_none());
    let drill = drill.when("atoll-lead", say_as("minister", None, "We look into it."));
    let drill = drill.then(&["team in thread of atoll: We look into it."]);
    assert_eq!(keys(&drill, "actor").iter().filter(|key| key.starts_with("said/")).count(), 2);
}

#[test]
fn a_role_player_hears_only_what_is_said_to_simulated_senders() {
    let drill = playing().and("atoll-lead", say(None, "to control"));
    assert!(card(&drill, "actor", "said").is_none() && card(&drill, "facilitator", "said").is_some());
    let drill = drill.when("actor", say(Some("atoll"), "hello")).refused(Rejection::Forbidden);
    let drill = drill.when("observer", say_as("minister", Some("atoll"), "x")).refused(Rejection::Forbidden);
    let drill =
        drill.when("actor", say_as("nobody", Some("atoll"), "x")).refused(Rejection::UnknownPersona("nobody".into()));
    let drill =
        drill.when("actor", say_as("minister", Some("cove"), "x")).refused(Rejection::UnknownTeam("cove".into()));
    drill.when("atoll-lead", say_as("minister", Some("basin"), "x")).refused(Rejection::Forbidden);
}

#[test]
fn a_message_may_come_in_the_voice_of_a_simulated_sender() {
    let send = |persona: Option<&str>| Act::SendMessage {
        team: None,
        title: text("Statement"),
        body: text("No comment."),
        persona: persona.map(Into::into),
    };
    let drill = playing().when("actor", send(Some("minister"))).then(&["message"]);
    let Some(Card::Message { from: Some(from), .. }) = card(&drill, "basin-player", "message") else { panic!("sent") };
    assert_eq!(from.name, "minister");
    let drill = drill.when("actor", send(None)).refused(Rejection::Forbidden);
    drill.when("facilitator", send(Some("nobody"))).refused(Rejection::UnknownPersona("nobody".into()));
}

#[test]
fn the_staffs_own_channel_is_for_those_who_run_the_exercise() {
    let drill = playing().when("actor", tell_staff("ready?")).then(&["staff: ready?"]);
    let note = Act::SayToStaff { text: "atoll is slow".to_owned(), kind: StaffTalk::HandOver };
    let drill = drill.when("facilitator", note).then(&["staff: atoll is slow"]);
    for person in ["director", "facilitator", "actor"] {
        assert!(card(&drill, person, "staff").is_some(), "{person}");
    }
    for person in ["planner", "lead-evaluator", "evaluator", "observer", "reviewer", "atoll-lead", "atoll-moderator"] {
        assert!(card(&drill, person, "staff").is_none(), "{person}");
        assert!(!playing().when(person, tell_staff("x")).is_allowed(), "{person}");
    }
    drill.when("director", tell_staff(" ")).refused(Rejection::EmptyText);
}

#[test]
fn who_watches_notes_what_was_seen() {
    let note = Act::Observe(Observe {
        text: "calm".to_owned(),
        team: Some("atoll".into()),
        inject: Some("task".into()),
        capability: Some(Capability::CrisisDecisionMaking),
        polarity: Polarity::Positive,
    });
    let drill = playing().when("observer", note).then(&["observed: calm"]);
    let sees = |person| card(&drill, person, "observation").is_some();
    assert!(sees("observer") && sees("evaluator") && sees("director"));
    assert!(!sees("atoll-lead") && !sees("atoll-moderator") && !sees("actor") && !sees("reviewer"));
    let drill = drill.when("atoll-moderator", observe(Some("atoll"), "good")).then(&["observed: good"]);
    assert!(card(&drill, "atoll-moderator", "observation").is_some(), "one's own note");
    let drill = drill.when("atoll-moderator", observe(Some("basin"), "bad")).refused(Rejection::Forbidden);
    let drill = drill.when("atoll-moderator", observe(None, "bad")).refused(Rejection::Forbidden);
    let drill = drill.when("evaluator", observe(Some("cove"), "x")).refused(Rejection::UnknownTeam("cove".into()));
    let about = Act::Observe(Observe {
        text: "x".to_owned(),
        team: None,
        inject: Some("nowhere".into()),
        capability: None,
        polarity: Polarity::Neutral,
    });
    let drill = drill.when("evaluator", about.clone()).refused(Rejection::UnknownInject("nowhere".into()));
    let Act::Observe(Observe { text, team, capability, polarity, .. }) = about else { unreachable!("a note is one") };
    let to_come = Act::Observe(Observe { text, team, inject: Some("news".into()), capability, polarity });
    let drill = drill.when("observer", to_come.clone()).refused(Rejection::UnknownInject("news".into()));
    let drill = drill.when("evaluator", to_come).then(&["observed: x"]);
    drill.when("evaluator", observe(None, "")).refused(Rejection::EmptyText);
}

#[test]
fn an_entry_says_what_kind_it_is_how_far_it_may_go_and_what_it_corrects() {
    let entry = |kind, tlp, corrects| Act::WriteLog {
        text: "block the sender".to_owned(),
        happened_at: None,
        inject: None,
        kind,
        tlp,
        corrects,
    };
    let drill = playing().and("atoll-lead", entry(EntryKind::Decision, Some(Tlp::Red), None));
    let Some(Card::Entry(shown)) = card(&drill, "atoll-player", "entry") else { panic!("an entry") };
    assert_eq!((shown.kind, shown.tlp, shown.corrects), (EntryKind::Decision, Some(Tlp::Red), None));
    let first = drill.last_item();
    let drill = drill.when("atoll-player", entry(EntryKind::Action, None, Some(first.clone())));
    let drill = drill.then(&["log of atoll: block the sender"]);
    assert_eq!(
        keys(&drill, "atoll-lead").iter().filter(|key| key.starts_with("entry/")).count(),
        2,
        "the old one stays"
    );
    let refused = Rejection::UnknownEntry(first.clone());
    let drill = drill.when("basin-lead", entry(EntryKind::Action, None, Some(first))).refused(refused);
    drill.when("atoll-lead", write_log("plain")).then(&["log of atoll: plain"]);
}
