//! How often somebody may try. What is attempted counts first: a login, a link, a person. An address counts only
//! where nothing else is known, because a whole hall may sit behind one and must never be shut out of play:
//!
//! - **Join links** are counted by their token. An address counts only the tokens that nobody has, and then only
//!   those are refused: tokens have 160 bits, so whoever tries a trillion a second finds none in the age of the world,
//!   and whoever has one comes in whatever others at the same address do.
//! - **Sockets, commands, drafts and files** are counted by connection or person, after the seat is known.
//! - **Codes** for seats are short, so each try counts, by address and in all, before it is looked up. A camera reads
//!   the long form, which is counted like a link.
//! - **Signing in** is counted by login and by address, apart from joining.

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
use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock as _};

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
    second_steps: DefaultKeyedRateLimiter<String>,
    /// Logins that were tried too often, as far as that is told.
    told: DefaultKeyedRateLimiter<String>,
    links: DefaultKeyedRateLimiter<String>,
    addresses: DefaultKeyedRateLimiter<Client>,
    /// Links that nobody has, by address.
    misses: DefaultKeyedRateLimiter<Client>,
    /// Codes for seats, by address.
    codes: DefaultKeyedRateLimiter<Client>,
    /// Codes for seats, from everywhere.
    all_codes: DefaultDirectRateLimiter,
    /// Codes that people ask for.
    new_codes: DefaultKeyedRateLimiter<String>,
    /// Samples with which lines are measured.
    samples: DefaultKeyedRateLimiter<String>,
    /// Files that people hand in.
    files: DefaultKeyedRateLimiter<String>,
    /// Drafts that people keep.
    drafts: DefaultKeyedRateLimiter<String>,
    /// Lists of indicators that people have read while they type.
    indicators: DefaultKeyedRateLimiter<String>,
}

/// Codes that may be tried at once with a password that is right, and how long it takes until there is another try:
/// so many that a slip costs nothing, so few that none is guessed among a million.
const SECOND_STEPS: u32 = 5;
const SECOND_STEP_EVERY: Duration = Duration::from_mins(2);
/// A login that is tried too often is told of this often.
const TOLD_EVERY: Duration = Duration::from_mins(10);
/// Files that a person may hand in a minute.
const FILES: u32 = 30;
/// Times that a person may keep or drop a draft a minute.
const DRAFTS: u32 = 120;
/// Times that a person may have a list of indicators read a minute.
const INDICATORS: u32 = 120;
/// Links that nobody has, a minute from an address: a hall that mistypes, not a machine.
const MISSES: u32 = 120;
/// Codes for seats a minute from an address: a hall whose every device changed at once passes.
const CODES: u32 = 300;
/// Codes for seats a minute in all. The sums are in `account::code`.
const ALL_CODES: u32 = 1_500;
/// Codes that a person may ask for a minute: control gives them to a whole hall.
const NEW_CODES: u32 = 60;
/// Samples a minute for a person.
const SAMPLES: u32 = 6;

/// Where a request comes from, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Client(pub Option<IpAddr>);

impl Default for Limits {
    /// Ten sign-ins at once and ten a minute for a login; looks at a link and joins with it 1,200 at once and
    /// as many a minute, for a link may be a whole hall's; 600 sign-ins a minute from an address.
    fn default() -> Self {
        Self::per_minute(10, 1_200, 600)
    }
}

impl Limits {
    /// Limits with these quotas a minute, all of which may be used at once.
    #[must_use]
    pub fn per_minute(for_login: u32, for_link: u32, for_address: u32) -> Self {
        Self(Arc::new(Counters {
            logins: RateLimiter::keyed(quota(for_login)),
            second_steps: RateLimiter::keyed(every(SECOND_STEP_EVERY, SECOND_STEPS)),
            told: RateLimiter::keyed(every(TOLD_EVERY, 1)),
            links: RateLimiter::keyed(quota(for_link)),
            addresses: RateLimiter::keyed(quota(for_address)),
            misses: RateLimiter::keyed(quota(MISSES)),
            codes: RateLimiter::keyed(quota(CODES)),
            all_codes: RateLimiter::direct(quota(ALL_CODES)),
            new_codes: RateLimiter::keyed(quota(NEW_CODES)),
            samples: RateLimiter::keyed(quota(SAMPLES)),
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
        check(&self.0.second_steps, &account.to_owned())
    }

    /// Whether it is time to tell that something is tried too often. A flood is told of once in a while, not once
    /// an attempt.
    #[must_use]
    pub fn is_to_tell(&self, what: &str) -> bool {
        check(&self.0.told, &token_hash(what)).is_ok()
    }

    /// Counts a look at a join link that there is, or a try to join with it. Takes the hash of its token.
    pub fn join(&self, token_hash: &str) -> Result<(), Problem> {
        check(&self.0.links, &token_hash.to_owned())
    }

    /// Counts a join link that nobody has, for the address that tried it.
    pub fn missed(&self, client: Client) -> Result<(), Problem> {
        check(&self.0.misses, &client)
    }

    /// Counts a code for a seat that somebody types, right or wrong.
    pub fn enter_code(&self, client: Client) -> Result<(), Problem> {
        check(&self.0.codes, &client)?;
        let all = &self.0.all_codes;
        all.check().map_err(|until| wait_for(until.wait_time_from(all.clock().now())))
    }

    /// Counts a code that a person asks for.
    pub fn mint_code(&self, person: &str) -> Result<(), Problem> {
        check(&self.0.new_codes, &person.to_owned())
    }

    /// Counts a sample that a person's client measures its line with.
    pub fn sample(&self, person: &str) -> Result<(), Problem> {
        check(&self.0.samples, &person.to_owned())
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
    limiter.check_key(key).map_err(|until| wait_for(until.wait_time_from(limiter.clock().now())))
}

fn wait_for(wait: Duration) -> Problem {
    let seconds = u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1);
    Problem::too_many(format!("too many attempts: wait {seconds} s and try again"), seconds)
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
