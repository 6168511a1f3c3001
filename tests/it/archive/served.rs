//! From a running server to a machine that has never seen one.

use std::{io::Read, path::Path};

use drillhall::{
    engine::{id::FileHash, role::Role, time::Rate},
    store::{Location, Store},
};
use reqwest::Method;
use serde_json::json;

use super::fixture::{codes, entries};
use crate::{
    cli::run::Desk,
    intake::samples::png,
    live::{
        client::{ask, get},
        drill::{one_manual_inject, start, write_log},
        fixture::{Hall, Server},
    },
};

/// A drill in which a file was handed in and a text was erased.
async fn hall(data: &Path) -> Hall {
    let server = Server::start(data).await;
    let mut hall = Hall::open(server, one_manual_inject(), Vec::new(), Rate::REAL, &["reds"]).await;
    hall.director.act(start()).await;
    let ada = hall.player("reds").await;
    assert_eq!(ask(&ada, Method::POST, "uploads?name=seen.png", png()).await.status, 201);
    let mut player = crate::live::client::Client::enter(&ada).await;
    player.act(write_log("Ada, +44 20 7946 0000")).await;
    let rows = get(&hall.control, "log").await.json();
    let written = rows["rows"].as_array().unwrap().last().unwrap().clone();
    let part = written["body"].to_string();
    let (_, part) = part.split_once("\"part\":\"").unwrap();
    let part = part.split('"').next().unwrap();
    hall.director.act(json!({ "type": "erase_part", "part": part, "reason": "asked for" })).await;
    hall
}

/// As every browser asks. What packs the answer asks once more behind its end, and that must not break it off.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_comes_whole_to_a_browser_that_takes_it_packed() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(data.path()).await;
    let place = &hall.control;
    let url = format!("{}/api/v1/exercises/{}/archive.zip?seat={}", place.base, place.exercise, place.seat);
    let request = reqwest::Client::new().get(url).header("Accept-Encoding", "gzip").header("Cookie", &place.cookie);
    let answer = request.send().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.headers()["content-encoding"].to_str().unwrap()), (200, "gzip"));
    let packed = answer.bytes().await.expect("it comes to its end");
    let mut archive = Vec::new();
    flate2::read::GzDecoder::new(&packed[..]).read_to_end(&mut archive).unwrap();
    assert_eq!(codes(&archive), [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_download_it_and_teams_do_not() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(data.path()).await;
    let answer = get(&hall.control, "archive.zip").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "application/zip");
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"EXERCISE-archive.zip\"");
    assert_eq!(codes(&answer.bytes), [""; 0]);
    let attachments = entries(&answer.bytes).into_iter().filter(|(name, _)| name.starts_with("attachments/"));
    assert_eq!(attachments.map(|(_, bytes)| bytes).collect::<Vec<_>>(), [png()]);
    assert!(!entries(&answer.bytes).iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains("20 7946")));
    for (role, team) in [(Role::Player, Some("reds")), (Role::TeamLead, Some("reds")), (Role::Reviewer, None)] {
        let place = hall.seat(role, team, "Somebody").await;
        assert_eq!(get(&place, "archive.zip").await.status, get(&place, "log.jsonl").await.status, "{role:?}");
        assert_eq!(get(&place, "archive.zip").await.status, 403, "{role:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_writes_what_a_fresh_machine_reads() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(data.path()).await;
    let served = get(&hall.control, "archive.zip").await.bytes;
    let exercise = hall.exercise.0.clone();
    let desk = Desk::new();
    let folder = data.path().display().to_string();
    let arguments = ["export", "exercise", &exercise, "--data", &folder, "-o", "drill.zip"];
    let busy = desk.run(&arguments);
    assert_eq!(busy.code, Some(1));
    assert!(busy.err.contains("archive.zip") && busy.err.contains("another drillhall serves"), "{}", busy.err);
    hall.server.stop().await;
    let written = desk.run(&arguments);
    assert_eq!((written.code, written.err.as_str()), (Some(0), ""));
    let archive = desk.read("drill.zip");
    assert_eq!(desk.run(&arguments).code, Some(0));
    assert_eq!(desk.read("drill.zip"), archive, "the same bytes each time");
    let key = |archive: &[u8]| entries(archive).into_iter().find(|(name, _)| name == "key.pub").unwrap();
    assert_eq!(key(&served), key(&archive), "a server has one key");

    let elsewhere = Desk::new();
    elsewhere.write("drill.zip", &archive);
    let verified = elsewhere.run(&["verify", "drill.zip"]);
    assert_eq!(verified.code, Some(0), "{verified:?}");
    assert!(verified.out.contains("texts erased for data protection 1\n"), "{}", verified.out);
    let fingerprint = written.out.lines().find_map(|line| line.strip_prefix("signed with the key ")).unwrap();
    assert_eq!(elsewhere.run(&["verify", "drill.zip", "--key", fingerprint]).code, Some(0));
    let report = elsewhere.run(&["report", "drill.zip", "--format", "json"]);
    let inside = entries(&archive).into_iter().find(|(name, _)| name == "report/report.json").unwrap().1;
    assert_eq!(report.out.as_bytes(), inside);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_there_is_said_to_be_missing() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(data.path()).await;
    let exercise = hall.exercise.0.clone();
    hall.server.stop().await;
    let desk = Desk::new();
    let folder = data.path().display().to_string();
    let ran = desk.run(&["export", "exercise", "0192", "--data", &folder, "-o", "drill.zip"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains(&exercise), "it says which there are: {}", ran.err);
    let ran = desk.run(&["export", "exercise", "0192", "--data", "nowhere", "-o", "drill.zip"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("there is no data directory nowhere"), "{}", ran.err);
    assert!(!desk.path("nowhere").exists() && !desk.path("drill.zip").exists());
    let store = Store::open(&Location::Sqlite(data.path().join("drillhall.sqlite"))).await.unwrap();
    assert!(store.file(&FileHash("0".repeat(64))).await.unwrap().is_none());
    store.close().await;
}
