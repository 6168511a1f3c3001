//! What control types in for a team: it came by phone or on paper.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::AnswerInput;
use crate::engine::{
    id::{FieldId, InjectId, TeamId},
    time::Timestamp,
};

/// Enters an answer that came by phone or on paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubmitFor {
    /// Whose.
    pub team: TeamId,
    /// To which inject.
    pub inject: InjectId,
    /// The answer, field by field.
    pub answers: BTreeMap<FieldId, AnswerInput>,
    /// When it really came.
    pub happened_at: Timestamp,
    /// Who called or handed it in.
    pub caller: String,
}

/// Enters an acknowledgement that came by phone or on paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcknowledgeFor {
    /// Whose.
    pub team: TeamId,
    /// Which inject.
    pub inject: InjectId,
    /// When it really came.
    pub happened_at: Timestamp,
    /// Who called or handed it in.
    pub caller: String,
}

/// Notes that an inject was read to a team over the phone: it counts as delivered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeliverFor {
    /// To whom.
    pub team: TeamId,
    /// Which inject.
    pub inject: InjectId,
    /// When.
    pub happened_at: Timestamp,
    /// Who was on the phone.
    pub caller: String,
}
