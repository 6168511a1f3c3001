//! Links of a day. One for a whole day opens nothing that is ground truth, so whoever organises the day makes it;
//! one for staff of an exercise is made by those who direct that exercise.

use axum::{extract::State, http::StatusCode};

use super::{checked, shared::unknown_organisation};
use crate::{
    audit::{By, Deed},
    engine::{id::ExerciseId, role::Role, time::Millis},
    http::{Json, Path, limits::Client},
    id::token_hash,
    live::http::Doors,
    problem::{Problem, ProblemBody},
    programme::{
        api::{CreateDayLink, DayLinkLine, NewDayLink},
        standing::{Standing, forbidden},
    },
    store::DayLink,
};

/// Longest note of a link, in characters.
const LABEL_LIMIT: usize = 200;
/// How many people a link may be for.
const USES: std::ops::RangeInclusive<u32> = 1..=10_000;
const DAY: Millis = Millis::minutes(24 * 60);
/// How long a link may work, and does without another word.
const LINK_AT_MOST: Millis = Millis(366 * DAY.0);
const LINK_LENGTH: Millis = Millis(7 * DAY.0);

/// What somebody may be in every exercise of a day, those that others lead included.
const ALL_DAY: [Role; 4] = [Role::TeamLead, Role::Player, Role::Observer, Role::Reviewer];

/// Mints a link for the whole day, or for some of its exercises. Its secret is shown this once.
#[utoipa::path(post, path = "/api/v1/programmes/{programme}/links", operation_id = "mint_day_link", tag = "programmes", request_body = CreateDayLink,
    params(("programme" = String, Path)),
    responses((status = 201, body = NewDayLink), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(super) async fn mint(
    State(doors): State<Doors>,
    Client(from): Client,
    standing: Standing,
    Json(wanted): Json<CreateDayLink>,
) -> Result<(StatusCode, Json<NewDayLink>), Problem> {
    match &wanted.exercises {
        None => {
            standing.organiser()?;
            if !ALL_DAY.contains(&wanted.role) {
                let detail = "for the whole day there are leads and players of teams, observers and reviewers: \
                              for any other role name the exercises, which you have to direct";
                return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "not_for_the_day", detail));
            }
        }
        Some(exercises) => {
            if exercises.is_empty() {
                return Err(checked::bad("name an exercise, or leave them out for the whole day"));
            }
            for id in exercises {
                let exercise = standing.load(&doors, id).await?;
                if !standing.lets_into(&exercise) {
                    return Err(forbidden());
                }
            }
        }
    }
    let link = checked_link(&doors, &standing, wanted).await?;
    let token = doors.random.token();
    let link = DayLink { token_hash: token_hash(&token), ..link };
    doors.store.create_day_link(&link).await?;
    let deed = Deed::ProgrammeLinkMinted {
        programme: link.programme.clone(),
        link: link.id.clone(),
        role: link.role,
        team: link.team.clone(),
        exercises: link.exercises.clone(),
        uses: link.max_uses,
    };
    doors.accounts.audit().note(&By::new(standing.who, from), &deed).await?;
    Ok((StatusCode::CREATED, Json(NewDayLink { link: shown(link), path: format!("/day#{token}") })))
}

/// A link as it was asked for, still without its secret.
async fn checked_link(doors: &Doors, standing: &Standing, wanted: CreateDayLink) -> Result<DayLink, Problem> {
    let programme = standing.programme.id.clone();
    let CreateDayLink { role, team, organisation, exercises, label, max_uses, expires_at } = wanted;
    if role.is_in_team() != team.is_some() {
        let detail = "a team role needs a team, any other must not have one";
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "team_mismatch", detail));
    }
    let teams = doors.store.day_teams(&programme).await?;
    let of_team = match &team {
        Some(id) => {
            let detail = format!("there is no team '{id}' in this programme");
            let unknown = || Problem::new(StatusCode::NOT_FOUND, "unknown_team", detail);
            teams.into_iter().find(|known| known.team == *id).ok_or_else(unknown)?.organisation
        }
        None => None,
    };
    if let Some(id) = &organisation
        && doors.store.organisations(&programme).await?.iter().all(|known| known.id != *id)
    {
        return Err(unknown_organisation(id));
    }
    let now = doors.clock.now();
    let in_time = |expires| expires > now && expires <= now.plus(LINK_AT_MOST);
    if label.chars().any(char::is_control)
        || label.chars().count() > LABEL_LIMIT
        || !max_uses.is_none_or(|uses| USES.contains(&uses))
        || !expires_at.is_none_or(in_time)
    {
        let detail = "a label has at most 200 characters, a link works for 1 to 10000 people and for at most a year";
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_link", detail));
    }
    Ok(DayLink {
        id: doors.random.uuid().to_string(),
        programme,
        token_hash: String::new(),
        role,
        team,
        organisation: of_team.or(organisation),
        exercises,
        label,
        max_uses: max_uses.unwrap_or(1),
        uses: 0,
        created_at: now,
        expires_at: expires_at.unwrap_or(now.plus(LINK_LENGTH)),
        revoked_at: None,
    })
}

#[derive(serde::Deserialize)]
pub(super) struct OfLink {
    link: String,
}

/// Revokes a link. Whoever came by it stays.
#[utoipa::path(delete, path = "/api/v1/programmes/{programme}/links/{link}", operation_id = "revoke_day_link", tag = "programmes",
    params(("programme" = String, Path), ("link" = String, Path)),
    responses((status = 204), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub(super) async fn revoke(
    State(doors): State<Doors>,
    Client(from): Client,
    standing: Standing,
    Path(OfLink { link }): Path<OfLink>,
) -> Result<StatusCode, Problem> {
    let programme = standing.programme.id.clone();
    let known = doors.store.day_links(&programme).await?.into_iter().find(|known| known.id == link);
    if !known.is_some_and(|known| sees(&standing, &known)) {
        // Whoever may not see it does not learn whether it is there.
        return Err(if standing.organises() { no_link() } else { forbidden() });
    }
    if !doors.store.revoke_day_link(&programme, &link, doors.clock.now()).await? {
        return Err(no_link());
    }
    let deed = Deed::ProgrammeLinkRevoked { programme, link };
    doors.accounts.audit().note(&By::new(standing.who, from), &deed).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The links that the caller is shown, and may revoke.
pub(super) async fn seen(doors: &Doors, standing: &Standing) -> Result<Vec<DayLinkLine>, Problem> {
    if !standing.is_staff() {
        return Ok(Vec::new());
    }
    let links = doors.store.day_links(&standing.programme.id).await?;
    Ok(links.into_iter().filter(|link| sees(standing, link)).map(shown).collect())
}

fn sees(standing: &Standing, link: &DayLink) -> bool {
    let leads = |id: &ExerciseId| {
        standing.exercises.iter().any(|one| one.exercise == *id && standing.account.as_ref() == Some(&one.lead))
    };
    standing.organises() || link.exercises.as_ref().is_some_and(|exercises| exercises.iter().all(leads))
}

fn shown(link: DayLink) -> DayLinkLine {
    DayLinkLine {
        link: link.id,
        role: link.role,
        team: link.team,
        organisation: link.organisation,
        exercises: link.exercises,
        label: link.label,
        max_uses: link.max_uses,
        uses: link.uses,
        expires_at: link.expires_at,
        revoked_at: link.revoked_at,
    }
}

pub(super) fn no_link() -> Problem {
    let detail = "this link is not known, has expired or was revoked: ask whoever sent it";
    Problem::new(StatusCode::NOT_FOUND, "unknown_link", detail)
}
