//! Somebody's websocket, who remembers everything heard, and somebody's requests.

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use drillhall::bot::player::Place;
use futures_util::{SinkExt, StreamExt};
use reqwest::header::{CONTENT_TYPE, COOKIE, HeaderMap, ORIGIN};
use serde_json::{Value, json};
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::{
    WebSocketStream, client_async_with_config,
    tungstenite::{Message, client::IntoClientRequest, protocol::WebSocketConfig},
};

/// How long anybody waits for what must come. Long, for the machine may be busy.
const PATIENCE: Duration = Duration::from_mins(1);

pub(crate) struct Client {
    socket: WebSocketStream<TcpStream>,
    /// Every frame heard, in order.
    pub(crate) heard: Vec<Value>,
}

pub(crate) enum Heard {
    Frame(Value),
    /// The connection is over, with the server's close code if it gave one.
    Closed(Option<u16>),
}

impl Client {
    /// Opens the socket of a seat, with its cookie.
    pub(crate) async fn open(place: &Place) -> Self {
        Self::connect(place, Some(&place.cookie), None).await
    }

    /// Opens a socket without saying who it is.
    pub(crate) async fn open_without_cookie(place: &Place) -> Self {
        Self::connect(place, None, None).await
    }

    /// Opens the socket of a seat on a machine that takes in little at a time.
    pub(crate) async fn open_narrow(place: &Place) -> Self {
        Self::connect(place, Some(&place.cookie), Some(4_096)).await
    }

    async fn connect(place: &Place, cookie: Option<&str>, receive_buffer: Option<u32>) -> Self {
        let host = place.base.trim_start_matches("http://");
        let url = format!("ws://{host}/api/v1/exercises/{}/socket?seat={}", place.exercise, place.seat);
        let mut request = url.into_client_request().unwrap();
        if let Some(cookie) = cookie {
            request.headers_mut().insert("Cookie", cookie.parse().unwrap());
        }
        request.headers_mut().insert("Origin", place.base.parse().unwrap());
        let socket = TcpSocket::new_v4().unwrap();
        if let Some(bytes) = receive_buffer {
            socket.set_recv_buffer_size(bytes).unwrap();
        }
        // As in a browser.
        let any_size = WebSocketConfig::default().max_message_size(None).max_frame_size(None);
        let stream = socket.connect(host.parse().unwrap()).await.unwrap();
        let (socket, _) = client_async_with_config(request, stream, Some(any_size)).await.unwrap();
        Self { socket, heard: Vec::new() }
    }

    /// Opens the socket of a seat and says hello as a newcomer.
    pub(crate) async fn enter(place: &Place) -> Self {
        let mut client = Self::open(place).await;
        client.hello(None, 0).await;
        client
    }

    pub(crate) async fn say(&mut self, frame: &Value) {
        self.say_raw(Message::text(frame.to_string())).await;
    }

    pub(crate) async fn say_raw(&mut self, message: Message) {
        self.socket.send(message).await.unwrap();
    }

    /// Says something that the server may cut off.
    pub(crate) async fn try_say(&mut self, message: Message) {
        self.socket.send(message).await.ok();
    }

    pub(crate) async fn hear(&mut self) -> Heard {
        loop {
            let message = tokio::time::timeout(PATIENCE, self.socket.next()).await.expect("something is heard in time");
            match message {
                Some(Ok(Message::Text(text))) => {
                    let frame: Value = serde_json::from_str(&text).unwrap();
                    self.heard.push(frame.clone());
                    return Heard::Frame(frame);
                }
                Some(Ok(Message::Close(close))) => return Heard::Closed(close.map(|close| close.code.into())),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Heard::Closed(None),
            }
        }
    }

    /// The next frame that is wanted.
    pub(crate) async fn wait_for(&mut self, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        let listening = async {
            loop {
                match self.hear().await {
                    Heard::Frame(frame) if wanted(&frame) => return frame,
                    Heard::Frame(_) => {}
                    Heard::Closed(code) => panic!("closed with {code:?} before {what} came"),
                }
            }
        };
        tokio::time::timeout(PATIENCE, listening).await.unwrap_or_else(|_late| panic!("{what} did not come in time"))
    }

    pub(crate) async fn wait_for_row(&mut self, kind: &str) -> Value {
        self.wait_for(kind, |frame| frame["type"] == "frame" && frame["kind"] == kind).await
    }

    /// Says hello, and returns the welcome or reset.
    pub(crate) async fn hello(&mut self, epoch: Option<&str>, last_seq: i64) -> Value {
        self.hello_in("en", epoch, last_seq).await
    }

    pub(crate) async fn hello_in(&mut self, language: &str, epoch: Option<&str>, last_seq: i64) -> Value {
        self.say(&json!({ "type": "hello", "epoch": epoch, "last_seq": last_seq, "language": language })).await;
        self.wait_for("welcome or reset", |frame| frame["type"] == "welcome" || frame["type"] == "reset").await
    }

    pub(crate) async fn send_command(&mut self, key: &str, act: &Value) {
        self.say(&json!({ "type": "command", "key": key, "act": act })).await;
    }

    /// The answer to the command with a key.
    pub(crate) async fn answer(&mut self, key: &str) -> Value {
        self.wait_for(key, |frame| (frame["type"] == "accepted" || frame["type"] == "rejected") && frame["key"] == key)
            .await
    }

    pub(crate) async fn ask(&mut self, key: &str, act: &Value) -> Value {
        self.send_command(key, act).await;
        self.answer(key).await
    }

    /// Asks for something that must be accepted; returns the head after it.
    pub(crate) async fn act(&mut self, act: Value) -> i64 {
        static ACTS: AtomicU32 = AtomicU32::new(0);
        let answer = self.ask(&format!("act-{}", ACTS.fetch_add(1, Ordering::Relaxed)), &act).await;
        assert_eq!(answer["type"], "accepted", "{act}: {answer}");
        answer["seq"].as_i64().unwrap()
    }

    /// Listens until the connection is over.
    pub(crate) async fn closed(&mut self) -> Option<u16> {
        loop {
            if let Heard::Closed(code) = self.hear().await {
                return code;
            }
        }
    }

    /// Sequence numbers of the rows heard.
    pub(crate) fn rows(&self) -> Vec<i64> {
        rows(&self.heard)
    }
}

/// Sequence numbers of the rows among frames.
pub(crate) fn rows(frames: &[Value]) -> Vec<i64> {
    frames.iter().filter(|frame| frame["type"] == "frame").map(|frame| frame["seq"].as_i64().unwrap()).collect()
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap()
    }
}

pub(crate) async fn get(place: &Place, path: &str) -> Answer {
    request(place, reqwest::Client::new().get(url(place, path))).await
}

pub(crate) async fn post(place: &Place, path: &str, body: &Value) -> Answer {
    request(place, reqwest::Client::new().post(url(place, path)).json(body)).await
}

/// Paths are below the exercise, unless they begin with a slash.
fn url(place: &Place, path: &str) -> String {
    let path = match path.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => format!("api/v1/exercises/{}/{path}", place.exercise).trim_end_matches('/').to_owned(),
    };
    let glue = if path.contains('?') { '&' } else { '?' };
    format!("{}/{path}{glue}seat={}", place.base, place.seat)
}

/// Any request of a place.
pub(crate) async fn ask(place: &Place, method: reqwest::Method, path: &str, body: Vec<u8>) -> Answer {
    let client = reqwest::Client::new().request(method, url(place, path));
    request(place, client.header(CONTENT_TYPE, "application/json").body(body)).await
}

async fn request(place: &Place, request: reqwest::RequestBuilder) -> Answer {
    let answer = request.header(COOKIE, &place.cookie).header(ORIGIN, &place.base).send().await.unwrap();
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    Answer { status, headers, bytes: answer.bytes().await.unwrap().to_vec() }
}
