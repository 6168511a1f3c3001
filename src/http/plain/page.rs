//! The page of a hall: how a device comes to trust this server, and the way on to the exercise. It is what
//! people see first, so it comes in the language of their browser, with the others beside it.

use std::sync::{Arc, LazyLock};

use axum::{
    extract::State,
    http::{HeaderMap, Uri, header},
    response::{Html, IntoResponse, Response},
};
use serde::Deserialize;

use super::Plain;
use crate::{
    engine::text::Language,
    markup::{catalogue::Catalogue, page::Page},
};

/// Words of one language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    dir: String,
    own_name: String,
    exercise: String,
    title: String,
    lead: String,
    fetch: String,
    compare: String,
    trust: String,
    go_on: String,
    afterwards: String,
    windows: String,
    android: String,
    ios: String,
    macos: String,
    linux: String,
}

const STYLE: &str = include_str!("hall.css");

static CATALOGUE: LazyLock<Catalogue<Words>> = LazyLock::new(|| {
    Catalogue::read([
        ("ar", include_str!("words/ar.json")),
        ("en", include_str!("words/en.json")),
        ("es", include_str!("words/es.json")),
        ("fr", include_str!("words/fr.json")),
        ("pt", include_str!("words/pt.json")),
        ("ru", include_str!("words/ru.json")),
        ("zh", include_str!("words/zh.json")),
    ])
});

pub(super) async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE)
}

pub(super) async fn page(State(plain): State<Arc<Plain>>, headers: HeaderMap, uri: Uri) -> Response {
    let language = asked_for(&headers, &uri);
    let there = plain.https(&headers, &uri).map(|origin| format!("{origin}/")).unwrap_or_default();
    let fingerprint = plain.authority.as_ref().map(|authority| authority.fingerprint.as_str()).unwrap_or_default();
    ([(header::CACHE_CONTROL, "no-store")], Html(written(&language, &there, fingerprint))).into_response()
}

/// The language named in the address, else the first one that the browser wants and the page has.
fn asked_for(headers: &HeaderMap, uri: &Uri) -> Language {
    let named = uri.query().and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix("lang=")));
    let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|wanted| wanted.to_str().ok()).unwrap_or_default();
    let wanted = wanted.split(',').map(|one| one.split(';').next().unwrap_or_default().trim());
    let has = |tag: &&str| CATALOGUE.languages().any(|known| tag.split('-').next() == Some(known));
    Language::from(named.into_iter().chain(wanted).find(has).unwrap_or("en"))
}

fn written(language: &Language, there: &str, fingerprint: &str) -> String {
    let (tag, words) = CATALOGUE.of(language);
    let mut page = Page::new(Language::from(tag));
    page.put("<!doctype html>\n<html lang=\"", tag, "\" dir=\"")
        .text(&words.dir)
        .raw("\">\n<head><meta charset=\"utf-8\">");
    page.raw("<meta name=\"viewport\" content=\"width=device-width\">\n");
    page.put("<title>", &words.exercise, ": ").text(&words.title).raw("</title>\n");
    page.raw("<link rel=\"stylesheet\" href=\"/hall.css\"></head>\n<body>\n");
    page.put("<p class=\"marking\"><strong>", &words.exercise, "</strong></p>\n<main>\n");
    page.raw("<nav>");
    for other in CATALOGUE.languages() {
        let (_, own) = CATALOGUE.of(&Language::from(other));
        page.put("<a href=\"/?lang=", other, "\" lang=\"").text(other).put("\">", &own.own_name, "</a> ");
    }
    page.put("</nav>\n<h1>", &words.title, "</h1>\n").put("<p>", &words.lead, "</p>\n<ol>\n");
    page.put("<li><a class=\"button\" href=\"/hall-ca.crt\">", &words.fetch, "</a></li>\n");
    page.put("<li>", &words.compare, "<br><code dir=\"ltr\">").text(fingerprint).raw("</code></li>\n");
    page.put("<li>", &words.trust, "\n<dl>");
    for (system, how) in [
        ("Windows", &words.windows),
        ("Android", &words.android),
        ("iPhone, iPad", &words.ios),
        ("macOS", &words.macos),
        ("Linux", &words.linux),
    ] {
        page.put("<dt>", system, "</dt>").put("<dd>", how, "</dd>\n");
    }
    page.put("</dl></li>\n<li><a class=\"button\" href=\"", there, "\">").put("", &words.go_on, "</a> ");
    page.put("<code dir=\"ltr\">", there, "</code></li>\n</ol>\n");
    page.put("<p>", &words.afterwards, "</p>\n</main>\n</body></html>\n");
    page.finish()
}
