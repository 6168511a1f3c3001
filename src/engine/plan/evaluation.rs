//! How answers are judged: what an inject is worth, its rubric, its checklist, and the weights that the
//! parts of a score have.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{AnswerKey, Field, Inject, InjectKind};
use crate::engine::{
    id::{ActionId, CriterionId, FieldId, ObjectiveId},
    text::Text,
    time::Millis,
};

/// Highest level of a criterion; the lowest is 0.
pub const TOP_LEVEL: u8 = 4;

/// What each part of a score weighs against the others. Parts that do not apply to an inject are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// Levels of the rubric.
    pub quality: u32,
    /// Fields with a right answer.
    pub accuracy: u32,
    /// Wanted fields that were filled in.
    pub completeness: u32,
    /// How soon the answer came.
    pub timeliness: u32,
    /// Expected actions: whom teams told, how they handled what they had.
    pub collaboration: u32,
}

/// Which way of scoring an exercise follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Preset {
    /// For learning: nobody is ranked, quality counts most.
    #[default]
    CapabilityBuilding,
    /// The weights of the model as it stands.
    Balanced,
    /// For a contest: speed counts more, and the wall shows an order that freezes before the end.
    Competition,
    /// A test of lines: whether messages arrive, are acknowledged and are answered right.
    Comcheck,
    /// People watch and rate; nothing has points.
    ObservationOnly,
}

impl Weights {
    /// Nothing weighs anything: people watch and rate.
    pub const NOTHING: Self = Self { quality: 0, accuracy: 0, completeness: 0, timeliness: 0, collaboration: 0 };
}

impl Preset {
    /// The weights of the model (each set adds up to 100).
    #[must_use]
    pub fn weights(self) -> Weights {
        let weights = |[quality, accuracy, completeness, timeliness, collaboration]: [u32; 5]| Weights {
            quality,
            accuracy,
            completeness,
            timeliness,
            collaboration,
        };
        weights(match self {
            Self::CapabilityBuilding => [45, 20, 15, 10, 10],
            Self::Balanced => [40, 20, 15, 15, 10],
            Self::Competition => [35, 20, 15, 20, 10],
            Self::Comcheck => [0, 40, 30, 30, 0],
            Self::ObservationOnly => [0; 5],
        })
    }
}

impl Default for Weights {
    fn default() -> Self {
        Preset::default().weights()
    }
}

/// How carefully answers are marked.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum MarkingPolicy {
    /// One mark an answer.
    #[default]
    Small,
    /// A fifth of the answers and all critical ones are marked twice.
    National,
    /// Every answer is marked twice by people who do not see whose it is; where they differ by two
    /// levels the lead evaluator decides.
    Strict,
}

/// How an inject is judged. Without any of it the form alone says what it is worth.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Evaluation {
    /// What the inject is worth, in points; without it the sum of its fields.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<u32>,
    /// Weights of its own; without them those of the profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weights: Option<Weights>,
    /// The rubric.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub criteria: Vec<Criterion>,
    /// The checklist.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<ExpectedAction>,
}

impl Evaluation {
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// One thing that evaluators look at in an answer, from level 0 to 4.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Criterion {
    /// Id.
    pub id: CriterionId,
    /// What is looked at.
    pub title: Text,
    /// The field that it looks at; without one the whole answer.
    #[serde(default)]
    pub field: Option<FieldId>,
    /// Weight among the criteria of the inject.
    pub weight: u32,
    /// Whether level 0 or 1 caps the rating of its objectives.
    #[serde(default)]
    pub critical: bool,
    /// What each level looks like, lowest first: five texts, or none.
    #[serde(default)]
    pub anchors: Vec<Text>,
}

/// Something that a good team does, whether or not it says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ExpectedAction {
    /// Id.
    pub id: ActionId,
    /// What.
    pub text: Text,
    /// Weight among the actions of the inject; nought is evidence only.
    pub weight: u32,
    /// Whether leaving it undone caps the rating of its objectives.
    #[serde(default)]
    pub critical: bool,
    /// The objective it gives evidence for; without one all those of the inject.
    #[serde(default)]
    pub objective: Option<ObjectiveId>,
}

impl Inject {
    /// What the inject is worth, in points. Practice is worth nothing.
    #[must_use]
    pub fn worth(&self) -> u32 {
        if self.kind == InjectKind::Practice {
            return 0;
        }
        let fields = self.content.form.iter().flat_map(|form| &form.fields).map(|field| field.points);
        self.staff.evaluation.points.unwrap_or_else(|| fields.fold(0, u32::saturating_add))
    }

    /// The right answer of a field, if it has one that answers can be held against.
    #[must_use]
    pub fn key_of(&self, field: &Field) -> Option<&AnswerKey> {
        self.staff.keys.get(&field.id).filter(|key| key.fits(&field.kind))
    }

    /// What evaluators give a level: the rubric, or without one each field that has points and no key.
    #[must_use]
    pub fn criteria(&self) -> Vec<Criterion> {
        let rubric = &self.staff.evaluation.criteria;
        if !rubric.is_empty() {
            return rubric.clone();
        }
        let fields = self.content.form.iter().flat_map(|form| &form.fields);
        let unkeyed = fields.filter(|field| field.points > 0 && self.key_of(field).is_none());
        let criterion = |field: &Field| Criterion {
            id: CriterionId(field.id.0.clone()),
            title: field.label.clone(),
            field: Some(field.id.clone()),
            weight: field.points,
            critical: false,
            anchors: Vec::new(),
        };
        unkeyed.map(criterion).collect()
    }

    /// Whether people have to look at a criterion of an answer: a field that was left empty is at level 0.
    #[must_use]
    pub fn is_judged(criterion: &Criterion, has_field: impl Fn(&FieldId) -> bool) -> bool {
        criterion.field.as_ref().is_none_or(has_field)
    }

    /// What staff tick off: the checklist, or without one what the plan says is expected. That weighs
    /// something only where nothing is sent, since else it says in other words what the answer shows.
    #[must_use]
    pub fn actions(&self) -> Vec<ExpectedAction> {
        let listed = &self.staff.evaluation.actions;
        if !listed.is_empty() {
            return listed.clone();
        }
        let weight = u32::from(!self.is_sent());
        let action = |(n, text): (usize, &Text)| ExpectedAction {
            id: ActionId(format!("expected-{}", n + 1)),
            text: text.clone(),
            weight,
            critical: false,
            objective: None,
        };
        self.staff.expected.iter().enumerate().map(action).collect()
    }

    /// Whether a criterion or an action of it is critical.
    #[must_use]
    pub fn is_critical(&self) -> bool {
        let evaluation = &self.staff.evaluation;
        evaluation.criteria.iter().any(|criterion| criterion.critical)
            || evaluation.actions.iter().any(|action| action.critical)
    }
}

/// How scores are made and shown, and what late answers are worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Profile {
    /// Teams see their own points while play goes on.
    pub live_scores: bool,
    /// The wall shows how teams stand.
    pub wall_scores: bool,
    /// What an answer after the deadline and its grace is worth, in permille of its points.
    pub late_credit_permille: u32,
    /// Which way of scoring it follows.
    #[serde(default)]
    pub preset: Preset,
    /// What each part of a score weighs.
    #[serde(default)]
    pub weights: Weights,
    /// For how long after a deadline an answer counts as hardly late, in active time.
    #[serde(default)]
    pub grace: Millis,
    /// How long before the planned end the standings on the wall freeze, in plan time.
    #[serde(default)]
    pub freeze: Option<Millis>,
    /// How much time a team may be given back for a line that failed, in all.
    #[serde(default = "Profile::usual_outage_limit")]
    pub outage_limit: Millis,
    /// How carefully answers are marked.
    #[serde(default)]
    pub marking: MarkingPolicy,
    /// For how long after the release of scores teams may appeal, in wall time.
    #[serde(default = "Profile::usual_appeal_window")]
    pub appeal_window: Millis,
    /// Whether a second person approves the release of a report.
    #[serde(default = "Profile::usual_two_people", skip_serializing_if = "Profile::are_usual")]
    pub publish_needs_second: bool,
}

impl Profile {
    /// A quarter of an hour.
    #[must_use]
    pub fn usual_outage_limit() -> Millis {
        Millis::minutes(15)
    }

    /// Two people publish.
    #[must_use]
    pub fn usual_two_people() -> bool {
        true
    }

    /// What is usual is left out, so plans of before read as they did.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
    fn are_usual(two_people: &bool) -> bool {
        *two_people
    }

    /// A day.
    #[must_use]
    pub fn usual_appeal_window() -> Millis {
        Millis::minutes(24 * 60)
    }
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            live_scores: false,
            wall_scores: false,
            late_credit_permille: 500,
            preset: Preset::default(),
            weights: Weights::default(),
            grace: Millis(0),
            freeze: None,
            outage_limit: Self::usual_outage_limit(),
            marking: MarkingPolicy::default(),
            appeal_window: Self::usual_appeal_window(),
            publish_needs_second: Self::usual_two_people(),
        }
    }
}
