//! How often somebody may try. Each attempt counts twice: for what is attempted (a login, a link),
//! tightly, so that nothing is guessed; and for the address it comes from, generously, because a
//! whole hall may sit behind one.

use std::{
    hash::Hash,
    net::{IpAddr, SocketAddr},
    num::NonZeroU32,
    sync::Arc,
    time::Duration,
};

use axum::{
    extract::{ConnectInfo, FromRequestParts, Request, State},
    http::{HeaderMap, request::Parts},
    middleware::Next,
    response::Response,
};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock as _};

use crate::{id::token_hash, problem::Problem};

/// Keys are forgotten once they are as good as new; looked for when this many are held.
const MANY_KEYS: usize = 10_000;

/// The limits of a server. Clones count together.
#[derive(Clone, Debug)]
pub struct Limits(Arc<Counters>);

#[derive(Debug)]
struct Counters {
    logins: DefaultKeyedRateLimiter<String>,
    /// Codes of second factors, by account.
    codes: DefaultKeyedRateLimiter<String>,
    /// Logins that were tried too often, as far as that is told.
    told: DefaultKeyedRateLimiter<String>,
    links: DefaultKeyedRateLimiter<String>,
    addresses: DefaultKeyedRateLimiter<Client>,
    /// Files that people hand in.
    files: DefaultKeyedRateLimiter<String>,
    /// Drafts that people keep.
    drafts: DefaultKeyedRateLimiter<String>,
    /// Lists of indicators that people have read while they type.
    indicators: DefaultKeyedRateLimiter<String>,
}

/// Codes that may be tried at once with a password that is right, and how long it takes until there is another try:
/// so many that a slip costs nothing, so few that none is guessed among a million.
const CODES: u32 = 5;
const CODE_EVERY: Duration = Duration::from_mins(2);
/// A login that is tried too often is told of this often.
const TOLD_EVERY: Duration = Duration::from_mins(10);
/// Files that a person may hand in a minute.
const FILES: u32 = 30;
/// Times that a person may keep or drop a draft a minute.
const DRAFTS: u32 = 120;
/// Times that a person may have a list of indicators read a minute.
const INDICATORS: u32 = 120;

/// Where a request comes from, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Client(pub Option<IpAddr>);

impl Default for Limits {
    /// Ten sign-ins at once and ten a minute for a login; looks at a link and joins with it 300 at
    /// once and 300 a minute, for a link may be a whole team's; 600 a minute from an address.
    fn default() -> Self {
        Self::per_minute(10, 300, 600)
    }
}

impl Limits {
    /// Limits with these quotas a minute, all of which may be used at once.
    #[must_use]
    pub fn per_minute(for_login: u32, for_link: u32, for_address: u32) -> Self {
        Self(Arc::new(Counters {
            logins: RateLimiter::keyed(quota(for_login)),
            codes: RateLimiter::keyed(every(CODE_EVERY, CODES)),
            told: RateLimiter::keyed(every(TOLD_EVERY, 1)),
            links: RateLimiter::keyed(quota(for_link)),
            addresses: RateLimiter::keyed(quota(for_address)),
            files: RateLimiter::keyed(quota(FILES)),
            drafts: RateLimiter::keyed(quota(DRAFTS)),
            indicators: RateLimiter::keyed(quota(INDICATORS)),
        }))
    }

    /// Counts an attempt to sign in.
    pub fn sign_in(&self, login: &str, client: Client) -> Result<(), Problem> {
        check(&self.0.addresses, &client)?;
        // Hashed, so that no key is long.
        check(&self.0.logins, &token_hash(login))
    }

    /// Counts a code that somebody tries whose password was right.
    pub fn second_step(&self, account: &str, client: Client) -> Result<(), Problem> {
        check(&self.0.addresses, &client)?;
        check(&self.0.codes, &account.to_owned())
    }

    /// Whether it is time to tell that something is tried too often. A flood is told of once in a while, not once
    /// an attempt.
    #[must_use]
    pub fn is_to_tell(&self, what: &str) -> bool {
        check(&self.0.told, &token_hash(what)).is_ok()
    }

    /// Counts a look at a join link, or a try to join with it. Takes the hash of its token.
    pub fn join(&self, token_hash: &str, client: Client) -> Result<(), Problem> {
        check(&self.0.addresses, &client)?;
        check(&self.0.links, &token_hash.to_owned())
    }

    /// Counts a file that a person hands in.
    pub fn hand_in(&self, person: &str) -> Result<(), Problem> {
        check(&self.0.files, &person.to_owned())
    }

    /// Counts a draft that a person keeps or drops.
    pub fn keep(&self, person: &str) -> Result<(), Problem> {
        check(&self.0.drafts, &person.to_owned())
    }

    /// Counts a list of indicators that a person has read.
    pub fn recognise(&self, person: &str) -> Result<(), Problem> {
        check(&self.0.indicators, &person.to_owned())
    }

    /// Counts an attempt that is for nothing that has a name.
    pub fn attempt(&self, client: Client) -> Result<(), Problem> {
        check(&self.0.addresses, &client)
    }
}

fn quota(per_minute: u32) -> Quota {
    let burst = NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN);
    every(Duration::from_mins(1) / burst.get(), burst.get())
}

fn every(period: Duration, burst: u32) -> Quota {
    let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
    Quota::with_period(period).expect("no period is zero").allow_burst(burst)
}

fn check<K: Clone + Eq + Hash>(limiter: &DefaultKeyedRateLimiter<K>, key: &K) -> Result<(), Problem> {
    if limiter.len() > MANY_KEYS {
        limiter.retain_recent();
    }
    limiter.check_key(key).map_err(|until| {
        let wait = until.wait_time_from(limiter.clock().now());
        let seconds = u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1);
        Problem::too_many(format!("too many attempts: wait {seconds} s and try again"), seconds)
    })
}

/// Notes the client's address for [`Client`]: the peer's, or, if the peer is a trusted proxy, the one
/// that this proxy added last to `X-Forwarded-For`. What others write there is not believed.
pub(super) async fn note_client(State(proxies): State<Arc<[IpAddr]>>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip().to_canonical());
    let address = match peer {
        Some(peer) if proxies.contains(&peer) => forwarded_for(request.headers()).unwrap_or(peer).into(),
        peer => peer,
    };
    request.extensions_mut().insert(Client(address));
    next.run(request).await
}

fn forwarded_for(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    last.rsplit(',').next()?.trim().parse().ok()
}

impl<S: Sync> FromRequestParts<S> for Client {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        Ok(parts.extensions.get().copied().unwrap_or(Self(None)))
    }
}
