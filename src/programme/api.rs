//! What the routes of programmes take and give.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::engine::{
    id::{ExerciseId, TeamId},
    role::Role,
    state::Stage,
    text::{Language, Text},
    time::{Rate, Timestamp},
    view::card::ClockValue,
};

/// Creates a programme.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateProgramme {
    /// Title, in the language of those who take part.
    pub title: String,
}

/// A programme as a list shows it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProgrammeSummary {
    /// Id.
    pub programme: String,
    /// Title.
    pub title: String,
    /// When it was created.
    pub created_at: Timestamp,
    /// How many exercises it has.
    pub exercises: u32,
    /// How many teams it has.
    pub teams: u32,
    /// Whether the caller organises it; else the caller leads an exercise of it.
    pub organises: bool,
}

/// What an organisation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum OrganisationKind {
    NationalCirt,
    SectorCirt,
    Government,
    CriticalInfrastructure,
    Regulator,
    Academia,
    RegionalBody,
    Company,
    Other,
}

/// An organisation that sends teams or people.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DayOrganisation {
    /// A short id of small letters, digits and hyphens, unique in the programme.
    pub organisation: String,
    /// Name.
    pub name: String,
    /// Country by its code of two letters (ISO 3166-1 alpha-2); none for one of several countries.
    pub country: Option<String>,
    /// What it is.
    pub kind: OrganisationKind,
}

/// Adds organisations: all of them or none.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddOrganisations {
    /// At most 200.
    pub organisations: Vec<DayOrganisation>,
}

/// A team of the day.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DayTeamLine {
    /// The id that it has in every exercise: small letters, digits and hyphens.
    pub team: TeamId,
    /// Name.
    pub name: String,
    /// Language that it works in.
    pub language: Language,
    /// Id of the organisation that sends it.
    pub organisation: Option<String>,
}

/// Adds teams, to every exercise that has not ended, too: all of them or none.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddDayTeams {
    /// At most 200.
    pub teams: Vec<DayTeamLine>,
}

/// Creates an exercise in a programme; its teams are those of the programme.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateDayExercise {
    /// Name of a pack on this server; leave out if `yaml` is given.
    pub scenario: Option<String>,
    /// A scenario file without attachments; leave out if `scenario` is given.
    pub yaml: Option<String>,
    /// Rate in permille of real time; 1000 without it.
    pub rate: Option<Rate>,
    /// Whether it is a rehearsal.
    #[serde(default)]
    pub rehearsal: bool,
    /// Login of the account that directs it; the caller without it.
    pub lead: Option<String>,
    /// When it is planned to begin. Nothing begins by itself.
    pub planned_start: Option<Timestamp>,
}

/// An exercise that was just created in a programme.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NewDayExercise {
    /// Id.
    pub exercise: ExerciseId,
    /// Its place in the order of the day.
    pub position: u32,
}

/// Moves an exercise in the day.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanDayExercise {
    /// Its place in the order of the day.
    pub position: u32,
    /// When it is planned to begin; none if that is open.
    pub planned_start: Option<Timestamp>,
}

/// A programme as far as the caller may see it. Nothing in it is ground truth.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProgrammeView {
    /// Id.
    pub programme: String,
    /// Title.
    pub title: String,
    /// The server's clock when this was read.
    pub server_time: Timestamp,
    /// Whether the caller's account organises it.
    pub organises: bool,
    /// Who the caller is in it, by the pass of this browser.
    pub you: Option<DayYou>,
    /// Its exercises, in the order of the day.
    pub exercises: Vec<DayExerciseLine>,
    /// Its organisations; for those who organise it or lead in it.
    pub organisations: Vec<DayOrganisation>,
    /// Its teams; of a person, the own one.
    pub teams: Vec<DayTeamLine>,
    /// Its people; for those who organise it.
    pub people: Vec<DayPersonLine>,
    /// Its links; those who lead see the ones for exercises of theirs.
    pub links: Vec<DayLinkLine>,
}

/// Who somebody is in a programme.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct DayYou {
    pub person: String,
    pub name: String,
    pub language: Language,
    /// In every exercise for which nothing else is said.
    pub role: Option<Role>,
    pub team: Option<TeamId>,
}

/// An exercise of the day.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DayExerciseLine {
    /// Id.
    pub exercise: ExerciseId,
    /// Its place in the order of the day.
    pub position: u32,
    /// Title of its scenario.
    pub title: Text,
    /// Where it stands.
    pub stage: Stage,
    /// Whether it is a rehearsal.
    pub rehearsal: bool,
    /// Its clock.
    pub clock: Option<ClockValue>,
    /// When it is planned to begin.
    pub planned_start: Option<Timestamp>,
    /// Login of the account that directs it; for those who organise the day or lead in it.
    pub lead: Option<String>,
    /// What the caller's account is in it.
    pub directs: Option<Role>,
    /// What the person with the caller's pass is in it, and may enter as.
    pub role: Option<Role>,
}

/// Somebody who takes part in the day.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct DayPersonLine {
    pub person: String,
    pub name: String,
    pub language: Language,
    pub organisation: Option<String>,
    /// In every exercise for which nothing else is said.
    pub role: Option<Role>,
    pub team: Option<TeamId>,
    /// What the person is where that is said, or the place was taken.
    pub places: Vec<DayPlaceLine>,
    pub came_at: Timestamp,
    pub removed_at: Option<Timestamp>,
}

/// What somebody is in one exercise.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct DayPlaceLine {
    pub exercise: ExerciseId,
    pub role: Role,
    pub team: Option<TeamId>,
    /// Whether the person has entered.
    pub seated: bool,
}

/// Mints a link of a programme.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateDayLink {
    /// What whoever redeems it will be. For the whole day: `team_lead`, `player`, `observer` or `reviewer`.
    pub role: Role,
    /// In which team, for team roles.
    pub team: Option<TeamId>,
    /// Id of the organisation that sends them, for roles without a team.
    pub organisation: Option<String>,
    /// In these exercises only, each of which the caller directs; without it, in all of the day.
    pub exercises: Option<Vec<ExerciseId>>,
    /// A note for whoever hands it out.
    #[serde(default)]
    pub label: String,
    /// How many people may redeem it; one without it.
    pub max_uses: Option<u32>,
    /// When it stops working; seven days from now without it.
    pub expires_at: Option<Timestamp>,
}

/// A link of a programme, without its secret.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct DayLinkLine {
    pub link: String,
    pub role: Role,
    pub team: Option<TeamId>,
    pub organisation: Option<String>,
    /// None for the whole day.
    pub exercises: Option<Vec<ExerciseId>>,
    pub label: String,
    pub max_uses: u32,
    pub uses: u32,
    pub expires_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
}

/// A link that was just minted.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NewDayLink {
    /// The link.
    #[serde(flatten)]
    pub link: DayLinkLine,
    /// Path and fragment, with the secret: shown this once.
    pub path: String,
}

/// Looks at a link of a programme.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewDay {
    /// The secret from the fragment.
    pub token: String,
}

/// What a link of a programme is for.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DayPreview {
    /// Which programme: join at `/api/v1/programmes/PROGRAMME/join`.
    pub programme: String,
    /// Its title.
    pub title: String,
    /// What whoever redeems it will be.
    pub role: Role,
    /// Name of the team, for team roles.
    pub team_name: Option<String>,
    /// Titles of the exercises that it is for, in the order of the day.
    pub exercises: Vec<Text>,
    /// Whether it is for those exercises only, and not for later ones.
    pub only: bool,
}

/// Redeems a link of a programme.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JoinDay {
    /// The secret from the fragment.
    pub token: String,
    /// Chosen at random by the client: the same again after an answer was lost.
    pub key: Option<String>,
    /// Name to be shown.
    pub name: String,
    /// Language to read in.
    pub language: Language,
    /// Whether it is somebody else than the person whose pass this browser holds.
    #[serde(default)]
    pub anew: bool,
}

/// That somebody takes part in a programme.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DayPass {
    /// Which programme: its page is `/programme/PROGRAMME`.
    pub programme: String,
    /// Who that is in it.
    pub you: DayYou,
}
