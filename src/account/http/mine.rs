//! One's own account: second factors, password, sessions.

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{AppendHeaders, IntoResponse},
};
use serde::Deserialize;

use super::{Enrolling, Present};
use crate::{
    account::{
        Accounts,
        api::{ChangePassword, Confirm, Factors, RecoveryCodes, SessionLine, TotpCode, TotpSecret},
        session::Visitor,
    },
    http::{Json, Path},
    problem::{Problem, ProblemBody},
};

/// One's own sessions, the one used last first.
#[utoipa::path(get, path = "/api/v1/me/sessions", tag = "account",
    responses((status = 200, body = [SessionLine]), (status = 401, body = ProblemBody)))]
pub(super) async fn sessions(
    State(accounts): State<Accounts>,
    Present(held): Present,
) -> Result<Json<Vec<SessionLine>>, Problem> {
    Ok(Json(accounts.own_sessions(&held).await?))
}

/// Ends every session but this one.
#[utoipa::path(delete, path = "/api/v1/me/sessions", tag = "account",
    responses((status = 204), (status = 401, body = ProblemBody)))]
pub(super) async fn end_others(
    State(accounts): State<Accounts>,
    Present(held): Present,
    visitor: Visitor,
) -> Result<StatusCode, Problem> {
    accounts.end_all_others(&held, &visitor).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
pub(super) struct InSession {
    session: String,
}

/// Ends one of one's own sessions.
#[utoipa::path(delete, path = "/api/v1/me/sessions/{session}", tag = "account", params(("session" = String, Path)),
    responses((status = 204), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub(super) async fn end_session(
    State(accounts): State<Accounts>,
    Present(held): Present,
    visitor: Visitor,
    Path(InSession { session }): Path<InSession>,
) -> Result<StatusCode, Problem> {
    accounts.end_own(&held, &session, &visitor).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes another password. Every other session ends.
#[utoipa::path(put, path = "/api/v1/me/password", tag = "account", request_body = ChangePassword,
    responses((status = 204), (status = 403, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(super) async fn change_password(
    State(accounts): State<Accounts>,
    Present(held): Present,
    visitor: Visitor,
    Json(ChangePassword { old, new }): Json<ChangePassword>,
) -> Result<StatusCode, Problem> {
    accounts.check_line(&visitor)?;
    accounts.change_password(&held, old, new, &visitor).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What there is beside the password.
#[utoipa::path(get, path = "/api/v1/me/factors", tag = "account",
    responses((status = 200, body = Factors), (status = 401, body = ProblemBody)))]
pub(super) async fn factors(
    State(accounts): State<Accounts>,
    Enrolling(held): Enrolling,
) -> Result<Json<Factors>, Problem> {
    Ok(Json(accounts.factors(&held.account.id).await?))
}

/// Makes the secret for a device. It counts once the device has shown a code.
#[utoipa::path(post, path = "/api/v1/me/totp", tag = "account", request_body = Confirm,
    responses((status = 201, body = TotpSecret), (status = 403, body = ProblemBody), (status = 409, body = ProblemBody)))]
pub(super) async fn begin_totp(
    State(accounts): State<Accounts>,
    Enrolling(held): Enrolling,
    visitor: Visitor,
    Json(Confirm { password }): Json<Confirm>,
) -> Result<(StatusCode, Json<TotpSecret>), Problem> {
    accounts.check_line(&visitor)?;
    Ok((StatusCode::CREATED, Json(accounts.begin_totp(&held, password, &visitor).await?)))
}

/// Enrols the device that shows the right code. Every other session ends; this one goes on with a new cookie.
#[utoipa::path(put, path = "/api/v1/me/totp", tag = "account", request_body = TotpCode,
    responses((status = 200, body = RecoveryCodes), (status = 403, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 429, body = ProblemBody)))]
pub(super) async fn enrol_totp(
    State(accounts): State<Accounts>,
    Enrolling(held): Enrolling,
    visitor: Visitor,
    Json(TotpCode { code }): Json<TotpCode>,
) -> Result<impl IntoResponse, Problem> {
    let (codes, cookie) = accounts.enrol_totp(&held, &code, &visitor).await?;
    Ok((AppendHeaders([(header::SET_COOKIE, cookie)]), Json(codes)))
}

/// Forgets the device. Every other session ends; this one goes on with a new cookie and without a second factor.
#[utoipa::path(post, path = "/api/v1/me/totp/removal", tag = "account", request_body = Confirm,
    responses((status = 204), (status = 403, body = ProblemBody)))]
pub(super) async fn remove_totp(
    State(accounts): State<Accounts>,
    Present(held): Present,
    visitor: Visitor,
    Json(Confirm { password }): Json<Confirm>,
) -> Result<impl IntoResponse, Problem> {
    accounts.check_line(&visitor)?;
    let cookie = accounts.drop_own_totp(&held, password.unwrap_or_default(), &visitor).await?;
    Ok((StatusCode::NO_CONTENT, AppendHeaders([(header::SET_COOKIE, cookie)])))
}

/// New recovery codes, shown this once; those before work no more.
#[utoipa::path(post, path = "/api/v1/me/recovery-codes", tag = "account", request_body = Confirm,
    responses((status = 201, body = RecoveryCodes), (status = 403, body = ProblemBody), (status = 409, body = ProblemBody)))]
pub(super) async fn recovery_codes(
    State(accounts): State<Accounts>,
    Present(held): Present,
    visitor: Visitor,
    Json(Confirm { password }): Json<Confirm>,
) -> Result<(StatusCode, Json<RecoveryCodes>), Problem> {
    accounts.check_line(&visitor)?;
    Ok((StatusCode::CREATED, Json(accounts.renew_recovery_codes(&held, password, &visitor).await?)))
}
