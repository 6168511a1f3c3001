//! Files, kept once by the hash of their bytes, and which exercise has them under which path.

use crate::engine::id::{ExerciseId, FileHash};

use super::{
    Store, StoreError,
    db::{reading, writing},
    value::Column,
};

/// A file with its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct File {
    pub hash: FileHash,
    pub media_type: String,
    pub bytes: Vec<u8>,
}

/// A file of an exercise, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ExerciseFile {
    pub path: String,
    pub hash: FileHash,
    pub media_type: String,
    /// Bytes.
    pub size: u64,
}

impl Store {
    /// Keeps a file. The same bytes are kept once, with the media type that came first.
    pub async fn put_file(&self, file: &File) -> Result<(), StoreError> {
        let size = i64::try_from(file.bytes.len()).unwrap_or(i64::MAX);
        writing!(self, |pool| {
            sqlx::query(
                "INSERT INTO files (hash, media_type, size, bytes) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (hash) DO NOTHING",
            )
            .bind(file.hash.as_str())
            .bind(&file.media_type)
            .bind(size)
            .bind(file.bytes.as_slice())
            .execute(pool)
            .await?;
        });
        Ok(())
    }

    /// A file by its hash.
    pub async fn file(&self, hash: &FileHash) -> Result<Option<File>, StoreError> {
        let found: Option<(String, Vec<u8>)> = reading!(self, |pool| {
            sqlx::query_as("SELECT media_type, bytes FROM files WHERE hash = $1")
                .bind(hash.as_str())
                .fetch_optional(pool)
                .await?
        });
        Ok(found.map(|(media_type, bytes)| File { hash: hash.clone(), media_type, bytes }))
    }

    /// Gives an exercise a file that is kept, under a path; another file there is replaced.
    pub async fn add_exercise_file(
        &self,
        exercise: &ExerciseId,
        path: &str,
        hash: &FileHash,
    ) -> Result<(), StoreError> {
        writing!(self, |pool| {
            sqlx::query(
                "INSERT INTO exercise_files (exercise, path, hash) VALUES ($1, $2, $3)
                 ON CONFLICT (exercise, path) DO UPDATE SET hash = excluded.hash",
            )
            .bind(exercise.as_str())
            .bind(path)
            .bind(hash.as_str())
            .execute(pool)
            .await?;
        });
        Ok(())
    }

    /// The files of an exercise, by path.
    pub async fn exercise_files(&self, exercise: &ExerciseId) -> Result<Vec<ExerciseFile>, StoreError> {
        const SIZE: Column = Column { table: "files", name: "size" };
        let found: Vec<(String, String, String, i64)> = reading!(self, |pool| {
            sqlx::query_as(
                "SELECT exercise_files.path, files.hash, files.media_type, files.size
                 FROM exercise_files JOIN files ON files.hash = exercise_files.hash
                 WHERE exercise_files.exercise = $1",
            )
            .bind(exercise.as_str())
            .fetch_all(pool)
            .await?
        });
        let file = |(path, hash, media_type, size): (String, String, String, i64)| {
            let size = u64::try_from(size).map_err(|_negative| SIZE.inconsistent(size))?;
            Ok(ExerciseFile { path, hash: FileHash(hash), media_type, size })
        };
        let mut files = found.into_iter().map(file).collect::<Result<Vec<_>, StoreError>>()?;
        // Databases sort text each in their own way.
        files.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(files)
    }
}
