//! Who makes a request.

use axum::http::{HeaderMap, Uri, header, request::Parts};

use super::{
    AccountId, Accounts, SeatId,
    api::AccessToken,
    cookie, session,
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
    /// The seat that acts.
    pub seat: Option<SeatId>,
    /// Who that is in the exercise.
    pub person: Option<PersonId>,
    /// Which exercise.
    pub exercise: Option<ExerciseId>,
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
                let account = self.account_of_session(hash).await?.ok_or_else(session::over)?;
                let person = match exercise {
                    None => None,
                    Some(wanted) => {
                        let people = self.0.store.account_people(&account).await?;
                        people.into_iter().find(|(exercise, _)| exercise == wanted).map(|(_, person)| person)
                    }
                };
                Ok(Caller { account: Some(account), seat: None, person, exercise: exercise.cloned(), credential })
            }
            Credential::Seat(hash) => {
                let seat = self.0.store.seat_by_token(hash).await?;
                let seat = seat
                    .filter(|seat| seat.is_valid(self.0.clock.now()))
                    .filter(|seat| exercise.is_none_or(|exercise| *exercise == seat.exercise))
                    .ok_or_else(not_your_seat)?;
                let (person, exercise) = (Some(seat.person), Some(seat.exercise));
                Ok(Caller { account: None, seat: Some(seat.id), person, exercise, credential })
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

    /// A token for automation that stands for a caller, for 15 minutes.
    #[must_use]
    pub fn access_token(&self, caller: &Caller) -> AccessToken {
        let (token, expires_at) = self.0.tokens.access(&caller.credential, self.0.clock.now());
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
