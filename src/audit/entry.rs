//! Between acts and the rows of their log.

use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::{By, Deed, Who};
use crate::{
    engine::{
        id::{ExerciseId, PersonId},
        time::Timestamp,
    },
    store::chain::{NewRow, StoredRow},
};

/// Version of the bodies that are written.
const VERSION: i64 = 1;
/// Members of a body that every act has: its name, which is the row's kind, and the client's address.
const KIND: &str = "kind";
const FROM: &str = "from";

/// A row of the log of administrative acts. What was done is told as it is stored, so that a later program's acts can
/// be read, too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Entry {
    /// Its number.
    pub seq: i64,
    /// When it was done.
    pub at: Timestamp,
    /// Who did it; none if a later program wrote it in a way that this one does not know.
    pub who: Option<Who>,
    /// Address of the client, as far as it was known.
    pub from: Option<String>,
    /// What was done, by name.
    pub kind: String,
    /// About what.
    #[schema(value_type = Object)]
    pub about: Map<String, Value>,
    /// Hash of the row.
    pub hash: String,
}

impl Entry {
    pub(super) fn of(stored: &StoredRow) -> Self {
        let row = &stored.row;
        let body = serde_json::from_str(&row.body);
        let mut about: Map<String, Value> = body.unwrap_or_default();
        let from = about.remove(FROM).and_then(|from| from.as_str().map(ToOwned::to_owned));
        let (seq, at, who) = (row.seq, row.at, who(&row.actor));
        Self { seq, at, who, from, kind: row.kind.clone(), about, hash: row.hash.clone() }
    }

    /// What was done; none if this program has no word for it.
    #[must_use]
    pub fn deed(&self) -> Option<Deed> {
        let mut body = self.about.clone();
        body.insert(KIND.to_owned(), self.kind.clone().into());
        serde_json::from_value(body.into()).ok()
    }
}

/// The row of an act.
///
/// # Panics
/// Never: acts are objects of texts and numbers with a name.
pub(super) fn row(at: Timestamp, by: &By, deed: &Deed) -> NewRow {
    let Ok(Value::Object(mut body)) = serde_json::to_value(deed) else { unreachable!("an act is an object") };
    let Some(Value::String(kind)) = body.remove(KIND) else { unreachable!("an act has a name") };
    if let Some(from) = by.from {
        body.insert(FROM.to_owned(), from.to_string().into());
    }
    let body = Value::Object(body).to_string();
    NewRow { at, actor: actor(&by.who), kind, version: VERSION, body, audiences: "[]".to_owned() }
}

fn actor(who: &Who) -> String {
    match who {
        Who::Server => "system".to_owned(),
        Who::Operator => "operator".to_owned(),
        Who::Nobody => "nobody".to_owned(),
        Who::Account(account) => format!("account/{account}"),
        Who::Person { exercise, person } => format!("person/{exercise}/{person}"),
    }
}

fn who(actor: &str) -> Option<Who> {
    Some(match actor {
        "system" => Who::Server,
        "operator" => Who::Operator,
        "nobody" => Who::Nobody,
        _ => match actor.split_once('/')? {
            ("account", account) => Who::Account(account.to_owned()),
            ("person", place) => {
                let (exercise, person) = place.split_once('/')?;
                Who::Person { exercise: ExerciseId(exercise.to_owned()), person: PersonId(person.to_owned()) }
            }
            _ => return None,
        },
    })
}
