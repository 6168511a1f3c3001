//! What an account may do on the platform. What it may do inside an exercise is the engine's to say: an
//! administrator sees nothing of one without a role there.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A role on the platform. One for those who manage the people of one organisation comes here, too, with the
/// organisations.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema, clap::ValueEnum,
)]
#[serde(rename_all = "snake_case")]
#[value(rename_all = "snake_case")]
pub enum PlatformRole {
    /// Manages accounts, and sets exercises up.
    PlatformAdmin,
    /// Sets exercises up, and directs those.
    Director,
    /// Reads what administrators did.
    Auditor,
    /// Takes part where somebody gives it a role.
    Account,
}

/// What somebody may want to do on the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlatformAction {
    /// See, invite, disable accounts and what goes with it.
    ManageAccounts,
    /// Create exercises, and see which scenarios there are.
    CreateExercises,
    /// Read the log of administrative acts.
    ReadAudit,
}

impl PlatformRole {
    /// Every role.
    pub const ALL: [Self; 4] = [Self::PlatformAdmin, Self::Director, Self::Auditor, Self::Account];

    /// Its name, as it is stored and sent.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PlatformAdmin => "platform_admin",
            Self::Director => "director",
            Self::Auditor => "auditor",
            Self::Account => "account",
        }
    }

    /// The role of a name. What this program does not know allows nothing.
    pub(super) fn stored(name: &str) -> Self {
        Self::ALL.into_iter().find(|role| role.name() == name).unwrap_or(Self::Account)
    }

    /// Whether the role allows something.
    #[must_use]
    pub fn may(self, action: PlatformAction) -> bool {
        match action {
            PlatformAction::ManageAccounts => self == Self::PlatformAdmin,
            PlatformAction::CreateExercises => matches!(self, Self::PlatformAdmin | Self::Director),
            PlatformAction::ReadAudit => self == Self::Auditor,
        }
    }
}
