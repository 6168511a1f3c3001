//! What a scenario file says, word for word: format 1. The comments here are the descriptions in
//! the published JSON Schema, so they speak to scenario writers.
//!
//! Nothing is checked here but names and types; `check` turns the model into a plan.

mod branch;
mod evaluation;
mod field;
mod key;
mod sample;

use std::collections::BTreeMap;

pub use branch::{
    Alternative, AnswerIncludes, Break, Condition, Cut, Flag, HintOffer, HowMany, OtherWords, Share, Silence, Teams,
    Variable,
};
pub use evaluation::{Criterion, Evaluation, ExpectedAction, Profile, Weights};
pub use field::{Choice, DocumentParts, Field, Indicators, NoSettings, NumberRange, Techniques, TextLimit};
pub use key::{Key, Near, Range, Times};
pub use sample::{Answer, Decision, Sample, Samples};
use schemars::JsonSchema;
use serde::Deserialize;

use super::value::{At, Duration, Id, Words};
use crate::engine::plan::{Capability, Channel, InjectKind, Planning, Priority};

/// A text that knows where it stands.
pub type Text = At<Words>;

/// A scenario for Drillhall, format 1.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Version of this format: 1.
    pub format: At<u32>,
    /// What the scenario is.
    pub meta: Meta,
    /// How scores are made and shown, and what late answers are worth.
    #[serde(default)]
    pub profile: Profile,
    /// Groups of teams that injects may address. A team that is added joins the smallest.
    #[serde(default)]
    pub cohorts: Vec<At<Id>>,
    /// What is to be practised.
    #[serde(default)]
    pub objectives: Vec<Objective>,
    /// Simulated senders.
    #[serde(default)]
    pub personas: Vec<Persona>,
    /// Whom teams may contact.
    #[serde(default)]
    pub directory: Vec<Contact>,
    /// Moves, in order of time.
    #[serde(default)]
    pub phases: Vec<Phase>,
    /// What may become true of a team, for branches to ask.
    #[serde(default)]
    pub flags: Vec<Flag>,
    /// Words that differ from team to team.
    #[serde(default)]
    pub variables: Vec<Variable>,
    /// Planned breaks, in order of time.
    #[serde(default)]
    pub breaks: Vec<Break>,
    /// Lines that are cut as part of the play, in order of time.
    #[serde(default)]
    pub cuts: Vec<Cut>,
    /// What really happened. Staff only.
    pub ground_truth: Option<Text>,
    /// Questions for the hot wash after the end.
    #[serde(default)]
    pub hot_wash: Vec<Text>,
    /// What everybody is asked after the end about how the exercise was run: choices, numbers and texts. Without
    /// it, what is usual: six statements to agree with and two open questions.
    #[serde(default)]
    pub feedback: Vec<Field>,
    /// Further files with injects, as paths inside the pack. Their injects follow the ones below.
    #[serde(default)]
    pub inject_files: Vec<At<String>>,
    /// Everything that may be sent to teams, or that staff watch for.
    #[serde(default)]
    pub injects: Vec<Inject>,
}

/// A file that holds injects only.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InjectFile {
    /// The injects.
    pub injects: Vec<Inject>,
}

/// What the scenario is.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Meta {
    /// Id of the scenario.
    pub name: At<Id>,
    /// Title, shown to everybody.
    pub title: Text,
    /// What it is about, shown to everybody.
    pub summary: Option<Text>,
    /// Who wrote it.
    #[serde(default)]
    pub authors: Vec<String>,
    /// Licence of the texts, as an SPDX identifier.
    pub licence: Option<String>,
    /// Handling of the exercise material, after TLP 2.0.
    pub tlp: Tlp,
    /// Languages of all texts, as lower-case tags; the first is the default.
    pub languages: Vec<At<String>>,
    /// How hard it is.
    pub level: Option<Level>,
    /// Plan time of the end of play.
    pub duration: At<Duration>,
}

/// Traffic Light Protocol 2.0.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names are the protocol's own")]
pub enum Tlp {
    Red,
    AmberStrict,
    Amber,
    Green,
    Clear,
}

/// How hard a scenario is.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Level {
    Introductory,
    Intermediate,
    Advanced,
}

/// One thing that the exercise is to show.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Objective {
    /// Id.
    pub id: At<Id>,
    /// What a team should be able to do.
    pub title: Text,
    /// Which capability it belongs to.
    pub capability: Capability,
    /// Weight among the objectives, 1 unless told.
    pub weight: Option<At<u32>>,
    /// Whether failing it caps the rating.
    #[serde(default)]
    pub critical: bool,
}

/// A simulated sender.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Persona {
    /// Id.
    pub id: At<Id>,
    /// Name as signed.
    pub name: Text,
    /// Organisation, if it has one.
    pub organisation: Option<Text>,
}

/// Somebody in the story whom teams may contact.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Alias by which messages address it.
    pub alias: Option<At<Id>>,
    /// Whether a team of the exercise answers to the alias: the first team that joins takes the first.
    #[serde(default)]
    pub for_team: bool,
    /// Who it is.
    pub name: Text,
    /// What to turn to them for.
    pub role: Text,
    /// Fictional address or number.
    pub address: At<String>,
}

/// A move: a stretch of the exercise with a situation that everybody may read.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Phase {
    /// Id.
    pub id: At<Id>,
    /// Title.
    pub title: Text,
    /// Plan time at which it begins.
    pub from: At<Duration>,
    /// What everybody may know by then, for teams and the wall.
    pub situation: Text,
}

/// One thing that may be sent to teams, or that staff watch for.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Inject {
    /// Id.
    pub id: At<Id>,
    /// What kind of event it is.
    pub kind: At<InjectKind>,
    /// Trigger: at this plan time. Give exactly one of `at`, `after`, `when` and `manual`.
    pub at: Option<At<Duration>>,
    /// Trigger: some time after another inject reached the same team.
    pub after: Option<After>,
    /// Trigger: when this comes true for a team, if it still holds after the `delay`.
    pub when: Option<At<Condition>>,
    /// How long after `when` has come true, `0m` unless told.
    pub delay: Option<At<Duration>>,
    /// Trigger: when staff release it.
    pub manual: Option<At<bool>>,
    /// What must hold for a team when the inject falls due; else the team is passed over.
    pub only_if: Option<At<Condition>>,
    /// Which teams get it: `all` unless told.
    pub audience: Option<At<Audience>>,
    /// What to keep when time runs short: `should` unless told.
    pub priority: Option<Priority>,
    /// What teams receive.
    pub player: Player,
    /// What some teams receive in its place.
    #[serde(default)]
    pub alternatives: Vec<Alternative>,
    /// What never leaves control.
    #[serde(default)]
    pub staff: Staff,
}

/// Some time after another inject reached the same team.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct After {
    /// The other inject.
    pub inject: At<Id>,
    /// How long after, `0m` unless told.
    pub delay: Option<At<Duration>>,
}

/// Which teams get an inject.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Every team.
    All,
    /// The teams of these cohorts.
    Cohorts(Vec<At<Id>>),
    /// These teams.
    Teams(Vec<At<Id>>),
}

/// What teams receive.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Player {
    /// Subject.
    pub title: Text,
    /// Message, in Markdown. Needed by everything that is sent.
    pub body: Option<Text>,
    /// How it arrives: from `control` unless told.
    pub channel: Option<Channel>,
    /// Persona whom it comes from.
    pub from: Option<At<Id>>,
    /// Files that come with it.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// One plain sentence for visitors at the wall.
    pub for_guests: Option<Text>,
    /// What teams are asked for.
    pub form: Option<Form>,
}

/// A file that comes with an inject.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// Path inside the pack.
    pub file: At<String>,
    /// What it shows, in words, for people who cannot see it.
    pub alt: Option<Text>,
}

/// What teams are asked for.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Whether teams press *Acknowledge*.
    #[serde(default)]
    pub acknowledge: bool,
    /// Time after release within which an answer is prompt.
    pub target: Option<At<Duration>>,
    /// Time after release at which the official answer closes. Later answers are kept as late.
    pub deadline: Option<At<Duration>>,
    /// What to fill in.
    #[serde(default)]
    pub fields: Vec<Field>,
    /// Hints that a team may open, and what each costs.
    #[serde(default)]
    pub hints: Vec<HintOffer>,
}

/// What never leaves control.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Staff {
    /// For whoever runs the exercise.
    pub notes: Option<Text>,
    /// What teams should do.
    pub expected: Vec<Text>,
    /// Objectives it gives evidence for.
    pub objectives: Vec<At<Id>>,
    /// Which controller answers for it.
    pub responsible: Option<String>,
    /// What planners keep beside it in their list of events; nothing in play goes by it.
    pub planning: Planning,
    /// Right answers by field; what has one is scored automatically.
    pub keys: BTreeMap<At<Id>, At<Key>>,
    /// Sample answers, for bots and for calibrating evaluators.
    pub samples: Samples,
    /// The texts of the hints that `player.form.hints` offers, by their ids.
    pub hints: BTreeMap<At<Id>, Text>,
    /// How people judge answers, and what the inject is worth.
    pub evaluation: Evaluation,
}
