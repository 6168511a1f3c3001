//! What the routes of accounts take and give. What holds a secret cannot be printed.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::PlatformRole;
use crate::engine::time::Timestamp;

/// Creates the first account with the secret of the one-time set-up link.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetUp {
    /// The secret from the fragment.
    pub token: String,
    /// Name to sign in with.
    pub login: String,
    /// Password of at least 15 characters.
    pub password: String,
}

/// Signs in.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// Name.
    pub login: String,
    /// Password.
    pub password: String,
}

/// A way to take the second step of signing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SecondWay {
    /// A code of a device.
    Totp,
    /// A code from paper.
    RecoveryCode,
}

/// The password was right; the second step is to come. This is no session.
#[derive(Clone, Serialize, ToSchema)]
pub struct SecondStep {
    /// To send with the code.
    pub challenge: String,
    /// When it is void.
    pub expires_at: Timestamp,
    /// Ways to take it.
    pub ways: Vec<SecondWay>,
}

/// The second step of signing in.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FinishSignIn {
    /// From the first step.
    pub challenge: String,
    /// Six digits of the device, or a recovery code.
    pub code: String,
}

/// The signed-in account.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Account {
    /// Id.
    pub account: String,
    /// Name.
    pub login: String,
    /// What it is on the platform.
    pub role: PlatformRole,
    /// Whether it has a second factor.
    pub second_factor: bool,
    /// Whether it needs one before it may do anything else.
    pub must_enrol: bool,
}

/// A short bearer token for automation.
#[derive(Clone, Serialize, ToSchema)]
pub struct AccessToken {
    /// To send as `Authorization: Bearer …`.
    pub token: String,
    /// When it stops working.
    pub expires_at: Timestamp,
}

/// The password once more; not needed so soon after signing in.
#[derive(Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Confirm {
    /// The password.
    pub password: Option<String>,
}

/// Another password.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// The one before.
    pub old: String,
    /// At least 15 characters.
    pub new: String,
}

/// The secret that a device is to make codes from, shown while it is enrolled and never again.
#[derive(Clone, Serialize, ToSchema)]
pub struct TotpSecret {
    /// In base32, to type.
    pub secret: String,
    /// For a QR code.
    pub uri: String,
}

/// A code of a device.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TotpCode {
    /// Six digits.
    pub code: String,
}

/// New recovery codes, shown this once. Each works once.
#[derive(Clone, Serialize, ToSchema)]
pub struct RecoveryCodes {
    /// The codes.
    pub codes: Vec<String>,
}

/// What an account has beside its password.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Factors {
    /// Whether there is a device that makes codes.
    pub totp: bool,
    /// How many recovery codes are left.
    pub recovery_codes_left: i64,
}

/// A session of one's own.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SessionLine {
    /// Id.
    pub session: String,
    /// Whether it is the one that asks.
    pub current: bool,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was used last, to five minutes.
    pub last_seen_at: Timestamp,
    /// Roughly what browser on what machine; empty if unknown.
    pub device: String,
    /// Where it was begun from.
    pub address: Option<String>,
    /// What it was begun with beside the password, if anything.
    pub factor: Option<String>,
}

/// An account as administrators see it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AccountLine {
    /// Id.
    pub account: String,
    /// Name.
    pub login: String,
    /// What it is on the platform.
    pub role: PlatformRole,
    /// Whether it has a second factor.
    pub second_factor: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// Since when it is disabled.
    pub disabled_at: Option<Timestamp>,
    /// When a session that was not ended was used last.
    pub last_seen_at: Option<Timestamp>,
    /// How many sessions it has.
    pub sessions: usize,
}

/// What an administrator does to an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub enum AccountAct {
    /// Nobody signs in with it any more.
    Disable,
    /// It may be used again.
    Enable,
    /// Takes its second factors off, for its owner to enrol others.
    ResetSecondFactor,
    /// Ends all its sessions.
    RevokeSessions,
    /// Gives it another platform role.
    SetRole {
        /// Which.
        role: PlatformRole,
    },
}

/// A new personal invitation.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateInvitation {
    /// What the account will be.
    pub role: PlatformRole,
    /// For whom it is.
    #[serde(default)]
    pub label: String,
}

/// An invitation as administrators see it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct InvitationLine {
    /// Id.
    pub invitation: String,
    /// What the account will be.
    pub role: PlatformRole,
    /// For whom it is.
    pub label: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it is void.
    pub expires_at: Timestamp,
    /// When it was used.
    pub used_at: Option<Timestamp>,
    /// Whether it may still be used.
    pub open: bool,
}

/// A new invitation with its link, whose secret is shown this once.
#[derive(Clone, Serialize, ToSchema)]
pub struct NewInvitation {
    /// The invitation.
    #[serde(flatten)]
    pub invitation: InvitationLine,
    /// Path of the page that it opens, with the secret behind `#`.
    pub path: String,
}

/// Looks at an invitation.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewInvitation {
    /// The secret from the fragment.
    pub token: String,
}

/// What an invitation is for.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct InvitationPreview {
    /// What the account will be.
    pub role: PlatformRole,
    /// When it is void.
    pub expires_at: Timestamp,
    /// Whether the account will need a second factor.
    pub must_enrol: bool,
}

/// Makes the account of an invitation.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptInvitation {
    /// The secret from the fragment.
    pub token: String,
    /// Name to sign in with.
    pub login: String,
    /// Password of at least 15 characters.
    pub password: String,
}
