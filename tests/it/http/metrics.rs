//! Figures: who may see them, and that all of those that documents and the dashboard name are there.

use std::collections::BTreeSet;

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use drillhall::{
    clock::Clock,
    config::Settings,
    engine::{
        plan::Trigger,
        role::Role,
        text::Language,
        time::{Millis, Rate},
    },
    http::metrics::METRICS,
    live::http::open_exercise,
    scenario::Pack,
};
use serde_json::{Value, json};

use crate::{
    live::{
        drill::{inject, plan},
        fixture::Server as Served,
    },
    server::{METRICS_TOKEN, Server, from_address, proxy, request},
    tls::fixture::ask,
};

const DASHBOARD: &str = include_str!("../../../deploy/dashboard.json");
const OPERATIONS: &str = include_str!("../../../docs/OPERATIONS.md");

#[tokio::test]
async fn figures_are_not_for_the_world() {
    let server = Server::start().await;
    let token = format!("Bearer {METRICS_TOKEN}");
    for (address, headers, may) in [
        ([127, 0, 0, 1], vec![], true),
        ([192, 0, 2, 7], vec![], false),
        ([192, 0, 2, 7], vec![("authorization", token.as_str())], true),
        ([192, 0, 2, 7], vec![("authorization", "Bearer something else")], false),
        ([192, 0, 2, 7], vec![("authorization", METRICS_TOKEN)], false),
        // Whatever comes through a proxy is from elsewhere, whether or not the proxy is known.
        ([127, 0, 0, 1], vec![("x-forwarded-for", "192.0.2.7")], false),
        ([127, 0, 0, 1], vec![("forwarded", "for=192.0.2.7")], false),
        (proxy(), vec![("x-forwarded-for", "127.0.0.1")], false),
        (proxy(), vec![("x-forwarded-for", "192.0.2.7"), ("authorization", token.as_str())], true),
    ] {
        let asked = from_address(address, request(Method::GET, "/metrics", &headers, Body::empty()));
        let reply = server.send(asked).await;
        let expected = if may { StatusCode::OK } else { StatusCode::FORBIDDEN };
        assert_eq!(reply.status, expected, "{address:?} {headers:?}");
        assert_eq!(reply.body.contains("drillhall_http_requests_total"), may);
    }
    let nobody = server.get("/metrics").await;
    assert_eq!(nobody.code(), "forbidden", "who has no address has no right");
}

#[tokio::test]
async fn what_is_refused_is_counted_by_its_code() {
    let server = Server::start().await;
    server.get("/api/v1/nowhere/at/all").await;
    let asked = request(Method::GET, "/metrics", &[], Body::empty());
    let figures = server.send(from_address([127, 0, 0, 1], asked)).await.body;
    assert!(figures.contains("drillhall_refused_total{code=\"not_found\"}"), "{figures}");
}

/// Names of figures in a text, without what Prometheus puts behind them.
fn named(text: &str) -> BTreeSet<String> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let words = text.split(|c: char| !is_name(c)).filter(|word| word.starts_with("drillhall_"));
    let bare = |word: &str| {
        let known = METRICS.iter().any(|metric| metric.name == word);
        let ending = ["_bucket", "_sum", "_count"].iter().find_map(|ending| word.strip_suffix(ending));
        ending.filter(|_| !known).unwrap_or(word).to_owned()
    };
    words.map(bare).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_figure_of_the_dashboard_and_of_the_manual_is_told() {
    let data = tempfile::tempdir().unwrap();
    let server =
        Served::start_as(data.path(), Settings { hall: Some(true), ..Settings::default() }, Clock::system()).await;
    let pack = Pack {
        plan: plan(vec![inject("first", Trigger::At { at: Millis(0) })]),
        files: Vec::new(),
        warnings: Vec::new(),
        hints: Vec::new(),
    };
    let exercise = open_exercise(&server.doors, pack, Rate::REAL, false).await.unwrap();
    let director = exercise.seat(Role::ExerciseDirector, None, "Control", &Language::from("en"), None).await.unwrap();
    let acts = [
        json!({ "type": "add_team", "team": "reds", "name": "Reds", "language": "en", "cohort": null }),
        json!({ "type": "start_ex" }),
    ];
    for (number, act) in acts.into_iter().enumerate() {
        let act = serde_json::from_value(act).unwrap();
        exercise.ask(&director, &format!("{number}"), act, server.doors.clock.now()).await.unwrap();
    }
    let root = server.tls.as_ref().unwrap().authority().unwrap().pem().to_owned();
    // The inject goes out by itself; until it has, there is no lateness to tell of.
    let told = loop {
        let told = ask(&root, &server.base, "GET /metrics HTTP/1.1\r\n\r\n").await;
        if told.contains("drillhall_inject_lateness_seconds_count") {
            break named(&told);
        }
    };
    let table: BTreeSet<String> = METRICS.iter().map(|metric| metric.name.to_owned()).collect();
    assert_eq!(told, table);
    let dashboard: Value = serde_json::from_str(DASHBOARD).unwrap();
    assert!(dashboard["panels"].as_array().unwrap().len() >= 10);
    let shown = named(DASHBOARD);
    assert!(shown.len() >= 10 && shown.is_subset(&table), "{:?}", shown.difference(&table));
    assert_eq!(named(OPERATIONS).into_iter().filter(|name| table.contains(name)).collect::<BTreeSet<_>>(), table);
    server.stop().await;
}
