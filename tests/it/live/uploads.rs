//! Files that teams hand in, from outside: who may, how much, and who gets them again.

use std::time::Duration;

use drillhall::{
    bot::player::Place,
    engine::{decide::FILES_LIMIT, role::Role, time::Rate},
    store::{chain::verify, jsonl},
};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::{
    client::{Answer, ask, get},
    drill::{one_manual_inject, start},
    fixture::{Hall, Server},
};
use crate::intake::samples::{docx, locked, pdf, png, zip};

async fn hall(data: &std::path::Path) -> Hall {
    let server = Server::start(data).await;
    let mut hall = Hall::open(server, one_manual_inject(), Vec::new(), Rate::REAL, &["reds", "blues"]).await;
    hall.director.act(start()).await;
    hall
}

async fn hand_in(place: &Place, name: &str, bytes: Vec<u8>) -> Answer {
    ask(place, Method::POST, &format!("uploads?name={name}"), bytes).await
}

fn path(receipt: &Value) -> String {
    format!("files/{}", receipt["hash"].as_str().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_taken_once_and_shown_to_its_team_and_to_staff() {
    let data = tempfile::tempdir().unwrap();
    let mut hall = hall(data.path()).await;
    let ada = hall.player("reds").await;
    let first = hand_in(&ada, "C:%5Cscreens%5Cseen.exe", png()).await;
    assert_eq!(first.status, 201, "{}", String::from_utf8_lossy(&first.bytes));
    let receipt = first.json();
    assert_eq!(
        (&receipt["media_type"], &receipt["name"], &receipt["team"]),
        (&json!("image/png"), &json!("seen.exe"), &json!("reds"))
    );
    let again = hand_in(&hall.player("reds").await, "other.png", png()).await;
    assert_eq!((again.status, again.json()), (200, receipt.clone()), "the same bytes give the first receipt");
    let row = hall.director.wait_for_row("file_taken").await;
    assert_eq!(row["cards"][0]["card"]["hash"], receipt["hash"]);
    let staff = hall.seat(Role::Evaluator, None, "Evaluator").await;
    let trainer = hall.seat(Role::TeamModerator, Some("reds"), "Trainer").await;
    for reader in [&ada, &hall.control, &staff, &trainer] {
        let file = get(reader, &path(&receipt)).await;
        assert_eq!((file.status, &file.bytes), (200, &png()));
        assert_eq!(file.header("content-type"), "image/png");
        let disposition = "attachment; filename=\"EXERCISE-seen.exe.png\"; filename*=UTF-8''EXERCISE-seen.exe.png";
        assert_eq!(file.header("content-disposition"), disposition, "it ends as its bytes say");
        assert_eq!(file.header("x-content-type-options"), "nosniff");
        assert_eq!(file.header("content-security-policy"), "default-src 'none'; sandbox");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn for_everybody_else_it_does_not_exist() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(data.path()).await;
    let ada = hall.player("reds").await;
    let receipt = hand_in(&ada, "seen.pdf", pdf()).await.json();
    let blue = hall.player("blues").await;
    for (role, team) in
        [(Role::Player, Some("blues")), (Role::Observer, None), (Role::RolePlayer, None), (Role::Reviewer, None)]
    {
        let outsider = hall.seat(role, team, "Outsider").await;
        let theirs = get(&outsider, &path(&receipt)).await;
        let none = get(&outsider, &format!("files/{}", "0".repeat(64))).await;
        assert_eq!((theirs.status, none.status), (404, 404), "{role:?}");
        let plain = |answer: &Answer| {
            let mut body = answer.json();
            body.as_object_mut().unwrap().remove("request_id");
            body
        };
        assert_eq!(plain(&theirs), plain(&none), "{role:?} cannot tell it from one that is not there");
    }
    let own = hand_in(&blue, "ours.pdf", pdf()).await;
    assert_eq!((own.status, own.json()["name"].clone()), (201, json!("ours.pdf")), "nor by handing the same bytes in");
    for who in [&hall.control, &hall.seat(Role::TeamModerator, Some("reds"), "Trainer").await] {
        assert_eq!(hand_in(who, "x.pdf", pdf()).await.status, 403, "only who answers for a team hands in");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_file_is_its_bytes_decide() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(data.path()).await;
    let ada = hall.player("reds").await;
    let page = b"<!doctype html><script>alert(1)</script>".to_vec();
    let polyglot = [png(), zip(&[("evil.html", &page)])].concat();
    let bomb = zip(&[("zeros", &vec![0; 12 * 1024 * 1024])]);
    let nested = zip(&[("inner.zip", &zip(&[("a", b"a")]))]);
    for (name, bytes, code) in [
        ("seen.png", page.clone(), "file_active"),
        ("seen.png", b"MZ\x90\0".to_vec(), "file_program"),
        ("seen.png", polyglot, "file_mixed"),
        ("seen.zip", bomb, "archive_too_much"),
        ("seen.zip", nested, "archive_nested"),
        ("seen.zip", zip(&[("../up", b"x")]), "archive_paths"),
        ("seen.png", png()[..30].to_vec(), "file_broken"),
        ("seen.txt", Vec::new(), "file_empty"),
        ("seen.bin", vec![0; 100], "file_unknown"),
    ] {
        let refused = hand_in(&ada, name, bytes).await;
        assert_eq!((refused.status, refused.json()["code"].as_str()), (422, Some(code)), "{code}");
    }
    let report = hand_in(&ada, "report.png", docx()).await.json();
    assert!(report["media_type"].as_str().unwrap().ends_with("wordprocessingml.document"));
    let sample = hand_in(&ada, "sample.zip", locked(zip(&[("sample.exe", b"MZ\x90\0")]))).await.json();
    assert_eq!(sample["encrypted"], true);
    let name = "%D0%BE%D1%82%D1%87%D1%91%D1%82%0A%E2%80%AE.txt";
    let named = hand_in(&ada, name, b"as written".to_vec()).await.json();
    assert_eq!(named["name"], "\u{43e}\u{442}\u{447}\u{451}\u{442}.txt", "what deceives the eye is left out");
    let file = get(&ada, &path(&named)).await;
    assert!(
        file.header("content-disposition").ends_with("filename*=UTF-8''EXERCISE-%D0%BE%D1%82%D1%87%D1%91%D1%82.txt")
    );
}

/// The head of an upload, written by hand: what the server says before it has read a body.
async fn answer_to(place: &Place, length: &str, body: &[u8], endless: bool) -> String {
    let host = place.base.trim_start_matches("http://");
    let mut line = TcpStream::connect(host).await.unwrap();
    let request = format!(
        "POST /api/v1/exercises/{}/uploads?name=x&seat={} HTTP/1.1\r\nHost: {host}\r\nOrigin: {}\r\nCookie: {}\r\n{length}\r\n\r\n",
        place.exercise, place.seat, place.base, place.cookie
    );
    line.write_all(request.as_bytes()).await.unwrap();
    let (mut reading, mut writing) = line.into_split();
    let body = body.to_vec();
    let sending = tokio::spawn(async move { while writing.write_all(&body).await.is_ok() && endless {} });
    let mut answer = Vec::new();
    let mut piece = [0; 4096];
    let listening = async {
        while !String::from_utf8_lossy(&answer).contains("\"code\"") {
            match reading.read(&mut piece).await {
                Ok(count) if count > 0 => answer.extend_from_slice(&piece[..count]),
                _ => break,
            }
        }
    };
    tokio::time::timeout(Duration::from_mins(1), listening).await.expect("an answer comes");
    sending.abort();
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_gigabytes_are_refused_before_a_byte_is_read() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(data.path()).await;
    let ada = hall.player("reds").await;
    let answer = answer_to(&ada, "Content-Length: 2147483648", b"", false).await;
    assert!(answer.starts_with("HTTP/1.1 413") && answer.contains("file_too_large"), "{answer}");
    assert!(answer.contains("\"limit\":\"10\""), "{answer}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_without_end_is_cut_at_the_limit() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(data.path()).await;
    let ada = hall.player("reds").await;
    let piece = [b"10000\r\n".to_vec(), vec![b'x'; 0x10000], b"\r\n".to_vec()].concat();
    let answer = answer_to(&ada, "Transfer-Encoding: chunked", &piece, true).await;
    assert!(answer.starts_with("HTTP/1.1 413") && answer.contains("file_too_large"), "{answer}");
    assert_eq!(hand_in(&ada, "seen.png", png()).await.status, 201, "and its place is free again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_team_and_a_person_hand_in_so_much() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(data.path()).await;
    let mut taken = 0;
    let mut statuses = Vec::new();
    // A person may hand in thirty a minute, so a team needs several to reach its own limit.
    for person in 0..8 {
        let place = hall.seat(Role::Player, Some("reds"), &format!("Player {person}")).await;
        for n in 0..31 {
            let answer = hand_in(&place, "x.txt", format!("file {person} {n}").into_bytes()).await;
            statuses.push(answer.status);
            taken += usize::from(answer.status == 201);
            if answer.status == 422 {
                assert_eq!(answer.json()["code"], "too_many_files");
            }
        }
    }
    assert_eq!(taken, FILES_LIMIT);
    assert!(statuses.contains(&429) && statuses.contains(&422), "{statuses:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_with_files_is_exported_and_holds() {
    let data = tempfile::tempdir().unwrap();
    let hall = hall(data.path()).await;
    let ada = hall.player("reds").await;
    let receipt = hand_in(&ada, "seen.png", png()).await.json();
    let export = get(&hall.control, "log.jsonl").await;
    assert_eq!(export.status, 200);
    let text = String::from_utf8_lossy(&export.bytes).into_owned();
    assert!(text.contains(receipt["hash"].as_str().unwrap()));
    let kept = jsonl::read(&export.bytes[..]).unwrap();
    assert!(verify(&kept.rows).is_ok());
}
