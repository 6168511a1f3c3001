//! One websocket: frames out of an outbox, commands into the runner. The only room that knows the
//! websocket library.
//!
//! What is put together goes out in one write, at once. What a client does not take then is for a task that does
//! nothing else. A reader that does not keep up is closed with a code and comes back with its last sequence
//! number; nobody else waits for it.

mod line;

use std::{
    collections::BTreeMap,
    num::NonZeroU32,
    sync::{Arc, LazyLock},
    time::Duration,
};

use axum::extract::ws::{Message, WebSocket};
/// A handshake that becomes a connection, and the text of a frame, shared between connections.
pub(super) use axum::extract::ws::{
    Utf8Bytes as FrameText, WebSocketUpgrade as Handshake, rejection::WebSocketUpgradeRejection as NoHandshake,
};
use futures_util::{StreamExt, future::BoxFuture, stream::FuturesUnordered};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter, clock::DefaultClock};
use tokio::time::MissedTickBehavior;
use tokio_util::task::AbortOnDropHandle;

pub(super) use self::line::{Line, Queue};
use super::{
    Exercise, answer,
    committed::encode,
    ended,
    hub::{Connection, Hello},
    outbox::{Ending, Outbox},
    runner::Outcome,
    wire::{ClientFrame, ServerFrame},
};
use crate::{
    account::Watch,
    engine::{command::Act, id::PersonId, text::Language},
    http::metrics::count_refused,
};

/// Largest frame that a client may send, in bytes.
pub(super) const FRAME_LIMIT: usize = 64 * 1024;
/// The library's own default of 128 KiB a connection would take 27 times the memory.
const READ_BUFFER: usize = 1024;
const WRITE_BUFFER: usize = 4 * 1024;
/// How long a connection may say nothing before its `hello`.
const HELLO_WITHIN: Duration = Duration::from_secs(10);
const PING_EVERY: Duration = Duration::from_secs(20);
/// How many pings may stay unanswered.
const PINGS_UNANSWERED: u32 = 3;
/// How long the writing of one frame may take.
const WRITE_WITHIN: Duration = Duration::from_secs(30);
/// How long a close code may take, behind what a slow reader has not read yet.
const GOODBYE_WITHIN: Duration = Duration::from_secs(5);
/// Commands that one connection may have waiting for their answers.
const COMMANDS_WAITING: usize = 64;
/// Longest frame in which the key is looked for when the frame itself is refused, in bytes.
const KEY_LOOKED_FOR: usize = 4 * 1024;
const FRAMES_A_SECOND: NonZeroU32 = NonZeroU32::new(20).unwrap();
const FRAMES_AT_ONCE: NonZeroU32 = NonZeroU32::new(200).unwrap();

/// Who is at the other end, and what watches over the right to be it.
pub(super) struct Place {
    pub(super) person: PersonId,
    /// None where it rests on no session of an account.
    pub(super) watch: Option<Watch>,
}

/// Finds out who holds a ticket for this exercise; none if it is not good.
pub(super) type Redeem = Box<dyn Fn(String) -> BoxFuture<'static, Option<Place>> + Send + Sync>;

/// Shared by all limiters: making one asks the processor what it is, which is slow in a virtual machine.
static TICKER: LazyLock<DefaultClock> = LazyLock::new(DefaultClock::default);

/// Sets the limits of a connection. What is written has none here: a board may be of any size, and the
/// outbox bounds what waits.
pub(super) fn limited(handshake: Handshake) -> Handshake {
    handshake
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(WRITE_BUFFER)
        .max_message_size(FRAME_LIMIT)
        .max_frame_size(FRAME_LIMIT)
}

/// Serves one connection to its end.
pub(super) async fn serve(socket: WebSocket, exercise: Arc<Exercise>, place: Option<Place>, redeem: Redeem) {
    metrics::gauge!("drillhall_connections").increment(1.0);
    // The server stops only once this connection has said goodbye.
    let _until_closed = exercise.tasks.token();
    let (sink, mut stream) = socket.split();
    let outbox = Arc::new(Outbox::default());
    let mut writer = AbortOnDropHandle::new(tokio::spawn(write_rest(Line::new(sink), Arc::clone(&outbox))));
    let quota = Quota::per_second(FRAMES_A_SECOND).allow_burst(FRAMES_AT_ONCE);
    let limit = RateLimiter::direct_with_clock(quota, TICKER.clone());
    let mut session =
        Session { exercise, place, redeem, outbox, limit, connection: None, answers: FuturesUnordered::new() };
    let (close, line) = session.run(&mut writer, &mut stream).await;
    if let Some(connection) = session.connection.take() {
        session.exercise.hub.disconnect(&connection);
    }
    if let Some((code, reason)) = close {
        let goodbye = async {
            let mut line = if let Some(line) = line {
                line
            } else {
                session.outbox.end(Ending::Left);
                writer.await.ok()?.0
            };
            line.close(code, reason).await.ok()?;
            // A socket that is dropped with something unread takes back what it has said.
            while let Some(Ok(_)) = stream.next().await {}
            Some(())
        };
        // The other side may be gone already.
        tokio::time::timeout(GOODBYE_WITHIN, goodbye).await.ok();
    }
    metrics::gauge!("drillhall_connections").decrement(1.0);
}

struct Session {
    exercise: Arc<Exercise>,
    /// Who it is, once known.
    place: Option<Place>,
    redeem: Redeem,
    outbox: Arc<Outbox>,
    limit: DefaultDirectRateLimiter,
    connection: Option<Connection>,
    answers: FuturesUnordered<BoxFuture<'static, (String, Outcome)>>,
}

/// Close code and reason; none if the other side has closed.
type Close = Option<(u16, &'static str)>;

/// What is left when all is written: where to say goodbye, and why.
type Written = (Line, Result<Ending, Close>);

const MISBEHAVED: u16 = 4001;
const NOT_ALLOWED: u16 = 4003;
const TOO_SLOW: u16 = 4008;
const GOING_AWAY: u16 = 1001;
const TOO_LARGE: u16 = 1009;

impl Session {
    /// Listens until the connection ends. Returns where to say goodbye, unless the writer still has that.
    async fn run(
        &mut self,
        writer: &mut AbortOnDropHandle<Written>,
        stream: &mut (impl StreamExt<Item = Result<Message, axum::Error>> + Unpin),
    ) -> (Close, Option<Line>) {
        let mut ping = tokio::time::interval(PING_EVERY);
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        ping.reset();
        let stop = self.exercise.stop.clone();
        let (mut unanswered, mut stopping) = (0, false);
        let hello_missing = tokio::time::sleep(HELLO_WITHIN);
        tokio::pin!(hello_missing);
        loop {
            if stopping && self.answers.is_empty() {
                self.outbox.end(Ending::Stopping);
            }
            let may_read = !stopping && self.answers.len() < COMMANDS_WAITING;
            tokio::select! {
                written = &mut *writer => {
                    let Ok((mut line, end)) = written else { return (None, None) };
                    if let Ok(Ending::Renewed | Ending::Stopping) = end {
                        self.give_last_answers(&mut line).await;
                    }
                    return (end.map_or_else(|close| close, |ending| Some(close_of(ending))), Some(line));
                }
                () = stop.cancelled(), if !stopping => stopping = true,
                () = ended(self.place.as_ref().and_then(|place| place.watch.as_ref())) => {
                    return (Some((NOT_ALLOWED, "your session is over")), None);
                }
                message = stream.next(), if may_read => {
                    unanswered = 0;
                    match message {
                        Some(Ok(Message::Text(text))) => {
                            // Boxed: what it needs while it looks a key up would be half of every connection's task.
                            if let Err(close) = Box::pin(self.read(text.as_str())).await {
                                return (Some(close), None);
                            }
                        }
                        Some(Ok(Message::Binary(_))) => self.reject(None, "not_json", "frames are JSON text"),
                        Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                        Some(Ok(Message::Close(_))) | None => return (None, None),
                        Some(Err(error)) => return (unreadable(&error), None),
                    }
                }
                Some((key, outcome)) = self.answers.next() => self.tell(key, outcome),
                _ = ping.tick() => {
                    // One that waits behind a long write cannot be answered.
                    unanswered += u32::from(self.outbox.ping());
                    if unanswered > PINGS_UNANSWERED {
                        return (Some((GOING_AWAY, "nothing heard for a minute")), None);
                    }
                    self.mark();
                }
                () = &mut hello_missing, if self.connection.is_none() => {
                    return (Some((MISBEHAVED, "say hello first")), None);
                }
            }
        }
    }

    async fn read(&mut self, text: &str) -> Result<(), (u16, &'static str)> {
        let received_at = self.exercise.clock.now();
        if self.limit.check().is_err() {
            self.reject(key_in(text), "too_many_frames", "slow down: at most 20 frames a second are read");
            return Ok(());
        }
        match serde_json::from_str::<ClientFrame>(text) {
            Ok(ClientFrame::Hello { ticket, epoch, last_seq, language }) => {
                self.hello(ticket, epoch, last_seq.unwrap_or_default(), language).await?;
            }
            Ok(ClientFrame::Command { key, act }) => self.command(key, act, received_at).await?,
            Ok(ClientFrame::Writing { inject, active }) => {
                let connection = self.connection.as_ref().ok_or((MISBEHAVED, "say hello first"))?;
                self.exercise.hub.note_writing(connection, active.then_some(inject));
            }
            Ok(ClientFrame::Probe { n, measured }) => {
                let connection = self.connection.as_ref().ok_or((MISBEHAVED, "say hello first"))?;
                self.exercise.hub.note_line(connection, measured);
                self.outbox.put_other(encode(&ServerFrame::Probe { n }));
            }
            Err(error) if error.is_data() => self.reject(key_in(text), "bad_frame", &error.to_string()),
            Err(_) => self.reject(None, "not_json", "this frame is not JSON"),
        }
        Ok(())
    }

    async fn hello(
        &mut self,
        ticket: Option<String>,
        epoch: Option<String>,
        last_seq: i64,
        language: Option<Language>,
    ) -> Result<(), (u16, &'static str)> {
        if let Some(ticket) = ticket
            && self.place.is_none()
        {
            self.place = (self.redeem)(ticket).await;
        }
        let person =
            self.place.as_ref().map(|place| place.person.clone()).ok_or((NOT_ALLOWED, "no seat in this exercise"))?;
        if let Some(connection) = self.connection.take() {
            self.exercise.hub.disconnect(&connection);
        }
        let language = language.unwrap_or_else(|| Language::from("en"));
        let hello = Hello { person, epoch, last_seq: last_seq.max(0), language };
        let now = self.exercise.clock.now();
        let connection = self.exercise.hub.connect(&hello, &self.outbox, now);
        self.connection = Some(connection.ok_or((NOT_ALLOWED, "no role in this exercise"))?);
        Ok(())
    }

    async fn command(
        &mut self,
        key: String,
        act: Act,
        received_at: crate::engine::time::Timestamp,
    ) -> Result<(), (u16, &'static str)> {
        let person = self.connection.as_ref().map(|connection| connection.viewer.person.clone());
        let person = person.ok_or((MISBEHAVED, "say hello first"))?;
        match self.exercise.hand_in(&person, &key, act, received_at).await {
            Ok(outcome) => self.answers.push(Box::pin(async move { (key, answer(outcome).await) })),
            Err(refusal) => self.tell(key, Err(refusal)),
        }
        Ok(())
    }

    fn tell(&self, key: String, outcome: Outcome) {
        self.outbox.put_other(encode(&answer_frame(key, outcome)));
    }

    /// What was asked before the log was opened anew is answered, for it is stored or will not be.
    async fn give_last_answers(&mut self, line: &mut Line) {
        loop {
            if write(line, self.outbox.rest(), &self.outbox).await.is_err() {
                return;
            }
            let Some((key, outcome)) = self.answers.next().await else { return };
            self.tell(key, outcome);
        }
    }

    fn reject(&self, key: Option<String>, code: &'static str, message: &str) {
        count_refused(code);
        let frame =
            ServerFrame::Rejected { key, code: code.to_owned(), message: message.to_owned(), values: BTreeMap::new() };
        self.outbox.put_other(encode(&frame));
    }

    fn mark(&self) {
        let seq = self.exercise.hub.read(|committed| committed.head.seq);
        let server_time = self.exercise.clock.now();
        self.outbox.put_other(encode(&ServerFrame::Mark { seq, n: self.outbox.rows(), server_time }));
    }
}

fn answer_frame(key: String, outcome: Outcome) -> ServerFrame {
    if let Err(refusal) = &outcome {
        count_refused(refusal.code());
    }
    match outcome {
        Ok(seq) => ServerFrame::Accepted { key, seq },
        Err(refusal) => ServerFrame::Rejected {
            key: Some(key),
            code: refusal.code().to_owned(),
            message: refusal.to_string(),
            values: refusal.values(),
        },
    }
}

/// Lends a line to whoever puts something into an outbox, and writes what does not go through at once, until
/// the connection ends.
async fn write_rest(mut line: Line, outbox: Arc<Outbox>) -> Written {
    loop {
        if let Some((line, ending)) = outbox.give(line) {
            return (line, Ok(ending));
        }
        let (taken, queue) = outbox.line().await;
        line = taken;
        if let Err(close) = write(&mut line, queue, &outbox).await {
            return (line, Err(close));
        }
    }
}

async fn write(line: &mut Line, mut queue: Queue, outbox: &Outbox) -> Result<(), Close> {
    tokio::select! {
        // Most often all is written soon, and nobody has to be asked whether it takes too long.
        biased;
        written = line.write(&mut queue) => written,
        () = outbox.too_slow() => Err(Some(close_of(Ending::TooSlow))),
    }
}

fn close_of(ending: Ending) -> (u16, &'static str) {
    match ending {
        Ending::TooSlow => (TOO_SLOW, "too slow: come back with your last sequence number"),
        Ending::Revoked => (NOT_ALLOWED, "your role was taken away"),
        Ending::Renewed => (GOING_AWAY, "the log was opened anew: come back"),
        Ending::Stopping => (GOING_AWAY, "the server stops: come back"),
        Ending::Left => (GOING_AWAY, "the connection ends"),
    }
}

fn unreadable(error: &axum::Error) -> Close {
    let too_large = error.to_string().contains("too long") || error.to_string().contains("too large");
    too_large.then_some((TOO_LARGE, "at most 64 KiB a frame"))
}

/// The key of a command that could not be read as one, so that the client knows which was refused.
fn key_in(text: &str) -> Option<String> {
    // Who sends too much is not to have all of it parsed.
    if text.len() > KEY_LOOKED_FOR {
        return None;
    }
    let frame: serde_json::Value = serde_json::from_str(text).ok()?;
    Some(frame.get("key")?.as_str()?.to_owned())
}
