//! Why something about an account was refused.

use axum::http::StatusCode;

use super::password::PasswordError;
use crate::{audit::AuditError, problem::Problem, store::StoreError};

/// A refusal, or a failure of the store.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum AccountError {
    #[error("a login is 1 to 64 characters, without spaces or control characters")]
    BadLogin,
    #[error("a password is 15 to 256 characters; a sentence of several words is good and easy to type")]
    BadPassword,
    #[error(
        "this password is easy to guess: leave out your login, the name of the platform, words that everybody takes, \
         runs of keys and repetitions, or add some words of your own"
    )]
    WeakPassword,
    #[error("there is an account with this login already")]
    LoginTaken,
    #[error("login or password is wrong")]
    WrongCredentials,
    #[error("the password is wrong")]
    WrongPassword,
    #[error("give your password once more: it was some time ago that you signed in")]
    PasswordNeeded,
    #[error("this code is wrong, was used already, or is too old: wait for the next one")]
    WrongCode,
    #[error("too much time has passed since you gave your password: begin again")]
    BadChallenge,
    #[error("your account needs a second factor: enrol one on the page of your account, or sign in with it")]
    SecondFactorNeeded,
    #[error("there is a second factor of this kind already: remove it first")]
    AlreadyEnrolled,
    #[error("there is nothing to confirm: begin to enrol a second factor again")]
    NothingToEnrol,
    #[error(
        "this set-up link is not valid: it works once, for 24 hours, while there is no account; start the server again \
         to get another"
    )]
    BadSetupLink,
    #[error("this invitation is not valid: it works once, and for some days; ask for another one")]
    BadInvitation,
    #[error("a note has at most 200 characters, on one line")]
    BadLabel,
    #[error("there is no such account")]
    UnknownAccount,
    #[error("there is no such session")]
    UnknownSession,
    #[error("there is no such invitation, or it was used or taken back")]
    UnknownInvitation,
    #[error("this is the last administrator: make another one first")]
    LastAdmin,
    #[error("passwords are taken over TLS only, or on the server's own machine: open this page by its https address")]
    PlainHttp,
    #[error("{}", .0.detail())]
    Refused(Problem),
    #[error("the password could not be read")]
    Input(#[from] std::io::Error),
    #[error(transparent)]
    Password(#[from] PasswordError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Audit(#[from] AuditError),
}

impl From<AccountError> for Problem {
    fn from(error: AccountError) -> Self {
        let (status, code) = match error {
            AccountError::BadLogin => (StatusCode::UNPROCESSABLE_ENTITY, "bad_login"),
            AccountError::BadPassword => (StatusCode::UNPROCESSABLE_ENTITY, "bad_password"),
            AccountError::WeakPassword => (StatusCode::UNPROCESSABLE_ENTITY, "weak_password"),
            AccountError::LoginTaken => (StatusCode::CONFLICT, "login_taken"),
            AccountError::WrongCredentials => (StatusCode::UNAUTHORIZED, "wrong_credentials"),
            AccountError::WrongPassword => (StatusCode::FORBIDDEN, "wrong_password"),
            AccountError::PasswordNeeded => (StatusCode::FORBIDDEN, "password_needed"),
            AccountError::WrongCode => (StatusCode::FORBIDDEN, "wrong_code"),
            AccountError::BadChallenge => (StatusCode::FORBIDDEN, "bad_challenge"),
            AccountError::SecondFactorNeeded => (StatusCode::FORBIDDEN, "second_factor_needed"),
            AccountError::AlreadyEnrolled => (StatusCode::CONFLICT, "already_enrolled"),
            AccountError::NothingToEnrol => (StatusCode::CONFLICT, "nothing_to_enrol"),
            AccountError::BadSetupLink => (StatusCode::FORBIDDEN, "bad_setup_link"),
            AccountError::BadInvitation => (StatusCode::FORBIDDEN, "bad_invitation"),
            AccountError::BadLabel => (StatusCode::UNPROCESSABLE_ENTITY, "bad_label"),
            AccountError::UnknownAccount => (StatusCode::NOT_FOUND, "unknown_account"),
            AccountError::UnknownSession => (StatusCode::NOT_FOUND, "unknown_session"),
            AccountError::UnknownInvitation => (StatusCode::NOT_FOUND, "unknown_invitation"),
            AccountError::LastAdmin => (StatusCode::CONFLICT, "last_admin"),
            AccountError::PlainHttp => (StatusCode::FORBIDDEN, "plain_http"),
            AccountError::Refused(problem) => return problem,
            AccountError::Password(PasswordError::Busy) => return Self::too_many(PasswordError::Busy.to_string(), 2),
            AccountError::Store(error) => return error.into(),
            AccountError::Audit(error) => return error.into(),
            AccountError::Input(_) | AccountError::Password(_) => return Self::internal(error),
        };
        Self::new(status, code, error.to_string())
    }
}
