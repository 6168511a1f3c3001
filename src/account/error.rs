//! Why something about an account was refused.

use axum::http::StatusCode;

use super::password::PasswordError;
use crate::{problem::Problem, store::StoreError};

/// A refusal, or a failure of the store.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum AccountError {
    #[error("a login is 1 to 64 characters, without spaces or control characters")]
    BadLogin,
    #[error("a password is 15 to 256 characters; a sentence of several words is good and easy to type")]
    BadPassword,
    #[error("there is an account with this login already")]
    LoginTaken,
    #[error("login or password is wrong")]
    WrongCredentials,
    #[error(
        "this set-up link is not valid: it works once, for 24 hours, while there is no account; start the server again \
         to get another"
    )]
    BadSetupLink,
    #[error("the password could not be read")]
    Input(#[from] std::io::Error),
    #[error(transparent)]
    Password(#[from] PasswordError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<AccountError> for Problem {
    fn from(error: AccountError) -> Self {
        let (status, code) = match error {
            AccountError::BadLogin => (StatusCode::UNPROCESSABLE_ENTITY, "bad_login"),
            AccountError::BadPassword => (StatusCode::UNPROCESSABLE_ENTITY, "bad_password"),
            AccountError::LoginTaken => (StatusCode::CONFLICT, "login_taken"),
            AccountError::WrongCredentials => (StatusCode::UNAUTHORIZED, "wrong_credentials"),
            AccountError::BadSetupLink => (StatusCode::FORBIDDEN, "bad_setup_link"),
            AccountError::Password(PasswordError::Busy) => return Self::too_many(PasswordError::Busy.to_string(), 2),
            AccountError::Store(error) => return error.into(),
            AccountError::Input(_) | AccountError::Password(_) => return Self::internal(error),
        };
        Self::new(status, code, error.to_string())
    }
}
