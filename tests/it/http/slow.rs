//! Connections that say nothing, or too little, for too long.

use std::time::Duration;

use axum::{Router, routing::get};
use drillhall::http::serve::serve;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
};

/// How long a head may take here.
const MOMENT: Duration = Duration::from_millis(200);
/// How long anybody waits for what must come. Long, for the machine may be busy.
const PATIENCE: Duration = Duration::from_mins(1);

/// A connection to a server that waits so long for a head; the server ends with the sender.
async fn connect(head_within: Duration) -> (TcpStream, oneshot::Sender<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().route("/", get(|| async { "answered" }));
    let (stop, stopped) = oneshot::channel();
    tokio::spawn(serve(listener, router, head_within, async { drop(stopped.await) }));
    (TcpStream::connect(address).await.unwrap(), stop)
}

/// Everything that comes until the server hangs up.
async fn rest(line: &mut TcpStream) -> String {
    let mut heard = Vec::new();
    // A reset is a way to hang up, too.
    let _end = tokio::time::timeout(PATIENCE, line.read_to_end(&mut heard)).await.expect("the server hangs up");
    String::from_utf8(heard).unwrap()
}

#[tokio::test]
async fn whoever_says_nothing_is_not_waited_for() {
    let (mut line, _stop) = connect(MOMENT).await;
    assert!(!rest(&mut line).await.contains("answered"));
}

#[tokio::test]
async fn whoever_never_ends_a_head_is_not_waited_for() {
    let (mut line, _stop) = connect(MOMENT).await;
    line.write_all(b"GET / HTTP/1.1\r\nHost: hall.example\r\nX-Slow: ").await.unwrap();
    assert!(!rest(&mut line).await.contains("answered"));
}

#[tokio::test]
async fn whoever_asks_nothing_more_is_not_waited_for() {
    let (mut line, _stop) = connect(MOMENT).await;
    line.write_all(b"GET / HTTP/1.1\r\nHost: hall.example\r\n\r\n").await.unwrap();
    let heard = rest(&mut line).await;
    assert!(heard.starts_with("HTTP/1.1 200 OK") && heard.ends_with("answered"), "{heard}");
}

#[tokio::test]
async fn a_line_serves_one_request_after_the_other_and_ends_with_the_server() {
    let (mut line, stop) = connect(PATIENCE).await;
    for _ in 0..3 {
        line.write_all(b"GET / HTTP/1.1\r\nHost: hall.example\r\n\r\n").await.unwrap();
        let mut heard = Vec::new();
        while !heard.ends_with(b"answered") {
            heard.push(line.read_u8().await.unwrap());
        }
    }
    stop.send(()).unwrap();
    assert_eq!(rest(&mut line).await, "");
}

#[tokio::test]
async fn a_head_without_end_is_cut_off() {
    let (mut line, _stop) = connect(PATIENCE).await;
    line.write_all(b"GET / HTTP/1.1\r\nHost: hall.example\r\nX-Long: ").await.unwrap();
    let (mut ear, mut mouth) = line.split();
    let talking = async {
        // What is written behind the refusal may be sent back.
        while mouth.write_all(&[b'x'; 16 * 1024]).await.is_ok() {}
    };
    let mut heard = Vec::new();
    let listening = async { drop(ear.read_to_end(&mut heard).await) };
    tokio::time::timeout(PATIENCE, async {
        tokio::select! { () = talking => {} () = listening => {} }
    })
    .await
    .expect("the server hangs up");
    assert!(!String::from_utf8_lossy(&heard).contains("answered"));
}
