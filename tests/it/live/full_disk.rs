//! A disk that is full costs availability, never data: nothing is accepted that is not stored, what
//! is stored can be read, and play goes on when there is room again, without a restart.

use std::process::Command;

use drillhall::bot::player::Place;
use serde_json::{Value, json};

use super::{
    client::{Client, get, post},
    drill::{start, write_log},
    process::{Process, Site},
};
use crate::scenario::fixture::TWO_INJECTS;

/// Lets no file of a process grow beyond a size, as a full disk lets none grow; none lifts it.
fn limit(process: &Process, bytes: Option<u64>) {
    let limit = bytes.map_or_else(|| "unlimited".to_owned(), |bytes| bytes.to_string());
    let set = Command::new("prlimit")
        .args(["--pid", &process.pid().to_string(), &format!("--fsize={limit}:unlimited")])
        .status();
    assert!(set.expect("prlimit of util-linux can be run").success());
}

async fn entries(control: &Place) -> Vec<String> {
    let log = String::from_utf8(get(control, "log.jsonl").await.bytes).unwrap();
    let rows = log.lines().skip(1).map(|line| serde_json::from_str::<Value>(line).unwrap());
    rows.filter(|row| row["kind"] == "log_written")
        .map(|row| row["parts"][0]["text"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_refuses_loses_nothing_and_heals() {
    let data = tempfile::tempdir().unwrap();
    let site = Site { data: data.path().to_owned(), database_url: None };
    site.add_account().await;
    let process = site.serve().await;
    let control = process.exercise(TWO_INJECTS, 1_000).await;
    let add = json!({ "key": "t", "team": "reds", "name": "Reds", "language": "en", "cohort": null });
    post(&control, "teams", &add).await;
    let link = post(&control, "links", &json!({ "role": "player", "team": "reds", "max_uses": 2 })).await.json();
    let secret = link["path"].as_str().unwrap().trim_start_matches("/join#").to_owned();
    let place = Place::join(&process.base, &secret, "Ada", "en").await.unwrap();
    let mate = Place::join(&process.base, &secret, "Bo", "en").await.unwrap();
    post(&control, "commands", &json!({ "key": "s", "act": start() })).await;
    let mut client = Client::enter(&place).await;
    let mut bystander = Client::enter(&mate).await;

    let written = || std::fs::metadata(data.path().join("drillhall.sqlite-wal")).unwrap().len();
    limit(&process, Some(written() + 100_000));
    let mut kept = Vec::new();
    let refused = loop {
        let text = format!("entry {} {}", kept.len(), "x".repeat(4_000));
        let answer = client.ask(&text[..12], &write_log(&text)).await;
        if answer["type"] == "rejected" {
            assert_eq!(answer["code"], "unavailable");
            break text;
        }
        kept.push(text);
        assert!(kept.len() < 200, "the disk is never full");
    };
    assert!(!kept.is_empty());
    // Where a long entry found no room, a short row may: now there is none at all.
    limit(&process, Some(written()));
    for _ in 0..3 {
        assert_eq!(client.ask(&refused[..12], &write_log(&refused)).await["code"], "unavailable");
        let over_rest = post(&control, "commands", &json!({ "key": "p", "act": { "type": "end_ex" } })).await;
        assert_eq!((over_rest.status, over_rest.json()["code"].clone()), (503, json!("unavailable")));
    }
    assert_eq!(entries(&control).await, kept, "what was accepted can be read meanwhile");
    while bystander.rows().last() < client.rows().last() {
        bystander.wait_for_row("log_written").await;
    }

    limit(&process, None);
    let answer = client.ask(&refused[..12], &write_log(&refused)).await;
    assert_eq!(answer["type"], "accepted", "{answer}");
    bystander.wait_for_row("log_written").await;
    kept.push(refused);
    assert_eq!(entries(&control).await, kept);
    process.kill().await;
    let process = site.serve().await;
    let control = process.at(&control);
    assert_eq!(entries(&control).await, kept);
    let log = data.path().join("log.jsonl");
    std::fs::write(&log, get(&control, "log.jsonl").await.bytes).unwrap();
    let verified = Command::new(env!("CARGO_BIN_EXE_drillhall")).arg("verify").arg(log).output().unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
    process.kill().await;
}
