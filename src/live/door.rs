//! What the routes around the door take and give: lists of links, codes for seats, and the go/no-go list.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::api::NewLink;
use crate::{
    account::Flaw,
    engine::{
        event::ReadyState,
        id::{PersonId, TeamId},
        role::Role,
        text::Language,
        time::{Millis, Timestamp},
    },
};

/// Many links at once.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PostRoll {
    /// The list as a spreadsheet saves it (CSV), with the names of the columns first: `role`, `team`, `team name`,
    /// `language`, `uses`, `label`, `expires`.
    pub csv: String,
    /// Whether teams that are not there are made.
    #[serde(default)]
    pub create_teams: bool,
    /// Chosen by the client; only where links are made.
    #[serde(default)]
    pub key: String,
}

/// A list as it was understood.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Roll {
    /// In its order.
    pub rows: Vec<RollRow>,
    /// Teams that are made first.
    pub new_teams: Vec<TeamId>,
    /// Whether links can be made of it.
    pub good: bool,
}

/// A line of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RollRow {
    /// Number of the line.
    pub line: u64,
    /// Role, if it is one.
    pub role: Option<Role>,
    /// Team.
    pub team: Option<TeamId>,
    /// What the team is called.
    pub team_name: String,
    /// The language that it works in.
    pub language: Option<Language>,
    /// How many people may use the link.
    pub uses: u32,
    /// Note.
    pub label: String,
    /// When it stops working; seven days from now without it.
    pub expires_at: Option<Timestamp>,
    /// What is wrong.
    pub flaws: Vec<Flaw>,
}

/// Links that were made of a list, in its order. The secrets are shown this once.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RollMade {
    /// The links.
    pub links: Vec<NewLink>,
}

/// Asks for a code for a seat.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PostCode {
    /// Whose; without it the caller's own.
    #[serde(default)]
    pub person: Option<PersonId>,
}

/// A code with which a person goes on elsewhere. It is shown this once.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Code {
    /// Whose.
    pub person: PersonId,
    /// To be typed at `/join`.
    pub code: String,
    /// For a camera: path with a secret in its fragment.
    pub path: String,
    /// When both stop working.
    pub expires_at: Timestamp,
}

/// Takes a seat along to this device.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnterCode {
    /// What was typed, or the secret that a camera read.
    pub code: String,
    /// Chosen by the client: a repeat gives the same place again, with a new cookie.
    #[serde(default)]
    pub key: Option<String>,
}

/// The go/no-go list as it stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Readiness {
    /// Every line, in order.
    pub lines: Vec<ReadyState>,
    /// The server's clock.
    pub server_time: Timestamp,
}

/// Signs the go/no-go list.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignReadiness {
    /// The list as the director saw it: what changed since is shown again first.
    pub seen: Vec<ReadyState>,
    /// What the director's own clock says.
    pub clock: Timestamp,
    /// What there is to say.
    #[serde(default)]
    pub note: Option<String>,
}

/// How a person's line was measured last, by the person's own client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LineMeasured {
    /// Round trip of a frame.
    pub round_trip: Option<Millis>,
    /// Bytes a second of a small download.
    pub bandwidth: Option<u32>,
}
