//! Who got what and who read it, and whether anybody of a team is connected.

use drillhall::engine::{
    command::{Act, Order},
    event::Receipt,
    rejection::Rejection,
};

use super::{
    acts::minute,
    fixture::{Drill, given},
    plan::lagoon,
    views::keys,
};

fn receipt(person: &str, team: &str, opened: bool) -> Receipt {
    let opened_at = opened.then(|| minute(11));
    Receipt {
        inject: "task".into(),
        person: person.into(),
        team: team.into(),
        delivered_at: Some(minute(11)),
        opened_at,
    }
}

fn noted(receipts: Vec<Receipt>) -> Order {
    Order::NoteReceipts { receipts }
}

fn asked() -> Drill {
    given(lagoon()).started().at(12)
}

#[test]
fn receipts_of_further_people_are_gathered_and_kept_once() {
    let drill = asked().and("atoll-lead", Act::NoteOpened { inject: "task".into() });
    let both = || noted(vec![receipt("atoll-player", "atoll", false), receipt("basin-lead", "basin", true)]);
    let drill = drill.when_ordered(both()).then(&["2 receipts"]).when_ordered(both()).then(&[]);
    let drill = drill.when_ordered(noted(vec![receipt("atoll-player", "atoll", true)])).then(&["1 receipts"]);
    let seen = keys(&drill, "facilitator");
    assert!(seen.contains("personal_receipt/got/task/atoll-player"), "{seen:?}");
    assert!(seen.contains("personal_receipt/read/task/atoll-player"), "{seen:?}");
    assert!(!keys(&drill, "atoll-lead").iter().any(|key| key.starts_with("personal_receipt")));
    let first = drill.when_ordered(noted(vec![receipt("atoll-lead", "atoll", true)]));
    first.then(&[]);
}

#[test]
fn a_look_by_staff_or_from_another_team_is_no_receipt() {
    for (person, team) in
        [("facilitator", "atoll"), ("atoll-moderator", "atoll"), ("basin-lead", "atoll"), ("nobody", "atoll")]
    {
        asked().when_ordered(noted(vec![receipt(person, team, true)])).then(&[]);
    }
    for who in ["facilitator", "atoll-moderator"] {
        asked().when(who, Act::NoteOpened { inject: "task".into() }).refused(Rejection::Forbidden);
    }
}

#[test]
fn what_was_not_sent_is_neither_got_nor_read() {
    let unsent = Receipt { inject: "news".into(), ..receipt("atoll-lead", "atoll", true) };
    let unknown = Receipt { inject: "nowhere".into(), ..receipt("atoll-lead", "atoll", true) };
    let nobody = Receipt { team: "cove".into(), ..receipt("atoll-lead", "atoll", true) };
    let empty = Receipt { delivered_at: None, opened_at: None, ..receipt("atoll-lead", "atoll", true) };
    asked().when_ordered(noted(vec![unsent, unknown, nobody, empty])).then(&[]);
}

#[test]
fn staff_see_when_nobody_of_a_team_is_connected_any_more() {
    let note = |team: &str, connected| Order::NoteConnection { team: team.into(), connected };
    let drill = asked().when_ordered(note("atoll", false)).then(&[]).when_ordered(note("atoll", true));
    let drill = drill.then(&["atoll back"]).when_ordered(note("atoll", true)).then(&[]);
    let drill = drill.when_ordered(note("atoll", false)).then(&["atoll lost"]);
    assert!(keys(&drill, "director").contains("lost/atoll") && !keys(&drill, "atoll-lead").contains("lost/atoll"));
    let drill = drill.connected("atoll", true);
    assert!(!keys(&drill, "director").contains("lost/atoll"));
    drill.when_ordered(note("cove", true)).then(&[]);
}
