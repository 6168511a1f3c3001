//! The runner: one task for each exercise in play, the only place where commands are decided.
//!
//! It decides on a *working* state that runs ahead of the store: while one batch is being stored,
//! the next is decided on top of it. Everybody else sees the *committed* state only, and every
//! answer waits for the batch that it rests on. When a batch cannot be stored, the working state is
//! thrown away; whoever waits is told to ask again with the same key.

use std::{collections::HashMap, sync::Arc, time::Duration};

use tokio::sync::{Notify, mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use super::{
    committed::{Stored, shown_of},
    hub::Hub,
    load,
    quiet::{Absences, Receipts},
    refusal::Refusal,
};
use crate::{
    clock::Clock,
    engine::{
        command::{Act, Command, Order},
        event::{Event, Fact, Receipt},
        id::ExerciseId,
        state::{Stage, State},
        step::{by_system, step},
        time::{Millis, Timestamp},
        view::frames::audiences,
    },
    hook::{Hooks, told},
    store::{
        AppendError, Batch, Effect, Key, Store,
        chain::{self, Head},
        record,
    },
};

/// Commands taken from the inbox at once.
const COMMANDS_AT_ONCE: usize = 256;
/// Rows that may wait for the batch before them; beyond it commands wait in the inbox.
const WAITING_ROWS: usize = 10_000;
/// How often scores, names and presence are sent, at most.
const VALUES_EVERY: Duration = Duration::from_millis(250);
/// How long after the last row the store is told that the server is alive, and how often then.
const ALIVE_EVERY: Duration = Duration::from_secs(1);
/// So long before something falls due it is decided and handed to the store, to be stored at that instant: what
/// is left to do then is to write it to the disk and to show it.
const AHEAD: Millis = Millis(10);
/// How long to leave a store alone that has just refused a batch.
const BREATHER: Duration = Duration::from_millis(250);

/// A command on its way to the runner.
pub(super) struct Request {
    pub(super) command: Command,
    /// Key and hash of a person's command; the server's own commands have none.
    pub(super) key: Option<CommandKey>,
    pub(super) reply: oneshot::Sender<Outcome>,
}

/// What makes a command the same as an earlier one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CommandKey {
    pub(super) actor: String,
    pub(super) key: String,
    pub(super) body_hash: String,
}

/// The sequence number of the log's head after a command, or why it was refused.
pub(super) type Outcome = Result<i64, Refusal>;

pub(super) struct Runner {
    pub(super) exercise: ExerciseId,
    pub(super) term: i64,
    pub(super) store: Store,
    pub(super) clock: Clock,
    pub(super) hub: Arc<Hub>,
    pub(super) hooks: Hooks,
    pub(super) inbox: mpsc::Receiver<Request>,
    /// Until when the platform was alive before, if it died in play: the first thing to be noted,
    /// before anything falls due in the light of the lost time.
    pub(super) down_since: Option<Timestamp>,
    /// Rows were stored just now: they say that the server is alive, too.
    pub(super) stored: Arc<Notify>,
    pub(super) stop: CancellationToken,
    /// Another server has claimed the log.
    pub(super) taken_over: CancellationToken,
}

/// What is decided and not yet committed.
struct Desk {
    working: State,
    receipts: Receipts,
    absences: Absences,
    /// Where the log will end once everything decided is stored.
    tail: Head,
    pending: Work,
    keys: Keys,
    /// Where the exercise stands by what is stored, or is on its way there.
    stage: Stage,
}

/// Body hash and answer of every key used since the server started, by actor and key.
type Keys = HashMap<(String, String), (String, i64)>;

/// Somebody who waits, and the answer.
type Waiting = (oneshot::Sender<Outcome>, Outcome);

/// Rows that are stored together, and who waits for them.
#[derive(Default)]
struct Work {
    rows: Vec<chain::Row>,
    parts: Vec<chain::Part>,
    keys: Vec<Key>,
    stored: Vec<Stored>,
    waiting: Vec<Waiting>,
}

/// What is decided already and not due yet. The store waits until this is dropped.
struct Held {
    due: Timestamp,
    store: Option<oneshot::Sender<()>>,
}

impl Held {
    fn hold(&mut self) -> oneshot::Receiver<()> {
        let (store, ripe) = oneshot::channel();
        self.store = Some(store);
        ripe
    }
}

/// Why the runner leaves its desk.
enum Leave {
    Stopped,
    /// A batch failed: what the store holds has to be looked at.
    Failed,
    /// Text was erased: the log has to be read anew, and everybody starts afresh. Nothing of that
    /// batch was shown yet, so that nobody who arrives meanwhile is shown the text; these wait.
    Erased(Vec<Waiting>),
    /// Another server writes this log now.
    TakenOver,
}

impl Runner {
    pub(super) async fn run(mut self) {
        let mut keys = Keys::new();
        loop {
            let mut desk = self.desk(keys);
            let leave = self.work(&mut desk).await;
            keys = desk.keys;
            match leave {
                Leave::Stopped => return,
                Leave::TakenOver => {
                    tracing::error!(exercise = %self.exercise, "another server has taken this exercise over");
                    self.taken_over.cancel();
                    self.hub.end_all(super::outbox::Ending::Stopping);
                    return;
                }
                Leave::Failed => self.until(async |runner| runner.catch_up().await).await,
                Leave::Erased(waiting) => {
                    self.until(async |runner| runner.read_anew().await).await;
                    answer_all(waiting);
                }
            }
        }
    }

    /// A desk on top of what is committed. Keys of what was thrown away are free again; the others
    /// must not be forgotten, or a repeat would be done twice.
    fn desk(&self, mut keys: Keys) -> Desk {
        let (working, tail) = self.hub.read(|committed| (committed.state.clone(), committed.head.clone()));
        keys.retain(|_, (_, seq)| *seq <= tail.seq);
        let (receipts, absences) = (Receipts::default(), Absences::default());
        let stage = working.stage();
        let mut desk = Desk { working, receipts, absences, tail, pending: Work::default(), keys, stage };
        if let Some(from) = self.down_since {
            let to = self.clock.now();
            // An outage asks for nothing, so it cannot be refused.
            desk.decide(&by_system(Order::NoteOutage { from, to }, to), to).ok();
        }
        desk
    }

    async fn work(&mut self, desk: &mut Desk) -> Leave {
        let mut requests = Vec::with_capacity(COMMANDS_AT_ONCE);
        let mut values = tokio::time::interval(VALUES_EVERY);
        values.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut in_flight: Option<(Work, _)> = None;
        let mut held: Option<Held> = None;
        loop {
            if in_flight.is_none() && !desk.pending.stored.is_empty() {
                let (work, batch) = self.next_batch(desk);
                let ripe = held.as_mut().map(Held::hold);
                let store = self.store.clone();
                in_flight = Some((work, Box::pin(async move { store.append_when(batch, ripe).await })));
            }
            let deadline = desk.working.next_deadline();
            let has_room = desk.pending.stored.len() < WAITING_ROWS;
            tokio::select! {
                biased;
                result = async { in_flight.as_mut().map(|(_, append)| append) .expect("guarded").await }, if in_flight.is_some() => {
                    let Some((work, _)) = in_flight.take() else { continue };
                    if let Some(leave) = self.settle(desk, work, result) {
                        return leave;
                    }
                }
                () = self.stop.cancelled(), if held.is_some() => held = None,
                () = self.stop.cancelled(), if desk.pending.stored.is_empty() && in_flight.is_none() => return Leave::Stopped,
                () = self.taken_over.cancelled() => return Leave::TakenOver,
                () = async { self.clock.wait_out(AHEAD, held.as_ref().map(|held| held.due).unwrap_or_default()).await }, if held.is_some() => held = None,
                () = async { self.clock.sleep_until(deadline.unwrap_or_default().minus(AHEAD)).await }, if deadline.is_some() && held.is_none() && has_room => {
                    held = deadline.map(|due| Held { due, store: None });
                    let at = self.clock.now().max(deadline.unwrap_or_default());
                    // A pulse asks for nothing, so it cannot be refused.
                    desk.decide(&by_system(Order::Pulse, at), at).ok();
                }
                _ = values.tick(), if held.is_none() => {
                    self.hub.send_stale_values();
                    let waiting = in_flight.as_mut().map(|(work, _)| work);
                    self.note_quiet_things(desk, waiting);
                }
                count = self.inbox.recv_many(&mut requests, COMMANDS_AT_ONCE), if has_room => {
                    if count == 0 {
                        return Leave::Stopped;
                    }
                    let waiting = in_flight.as_mut().map(|(work, _)| work);
                    self.take_requests(desk, waiting, requests.drain(..));
                }
            }
        }
    }

    /// What is gathered and noted now and then: what people read, and whose line is gone.
    fn note_quiet_things(&self, desk: &mut Desk, in_flight: Option<&mut Work>) {
        let now = self.clock.now();
        if matches!(desk.working.stage(), Stage::Ended | Stage::Cancelled) {
            desk.absences = Absences::default();
        } else {
            for order in desk.absences.notice(&desk.working, &self.hub.connected_teams(), now) {
                // The server's own notes ask for nothing, so they cannot be refused.
                desk.decide(&by_system(order, now), now).ok();
            }
        }
        if let Some((receipts, waiting)) = desk.receipts.take(now) {
            let outcome = desk.decide(&by_system(Order::NoteReceipts { receipts }, now), now);
            desk.answer_once_stored(in_flight, waiting.into_iter().map(|reply| (reply, outcome.clone())));
        }
    }

    fn take_requests(
        &self,
        desk: &mut Desk,
        mut in_flight: Option<&mut Work>,
        requests: impl Iterator<Item = Request>,
    ) {
        for Request { command, key, reply } in requests {
            let now = self.clock.now();
            let before = desk.tail.seq;
            let outcome = desk.answer(&command, key, now).map_err(|refusal| refusal.named(&self.hub));
            if outcome == Ok(before)
                && let Some(receipt) = desk.receipt(&command, now)
            {
                desk.receipts.put(receipt, reply);
                continue;
            }
            desk.answer_once_stored(in_flight.as_deref_mut(), [(reply, outcome)]);
        }
    }

    fn next_batch(&self, desk: &mut Desk) -> (Work, Batch) {
        let mut work = std::mem::take(&mut desk.pending);
        let rows = std::mem::take(&mut work.rows);
        let before = rows.first().map_or(desk.tail.seq, |row| row.seq - 1);
        let erase = work.stored.iter().filter_map(|stored| match &stored.event.fact {
            Fact::PartErased { part, .. } => Some(part.clone()),
            _ => None,
        });
        let batch = Batch {
            stream: record::stream_of(&self.exercise),
            term: self.term,
            expected_seq: before,
            parts: std::mem::take(&mut work.parts),
            keys: std::mem::take(&mut work.keys),
            outbox: work.stored.iter().flat_map(|stored| self.told(desk, stored)).collect(),
            erase: erase.collect(),
            state: desk.stage_moved().map(|stage| stage.to_string()),
            alive_at: self.clock.now(),
            rows,
        };
        (work, batch)
    }

    fn told(&self, desk: &Desk, stored: &Stored) -> Vec<Effect> {
        told(&self.hooks, &self.exercise, desk.working.rehearsal, stored.head.seq, &stored.event)
    }

    fn settle(&mut self, desk: &mut Desk, work: Work, result: Result<(), AppendError>) -> Option<Leave> {
        let fail = |work: Work, pending: Work| {
            for (reply, _) in work.waiting.into_iter().chain(pending.waiting) {
                reply.send(Err(Refusal::Unavailable)).ok();
            }
        };
        match result {
            Ok(()) => {
                self.down_since = None;
                self.stored.notify_one();
                if erases(&work.stored) {
                    fail(Work::default(), std::mem::take(&mut desk.pending));
                    return Some(Leave::Erased(work.waiting));
                }
                self.hub.publish(&work.stored, self.clock.now());
                note_lateness(&desk.working, &work.stored, self.clock.now());
                answer_all(work.waiting);
                None
            }
            Err(error) => {
                tracing::error!(exercise = %self.exercise, error = &error as &dyn std::error::Error, "a batch was not stored");
                fail(work, std::mem::take(&mut desk.pending));
                let (leave, kind) = match error {
                    AppendError::StaleTerm { .. } | AppendError::Closed => (Leave::TakenOver, "taken_over"),
                    _ => (Leave::Failed, "not_stored"),
                };
                metrics::counter!("drillhall_runner_faults_total", "kind" => kind).increment(1);
                Some(leave)
            }
        }
    }

    /// Tries until it succeeds or the server stops; meanwhile every command is refused as unavailable.
    async fn until(&mut self, attempt: impl AsyncFn(&Self) -> Result<(), load::LoadError>) {
        loop {
            match attempt(self).await {
                Ok(()) => return,
                Err(error) => {
                    tracing::warn!(exercise = %self.exercise, error = &error as &dyn std::error::Error, "the store does not answer");
                }
            }
            while let Ok(request) = self.inbox.try_recv() {
                request.reply.send(Err(Refusal::Unavailable)).ok();
            }
            tokio::select! {
                () = tokio::time::sleep(BREATHER) => {}
                () = self.stop.cancelled() => return,
            }
        }
    }

    /// Shows rows that were stored although their batch was reported as failed.
    async fn catch_up(&self) -> Result<(), load::LoadError> {
        tokio::time::sleep(BREATHER).await;
        let after = self.hub.read(|committed| committed.head.seq);
        let rows = load::rows_after(&self.store, &self.exercise, after).await?;
        if erases(&rows) {
            return self.read_anew().await;
        }
        self.hub.publish(&rows, self.clock.now());
        Ok(())
    }

    async fn read_anew(&self) -> Result<(), load::LoadError> {
        let generation = self.hub.read(|committed| committed.generation);
        self.hub.replace(load::committed(&self.store, &self.exercise, generation).await?);
        Ok(())
    }

    /// Keeps the store told that the server is alive while play goes on, so that a recovery knows how
    /// long it was not. Learns there whether another server has claimed the log.
    pub(super) fn heartbeat(&self) -> impl Future<Output = ()> + use<> {
        let (exercise, term, store, clock) = (self.exercise.clone(), self.term, self.store.clone(), self.clock.clone());
        let (hub, stop, taken_over) = (Arc::clone(&self.hub), self.stop.clone(), self.taken_over.clone());
        let stored = Arc::clone(&self.stored);
        async move {
            let stream = record::stream_of(&exercise);
            // The wait comes first: the runner notes the outage that the last sign of life shows.
            loop {
                tokio::select! {
                    () = tokio::time::sleep(ALIVE_EVERY) => {}
                    () = stored.notified() => continue,
                    () = stop.cancelled() => return,
                    () = taken_over.cancelled() => return,
                }
                if hub.read(|committed| committed.state.stage()) != Stage::Running {
                    continue;
                }
                match store.note_alive(&stream, term, clock.now()).await {
                    Ok(true) => {}
                    Ok(false) => taken_over.cancel(),
                    Err(error) => {
                        tracing::warn!(%exercise, error = &error as &dyn std::error::Error, "could not note that the server is alive");
                    }
                }
            }
        }
    }
}

impl Desk {
    /// Where the exercise stands now, if that is another stage than was stored last.
    fn stage_moved(&mut self) -> Option<Stage> {
        let now = self.working.stage();
        (std::mem::replace(&mut self.stage, now) != now).then_some(now)
    }

    /// What a person noted after somebody of the team had noted it first.
    fn receipt(&self, command: &Command, at: Timestamp) -> Option<Receipt> {
        let person = command.actor.person()?;
        let team = self.working.grants.get(person)?.team.clone()?;
        let (inject, opened) = match &command.order {
            Order::Act(Act::NoteDelivered { inject }) => (inject, false),
            Order::Act(Act::NoteOpened { inject }) => (inject, true),
            _ => return None,
        };
        let opened_at = opened.then_some(at);
        Some(Receipt { inject: inject.clone(), person: person.clone(), team, delivered_at: Some(at), opened_at })
    }

    /// The answer to a command, to be given once everything decided so far is stored.
    fn answer(&mut self, command: &Command, key: Option<CommandKey>, at: Timestamp) -> Outcome {
        let Some(key) = key else { return self.decide(command, at) };
        let name = (key.actor.clone(), key.key.clone());
        if let Some((body_hash, seq)) = self.keys.get(&name) {
            return if *body_hash == key.body_hash { Ok(*seq) } else { Err(Refusal::KeyReused) };
        }
        let before = self.tail.seq;
        let seq = self.decide(command, at)?;
        if seq > before {
            self.keys.insert(name, (key.body_hash.clone(), seq));
            self.pending.keys.push(Key { actor: key.actor, key: key.key, body_hash: key.body_hash, seq });
        }
        Ok(seq)
    }

    /// Whoever waits is answered with the batch that the answer rests on: the next one, else the one that
    /// is being stored, else at once.
    fn answer_once_stored(&mut self, in_flight: Option<&mut Work>, waiting: impl IntoIterator<Item = Waiting>) {
        if !self.pending.stored.is_empty() {
            self.pending.waiting.extend(waiting);
        } else if let Some(work) = in_flight {
            work.waiting.extend(waiting);
        } else {
            answer_all(waiting);
        }
    }

    fn decide(&mut self, command: &Command, at: Timestamp) -> Outcome {
        let events = step(&mut self.working, command, at)?;
        for event in events {
            self.keep(event);
        }
        Ok(self.tail.seq)
    }

    fn keep(&mut self, event: Event) {
        let seq = self.tail.seq + 1;
        let shown = shown_of(seq, &event, &self.working.plan.languages);
        let audiences = shown.values().next().map(|frames| audiences(frames)).unwrap_or_default();
        let (row, parts) = record::row_for(seq, &event, &audiences);
        let stream = record::stream_of(&self.working.exercise);
        for row in chain::seal(&self.tail.hash, &stream, seq, vec![row]) {
            self.tail = Head { seq, hash: row.hash.clone() };
            self.pending.rows.push(row);
        }
        self.pending.parts.extend(parts);
        self.pending.stored.push(Stored {
            head: self.tail.clone(),
            event: Arc::new(event),
            shown: Some(Arc::new(shown)),
        });
    }
}

fn erases(rows: &[Stored]) -> bool {
    rows.iter().any(|stored| matches!(stored.event.fact, Fact::PartErased { .. }))
}

fn answer_all(waiting: impl IntoIterator<Item = Waiting>) {
    for (reply, outcome) in waiting {
        // Whoever asked may be gone; the answer is for them only.
        reply.send(outcome).ok();
    }
}

/// Counts how late injects went out: until they were stored and on their way to everybody's socket. A
/// rehearsal is nobody's statistic.
fn note_lateness(state: &State, stored: &[Stored], shown_at: Timestamp) {
    if state.rehearsal {
        return;
    }
    for Stored { event, .. } in stored {
        if let Fact::InjectReleased { due: Some(due), .. } = &event.fact {
            let Millis(late) = shown_at.since(*due);
            #[expect(clippy::cast_precision_loss, reason = "a metric, not a rule")]
            metrics::histogram!("drillhall_inject_lateness_seconds").record(late as f64 / 1000.0);
        }
    }
}
