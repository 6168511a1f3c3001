//! A fresh store on either database, and short ways to fill it.

use drillhall::{
    engine::{
        id::{ExerciseId, PersonId},
        prose::Mint,
        text::Language,
        time::{Rate, Timestamp},
    },
    store::{
        Batch, Claim, Exercise, Key, Location, Person, Store,
        chain::{Head, NewRow, Part, seal},
    },
};
use sqlx::{ConnectOptions, Connection, PgConnection, sqlite::SqliteConnectOptions};

use crate::postgres;

pub(crate) const NOW: Timestamp = Timestamp(1_795_000_000_000);

/// A store of its own for one test.
pub(crate) struct Bench {
    pub(crate) store: Store,
    pub(crate) location: Location,
    _directory: Option<tempfile::TempDir>,
}

impl Bench {
    pub(crate) async fn sqlite() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let location = Location::Sqlite(directory.path().join("test.sqlite"));
        Self { store: Store::open(&location).await.unwrap(), location, _directory: Some(directory) }
    }

    pub(crate) async fn postgres() -> Option<Self> {
        let location = Location::Postgres(postgres::database().await?);
        Some(Self { store: Store::open(&location).await.unwrap(), location, _directory: None })
    }

    /// What somebody with the database at hand does to it, past the store.
    pub(crate) async fn tamper(&self, sql: &'static str) {
        let rows = match &self.location {
            Location::Sqlite(path) => {
                let mut connection =
                    SqliteConnectOptions::new().filename(path).foreign_keys(false).connect().await.unwrap();
                sqlx::raw_sql(sql).execute(&mut connection).await.unwrap().rows_affected()
            }
            Location::Postgres(url) => {
                let mut connection = PgConnection::connect(url).await.unwrap();
                sqlx::raw_sql(sql).execute(&mut connection).await.unwrap().rows_affected()
            }
        };
        assert_eq!(rows, 1, "{sql}");
    }

    /// An exercise with two people in it.
    pub(crate) async fn exercise(&self, id: &str) -> ExerciseId {
        let id = ExerciseId::from(id);
        self.store
            .create_exercise(&Exercise {
                id: id.clone(),
                title: "Port outage".to_owned(),
                scenario: "port-outage".to_owned(),
                state: "ready".to_owned(),
                rate: Rate::REAL,
                created_at: NOW,
            })
            .await
            .unwrap();
        for name in ["ada", "bo"] {
            self.store.put_person(&id, &person(name)).await.unwrap();
        }
        id
    }
}

pub(crate) fn person(name: &str) -> Person {
    Person { id: PersonId::from(name), name: name.to_uppercase(), language: Language::from("en") }
}

/// One writer of one log, as a runner is.
pub(crate) struct Pen {
    pub(crate) stream: String,
    pub(crate) term: i64,
    pub(crate) head: Head,
}

impl Pen {
    pub(crate) async fn claim(store: &Store, stream: &str) -> Self {
        let Claim { term, head, .. } = store.claim_stream(stream, NOW).await.unwrap();
        Self { stream: stream.to_owned(), term, head }
    }

    /// A batch with these bodies behind the head as this pen knows it.
    pub(crate) fn batch(&self, bodies: &[&str]) -> Batch {
        let rows = bodies.iter().map(|body| new_row("noted", body)).collect();
        Batch {
            stream: self.stream.clone(),
            term: self.term,
            expected_seq: self.head.seq,
            rows: seal(&self.head.hash, &self.stream, self.head.seq + 1, rows),
            parts: Vec::new(),
            keys: Vec::new(),
            outbox: Vec::new(),
            erase: Vec::new(),
            state: None,
            alive_at: NOW,
        }
    }

    /// Goes on behind a batch, stored or on its way.
    pub(crate) fn follow(&mut self, batch: &Batch) {
        if let Some(last) = batch.rows.last() {
            self.head = Head { seq: last.seq, hash: last.hash.clone() };
        }
    }

    /// Stores rows with these bodies.
    pub(crate) async fn write(&mut self, store: &Store, bodies: &[&str]) {
        let batch = self.batch(bodies);
        self.follow(&batch);
        store.append(batch).await.unwrap();
    }

    /// A batch with one row that holds a text.
    pub(crate) fn text_batch(&self, seed: u8, text: &str) -> Batch {
        let prose = Mint::new([seed; 32]).prose(0, text);
        let mut batch = self.batch(&[&serde_json::json!({ "type": "said", "text": &prose }).to_string()]);
        let content = prose.content.clone().unwrap();
        batch.parts.push(Part { id: prose.part, seq: self.head.seq + 1, content });
        batch
    }

    /// A batch with one row that says that a text was erased, and erases it.
    pub(crate) fn erasing_batch(&self, part: &Part) -> Batch {
        let body = serde_json::json!({ "type": "part_erased", "part": &part.id, "reason": "asked to" });
        let mut batch = self.batch(&[]);
        let row = new_row("part_erased", &body.to_string());
        batch.rows = seal(&self.head.hash, &self.stream, self.head.seq + 1, vec![row]);
        batch.erase.push(part.id.clone());
        batch
    }
}

pub(crate) fn new_row(kind: &str, body: &str) -> NewRow {
    NewRow {
        at: NOW,
        actor: "person/ada".to_owned(),
        kind: kind.to_owned(),
        version: 1,
        body: body.to_owned(),
        audiences: r#"["all"]"#.to_owned(),
    }
}

pub(crate) fn key(key: &str, seq: i64) -> Key {
    Key { actor: "person/ada".to_owned(), key: key.to_owned(), body_hash: format!("hash of {key}"), seq }
}
