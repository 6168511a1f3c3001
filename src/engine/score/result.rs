//! What scoring says: numbers, and why.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::engine::{
    event::ActionStatus,
    id::{ActionId, CriterionId, FieldId, InjectId, OptionId, TeamId},
    time::Millis,
};

/// A team's score, with a reason for each point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TeamScore {
    /// Whose.
    pub team: TeamId,
    /// Score from 0 to 100 in thousandths, adjustments included; none while nothing counts.
    pub score_milli: Option<i64>,
    /// Points given, in thousandths.
    pub points_milli: i64,
    /// Points that what counts could have given, in thousandths.
    pub attainable_milli: i64,
    /// Points of answers that wait for marks, in thousandths; not in the attainable ones.
    pub unmarked_milli: i64,
    /// Injects that count.
    pub counted: u32,
    /// Injects that were asked of the team and are worth something, whether or not they count.
    pub asked: u32,
    /// Adjustments that two people agreed on, in thousandths of a point of the hundred.
    pub adjustment_milli: i64,
    /// Inject by inject, in the order of the plan.
    pub injects: Vec<InjectScore>,
}

/// What became of one inject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InjectScore {
    /// Which.
    pub inject: InjectId,
    /// What it is worth, in thousandths of a point.
    pub attainable_milli: i64,
    /// What it was given; none if it does not count (yet). An excused one has what it would be given.
    pub points_milli: Option<i64>,
    /// Why.
    pub outcome: Outcome,
    /// The parts that apply, and what each gave.
    pub components: Vec<ComponentScore>,
    /// Field by field.
    pub fields: Vec<FieldScore>,
    /// Criterion by criterion.
    pub criteria: Vec<CriterionScore>,
    /// Action by action, as far as somebody noted them.
    pub actions: Vec<ActionScore>,
    /// How soon the answer came.
    pub band: Option<Band>,
    /// From delivery to the answer, on the team's active clock, without credited outages.
    pub tau: Option<Millis>,
    /// What the hints that the team opened take off, in permille of the worth.
    pub hints_permille: u32,
    /// What a late answer is worth, in permille; 1000 if it was not late.
    pub late_permille: u32,
    /// Revision of the answer that was scored.
    pub revision: Option<u32>,
}

impl InjectScore {
    /// The points that go into sums; none if it does not count.
    #[must_use]
    pub fn counted_milli(&self) -> Option<i64> {
        self.points_milli.filter(|_| !matches!(self.outcome, Outcome::Excused { .. }))
    }
}

/// Why an inject counts or does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Outcome {
    /// It was answered, or staff noted what the team did.
    Counted,
    /// There is still time.
    Open,
    /// It reached the team, and no answer came while it counted.
    NotAnswered,
    /// It never reached a device of the team, and no outage was credited: it counts as nought.
    TeamOffline,
    /// It never reached a device of the team, whose outage staff have confirmed: it does not count.
    NotDelivered,
    /// Nobody saw whether the team did it.
    NotObserved,
    /// Evaluators have not marked it (enough).
    Unmarked {
        /// How many marks are missing.
        missing: u32,
    },
    /// Marks differ by two levels: the lead evaluator decides.
    Split,
    /// It was sent by mistake and taken back.
    Recalled,
    /// Staff let the team off, and it does not count.
    Excused {
        /// Why.
        because: String,
    },
    /// Staff let the team off; it counts all the same, since the score would be lower without it.
    ExcusedKept {
        /// Why.
        because: String,
    },
    /// It gives no points: evidence for ratings only.
    NotScored,
}

/// A part of the score of an inject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the weights of the profile explain them")]
pub enum Component {
    Quality,
    Accuracy,
    Completeness,
    Collaboration,
    Timeliness,
}

/// What a part gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ComponentScore {
    /// Which part.
    pub component: Component,
    /// Its weight.
    pub weight: u32,
    /// Its share in permille, rounded for reading.
    pub share_permille: u32,
}

/// How soon an answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// Within the target.
    Prompt,
    /// After the target, before the deadline.
    Falling,
    /// Hardly after the deadline.
    Grace,
    /// After the deadline and its grace, or after the end.
    Late,
}

/// What a field gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldScore {
    /// Which.
    pub field: FieldId,
    /// Its weight among the fields that have a key.
    pub points: u32,
    /// Its share in permille, rounded for reading; none if people judge it.
    pub credit_permille: Option<u32>,
    /// Why.
    pub reason: Reason,
}

/// Why a field has the credit that it has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Reason {
    /// The right answer, or the whole right set.
    Right,
    /// An answer with listed partial credit.
    Partial,
    /// A set that overlaps the right one.
    Overlap {
        /// Right ones given.
        matched: u32,
        /// Right ones left out.
        missing: u32,
        /// Wrong ones given.
        extra: u32,
    },
    /// A wrong answer.
    Wrong {
        /// What was chosen, where there was a choice.
        chosen: Vec<OptionId>,
    },
    /// The field was left empty.
    LeftEmpty,
    /// Evaluators judge it.
    ByPeople,
}

/// What a criterion was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CriterionScore {
    /// Which.
    pub criterion: CriterionId,
    /// Its weight.
    pub weight: u32,
    /// Levels that count, lowest first: one of each evaluator, or the one that was decided.
    pub levels: Vec<u8>,
    /// Whether a low level caps ratings.
    pub critical: bool,
}

/// What became of an expected action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ActionScore {
    /// Which.
    pub action: ActionId,
    /// Its weight.
    pub weight: u32,
    /// What was noted.
    pub status: ActionStatus,
    /// Whether leaving it undone caps ratings.
    pub critical: bool,
}
