//! Errors at the edge, as RFC 9457 problem details, and the one place where their causes are logged.
//!
//! A client learns what is wrong and what to do; what failed inside goes to the log, under the id of
//! the request that the client is told.

use std::{collections::BTreeMap, error::Error, fmt::Write};

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    http::{metrics, request_id},
    store::StoreError,
};

/// Seconds after which a client may ask again when something is unavailable for now.
const RETRY_AFTER: u32 = 2;

/// An error as a client sees it (`application/problem+json`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProblemBody {
    /// A URI that names the kind of problem: `urn:drillhall:problem:CODE`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Short summary.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// What is wrong and what to do.
    pub detail: String,
    /// Stable code.
    pub code: String,
    /// What the detail names, by what it is: ids, instants and lengths in milliseconds, counts.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
    /// Id of the request, to find it in the server's log.
    pub request_id: Option<String>,
}

/// An answer that says why a request was not served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    status: StatusCode,
    code: &'static str,
    detail: String,
    values: BTreeMap<String, String>,
    retry_after: Option<u32>,
}

impl Problem {
    /// A problem with a stable code, and a plain sentence on what is wrong and what to do.
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self { status, code, detail: detail.into(), values: BTreeMap::new(), retry_after: None }
    }

    /// Nobody is signed in, or with something that is not valid.
    pub fn unauthorized(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "unauthorized", detail)
    }

    /// Whoever asks may not do this.
    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", detail)
    }

    /// There is no such thing, or none that the client may know of.
    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", detail)
    }

    /// Too many of something; says when to come back.
    pub fn too_many(detail: impl Into<String>, retry_after_seconds: u32) -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", detail).after(retry_after_seconds)
    }

    /// A fault of the server. The cause is logged here, once.
    pub fn internal(source: impl Error) -> Self {
        tracing::error!(cause = causes(&source), "a request failed");
        Self::fault()
    }

    /// The answer to a fault whose cause is already in the log.
    pub(crate) fn fault() -> Self {
        let detail = "the server made a mistake; tell the operator the request id";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", detail)
    }

    /// Something that the server needs is gone for now. The cause is logged here, once.
    pub fn unavailable(source: impl Error) -> Self {
        tracing::error!(cause = causes(&source), "a request could not be served for now");
        let detail = "the server cannot do this at the moment; nothing was changed, try again shortly";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", detail).after(RETRY_AFTER)
    }

    /// Logs what caused it, here and once.
    #[must_use]
    pub fn caused_by(self, source: &dyn Error) -> Self {
        tracing::error!(cause = causes(source), code = self.code, "a request failed");
        self
    }

    /// Tells the client when to try again.
    #[must_use]
    pub fn after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Says what the detail names, for words in another language.
    #[must_use]
    pub fn naming(mut self, values: BTreeMap<String, String>) -> Self {
        self.values = values;
        self
    }

    /// Stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// What is wrong and what to do.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.detail
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Database(_) => Self::unavailable(error),
            _ => Self::internal(error),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        metrics::count_refused(self.code);
        let body = ProblemBody {
            kind: format!("urn:drillhall:problem:{}", self.code),
            title: self.status.canonical_reason().unwrap_or("Error").to_owned(),
            status: self.status.as_u16(),
            detail: self.detail,
            code: self.code.to_owned(),
            values: self.values,
            request_id: request_id::current(),
        };
        let mut response = (self.status, axum::Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// An error and what caused it, in one line.
fn causes(error: &dyn Error) -> String {
    let mut line = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        // Writing to a string cannot fail.
        let _ = write!(line, ": {cause}");
        source = cause.source();
    }
    line
}
