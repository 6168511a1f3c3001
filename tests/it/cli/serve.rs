//! What `serve` prints and how it takes signals: with a hall's own authority, and with bad certificates.

use std::{fs, process::Stdio, time::Duration};

use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

use super::run::Desk;
use crate::tls::fixture::{EXPIRED, Files, GOOD, Root, address, ask, shown};

const PATIENCE: Duration = Duration::from_mins(1);

fn signal(child: &Child, name: &str) {
    let pid = child.id().unwrap().to_string();
    assert!(std::process::Command::new("kill").args([name, &pid]).status().unwrap().success());
}

fn served(desk: &Desk, arguments: &[&str]) -> (Child, tokio::io::Lines<BufReader<tokio::process::ChildStdout>>) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_drillhall"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data", "data"])
        .args(arguments)
        .current_dir(desk.path(""))
        .env("DRILLHALL_LOG", "off")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    (child, lines)
}

async fn until(lines: &mut tokio::io::Lines<BufReader<tokio::process::ChildStdout>>, mark: &str) -> Vec<String> {
    let mut heard = Vec::new();
    let listening = async {
        while let Some(line) = lines.next_line().await.unwrap() {
            let is_it = line.contains(mark);
            heard.push(line);
            if is_it {
                return;
            }
        }
        panic!("it ended before it said {mark:?}");
    };
    tokio::time::timeout(PATIENCE, listening).await.unwrap();
    heard
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hall_shows_where_to_join_and_what_to_trust() {
    let desk = Desk::new();
    let (child, mut lines) = served(&desk, &["--hall", "--http-listen", "127.0.0.1:0"]);
    let said = until(&mut lines, "After the exercise remove it again").await.join("\n");
    assert!(said.starts_with("Drillhall serves at https://127.0.0.1:"), "{said}");
    assert!(said.contains("/setup#"), "{said}");
    let root = fs::read_to_string(desk.path("data/hall/ca.crt")).unwrap();
    let base = said.lines().next().unwrap().trim_start_matches("Drillhall serves at ").to_owned();
    let answer = ask(&root, &base, "GET /readyz HTTP/1.1\r\n\r\n").await;
    assert!(answer.ends_with("ready\n"), "{answer}");
    let fingerprint = drillhall::tls::certificate::Facts::of_pem(root.as_bytes(), "ca").unwrap().fingerprint;
    assert!(said.contains(&fingerprint), "{said}");
    for system in ["Windows", "Android", "iOS", "macOS", "Linux"] {
        assert!(said.contains(system), "{system}");
    }
    // The code is there wherever this machine is in a network at all.
    assert_eq!(said.contains('\u{2580}'), said.contains("tells how to trust this server"), "{said}");
    // Reading the certificate again is no reason to end, and an end is clean.
    signal(&child, "-HUP");
    let again = ask(&root, &base, "GET /healthz HTTP/1.1\r\n\r\n").await;
    assert!(again.ends_with("ok\n"));
    signal(&child, "-TERM");
    let mut child = child;
    assert!(tokio::time::timeout(PATIENCE, child.wait()).await.unwrap().unwrap().success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hangup_shows_the_new_certificate() {
    let (desk, root) = (Desk::new(), Root::new());
    let files = Files::in_folder(&desk.path(""), &root.issue(GOOD));
    let (child, mut lines) = served(&desk, &["--tls-cert", "tls.crt", "--tls-key", "tls.key"]);
    let said = until(&mut lines, "Drillhall serves at ").await;
    let base = said[0].trim_start_matches("Drillhall serves at ").to_owned();
    assert!(address(&base).ip().is_loopback());
    let first = shown(&root.pem(), &base).await;
    until(&mut lines, "/setup#").await;
    files.put(&root.issue(GOOD));
    signal(&child, "-HUP");
    let changed = async {
        while shown(&root.pem(), &base).await == first {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, changed).await.unwrap();
}

#[test]
fn a_bad_certificate_ends_it_at_once_with_the_reason() {
    let (desk, root) = (Desk::new(), Root::new());
    let files = Files::in_folder(&desk.path(""), &root.issue(GOOD));
    let start = || {
        desk.run(&[
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--data",
            "data",
            "--tls-cert",
            "tls.crt",
            "--tls-key",
            "tls.key",
        ])
    };
    let (certificate, _) = root.issue(GOOD);
    let (_, key) = root.issue(GOOD);
    for (pair, reason) in [
        ((certificate.clone(), key.clone()), "the key does not fit the certificate"),
        (root.issue(EXPIRED), "the certificate expired at 2021-01-01T00:00:00Z: renew it"),
        ((String::new(), key), "tls.crt holds no certificate"),
        ((certificate, "nonsense".to_owned()), "tls.key holds no private key"),
    ] {
        files.put(&pair);
        let ran = start();
        assert_eq!(ran.code, Some(1), "{ran:?}");
        assert!(ran.err.contains(reason), "{ran:?}");
    }
    fs::remove_file(&files.key).unwrap();
    assert!(start().err.contains("tls.key could not be read"));
}
