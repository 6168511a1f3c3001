//! Bodies that are too large for one reading: taken in piece by piece, never more than a file may have,
//! and only so many at once. What is refused is refused before it is read.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    body::Body,
    http::{HeaderMap, StatusCode, header},
};
use futures_util::StreamExt;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use crate::{
    engine::id::{ExerciseId, FileHash, TeamId},
    intake::{self, Found},
    problem::Problem,
};

/// Files that are taken in at once: each may lie in memory whole.
const AT_ONCE: usize = 64;
/// Of these, by one team: its slow line takes nobody's place.
const AT_ONCE_OF_A_TEAM: usize = 4;
/// Files that are looked into at once.
const INSPECTED_AT_ONCE: usize = 2;
/// How long nothing may come.
const SILENCE: Duration = Duration::from_secs(30);
/// How long all of it may take: 10 MiB over 64 kbit/s are 22 minutes.
const WHOLE: Duration = Duration::from_mins(30);
/// Seconds after which whoever finds no place may ask again.
const RETRY_AFTER: u32 = 5;

/// Where files come in. Clones share the places.
#[derive(Clone, Debug)]
pub struct Intake(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// Most bytes of a file.
    limit: u64,
    places: Semaphore,
    inspecting: Semaphore,
    /// One at a time writes beside the log, so that no more than one is ever before it in the queue.
    writing: Semaphore,
    teams: Mutex<HashMap<(ExerciseId, TeamId), usize>>,
}

/// A file that was taken in and found to be something.
pub(super) struct Taken {
    pub(super) hash: FileHash,
    pub(super) bytes: Vec<u8>,
    pub(super) found: Found,
}

/// A team's place, given back when dropped.
struct Place<'a> {
    inner: &'a Inner,
    key: (ExerciseId, TeamId),
}

impl Intake {
    /// With a largest file, in bytes.
    #[must_use]
    pub fn new(limit: u64) -> Self {
        Self(Arc::new(Inner {
            limit,
            places: Semaphore::new(AT_ONCE),
            inspecting: Semaphore::new(INSPECTED_AT_ONCE),
            writing: Semaphore::new(1),
            teams: Mutex::default(),
        }))
    }

    /// Waits for the turn to write something beside the log.
    pub(super) async fn turn(&self) -> impl Drop + use<'_> {
        self.0.writing.acquire().await.expect("it is never closed")
    }

    /// Takes a file of a team in and looks at it.
    pub(super) async fn take(
        &self,
        exercise: &ExerciseId,
        team: &TeamId,
        headers: &HeaderMap,
        body: Body,
    ) -> Result<Taken, Problem> {
        let inner = &*self.0;
        let announced = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        if announced.is_some_and(|announced: u64| announced > inner.limit) {
            return Err(self.too_large());
        }
        let _one_of_all = inner.places.try_acquire().map_err(|_none_free| busy())?;
        let _one_of_the_team = inner.place((exercise.clone(), team.clone())).ok_or_else(busy)?;
        let bytes = tokio::time::timeout(WHOLE, self.read(body)).await.map_err(|_elapsed| too_slow())??;
        let _turn = inner.inspecting.acquire().await.expect("it is never closed");
        let inspected = tokio::task::spawn_blocking(move || {
            let found = intake::inspect(&bytes)?;
            let hash = FileHash(hex::encode(Sha256::digest(&bytes)));
            Ok::<_, intake::Refused>(Taken { hash, bytes, found })
        });
        inspected.await.map_err(Problem::internal)?.map_err(Problem::from)
    }

    async fn read(&self, body: Body) -> Result<Vec<u8>, Problem> {
        let mut pieces = body.into_data_stream();
        let mut bytes = Vec::new();
        while let Some(piece) = tokio::time::timeout(SILENCE, pieces.next()).await.map_err(|_elapsed| too_slow())? {
            let piece = piece.map_err(|_gone| {
                Problem::new(StatusCode::BAD_REQUEST, "file_cut_off", "the file did not come whole: send it again")
            })?;
            if (bytes.len() + piece.len()) as u64 > self.0.limit {
                return Err(self.too_large());
            }
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes)
    }

    fn too_large(&self) -> Problem {
        let limit = self.0.limit / (1024 * 1024);
        let detail = format!("a file has at most {limit} MiB: hand in the part that matters, or make it smaller");
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "file_too_large", detail)
            .naming([("limit".to_owned(), limit.to_string())].into())
    }
}

impl Inner {
    fn place(&self, key: (ExerciseId, TeamId)) -> Option<Place<'_>> {
        let mut teams = self.teams.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = teams.entry(key.clone()).or_default();
        if *taken >= AT_ONCE_OF_A_TEAM {
            return None;
        }
        *taken += 1;
        Some(Place { inner: self, key })
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut teams = self.inner.teams.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(taken) = teams.get_mut(&self.key) {
            *taken -= 1;
            if *taken == 0 {
                teams.remove(&self.key);
            }
        }
    }
}

impl From<intake::Refused> for Problem {
    fn from(refused: intake::Refused) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, refused.code(), refused.to_string())
    }
}

fn busy() -> Problem {
    Problem::too_many("many files are coming in at this moment: send this one again shortly", RETRY_AFTER)
}

fn too_slow() -> Problem {
    Problem::new(
        StatusCode::REQUEST_TIMEOUT,
        "file_too_slow",
        "the file came too slowly: send it again, or a smaller one",
    )
}
