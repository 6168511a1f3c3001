//! Last values: what has no sequence number because only the newest of it counts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::engine::{
    after_action::FeedbackSums,
    id::{BreakId, InjectId, PersonId, PersonaId, PhaseId, TeamId},
    score::{Standing, TeamScore},
    state::Stage,
    text::Language,
    time::{Millis, Rate, Timestamp},
};

/// Last-value frames: the newest replaces the older; they carry no sequence number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "value", rename_all = "snake_case")]
pub enum LastValue {
    /// `clock`: the exercise; `clock/TEAM`: one team.
    Clock(ClockValue),
    /// `people`: names of the people that the reader may know.
    People {
        /// Name of each person.
        names: BTreeMap<PersonId, String>,
    },
    /// `score/TEAM`.
    Score(TeamScore),
    /// `scores`: how teams stand, where the profile shows it on the wall.
    Scores {
        /// Best first in a competition, else by quarter and name, without scores; none with fewer than five teams.
        standings: Vec<Standing>,
        /// Whether they no longer follow play.
        frozen: bool,
    },
    /// `agenda`: what comes by itself, in order of time, for staff.
    Agenda {
        /// The first of them; at most 200.
        items: Vec<AgendaItem>,
    },
    /// `coming`: what is to come for a moderator's team, or from a role player's simulated senders.
    Coming {
        /// The simulated senders that a role player speaks as.
        personas: Vec<PersonaId>,
        /// In order of the plan, then of teams.
        items: Vec<Ahead>,
    },
    /// `staff`: who of the staff is connected, for staff.
    Staff {
        /// Connected people who are in no team.
        online: Vec<PersonId>,
    },
    /// `feedback`: how many gave feedback and what they chose, for staff, once play is over.
    Feedback {
        /// Without names.
        sums: FeedbackSums,
    },
    /// `presence/TEAM`: who is connected and who is writing what.
    Presence {
        /// Which team.
        team: TeamId,
        /// Connected people.
        online: Vec<PersonId>,
        /// Who is writing an answer, by inject.
        writing: BTreeMap<InjectId, Vec<PersonId>>,
    },
    /// `lines/TEAM`: how the lines of the team's people are, for staff.
    Lines {
        /// Which team.
        team: TeamId,
        /// Connected people.
        people: BTreeMap<PersonId, LineValue>,
    },
}

/// How a person is connected, as the person's own client says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct LineValue {
    /// The language that it asked for.
    pub language: Language,
    /// Round trip of a frame.
    pub round_trip: Option<Millis>,
    /// Bytes a second.
    pub bandwidth: Option<u32>,
}

/// A reading of a clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ClockValue {
    /// Where the exercise stands.
    pub stage: Stage,
    /// Rate.
    pub rate: Rate,
    /// Whether time passes.
    pub running: bool,
    /// When the clock was read.
    pub at: Timestamp,
    /// Active time then.
    pub active: Millis,
    /// Plan time then.
    pub plan: Millis,
    /// Whether this team alone is paused.
    pub paused_alone: bool,
    /// Whether this team alone is suspended.
    pub suspended_alone: bool,
    /// Plan time of the planned end.
    pub planned_end: Millis,
}

/// Something that comes by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AgendaItem {
    /// What.
    pub what: Coming,
    /// Plan time at which it falls due.
    pub plan_time: Millis,
    /// For these teams; none if for every team of the exercise.
    pub teams: Option<Vec<TeamId>>,
}

/// An inject that a team has not received.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Ahead {
    /// Which.
    pub inject: InjectId,
    /// For whom.
    pub team: TeamId,
    /// How it stands.
    pub state: AheadState,
    /// Plan time at which it comes by itself, if it does.
    pub plan_time: Option<Millis>,
    /// When a release that can still be undone goes out.
    pub goes_at: Option<Timestamp>,
}

/// How an inject stands that a team has not received.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AheadState {
    /// It comes at its time.
    Scheduled,
    /// It waits: for another inject, a condition, a line, or somebody who sends it.
    Waiting,
    /// Somebody keeps it from going out.
    Held,
    /// It was released and goes out in a moment.
    Armed,
    /// It fell due and was not sent: somebody decides.
    Missed,
    /// Staff decided not to send it.
    Skipped,
}

/// What comes by itself. At one time it comes in this order, but a break comes after everything else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Coming {
    /// A phase begins.
    Phase {
        /// Which.
        phase: PhaseId,
    },
    /// A line is cut as play.
    LineCut {
        /// Position of the cut in the plan.
        cut: u32,
    },
    /// A line is restored.
    LineRestored {
        /// Position of the cut in the plan.
        cut: u32,
    },
    /// An inject goes out.
    Inject {
        /// Which.
        inject: InjectId,
    },
    /// Time stands for everybody.
    Break {
        /// Which.
        #[serde(rename = "break")]
        pause: BreakId,
        /// For how long, in wall time.
        length: Millis,
    },
}
