//! The listener without TLS: it sends browsers on, and in a hall it says how to trust the other one.

use drillhall::{clock::Clock, config::Settings};
use reqwest::{Client, StatusCode, redirect::Policy};

use super::fixture::{Files, GOOD, Root, address, ask, connect};
use crate::live::fixture::Server;

fn client() -> Client {
    Client::builder().redirect(Policy::none()).build().unwrap()
}

async fn hall(data: &std::path::Path) -> Server {
    let settings = Settings { hall: Some(true), ..Settings::default() };
    Server::start_as(data, settings, Clock::system()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_reads_is_sent_on_and_nothing_is_taken() {
    let data = tempfile::tempdir().unwrap();
    let files = Files::in_folder(data.path(), &Root::new().issue(GOOD));
    let server = Server::start_as(data.path(), files.settings(), Clock::system()).await;
    let tls_port = address(&server.base).port();
    let get = |path: &str, host: &str| client().get(format!("{}{path}", server.plain_base)).header("host", host).send();
    for (path, host, there) in [
        ("/join?x=1", "127.0.0.1:80", format!("https://127.0.0.1:{tls_port}/join?x=1")),
        ("/", "drill.example", format!("https://drill.example:{tls_port}/")),
        ("//evil.example/", "[2001:db8::1]:80", format!("https://[2001:db8::1]:{tls_port}//evil.example/")),
    ] {
        let answer = get(path, host).await.unwrap();
        assert_eq!(answer.status(), StatusCode::TEMPORARY_REDIRECT);
        assert_eq!(answer.headers()["location"], there, "{path} {host}");
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
    }
    assert_eq!(get("/", "evil@drill.example").await.unwrap().status(), StatusCode::NOT_FOUND);
    let post = client().post(format!("{}/api/v1/sessions", server.plain_base)).body("{}").send().await.unwrap();
    assert_eq!(post.status(), StatusCode::NOT_FOUND);
    assert_eq!(get("/readyz", "x").await.unwrap().text().await.unwrap(), "ready\n");
    for path in ["/metrics", "/api/v1/me", "/hall-ca.crt"] {
        assert_eq!(get(path, "drill.example").await.unwrap().status(), StatusCode::TEMPORARY_REDIRECT, "{path}");
    }
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_public_address_is_where_people_are_sent() {
    let data = tempfile::tempdir().unwrap();
    let files = Files::in_folder(data.path(), &Root::new().issue(GOOD));
    let public_url = Some("https://drill.example".parse().unwrap());
    let settings = Settings { public_url, ..files.settings() };
    let server = Server::start_as(data.path(), settings, Clock::system()).await;
    let answer = client().get(format!("{}/wall/x/y", server.plain_base)).send().await.unwrap();
    assert_eq!(answer.headers()["location"], "https://drill.example/wall/x/y");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hall_gives_out_its_authority_and_says_how_to_trust_it() {
    let data = tempfile::tempdir().unwrap();
    let server = hall(data.path()).await;
    let get = |path: &str, language: &str| {
        client().get(format!("{}{path}", server.plain_base)).header("accept-language", language).send()
    };
    let root = get("/hall-ca.crt", "").await.unwrap();
    assert_eq!(root.headers()["content-type"], "application/x-x509-ca-cert");
    let root = root.text().await.unwrap();
    // Whoever installs it reaches the server, by address and by name.
    connect(&root, address(&server.base), "localhost").await.unwrap();
    let answer = ask(&root, &server.base, "GET /healthz HTTP/1.1\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200") && !answer.contains("strict-transport-security"), "{answer}");

    let fingerprint = server.tls.as_ref().unwrap().authority().unwrap().fingerprint().to_owned();
    for (path, wanted, tag, direction) in [
        ("/", "en-GB,en;q=0.9", "en", "ltr"),
        ("/", "ar-EG", "ar", "rtl"),
        ("/", "de, fr;q=0.5", "fr", "ltr"),
        ("/", "de", "en", "ltr"),
        ("/?lang=zh", "en", "zh", "ltr"),
        ("/?lang=es", "", "es", "ltr"),
        ("/?lang=pt", "", "pt", "ltr"),
        ("/?lang=ru", "", "ru", "ltr"),
        ("/?lang=%22%3E%3Cscript%3E", "", "en", "ltr"),
    ] {
        let page = get(path, wanted).await.unwrap().text().await.unwrap();
        assert!(page.contains(&format!("<html lang=\"{tag}\" dir=\"{direction}\">")), "{path} {wanted}: {page}");
        assert!(page.contains(&fingerprint) && page.contains("href=\"/hall-ca.crt\"") && page.contains(&server.base));
        assert_eq!(page.matches("<dt>").count(), 5, "five systems");
        assert!(!page.contains("<script"));
    }
    assert!(get("/hall.css", "").await.unwrap().text().await.unwrap().contains("focus-visible"));
    // Everything else is on the other side.
    assert_eq!(get("/join", "").await.unwrap().status(), StatusCode::TEMPORARY_REDIRECT);
    server.stop().await;
}
