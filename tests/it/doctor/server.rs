//! Judgements of what belongs to the server, each good and bad.

use std::net::{IpAddr, SocketAddr};

use drillhall::{
    doctor::{
        Finding, Verdict,
        check::{Database, Load, Port, backup, certificate, database, disk, load, network, origins, packs, port, sync},
    },
    engine::time::{Millis, Timestamp},
    http::Origin,
    tls::{TlsError, certificate::Facts},
};

const NOW: Timestamp = Timestamp(1_795_000_000_000);
const HOUR: i64 = 60 * 60 * 1_000;

pub(super) fn green(finding: &Finding) {
    assert_eq!(finding.verdict, Verdict::Green, "{finding:?}");
    assert_eq!(finding.fix, None);
}

/// It is red, names what was seen, and says what to do.
pub(super) fn red(finding: &Finding, seen: &str, fix: &str) {
    assert_eq!(finding.verdict, Verdict::Red, "{finding:?}");
    assert!(finding.seen.contains(seen), "{finding:?}");
    assert!(finding.fix.as_ref().unwrap().contains(fix), "{finding:?}");
}

fn socket(address: &str) -> SocketAddr {
    address.parse().unwrap()
}

fn origin(origin: &str) -> Origin {
    origin.parse().unwrap()
}

fn lan() -> Vec<IpAddr> {
    vec!["192.168.1.20".parse().unwrap()]
}

#[test]
fn others_reach_the_machine() {
    green(&network(&lan(), socket("0.0.0.0:8080"), false));
    green(&network(&lan(), socket("192.168.1.20:8080"), false));
    green(&network(&lan(), socket("127.0.0.1:8080"), true));
    red(&network(&lan(), socket("127.0.0.1:8080"), false), "nobody but this machine", "0.0.0.0:8080");
    red(&network(&[], socket("0.0.0.0:8080"), false), "no address", "Wi-Fi");
    red(&network(&lan(), socket("10.0.0.1:8080"), false), "listens at 10.0.0.1", "none of this machine's");
}

#[test]
fn addresses_that_people_use_are_those_of_the_machine() {
    let judge = |public: Option<&str>, allowed: &[&str], listen: &str, is_tls: bool, has_proxy: bool| {
        let allowed: Vec<Origin> = allowed.iter().map(|one| origin(one)).collect();
        origins(public.map(origin).as_ref(), &allowed, &lan(), socket(listen), is_tls, has_proxy)
    };
    green(&judge(None, &[], "0.0.0.0:8080", false, false));
    green(&judge(Some("https://drill.example"), &[], "127.0.0.1:8080", false, true));
    green(&judge(Some("https://drill.example"), &[], "0.0.0.0:443", true, false));
    green(&judge(Some("http://192.168.1.20:8080"), &["http://127.0.0.1:5173"], "0.0.0.0:8080", false, false));
    red(
        &judge(Some("http://192.168.7.7:8080"), &[], "0.0.0.0:8080", false, false),
        "does not have that address",
        "192.168.1.20",
    );
    red(&judge(None, &["http://10.9.9.9"], "0.0.0.0:8080", false, false), "10.9.9.9", "made anew");
    red(&judge(Some("https://drill.example"), &[], "0.0.0.0:443", false, false), "speaks TLS", "tls_cert");
    red(&judge(Some("https://drill.example"), &[], "0.0.0.0:8443", true, false), "port 443", "both the same");
}

#[test]
fn ports_are_free_or_ours() {
    let judge = |state| port(socket("0.0.0.0:443"), state);
    green(&judge(Port::Free));
    green(&judge(Port::Ours));
    red(&judge(Port::Taken), "something else", "ss -ltnp sport = :443");
    red(&judge(Port::Forbidden), "may not", "CAP_NET_BIND_SERVICE");
    red(&judge(Port::NotHere), "no address of this machine", "0.0.0.0:443");
}

#[test]
fn the_disk_is_large_and_quick() {
    green(&disk(5 << 30));
    red(&disk(1 << 30), "1.0 GiB", "2 GiB");
    green(&sync(vec![3.0, 1.0, 2.0]));
    red(&sync(vec![30.0, 25.0, 40.0]), "30.0 ms", "solid-state");
    red(&sync(vec![1.0, 1.0, 900.0]), "900.0 ms", "network share");
    assert_eq!(sync(Vec::new()).verdict, Verdict::NotChecked);
}

fn facts(days: i64) -> Facts {
    Facts {
        names: vec!["drill.example".to_owned()],
        not_before: NOW.minus(Millis(HOUR)),
        not_after: NOW.plus(Millis(days * 24 * HOUR)),
        fingerprint: "AA".to_owned(),
    }
}

#[test]
fn the_certificate_is_for_the_address_and_lasts() {
    let public = origin("https://drill.example");
    green(&certificate(Ok(&facts(60)), Some(&public), NOW));
    green(&certificate(Ok(&facts(60)), None, NOW));
    red(&certificate(Ok(&facts(5)), Some(&public), NOW), "drill.example", "renew");
    red(&certificate(Ok(&facts(60)), Some(&public), NOW.minus(Millis(3 * HOUR))), "drill.example", "clock");
    red(&certificate(Ok(&facts(60)), Some(&origin("https://other.example")), NOW), "other.example", "public_url");
    red(&certificate(Err(&TlsError::KeyDoesNotFit), None, NOW), "does not fit", "another certificate");
}

#[test]
fn packs_database_and_backup() {
    green(&packs(&[("zephyrine".to_owned(), None)]));
    red(
        &packs(&[("zephyrine".to_owned(), Some("line 3: wrong\nmore".to_owned()))]),
        "zephyrine: line 3: wrong",
        "drillhall check",
    );
    red(&packs(&[]), "no scenario", "folder");
    green(&database(&Database::New));
    green(&database(&Database::Good { pending: 0 }));
    green(&database(&Database::Good { pending: 2 }));
    red(&database(&Database::Newer), "newer drillhall", "that version");
    red(&database(&Database::Bad("cannot be opened".to_owned())), "cannot be opened", "drillhall restore");
    green(&backup(None, false, NOW));
    green(&backup(Some(NOW.minus(Millis(2 * HOUR))), true, NOW));
    red(&backup(None, true, NOW), "no backup", "drillhall backup");
    red(&backup(Some(NOW.minus(Millis(30 * HOUR))), true, NOW), "2026-", "drillhall backup");
}

#[test]
fn the_machine_carries_the_people() {
    let good = Load { players: 200, lost: 0, doubled: 0, delivery_p99_ms: 30.0, ack_p99_ms: 40.0 };
    green(&load(good));
    for bad in [
        Load { lost: 1, ..good },
        Load { doubled: 1, ..good },
        Load { delivery_p99_ms: 1_500.0, ..good },
        Load { ack_p99_ms: 3_000.0, ..good },
    ] {
        red(&load(bad), "200 people", "bigger machine");
    }
}
