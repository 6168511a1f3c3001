//! The live protocol where no websocket gets through: a stream of events one way, requests the other.

use std::time::Duration;

use drillhall::{bot::player::Place, engine::time::Rate, scenario::PackFile};
use reqwest::header::COOKIE;
use serde_json::{Value, json};

use super::{
    client::{get, post},
    drill::{one_manual_inject, release, start, submit, write_log},
    fixture::{Hall, Server},
};

const NO_FILES: Vec<PackFile> = Vec::new();

/// Somebody who listens to the stream.
struct Listener {
    answer: reqwest::Response,
    text: String,
}

impl Listener {
    async fn open(place: &Place, position: &str) -> Self {
        let url = format!("{}/api/v1/exercises/{}/events?seat={}{position}", place.base, place.exercise, place.seat);
        let answer = reqwest::Client::new().get(url).header(COOKIE, &place.cookie).send().await.unwrap();
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        Self { answer, text: String::new() }
    }

    async fn next(&mut self) -> Option<Value> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let frame = event.strip_prefix("data: ").map(|data| serde_json::from_str(data).unwrap());
                self.text = String::from(rest);
                if frame.is_some() {
                    return frame;
                }
                continue;
            }
            let chunk = tokio::time::timeout(Duration::from_secs(20), self.answer.chunk()).await.unwrap();
            self.text.push_str(std::str::from_utf8(&chunk.ok()??).unwrap());
        }
    }

    async fn wait_for(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let frame = self.next().await.unwrap();
            if wanted(&frame) {
                return frame;
            }
        }
    }
}

async fn hall(data: &tempfile::TempDir) -> Hall {
    let server = Server::start(data.path()).await;
    let mut hall = Hall::open(server, one_manual_inject(), NO_FILES, Rate::REAL, &["reds", "blues"]).await;
    hall.director.act(start()).await;
    hall
}

fn command(key: &str, act: &Value) -> Value {
    json!({ "key": key, "act": act })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_team_plays_over_a_stream_and_requests_and_comes_back() {
    let data = tempfile::tempdir().unwrap();
    let mut hall = hall(&data).await;
    let place = hall.player("reds").await;
    let mut stream = Listener::open(&place, "").await;
    let reset = stream.next().await.unwrap();
    assert_eq!(reset["type"], "reset");
    hall.director.act(release("call")).await;
    let released = stream.wait_for(|frame| frame["kind"] == "inject_released").await;
    drop(stream);

    let answered = post(&place, "commands", &command("one", &submit("call", "north"))).await;
    assert_eq!(answered.status, 200, "{}", answered.json());
    let position = format!("&epoch={}&last_seq={}", reset["epoch"].as_str().unwrap(), released["seq"]);
    let mut stream = Listener::open(&place, &position).await;
    assert_eq!(stream.next().await.unwrap()["type"], "welcome");
    let missed = stream.wait_for(|frame| frame["type"] == "frame").await;
    assert_eq!(missed["kind"], "response_submitted");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_shows_no_more_than_a_socket_does() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(&data).await;
    let (reds, blues) = (hall.player("reds").await, hall.player("blues").await);
    let mut stream = Listener::open(&blues, "").await;
    assert_eq!(stream.next().await.unwrap()["type"], "reset");
    for (place, text) in [(&reds, "canary of the reds"), (&blues, "ours")] {
        assert_eq!(post(place, "commands", &command(text, &write_log(text))).await.status, 200);
    }
    let first = stream.wait_for(|frame| frame["kind"] == "log_written").await;
    assert!(first.to_string().contains("ours") && !first.to_string().contains("canary"), "{first}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_needs_a_seat_and_ends_when_the_server_stops() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(&data).await;
    let place = hall.player("reds").await;
    let stranger = Place { cookie: "dh_seat_none=1".to_owned(), ..place.clone() };
    assert_eq!(get(&stranger, "events").await.status, 401);
    let mut stream = Listener::open(&place, "").await;
    stream.next().await.unwrap();
    hall.server.stop().await;
    while stream.next().await.is_some() {}
}
