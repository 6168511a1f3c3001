//! The store on both databases: one suite, each case run on SQLite and on a private PostgreSQL; and what
//! SQLite, the writer of the logs and the data directory promise by themselves.

mod accounts;
mod append;
mod audit;
mod data_dir;
mod db;
mod drafts;
mod export;
pub(crate) mod fixture;
mod people;
mod programmes;
mod reading;
mod writer;

/// Makes two tests of each case: one a database.
macro_rules! on_both_databases {
    ($($case:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $case() {
                super::$case(&crate::store::fixture::Bench::sqlite().await).await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $case() {
                if let Some(bench) = crate::store::fixture::Bench::postgres().await {
                    super::$case(&bench).await;
                }
            })+
        }
    };
}
use on_both_databases;
