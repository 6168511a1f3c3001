//! Names of things. Ids of a plan are the human ids of the scenario file; ids of people and of
//! things made during play are random and mean nothing outside the exercise.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

macro_rules! id {
    ($(#[doc = $doc:literal] $name:ident),+ $(,)?) => {$(
        #[doc = $doc]
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(transparent)]
        #[schema(value_type = String)]
        pub struct $name(pub String);

        impl $name {
            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }
    )+};
}

id! {
    /// One exercise: a UUID version 7 minted by the server.
    ExerciseId,
    /// A team: a short human id, unique in the exercise (`port-meridian`).
    TeamId,
    /// A person in one exercise: random, never reused elsewhere. Names live outside the log.
    PersonId,
    /// An inject of the plan.
    InjectId,
    /// A field of an answer form, unique in its inject.
    FieldId,
    /// An option of a choice, unique in its field.
    OptionId,
    /// A group of teams that the plan addresses together.
    CohortId,
    /// A phase (move) of the plan.
    PhaseId,
    /// An objective of the plan.
    ObjectiveId,
    /// A simulated sender.
    PersonaId,
    /// An entry of the directory that can be written to.
    AliasId,
    /// Something that may become true of a team.
    FlagId,
    /// A word that differs from team to team.
    VariableId,
    /// Other words for an inject, unique in it.
    AlternativeId,
    /// A hint, unique in its inject.
    HintId,
    /// A criterion of a rubric, unique in its inject.
    CriterionId,
    /// An expected action, unique in its inject.
    ActionId,
    /// A group of fields that make one document, unique in its form.
    SectionId,
    /// A planned break.
    BreakId,
    /// A log entry, message or alarm made during play.
    ItemId,
    /// A strength or an area for improvement of the report: given by whoever writes it first.
    FindingId,
    /// A corrective action of the improvement plan: given by whoever proposes it.
    CorrectiveActionId,
    /// A piece of free text kept beside the log.
    PartId,
    /// A file, named by the SHA-256 of its bytes in lower-case hexadecimal.
    FileHash,
}
