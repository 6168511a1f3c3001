//! Accounts and invitations, for administrators; and taking an invitation, for whoever holds one.

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{AppendHeaders, IntoResponse},
};
use serde::Deserialize;

use super::Admin;
use crate::{
    account::{
        Accounts,
        api::{
            AcceptInvitation, Account, AccountAct, AccountLine, CreateInvitation, InvitationLine, InvitationPreview,
            NewInvitation, PreviewInvitation,
        },
        session::Visitor,
    },
    http::{Json, Path},
    problem::{Problem, ProblemBody},
};

/// Every account, the oldest first.
#[utoipa::path(get, path = "/api/v1/accounts", tag = "accounts",
    responses((status = 200, body = [AccountLine]), (status = 403, body = ProblemBody)))]
pub(super) async fn accounts(
    State(accounts): State<Accounts>,
    _admin: Admin,
) -> Result<Json<Vec<AccountLine>>, Problem> {
    Ok(Json(accounts.list().await?))
}

#[derive(Deserialize)]
pub(super) struct InAccount {
    account: String,
}

/// Disables or enables an account, gives it another role, ends its sessions, takes its second factors off. Whatever
/// it is, sessions of the account end, and what is open by them closes within a second.
#[utoipa::path(post, path = "/api/v1/accounts/{account}/acts", tag = "accounts", request_body = AccountAct,
    params(("account" = String, Path)),
    responses((status = 204), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody)))]
pub(super) async fn act(
    State(accounts): State<Accounts>,
    Admin(by): Admin,
    Path(InAccount { account }): Path<InAccount>,
    Json(act): Json<AccountAct>,
) -> Result<StatusCode, Problem> {
    accounts.act(&account, act, &by).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Every invitation, the newest first.
#[utoipa::path(get, path = "/api/v1/invitations", tag = "accounts",
    responses((status = 200, body = [InvitationLine]), (status = 403, body = ProblemBody)))]
pub(super) async fn invitations(
    State(accounts): State<Accounts>,
    _admin: Admin,
) -> Result<Json<Vec<InvitationLine>>, Problem> {
    Ok(Json(accounts.invitations().await?))
}

/// Makes a personal invitation. Its secret is shown this once.
#[utoipa::path(post, path = "/api/v1/invitations", tag = "accounts", request_body = CreateInvitation,
    responses((status = 201, body = NewInvitation), (status = 403, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(super) async fn invite(
    State(accounts): State<Accounts>,
    Admin(by): Admin,
    Json(CreateInvitation { role, label }): Json<CreateInvitation>,
) -> Result<(StatusCode, Json<NewInvitation>), Problem> {
    let (invitation, path) = accounts.invite(role, &label, &by).await?;
    Ok((StatusCode::CREATED, Json(NewInvitation { invitation, path })))
}

#[derive(Deserialize)]
pub(super) struct InInvitation {
    invitation: String,
}

/// Takes an invitation back that nobody has used.
#[utoipa::path(delete, path = "/api/v1/invitations/{invitation}", tag = "accounts", params(("invitation" = String, Path)),
    responses((status = 204), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub(super) async fn take_back(
    State(accounts): State<Accounts>,
    Admin(by): Admin,
    Path(InInvitation { invitation }): Path<InInvitation>,
) -> Result<StatusCode, Problem> {
    accounts.take_invitation_back(&invitation, &by).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What an invitation is for. Looking consumes nothing.
#[utoipa::path(post, path = "/api/v1/invitations/preview", tag = "account", request_body = PreviewInvitation,
    responses((status = 200, body = InvitationPreview), (status = 403, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub(super) async fn preview_invitation(
    State(accounts): State<Accounts>,
    visitor: Visitor,
    Json(PreviewInvitation { token }): Json<PreviewInvitation>,
) -> Result<Json<InvitationPreview>, Problem> {
    accounts.limits().attempt(visitor.client())?;
    Ok(Json(accounts.preview_invitation(&token).await?))
}

/// Makes the account of an invitation, and signs in.
#[utoipa::path(post, path = "/api/v1/invitations/accept", tag = "account", request_body = AcceptInvitation,
    responses((status = 201, body = Account), (status = 403, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub(super) async fn accept_invitation(
    State(accounts): State<Accounts>,
    visitor: Visitor,
    Json(AcceptInvitation { token, login, password }): Json<AcceptInvitation>,
) -> Result<impl IntoResponse, Problem> {
    accounts.limits().attempt(visitor.client())?;
    accounts.check_line(&visitor)?;
    let (account, cookie) = accounts.accept_invitation(&token, &login, password, &visitor).await?;
    Ok((StatusCode::CREATED, AppendHeaders([(header::SET_COOKIE, cookie)]), Json(account)))
}
