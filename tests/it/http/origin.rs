//! Which pages may make a browser act here.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use drillhall::http::{Site, limits::Limits};

use crate::server::{ORIGIN, Server, from_address, request};

/// Headers, and whether a request with them may act.
type Case = (&'static [(&'static str, &'static str)], bool);

const CASES: [Case; 15] = [
    (&[("origin", ORIGIN)], true),
    (&[("origin", "HTTP://Hall.Example:8080")], true),
    (&[("origin", "http://desk.example")], true),
    (&[("origin", "http://desk.example:80")], true),
    (&[("origin", "https://desk.example")], false),
    (&[("origin", "http://evil.example")], false),
    (&[("origin", "null")], false),
    (&[("origin", "")], false),
    (&[("origin", "http://hall.example:8080.evil.example")], false),
    (&[("origin", "http://evil.example/http://hall.example:8080")], false),
    (&[("origin", "http://hall.example:8081")], false),
    (&[("origin", "http://hall.example")], false),
    (&[("origin", "https://hall.example:8080")], false),
    (&[("origin", ORIGIN), ("origin", "http://evil.example")], false),
    (&[("origin", "http://hall.example:8080@evil.example")], false),
];

async fn server() -> Server {
    let site = Site { allowed: vec!["http://desk.example".parse().unwrap()], ..Site::default() };
    Server::with(site, Limits::default()).await
}

#[tokio::test]
async fn only_pages_of_this_site_may_act() {
    let server = server().await;
    for (headers, may) in CASES {
        let change = request(Method::DELETE, "/api/v1/sessions/current", headers, Body::empty());
        let expected = if may { StatusCode::NO_CONTENT } else { StatusCode::FORBIDDEN };
        assert_eq!(server.send(change).await.status, expected, "{headers:?}");
    }
}

#[tokio::test]
async fn only_pages_of_this_site_may_open_a_socket() {
    let server = server().await;
    for (headers, may) in CASES {
        let headers = [headers, &[("connection", "upgrade"), ("upgrade", "websocket")]].concat();
        let reply = server.send(request(Method::GET, "/api/v1/exercises/x/whoami", &headers, Body::empty())).await;
        let expected = if may { "unauthorized" } else { "foreign_origin" };
        assert_eq!(reply.code(), expected, "{headers:?}");
    }
}

#[tokio::test]
async fn without_an_origin_only_what_no_foreign_page_can_cause_may_act() {
    let server = server().await;
    let cases: [Case; 7] = [
        (&[], true),
        (&[("authorization", "Bearer x")], true),
        (&[("cookie", "dh_session=x"), ("sec-fetch-site", "same-origin")], true),
        (&[("cookie", "dh_session=x"), ("sec-fetch-site", "none")], true),
        (&[("cookie", "dh_session=x")], false),
        (&[("sec-fetch-site", "cross-site")], false),
        (&[("cookie", "dh_session=x"), ("sec-fetch-site", "same-site")], false),
    ];
    for (headers, may) in cases {
        let change = request(Method::DELETE, "/api/v1/sessions/current", headers, Body::empty());
        let expected = if may { StatusCode::NO_CONTENT } else { StatusCode::FORBIDDEN };
        assert_eq!(server.send(change).await.status, expected, "{headers:?}");
    }
}

#[tokio::test]
async fn reading_is_not_asked_where_it_comes_from() {
    let server = server().await;
    assert_eq!(server.get_with("/healthz", "origin", "http://evil.example").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_page_of_another_site_may_link_to_the_interface_but_not_load_it() {
    let server = server().await;
    let cases: [Case; 8] = [
        (&[], true),
        (&[("sec-fetch-site", "same-origin"), ("sec-fetch-mode", "cors"), ("sec-fetch-dest", "empty")], true),
        (&[("sec-fetch-site", "none"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")], true),
        (&[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")], true),
        (&[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "iframe")], false),
        (&[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors"), ("sec-fetch-dest", "script")], false),
        (&[("sec-fetch-site", "same-site"), ("sec-fetch-mode", "cors"), ("sec-fetch-dest", "empty")], false),
        (&[("origin", "http://desk.example"), ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "cors")], true),
    ];
    for (headers, may) in cases {
        for (path, answer) in [("/api/v1/me", StatusCode::UNAUTHORIZED), ("/metrics", StatusCode::OK)] {
            let expected = if may { answer } else { StatusCode::FORBIDDEN };
            // Figures are for this machine.
            let asked = from_address([127, 0, 0, 1], request(Method::GET, path, headers, Body::empty()));
            assert_eq!(server.send(asked).await.status, expected, "{path} {headers:?}");
        }
        // What anybody may have anyway.
        assert_eq!(server.send(request(Method::GET, "/healthz", headers, Body::empty())).await.status, StatusCode::OK);
    }
}
