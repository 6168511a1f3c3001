//! The two commands, beside a server that runs.

use std::{fs, os::unix::fs::PermissionsExt, process::Command};

use drillhall::{account::PlatformRole, clock::Clock, store::data_dir::last_backup};

use crate::{live::fixture::Server, server::PASSWORD};

fn drillhall(folder: &std::path::Path, arguments: &[&str]) -> (Option<i32>, Vec<u8>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_drillhall")).args(arguments).current_dir(folder).output().unwrap();
    (output.status.code(), output.stdout, String::from_utf8(output.stderr).unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_running_server_is_backed_up_checked_and_restored() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("data")).unwrap();
    fs::write(at("drillhall.yaml"), "log_format: json\n").unwrap();
    let server = Server::start(&at("data")).await;
    server.doors.accounts.create("director", PlatformRole::Account, PASSWORD.as_bytes()).await.unwrap();
    let run = |arguments: &[&str]| drillhall(folder.path(), arguments);

    let (code, out, err) = run(&["backup", "b.zip", "--data", "data"]);
    assert_eq!(code, Some(0), "{err}");
    let told = String::from_utf8(out).unwrap();
    assert!(told.contains("1 other files") && told.contains("sha256 "), "{told}");
    assert_eq!(fs::metadata(at("b.zip")).unwrap().permissions().mode() & 0o777, 0o600);
    let age = Clock::system().now().since(last_backup(&at("data")).unwrap()).0;
    assert!((0..600_000).contains(&age), "monitors see it");

    // Into a pipe goes the backup alone.
    let (code, out, err) = run(&["backup", "/dev/stdout", "--data", "data"]);
    assert_eq!((code, &out[..2]), (Some(0), &b"PK"[..]), "{err}");
    assert!(err.contains("backed up to /dev/stdout"), "{err}");
    server.stop().await;

    let (code, out, err) = run(&["restore", "b.zip", "--check"]);
    assert_eq!(code, Some(0), "{err}");
    assert!(String::from_utf8(out).unwrap().contains("every row verified"));
    let (code, out, err) = run(&["restore", "b.zip", "--data", "new"]);
    assert_eq!(code, Some(0), "{err}");
    let told = String::from_utf8(out).unwrap();
    assert!(told.contains("accounts                         1"), "{told}");
    assert!(told.contains("start afresh") && told.contains("restored-settings.yaml"), "{told}");
    assert_eq!(fs::read_to_string(at("new").join("restored-settings.yaml")).unwrap(), "log_format: json\n");
    let (code, _, err) = run(&["restore", "b.zip", "--data", "new"]);
    assert_eq!(code, Some(1));
    assert!(err.contains("nothing is overwritten"), "{err}");
    let (code, _, err) = run(&["backup", "c.zip", "--data", "nowhere"]);
    assert_eq!(code, Some(1));
    assert!(err.contains("there is no data in nowhere") && !at("nowhere").exists() && !at("c.zip").exists(), "{err}");
    for (data, kind) in [("data", "backup_made"), ("new", "backup_restored")] {
        let (_, out, err) = run(&["audit", "show", "--json", "--data", data]);
        assert!(String::from_utf8(out).unwrap().contains(kind), "{kind}: {err}");
    }
    let again = Server::start(&at("new")).await;
    assert!(again.doors.accounts.setup_link().await.unwrap().is_none(), "the account is there");
    again.stop().await;
}
