//! What monitors ask: counts for Prometheus, whether the process lives, whether it can serve.

use std::{
    future::Future,
    pin::Pin,
    sync::{Arc, OnceLock},
    time::Duration,
};

use ::metrics::{counter, describe_counter, describe_histogram, histogram};
use axum::{Router, extract::State, http::StatusCode, http::header, response::IntoResponse, routing::get};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

use crate::{engine::time::Millis, problem::Problem};

/// Requests served, by method, route and status.
const REQUESTS: &str = "drillhall_http_requests_total";
/// Time until their answers began, by route.
const DURATION: &str = "drillhall_http_request_duration_seconds";
const UPKEEP_EVERY: Duration = Duration::from_secs(30);
const DURATION_BUCKETS: [f64; 8] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];

/// Whether the server can serve: asked for each `/readyz`.
#[derive(Clone)]
pub struct Ready(Arc<dyn Fn() -> Pin<Box<dyn Future<Output = bool> + Send>> + Send + Sync>);

impl Ready {
    /// Asks `check` each time.
    pub fn new<F>(check: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = bool> + Send + 'static,
    {
        Self(Arc::new(move || Box::pin(check())))
    }
}

/// Begins to count, for the whole process, if it has not begun. None if something else counts.
fn recorder() -> Option<&'static PrometheusHandle> {
    static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    let begin = || {
        let handle = PrometheusBuilder::new().set_buckets(&DURATION_BUCKETS).ok()?.install_recorder().ok()?;
        describe_counter!(REQUESTS, "Requests served, by method, route and status.");
        describe_histogram!(DURATION, "Seconds until the answer to a request began, by route.");
        Some(handle)
    };
    RECORDER.get_or_init(begin).as_ref()
}

/// Counts a request by its route, never by its path: paths are without number.
pub(super) fn count_request(method: &str, route: &str, status: u16, took: Millis) {
    let (method, route) = (method.to_owned(), route.to_owned());
    counter!(REQUESTS, "method" => method, "route" => route.clone(), "status" => status.to_string()).increment(1);
    let milliseconds = u32::try_from(took.0.max(0)).unwrap_or(u32::MAX);
    histogram!(DURATION, "route" => route).record(f64::from(milliseconds) / 1000.0);
}

/// Drains what histograms gather, so that they do not grow where nobody asks for them. Never ends.
pub async fn upkeep() {
    let mut every = tokio::time::interval(UPKEEP_EVERY);
    loop {
        every.tick().await;
        if let Some(recorder) = recorder() {
            recorder.run_upkeep();
        }
    }
}

pub(super) fn routes(ready: Ready) -> Router {
    let recorder = recorder();
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(readiness))
        .with_state(ready)
        .route("/metrics", get(move || async move { render(recorder) }))
}

async fn readiness(State(ready): State<Ready>) -> Result<&'static str, Problem> {
    if (ready.0)().await {
        return Ok("ready\n");
    }
    let detail = "the server cannot serve at the moment: its database does not answer";
    Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "not_ready", detail).after(2))
}

fn render(recorder: Option<&PrometheusHandle>) -> impl IntoResponse {
    let text = recorder.map(|recorder| {
        // Drains what histograms gathered since the last time.
        recorder.run_upkeep();
        recorder.render()
    });
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text.unwrap_or_default())
}
