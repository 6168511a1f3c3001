//! What monitors ask: figures for Prometheus, whether the process lives, whether it can serve.
//!
//! Figures tell how many people are where and what goes wrong, so they are not for the world: who asks
//! from this machine may see them, and who has the token of the settings.

mod names;

use std::{
    future::Future,
    pin::Pin,
    sync::{Arc, OnceLock},
    time::Duration,
};

use ::metrics::{counter, histogram};
use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::IntoResponse,
    routing::get,
};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use super::limits::Client;
use crate::{engine::time::Millis, id::token_hash, problem::Problem};

use names::{DURATION, Kind, REFUSED, REQUESTS};
pub use names::{METRICS, Metric};

const UPKEEP_EVERY: Duration = Duration::from_secs(30);

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

/// Who may see the figures, and what is looked up when somebody asks.
#[derive(Clone)]
pub struct Monitor {
    token_hash: Option<String>,
    sample: Arc<dyn Fn() + Send + Sync>,
}

impl Monitor {
    /// Calls `sample` before figures are told. Besides this machine itself, whoever has the token may ask.
    pub fn new(token: Option<&str>, sample: impl Fn() + Send + Sync + 'static) -> Self {
        Self { token_hash: token.map(token_hash), sample: Arc::new(sample) }
    }

    /// A proxy on this machine that is not known as one would make the world look local, so whoever comes
    /// through any has to have the token.
    fn allows(&self, client: Client, headers: &HeaderMap) -> bool {
        let is_forwarded = headers.contains_key("x-forwarded-for") || headers.contains_key(header::FORWARDED);
        let is_local = client.0.is_some_and(|address| address.is_loopback());
        let given = headers.get(header::AUTHORIZATION).and_then(|given| given.to_str().ok()?.strip_prefix("Bearer "));
        // Hashes are compared, so that the time it takes tells nothing of the token.
        let has_token = given.is_some_and(|given| self.token_hash == Some(token_hash(given)));
        has_token || (is_local && !is_forwarded)
    }
}

/// Begins to count, for the whole process, if it has not begun. None if something else counts.
fn recorder() -> Option<&'static PrometheusHandle> {
    static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    let begin = || {
        let mut builder = PrometheusBuilder::new();
        for metric in METRICS {
            if let Kind::Histogram(buckets) = metric.kind {
                builder = builder.set_buckets_for_metric(Matcher::Full(metric.name.to_owned()), buckets).ok()?;
            }
        }
        let handle = builder.install_recorder().ok()?;
        METRICS.iter().for_each(Metric::describe);
        Some(handle)
    };
    RECORDER.get_or_init(begin).as_ref()
}

/// Counts something that was refused, by its code.
pub fn count_refused(code: &'static str) {
    counter!(REFUSED, "code" => code).increment(1);
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

pub(super) fn routes(ready: Ready, monitor: Monitor) -> Router {
    // Begun at once, so that what happens before somebody asks is counted.
    recorder();
    health(ready).merge(Router::new().route("/metrics", get(figures)).with_state(monitor))
}

/// Whether the process lives, and whether it can serve.
pub(super) fn health(ready: Ready) -> Router {
    Router::new().route("/healthz", get(|| async { "ok\n" })).route("/readyz", get(readiness)).with_state(ready)
}

async fn figures(
    State(monitor): State<Monitor>,
    client: Client,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Problem> {
    if !monitor.allows(client, &headers) {
        let detail = "figures are for this machine itself, or for whoever has the token of the setting metrics_token";
        return Err(Problem::forbidden(detail));
    }
    (monitor.sample)();
    let text = recorder().map(|recorder| {
        // Drains what histograms gathered since the last time.
        recorder.run_upkeep();
        recorder.render()
    });
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text.unwrap_or_default()))
}

async fn readiness(State(ready): State<Ready>) -> Result<&'static str, Problem> {
    if (ready.0)().await {
        return Ok("ready\n");
    }
    let detail = "the server cannot serve at the moment: its database does not answer";
    Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "not_ready", detail).after(2))
}
