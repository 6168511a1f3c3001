//! An exercise as one signed file to keep, made while it is sent: of the files of all teams only one is in
//! memory at a time.

use std::{
    io::{self, BufWriter, Write},
    time::Duration,
};

use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{HeaderValue, header},
    response::IntoResponse,
};
use futures_util::{StreamExt, stream};
use tokio::{
    runtime::Handle,
    sync::{Semaphore, mpsc},
};

use super::{Doors, Here};
use crate::{
    archive::{Contents, Key, PackError},
    engine::{id::FileHash, role::Action},
    http::limits::Client,
    problem::{Problem, ProblemBody},
    store::{Store, StoreError, record::stream_of},
};

/// How many archives are made at a time. Whoever wants one waits for a turn; play goes first.
static TURNS: Semaphore = Semaphore::const_new(2);
/// How long a reader may take for a piece before the turn goes to somebody else.
const PATIENCE: Duration = Duration::from_mins(2);
/// Bytes that are sent at a time, and how many such pieces wait for a slow reader.
const PIECE: usize = 64 * 1024;
const PIECES: usize = 4;

/// The exercise as a signed ZIP archive, which `drillhall verify` and `drillhall report` read without a server.
#[utoipa::path(get, path = "/api/v1/exercises/{exercise}/archive.zip", tag = "results", params(("exercise" = String, Path), ("seat" = Option<String>, Query)),
    responses((status = 200, description = "ZIP archive"), (status = 403, body = ProblemBody)))]
pub(super) async fn archive(
    State(doors): State<Doors>,
    Client(from): Client,
    here: Here,
) -> Result<impl IntoResponse, Problem> {
    here.allow(Action::ExportLog)?;
    let turn = TURNS.acquire().await.map_err(Problem::internal)?;
    let exercise = here.exercise.id.clone();
    let rows = doors.store.read_whole_log(&stream_of(&exercise)).await?;
    let contents = tokio::task::spawn_blocking(move || Contents::of(&exercise, &rows));
    let contents = contents.await.map_err(Problem::internal)??;
    let key = Key::of(&doors.store, &doors.random).await?;
    let attached = if contents.is_rehearsal() {
        "attachment; filename=\"EXERCISE-REHEARSAL-archive.zip\""
    } else {
        "attachment; filename=\"EXERCISE-archive.zip\""
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/zip")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static(attached)),
    ];
    here.note_export(&doors, from, "archive").await;
    let (pieces, sent) = mpsc::channel(PIECES);
    let handle = Handle::current();
    tokio::task::spawn_blocking(move || {
        let _turn = turn;
        send(contents, &key, &doors.store, &handle, &pieces);
    });
    // Whoever packs it for the browser asks once more behind the end.
    let body = stream::unfold(sent, async |mut sent| Some((sent.recv().await?, sent))).fuse();
    Ok((headers, Body::from_stream(body)))
}

/// Writes the archive into a channel. A fault on the way ends the answer as one that was cut off.
fn send(contents: Contents, key: &Key, store: &Store, handle: &Handle, pieces: &mpsc::Sender<io::Result<Bytes>>) {
    let bytes_of = |hash: &FileHash| Ok(handle.block_on(store.file(hash))?.map(|file| file.bytes));
    let out = BufWriter::with_capacity(PIECE, Outgoing { pieces, handle });
    match contents.write(out, key, bytes_of) {
        Ok(_) => {}
        // Whoever asked has gone.
        Err(_) if pieces.is_closed() => {}
        Err(error) => {
            tracing::error!(cause = %error, "an archive could not be sent to its end");
            // If there is no room for it, the reader has stopped reading.
            let _gone = pieces.try_send(Err(io::Error::other("the archive could not be made to its end")));
        }
    }
}

struct Outgoing<'a> {
    pieces: &'a mpsc::Sender<io::Result<Bytes>>,
    handle: &'a Handle,
}

impl Write for Outgoing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let piece = Bytes::copy_from_slice(bytes);
        let sending = async { tokio::time::timeout(PATIENCE, self.pieces.send(Ok(piece))).await };
        match self.handle.block_on(sending) {
            Ok(Ok(())) => Ok(bytes.len()),
            Ok(Err(_)) | Err(_) => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl From<PackError> for Problem {
    fn from(error: PackError) -> Self {
        match error {
            PackError::Store(error @ StoreError::Database(_)) => Self::unavailable(error),
            error => Self::internal(error),
        }
    }
}
