//! Events as rows of the log: canonical JSON bodies, and the upgrades that let an old row fold
//! today. A body is written once and never again; its bytes are what the chain hashes.

use serde_json::Error as JsonError;
use thiserror::Error;

use super::{
    command::Actor,
    event::{Event, Fact},
    id::PersonId,
    time::Timestamp,
};

/// Version in which bodies are written today.
pub const VERSION: i64 = 1;

/// A row that cannot be read.
#[derive(Debug, Error)]
pub enum CodecError {
    /// It was written by a later release.
    #[error("an event '{kind}' of version {version} is newer than this program: use a newer one")]
    Newer {
        /// Kind of fact.
        kind: String,
        /// Its version.
        version: i64,
    },
    /// Its body is not what its version says.
    #[error("the body of an event '{kind}' cannot be read")]
    Body {
        /// Kind of fact.
        kind: String,
        /// Why.
        #[source]
        source: JsonError,
    },
    /// Its actor is neither the system nor a person.
    #[error("'{0}' is not an actor")]
    Actor(String),
}

impl CodecError {
    /// Stable name of the fault.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Newer { .. } => "log_newer",
            Self::Body { .. } | Self::Actor(_) => "log_row_unreadable",
        }
    }
}

/// The body of an event as the log stores it.
#[must_use]
pub fn body(fact: &Fact) -> String {
    serde_json::to_string(fact).unwrap_or_default()
}

/// The actor as the log stores it.
#[must_use]
pub fn actor_text(actor: &Actor) -> String {
    match actor {
        Actor::System => "system".to_owned(),
        Actor::Person(person) => format!("person/{person}"),
    }
}

/// An event from the columns of its row, without the texts of its parts.
pub fn event(kind: &str, version: i64, at: Timestamp, actor: &str, body: &str) -> Result<Event, CodecError> {
    if version > VERSION {
        return Err(CodecError::Newer { kind: kind.to_owned(), version });
    }
    let actor = match actor.split_once('/') {
        Some(("person", person)) => Actor::Person(PersonId::from(person)),
        None if actor == "system" => Actor::System,
        Some(_) | None => return Err(CodecError::Actor(actor.to_owned())),
    };
    let fact = serde_json::from_str(body).map_err(|source| CodecError::Body { kind: kind.to_owned(), source })?;
    Ok(Event { at, actor, fact })
}
