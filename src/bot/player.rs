//! A simulated person with a real connection: joins by a link, reads frames from a websocket and
//! sends commands, as a browser does.

use std::{
    collections::{BTreeSet, VecDeque},
    time::Duration,
};

use futures_util::{SinkExt, StreamExt};
use reqwest::header::{HeaderMap, ORIGIN, SET_COOKIE};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::{net::TcpStream, time::Instant};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream,
    tungstenite::{self, Message, client::IntoClientRequest, handshake::client::Request, http::HeaderValue},
};

use crate::engine::{command::Act, id::ExerciseId, time::Rate, view::card::InjectCard};

/// Something that kept a simulated person from playing.
#[derive(Debug, thiserror::Error)]
pub enum PlayerError {
    /// A request failed.
    #[error("the server did not answer a request")]
    Request(#[from] reqwest::Error),
    /// The server refused.
    #[error("the server refused: {0}")]
    Refused(String),
    /// The socket failed.
    #[error("the websocket failed")]
    Socket(#[from] Box<tungstenite::Error>),
    /// A frame was not what the protocol says.
    #[error("a frame cannot be read")]
    Frame(#[from] serde_json::Error),
}

impl From<tungstenite::Error> for PlayerError {
    fn from(error: tungstenite::Error) -> Self {
        Self::Socket(Box::new(error))
    }
}

/// A place in an exercise with the cookie that holds it.
#[derive(Clone, Debug)]
pub struct Place {
    /// Address of the server, as `http://127.0.0.1:8080`.
    pub base: String,
    /// Which exercise.
    pub exercise: ExerciseId,
    /// Id of the place.
    pub seat: String,
    /// Name and value of its cookie.
    pub cookie: String,
}

#[derive(Deserialize)]
struct Joined {
    exercise: ExerciseId,
    seat: String,
}

impl Place {
    /// Redeems the secret of a join link.
    pub async fn join(base: &str, secret: &str, name: &str, language: &str) -> Result<Self, PlayerError> {
        let answer = reqwest::Client::new()
            .post(format!("{base}/api/v1/join"))
            .header(ORIGIN, base)
            .json(&json!({ "token": secret, "name": name, "language": language }))
            .send()
            .await?;
        Self::of(base, answer).await
    }

    /// The place that an answer to joining gives.
    pub async fn of(base: &str, answer: reqwest::Response) -> Result<Self, PlayerError> {
        if !answer.status().is_success() {
            return Err(PlayerError::Refused(answer.text().await?));
        }
        let cookie = cookie_of(answer.headers());
        let Joined { exercise, seat } = answer.json().await?;
        Ok(Self { base: base.to_owned(), exercise, seat, cookie })
    }

    /// The request that opens the websocket of the place.
    pub fn handshake(&self) -> Result<Request, PlayerError> {
        let host = self.base.trim_start_matches("http://");
        let url = format!("ws://{host}/api/v1/exercises/{}/socket?seat={}", self.exercise, self.seat);
        let mut request = url.into_client_request()?;
        let header = |text: &str| HeaderValue::from_str(text).map_err(|_unfit| PlayerError::Refused(text.to_owned()));
        request.headers_mut().insert("Cookie", header(&self.cookie)?);
        request.headers_mut().insert("Origin", header(&self.base)?);
        Ok(request)
    }

    /// Opens the websocket of the place.
    pub async fn connect(&self) -> Result<Line, PlayerError> {
        let (socket, _) = tokio_tungstenite::connect_async(self.handshake()?).await?;
        Ok(Line(socket))
    }
}

/// Name and value of the cookie that an answer gives; empty if it gives none.
#[must_use]
pub fn cookie_of(answer: &HeaderMap) -> String {
    let cookie = answer.get(SET_COOKIE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    cookie.split(';').next().unwrap_or_default().to_owned()
}

/// An open websocket.
pub struct Line(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Line {
    /// Sends a frame.
    pub async fn send(&mut self, frame: &Value) -> Result<(), PlayerError> {
        Ok(self.0.send(Message::text(frame.to_string())).await?)
    }

    /// The next frame; none once the server has closed.
    pub async fn next(&mut self) -> Result<Option<Value>, PlayerError> {
        while let Some(message) = self.0.next().await {
            match message? {
                Message::Text(text) => return Ok(Some(serde_json::from_str(&text)?)),
                Message::Close(_) => return Ok(None),
                Message::Binary(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => {}
            }
        }
        Ok(None)
    }

    /// Says goodbye.
    pub async fn close(mut self) {
        // The server may have gone first.
        self.0.close(None).await.ok();
    }
}

/// Something to do at an instant of the real clock.
#[derive(Debug)]
struct Due {
    at: Instant,
    key: String,
    act: Act,
}

/// Plays until the exercise ends or the server goes: whenever an inject arrives, does what `decide`
/// says, each act after its delay in active time.
pub async fn play(
    place: &Place,
    language: &str,
    rate: Rate,
    mut decide: impl FnMut(&InjectCard) -> Vec<(crate::engine::time::Millis, Act)>,
) -> Result<(), PlayerError> {
    let mut line = place.connect().await?;
    line.send(&json!({ "type": "hello", "language": language })).await?;
    let mut agenda: VecDeque<Due> = VecDeque::new();
    let mut seen = BTreeSet::new();
    let mut keys = 0_u32;
    loop {
        let next = agenda.front().map(|due| due.at);
        tokio::select! {
            frame = line.next() => {
                let Some(frame) = frame? else { return Ok(()) };
                if has_ended(&frame) {
                    line.close().await;
                    return Ok(());
                }
                for card in inject_cards(&frame).filter(|card| seen.insert(card.inject.clone())) {
                    let now = now();
                    for (after, act) in decide(&card) {
                        keys += 1;
                        let key = format!("{}-{keys}", place.seat);
                        agenda.push_back(Due { at: now + real(after, rate), key, act });
                    }
                }
                agenda.make_contiguous().sort_by_key(|due| due.at);
            }
            () = tokio::time::sleep_until(next.unwrap_or_else(now)), if next.is_some() => {
                let Some(due) = agenda.pop_front() else { continue };
                line.send(&json!({ "type": "command", "key": due.key, "act": due.act })).await?;
            }
        }
    }
}

fn cards(frame: &Value) -> impl Iterator<Item = &Value> {
    frame.get("cards").and_then(Value::as_array).into_iter().flatten().filter_map(|keyed| keyed.get("card"))
}

fn inject_cards(frame: &Value) -> impl Iterator<Item = InjectCard> {
    let of_kind = cards(frame).filter(|card| card.get("card").and_then(Value::as_str) == Some("inject"));
    of_kind.filter_map(|card| InjectCard::deserialize(card).ok())
}

fn has_ended(frame: &Value) -> bool {
    cards(frame).any(|card| card.get("card").and_then(Value::as_str) == Some("ended"))
}

fn real(active: crate::engine::time::Millis, rate: Rate) -> Duration {
    let millis = u64::try_from(active.0).unwrap_or_default();
    Duration::from_millis(millis.saturating_mul(1000) / u64::from(rate.0.max(1)))
}

#[expect(clippy::disallowed_methods, reason = "simulated people live in real time; no rule depends on it")]
fn now() -> Instant {
    Instant::now()
}
