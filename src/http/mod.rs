//! The shell around the routes: what every request passes on its way in and every answer on its way
//! out. No route needs to think of headers, origins, limits, request ids or panics.
//!
//! From the outside in: request id and log line, security headers, compression, panics, origin of the
//! request, time limit, body limit, route.

pub mod client;
pub mod extract;
pub mod limits;
pub mod line;
pub mod metrics;
pub mod openapi;
pub mod origin;
pub mod plain;
pub mod request_id;
pub mod security;
pub mod serve;
pub mod trace;

use std::{net::IpAddr, sync::Arc, time::Duration};

use axum::{Router, extract::DefaultBodyLimit, http::StatusCode, http::Uri, middleware};
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};

pub use extract::{Json, Path, Query};
pub use line::Line;
pub use metrics::{Monitor, Ready};
pub use origin::{Door, Origin, Site};

use crate::{clock::Clock, id::Random, problem::Problem};

/// Bytes that the body of a request may have, unless its route says otherwise.
const BODY_LIMIT: usize = 1024 * 1024;

/// What the shell needs to know.
#[derive(Clone)]
pub struct Shell {
    /// Tells how long requests take.
    pub clock: Clock,
    /// Makes request ids.
    pub random: Random,
    /// Where this server is reached, and who else may send requests to it from a browser.
    pub site: Arc<Site>,
    /// Proxies whose word on the client's address is taken.
    pub trusted_proxies: Arc<[IpAddr]>,
    /// How long a request may take until its answer begins.
    pub request_timeout: Duration,
    /// Paths of routes that watch the time themselves.
    pub patient: &'static [&'static str],
    /// Describes the API.
    pub openapi: utoipa::openapi::OpenApi,
    /// Whether the server can serve.
    pub ready: Ready,
    /// Who may see its figures.
    pub monitor: Monitor,
}

/// Puts the shell around the routes of the API. They carry their whole paths (`/api/v1/…`).
pub fn shell(api: Router, shell: Shell) -> Router {
    let Shell { clock, random, site, trusted_proxies, request_timeout, patient, openapi, ready, monitor } = shell;
    api.merge(openapi::routes(openapi))
        .merge(metrics::routes(ready, monitor))
        .merge(client::routes())
        .method_not_allowed_fallback(method_not_allowed)
        .fallback(unknown_path)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(middleware::from_fn(move |request, next| trace::time_limit(request_timeout, patient, request, next)))
        .layer(middleware::from_fn_with_state(site.clone(), origin::check))
        .layer(CatchPanicLayer::custom(trace::panicked))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn_with_state(site, security::headers))
        .layer(middleware::from_fn_with_state(trusted_proxies, limits::note_client))
        .layer(middleware::from_fn_with_state((clock, random), trace::request))
}

async fn unknown_path(uri: Uri) -> Problem {
    // Without the query: it is the client's, and not ours to repeat.
    Problem::not_found(format!("there is nothing at {}", uri.path()))
}

async fn method_not_allowed() -> Problem {
    let detail = "this path does not take this method; /api/v1/docs lists what it takes";
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", detail)
}
