//! Sending what waits: each hook by itself, in order, until it is taken.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use futures_util::future::join_all;
use hmac::{Hmac, KeyInit, Mac};
use reqwest::{
    Client,
    dns::{Addrs, Name, Resolve, Resolving},
    header::CONTENT_TYPE,
    redirect::Policy,
};
use sha2::Sha256;

use super::{Hook, Hooks, address::is_public, host_of, told::KIND};
use crate::{
    clock::Clock,
    engine::time::{Millis, Timestamp},
    store::{Effect, Store, StoreError},
};

/// How long a hook may take to answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);
/// After the first failure a hook is left alone for so long, then twice as long each time, up to the last.
const FIRST_PAUSE: Millis = Millis::seconds(1);
const LONGEST_PAUSE: Millis = Millis::minutes(5);
/// What a hook has not taken after so long it is not told any more: nothing may pile up for ever.
const GIVEN_UP_AFTER: Millis = Millis::minutes(24 * 60);
const PAGE: u32 = 20;

/// Sends to hooks what was stored for them.
pub struct Sender {
    hooks: Hooks,
    store: Store,
    clock: Clock,
    client: Client,
}

/// Why a hook was not told. Says nothing of its address.
#[derive(Debug, thiserror::Error)]
enum SendError {
    #[error("it is at an address that is neither public nor listed in hook_hosts")]
    NotAllowed,
    #[error("it answered {0}")]
    Status(u16),
    #[error(transparent)]
    Request(reqwest::Error),
}

impl Sender {
    /// A sender for these hooks.
    ///
    /// # Errors
    /// When the system cannot make a client.
    pub fn new(hooks: Hooks, store: Store, clock: Clock) -> Result<Self, reqwest::Error> {
        let client = Client::builder()
            // Whatever the environment says: a proxy would connect where it likes.
            .no_proxy()
            .redirect(Policy::none())
            .timeout(ANSWER_WITHIN)
            // Each time anew, so that each time the address is looked at.
            .pool_max_idle_per_host(0)
            .dns_resolver(Arc::new(Checked(hooks.clone())))
            .build()?;
        Ok(Self { hooks, store, clock, client })
    }

    /// Sends for ever. What was not sent when this is dropped is sent by the next one.
    pub async fn run(self) {
        join_all(self.hooks.all().iter().map(|hook| self.serve(hook))).await;
    }

    async fn serve(&self, hook: &Hook) {
        let mut news = self.store.effects();
        let mut failures = 0;
        loop {
            let progress = match self.send_waiting(hook).await {
                Ok(progress) => progress,
                Err(error) => {
                    tracing::warn!(
                        hook = hook.name,
                        error = &error as &dyn std::error::Error,
                        "the store does not answer"
                    );
                    Progress::Failed
                }
            };
            match progress {
                Progress::Sent => failures = 0,
                // An error means that the store is closed: then nothing comes any more.
                Progress::Idle => {
                    failures = 0;
                    if news.changed().await.is_err() {
                        return;
                    }
                }
                Progress::Failed => {
                    self.clock.sleep_until(self.clock.now().plus(pause(failures))).await;
                    failures += 1;
                }
            }
        }
    }

    /// Sends what waits for a hook, up to the first that it does not take.
    async fn send_waiting(&self, hook: &Hook) -> Result<Progress, StoreError> {
        let waiting = self.store.pending_effects_of(&format!("{KIND}{}", hook.name), PAGE).await?;
        if waiting.is_empty() {
            return Ok(Progress::Idle);
        }
        for effect in waiting.into_iter().map(|pending| pending.effect) {
            let now = self.clock.now();
            if let Err(error) = self.send(hook, &effect, now).await {
                let error = &error as &dyn std::error::Error;
                if now.since(effect.created_at) < GIVEN_UP_AFTER {
                    tracing::warn!(hook = hook.name, id = effect.id, error, "a hook was not told; it will be");
                    return Ok(Progress::Failed);
                }
                tracing::error!(
                    hook = hook.name,
                    id = effect.id,
                    error,
                    "a hook was not told within a day and will not be"
                );
            }
            self.store.mark_effect_sent(&effect.id, now).await?;
        }
        Ok(Progress::Sent)
    }

    async fn send(&self, hook: &Hook, effect: &Effect, now: Timestamp) -> Result<(), SendError> {
        // An address that stands in the URL itself is not resolved, so it is looked at here.
        if let Ok(address) = host_of(&hook.url).parse()
            && !self.hooks.allow(address)
        {
            return Err(SendError::NotAllowed);
        }
        let request = self
            .client
            .post(hook.url.clone())
            .header(CONTENT_TYPE, "application/json")
            .header("drillhall-id", &effect.id)
            .header("drillhall-signature", signature(hook.secret.expose(), now, &effect.body))
            .body(effect.body.clone());
        // Its body is not read: nothing that a hook says matters here.
        let answer = request.send().await.map_err(|error| SendError::Request(error.without_url()))?;
        let status = answer.status();
        if status.is_success() { Ok(()) } else { Err(SendError::Status(status.as_u16())) }
    }
}

enum Progress {
    Sent,
    Idle,
    Failed,
}

fn pause(failures: u32) -> Millis {
    let longer = FIRST_PAUSE.0.saturating_mul(1_i64.checked_shl(failures).unwrap_or(i64::MAX));
    Millis(longer).min(LONGEST_PAUSE)
}

/// What shows a hook that a body comes from this server and was sent at `now`: HMAC-SHA256, with the hook's secret, of
/// the instant in Unix seconds, a full stop and the body.
///
/// # Panics
/// Never: a key may have any length.
#[must_use]
pub fn signature(secret: &str, now: Timestamp, body: &str) -> String {
    let seconds = now.0.div_euclid(1000);
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key may have any length");
    mac.update(format!("{seconds}.").as_bytes());
    mac.update(body.as_bytes());
    format!("t={seconds},v1={}", hex::encode(mac.finalize().into_bytes()))
}

impl Hooks {
    /// Whether a hook may be at this address.
    #[must_use]
    pub fn allow(&self, address: IpAddr) -> bool {
        let listed = |host: &String| host.parse::<IpAddr>().is_ok_and(|listed| listed == address.to_canonical());
        is_public(address) || self.hosts.iter().any(listed)
    }
}

/// Resolves names to addresses that hooks may be at: whoever answers for a name may change what it says at any time.
struct Checked(Hooks);

impl Resolve for Checked {
    fn resolve(&self, name: Name) -> Resolving {
        let hooks = self.0.clone();
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed: Vec<SocketAddr> = found.filter(|found| hooks.allow(found.ip())).collect();
            if allowed.is_empty() {
                return Err(SendError::NotAllowed.into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}
