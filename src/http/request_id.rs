//! The id of the request that the present task serves, so that a problem can name it wherever it
//! arises. Ids are the server's own: one sent by a client would let it write into the log.

use std::{future::Future, sync::Arc};

tokio::task_local! {
    static CURRENT: Arc<str>;
}

/// The id of the request being served, if there is one.
#[must_use]
pub fn current() -> Option<String> {
    CURRENT.try_with(|id| id.as_ref().to_owned()).ok()
}

/// Serves a request under an id.
pub(super) async fn scope<F: Future>(id: Arc<str>, serve: F) -> F::Output {
    CURRENT.scope(id, serve).await
}
