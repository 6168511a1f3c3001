//! Join links: what they are for, and what redeeming one gives. The secret stays in the fragment
//! of the link, which browsers never send; looking at a link consumes nothing.

use axum::{
    extract::State,
    http::{StatusCode, header, request::Parts},
    response::IntoResponse,
};

use super::{Doors, Here, sides};
use crate::{
    account::{AccountId, LABEL, LINK_AT_MOST, LinkTerms, USES},
    audit::Deed,
    engine::{
        command::{Act, RevokeGrant},
        id::TeamId,
        role::Action,
        text::Language,
        time::Timestamp,
    },
    http::{Json, Path, Query, limits::Client},
    id::token_hash,
    live::{
        api::{CreateLink, Join, JoinPreview, Link, NewLink, PreviewJoin, Seat},
        is_deceptive,
    },
    problem::{Problem, ProblemBody},
    store::{JoinLink, LinkUse},
};

/// Longest name shown, in characters.
const NAME_LIMIT: usize = 80;

/// What a join link is for.
#[utoipa::path(post, path = "/api/v1/join/preview", tag = "joining", request_body = PreviewJoin,
    responses((status = 200, body = JoinPreview), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 410, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub(super) async fn preview(
    State(doors): State<Doors>,
    client: Client,
    Json(PreviewJoin { token }): Json<PreviewJoin>,
) -> Result<Json<JoinPreview>, Problem> {
    let link = known_link(&doors, &token_hash(&token), client).await?;
    still_good(&link, doors.clock.now())?;
    if link.uses >= link.max_uses {
        return Err(used_up());
    }
    let exercise = doors.live.exercise(&link.exercise).await?.ok_or_else(no_link)?;
    let kept_days = doors.privacy.of(&doors.store, &link.exercise).await?.days;
    Ok(Json(exercise.read(|state, _| JoinPreview {
        exercise: link.exercise.clone(),
        title: state.plan.title.clone(),
        rehearsal: state.rehearsal,
        role: link.role,
        team_name: link.team.as_ref().and_then(|team| state.team(team)).map(|team| team.name.clone()),
        team: link.team.clone(),
        languages: state.plan.languages.clone(),
        kept_days,
        privacy_contact: doors.privacy.contact.clone(),
    })))
}

/// Redeems a join link for a place in its exercise. With the same key it may be asked again when
/// the answer was lost on the way.
#[utoipa::path(post, path = "/api/v1/join", tag = "joining", request_body = Join,
    responses((status = 201, body = Seat), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 410, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub(super) async fn join(
    State(doors): State<Doors>,
    client: Client,
    parts: Parts,
    Json(Join { token, key, name, language, organisation }): Json<Join>,
) -> Result<impl IntoResponse, Problem> {
    let hash = token_hash(&token);
    known_link(&doors, &hash, client).await?;
    let name = checked_name(&name)?;
    checked_language(&language)?;
    // Only who holds both the link and the key finds the seat again.
    let id = match key {
        Some(key) => token_hash(&format!("{hash}/{key}")),
        None => doors.random.uuid().to_string(),
    };
    let (seat, cookie) = if let Some(seat) = joined_before(&doors, &id).await? {
        seat
    } else {
        let account = sides::signed_in(&doors, &parts).await;
        join_anew(&doors, &hash, id, &Newcomer { name, language, organisation, account }).await?
    };
    Ok((StatusCode::CREATED, [(header::SET_COOKIE, cookie)], Json(seat)))
}

/// A link that there is. It is looked up before anything is counted: who has one is never refused for what others
/// at the same address tried.
async fn known_link(doors: &Doors, hash: &str, client: Client) -> Result<JoinLink, Problem> {
    let limits = doors.accounts.limits();
    let Some(link) = doors.store.link_by_token(hash).await? else {
        limits.missed(client)?;
        return Err(no_link());
    };
    limits.join(hash)?;
    Ok(link)
}

fn still_good(link: &JoinLink, now: Timestamp) -> Result<(), Problem> {
    if link.revoked_at.is_some() {
        return Err(revoked());
    }
    if link.expires_at.is_some_and(|expires| expires <= now) {
        return Err(expired());
    }
    Ok(())
}

/// What somebody who joins says, and the account that is signed in there.
struct Newcomer<'a> {
    name: &'a str,
    language: Language,
    organisation: Option<String>,
    account: Option<AccountId>,
}

pub(super) async fn joined_before(doors: &Doors, id: &str) -> Result<Option<(Seat, String)>, Problem> {
    let Some(kept) = doors.store.seat(id).await?.filter(|seat| seat.is_valid(doors.clock.now())) else {
        return Ok(None);
    };
    let exercise = doors.live.exercise(&kept.exercise).await?.ok_or_else(no_link)?;
    let viewer = exercise.viewer(&kept.person).ok_or_else(no_link)?;
    let cookie = doors.accounts.reopen_seat(&kept).await?;
    Ok(Some((doors.seat_of(kept.id, &exercise.id, viewer).await?, cookie)))
}

async fn join_anew(
    doors: &Doors,
    token_hash: &str,
    id: String,
    newcomer: &Newcomer<'_>,
) -> Result<(Seat, String), Problem> {
    if let (Some(account), Some(link)) = (&newcomer.account, doors.store.link_by_token(token_hash).await?) {
        sides::refuse_other_role(doors, account, &link).await?;
    }
    let link = match doors.store.use_link(token_hash, doors.clock.now()).await? {
        LinkUse::Used(link) => link,
        LinkUse::Full => return Err(used_up()),
        LinkUse::Expired => return Err(expired()),
        LinkUse::Revoked => return Err(revoked()),
        LinkUse::Unknown => return Err(no_link()),
    };
    let seated = async {
        let exercise = doors.live.exercise(&link.exercise).await?.ok_or_else(no_link)?;
        let Newcomer { name, language, organisation, account } = newcomer;
        let person = exercise.seat(link.role, link.team.as_ref(), name, language, organisation.as_deref()).await?;
        if let Some(account) = account {
            sides::remember(doors, account, &link, &person).await?;
        }
        doors.store.note_agreed(&exercise.id, &person, doors.clock.now()).await?;
        let (id, cookie) = doors.accounts.open_seat(id, &exercise.id, &person, link.role, Some(&link.id)).await?;
        let viewer = exercise.viewer(&person).ok_or_else(no_link)?;
        Ok((doors.seat_of(id, &exercise.id, viewer).await?, cookie))
    };
    let seated: Result<_, Problem> = seated.await;
    if seated.is_err() {
        doors.store.return_link_use(&link.id).await?;
    }
    seated
}

/// The join links of an exercise.
#[utoipa::path(get, path = "/api/v1/exercises/{exercise}/links", tag = "joining", params(("exercise" = String, Path), ("seat" = Option<String>, Query)),
    responses((status = 200, body = [Link]), (status = 403, body = ProblemBody)))]
pub(super) async fn links(State(doors): State<Doors>, here: Here) -> Result<Json<Vec<Link>>, Problem> {
    here.allow(Action::ManagePeople)?;
    let links = doors.store.links(&here.exercise.id).await?;
    Ok(Json(links.into_iter().map(shown).collect()))
}

/// Mints a join link. Its secret is shown this once.
#[utoipa::path(post, path = "/api/v1/exercises/{exercise}/links", tag = "joining", request_body = CreateLink, params(("exercise" = String, Path), ("seat" = Option<String>, Query)),
    responses((status = 201, body = NewLink), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(super) async fn mint(
    State(doors): State<Doors>,
    client: Client,
    here: Here,
    Json(wanted): Json<CreateLink>,
) -> Result<(StatusCode, Json<NewLink>), Problem> {
    here.allow(Action::ManagePeople)?;
    if wanted.role.is_in_team() != wanted.team.is_some() {
        return Err(Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "team_mismatch",
            "a team role needs a team, any other must not have one",
        ));
    }
    if let Some(team) = &wanted.team
        && here.exercise.read(|state, _| state.team(team).is_none())
    {
        return Err(unknown_team(team));
    }
    let CreateLink { role, team, label, max_uses, expires_at } = wanted;
    let in_time = |expires| expires > doors.clock.now() && expires <= doors.clock.now().plus(LINK_AT_MOST);
    if label.chars().any(char::is_control)
        || label.chars().count() > LABEL
        || !max_uses.is_none_or(|uses| USES.contains(&uses))
        || !expires_at.is_none_or(in_time)
    {
        let detail = "a label has at most 200 characters, a link works for 1 to 10000 people and for at most a year";
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_link", detail));
    }
    let terms = LinkTerms { role, team, label, max_uses, expires_at };
    let (link, secret) = doors.accounts.mint_link(&here.exercise.id, terms).await?;
    here.note(&doors, client, minted(&link)).await?;
    Ok((StatusCode::CREATED, Json(NewLink { link: shown(link), path: format!("/join#{secret}") })))
}

#[derive(serde::Deserialize)]
pub(super) struct InLink {
    link: String,
}

#[derive(serde::Deserialize)]
pub(super) struct Revoking {
    #[serde(default)]
    seats: bool,
}

/// Revokes a join link. Whoever redeemed it before stays, unless the seats taken with it are to go, too: then these
/// people lose their roles, as the log says, and their connections end.
#[utoipa::path(delete, path = "/api/v1/exercises/{exercise}/links/{link}", tag = "joining",
    params(("exercise" = String, Path), ("link" = String, Path), ("seat" = Option<String>, Query), ("seats" = Option<bool>, Query)),
    responses((status = 204), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub(super) async fn revoke(
    State(doors): State<Doors>,
    client: Client,
    here: Here,
    Path(InLink { link }): Path<InLink>,
    Query(Revoking { seats }): Query<Revoking>,
) -> Result<StatusCode, Problem> {
    here.allow(Action::ManagePeople)?;
    let now = doors.clock.now();
    let of_here = doors.store.links(&here.exercise.id).await?.into_iter().any(|known| known.id == link);
    let revoked = doors.store.revoke_link(&here.exercise.id, &link, now).await?;
    // One that was revoked before may still have seats to take back.
    if !of_here || !(revoked || seats) {
        return Err(no_link());
    }
    let exercise = here.exercise.id.clone();
    if revoked {
        here.note(&doors, client, Deed::LinkRevoked { exercise: exercise.clone(), link: link.clone() }).await?;
    }
    if seats {
        let people = doors.store.people_of_link(&link, now).await?;
        let taken = people.len();
        for person in people {
            let key = format!("link {link} {person}");
            let act = Act::RevokeGrant(RevokeGrant { person: person.clone(), reason: None });
            match here.exercise.ask(&here.person, &key, act, now).await {
                // Whoever has no role any more has nothing to lose.
                Err(refusal) if refusal.code() != "unknown_person" => return Err(refusal.into()),
                _ => {}
            }
            doors.store.drop_codes(&here.exercise.id, &person).await?;
        }
        doors.store.revoke_seats_of_link(&link, now).await?;
        here.note(&doors, client, Deed::SeatsRevoked { exercise, link, people: taken }).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// What is noted of a new link.
pub(super) fn minted(link: &JoinLink) -> Deed {
    let (exercise, role, team) = (link.exercise.clone(), link.role, link.team.clone());
    Deed::LinkMinted { exercise, link: link.id.clone(), role, team, uses: link.max_uses }
}

pub(super) fn shown(link: JoinLink) -> Link {
    Link {
        link: link.id,
        role: link.role,
        team: link.team,
        label: link.label,
        max_uses: link.max_uses,
        uses: link.uses,
        expires_at: link.expires_at.unwrap_or_default(),
        revoked_at: link.revoked_at,
    }
}

/// A name as it is shown, without outer white space.
pub(crate) fn checked_name(name: &str) -> Result<&str, Problem> {
    let name = name.trim();
    let good = !name.is_empty() && name.chars().count() <= NAME_LIMIT && !name.chars().any(is_deceptive);
    good.then_some(name)
        .ok_or_else(|| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_name", "give a name of 1 to 80 characters"))
}

/// A language that can be one.
pub(crate) fn checked_language(language: &Language) -> Result<&Language, Problem> {
    let detail = "give a language as `en` or `pt-br`";
    let refuse = || Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_language", detail);
    language.is_tag().then_some(language).ok_or_else(refuse)
}

pub(super) fn no_link() -> Problem {
    let detail = "this link is not known: look whether all of it is there, or ask whoever sent it";
    Problem::new(StatusCode::NOT_FOUND, "unknown_link", detail)
}

fn expired() -> Problem {
    let detail = "the time of this link is over: ask whoever sent it for another";
    Problem::new(StatusCode::GONE, "link_expired", detail)
}

fn revoked() -> Problem {
    let detail = "this link was taken back: ask whoever sent it for another";
    Problem::new(StatusCode::GONE, "link_revoked", detail)
}

/// Every use of a link is taken.
pub(crate) fn used_up() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "link_used_up",
        "this link has been used as often as it may be: ask whoever sent it for another",
    )
}

fn unknown_team(team: &TeamId) -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "unknown_team", format!("there is no team '{team}' in this exercise"))
}
