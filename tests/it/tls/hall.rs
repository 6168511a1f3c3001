//! The hall's own authority: made once, private, good for local networks only, and its certificate as
//! good as the addresses are.

use std::{collections::BTreeSet, fs, net::IpAddr, os::unix::fs::PermissionsExt, path::Path};

use axum::serve::Listener;
use drillhall::{
    engine::time::{Millis, Timestamp},
    tls::{
        Keeper,
        hall::{Authority, Names},
        listener::TlsListener,
        qr,
    },
};
use tokio::net::TcpListener;

use super::fixture::connect;

const DAY: Millis = Millis(24 * 60 * 60 * 1000);

fn now() -> Timestamp {
    drillhall::clock::Clock::system().now()
}

fn names(hosts: &[&str], addresses: &[&str]) -> Names {
    let addresses: BTreeSet<IpAddr> = addresses.iter().map(|address| address.parse().unwrap()).collect();
    Names { hosts: hosts.iter().map(|&host| host.to_owned()).collect(), addresses }
}

fn local() -> Names {
    names(&["localhost", "laptop.local"], &["127.0.0.1", "192.168.1.20"])
}

fn modes(folder: &Path) -> Vec<u32> {
    let of = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let files = ["ca.key", "server.key", "ca.crt", "server.crt"].map(|name| of(&folder.join(name)));
    [vec![of(folder)], files.to_vec()].concat()
}

#[test]
fn it_is_made_once_and_only_its_owner_may_read_it() {
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().join("hall");
    let authority = Authority::open(&folder, &local(), now()).unwrap();
    let first = authority.pair(&local(), now()).unwrap();
    assert_eq!(modes(&folder), [0o700, 0o600, 0o600, 0o600, 0o600]);
    let again = Authority::open(&folder, &local(), now()).unwrap();
    assert_eq!(again.fingerprint(), authority.fingerprint());
    assert_eq!(again.pair(&local(), now()).unwrap().facts, first.facts);
}

#[test]
fn a_certificate_follows_the_addresses_and_is_renewed_before_it_ends() {
    let data = tempfile::tempdir().unwrap();
    let authority = Authority::open(data.path(), &local(), now()).unwrap();
    let first = authority.pair(&local(), now()).unwrap().facts;
    assert_eq!(first.names, ["laptop.local", "localhost", "127.0.0.1", "192.168.1.20"]);
    let elsewhere = names(&["localhost", "laptop.local"], &["127.0.0.1", "10.0.0.7"]);
    let moved = authority.pair(&elsewhere, now()).unwrap().facts;
    assert!(moved.covers("10.0.0.7") && !moved.covers("192.168.1.20"));
    let late = now().plus(Millis(DAY.0 * 70));
    let renewed = authority.pair(&elsewhere, late).unwrap().facts;
    assert_ne!(renewed.fingerprint, moved.fingerprint);
    assert!(renewed.not_after > moved.not_after);
}

#[test]
fn devices_trust_anew_only_when_they_have_to() {
    let data = tempfile::tempdir().unwrap();
    let first = Authority::open(data.path(), &local(), now()).unwrap().fingerprint().to_owned();
    let other_network = names(&["localhost", "laptop.local"], &["127.0.0.1", "10.0.0.7", "fd00::7"]);
    assert_eq!(Authority::open(data.path(), &other_network, now()).unwrap().fingerprint(), first);
    // A public address was not among those that it is good for.
    let public = names(&["localhost"], &["127.0.0.1", "192.0.2.7"]);
    let second = Authority::open(data.path(), &public, now()).unwrap().fingerprint().to_owned();
    assert_ne!(second, first);
    assert_eq!(Authority::open(data.path(), &public, now()).unwrap().fingerprint(), second);
    let nearly_over = now().plus(Millis(DAY.0 * 710));
    assert_ne!(Authority::open(data.path(), &public, nearly_over).unwrap().fingerprint(), second);
}

#[test]
fn this_machine_is_among_its_own_names() {
    let names = Names::now(&["drill.lan".to_owned(), "192.0.2.9".to_owned(), "Drill2.lan".to_owned()]);
    for host in ["localhost", "drill.lan", "drill2.lan"] {
        assert!(names.hosts.contains(host), "{host}");
    }
    assert!(!names.hosts.contains("192.0.2.9"));
    assert!(names.addresses.contains(&"192.0.2.9".parse::<IpAddr>().unwrap()));
    assert!(names.addresses.contains(&"127.0.0.1".parse::<IpAddr>().unwrap()));
}

/// A connection by `name` to a server whose certificate is for `names`, with an authority that was made for `made_for`.
async fn trusted(made_for: &Names, names: Names, name: &str) -> Result<(), String> {
    let data = tempfile::tempdir().unwrap();
    let authority = Authority::open(data.path(), made_for, now()).unwrap();
    let root = authority.pem().to_owned();
    let keeper = Keeper::of_hall(authority, move || names.clone(), now()).unwrap();
    let tcp = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = tcp.local_addr().unwrap();
    let mut listener = TlsListener::start(tcp, keeper.server_config().unwrap()).unwrap();
    tokio::select! {
        connected = connect(&root, address, name) => connected.map(drop).map_err(|error| error.to_string()),
        _ = async { loop { listener.accept().await; } } => unreachable!(),
    }
}

#[tokio::test]
async fn who_trusts_it_trusts_it_for_local_names_and_for_what_was_named() {
    assert_eq!(trusted(&local(), local(), "127.0.0.1").await, Ok(()));
    assert_eq!(trusted(&local(), local(), "laptop.local").await, Ok(()));
    let public = names(&["localhost", "bank.example"], &["127.0.0.1"]);
    let refused = trusted(&local(), public.clone(), "bank.example").await.unwrap_err();
    assert!(refused.contains("NameConstraint"), "{refused}");
    assert_eq!(trusted(&public, public.clone(), "bank.example").await, Ok(()));
}

#[test]
fn a_code_for_phones_is_drawn_with_a_quiet_border() {
    let drawn = qr::blocks("https://192.168.1.20:8443/").unwrap();
    let lines: Vec<&str> = drawn.lines().collect();
    let width = lines[0].chars().count();
    assert!(lines.iter().all(|line| line.chars().count() == width));
    assert_eq!(lines[0], "\u{2588}".repeat(width), "the border is light");
    assert!(lines[1].starts_with("\u{2588}\u{2588} "), "behind it a corner begins");
    assert!(qr::blocks(&"x".repeat(5_000)).is_none());
}
