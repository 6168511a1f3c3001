//! Signed tokens that live briefly: tickets for one websocket, access tokens for automation, and what somebody
//! holds between the two steps of signing in.
//!
//! The algorithm is fixed, whatever a token's header says, and each kind has its own audience. A
//! token names the credential behind it by the hash that the store keeps, which is worth nothing by
//! itself, so the credential is looked up again at each use.

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{AccountId, SeatId};
use crate::{
    engine::{
        id::{ExerciseId, PersonId},
        time::{Millis, Timestamp},
    },
    id::Random,
};

/// How long a client may take to open its socket.
const TICKET_LENGTH: Millis = Millis::seconds(30);
/// How long somebody may look for the device with the code.
const CHALLENGE_LENGTH: Millis = Millis::minutes(5);

const SOCKET: &str = "socket";
const API: &str = "api";
const SECOND_STEP: &str = "second_step";

/// What a token stands for: the hash of the secret in a cookie.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Credential {
    Session(String),
    Seat(String),
}

/// What a ticket is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct TicketFor {
    pub(super) exercise: ExerciseId,
    pub(super) person: PersonId,
    pub(super) seat: Option<SeatId>,
    pub(super) credential: Credential,
}

#[derive(Serialize, Deserialize)]
struct Claims<T> {
    aud: String,
    /// Unix seconds, as the standard has it.
    exp: i64,
    jti: String,
    /// What the token is about.
    #[serde(rename = "for")]
    about: T,
}

pub(super) struct Tokens {
    signing: EncodingKey,
    verifying: DecodingKey,
    random: Random,
    /// Tickets and challenges used already, until they are void anyway: (`exp`, `jti`).
    used: Mutex<BTreeSet<(i64, String)>>,
}

impl Tokens {
    pub(super) fn new(secret: &[u8], random: Random) -> Self {
        Self {
            signing: EncodingKey::from_secret(secret),
            verifying: DecodingKey::from_secret(secret),
            random,
            used: Mutex::default(),
        }
    }

    pub(super) fn ticket(&self, about: &TicketFor, now: Timestamp) -> (String, Timestamp) {
        self.sign(SOCKET, about, now.plus(TICKET_LENGTH))
    }

    /// What a ticket is for. None if it is not one, or void, or was used.
    pub(super) fn redeem(&self, ticket: &str, now: Timestamp) -> Option<TicketFor> {
        let claims: Claims<TicketFor> = self.verify(SOCKET, ticket, now)?;
        self.use_up(claims.exp, claims.jti, now).then_some(claims.about)
    }

    pub(super) fn access(&self, about: &Credential, until: Timestamp) -> (String, Timestamp) {
        self.sign(API, about, until)
    }

    /// What an access token stands for. None if it is not one, or void.
    pub(super) fn accept(&self, token: &str, now: Timestamp) -> Option<Credential> {
        self.verify(API, token, now).map(|claims| claims.about)
    }

    /// For an account whose password was right, to come back with its second factor.
    pub(super) fn challenge(&self, account: &AccountId, now: Timestamp) -> (String, Timestamp) {
        self.sign(SECOND_STEP, account, now.plus(CHALLENGE_LENGTH))
    }

    /// Whose challenge it is. None if it is not one, or void. It may be tried again until it is ended.
    pub(super) fn challenged(&self, challenge: &str, now: Timestamp) -> Option<AccountId> {
        let claims: Claims<AccountId> = self.verify(SECOND_STEP, challenge, now)?;
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        (!used.contains(&(claims.exp, claims.jti))).then_some(claims.about)
    }

    /// Ends a challenge: of any number at once, one succeeds.
    pub(super) fn end_challenge(&self, challenge: &str, now: Timestamp) -> bool {
        let claims: Option<Claims<AccountId>> = self.verify(SECOND_STEP, challenge, now);
        claims.is_some_and(|claims| self.use_up(claims.exp, claims.jti, now))
    }

    fn use_up(&self, exp: i64, jti: String, now: Timestamp) -> bool {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        *used = used.split_off(&(now.0.div_euclid(1000), String::new()));
        used.insert((exp, jti))
    }

    fn sign<T: Serialize>(&self, audience: &str, about: T, expires_at: Timestamp) -> (String, Timestamp) {
        let exp = expires_at.0.div_euclid(1000);
        let claims = Claims { aud: audience.to_owned(), exp, jti: self.random.token(), about };
        let token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.signing);
        (token.expect("claims of text and numbers can be signed with a secret"), Timestamp(exp * 1000))
    }

    fn verify<T: DeserializeOwned>(&self, audience: &str, token: &str, now: Timestamp) -> Option<Claims<T>> {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_audience(&[audience]);
        validation.set_required_spec_claims(&["aud", "exp"]);
        // Judged below, by the clock that was handed in and without leeway.
        validation.validate_exp = false;
        let claims = jsonwebtoken::decode::<Claims<T>>(token, &self.verifying, &validation).ok()?.claims;
        (now.0 < claims.exp.saturating_mul(1000)).then_some(claims)
    }
}
