//! A drill over TLS: cookies, sockets, figures, another certificate in the midst of it, and the end.

use std::{net::SocketAddr, path::Path, time::Duration};

use drillhall::{
    account::PlatformRole,
    clock::{Clock, Stopwatch},
    engine::{role::Role, text::Language, time::Rate},
    id::Random,
    live::http::open_exercise,
    scenario::Pack,
    store::record,
};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Message, client::IntoClientRequest},
};

use super::fixture::{Files, GOOD, Root, address, ask, connect, shown};
use crate::{
    live::{
        drill::{one_manual_inject, write_log},
        fixture::Server,
    },
    server::PASSWORD,
};

const PATIENCE: Duration = Duration::from_mins(1);

pub(crate) type Socket = WebSocketStream<TlsStream<TcpStream>>;

async fn server(data: &Path, root: &Root) -> (Server, Files) {
    let files = Files::in_folder(data, &root.issue(GOOD));
    (Server::start_as(data, files.settings(), Clock::system()).await, files)
}

/// An exercise, with one team and a seat for a player of it: the path of its socket and its cookie.
pub(crate) async fn seat(server: &Server, players: usize) -> (String, Vec<(String, String)>) {
    let pack = Pack { plan: one_manual_inject(), files: Vec::new(), warnings: Vec::new(), hints: Vec::new() };
    let exercise = open_exercise(&server.doors, pack, Rate::REAL, false).await.unwrap();
    let english = Language::from("en");
    let director = exercise.seat(Role::ExerciseDirector, None, "Control", &english, None).await.unwrap();
    let add = json!({ "type": "add_team", "team": "reds", "name": "Reds", "language": "en", "cohort": null });
    let act = serde_json::from_value(add).unwrap();
    exercise.ask(&director, "add", act, server.doors.clock.now()).await.unwrap();
    let mut seats = Vec::new();
    for number in 0..players {
        let name = format!("Player {number}");
        let person = exercise.seat(Role::Player, Some(&"reds".into()), &name, &english, None).await.unwrap();
        let id = Random::system().uuid().to_string();
        let opened = server.doors.accounts.open_seat(id, &exercise.id, &person, Role::Player, None).await.unwrap();
        let cookie = opened.1.split(';').next().unwrap().to_owned();
        seats.push((opened.0, cookie));
    }
    (exercise.id.to_string(), seats)
}

pub(crate) async fn socket(root: &Root, at: SocketAddr, exercise: &str, (seat, cookie): &(String, String)) -> Socket {
    let stream = connect(&root.pem(), at, "127.0.0.1").await.unwrap();
    let url = format!("wss://{at}/api/v1/exercises/{exercise}/socket?seat={seat}");
    let mut request = url.into_client_request().unwrap();
    request.headers_mut().insert("Cookie", cookie.parse().unwrap());
    request.headers_mut().insert("Origin", format!("https://{at}").parse().unwrap());
    let (mut socket, _) = client_async(request, stream).await.unwrap();
    say(&mut socket, &json!({ "type": "hello", "epoch": null, "last_seq": 0, "language": "en" })).await;
    assert_eq!(hear(&mut socket, |frame| frame["type"] == "reset").await["reader"]["role"], "player");
    socket
}

pub(crate) async fn say(socket: &mut Socket, frame: &Value) {
    socket.send(Message::text(frame.to_string())).await.unwrap();
}

pub(crate) async fn hear(socket: &mut Socket, wanted: impl Fn(&Value) -> bool) -> Value {
    loop {
        let message = tokio::time::timeout(PATIENCE, socket.next()).await.unwrap().unwrap().unwrap();
        let Message::Text(text) = message else { continue };
        let frame: Value = serde_json::from_str(&text).unwrap();
        if wanted(&frame) {
            return frame;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn browsers_are_told_to_stay_and_cookies_are_secure() {
    let (data, root) = (tempfile::tempdir().unwrap(), Root::new());
    let (server, _) = server(data.path(), &root).await;
    server.doors.accounts.create("director", PlatformRole::Account, PASSWORD.as_bytes()).await.unwrap();
    let body = r#"{"login":"director","password":"canary password of the director"}"#;
    let sign_in = |origin: &str| {
        format!(
            "POST /api/v1/sessions HTTP/1.1\r\nOrigin: {origin}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    let answer = ask(&root.pem(), &server.base, &sign_in(&server.base)).await;
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    assert!(answer.contains("strict-transport-security: max-age=31536000"), "{answer}");
    let cookie = answer.lines().find(|line| line.starts_with("set-cookie: ")).unwrap();
    assert!(cookie.ends_with("; Secure"), "{cookie}");
    // The same page without TLS is another one.
    let plain = ask(&root.pem(), &server.base, &sign_in(&server.base.replace("https", "http"))).await;
    assert!(plain.starts_with("HTTP/1.1 403") && plain.contains("foreign_origin"), "{plain}");
    // That these are told to this machine shows that addresses come through TLS, too.
    let figures = ask(&root.pem(), &server.base, "GET /metrics HTTP/1.1\r\n\r\n").await;
    assert!(figures.contains("drillhall_tls_handshakes_total{outcome=\"done\"}"), "{figures}");
    assert!(figures.contains("drillhall_tls_certificate_expiry_timestamp_seconds 3786912000"), "{figures}");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_certificate_is_shown_while_those_who_play_play_on() {
    let (data, root) = (tempfile::tempdir().unwrap(), Root::new());
    let (server, files) = server(data.path(), &root).await;
    let (exercise, seats) = seat(&server, 1).await;
    let mut player = socket(&root, address(&server.base), &exercise, &seats[0]).await;
    let first = shown(&root.pem(), &server.base).await;
    files.put(&root.issue(GOOD));
    let keeper = server.tls.as_ref().unwrap();
    drillhall::app::look_again(keeper, &server.doors.clock);
    let second = shown(&root.pem(), &server.base).await;
    assert_ne!(first, second);
    files.put(&("nonsense".to_owned(), String::new()));
    drillhall::app::look_again(keeper, &server.doors.clock);
    assert_eq!(shown(&root.pem(), &server.base).await, second, "the good one stays");
    say(&mut player, &json!({ "type": "command", "key": "k", "act": write_log("still here") })).await;
    hear(&mut player, |frame| frame["type"] == "accepted" && frame["key"] == "k").await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_the_end_everybody_has_the_answers_and_is_told_to_come_back() {
    const PLAYERS: usize = 16;
    let (data, root) = (tempfile::tempdir().unwrap(), Root::new());
    let (server, _) = server(data.path(), &root).await;
    let (exercise, seats) = seat(&server, PLAYERS).await;
    let at = address(&server.base);
    let (begun, mut has_begun) = tokio::sync::mpsc::channel(PLAYERS);
    let mut crowd = tokio::task::JoinSet::new();
    for (number, place) in seats.iter().enumerate() {
        let mut player = socket(&root, at, &exercise, place).await;
        let begun = begun.clone();
        crowd.spawn(async move {
            let mut accepted = Vec::new();
            for key in 0..20 {
                let key = format!("{number}-{key}");
                say(&mut player, &json!({ "type": "command", "key": key, "act": write_log(&key) })).await;
            }
            begun.send(()).await.unwrap();
            loop {
                match tokio::time::timeout(PATIENCE, player.next()).await.unwrap() {
                    Some(Ok(Message::Text(text))) => {
                        let frame: Value = serde_json::from_str(&text).unwrap();
                        if frame["type"] == "accepted" {
                            accepted.push(frame["key"].as_str().unwrap().to_owned());
                        }
                    }
                    Some(Ok(Message::Close(close))) => return (close.map(|close| u16::from(close.code)), accepted),
                    Some(Ok(_)) => {}
                    ended => panic!("cut off: {ended:?}"),
                }
            }
        });
    }
    for _ in 0..PLAYERS {
        has_begun.recv().await.unwrap();
    }
    let watch = Stopwatch::start();
    server.stop().await;
    // Closed at its end, on a machine that may be busy.
    assert!(watch.elapsed() < Duration::from_secs(8), "{:?}", watch.elapsed());
    let mut accepted = Vec::new();
    while let Some(done) = crowd.join_next().await {
        let (code, keys) = done.unwrap();
        assert_eq!(code, Some(1001));
        accepted.extend(keys);
    }
    let again = Server::start(data.path()).await;
    let rows = again.doors.store.read_whole_log(&record::stream_of(&exercise.as_str().into())).await.unwrap();
    let texts: Vec<String> =
        rows.iter().flat_map(|row| row.parts.iter().map(|part| part.content.text.clone())).collect();
    for key in &accepted {
        assert_eq!(texts.iter().filter(|text| *text == key).count(), 1, "{key}");
    }
    assert!(!accepted.is_empty());
    again.stop().await;
}
