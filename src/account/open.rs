//! Connections that are open, by what they rest on, so that they end when it does. Rights that this process takes
//! away are looked at at once; for those that another one takes away, such as the command on the server's
//! machine, the store has a counter, which is read twice a second while such a connection is open.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    time::Duration,
};

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::{Accounts, Caller, Inner};

/// How often the counter is read.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// How often every session that is in use is looked at, for they grow old, too. That also notes their use.
const LOOKS_TO_ALL: u32 = 120;

/// Who is connected by an account.
#[derive(Default)]
pub(super) struct Open {
    connections: Mutex<Connections>,
    /// Something came or was taken away.
    changed: Notify,
}

#[derive(Default)]
struct Connections {
    next: u64,
    /// By the hash of the session that each rests on.
    by_session: BTreeMap<String, BTreeMap<u64, CancellationToken>>,
}

/// A connection that rests on a session. Dropped when the connection is over.
pub struct Watch {
    open: Arc<Open>,
    session: String,
    id: u64,
    ended: CancellationToken,
}

impl Watch {
    /// Returns once what the connection rests on is over.
    pub async fn ended(&self) {
        self.ended.cancelled().await;
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let mut connections = self.open.lock();
        if let Some(of_session) = connections.by_session.get_mut(&self.session) {
            of_session.remove(&self.id);
            if of_session.is_empty() {
                connections.by_session.remove(&self.session);
            }
        }
    }
}

impl Open {
    fn lock(&self) -> MutexGuard<'_, Connections> {
        self.connections.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn sessions(&self) -> BTreeSet<String> {
        self.lock().by_session.keys().cloned().collect()
    }

    /// Has everything looked at now.
    pub(super) fn wake(&self) {
        self.changed.notify_one();
    }

    fn end(&self, session: &str) {
        if let Some(connections) = self.lock().by_session.remove(session) {
            connections.values().for_each(CancellationToken::cancel);
        }
    }
}

impl Accounts {
    /// Watches over a connection of somebody; nothing to watch if it rests on no account.
    #[must_use]
    pub fn watch(&self, caller: &Caller) -> Option<Watch> {
        let session = caller.session.clone()?;
        let open = Arc::clone(&self.0.open);
        let ended = CancellationToken::new();
        let id = {
            let mut connections = open.lock();
            connections.next += 1;
            let id = connections.next;
            connections.by_session.entry(session.clone()).or_default().insert(id, ended.clone());
            id
        };
        // What was taken away between the look at the credential and now is found, too.
        open.wake();
        Some(Watch { open, session, id, ended })
    }

    /// Tells whoever watches, here and in other processes, that rights were taken away.
    pub(super) async fn rights_taken(&self) -> Result<(), crate::store::StoreError> {
        self.0.open.wake();
        self.0.store.note_account_change().await
    }

    /// Ends the connections whose sessions are over.
    async fn end_what_is_over(&self) {
        for session in self.0.open.sessions() {
            match self.held(&session).await {
                Ok(Some(held)) if !held.must_enrol => {}
                Ok(_) => self.0.open.end(&session),
                // The next look will tell.
                Err(error) => {
                    tracing::warn!(error = &error as &dyn std::error::Error, "a session in use could not be looked at");
                }
            }
        }
    }
}

/// Looks after the connections as long as there is anybody who knows the accounts.
pub(super) async fn look_after(accounts: Weak<Inner>, open: Arc<Open>) {
    let (mut known, mut looks) = (None, 0);
    loop {
        let told = if open.lock().by_session.is_empty() {
            open.changed.notified().await;
            true
        } else {
            tokio::time::timeout(LOOK_EVERY, open.changed.notified()).await.is_ok()
        };
        let Some(accounts) = accounts.upgrade().map(Accounts) else { return };
        let changes = accounts.0.store.account_changes().await.ok();
        looks += 1;
        if told || changes != known || looks >= LOOKS_TO_ALL {
            accounts.end_what_is_over().await;
            (known, looks) = (changes, 0);
        }
    }
}
