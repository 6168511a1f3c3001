//! A backup in the midst of a drill: nothing that was acknowledged before is lost, and whoever comes back
//! to the restored server starts afresh.

use std::{collections::BTreeMap, sync::Arc};

use drillhall::{
    backup,
    bot::player::Place,
    clock::Clock,
    config::Settings,
    engine::time::Rate,
    store::{Location, chain, data_dir::database_in, record},
};
use serde_json::json;
use tokio::sync::{Mutex, mpsc, watch};

use crate::{
    live::{
        client::Client,
        drill::{one_manual_inject, release, start, write_log},
        fixture::{Hall, Server},
    },
    postgres,
};

const PLAYERS: usize = 6;
/// Acknowledged before the backup begins.
const BEFORE: usize = 60;

/// What was acknowledged, by its words, with the row that answers it.
type Accepted = Arc<Mutex<BTreeMap<String, i64>>>;

async fn play(place: Place, number: usize, accepted: Accepted, told: mpsc::Sender<()>, ending: watch::Receiver<bool>) {
    let mut client = Client::enter(&place).await;
    let mut count = 0;
    while !*ending.borrow() {
        let words = format!("player {number} writes {count}");
        let seq = client.act(write_log(&words)).await;
        accepted.lock().await.insert(words, seq);
        told.try_send(()).ok();
        count += 1;
    }
}

async fn survives(url: Option<String>, restored_url: Option<String>) {
    let (data, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = Server::start_with(data.path(), url.as_deref(), Clock::system()).await;
    let location = |url: &Option<String>, data: &tempfile::TempDir| match url {
        Some(url) => Location::Postgres(url.clone()),
        None => Location::Sqlite(database_in(data.path())),
    };
    let mut hall = Hall::open(server, one_manual_inject(), Vec::new(), Rate::REAL, &["reds", "blues"]).await;
    hall.director.act(start()).await;
    hall.director.act(release("call")).await;
    let (told, mut hears) = mpsc::channel(BEFORE);
    let (end, ending) = watch::channel(false);
    let accepted = Accepted::default();
    let mut players = tokio::task::JoinSet::new();
    let mut places = Vec::new();
    for number in 0..PLAYERS {
        let place = hall.player(["reds", "blues"][number % 2]).await;
        places.push(place.clone());
        players.spawn(play(place, number, Arc::clone(&accepted), told.clone(), ending.clone()));
    }
    for _ in 0..BEFORE {
        hears.recv().await.unwrap();
    }
    let before = accepted.lock().await.clone();
    let file = elsewhere.path().join("backup.zip");
    let output = std::fs::File::create(&file).unwrap();
    let now = hall.server.doors.clock.now();
    backup::write(&location(&url, &data), data.path(), None, now, output).await.unwrap();
    end.send(true).unwrap();
    while let Some(done) = players.join_next().await {
        done.unwrap();
    }
    let after = accepted.lock().await.clone();
    assert!(after.len() > before.len(), "people played on meanwhile");
    // Somebody who has seen everything there was.
    let mut reader = Client::open(&places[0]).await;
    let epoch = reader.hello(None, 0).await["epoch"].as_str().unwrap().to_owned();
    let head = hall.server.doors.store.head(&record::stream_of(&hall.exercise)).await.unwrap().unwrap().seq;
    let exercise = hall.exercise.clone();
    drop(hall.director);
    hall.server.stop().await;

    let target = tempfile::tempdir().unwrap();
    let restored = backup::restore(&file, target.path(), &location(&restored_url, &target), now).await.unwrap();
    assert_eq!(restored.exercises[0].state, "running");
    let server = Server::start_with(target.path(), restored_url.as_deref(), Clock::system()).await;
    let rows = server.doors.store.read_whole_log(&record::stream_of(&exercise)).await.unwrap();
    chain::verify(&rows).unwrap();
    let texts: BTreeMap<&str, i64> =
        rows.iter().flat_map(|row| row.parts.iter().map(|part| (part.content.text.as_str(), part.seq))).collect();
    for (words, seq) in &before {
        assert!(texts.get(words.as_str()).is_some_and(|row| row <= seq), "{words} was acknowledged and is lost");
    }
    // The same seat and cookie hold; what the client knows does not.
    let mut back = Client::open(&server.again(&places[0])).await;
    for (epoch, last_seq) in [(Some(epoch.as_str()), head), (Some(epoch.as_str()), 3)] {
        let opening = back.hello(epoch, last_seq).await;
        assert_eq!(opening["type"], "reset", "{opening}");
        assert_ne!(opening["epoch"], json!(epoch));
    }
    back.act(write_log("and on it goes")).await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_drill_goes_on_from_a_backup_on_sqlite() {
    survives(None, None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_drill_goes_on_from_a_backup_on_postgres() {
    let (Some(from), Some(to)) = (postgres::database().await, postgres::database().await) else { return };
    survives(Some(from), Some(to)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_authority_of_a_hall_comes_back_so_that_nobody_trusts_anew() {
    let (data, target) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let settings = Settings { hall: Some(true), ..Settings::default() };
    let server = Server::start_as(data.path(), settings.clone(), Clock::system()).await;
    let fingerprint = |server: &Server| server.tls.as_ref().unwrap().authority().unwrap().fingerprint().to_owned();
    let first = fingerprint(&server);
    let file = data.path().join("backup.zip");
    let output = std::fs::File::create(&file).unwrap();
    let location = Location::Sqlite(database_in(data.path()));
    backup::write(&location, data.path(), None, server.doors.clock.now(), output).await.unwrap();
    server.stop().await;
    let location = Location::Sqlite(database_in(target.path()));
    backup::restore(&file, target.path(), &location, Clock::system().now()).await.unwrap();
    let again = Server::start_as(target.path(), settings, Clock::system()).await;
    assert_eq!(fingerprint(&again), first);
    again.stop().await;
}
