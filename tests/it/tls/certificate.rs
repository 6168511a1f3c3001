//! What a certificate says of itself, and why one is refused.

use drillhall::{
    clock::Clock,
    engine::time::Timestamp,
    tls::{Keeper, TlsError, certificate::Pair},
};

use super::fixture::{EXPIRED, FUTURE, Files, GOOD, Root};

fn refused(pair: &(String, String)) -> String {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::in_folder(folder.path(), pair);
    Keeper::of_files(files.certificate, files.key, Clock::system().now()).unwrap_err().to_string()
}

#[test]
fn names_validity_and_fingerprint_are_read() {
    let (certificate, key) = Root::new().issue(GOOD);
    let pair = Pair::from_pem(certificate.as_bytes(), key.as_bytes(), ["c", "k"]).unwrap();
    let facts = &pair.facts;
    assert_eq!(facts.names, ["127.0.0.1", "drill.example"]);
    assert_eq!(facts.not_before, Timestamp(1_577_836_800_000), "2020-01-01");
    assert_eq!(facts.not_after, Timestamp(3_786_912_000_000), "2090-01-01");
    assert_eq!((facts.fingerprint.len(), facts.fingerprint.matches(':').count()), (95, 31));
    for (host, is_covered) in [
        ("drill.example", true),
        ("Drill.Example", true),
        ("127.0.0.1", true),
        ("other.example", false),
        ("x.drill.example", false),
        ("127.0.0.2", false),
    ] {
        assert_eq!(facts.covers(host), is_covered, "{host}");
    }
    let mut wild = facts.clone();
    wild.names = vec!["*.drill.example".to_owned(), "2001:db8::1".to_owned()];
    let covered =
        ["a.drill.example", "[2001:db8::1]", "drill.example", "a.b.drill.example"].map(|host| wild.covers(host));
    assert_eq!(covered, [true, true, false, false]);
}

#[test]
fn a_bad_certificate_is_refused_with_the_reason() {
    let root = Root::new();
    let (good, other) = (root.issue(GOOD), root.issue(GOOD));
    assert!(refused(&(good.0.clone(), other.1)).contains("does not fit"));
    assert!(refused(&root.issue(EXPIRED)).contains("expired at 2021-01-01"));
    assert!(refused(&root.issue(FUTURE)).contains("not valid before 2089-01-01"));
    assert!(refused(&("nonsense".to_owned(), good.1.clone())).contains("holds no certificate"));
    assert!(refused(&(String::new(), good.1.clone())).contains("holds no certificate"));
    let no_key = refused(&(
        good.0.clone(),
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\ncanary\n-----END ENCRYPTED PRIVATE KEY-----\n".to_owned(),
    ));
    assert!(no_key.contains("no private key") && !no_key.contains("canary"), "{no_key}");
    let cut = good.0.replacen("MII", "MIJ", 1);
    assert!(refused(&(cut, good.1)).contains("certificate"));
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let error = Keeper::of_files("/nowhere/tls.crt".into(), "/nowhere/tls.key".into(), Timestamp(0)).unwrap_err();
    assert!(matches!(error, TlsError::Read { .. }));
    assert!(error.to_string().contains("/nowhere/tls.crt"), "{error}");
}

#[test]
fn nothing_of_the_key_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let pair = Root::new().issue(GOOD);
    let files = Files::in_folder(folder.path(), &pair);
    let keeper = Keeper::of_files(files.certificate, files.key, Clock::system().now()).unwrap();
    let key: String = pair.1.lines().nth(1).unwrap().to_owned();
    assert!(!format!("{keeper:?}").contains(&key));
}

#[test]
fn the_newest_good_pair_is_shown_and_a_bad_one_is_told_of_once() {
    let (folder, root, now) = (tempfile::tempdir().unwrap(), Root::new(), Clock::system().now());
    let files = Files::in_folder(folder.path(), &root.issue(GOOD));
    let keeper = Keeper::of_files(files.certificate.clone(), files.key.clone(), now).unwrap();
    let first = keeper.facts();
    assert!(!keeper.refresh(now).unwrap(), "nothing has changed");
    files.put(&root.issue(EXPIRED));
    assert!(matches!(keeper.refresh(now), Err(TlsError::Expired { .. })));
    assert!(!keeper.refresh(now).unwrap(), "it was told of");
    assert_eq!(keeper.facts(), first);
    files.put(&root.issue(GOOD));
    assert!(keeper.refresh(now).unwrap());
    assert_ne!(keeper.facts(), first);
}
