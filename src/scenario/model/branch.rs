//! What makes play differ from team to team: flags, variables, conditions, other words, hints; and
//! what stops it for all: breaks and cut lines.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Attachment, Text};
use crate::{
    engine::plan::{Absent, Channel},
    scenario::value::{At, Code, Duration, Id},
};

/// What may become true of a team. Once set it stays until staff change it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Flag {
    /// Id.
    pub id: At<Id>,
    /// What it means. Staff only.
    pub title: Text,
    /// What sets it by itself. Staff may always set it.
    pub when: Option<At<Condition>>,
}

/// A word that differs from team to team: `{{id}}` in what injects say.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Variable {
    /// Id.
    pub id: At<Id>,
    /// What it stands for. Staff only.
    pub title: Text,
    /// What a team reads unless staff say otherwise.
    pub default: Text,
}

/// A planned break: time stands for everybody and goes on by itself.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Break {
    /// Id.
    pub id: At<Id>,
    /// What it is called, shown to everybody.
    pub title: Text,
    /// Plan time at which it begins.
    pub at: At<Duration>,
    /// How long it lasts.
    pub length: At<Duration>,
}

/// A line that is cut as part of the play. Phone calls and control come through; the rest waits.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cut {
    /// The cohort that is cut off: everybody unless told.
    pub cohort: Option<At<Id>>,
    /// Plan time at which the line is cut.
    pub at: At<Duration>,
    /// Plan time at which it is restored.
    pub until: At<Duration>,
    /// What the teams are told.
    pub notice: Text,
}

/// Something that holds for a team or does not. Give exactly one key.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Every one of these.
    All(Vec<At<Condition>>),
    /// At least one of these.
    Any(Vec<At<Condition>>),
    /// Not this.
    Not(Box<At<Condition>>),
    /// A flag of the team is set.
    Flag(At<Id>),
    /// The team received an inject.
    Received(At<Id>),
    /// Somebody of the team opened an inject.
    Opened(At<Id>),
    /// The team acknowledged an inject.
    Acknowledged(At<Id>),
    /// The team answered an inject.
    Answered(At<Id>),
    /// The team's official answer includes an option.
    Answer(AnswerIncludes),
    /// The team has had an inject for so long without answering it.
    Silent(Silence),
    /// What the team earned of the points that could be scored so far lies within bounds.
    Score(Share),
    /// The team has written so many entries into its log.
    Logged(At<u32>),
    /// The team has written so many messages to other teams.
    ToldPeers(At<u32>),
    /// A condition holds for some number of teams.
    Teams(Box<Teams>),
}

/// The team's official answer to a field includes an option.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerIncludes {
    /// Which inject.
    pub inject: At<Id>,
    /// Which of its fields.
    pub field: At<Id>,
    /// Which option of the field, or which code of a classification, a severity or techniques.
    pub includes: At<Code>,
}

/// The team has had an inject for so long without answering it, by its own running clock.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Silence {
    /// Which inject.
    pub inject: At<Id>,
    /// For how long.
    #[serde(rename = "for")]
    pub length: At<Duration>,
}

/// What the team earned of the points that could be scored so far, in percent. Give a bound at least.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// Only of this inject: of everything unless told.
    pub inject: Option<At<Id>>,
    /// At least so many percent.
    pub at_least: Option<At<u32>>,
    /// Less than so many percent.
    pub below: Option<At<u32>>,
}

/// A condition asked of several teams.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Teams {
    /// How many of them.
    pub of: HowMany,
    /// Only the teams of this cohort.
    pub cohort: Option<At<Id>>,
    /// What must hold for each of them.
    pub meet: At<Condition>,
    /// Which teams are left out of the count.
    #[serde(default)]
    pub without: Vec<Absent>,
}

/// How many teams.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HowMany {
    /// One of them at least.
    Any,
    /// Every one of them.
    All,
    /// So many of them at least.
    AtLeast(At<u32>),
}

/// Other words for the same inject. Its form, its keys and its worth stay.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Alternative {
    /// Id, unique in its inject.
    pub id: At<Id>,
    /// When it takes the place of the ordinary words. The first that holds at the release is sent.
    pub when: At<Condition>,
    /// What teams receive then.
    pub player: OtherWords,
}

/// What teams receive in place of the ordinary words.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OtherWords {
    /// Subject.
    pub title: Text,
    /// Message, in Markdown.
    pub body: Text,
    /// How it arrives: as the inject does unless told.
    pub channel: Option<Channel>,
    /// Persona whom it comes from: that of the inject unless told.
    pub from: Option<At<Id>>,
    /// Files that come with it: those of the inject unless told.
    pub attachments: Option<Vec<Attachment>>,
    /// One plain sentence for visitors at the wall: that of the inject unless told.
    pub for_guests: Option<Text>,
}

/// A hint that a team may open. Its text stands under `staff.hints`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HintOffer {
    /// Id, unique in its inject.
    pub id: At<Id>,
    /// What it helps with: shown before it is opened.
    pub label: Text,
    /// What opening it costs, in percent of the inject's points.
    pub price_percent: At<u32>,
}
