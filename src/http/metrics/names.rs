//! Every figure that `/metrics` tells, in one table: `docs/OPERATIONS.md` and the dashboard are held to it.
//! Rooms below count under these names.

use ::metrics::{describe_counter, describe_gauge, describe_histogram};

/// Requests served, by method, route and status.
pub(super) const REQUESTS: &str = "drillhall_http_requests_total";
/// Time until their answers began, by route.
pub(super) const DURATION: &str = "drillhall_http_request_duration_seconds";
/// What was refused, by code.
pub(super) const REFUSED: &str = "drillhall_refused_total";

/// From a tenth of a commit on a good disk to what nobody should ever see.
const OF_STORING: [f64; 12] = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];
const OF_REQUESTS: [f64; 8] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];

/// One figure.
pub struct Metric {
    /// As Prometheus reads it.
    pub name: &'static str,
    pub(super) kind: Kind,
    help: &'static str,
}

pub(super) enum Kind {
    /// What is counted is told apart by a label. Those of its values that are known before are told as nought
    /// from the start: an alarm on what has never happened must be able to sound.
    Counter(&'static str, &'static [&'static str]),
    Gauge,
    /// How values are spread, between these bounds.
    Histogram(&'static [f64]),
}

/// Every figure.
pub const METRICS: &[Metric] = &[
    counter(REQUESTS, "status", &[], "Requests served, by method, route and status."),
    histogram(DURATION, &OF_REQUESTS, "Seconds until the answer to a request began, by route."),
    counter(REFUSED, "code", &["too_many_requests"], "Requests, frames and commands that were refused, by code."),
    gauge("drillhall_connections", "Open websockets."),
    histogram(
        "drillhall_inject_lateness_seconds",
        &OF_STORING,
        "Seconds from the instant at which an inject was due until it was stored and on its way to everybody.",
    ),
    histogram(
        "drillhall_commit_seconds",
        &OF_STORING,
        "Seconds that the database took to make one transaction durable.",
    ),
    gauge(
        "drillhall_queue_length",
        "What waits: batches for the writer of the logs, commands for the runners of exercises.",
    ),
    gauge("drillhall_exercises", "Exercises that are loaded."),
    counter(
        "drillhall_runner_faults_total",
        "kind",
        &["not_stored", "taken_over"],
        "Batches of rows that could not be stored, and exercises taken over by another server, by kind.",
    ),
    counter(
        "drillhall_tls_handshakes_total",
        "outcome",
        &["done", "failed", "too_slow", "crowded_out"],
        "Handshakes, by how they ended.",
    ),
    gauge("drillhall_tls_certificate_expiry_timestamp_seconds", "When the certificate that is shown expires."),
    gauge("drillhall_disk_free_bytes", "Bytes that may still be written where the data lies."),
    gauge("drillhall_backup_timestamp_seconds", "When the last backup was made; 0 if none ever was."),
    gauge("drillhall_build_info", "1, with the version of the program."),
];

impl Metric {
    /// Tells the recorder what it is.
    pub(super) fn describe(&self) {
        let Self { name, kind, help } = self;
        match kind {
            Kind::Counter(label, values) => {
                describe_counter!(*name, *help);
                for value in *values {
                    ::metrics::counter!(*name, *label => *value).increment(0);
                }
            }
            Kind::Gauge => describe_gauge!(*name, *help),
            Kind::Histogram(_) => describe_histogram!(*name, *help),
        }
    }
}

const fn counter(
    name: &'static str,
    label: &'static str,
    values: &'static [&'static str],
    help: &'static str,
) -> Metric {
    Metric { name, kind: Kind::Counter(label, values), help }
}

const fn gauge(name: &'static str, help: &'static str) -> Metric {
    Metric { name, kind: Kind::Gauge, help }
}

const fn histogram(name: &'static str, buckets: &'static [f64], help: &'static str) -> Metric {
    Metric { name, kind: Kind::Histogram(buckets), help }
}
