//! Who makes a request.

use axum::http::{HeaderMap, Uri, header, request::Parts};

use super::{
    AccountId, Accounts, PlatformAction, PlatformRole, SeatId,
    api::AccessToken,
    cookie,
    session::{self, Held},
    token::{Credential, TicketFor},
};
use crate::{
    audit::Who,
    engine::{
        id::{ExerciseId, PersonId},
        time::Timestamp,
    },
    id::token_hash,
    problem::Problem,
};

/// Who makes a request, as far as the credential that it carries tells. What they may do is not
/// said here: ask the engine, by the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The account that is signed in.
    pub account: Option<AccountId>,
    /// What that account is on the platform.
    pub role: Option<PlatformRole>,
    /// The seat that acts.
    pub seat: Option<SeatId>,
    /// Who that is in the exercise.
    pub person: Option<PersonId>,
    /// Which exercise.
    pub exercise: Option<ExerciseId>,
    /// The session that all this rests on, by the hash of its secret; none for a seat without an account.
    pub(super) session: Option<String>,
    credential: Credential,
}

impl Caller {
    /// Who that is to the audit log.
    #[must_use]
    pub fn who(&self) -> Who {
        match (&self.account, &self.exercise, &self.person) {
            (Some(account), _, _) => Who::Account(account.clone()),
            (None, Some(exercise), Some(person)) => Who::Person { exercise: exercise.clone(), person: person.clone() },
            (None, _, _) => Who::Nobody,
        }
    }

    /// Refuses unless the account may do something on the platform.
    pub fn allow(&self, action: PlatformAction) -> Result<&AccountId, Problem> {
        let account = self.account.as_ref().ok_or_else(|| Problem::unauthorized("sign in first"))?;
        match self.role {
            Some(role) if role.may(action) => Ok(account),
            _ => Err(Problem::forbidden("your account may not do this")),
        }
    }
}

impl Accounts {
    /// Who makes a request about an exercise, or about none. Looks for a bearer token, then for the
    /// seat that the query names, then for a session; the first that is there must be valid.
    pub async fn caller(&self, parts: &Parts, exercise: Option<&ExerciseId>) -> Result<Caller, Problem> {
        let credential = self.credential(&parts.headers, &parts.uri)?;
        let seat = seat_in_query(&parts.uri).filter(|_| matches!(credential, Credential::Seat(_)));
        let caller = self.resolve(credential, exercise).await?;
        match (seat, &caller.seat) {
            (Some(named), Some(held)) if named != held.as_str() => Err(not_your_seat()),
            _ => Ok(caller),
        }
    }

    /// Whose session a request belongs to, whatever it may be used for: also one that may do nothing but enrol a
    /// second factor.
    pub(super) async fn signed_in(&self, parts: &Parts) -> Result<Held, Problem> {
        match self.credential(&parts.headers, &parts.uri)? {
            Credential::Session(hash) => Ok(self.held(&hash).await?.ok_or_else(session::over)?),
            Credential::Seat(_) => Err(Problem::unauthorized("a seat has no account")),
        }
    }

    fn credential(&self, headers: &HeaderMap, uri: &Uri) -> Result<Credential, Problem> {
        if let Some(authorization) = headers.get(header::AUTHORIZATION) {
            let bearer = authorization.to_str().ok().and_then(|value| value.strip_prefix("Bearer "));
            let credential = bearer.and_then(|token| self.0.tokens.accept(token.trim(), self.0.clock.now()));
            return credential
                .ok_or_else(|| Problem::unauthorized("this access token is not valid: ask for a new one"));
        }
        if let Some(seat) = seat_in_query(uri) {
            let secret = cookie::seat(headers, seat).ok_or_else(not_your_seat)?;
            return Ok(Credential::Seat(token_hash(&secret)));
        }
        let secret =
            cookie::session(headers).ok_or_else(|| Problem::unauthorized("sign in, or open your join link"))?;
        Ok(Credential::Session(token_hash(&secret)))
    }

    async fn resolve(&self, credential: Credential, exercise: Option<&ExerciseId>) -> Result<Caller, Problem> {
        match &credential {
            Credential::Session(hash) => {
                let held = self.held(hash).await?.ok_or_else(session::over)?.whole()?;
                let (account, role) = (held.account.id, held.role);
                let person = match exercise {
                    None => None,
                    Some(wanted) => {
                        let people = self.0.store.account_people(&account).await?;
                        people.into_iter().find(|(exercise, _)| exercise == wanted).map(|(_, person)| person)
                    }
                };
                let (account, role, session) = (Some(account), Some(role), Some(hash.clone()));
                Ok(Caller { account, role, seat: None, person, exercise: exercise.cloned(), session, credential })
            }
            Credential::Seat(hash) => {
                let seat = self.0.store.seat_by_token(hash).await?;
                let seat = seat
                    .filter(|seat| seat.is_valid(self.0.clock.now()))
                    .filter(|seat| exercise.is_none_or(|exercise| *exercise == seat.exercise))
                    .ok_or_else(not_your_seat)?;
                if let Some(session) = &seat.session {
                    self.held(session).await?.ok_or_else(session::over)?.whole()?;
                }
                let (person, exercise, session) = (Some(seat.person), Some(seat.exercise), seat.session);
                Ok(Caller { account: None, role: None, seat: Some(seat.id), person, exercise, session, credential })
            }
        }
    }

    /// A ticket with which a caller may open one socket, within 30 seconds, and when it is void.
    pub fn ticket(&self, caller: &Caller) -> Result<(String, Timestamp), Problem> {
        let (Some(exercise), Some(person)) = (&caller.exercise, &caller.person) else {
            return Err(Problem::forbidden("you hold no seat in this exercise"));
        };
        let about = TicketFor {
            exercise: exercise.clone(),
            person: person.clone(),
            seat: caller.seat.clone(),
            credential: caller.credential.clone(),
        };
        Ok(self.0.tokens.ticket(&about, self.0.clock.now()))
    }

    /// Who holds a ticket for a socket of an exercise. It works once.
    pub async fn redeem_ticket(&self, exercise: &ExerciseId, ticket: &str) -> Result<Caller, Problem> {
        let refuse = || Problem::unauthorized("this ticket is not valid: ask for a new one");
        let about = self.0.tokens.redeem(ticket, self.0.clock.now()).ok_or_else(refuse)?;
        if about.exercise != *exercise {
            return Err(refuse());
        }
        let caller = self.resolve(about.credential, Some(exercise)).await?;
        let same = caller.person.as_ref() == Some(&about.person) && caller.seat == about.seat;
        if same { Ok(caller) } else { Err(refuse()) }
    }

    /// A token for automation that stands for a caller, for as long as the policy says.
    #[must_use]
    pub fn access_token(&self, caller: &Caller) -> AccessToken {
        let until = self.0.clock.now().plus(self.rules().access_token);
        let (token, expires_at) = self.0.tokens.access(&caller.credential, until);
        AccessToken { token, expires_at }
    }
}

/// The seat that a request names. Ids are hexadecimal and hyphens, so nothing needs decoding.
fn seat_in_query(uri: &Uri) -> Option<&str> {
    uri.query()?.split('&').find_map(|pair| pair.strip_prefix("seat="))
}

fn not_your_seat() -> Problem {
    Problem::unauthorized("this browser does not hold this seat, or it was taken away: open your join link again")
}
