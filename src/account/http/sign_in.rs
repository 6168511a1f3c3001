//! Signing in and out.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{AppendHeaders, IntoResponse, Response},
};

use crate::{
    account::{
        Accounts,
        api::{AccessToken, Account, FinishSignIn, SecondStep, SetUp, SignIn},
        cookie,
        session::{self, Signed, Visitor},
    },
    audit::{By, Deed, Who},
    http::Json,
    problem::{Problem, ProblemBody},
};

/// Who is signed in.
#[utoipa::path(get, path = "/api/v1/me", tag = "account", responses(
    (status = 200, body = Account),
    (status = 401, description = "Nobody is signed in", body = ProblemBody, content_type = "application/problem+json"),
))]
pub(super) async fn me(State(accounts): State<Accounts>, parts: Parts) -> Result<Json<Account>, Problem> {
    let held = accounts.signed_in(&parts).await?;
    let account = accounts.shown(&held.account).await?;
    Ok(Json(Account { must_enrol: held.must_enrol, ..account }))
}

/// Makes the first account with the one-time set-up link, and signs in.
#[utoipa::path(post, path = "/api/v1/setup", tag = "account", request_body = SetUp, responses(
    (status = 201, body = Account),
    (status = 403, description = "The link is not valid", body = ProblemBody, content_type = "application/problem+json"),
    (status = 422, description = "Login or password are not acceptable", body = ProblemBody,
        content_type = "application/problem+json"),
    (status = 429, description = "Too many attempts", body = ProblemBody, content_type = "application/problem+json"),
))]
pub(super) async fn set_up(
    State(accounts): State<Accounts>,
    visitor: Visitor,
    Json(body): Json<SetUp>,
) -> Result<impl IntoResponse, Problem> {
    accounts.limits().attempt(visitor.client())?;
    accounts.check_line(&visitor)?;
    let (account, cookie) = accounts.set_up(&body.token, &body.login, body.password, &visitor).await?;
    Ok((StatusCode::CREATED, AppendHeaders([(header::SET_COOKIE, cookie)]), Json(account)))
}

/// Signs in. The session is a cookie; an account with a second factor has none before the second step.
#[utoipa::path(post, path = "/api/v1/sessions", tag = "account", request_body = SignIn, responses(
    (status = 201, description = "Signed in", body = Account),
    (status = 202, description = "The second step is to come", body = SecondStep),
    (status = 401, description = "Login or password is wrong", body = ProblemBody,
        content_type = "application/problem+json"),
    (status = 429, description = "Too many attempts", body = ProblemBody, content_type = "application/problem+json"),
))]
pub(super) async fn sign_in(
    State(accounts): State<Accounts>,
    visitor: Visitor,
    headers: HeaderMap,
    Json(body): Json<SignIn>,
) -> Result<Response, Problem> {
    let login = session::normal_login(&body.login);
    if let Err(refused) = accounts.limits().sign_in(&login, visitor.client()) {
        accounts.note_limit(&login, &visitor).await?;
        return Err(refused);
    }
    accounts.check_line(&visitor)?;
    match accounts.sign_in(&login, body.password, &visitor).await? {
        Signed::In(account, cookie) => signed_in(&accounts, &headers, account, cookie).await,
        Signed::Half(step) => Ok((StatusCode::ACCEPTED, Json(step)).into_response()),
    }
}

/// Takes the second step of signing in, with a code of the device or a recovery code.
#[utoipa::path(post, path = "/api/v1/sessions/second-step", tag = "account", request_body = FinishSignIn, responses(
    (status = 201, description = "Signed in", body = Account),
    (status = 403, description = "The code is wrong, or too much time has passed", body = ProblemBody,
        content_type = "application/problem+json"),
    (status = 429, description = "Too many attempts", body = ProblemBody, content_type = "application/problem+json"),
))]
pub(super) async fn finish_sign_in(
    State(accounts): State<Accounts>,
    visitor: Visitor,
    headers: HeaderMap,
    Json(FinishSignIn { challenge, code }): Json<FinishSignIn>,
) -> Result<Response, Problem> {
    accounts.check_line(&visitor)?;
    let (account, cookie) = accounts.finish_sign_in(&challenge, &code, &visitor).await?;
    signed_in(&accounts, &headers, account, cookie).await
}

async fn signed_in(
    accounts: &Accounts,
    headers: &HeaderMap,
    account: Account,
    cookie: String,
) -> Result<Response, Problem> {
    // Whoever used this browser before does not stay signed in somewhere behind.
    if let Some(before) = cookie::session(headers) {
        accounts.end_session(&before).await?;
    }
    Ok((StatusCode::CREATED, AppendHeaders([(header::SET_COOKIE, cookie)]), Json(account)).into_response())
}

/// Signs out. Access tokens, tickets and seats that were taken in the session end with it.
#[utoipa::path(delete, path = "/api/v1/sessions/current", tag = "account", responses((status = 204)))]
pub(super) async fn sign_out(
    State(accounts): State<Accounts>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Problem> {
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
pub(super) async fn access_token(State(accounts): State<Accounts>, parts: Parts) -> Result<impl IntoResponse, Problem> {
    let caller = accounts.caller(&parts, None).await?;
    Ok((StatusCode::CREATED, Json(accounts.access_token(&caller))))
}

impl Accounts {
    /// Notes that somebody tries a login too often, once in a while.
    async fn note_limit(&self, login: &str, visitor: &Visitor) -> Result<(), Problem> {
        if !self.limits().is_to_tell(login) {
            return Ok(());
        }
        let account = self.0.store.account_by_login(login).await?.map(|account| account.id);
        let by = By::new(Who::Nobody, visitor.address);
        Ok(self.0.audit.note(&by, &Deed::SignInsLimited { account }).await?)
    }
}
