//! The live protocol: JSON text frames of a websocket. `docs/PROTOCOL.md` tells the story.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::door::LineMeasured;
use crate::engine::{
    command::Act,
    id::{ExerciseId, InjectId, PersonId, TeamId},
    role::Role,
    text::Language,
    time::Timestamp,
    view::card::{Card, LastValue},
};

/// Version of the protocol.
pub const PROTOCOL: u32 = 1;

/// What a client sends.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum ClientFrame {
    /// First frame of a connection, and again whenever the client counted differently.
    Hello {
        /// Single-use ticket, where the connection carries no session cookie.
        ticket: Option<String>,
        /// Epoch of the last welcome or reset.
        epoch: Option<String>,
        /// Last sequence number that the client holds; 0 for none.
        last_seq: Option<i64>,
        /// Language to read in.
        language: Option<Language>,
    },
    /// Asks for something to happen.
    Command {
        /// Chosen by the client, unique for it: a repeat gets the first answer.
        key: String,
        /// What.
        act: Act,
    },
    /// Says that the person writes an answer, or stopped. Never stored.
    Writing {
        /// To which inject.
        inject: InjectId,
        /// Whether they are at it.
        active: bool,
    },
    /// Measures the line: the server answers with the same number at once. Never stored.
    Probe {
        /// Chosen by the client.
        n: u32,
        /// How long the last one took, and how many bytes a second came through when that was tried.
        #[serde(default)]
        measured: LineMeasured,
    },
}

/// What the server sends.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ServerFrame {
    /// The client's position is known; every frame after it follows.
    Welcome {
        /// Version of the protocol.
        protocol: u32,
        /// Who the server takes the reader for.
        reader: Reader,
        /// Which log and grant these sequence numbers belong to.
        epoch: String,
        /// Head of the log.
        seq: i64,
        /// The server's clock.
        server_time: Timestamp,
        /// Current last values.
        values: Vec<KeyedValue>,
    },
    /// The client starts afresh from this: all cards, never a part.
    Reset {
        /// Version of the protocol.
        protocol: u32,
        /// Who the server takes the reader for.
        reader: Reader,
        /// Which log and grant these sequence numbers belong to.
        epoch: String,
        /// Sequence number that the cards stand for.
        seq: i64,
        /// The server's clock.
        server_time: Timestamp,
        /// Every card that the reader may see.
        cards: Vec<KeyedCard>,
        /// Current last values.
        values: Vec<KeyedValue>,
    },
    /// One row of the log, as far as the reader may see it.
    Frame {
        /// Its sequence number; gaps are normal.
        seq: i64,
        /// When it happened.
        at: Timestamp,
        /// What kind of fact it is.
        kind: String,
        /// Cards to put or remove.
        cards: Vec<KeyedCard>,
    },
    /// A last value.
    Value {
        /// Which.
        key: String,
        /// Head of the log when it was computed.
        as_of: i64,
        /// The value.
        value: LastValue,
    },
    /// A command is stored. Comes after the frames up to `seq`.
    Accepted {
        /// Its key.
        key: String,
        /// Head of the log after it.
        seq: i64,
    },
    /// A command was refused; nothing changed.
    Rejected {
        /// Its key, if it could be read.
        key: Option<String>,
        /// Stable code.
        code: String,
        /// Plain words.
        message: String,
        /// What the words name, by what it is: ids, instants and lengths in milliseconds, counts.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        values: BTreeMap<String, String>,
    },
    /// Answers a `probe`, ahead of nothing that waits.
    Probe {
        /// Its number.
        n: u32,
    },
    /// Comes with each ping.
    Mark {
        /// Head of the log.
        seq: i64,
        /// How many `frame`s this connection was sent since its `hello`.
        n: u64,
        /// The server's clock.
        server_time: Timestamp,
    },
}

/// Who the server takes the reader for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Reader {
    /// Which exercise.
    pub exercise: ExerciseId,
    /// Who.
    pub person: PersonId,
    /// As what.
    pub role: Role,
    /// In which team.
    pub team: Option<TeamId>,
    /// Language of the cards.
    pub language: Language,
}

/// A card to put under its key, or to remove if there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct KeyedCard {
    /// Key.
    pub key: String,
    /// Card.
    pub card: Option<Card>,
}

/// A last value under its key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct KeyedValue {
    /// Key.
    pub key: String,
    /// Value.
    pub value: LastValue,
}
