//! What happened before an exercise began: the check of lines, and the go/no-go list.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Answer;
use crate::engine::{
    id::{FieldId, InjectId, TeamId},
    plan::{Channel, Inject},
    prose::Prose,
    time::Timestamp,
};

/// What was made ready. The practice messages of a comcheck are none of the plan's: no score, agenda or
/// scorecard knows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the facts; odd ones are explained")]
pub enum Prepared {
    ComcheckSent {
        /// Counts the comchecks of an exercise.
        round: u32,
        /// One for each channel.
        injects: Vec<Inject>,
        teams: BTreeSet<TeamId>,
    },
    ComcheckAcknowledged {
        inject: InjectId,
        team: TeamId,
    },
    ComcheckAnswered {
        inject: InjectId,
        team: TeamId,
        answers: BTreeMap<FieldId, Answer>,
    },
    /// Its messages are gone from the teams' pages.
    ComcheckEnded(ComcheckRound),
    /// A person looked after a line of the go/no-go list, or no longer says so.
    ReadyTicked {
        line: ReadyLine,
        done: bool,
        note: Option<Prose>,
    },
    /// The director signed the list as it stood.
    ReadySigned {
        lines: Vec<ReadyState>,
        note: Option<Prose>,
    },
}

impl Prepared {
    /// The free text in it.
    #[must_use]
    pub fn prose(&self) -> Vec<&Prose> {
        match self {
            Self::ComcheckAnswered { answers, .. } => answers.values().filter_map(Answer::prose).collect(),
            Self::ReadyTicked { note, .. } => note.iter().collect(),
            Self::ReadySigned { lines, note } => {
                lines.iter().filter_map(|line| line.note.as_ref()).chain(note).collect()
            }
            Self::ComcheckSent { .. } | Self::ComcheckAcknowledged { .. } | Self::ComcheckEnded(_) => Vec::new(),
        }
    }

    /// The same, to store, join and erase it.
    pub fn prose_mut(&mut self) -> Vec<&mut Prose> {
        match self {
            Self::ComcheckAnswered { answers, .. } => answers.values_mut().filter_map(Answer::prose_mut).collect(),
            Self::ReadyTicked { note, .. } => note.iter_mut().collect(),
            Self::ReadySigned { lines, note } => {
                lines.iter_mut().filter_map(|line| line.note.as_mut()).chain(note).collect()
            }
            Self::ComcheckSent { .. } | Self::ComcheckAcknowledged { .. } | Self::ComcheckEnded(_) => Vec::new(),
        }
    }
}

/// What a comcheck sent, and to whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ComcheckRound {
    pub round: u32,
    pub messages: BTreeMap<InjectId, Channel>,
    pub teams: BTreeSet<TeamId>,
    pub sent_at: Timestamp,
}

/// How an exercise began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begun {
    /// Whether nobody had signed the go/no-go list. Logs of before it, and rehearsals, do not say.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unsigned: bool,
}

/// A line of the go/no-go list, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReadyLine {
    /// Somebody of each team is connected.
    Teams,
    /// The lead of each team is.
    Leads,
    /// The scenario is written in the language of each team.
    Languages,
    /// Whatever people mark has an evaluator.
    Evaluators,
    /// How to reach control for real is set.
    Contacts,
    /// A second person who may run the exercise is connected.
    Standby,
    /// Each team has answered the comcheck on every channel.
    Comcheck,
    /// The server's clock and that of whoever looks agree.
    Clock,
    /// Players were told the rules, and that this is an exercise. Looked after by a person, as all below.
    Briefing,
    /// The paper pack is printed and lies in the room.
    Paper,
    /// Power and network have a second source.
    Power,
    /// Emergency exits and numbers were shown.
    Safety,
    /// Those who would see alarms are told that this is an exercise.
    Deconfliction,
}

impl ReadyLine {
    /// Every line.
    pub const ALL: [Self; 13] = [
        Self::Teams,
        Self::Leads,
        Self::Languages,
        Self::Evaluators,
        Self::Contacts,
        Self::Standby,
        Self::Comcheck,
        Self::Clock,
        Self::Briefing,
        Self::Paper,
        Self::Power,
        Self::Safety,
        Self::Deconfliction,
    ];

    /// Whether a person looks after it; the others are worked out.
    #[must_use]
    pub fn is_by_hand(self) -> bool {
        self >= Self::Briefing
    }
}

/// How a line of the list stands, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReadyState {
    /// Which.
    pub line: ReadyLine,
    /// Whether it is well.
    pub go: bool,
    /// How many are well: teams, leads, papers, people; for the clock, seconds apart.
    pub count: u32,
    /// Of how many there should be.
    pub of: u32,
    /// Those that are not: teams by their ids, injects by theirs; the first of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// What a person said about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub note: Option<Prose>,
}
