//! Files that teams hand in, and how they are given out again: to the team itself and to staff who may
//! see the team, as attachments that no browser opens.

use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use super::{Doors, Here, forbidden};
use crate::{
    engine::{
        command::HandedIn,
        id::{FileHash, TeamId},
        role::{Action, Relation, may_with},
        state::{State as Play, TakenFile},
        view::Viewer,
    },
    http::{Json, Query},
    intake::MediaType,
    live::{Refusal, api::FileReceipt, is_deceptive},
    problem::{Problem, ProblemBody},
    store::File,
};

/// Longest name that is kept, in characters.
const NAME_LIMIT: usize = 200;

#[derive(Deserialize)]
pub(super) struct Named {
    name: String,
}

/// Hands a file in for the caller's team. The body is the file itself; what it is, its bytes tell. The
/// same bytes a second time give the first receipt.
#[utoipa::path(post, path = "/api/v1/exercises/{exercise}/uploads", tag = "play",
    params(("exercise" = String, Path), ("seat" = Option<String>, Query), ("name" = String, Query)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = FileReceipt), (status = 201, body = FileReceipt), (status = 403, body = ProblemBody),
        (status = 413, body = ProblemBody), (status = 422, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub(super) async fn hand_in(
    State(doors): State<Doors>,
    here: Here,
    Query(Named { name }): Query<Named>,
    headers: HeaderMap,
    body: Body,
) -> Result<(StatusCode, Json<FileReceipt>), Problem> {
    let team = here.own_team(Action::Submit)?;
    doors.accounts.limits().hand_in(here.person.as_str())?;
    let taken = doors.intake.take(&here.exercise.id, team, &headers, body).await?;
    if let Some(receipt) = receipt(&here, team, &taken.hash) {
        return Ok((StatusCode::OK, Json(receipt)));
    }
    let bytes = taken.bytes.len() as u64;
    let room = here.exercise.read(|play, _| play.team(team).map(|team| team.has_room_for(bytes)));
    room.ok_or_else(forbidden)?.map_err(Refusal::from)?;
    let media_type = taken.found.media_type.name().to_owned();
    let file = File { hash: taken.hash.clone(), media_type: media_type.clone(), bytes: taken.bytes };
    {
        let _turn = doors.intake.turn().await;
        doors.store.put_file(&file).await?;
    }
    let (hash, encrypted) = (taken.hash, taken.found.encrypted);
    let handed = HandedIn { hash: hash.clone(), name: plain_name(&name), media_type, bytes, encrypted };
    here.exercise.take_file(&here.person, handed, doors.clock.now()).await?;
    let receipt = receipt(&here, team, &hash).ok_or_else(forbidden)?;
    Ok((StatusCode::CREATED, Json(receipt)))
}

fn receipt(here: &Here, team: &TeamId, hash: &FileHash) -> Option<FileReceipt> {
    here.exercise.read(|play, _| {
        let file = play.team(team)?.files.get(hash)?;
        Some(FileReceipt {
            hash: hash.clone(),
            team: team.clone(),
            name: file.name.text().map(str::to_owned),
            media_type: file.media_type.clone(),
            bytes: file.bytes,
            encrypted: file.encrypted,
            by: file.by.clone(),
            at: file.at,
        })
    })
}

/// A file that a team handed in, if the viewer may have it: the team its own, staff those of every team
/// that they may see.
pub(super) fn handed_in<'a>(play: &'a Play, viewer: &Viewer, hash: &FileHash) -> Option<&'a TakenFile> {
    let sees = |team: &TeamId| {
        let own = viewer.team.as_ref() == Some(team);
        may_with(viewer.role, &viewer.extras.sights, Action::SeeTeam, if own { Relation::Own } else { Relation::Other })
    };
    play.teams.iter().filter(|team| sees(&team.id)).find_map(|team| team.files.get(hash))
}

/// The answer that gives such a file out.
pub(super) fn attachment(name: Option<&str>, media_type: &str, bytes: Vec<u8>) -> Response {
    let mut headers = HeaderMap::new();
    let kind = HeaderValue::from_str(media_type).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, kind);
    headers.insert(header::CONTENT_DISPOSITION, disposition(name.unwrap_or("file"), media_type));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    (headers, bytes).into_response()
}

/// Says that it is an exercise, and ends as its kind does, whatever its sender called it.
fn disposition(name: &str, media_type: &str) -> HeaderValue {
    let ending = MediaType::named(media_type).map_or("bin", MediaType::ending);
    let stem = name.strip_suffix(&format!(".{ending}")).unwrap_or(name);
    let clean = |keep: fn(char) -> bool| -> String {
        stem.chars().map(|c| if keep(c) || "._-".contains(c) { c } else { '_' }).collect()
    };
    let plain = clean(|c| c.is_ascii_alphanumeric());
    let whole: String = clean(char::is_alphanumeric).bytes().map(percent).collect();
    let value =
        format!("attachment; filename=\"EXERCISE-{plain}.{ending}\"; filename*=UTF-8''EXERCISE-{whole}.{ending}");
    HeaderValue::from_str(&value).unwrap_or(HeaderValue::from_static("attachment"))
}

fn percent(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"._-".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

/// The last part of a path, without what deceives the eye, and not too long.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !is_deceptive(*c)).take(NAME_LIMIT).collect();
    let plain = plain.trim();
    if plain.is_empty() { "file".to_owned() } else { plain.to_owned() }
}
