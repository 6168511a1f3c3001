//! One connection of the crowd: says hello, reads every frame, and keeps account of it. Costs as
//! little as it can, because thousands of them share a processor.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use anyhow::{Context, bail};
use futures_util::{
    SinkExt, StreamExt,
    stream::{SplitSink, SplitStream},
};
use serde::Deserialize;
use serde_json::json;
use tokio::{net::TcpStream, time::Instant};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{Message, protocol::WebSocketConfig},
};
use tokio_util::sync::CancellationToken;

use super::{hall::SECONDS_APART, now};
use crate::bot::player::Place;

type Socket = WebSocketStream<TcpStream>;
/// The end to speak into.
pub(super) type Mouth = SplitSink<Socket, Message>;

/// What all connections together have received, to know when a phase is over.
#[derive(Debug, Default)]
pub(super) struct Progress {
    pub(super) injects: AtomicU64,
    pub(super) messages: AtomicU64,
    pub(super) responses: AtomicU64,
    pub(super) answered: AtomicU64,
    /// The first thing that was refused.
    pub(super) refusal: std::sync::OnceLock<String>,
}

/// Where a connection is in the log.
#[derive(Clone, Debug, Default)]
pub(super) struct Position {
    epoch: String,
    last_seq: i64,
}

/// An inject as one connection received it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Receipt {
    pub(super) inject: u32,
    /// From the instant at which it was due to the instant that the server put on it.
    pub(super) late: Duration,
    /// From the instant at which it was due until it was read here.
    pub(super) delivery: Duration,
}

/// Everything that one connection received.
#[derive(Debug, Default)]
pub(super) struct Heard {
    pub(super) position: Position,
    pub(super) injects: Vec<Receipt>,
    pub(super) messages: u64,
    pub(super) responses: u64,
    /// Rows that came twice or out of order.
    pub(super) doubled: u64,
    /// Frames that the server's own count has more than ours, or less.
    pub(super) miscounted: u64,
    /// Numbers of commands, and when their answers came.
    pub(super) answers: Vec<(u32, Instant)>,
    frames: u64,
    started_at: i64,
}

/// A connection that is open and has been welcomed.
pub(super) struct Line {
    pub(super) mouth: Mouth,
    ear: SplitStream<Socket>,
    heard: Heard,
}

/// As much of a frame as matters here.
#[derive(Deserialize)]
struct Heading<'a> {
    #[serde(rename = "type")]
    what: &'a str,
    seq: Option<i64>,
    at: Option<i64>,
    n: Option<u64>,
    kind: Option<&'a str>,
    epoch: Option<&'a str>,
    key: Option<&'a str>,
    code: Option<&'a str>,
    #[serde(borrow, default)]
    cards: Vec<CardKey<'a>>,
}

#[derive(Deserialize)]
struct CardKey<'a> {
    key: &'a str,
}

impl Line {
    /// Opens the websocket of a place, says hello and waits for the answer to it.
    pub(super) async fn open(place: &Place, position: Option<Position>) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(place.base.trim_start_matches("http://")).await?;
        stream.set_nodelay(true)?;
        let config = WebSocketConfig::default().read_buffer_size(4096).write_buffer_size(0);
        let request = place.handshake()?;
        let (socket, _) = tokio_tungstenite::client_async_with_config(request, stream, Some(config)).await?;
        let (mut mouth, mut ear) = socket.split();
        let hello = match &position {
            None => json!({ "type": "hello", "language": "en" }),
            Some(Position { epoch, last_seq }) => {
                json!({ "type": "hello", "language": "en", "epoch": epoch, "last_seq": last_seq })
            }
        };
        mouth.send(Message::text(hello.to_string())).await?;
        let text = next(&mut ear).await?.context("a connection was closed right away")?;
        let first: Heading<'_> = serde_json::from_str(&text)?;
        let position = match (first.what, position) {
            ("welcome", Some(position)) => position,
            ("reset", None) => {
                Position { epoch: first.epoch.unwrap_or_default().to_owned(), last_seq: first.seq.unwrap_or_default() }
            }
            (what, _) => bail!("the server answered a hello with '{what}'"),
        };
        Ok(Self { mouth, ear, heard: Heard { position, ..Heard::default() } })
    }

    /// Parts the mouth from an ear that listens until it is told to stop.
    pub(super) fn listen(
        self,
        progress: Arc<Progress>,
        stop: CancellationToken,
    ) -> (Mouth, impl Future<Output = anyhow::Result<Heard>> + Send + 'static) {
        let Self { mouth, mut ear, mut heard } = self;
        let listening = async move {
            loop {
                let text = tokio::select! {
                    biased;
                    text = next(&mut ear) => text?.context("the server closed a connection")?,
                    () = stop.cancelled() => return Ok(heard),
                };
                heard.take(&serde_json::from_str(&text)?, &progress);
            }
        };
        (mouth, listening)
    }
}

async fn next(ear: &mut SplitStream<Socket>) -> anyhow::Result<Option<tokio_tungstenite::tungstenite::Utf8Bytes>> {
    while let Some(message) = ear.next().await {
        match message? {
            Message::Text(text) => return Ok(Some(text)),
            Message::Close(_) => return Ok(None),
            Message::Binary(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => {}
        }
    }
    Ok(None)
}

impl Heard {
    fn take(&mut self, frame: &Heading<'_>, progress: &Progress) {
        match frame.what {
            "frame" => self.take_row(frame, progress),
            "accepted" => {
                let number = frame.key.and_then(|key| key.rsplit_once('-')).and_then(|(_, n)| n.parse().ok());
                self.answers.extend(number.map(|number| (number, now())));
                progress.answered.fetch_add(1, Relaxed);
            }
            "rejected" => {
                // Only the first matters: the measurement ends with it.
                progress.refusal.set(frame.code.unwrap_or_default().to_owned()).ok();
            }
            "mark" => self.miscounted += frame.n.unwrap_or_default().abs_diff(self.frames),
            _ => {}
        }
    }

    fn take_row(&mut self, frame: &Heading<'_>, progress: &Progress) {
        self.frames += 1;
        let (seq, at) = (frame.seq.unwrap_or_default(), frame.at.unwrap_or_default());
        if seq <= self.position.last_seq {
            self.doubled += 1;
            return;
        }
        self.position.last_seq = seq;
        match frame.kind {
            Some("exercise_started") => self.started_at = at,
            Some("inject_released") => {
                let number = frame.cards.first().and_then(|card| card.key.strip_prefix("inject/load-"));
                if let Some(inject) = number.and_then(|number| number.parse().ok()) {
                    self.injects.push(self.receipt(inject, at));
                    progress.injects.fetch_add(1, Relaxed);
                }
            }
            Some("message_sent") => {
                self.messages += 1;
                progress.messages.fetch_add(1, Relaxed);
            }
            Some("response_submitted") => {
                self.responses += 1;
                progress.responses.fetch_add(1, Relaxed);
            }
            _ => {}
        }
    }

    fn receipt(&self, inject: u32, at: i64) -> Receipt {
        let due = self.started_at + (i64::from(inject) + 1) * SECONDS_APART * 1000;
        let late = Duration::from_millis(u64::try_from(at - due).unwrap_or_default());
        let due = Duration::from_millis(u64::try_from(due).unwrap_or_default());
        Receipt { inject, late, delivery: wall().saturating_sub(due) }
    }
}

/// Wall time since the epoch, finer than the milliseconds of frames. The server runs on the same clock.
#[expect(clippy::disallowed_methods, reason = "a measurement is of real time; no rule depends on it")]
fn wall() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}
