//! A drill that has been played, into which strange frames and strange rows come.

use std::sync::LazyLock;

use drillhall::{
    archive::inspect_log,
    engine::{
        codec,
        command::{Actor, Command, Order},
        event::{Event, Fact},
        id::PersonId,
        prose::Mint,
        state::State,
        step::step,
        text::Language,
        time::Millis,
        view::frames,
    },
    live::wire::ClientFrame,
    report::{build, recompute::recompute},
    store::{
        chain::{self, Head, StoredRow},
        jsonl,
        record::new_row,
    },
};

/// A log with every rule of scoring in it; the tests of scores keep it.
const GOLDEN: &[u8] = include_bytes!("../../tests/it/golden/scores-1.jsonl");
/// The row with which play ends.
const ENDED: i64 = 48;
/// Rows before play begins.
const READY: usize = 18;
/// Lines that are looked at: what more of them could show, other inputs show sooner.
const LINES: usize = 64;
/// Somebody of each role, one of them without any.
const PEOPLE: [&str; 12] = [
    "director",
    "planner",
    "facilitator",
    "actor",
    "lead-evaluator",
    "evaluator",
    "observer",
    "reviewer",
    "atoll-lead",
    "atoll-player",
    "basin-moderator",
    "nobody",
];
/// Between two frames.
const APART: Millis = Millis::seconds(20);

static LOG: LazyLock<Vec<(i64, Event)>> = LazyLock::new(|| {
    let found = inspect_log(GOLDEN);
    assert!(found.faults.is_empty(), "{:?}", found.faults);
    found.log.expect("the golden log can be read").events
});
/// In the middle of play, and when everything is over.
static STATES: LazyLock<[State; 2]> = LazyLock::new(|| {
    [ENDED, i64::MAX].map(|until| fold(LOG.iter().filter(|(seq, _)| *seq < until).map(|(_, event)| event)))
});

fn fold<'a>(mut events: impl Iterator<Item = &'a Event>) -> State {
    let mut state = State::open(events.next().expect("a log has rows")).expect("a log begins with its creation");
    events.for_each(|event| state.apply(event));
    state
}

/// Frames, one a line, each behind a letter that says whose it is; the first line says how far the drill is. A
/// frame is refused, or makes events that can be written, read, shown, and folded to the same state.
pub(crate) fn frame(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut lines = text.lines();
    let over = lines.next().is_some_and(|first| first.starts_with("over"));
    let [playing, ended] = &*STATES;
    let mut state = if over { ended } else { playing }.clone();
    let mut replayed = state.clone();
    for (number, line) in (0..).zip(lines.take(LINES)) {
        let mut letters = line.chars();
        let person = letters.next().map_or(0, |letter| letter as usize) % PEOPLE.len();
        let Ok(ClientFrame::Command { act, .. }) = serde_json::from_str(letters.as_str()) else { continue };
        let at = state.at.plus(APART);
        let command = Command {
            actor: Actor::Person(PersonId::from(PEOPLE[person])),
            received_at: at,
            mint: Mint::new([number; 32]),
            order: Order::Act(act),
        };
        match step(&mut state, &command, at) {
            Ok(events) => events.iter().for_each(|event| {
                let event = written_and_read(event);
                let shown = frames::frames(1, &event, &Language::from("en"));
                assert!(serde_json::to_vec(&shown.iter().map(|frame| &frame.card).collect::<Vec<_>>()).is_ok());
                replayed.apply(&event);
            }),
            Err(rejection) => assert!(!rejection.to_string().is_empty()),
        }
        assert_eq!(state, replayed, "what was stored is not what was decided");
    }
}

fn written_and_read(event: &Event) -> Event {
    let row = codec::body(&event.fact);
    let actor = codec::actor_text(&event.actor);
    let read = codec::event(event.fact.kind(), codec::VERSION, event.at, &actor, &row);
    let mut read = read.unwrap_or_else(|error| panic!("{error}: {row}"));
    // Texts are kept beside the row.
    for (prose, written) in read.fact.prose_mut().into_iter().zip(event.fact.prose()) {
        prose.content.clone_from(&written.content);
    }
    assert_eq!(&read, event);
    read
}

/// Bodies of rows, one a line, behind those with which the drill was made ready. Whoever forges a log can make
/// its chain, too: it holds together, and nothing that reads it falls over.
pub(crate) fn log(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut events: Vec<Event> = LOG[..READY].iter().map(|(_, event)| event.clone()).collect();
    let facts = text.lines().take(LINES).filter_map(|line| serde_json::from_str::<Fact>(line).ok());
    for fact in facts {
        let at = events.last().map_or_else(Default::default, |event| event.at).plus(APART);
        events.push(Event { at, actor: Actor::Person(PersonId::from("director")), fact });
    }
    let recorded = (1..).zip(&events).map(|(seq, event)| new_row(seq, event));
    let (rows, parts): (Vec<_>, Vec<_>) = recorded.unzip();
    let sealed = chain::seal(chain::GENESIS, "exercise/drill", 1, rows);
    let rows: Vec<StoredRow> = sealed.into_iter().zip(parts).map(|(row, parts)| StoredRow { row, parts }).collect();
    let last = rows.last().expect("the drill was made ready");
    let head = Head { seq: last.row.seq, hash: last.row.hash.clone() };
    let mut exported = Vec::new();
    jsonl::write(&mut exported, "exercise/drill", &head, &rows).expect("a vector takes what is written");
    let found = inspect_log(&exported[..]).log.expect("it has a header");
    // A text that is nowhere is a fault of the log; what stands before it is read all the same.
    if let Ok(report) = build(&found.events, Some(found.head.hash)) {
        serde_json::to_vec(&report).expect("a report can be written");
    }
    let _same_or_told = recompute(&found.events);
}
