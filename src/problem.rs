//! Errors at the edge, as RFC 9457 problem details.

use serde::Serialize;
use utoipa::ToSchema;

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
    /// Id of the request, to find it in the server's log.
    pub request_id: Option<String>,
}
