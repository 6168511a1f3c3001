//! One account, one part in an exercise: whoever is in it already takes no second role with another join link, but
//! for watching. Of somebody who is not signed in this cannot be known.

use axum::http::{StatusCode, request::Parts};

use super::Doors;
use crate::{account::AccountId, engine::id::PersonId, problem::Problem, store::JoinLink};

/// The account that is signed in where somebody joins, if one is.
pub(super) async fn signed_in(doors: &Doors, parts: &Parts) -> Option<AccountId> {
    doors.accounts.caller(parts, None).await.ok()?.account
}

/// Refuses a link for another role than the account has in the exercise.
pub(super) async fn refuse_other_role(doors: &Doors, account: &AccountId, link: &JoinLink) -> Result<(), Problem> {
    let Some(person) = person_of(doors, account, link).await?.filter(|_| link.role.side().is_some()) else {
        return Ok(());
    };
    let exercise = doors.live.exercise(&link.exercise).await?;
    let role = exercise.and_then(|exercise| exercise.viewer(&person)).map(|viewer| viewer.role);
    if role.is_none_or(|role| role == link.role) {
        return Ok(());
    }
    let detail = "your account has another role in this exercise: one person cannot have two";
    Err(Problem::new(StatusCode::CONFLICT, "role_taken", detail))
}

/// Keeps who an account is in the exercise from now on, unless it is somebody already or only watches.
pub(super) async fn remember(
    doors: &Doors,
    account: &AccountId,
    link: &JoinLink,
    person: &PersonId,
) -> Result<(), Problem> {
    if link.role.side().is_some() && person_of(doors, account, link).await?.is_none() {
        doors.store.put_account_person(account, &link.exercise, person).await?;
    }
    Ok(())
}

async fn person_of(doors: &Doors, account: &AccountId, link: &JoinLink) -> Result<Option<PersonId>, Problem> {
    let people = doors.store.account_people(account).await?;
    Ok(people.into_iter().find(|(exercise, _)| *exercise == link.exercise).map(|(_, person)| person))
}
