//! What a jump does with what it passes.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What becomes of injects that a jump passes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Passed {
    /// They wait in the tray.
    #[default]
    Tray,
    /// They go out at once, in their order.
    Release,
    /// They are skipped.
    Skip,
}
