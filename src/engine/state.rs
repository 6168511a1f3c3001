//! placeholder
use serde::{Deserialize, Serialize};
/// Where an exercise stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Created, not started.
    Ready,
    /// Time runs.
    Running,
    /// Time stands for everybody.
    Paused,
    /// Something real comes first: time stands for everybody.
    Suspended,
    /// Play is over; the log goes on.
    Ended,
}

impl std::fmt::Display for Stage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Ready => "ready",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Suspended => "suspended",
            Self::Ended => "ended",
        })
    }
}
