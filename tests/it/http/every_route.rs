//! What holds of every route that there is, read off the description of the interface and the list of pages: a
//! route that is added later is looked at, too.

use std::{
    convert::Infallible,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
};

use axum::{
    Router,
    body::{Body, Bytes},
    http::{Method, StatusCode},
};
use drillhall::{
    app::{App, document},
    clock::ManualClock,
    config::{Config, ConfigArgs, Settings},
    id::Random,
};
use futures_util::stream;

use crate::server::{NOW, ORIGIN, Reply, request, send};

/// What is not in the description: pages, files, monitors, the description itself, and nothing at all.
const BESIDE: [&str; 16] = [
    "/",
    "/setup",
    "/join",
    "/play/x/y",
    "/control/x/y",
    "/wall/x/y",
    "/report/x/y",
    "/marking/x/y",
    "/after/x/y",
    "/assets/nothing.js",
    "/healthz",
    "/readyz",
    "/metrics",
    "/api/v1/openapi.json",
    "/api/v1/docs/",
    "/nowhere",
];
const METHODS: [Method; 5] = [Method::GET, Method::PUT, Method::POST, Method::DELETE, Method::PATCH];

/// A whole server's router, and the directory that it lives in.
async fn whole() -> (Router, tempfile::TempDir) {
    let data = tempfile::tempdir().unwrap();
    let settings = Settings { data_dir: Some(data.path().to_owned()), ..Settings::default() };
    let config = Config::load(ConfigArgs { config: None, settings }, data.path()).unwrap();
    let app = App::open(config, ManualClock::starting_at(NOW).clock(), Random::seeded(3)).await.unwrap();
    (app.router(), data)
}

/// Every path of the description with something in place of what it leaves open, and the methods that it takes.
fn described() -> Vec<(String, Vec<Method>)> {
    let document = serde_json::to_value(document()).unwrap();
    let paths = document["paths"].as_object().unwrap();
    assert!(paths.len() > 35, "the description is not whole");
    let filled = |path: &str| {
        path.split('/').map(|part| if part.starts_with('{') { "x" } else { part }).collect::<Vec<_>>().join("/")
    };
    let methods = |item: &serde_json::Value| {
        METHODS.into_iter().filter(|method| item.get(method.as_str().to_lowercase()).is_some()).collect()
    };
    paths.iter().map(|(path, item)| (filled(path), methods(item))).collect()
}

#[track_caller]
fn assert_restricted(reply: &Reply, what: &str) {
    let policy = reply.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; "), "{what}: {policy}");
    assert!(policy.contains("script-src 'self'") || policy.contains("sandbox"), "{what}: {policy}");
    assert!(!policy.contains("script-src 'self' 'unsafe") && !policy.contains("unsafe-eval"), "{what}: {policy}");
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(reply.header(name), value, "{what}: {name}");
    }
    assert!(reply.header("permissions-policy").contains("camera=()"), "{what}");
    assert_eq!(reply.header("x-request-id").len(), 36, "{what}");
    assert_eq!(reply.header("access-control-allow-origin"), "", "{what}: no other site reads this");
    assert_eq!(reply.header("server"), "", "{what}");
    if !reply.body.is_empty() {
        assert!(reply.header("content-type").contains('/'), "{what}: what it is must not be guessed");
    }
    if !reply.status.is_success() && !reply.status.is_redirection() {
        assert_eq!(reply.header("content-type"), "application/problem+json", "{what}: {}", reply.body);
    }
}

#[tokio::test]
async fn every_route_restricts_what_a_page_may_do_whatever_it_answers() {
    let (router, _data) = whole().await;
    let beside = BESIDE.into_iter().map(|path| (path.to_owned(), vec![Method::GET]));
    for (path, takes) in described().into_iter().chain(beside) {
        for method in METHODS {
            let what = format!("{method} {path}");
            let headers = [("origin", ORIGIN), ("content-type", "application/json")];
            let reply = send(&router, request(method.clone(), &path, &headers, Body::from("{}"))).await;
            assert_restricted(&reply, &what);
            assert!(!reply.status.is_server_error(), "{what}: {}", reply.body);
            // Lists that others publish may be kept; they are of nobody here.
            let is_published = path == "/api/v1/docs/" || path.contains("/taxonomies/");
            if path.starts_with("/api/") && !is_published {
                assert_eq!(reply.header("cache-control"), "no-store", "{what}");
            }
            if !takes.contains(&method) && path != "/api/v1/docs/" {
                let refused = [StatusCode::METHOD_NOT_ALLOWED, StatusCode::NOT_FOUND];
                assert!(refused.contains(&reply.status), "{what}: {}", reply.status);
            }
        }
    }
}

/// Mebibytes without end and without a length, and how many bytes of them were asked for.
fn endless() -> (Body, Arc<AtomicUsize>) {
    static PIECE: [u8; 64 * 1024] = [b' '; 64 * 1024];
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    let pieces = stream::repeat_with(move || {
        let piece = Bytes::from_static(&PIECE);
        counted.fetch_add(piece.len(), Relaxed);
        Ok::<_, Infallible>(piece)
    });
    (Body::from_stream(pieces), asked)
}

#[tokio::test]
async fn no_route_takes_in_a_body_without_end() {
    let (router, _data) = whole().await;
    for (path, methods) in described() {
        for method in methods {
            let what = format!("{method} {path}");
            let (body, asked) = endless();
            let headers = [("origin", ORIGIN), ("content-type", "application/json")];
            let reply = send(&router, request(method, &path, &headers, body)).await;
            assert!(!reply.status.is_server_error(), "{what}: {}", reply.status);
            let taken = asked.load(Relaxed);
            assert!(taken <= 1024 * 1024 + 128 * 1024, "{what} took {taken} bytes in");
            assert_restricted(&reply, &what);
        }
    }
}

#[tokio::test]
async fn a_body_that_is_packed_is_not_unpacked() {
    let (router, _data) = whole().await;
    let bomb = {
        use std::io::Write;
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(br#"{"login": ""#).unwrap();
        packer.write_all(&vec![b'x'; 8 * 1024 * 1024]).unwrap();
        packer.finish().unwrap()
    };
    let headers = [("origin", ORIGIN), ("content-type", "application/json"), ("content-encoding", "gzip")];
    let reply = send(&router, request(Method::POST, "/api/v1/sessions", &headers, Body::from(bomb))).await;
    assert_eq!((reply.status, reply.code().as_str()), (StatusCode::BAD_REQUEST, "bad_json"));
}

#[tokio::test]
async fn no_route_answers_a_page_of_another_site_that_loads_it() {
    let (router, _data) = whole().await;
    for (path, methods) in described() {
        for method in methods {
            let what = format!("{method} {path}");
            for site in ["cross-site", "same-site"] {
                let headers = [("sec-fetch-site", site), ("sec-fetch-mode", "no-cors"), ("sec-fetch-dest", "image")];
                let reply = send(&router, request(method.clone(), &path, &headers, Body::empty())).await;
                assert_eq!((reply.status, reply.code().as_str()), (StatusCode::FORBIDDEN, "foreign_origin"), "{what}");
            }
        }
    }
}
