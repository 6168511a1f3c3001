//! Routes of accounts. They look at who asks, count attempts, and hand over.

mod administer;
mod audit;
mod mine;
mod sign_in;

use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    AccountError, Accounts, PlatformAction,
    session::{Held, Visitor},
};
use crate::{
    audit::{By, Who},
    problem::Problem,
};

/// The routes, with their description, under their whole paths.
#[must_use]
pub fn routes() -> OpenApiRouter<Accounts> {
    OpenApiRouter::new()
        .routes(routes!(sign_in::me))
        .routes(routes!(sign_in::set_up))
        .routes(routes!(sign_in::sign_in))
        .routes(routes!(sign_in::finish_sign_in))
        .routes(routes!(sign_in::sign_out))
        .routes(routes!(sign_in::access_token))
        .routes(routes!(mine::sessions, mine::end_others))
        .routes(routes!(mine::end_session))
        .routes(routes!(mine::change_password))
        .routes(routes!(mine::factors))
        .routes(routes!(mine::begin_totp, mine::enrol_totp))
        .routes(routes!(mine::remove_totp))
        .routes(routes!(mine::recovery_codes))
        .routes(routes!(administer::accounts))
        .routes(routes!(administer::act))
        .routes(routes!(administer::invitations, administer::invite))
        .routes(routes!(administer::take_back))
        .routes(routes!(administer::preview_invitation))
        .routes(routes!(administer::accept_invitation))
        .routes(routes!(audit::audit_page))
        .routes(routes!(audit::export_audit))
}

/// Somebody at a browser who is signed in there, if only to enrol a second factor: what people change about their
/// account they change themselves, no program with a token does it for them.
struct Enrolling(Held);

/// The same with everything that the account may do.
struct Present(Held);

impl FromRequestParts<Accounts> for Enrolling {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, accounts: &Accounts) -> Result<Self, Problem> {
        if parts.headers.contains_key(header::AUTHORIZATION) {
            return Err(Problem::forbidden("this is done by people who are signed in, not with a token"));
        }
        Ok(Self(accounts.signed_in(parts).await?))
    }
}

impl FromRequestParts<Accounts> for Present {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, accounts: &Accounts) -> Result<Self, Problem> {
        let Enrolling(held) = Enrolling::from_request_parts(parts, accounts).await?;
        Ok(Self(held.whole()?))
    }
}

/// An administrator of accounts.
struct Admin(By);

impl FromRequestParts<Accounts> for Admin {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, accounts: &Accounts) -> Result<Self, Problem> {
        let caller = accounts.caller(parts, None).await?;
        let account = caller.allow(PlatformAction::ManageAccounts)?.clone();
        let Ok(visitor) = Visitor::from_request_parts(parts, accounts).await;
        Ok(Self(By::new(Who::Account(account), visitor.address)))
    }
}

impl Accounts {
    /// Refuses what anybody on the way could read.
    fn check_line(&self, visitor: &Visitor) -> Result<(), AccountError> {
        if visitor.line.is_private() || self.0.terms.allow_plain_sign_in {
            Ok(())
        } else {
            Err(AccountError::PlainHttp)
        }
    }
}
