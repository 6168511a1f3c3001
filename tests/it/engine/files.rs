//! Files that teams hand in.

use drillhall::engine::{
    command::{Act, Actor, AnswerInput, Command, HandedIn, Order},
    decide::{FILES_LIMIT, FILES_MIB},
    event::{Event, Fact, FileTaken},
    id::{FileHash, PersonId},
    plan::FieldKind,
    prose::Mint,
    rejection::{Judging, Rejection},
    role::Role,
    step::step,
    text::Language,
    view::{Audience, frames::frames},
};

use super::{
    fixture::{Drill, given, submit},
    plan::{at, field, lagoon, with, with_form},
};

fn file(hash: &str, bytes: u64) -> HandedIn {
    let name = format!("{hash} of ours.png");
    HandedIn { hash: hash.into(), name, media_type: "image/png".to_owned(), bytes, encrypted: false }
}

/// Somebody hands a file in: what the log says, or why not.
fn hand_in(drill: &mut Drill, who: &str, file: HandedIn) -> Result<Vec<Event>, Rejection> {
    let mut random = [9; 32];
    random[..8].copy_from_slice(&(drill.log.len() as u64).to_be_bytes());
    let actor = Actor::Person(PersonId::from(who));
    let command = Command { actor, received_at: drill.now, mint: Mint::new(random), order: Order::NoteFile(file) };
    let events = step(&mut drill.state, &command, drill.now)?;
    drill.log.extend(events.iter().cloned());
    Ok(events)
}

#[test]
fn a_file_belongs_to_the_team_of_whoever_hands_it_in() {
    let mut drill = given(lagoon()).started();
    let events = hand_in(&mut drill, "atoll-player", file("abc", 7)).unwrap();
    assert!(matches!(&events[..], [Event { fact: Fact::FileTaken(FileTaken { bytes: 7, .. }), .. }]), "{events:?}");
    let taken = &drill.team("atoll").files[&FileHash::from("abc")];
    assert_eq!((taken.name.text(), taken.by.as_ref()), (Some("abc of ours.png"), Some(&"atoll-player".into())));
    assert!(drill.team("basin").files.is_empty());
    assert_eq!(hand_in(&mut drill, "atoll-lead", file("abc", 7)), Ok(Vec::new()), "the same bytes are there already");
    assert_eq!(hand_in(&mut drill, "basin-lead", file("abc", 7)).unwrap().len(), 1, "but not for another team");
}

#[test]
fn only_those_who_answer_for_a_team_hand_files_in() {
    let mut drill = given(lagoon());
    for who in ["director", "facilitator", "evaluator", "observer", "reviewer", "atoll-moderator", "nobody"] {
        assert_eq!(hand_in(&mut drill, who, file("abc", 7)), Err(Rejection::Forbidden), "{who}");
    }
    let mut drill = drill.started().and("director", Act::EndEx);
    assert!(hand_in(&mut drill, "atoll-lead", file("abc", 7)).is_ok(), "no honest work is refused for its time");
}

#[test]
fn a_team_hands_in_so_many_files_and_so_many_bytes() {
    let mut drill = given(lagoon());
    let whole = FILES_MIB * 1024 * 1024;
    hand_in(&mut drill, "atoll-lead", file("most", whole - 1)).unwrap();
    assert_eq!(hand_in(&mut drill, "atoll-lead", file("more", 2)), Err(Rejection::FilesFull { limit: FILES_MIB }));
    assert_eq!(
        hand_in(&mut drill, "atoll-lead", file("max", u64::MAX)),
        Err(Rejection::FilesFull { limit: FILES_MIB })
    );
    for n in 0..FILES_LIMIT {
        hand_in(&mut drill, "basin-lead", file(&format!("n{n}"), 1)).unwrap();
    }
    let full = Rejection::TooManyFiles { limit: FILES_LIMIT as u64 };
    assert_eq!(hand_in(&mut drill, "basin-lead", file("one-more", 1)), Err(full));
    assert_eq!(hand_in(&mut drill, "basin-lead", file("n7", 1)), Ok(Vec::new()), "what it has it has");
}

#[test]
fn an_answer_names_a_file_that_the_team_itself_has_handed_in() {
    let task = with_form(at("task", 10), None, vec![field("proof", 0, FieldKind::File)]);
    let with_file = |hash: &str| submit("task", &[("proof", AnswerInput::File(hash.into()))]);
    let not_taken = |hash: &str| Judging::FileNotTaken(hash.into()).into();
    let mut drill = given(with(vec![task])).started().at(12);
    hand_in(&mut drill, "basin-lead", file("theirs", 7)).unwrap();
    let drill = drill.when("atoll-lead", with_file("none")).refused(not_taken("none"));
    let mut drill = drill.when("atoll-lead", with_file("theirs")).refused(not_taken("theirs"));
    hand_in(&mut drill, "atoll-player", file("ours", 7)).unwrap();
    drill.when("atoll-lead", with_file("ours")).then(&["task answer 1 of atoll after 120 s"]);
}

#[test]
fn the_team_and_control_see_it_and_nobody_else() {
    let mut drill = given(lagoon());
    let events = hand_in(&mut drill, "atoll-lead", file("abc", 7)).unwrap();
    let shown = frames(1, &events[0], &Language::from("en"));
    assert_eq!(shown.len(), 1);
    assert_eq!(shown[0].to, [Audience::Control, Audience::Team("atoll".into())]);
    assert_eq!(shown[0].key, "file/atoll/abc");
    assert!(!shown[0].to.contains(&Audience::Role(Role::Observer)));
}

#[test]
fn the_name_of_a_file_can_be_erased_and_the_file_stays() {
    let mut drill = given(lagoon());
    hand_in(&mut drill, "atoll-lead", file("abc", 7)).unwrap();
    let part = drill.team("atoll").files[&FileHash::from("abc")].name.part.clone();
    let drill = drill.and("director", Act::ErasePart { part, reason: "a name in it".to_owned() });
    let taken = &drill.team("atoll").files[&FileHash::from("abc")];
    assert_eq!((taken.name.text(), taken.bytes), (None, 7));
}
