//! How answers are judged, and how scores are made and shown.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Text;
use crate::{
    engine::plan::{MarkingPolicy, Preset},
    scenario::value::{At, Duration, Id, Place},
};

/// How scores are made and shown, and what late answers are worth.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Profile {
    /// Which way of scoring it follows: `capability_building` unless told.
    pub preset: At<Preset>,
    /// What each part of a score weighs. Parts that are not named weigh what the preset says.
    pub weights: Option<At<Weights>>,
    /// Teams see their own points while play goes on.
    pub live_scores: bool,
    /// The wall shows how teams stand: quarters, and in a competition an order with points.
    pub wall_scores: bool,
    /// What an answer after the deadline and its grace is worth, in percent of its points: 50 unless told.
    pub late_credit_percent: At<u32>,
    /// For how long after a deadline an answer counts as hardly late: `0m` unless told.
    pub grace: Option<At<Duration>>,
    /// How long before the end the standings on the wall freeze. Without it they never do.
    pub freeze: Option<At<Duration>>,
    /// How much time a team may be given back for a line that failed, in all: `15m` unless told.
    pub outage_limit: Option<At<Duration>>,
    /// How carefully answers are marked: `small` unless told.
    pub marking: MarkingPolicy,
    /// For how long after the release of scores teams may appeal: `24h` unless told.
    pub appeal_window: Option<At<Duration>>,
    /// Whether a second person approves the release of a report: `true` unless told.
    pub publish_needs_second: bool,
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            preset: At { value: Preset::default(), place: Place::default() },
            weights: None,
            live_scores: false,
            wall_scores: false,
            late_credit_percent: At { value: 50, place: Place::default() },
            grace: None,
            freeze: None,
            outage_limit: None,
            marking: MarkingPolicy::default(),
            appeal_window: None,
            publish_needs_second: true,
        }
    }
}

/// What parts of a score weigh against each other. Parts that do not apply to an inject are left out.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Weights {
    /// Levels of the rubric.
    pub quality: Option<At<u32>>,
    /// Fields with a right answer.
    pub accuracy: Option<At<u32>>,
    /// Wanted fields that were filled in.
    pub completeness: Option<At<u32>>,
    /// How soon the answer came.
    pub timeliness: Option<At<u32>>,
    /// Expected actions: whom teams told, how they handled what they had.
    pub collaboration: Option<At<u32>>,
}

/// How an inject is judged.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Evaluation {
    /// What the inject is worth, in points: the sum of its fields unless told.
    pub points: Option<At<u32>>,
    /// Weights of its own. Parts that are not named weigh what the profile says.
    pub weights: Option<At<Weights>>,
    /// What evaluators look at in an answer. Without it they mark each field that has points and no key.
    pub rubric: Vec<Criterion>,
    /// What staff tick off. Without it they see what is expected.
    pub actions: Vec<ExpectedAction>,
}

/// One thing that evaluators look at in an answer.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Id, unique in its rubric.
    pub id: At<Id>,
    /// What is looked at.
    pub title: Text,
    /// The field that it looks at; without one the whole answer.
    pub field: Option<At<Id>>,
    /// Weight in its rubric, 1 unless told.
    pub weight: Option<At<u32>>,
    /// Whether level 0 or 1 caps the rating of the objectives.
    #[serde(default)]
    pub critical: bool,
    /// What each level from 0 to 4 looks like.
    #[serde(default)]
    pub anchors: BTreeMap<At<String>, Text>,
}

/// Something that a good team does, whether or not it says so.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpectedAction {
    /// Id, unique in its list.
    pub id: At<Id>,
    /// What.
    pub text: Text,
    /// Weight in its list, 1 unless told; nought is evidence only.
    pub weight: Option<At<u32>>,
    /// Whether leaving it undone caps the rating of the objectives.
    #[serde(default)]
    pub critical: bool,
    /// The objective it gives evidence for: all those of the inject unless told.
    pub objective: Option<At<Id>>,
}
