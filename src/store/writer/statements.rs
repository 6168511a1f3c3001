//! The one transaction of the writer: check every batch, then store the good ones by few statements.

use metrics::histogram;
use sqlx::QueryBuilder;

use crate::{
    clock::Stopwatch,
    store::{
        AppendError,
        chain::{Part, Row},
        db::Db,
    },
};

use super::{Batch, Effect, Key, Ripe, Verdict};

/// Rows that one INSERT takes at most. With nine columns that is far below the number of values
/// that SQLite (32,766) and PostgreSQL (65,535) bind.
const ROWS_A_STATEMENT: usize = 256;

/// Seconds until a transaction was durable, without the wait until it was ripe.
const COMMIT: &str = "drillhall_commit_seconds";

/// Stores batches in one transaction, once all are ripe. An error means that nothing was stored.
pub(super) async fn commit(db: &Db, batches: &[Batch], unripe: &mut Vec<Ripe>) -> Result<Vec<Verdict>, sqlx::Error> {
    match db {
        Db::Sqlite { writer, .. } => {
            // Taking the lock for writing at once: a transaction that begins as a reader may be
            // refused later, without waiting.
            let mut transaction = writer.begin_with("BEGIN IMMEDIATE").await?;
            let verdicts = sqlite::write(&mut transaction, batches).await?;
            ripen(unripe).await;
            let watch = Stopwatch::start();
            transaction.commit().await?;
            histogram!(COMMIT).record(watch.elapsed());
            Ok(verdicts)
        }
        Db::Postgres(pool) => {
            let mut transaction = pool.begin().await?;
            let verdicts = postgres::write(&mut transaction, batches).await?;
            ripen(unripe).await;
            let watch = Stopwatch::start();
            transaction.commit().await?;
            histogram!(COMMIT).record(watch.elapsed());
            Ok(verdicts)
        }
    }
}

async fn ripen(unripe: &mut Vec<Ripe>) {
    for ripe in unripe.drain(..) {
        // Whoever went away instead of waiting wants it stored as well.
        ripe.await.ok();
    }
}

/// Pieces of 256, 128, 64, .. 1 items: few different statements, so each is prepared once.
fn pieces<T>(mut items: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let size = items.len().checked_ilog2().map(|log| 1 << log)?;
        let (piece, rest) = items.split_at(ROWS_A_STATEMENT.min(size));
        items = rest;
        Some(piece)
    })
}

/// Everything of one kind in the accepted batches, each with its log.
fn all<'a, T>(accepted: &[&'a Batch], of: fn(&'a Batch) -> &'a Vec<T>) -> Vec<(&'a str, &'a T)> {
    accepted.iter().flat_map(|batch| of(batch).iter().map(|item| (batch.stream.as_str(), item))).collect()
}

/// The same statements for each database.
macro_rules! statements {
    ($module:ident, $database:ty, $connection:ty) => {
        mod $module {
            use super::*;

            pub(super) async fn write(
                connection: &mut $connection,
                batches: &[Batch],
            ) -> Result<Vec<Verdict>, sqlx::Error> {
                let mut verdicts = vec![Ok(()); batches.len()];
                // In the order of the logs, so that two writers on one PostgreSQL never wait for each
                // other in a circle. Batches of one log stay in their order.
                let mut order: Vec<usize> = (0..batches.len()).collect();
                order.sort_by_key(|&index| &batches[index].stream);
                let mut accepted = Vec::with_capacity(batches.len());
                for index in order {
                    verdicts[index] = advance(connection, &batches[index]).await?;
                    if verdicts[index].is_ok() {
                        accepted.push(&batches[index]);
                    }
                }
                insert_rows(connection, &all(&accepted, |batch| &batch.rows)).await?;
                insert_parts(connection, &all(&accepted, |batch| &batch.parts)).await?;
                insert_keys(connection, &all(&accepted, |batch| &batch.keys)).await?;
                insert_effects(connection, &all(&accepted, |batch| &batch.outbox)).await?;
                for batch in accepted {
                    erase_parts(connection, batch).await?;
                    set_state(connection, batch).await?;
                }
                Ok(verdicts)
            }

            /// Moves the head of a log, if the batch comes from who holds it and fits behind it.
            async fn advance(connection: &mut $connection, batch: &Batch) -> Result<Verdict, sqlx::Error> {
                let last = batch.rows.last();
                let moved = sqlx::query(
                    "UPDATE streams SET head_seq = $1, head_hash = COALESCE($2, head_hash), alive_at = $3
                     WHERE stream = $4 AND term = $5 AND head_seq = $6",
                )
                .bind(last.map_or(batch.expected_seq, |row| row.seq))
                .bind(last.map(|row| row.hash.as_str()))
                .bind(batch.alive_at.0)
                .bind(&batch.stream)
                .bind(batch.term)
                .bind(batch.expected_seq)
                .execute(&mut *connection)
                .await?
                .rows_affected();
                if moved == 1 {
                    return Ok(Ok(()));
                }
                let held: Option<(i64, i64)> = sqlx::query_as("SELECT term, head_seq FROM streams WHERE stream = $1")
                    .bind(&batch.stream)
                    .fetch_optional(connection)
                    .await?;
                let (stream, term, expected_seq) = (batch.stream.clone(), batch.term, batch.expected_seq);
                Ok(Err(match held {
                    None => AppendError::Unclaimed { stream },
                    Some((held, _)) if held != term => AppendError::StaleTerm { stream, term, held },
                    Some((_, head_seq)) => AppendError::Conflict { stream, expected_seq, head_seq },
                }))
            }

            async fn insert_rows(connection: &mut $connection, rows: &[(&str, &Row)]) -> Result<(), sqlx::Error> {
                for piece in pieces(rows) {
                    QueryBuilder::<$database>::new(
                        "INSERT INTO log (stream, seq, at, actor, kind, version, body, audiences, hash) ",
                    )
                    .push_values(piece, |mut values, (stream, row)| {
                        values.push_bind(*stream).push_bind(row.seq).push_bind(row.at.0).push_bind(&row.actor);
                        values.push_bind(&row.kind).push_bind(row.version).push_bind(&row.body);
                        values.push_bind(&row.audiences).push_bind(&row.hash);
                    })
                    .build()
                    .execute(&mut *connection)
                    .await?;
                }
                Ok(())
            }

            async fn insert_parts(connection: &mut $connection, parts: &[(&str, &Part)]) -> Result<(), sqlx::Error> {
                for piece in pieces(parts) {
                    QueryBuilder::<$database>::new("INSERT INTO parts (stream, part, seq, salt, bytes) ")
                        .push_values(piece, |mut values, (stream, part)| {
                            values.push_bind(*stream).push_bind(part.id.as_str()).push_bind(part.seq);
                            values.push_bind(&part.content.salt[..]).push_bind(part.content.text.as_bytes());
                        })
                        .build()
                        .execute(&mut *connection)
                        .await?;
                }
                Ok(())
            }

            async fn insert_keys(connection: &mut $connection, keys: &[(&str, &Key)]) -> Result<(), sqlx::Error> {
                for piece in pieces(keys) {
                    QueryBuilder::<$database>::new("INSERT INTO keys (stream, actor, key, body_hash, seq) ")
                        .push_values(piece, |mut values, (stream, key)| {
                            values.push_bind(*stream).push_bind(&key.actor).push_bind(&key.key);
                            values.push_bind(&key.body_hash).push_bind(key.seq);
                        })
                        .build()
                        .execute(&mut *connection)
                        .await?;
                }
                Ok(())
            }

            async fn insert_effects(
                connection: &mut $connection,
                effects: &[(&str, &Effect)],
            ) -> Result<(), sqlx::Error> {
                for piece in pieces(effects) {
                    QueryBuilder::<$database>::new("INSERT INTO outbox (id, stream, seq, kind, body, created_at) ")
                        .push_values(piece, |mut values, (stream, effect)| {
                            values.push_bind(&effect.id).push_bind(*stream).push_bind(effect.seq);
                            values.push_bind(&effect.kind).push_bind(&effect.body).push_bind(effect.created_at.0);
                        })
                        .build()
                        .execute(&mut *connection)
                        .await?;
                }
                Ok(())
            }

            async fn erase_parts(connection: &mut $connection, batch: &Batch) -> Result<(), sqlx::Error> {
                for part in &batch.erase {
                    sqlx::query("DELETE FROM parts WHERE stream = $1 AND part = $2")
                        .bind(&batch.stream)
                        .bind(part.as_str())
                        .execute(&mut *connection)
                        .await?;
                }
                Ok(())
            }

            async fn set_state(connection: &mut $connection, batch: &Batch) -> Result<(), sqlx::Error> {
                if let (Some(state), Some(exercise)) = (&batch.state, batch.stream.strip_prefix("exercise/")) {
                    sqlx::query("UPDATE exercises SET state = $1 WHERE id = $2")
                        .bind(state)
                        .bind(exercise)
                        .execute(connection)
                        .await?;
                }
                Ok(())
            }
        }
    };
}

statements!(sqlite, sqlx::Sqlite, sqlx::SqliteConnection);
statements!(postgres, sqlx::Postgres, sqlx::PgConnection);
