//! Handshakes that are slow, never end, or are none.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::serve::Listener;
use drillhall::{
    clock::Clock,
    tls::{Keeper, listener::TlsListener},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use super::fixture::{Files, GOOD, Root, connect};

const PATIENCE: Duration = Duration::from_mins(1);

async fn listener(root: &Root, at_once: usize, within: Duration) -> (TlsListener, SocketAddr, Arc<Keeper>) {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::in_folder(folder.path(), &root.issue(GOOD));
    let keeper = Keeper::of_files(files.certificate, files.key, Clock::system().now()).unwrap();
    let tcp = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = tcp.local_addr().unwrap();
    let listener = TlsListener::bounded(tcp, keeper.server_config().unwrap(), at_once, within).unwrap();
    (listener, address, keeper)
}

/// Whether the other side has hung up.
async fn hung_up(stream: &mut TcpStream) -> bool {
    tokio::time::timeout(PATIENCE, stream.read(&mut [0; 8])).await.is_ok_and(|read| matches!(read, Ok(0) | Err(_)))
}

#[tokio::test]
async fn who_says_nothing_delays_nobody_and_gives_way() {
    let root = Root::new();
    let (mut listener, address, _) = listener(&root, 4, PATIENCE).await;
    let mut silent = Vec::new();
    for _ in 0..12 {
        silent.push(TcpStream::connect(address).await.unwrap());
    }
    // All of them are there already, and this one is served at once.
    let trusted = root.pem();
    let (honest, accepted) = tokio::join!(connect(&trusted, address, "127.0.0.1"), listener.accept());
    let honest = honest.unwrap();
    assert_eq!(accepted.1, honest.get_ref().0.local_addr().unwrap(), "who it is is known");
    assert!(accepted.0.get_ref().0.nodelay().unwrap());
    // No more than four were kept waiting, the honest one among them.
    for stream in &mut silent[..8] {
        assert!(hung_up(stream).await);
    }
}

#[tokio::test]
async fn a_handshake_that_takes_too_long_is_ended() {
    let root = Root::new();
    let (_listener, address, _) = listener(&root, 4, Duration::from_millis(100)).await;
    let mut slow = TcpStream::connect(address).await.unwrap();
    // The beginning of a handshake, and no more.
    slow.write_all(&[0x16, 3, 1, 2, 0]).await.unwrap();
    assert!(hung_up(&mut slow).await);
}

#[tokio::test]
async fn who_speaks_no_tls_or_an_old_one_is_refused() {
    let root = Root::new();
    let (_listener, address, _) = listener(&root, 4, PATIENCE).await;
    let mut plain = TcpStream::connect(address).await.unwrap();
    plain.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    let mut answer = Vec::new();
    plain.read_to_end(&mut answer).await.ok();
    assert!(!answer.starts_with(b"HTTP"), "{answer:?}");

    // A client that knows nothing newer than TLS 1.1, with suites of its time.
    let mut hello = vec![0x01, 0, 0, 0, 3, 2];
    hello.extend([7; 32]);
    hello.extend([0, 0, 4, 0xC0, 0x13, 0x00, 0x2F, 1, 0]);
    // Groups, point formats and signature schemes that the server knows, too: nothing but the version is old.
    let extensions = [0, 10, 0, 4, 0, 2, 0, 23, 0, 11, 0, 2, 1, 0, 0, 13, 0, 4, 0, 2, 4, 3];
    hello.extend([0, u8::try_from(extensions.len()).unwrap()]);
    hello.extend(extensions);
    let length = u8::try_from(hello.len() - 4).unwrap();
    hello[3] = length;
    let mut record = vec![0x16, 3, 1, 0, length + 4];
    record.extend(hello);
    let mut old = TcpStream::connect(address).await.unwrap();
    old.write_all(&record).await.unwrap();
    let mut answer = Vec::new();
    old.read_to_end(&mut answer).await.ok();
    assert_eq!(
        (answer.first(), answer.get(5), answer.get(6)),
        (Some(&0x15), Some(&2), Some(&70)),
        "protocol_version: {answer:?}"
    );
}

#[tokio::test]
async fn it_stops_to_listen_when_it_is_dropped() {
    let root = Root::new();
    let (listener, address, _) = listener(&root, 4, PATIENCE).await;
    let mut waiting = TcpStream::connect(address).await.unwrap();
    drop(listener);
    assert!(hung_up(&mut waiting).await);
    while TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
}
