//! What the routes of an exercise take and give.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::engine::{
    command::Act,
    id::{AliasId, CohortId, ExerciseId, FileHash, InjectId, PersonId, TeamId},
    role::Role,
    state::Stage,
    taxonomy::{attack, rsit},
    text::{Language, Text},
    time::{Rate, Timestamp},
    view::card::{AgendaItem, FitCard},
};

use super::wire::{KeyedCard, KeyedValue};

/// A scenario pack on this server.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ScenarioSummary {
    /// Name to create an exercise from.
    pub name: String,
    /// Title.
    pub title: Text,
    /// What it is about.
    pub summary: Text,
    /// Languages it is written in.
    pub languages: Vec<Language>,
}

/// Creates an exercise.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateExercise {
    /// Name of a pack on this server; leave out if `yaml` is given.
    pub scenario: Option<String>,
    /// A scenario file without attachments; leave out if `scenario` is given.
    pub yaml: Option<String>,
    /// Rate in permille of real time; 1000 without it.
    pub rate: Option<Rate>,
    /// Whether it is a rehearsal: it says so on every page and in its log, and no statistics count it.
    #[serde(default)]
    pub rehearsal: bool,
}

/// An exercise on this server.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ExerciseSummary {
    /// Id.
    pub exercise: ExerciseId,
    /// Title of its scenario.
    pub title: Text,
    /// Where it stands.
    pub stage: Stage,
    /// Whether it is a rehearsal.
    pub rehearsal: bool,
    /// When it was created.
    pub created_at: Timestamp,
    /// Head of its log.
    pub head_seq: i64,
    /// Hash of that row.
    pub head_hash: String,
}

/// Adds a team.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateTeam {
    /// Chosen by the client: a repeat adds nothing.
    pub key: String,
    /// Id, as `port-meridian`.
    pub team: TeamId,
    /// Name as shown.
    pub name: String,
    /// The language it works in.
    pub language: Language,
    /// Its cohort; without one it joins the smallest.
    pub cohort: Option<CohortId>,
    /// Its alias in the directory; without one it takes the first that is free.
    #[serde(default)]
    pub alias: Option<AliasId>,
}

/// Mints a join link.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateLink {
    /// What whoever redeems it will be.
    pub role: Role,
    /// In which team, for team roles.
    pub team: Option<TeamId>,
    /// A note for whoever hands it out.
    #[serde(default)]
    pub label: String,
    /// How many people may redeem it; 1 without it.
    pub max_uses: Option<u32>,
    /// When it stops working; seven days from now without it.
    pub expires_at: Option<Timestamp>,
}

/// A join link, without its secret.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Link {
    /// Id, to revoke it by.
    pub link: String,
    /// Role it gives.
    pub role: Role,
    /// Team it gives it in.
    pub team: Option<TeamId>,
    /// Note.
    pub label: String,
    /// How many people may redeem it.
    pub max_uses: u32,
    /// How many have.
    pub uses: u32,
    /// When it stops working.
    pub expires_at: Timestamp,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

/// A new join link. The secret is shown this once.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NewLink {
    /// The link.
    #[serde(flatten)]
    pub link: Link,
    /// Path with the secret in its fragment, to put behind the server's address: `/join#…`.
    pub path: String,
}

/// Looks at a join link; consumes nothing.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewJoin {
    /// The secret from the fragment.
    pub token: String,
}

/// What a join link is for.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct JoinPreview {
    /// Which exercise.
    pub exercise: ExerciseId,
    /// Its title.
    pub title: Text,
    /// Whether it is a rehearsal.
    pub rehearsal: bool,
    /// Role it gives.
    pub role: Role,
    /// Team it gives it in.
    pub team: Option<TeamId>,
    /// Name of that team.
    pub team_name: Option<String>,
    /// Languages of the exercise.
    pub languages: Vec<Language>,
    /// Days behind the end of play that names are kept.
    pub kept_days: u32,
    /// Whom to ask about what is kept.
    pub privacy_contact: Option<String>,
}

/// Redeems a join link.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Join {
    /// The secret from the fragment.
    pub token: String,
    /// Chosen by the client: a repeat gives the same place again, with a new cookie, and uses
    /// nothing up.
    pub key: Option<String>,
    /// Name to show.
    pub name: String,
    /// Language to read in.
    pub language: Language,
    /// The person's own organisation or country: an evaluator does not mark its teams.
    #[serde(default)]
    pub organisation: Option<String>,
}

/// A place in an exercise. Its secret is a cookie named `dh_seat_SEAT`; requests name the seat as
/// `?seat=SEAT`, so that one browser can hold several.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Seat {
    /// Id of the place.
    pub seat: String,
    /// Which exercise.
    pub exercise: ExerciseId,
    /// Who.
    pub person: PersonId,
    /// Name shown.
    pub name: String,
    /// As what.
    pub role: Role,
    /// In which team.
    pub team: Option<TeamId>,
    /// Language to read in.
    pub language: Language,
}

/// A ticket for one socket connection.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Ticket {
    /// To send in `hello`.
    pub ticket: String,
    /// When it stops working.
    pub expires_at: Timestamp,
}

/// A command over REST.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PostCommand {
    /// Chosen by the client, unique for it: a repeat gets the first answer.
    pub key: String,
    /// What.
    pub act: Act,
}

/// A stored command.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CommandAccepted {
    /// Its key.
    pub key: String,
    /// Head of the log after it.
    pub seq: i64,
}

/// A page of the log, for staff who may see the ground truth.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LogPage {
    /// Rows in order.
    pub rows: Vec<LogRow>,
    /// Sequence number to ask after for the next page; none at the head.
    pub next_after: Option<i64>,
}

/// A row of the log.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LogRow {
    /// Sequence number.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// `system` or `person/ID`.
    pub actor: String,
    /// What kind of fact.
    pub kind: String,
    /// The fact, as stored.
    #[schema(value_type = Object)]
    pub body: Box<serde_json::value::RawValue>,
    /// Hash that chains it.
    pub hash: String,
}

/// Asks what an act would lead to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PostPreview {
    /// The act; nothing happens.
    pub act: Act,
}

/// What an act would lead to now.
#[derive(Debug, Serialize, ToSchema)]
pub struct Preview {
    /// Everything that would happen at once, in order; at most 500.
    pub facts: Vec<PreviewedFact>,
    /// What would come by itself afterwards.
    pub agenda: Vec<AgendaItem>,
    /// How the rest of the plan would be fitted, if that is what was asked.
    pub fit: Option<FitCard>,
    /// Why it would be refused.
    pub refused: Option<Refused>,
}

/// Something that would happen.
#[derive(Debug, Serialize, ToSchema)]
pub struct PreviewedFact {
    /// What kind of fact, as the log names it.
    pub kind: String,
    /// The inject that it is about.
    pub inject: Option<InjectId>,
    /// The teams that it is about.
    pub teams: Vec<TeamId>,
    /// Title of the inject, phase or break.
    pub title: Option<String>,
}

/// A refusal.
#[derive(Debug, Serialize, ToSchema)]
pub struct Refused {
    /// Stable code.
    pub code: String,
    /// In words.
    pub message: String,
    /// What the words name, as in `rejected`.
    pub values: BTreeMap<String, String>,
}

/// An exercise as somebody saw it at an instant, from its log.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Replay {
    /// Through whose eyes.
    pub viewer: ReplayViewer,
    /// The instant.
    pub at: Timestamp,
    /// Last row of the log at that instant.
    pub seq: i64,
    /// When the next row comes that shows the viewer something; until then the same cards stand.
    pub next_at: Option<Timestamp>,
    /// The landmarks of the log.
    pub span: ReplaySpan,
    /// The row that `cards` are changes from, which is the `held` of the request; none if they are
    /// all that the viewer held.
    pub since: Option<i64>,
    /// Cards to put or, without a card, to remove.
    pub cards: Vec<KeyedCard>,
    /// Clocks, scores and names at that instant.
    pub values: Vec<KeyedValue>,
}

/// Whose eyes a replay looks through.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReplayViewer {
    /// As what.
    pub role: Role,
    /// In which team.
    pub team: Option<TeamId>,
    /// One person, with what was for this person alone; none for anybody in that role.
    pub person: Option<PersonId>,
    /// Language of the cards.
    pub language: Language,
}

/// The landmarks of a log.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct ReplaySpan {
    /// Its first row.
    pub first_at: Timestamp,
    /// `StartEx`.
    pub started_at: Option<Timestamp>,
    /// `EndEx`.
    pub ended_at: Option<Timestamp>,
    /// Its last row.
    pub last_at: Timestamp,
}

/// Where a viewer saw something happen.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReplayMarks {
    /// Through whose eyes.
    pub viewer: ReplayViewer,
    /// The landmarks of the log.
    pub span: ReplaySpan,
    /// In order; at most 1,000.
    pub marks: Vec<ReplayMark>,
    /// How many more there are between these.
    pub left_out: u64,
}

/// Something that a viewer saw happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReplayMark {
    /// Row of the log.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// What kind of fact.
    pub kind: String,
    /// The inject it is about.
    pub inject: Option<InjectId>,
    /// The team it is about, if it is one.
    pub team: Option<TeamId>,
    /// What that is called.
    pub title: Option<String>,
    /// The beginning of what was said or given as a reason.
    pub text: Option<String>,
}

/// What a team gets for a file that it hands in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FileReceipt {
    /// SHA-256 of its bytes: answers name it so.
    pub hash: FileHash,
    /// Whose it is.
    pub team: TeamId,
    /// What its first sender calls it; none once that was erased.
    pub name: Option<String>,
    /// What it is, by its bytes.
    pub media_type: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// Whether it is an archive with a password.
    pub encrypted: bool,
    /// Who handed it in.
    pub by: Option<PersonId>,
    /// When.
    pub at: Timestamp,
}

/// What a team has typed for an inject and not sent.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct Draft {
    /// Counts the writes; 0 if there never was one.
    pub version: i64,
    /// What was typed, as the client sent it; none if there is no draft.
    #[schema(value_type = Option<Object>)]
    pub answers: Option<serde_json::Map<String, serde_json::Value>>,
    /// Who wrote it, or dropped it.
    pub by: Option<PersonId>,
    /// The name of whoever that is.
    pub name: Option<String>,
    /// When.
    pub at: Option<Timestamp>,
}

/// Keeps a draft in place of the last one.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutDraft {
    /// What was typed, in whatever form the client likes; at most 64 KiB.
    #[schema(value_type = Object)]
    pub answers: serde_json::Map<String, serde_json::Value>,
    /// Number of the draft that the client began from; with it the answer tells if somebody wrote since.
    #[serde(default)]
    pub base: Option<i64>,
}

/// A draft was kept.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DraftWritten {
    /// Its number.
    pub version: i64,
    /// When.
    pub at: Timestamp,
    /// The draft that it replaced, if that is not the one that the client began from.
    pub overwrote: Option<Draft>,
}

/// Asks what indicators are understood as.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PostIndicators {
    /// One a line, defanged or not; at most 64 KiB.
    pub text: String,
}

/// Techniques of MITRE ATT&CK Enterprise.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Attack {
    /// Version of ATT&CK.
    pub version: &'static str,
    /// To be shown beside the list.
    pub notice: &'static str,
    /// All tactics, in the order of the matrix.
    pub tactics: &'static [attack::Tactic],
    /// Techniques that were found, the best first.
    pub techniques: Vec<&'static attack::Technique>,
}

/// The Reference Security Incident Taxonomy.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Rsit {
    /// Its version.
    pub version: u32,
    /// Its classes, with their types.
    pub classes: &'static [rsit::Class],
}
