//! A data directory belongs to one server at a time, and to its owner alone.

use drillhall::store::data_dir::DataDir;

#[test]
fn a_second_server_is_told_who_has_the_directory() {
    let parent = tempfile::tempdir().unwrap();
    let path = parent.path().join("data");
    let first = DataDir::open(&path).unwrap();
    let refused = DataDir::open(&path).unwrap_err();
    let expected =
        format!("another drillhall serves from the directory {} (pid {})", path.display(), std::process::id());
    assert!(refused.to_string().starts_with(&expected), "{refused}");
    drop(first);
    // Whatever another test starts at this moment holds the open files of this process until it is itself.
    assert!((0..10_000).any(|_| DataDir::open(&path).is_ok()), "the lock goes with its holder");
}

#[cfg(unix)]
#[test]
fn only_its_owner_may_enter_a_new_directory() {
    use std::os::unix::fs::PermissionsExt;
    let parent = tempfile::tempdir().unwrap();
    let data = DataDir::open(&parent.path().join("data")).unwrap();
    assert_eq!(data.path().metadata().unwrap().permissions().mode() & 0o777, 0o700);
    assert_eq!(data.database().parent(), Some(data.path()));
}
