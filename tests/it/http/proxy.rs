//! Behind a proxy that ends TLS, as `docs/OPERATIONS.md` sets one up: cookies, sockets and addresses.

use std::{net::SocketAddr, sync::Arc};

use drillhall::{account::PlatformRole, clock::Clock, config::Settings, tls::Keeper};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::TlsAcceptor;
use tokio_util::task::AbortOnDropHandle;

use crate::{
    live::{drill::write_log, fixture::Server},
    server::PASSWORD,
    tls::{
        fixture::{Files, GOOD, Root, address, ask},
        served::{hear, say, seat, socket},
    },
};

/// Ends TLS and passes everything on: the host as it was asked for, the address of whoever asks, and what
/// follows an upgrade. One request a connection.
async fn pass_on(
    acceptor: TlsAcceptor,
    stream: TcpStream,
    from: SocketAddr,
    upstream: SocketAddr,
) -> std::io::Result<()> {
    let mut client = acceptor.accept(stream).await?;
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(client.read_u8().await?);
    }
    let line_end = head.windows(2).position(|pair| pair == b"\r\n").unwrap() + 2;
    let forwarded = format!("X-Forwarded-For: {}\r\nX-Forwarded-Proto: https\r\n", from.ip());
    head.splice(line_end..line_end, forwarded.into_bytes());
    let mut server = TcpStream::connect(upstream).await?;
    server.write_all(&head).await?;
    copy_bidirectional(&mut client, &mut server).await.map(drop)
}

struct Proxy {
    base: String,
    listener: TcpListener,
    acceptor: TlsAcceptor,
}

impl Proxy {
    async fn bind(root: &Root) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::in_folder(folder.path(), &root.issue(GOOD));
        let keeper: Arc<Keeper> = Keeper::of_files(files.certificate, files.key, Clock::system().now()).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("https://{}", listener.local_addr().unwrap());
        Self { base, listener, acceptor: TlsAcceptor::from(keeper.server_config().unwrap()) }
    }

    fn run(self, upstream: SocketAddr) -> AbortOnDropHandle<()> {
        AbortOnDropHandle::new(tokio::spawn(async move {
            loop {
                let (stream, from) = self.listener.accept().await.unwrap();
                tokio::spawn(pass_on(self.acceptor.clone(), stream, from, upstream));
            }
        }))
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_proxy_with_tls_in_front_changes_nothing_for_people() {
    let (data, root) = (tempfile::tempdir().unwrap(), Root::new());
    let proxy = Proxy::bind(&root).await;
    let base = proxy.base.clone();
    let settings = Settings {
        public_url: Some(base.parse().unwrap()),
        trusted_proxies: Some(vec!["127.0.0.1".parse().unwrap()]),
        ..Settings::default()
    };
    let server = Server::start_as(data.path(), settings, Clock::system()).await;
    server.doors.accounts.create("director", PlatformRole::Account, PASSWORD.as_bytes()).await.unwrap();
    let _running = proxy.run(address(&server.base));
    let body = r#"{"login":"director","password":"canary password of the director"}"#;
    let sign_in = format!(
        "POST /api/v1/sessions HTTP/1.1\r\nOrigin: {base}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let answer = ask(&root.pem(), &base, &sign_in).await;
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    assert!(answer.contains("; Secure") && answer.contains("strict-transport-security"), "{answer}");
    // It comes from this machine, and still not as this machine: the figures stay closed.
    let figures = ask(&root.pem(), &base, "GET /metrics HTTP/1.1\r\n\r\n").await;
    assert!(figures.starts_with("HTTP/1.1 403"), "{figures}");
    // A socket is upgraded through it, and is as good as any.
    let (exercise, seats) = seat(&server, 1).await;
    let mut player = socket(&root, address(&base), &exercise, &seats[0]).await;
    say(&mut player, &json!({ "type": "command", "key": "k", "act": write_log("through the proxy") })).await;
    hear(&mut player, |frame| frame["type"] == "accepted" && frame["key"] == "k").await;
    server.stop().await;
}
