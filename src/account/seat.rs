//! Seats: places in an exercise that people take with a link, and the links.

use super::{Accounts, Caller, SeatId, cookie};
use crate::{
    engine::{
        id::{ExerciseId, PersonId, TeamId},
        role::Role,
        time::{Millis, Timestamp},
    },
    id::token_hash,
    store::{JoinLink, Seat, StoreError},
};

const DAY: Millis = Millis::minutes(24 * 60);
/// Long enough for the exercise and the reading of its report.
const SEAT_LENGTH: Millis = Millis(30 * DAY.0);
const LINK_LENGTH: Millis = Millis(7 * DAY.0);

/// What a new join link is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkTerms {
    /// What whoever redeems it will be.
    pub role: Role,
    /// In which team, for team roles.
    pub team: Option<TeamId>,
    /// A note for whoever hands it out.
    pub label: String,
    /// How many people may redeem it; one without it.
    pub max_uses: Option<u32>,
    /// When it stops working; seven days from now without it.
    pub expires_at: Option<Timestamp>,
}

impl Accounts {
    /// Gives a person, who is in the exercise, a seat with this id. Returns the id and the value of
    /// the `Set-Cookie` header that hands the seat over.
    pub async fn open_seat(
        &self,
        id: SeatId,
        exercise: &ExerciseId,
        person: &PersonId,
        role: Role,
        link: Option<&str>,
    ) -> Result<(SeatId, String), StoreError> {
        self.seat(id, exercise, person, role, link, None).await
    }

    /// Gives somebody who is signed in the seat of the person that the account is in an exercise. It ends with the
    /// session, and with whatever ends that.
    pub async fn take_seat(
        &self,
        caller: &Caller,
        exercise: &ExerciseId,
        person: &PersonId,
        role: Role,
    ) -> Result<(SeatId, String), StoreError> {
        let id = self.0.random.uuid().to_string();
        self.seat(id, exercise, person, role, None, caller.session.clone()).await
    }

    async fn seat(
        &self,
        id: SeatId,
        exercise: &ExerciseId,
        person: &PersonId,
        role: Role,
        link: Option<&str>,
        session: Option<String>,
    ) -> Result<(SeatId, String), StoreError> {
        let now = self.0.clock.now();
        let token = self.0.random.token();
        let seat = Seat {
            id,
            exercise: exercise.clone(),
            person: person.clone(),
            token_hash: token_hash(&token),
            role: Some(role),
            link: link.map(ToOwned::to_owned),
            session,
            created_at: now,
            expires_at: now.plus(SEAT_LENGTH),
            revoked_at: None,
        };
        self.0.store.create_seat(&seat).await?;
        let cookie = cookie::give_seat(&seat.id, exercise, &token, SEAT_LENGTH);
        Ok((seat.id, cookie))
    }

    /// Hands a seat that is still good over again, with a new secret: the one before works no more.
    pub async fn reopen_seat(&self, seat: &Seat) -> Result<String, StoreError> {
        let token = self.0.random.token();
        self.0.store.set_seat_token(&seat.id, &token_hash(&token)).await?;
        Ok(cookie::give_seat(&seat.id, &seat.exercise, &token, SEAT_LENGTH))
    }

    /// Makes a join link. Returns it with its secret, which is kept nowhere: put it behind `/join#`.
    pub async fn mint_link(&self, exercise: &ExerciseId, terms: LinkTerms) -> Result<(JoinLink, String), StoreError> {
        let (link, token) = self.new_link(exercise, terms);
        self.0.store.create_links(std::slice::from_ref(&link)).await?;
        Ok((link, token))
    }

    /// Makes many join links, all or none.
    pub async fn mint_links(
        &self,
        exercise: &ExerciseId,
        terms: Vec<LinkTerms>,
    ) -> Result<Vec<(JoinLink, String)>, StoreError> {
        let made: Vec<_> = terms.into_iter().map(|terms| self.new_link(exercise, terms)).collect();
        let links: Vec<JoinLink> = made.iter().map(|(link, _)| link.clone()).collect();
        self.0.store.create_links(&links).await?;
        Ok(made)
    }

    fn new_link(&self, exercise: &ExerciseId, terms: LinkTerms) -> (JoinLink, String) {
        let now = self.0.clock.now();
        let token = self.0.random.token();
        let link = JoinLink {
            id: self.0.random.uuid().to_string(),
            exercise: exercise.clone(),
            token_hash: token_hash(&token),
            role: terms.role,
            team: terms.team,
            label: terms.label,
            // Whoever marks or runs an exercise is invited in person, as far as the policy says.
            max_uses: if self.rules().personal_links.contains(&terms.role) { 1 } else { terms.max_uses.unwrap_or(1) },
            uses: 0,
            created_at: now,
            expires_at: Some(terms.expires_at.unwrap_or(now.plus(LINK_LENGTH))),
            revoked_at: None,
        };
        (link, token)
    }
}
