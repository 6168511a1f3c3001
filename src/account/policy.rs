//! What each policy asks of people and their sessions: one row each, and nothing about it anywhere else.

use super::role::PlatformRole::{self, Account, Auditor, Director, PlatformAdmin};
use crate::{
    config::Policy,
    engine::{
        role::Role::{
            self, Evaluator, ExerciseDirector, Facilitator, LeadEvaluator, Observer, Planner, Reviewer, RolePlayer,
        },
        time::Millis,
    },
};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// What a policy asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Platform roles that are worth nothing before a second factor is enrolled.
    pub second_factor: &'static [PlatformRole],
    /// A session that nobody uses ends after this long. A page that is connected uses it.
    pub idle: Millis,
    /// However often it is used, a session ends after this long.
    pub absolute: Millis,
    /// A personal invitation works for this long.
    pub invitation: Millis,
    /// An access token for automation works for this long.
    pub access_token: Millis,
    /// Roles in exercises whose join links are for one person each.
    pub personal_links: &'static [Role],
}

const SMALL: Rules = Rules {
    second_factor: &[PlatformAdmin, Director],
    idle: Millis(12 * HOUR),
    absolute: Millis(7 * DAY),
    invitation: Millis(7 * DAY),
    access_token: Millis(15 * MINUTE),
    personal_links: &[LeadEvaluator, Evaluator],
};

const NATIONAL: Rules = Rules {
    second_factor: &[PlatformAdmin, Director, Auditor, Account],
    idle: Millis(4 * HOUR),
    absolute: Millis(DAY),
    invitation: Millis(3 * DAY),
    access_token: Millis(15 * MINUTE),
    personal_links: &[ExerciseDirector, Planner, Facilitator, RolePlayer, LeadEvaluator, Evaluator, Reviewer],
};

const STRICT: Rules = Rules {
    second_factor: &[PlatformAdmin, Director, Auditor, Account],
    idle: Millis(30 * MINUTE),
    absolute: Millis(12 * HOUR),
    invitation: Millis(DAY),
    access_token: Millis(5 * MINUTE),
    personal_links: &[ExerciseDirector, Planner, Facilitator, RolePlayer, LeadEvaluator, Evaluator, Reviewer, Observer],
};

/// What a policy asks for.
#[must_use]
pub fn rules(policy: Policy) -> &'static Rules {
    match policy {
        Policy::Small => &SMALL,
        Policy::National => &NATIONAL,
        Policy::Strict => &STRICT,
    }
}
