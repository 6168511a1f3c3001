//! What the routes of accounts take and give. What holds a password cannot be printed.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

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

/// The signed-in account.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Account {
    /// Id.
    pub account: String,
    /// Name.
    pub login: String,
}

/// A short bearer token for automation.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AccessToken {
    /// To send as `Authorization: Bearer …`.
    pub token: String,
    /// When it stops working.
    pub expires_at: Timestamp,
}
