//! The browser's client, embedded in the binary as it was built into `web/dist`. A binary without it
//! serves the API all the same, and says on its pages how to build it.

use axum::{
    Router,
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::problem::Problem;

#[derive(RustEmbed)]
#[folder = "web/dist"]
#[allow_missing = true]
struct Dist;

/// Paths at which the client shows a page of its own. Others are not found.
const PAGES: [&str; 16] = [
    "/",
    "/setup",
    "/join",
    "/invited",
    "/account",
    "/accounts",
    "/audit",
    "/day",
    "/programme/{programme}",
    "/play/{exercise}/{seat}",
    "/control/{exercise}/{seat}",
    "/wall/{exercise}/{seat}",
    "/report/{exercise}/{seat}",
    "/rehearsal/{exercise}/{seat}",
    "/marking/{exercise}/{seat}",
    "/after/{exercise}/{seat}",
];

/// Names of files under here hold a hash of their content, so they never change.
const HASHED: &str = "assets/";

const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>EXERCISE: Drillhall</title>\
    <h1>Drillhall serves, but without its pages</h1>\
    <p>This binary was built before the pages for the browser were. Run <code>make build</code> and start it again.</p>\
    <p>The programming interface works: see <a href=\"/api/v1/docs/\">its description</a>.</p></html>";

pub(super) fn routes() -> Router {
    let pages = PAGES.iter().fold(Router::new(), |router, path| router.route(path, get(page)));
    Dist::iter()
        .filter(|name| name != "index.html")
        .fold(pages, |router, name| router.route(&format!("/{name}"), get(file)))
}

async fn page(headers: HeaderMap) -> Response {
    match Dist::get("index.html") {
        Some(index) => send("index.html", index, &headers),
        None => Html(NOT_BUILT).into_response(),
    }
}

async fn file(uri: Uri, headers: HeaderMap) -> Response {
    let name = uri.path().trim_start_matches('/');
    match Dist::get(name) {
        Some(found) => send(name, found, &headers),
        None => Problem::not_found("this file is not part of the client").into_response(),
    }
}

/// A file of the client as an answer, by its path in it. What is named by its content is kept for ever; for
/// the rest a browser asks each time, and is not sent again what it has.
#[must_use]
pub fn send(name: &str, file: EmbeddedFile, headers: &HeaderMap) -> Response {
    // Weak, because the same content also travels compressed.
    let etag = format!("W/\"{}\"", hex::encode(file.metadata.sha256_hash()));
    let cache = if name.starts_with(HASHED) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|known| lists(known, &etag));
    let common = [(header::ETAG, etag), (header::CACHE_CONTROL, cache.to_owned())];
    if known {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    (common, [(header::CONTENT_TYPE, media_type(name))], file.data).into_response()
}

fn lists(known: &HeaderValue, etag: &str) -> bool {
    known.to_str().is_ok_and(|known| known.split(',').any(|one| one.trim() == etag))
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
