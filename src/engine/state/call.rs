//! An open call of NO DUFF, and how it stands.

use serde::Serialize;
use utoipa::ToSchema;

use crate::engine::{command::Actor, event::DuffVerdict, id::TeamId, time::Timestamp};

/// An open call of NO DUFF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Who called.
    pub by: Actor,
    /// In which team.
    pub team: Option<TeamId>,
    /// When play stands for everybody unless staff decide before.
    pub escalates_at: Option<Timestamp>,
    /// How it stands.
    pub standing: CallStanding,
    /// Whether its team was suspended because of it.
    pub stops_team: bool,
}

/// How a call of NO DUFF stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallStanding {
    /// Nobody has decided; its team may stand meanwhile.
    Open,
    /// Staff decided that what stands for its team is enough.
    TeamOnly,
    /// Play stands for everybody because of it: somebody decided so, or whoever called may.
    AllStand,
    /// Play stands for everybody because nobody decided in time.
    Widened,
    /// Closed: staff decided that nothing stands for it.
    StoodDown,
    /// Closed: play went on by a written decision that answers it.
    Lifted,
}

impl CallStanding {
    pub(in crate::engine) fn after(verdict: DuffVerdict) -> Self {
        match verdict {
            DuffVerdict::SuspendAll => Self::AllStand,
            DuffVerdict::TeamOnly => Self::TeamOnly,
            DuffVerdict::StandDown => Self::StoodDown,
        }
    }

    /// What a suspension of everybody makes of the calls that it is for.
    pub(in crate::engine) fn of_suspension(by: &Actor) -> Self {
        if by.person().is_some() { Self::AllStand } else { Self::Widened }
    }

    /// Whether play stands for everybody because of it.
    pub(in crate::engine) fn stops_all(self) -> bool {
        matches!(self, Self::AllStand | Self::Widened)
    }
}

impl Call {
    /// Whether a suspension, of everybody or of a team, stands because of this call.
    pub(in crate::engine) fn causes(&self, team: Option<&TeamId>) -> bool {
        match team {
            None => self.standing.stops_all(),
            Some(_) => {
                self.is_about(team)
                    && !self.standing.stops_all()
                    && (self.stops_team || self.standing == CallStanding::TeamOnly)
            }
        }
    }

    /// Whether a suspension may not be lifted while this call is unanswered: it is its cause, or nobody
    /// has decided on it.
    pub(in crate::engine) fn bars_lifting(&self, team: Option<&TeamId>) -> bool {
        self.causes(team) || (self.is_about(team) && self.standing == CallStanding::Open)
    }

    /// Whether lifting the suspension of everybody, or of a team, may answer it.
    pub(in crate::engine) fn is_about(&self, team: Option<&TeamId>) -> bool {
        team.is_none() || self.team.as_ref() == team
    }
}
