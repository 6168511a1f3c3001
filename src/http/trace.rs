//! One line in the log and one count for each request: its method, path, status and how long it
//! took. Never its query, headers or body: they hold tokens, passwords and people's words.

use std::{any::Any, sync::Arc, time::Duration};

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue, StatusCode},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tracing::Instrument;

use super::{metrics, request_id};
use crate::{clock::Clock, id::Random, problem::Problem};

/// Carries the id of the request back to the client.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Gives a request its id and notes what came of it.
pub(super) async fn request(State((clock, random)): State<(Clock, Random)>, request: Request, next: Next) -> Response {
    let id: Arc<str> = random.uuid().to_string().into();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let span = tracing::info_span!("request", id = %id, %method, path = request.uri().path());
    let started = clock.now();
    let served = async {
        let response = next.run(request).await;
        let took = clock.now().since(started);
        let status = response.status().as_u16();
        tracing::info!(status, ms = took.0, "served");
        metrics::count_request(method.as_str(), route.as_ref().map_or("none", MatchedPath::as_str), status, took);
        response
    };
    let mut response = request_id::scope(id.clone(), served.instrument(span)).await;
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// Gives up on a request that takes too long to answer, unless its route watches the time itself.
pub(super) async fn time_limit(limit: Duration, patient: &[&str], request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>();
    if route.is_some_and(|route| patient.contains(&route.as_str())) {
        return next.run(request).await;
    }
    tokio::time::timeout(limit, next.run(request)).await.unwrap_or_else(|_elapsed| {
        let detail = "the server did not answer in time; ask again, with the same key if it was a command";
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "timeout", detail).after(2).into_response()
    })
}

/// Answers for a handler that panicked. The panic itself may quote what it worked on, so only the
/// fact is logged here; the panic hook says where.
pub(super) fn panicked(_panic: Box<dyn Any + Send>) -> Response {
    tracing::error!("a handler panicked");
    Problem::fault().into_response()
}
