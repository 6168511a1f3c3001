//! How a simulated team plays.

use std::{fmt, str::FromStr};

use serde::Serialize;
use utoipa::ToSchema;

use super::pace::Pace;

/// What kind of team it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = TeamProfile)]
pub enum Profile {
    /// Takes half the time and is mostly right.
    Fast,
    /// Takes long, and misses deadlines.
    Slow,
    /// Reads, and hardly ever answers.
    Silent,
    /// Answers in time, and wrongly.
    Wrong,
    /// Writes everything down and asks control about it.
    Chatty,
}

/// How often a team does what, in permille, and how quickly.
#[derive(Debug)]
pub(super) struct Habits {
    pub(super) pace: Pace,
    pub(super) acknowledges: u32,
    pub(super) answers: u32,
    /// Hands in after the deadline, of the answers that would come near it.
    pub(super) runs_over: u32,
    pub(super) revises: u32,
    /// Writes an entry of its log, of so many chances for each inject.
    pub(super) logs: u32,
    pub(super) entries: u32,
    pub(super) asks: u32,
    /// Tells another team.
    pub(super) tells_peers: u32,
    /// Asks for data that control keeps ready.
    pub(super) requests: u32,
    /// Answers well; of the rest most are fair.
    pub(super) good: u32,
    pub(super) fair: u32,
}

const ORDINARY: Habits = Habits {
    pace: Pace::USUAL,
    acknowledges: 980,
    answers: 970,
    runs_over: 150,
    revises: 150,
    logs: 450,
    entries: 1,
    asks: 70,
    tells_peers: 80,
    requests: 500,
    good: 600,
    fair: 280,
};
const FAST: Habits = Habits { pace: Pace::FAST, answers: 990, good: 800, fair: 170, ..ORDINARY };
const SLOW: Habits = Habits { pace: Pace::SLOW, answers: 930, runs_over: 600, revises: 50, good: 520, ..ORDINARY };
const SILENT: Habits = Habits {
    acknowledges: 150,
    answers: 80,
    revises: 0,
    logs: 40,
    asks: 0,
    tells_peers: 0,
    requests: 40,
    good: 300,
    fair: 400,
    ..ORDINARY
};
const WRONG: Habits = Habits { revises: 0, good: 0, fair: 0, ..ORDINARY };
const CHATTY: Habits =
    Habits { revises: 300, logs: 800, entries: 3, asks: 450, tells_peers: 300, requests: 900, ..ORDINARY };

impl Profile {
    /// What plays where nobody says otherwise: one team of each kind, in turn.
    pub const FAIR_MIX: [Self; 5] = [Self::Fast, Self::Chatty, Self::Slow, Self::Wrong, Self::Silent];

    /// Its habits.
    pub(super) fn habits(self) -> &'static Habits {
        match self {
            Self::Fast => &FAST,
            Self::Slow => &SLOW,
            Self::Silent => &SILENT,
            Self::Wrong => &WRONG,
            Self::Chatty => &CHATTY,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Fast => "fast",
            Self::Slow => "slow",
            Self::Silent => "silent",
            Self::Wrong => "wrong",
            Self::Chatty => "chatty",
        }
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that no profile has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no profile '{0}': choose from fast, slow, silent, wrong, chatty")]
pub struct UnknownProfile(String);

impl FromStr for Profile {
    type Err = UnknownProfile;

    fn from_str(name: &str) -> Result<Self, UnknownProfile> {
        let known = Self::FAIR_MIX.into_iter().find(|profile| profile.name() == name.trim());
        known.ok_or_else(|| UnknownProfile(name.to_owned()))
    }
}
