//! Cards about what is made ready before the start, for staff.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::{AnswerCard, ProseCard};
use crate::engine::{
    event::{ReadyLine, ReadyState},
    id::{FieldId, InjectId, PersonId, TeamId},
    plan::Channel,
    text::Text,
    time::Timestamp,
};

/// The last comcheck.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ComcheckCard {
    /// Counts the comchecks.
    pub round: u32,
    /// Its messages, by the channel that each came on.
    pub messages: BTreeMap<InjectId, Channel>,
    /// Who got them.
    pub teams: Vec<TeamId>,
    /// When.
    pub sent_at: Timestamp,
    /// Whether teams still have them.
    pub open: bool,
}

/// What a team did with a message of a comcheck.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ComcheckStepCard {
    /// Which message.
    pub inject: InjectId,
    /// Which team.
    pub team: TeamId,
    /// Who.
    pub by: Option<PersonId>,
    /// When.
    pub at: Timestamp,
    /// The answer; none if it was acknowledged.
    pub answers: Option<BTreeMap<FieldId, AnswerCard>>,
}

/// A line of the go/no-go list that a person looked after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReadyTickCard {
    /// Which.
    pub line: ReadyLine,
    /// Who.
    pub by: Option<PersonId>,
    /// When.
    pub at: Timestamp,
    /// What there is to say.
    pub note: Option<ProseCard>,
}

/// The signature on the go/no-go list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReadySignedCard {
    /// How each line stood; notes stand with the ticks.
    pub lines: Vec<ReadyState>,
    /// Who signed.
    pub by: Option<PersonId>,
    /// When.
    pub at: Timestamp,
    /// What there is to say.
    pub note: Option<ProseCard>,
}

/// A team's own word, in every language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct VariableCard {
    /// Which.
    pub variable: crate::engine::id::VariableId,
    /// Whose.
    pub team: TeamId,
    /// The word.
    pub value: Text,
}
