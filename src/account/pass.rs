//! Passes: what shows that somebody takes part in a programme. Like a seat it is a cookie that a link gave; it
//! takes the seats in the programme's exercises as they are entered.

use axum::http::request::Parts;

use super::{AccountId, Accounts, cookie};
use crate::{
    engine::{text::Language, time::Millis},
    id::token_hash,
    store::{DayLink, DayPerson, DayRole, StoreError},
};

/// Long enough for the day and the reading of its reports; as long as a seat.
const PASS_LENGTH: Millis = Millis::minutes(30 * 24 * 60);

/// Who redeems a link of a programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newcomer {
    /// Id that the person gets.
    pub id: String,
    /// Name to be shown.
    pub name: String,
    /// Language to read in.
    pub language: Language,
    /// The account that is signed in.
    pub account: Option<AccountId>,
    /// Id of the organisation that sends the person.
    pub organisation: Option<String>,
}

impl Accounts {
    /// Gives somebody who redeems a link a pass. Returns who that is, and the value of the `Set-Cookie` header.
    pub async fn open_pass(&self, newcomer: Newcomer, link: &DayLink) -> Result<(DayPerson, String), StoreError> {
        let now = self.0.clock.now();
        let token = self.0.random.token();
        let Newcomer { id, name, language, account, organisation } = newcomer;
        let all_day = link.exercises.is_none().then(|| DayRole { role: link.role, team: link.team.clone() });
        let person = DayPerson {
            id,
            programme: link.programme.clone(),
            name,
            language,
            organisation,
            role: all_day,
            account,
            link: link.id.clone(),
            token_hash: token_hash(&token),
            created_at: now,
            expires_at: now.plus(PASS_LENGTH),
            revoked_at: None,
        };
        self.0.store.create_day_person(&person).await?;
        let cookie = cookie::give_pass(&person.programme, &token, PASS_LENGTH);
        Ok((person, cookie))
    }

    /// Hands a pass that is still good over again, with a new secret: the one before works no more.
    pub async fn reopen_pass(&self, person: &DayPerson) -> Result<String, StoreError> {
        let token = self.0.random.token();
        self.0.store.set_pass_token(&person.id, &token_hash(&token)).await?;
        Ok(cookie::give_pass(&person.programme, &token, PASS_LENGTH))
    }

    /// Who in a programme makes a request, by the pass that it carries; none without one that is good.
    pub async fn pass(&self, parts: &Parts, programme: &str) -> Result<Option<DayPerson>, StoreError> {
        let Some(secret) = cookie::pass(&parts.headers, programme) else { return Ok(None) };
        let person = self.0.store.day_person_by_pass(&token_hash(&secret)).await?;
        let is_good = |person: &DayPerson| person.programme == programme && person.is_valid(self.0.clock.now());
        Ok(person.filter(is_good))
    }
}
