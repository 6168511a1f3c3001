//! Routes of accounts. They look at who asks, count attempts, and hand over.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{AppendHeaders, IntoResponse},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Accounts,
    api::{AccessToken, Account, SetUp, SignIn},
    cookie, session,
};
use crate::{
    http::{Json, limits::Client},
    problem::{Problem, ProblemBody},
};

/// The routes, with their description, under their whole paths.
#[must_use]
pub fn routes() -> OpenApiRouter<Accounts> {
    OpenApiRouter::new()
        .routes(routes!(me))
        .routes(routes!(set_up))
        .routes(routes!(sign_in))
        .routes(routes!(sign_out))
        .routes(routes!(access_token))
}

/// Who is signed in.
#[utoipa::path(get, path = "/api/v1/me", tag = "account", responses(
    (status = 200, body = Account),
    (status = 401, description = "Nobody is signed in", body = ProblemBody, content_type = "application/problem+json"),
))]
async fn me(State(accounts): State<Accounts>, parts: Parts) -> Result<Json<Account>, Problem> {
    let caller = accounts.caller(&parts, None).await?;
    let account = caller.account.ok_or_else(|| Problem::unauthorized("a seat has no account"))?;
    let account = accounts.0.store.account(&account).await?.ok_or_else(session::over)?;
    Ok(Json(account.into()))
}

/// Makes the first account with the one-time set-up link, and signs in.
#[utoipa::path(post, path = "/api/v1/setup", tag = "account", request_body = SetUp, responses(
    (status = 201, body = Account),
    (status = 403, description = "The link is not valid", body = ProblemBody, content_type = "application/problem+json"),
    (status = 422, description = "Login or password are not acceptable", body = ProblemBody,
        content_type = "application/problem+json"),
    (status = 429, description = "Too many attempts", body = ProblemBody, content_type = "application/problem+json"),
))]
async fn set_up(
    State(accounts): State<Accounts>,
    client: Client,
    Json(body): Json<SetUp>,
) -> Result<impl IntoResponse, Problem> {
    accounts.limits().attempt(client)?;
    let (account, cookie) = accounts.set_up(&body.token, &body.login, body.password).await?;
    Ok((StatusCode::CREATED, AppendHeaders([(header::SET_COOKIE, cookie)]), Json(account)))
}

/// Signs in. The session is a cookie.
#[utoipa::path(post, path = "/api/v1/sessions", tag = "account", request_body = SignIn, responses(
    (status = 201, body = Account),
    (status = 401, description = "Login or password is wrong", body = ProblemBody,
        content_type = "application/problem+json"),
    (status = 429, description = "Too many attempts", body = ProblemBody, content_type = "application/problem+json"),
))]
async fn sign_in(
    State(accounts): State<Accounts>,
    client: Client,
    headers: HeaderMap,
    Json(body): Json<SignIn>,
) -> Result<impl IntoResponse, Problem> {
    accounts.limits().sign_in(&session::normal_login(&body.login), client)?;
    let (account, cookie) = accounts.sign_in(&body.login, body.password).await?;
    // Whoever used this browser before does not stay signed in somewhere behind.
    if let Some(before) = cookie::session(&headers) {
        accounts.end_session(&before).await?;
    }
    Ok((StatusCode::CREATED, AppendHeaders([(header::SET_COOKIE, cookie)]), Json(account)))
}

/// Signs out. Access tokens and tickets of the session end with it.
#[utoipa::path(delete, path = "/api/v1/sessions/current", tag = "account", responses((status = 204)))]
async fn sign_out(State(accounts): State<Accounts>, headers: HeaderMap) -> Result<impl IntoResponse, Problem> {
    if let Some(secret) = cookie::session(&headers) {
        accounts.end_session(&secret).await?;
    }
    Ok((StatusCode::NO_CONTENT, AppendHeaders([(header::SET_COOKIE, cookie::end_session())])))
}

/// A bearer token for automation, as good as the session that asks for it and no longer.
#[utoipa::path(post, path = "/api/v1/tokens", tag = "account", responses(
    (status = 201, body = AccessToken),
    (status = 401, description = "Nobody is signed in", body = ProblemBody, content_type = "application/problem+json"),
))]
async fn access_token(State(accounts): State<Accounts>, parts: Parts) -> Result<impl IntoResponse, Problem> {
    let caller = accounts.caller(&parts, None).await?;
    Ok((StatusCode::CREATED, Json(accounts.access_token(&caller))))
}
