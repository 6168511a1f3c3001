//! Files of the client: how long a browser keeps them, and when it is not sent them again.

use std::fs;

use axum::http::{HeaderMap, StatusCode, header};
use drillhall::http::client::send;
use rust_embed::{EmbeddedFile, utils::read_file_from_fs};

fn file() -> EmbeddedFile {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("file");
    fs::write(&path, "content").unwrap();
    read_file_from_fs(&path).unwrap()
}

#[test]
fn a_file_named_by_its_content_is_kept_and_others_are_asked_for() {
    let sent = |name| send(name, file(), &HeaderMap::new()).headers()[header::CACHE_CONTROL].clone();
    assert_eq!(sent("assets/index-4f2a.js"), "public, max-age=31536000, immutable");
    assert_eq!(sent("index.html"), "no-cache");
}

#[test]
fn a_browser_that_has_the_file_is_not_sent_it_again() {
    let etag = send("index.html", file(), &HeaderMap::new()).headers()[header::ETAG].clone();
    let asking = |known: &str| HeaderMap::from_iter([(header::IF_NONE_MATCH, known.parse().unwrap())]);
    let etag = etag.to_str().unwrap();
    for known in [etag.to_owned(), format!("W/\"old\", {etag}")] {
        assert_eq!(send("index.html", file(), &asking(&known)).status(), StatusCode::NOT_MODIFIED, "{known}");
    }
    assert_eq!(send("index.html", file(), &asking("W/\"old\"")).status(), StatusCode::OK);
}
