//! The lists that incident response classifies by. They are no secret, and the same for everybody until the
//! server is a newer one: anybody may read and keep them, a browser on a thin line above all.

use axum::{
    http::{HeaderValue, header},
    response::IntoResponse,
};
use serde::Deserialize;

use crate::{
    engine::taxonomy::{attack, rsit},
    http::{Json, Query},
    live::api::{Attack, Rsit},
    problem::ProblemBody,
};

/// Techniques of one answer, unless asked otherwise.
const FOUND: usize = 20;
/// Most techniques of one answer: more than there are.
const MOST: usize = 1_000;
/// How long a browser or proxy keeps an answer: an hour, so that a newer server is soon noticed.
const KEPT: (header::HeaderName, HeaderValue) =
    (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));

#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    q: String,
    limit: Option<usize>,
}

/// Techniques of MITRE ATT&CK Enterprise: by the beginning of an id, by an id of an earlier version, or by words
/// of the name. The best come first; without `q` techniques before their parts, by id.
#[utoipa::path(get, path = "/api/v1/taxonomies/attack", tag = "taxonomies",
    params(("q" = Option<String>, Query), ("limit" = Option<usize>, Query, description = "At most 1000; 20 without it")),
    responses((status = 200, body = Attack), (status = 400, body = ProblemBody)))]
pub(super) async fn attack_techniques(Query(Wanted { q, limit }): Query<Wanted>) -> impl IntoResponse {
    let techniques = attack::search(&q, limit.unwrap_or(FOUND).min(MOST));
    ([KEPT], Json(Attack { version: attack::VERSION, notice: attack::NOTICE, tactics: &attack::TACTICS, techniques }))
}

/// Classes and types of the Reference Security Incident Taxonomy.
#[utoipa::path(get, path = "/api/v1/taxonomies/rsit", tag = "taxonomies", responses((status = 200, body = Rsit)))]
pub(super) async fn rsit_classes() -> impl IntoResponse {
    ([KEPT], Json(Rsit { version: rsit::VERSION, classes: &rsit::CLASSES }))
}
