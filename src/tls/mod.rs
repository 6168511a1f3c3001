//! TLS, built in: the certificate that the server shows, where it comes from, and how it is replaced
//! while people are connected.
//!
//! A certificate comes from two files of the operator, or from a small authority of the hall's own
//! ([`hall`]). Either way a [`Keeper`] holds it and shows the newest good one; a bad one is refused with
//! the reason, and the one before stays. Handshakes wait for nobody ([`listener`]).

pub mod certificate;
pub mod hall;
pub mod lan;
pub mod listener;
pub mod qr;

mod keeper;

use std::path::{Path, PathBuf};

pub use keeper::Keeper;

use crate::engine::time::Timestamp;

/// Why a certificate cannot be used.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum TlsError {
    #[error("the file {} could not be read: is the path right, and may this user read it?", path.display())]
    Read { path: PathBuf, source: std::io::Error },
    #[error("the file {} could not be written: may this user write there?", path.display())]
    Write { path: PathBuf, source: std::io::Error },
    #[error("{from} holds no certificate: it must be PEM and begin with -----BEGIN CERTIFICATE-----")]
    NoCertificate { from: String },
    #[error("{from} holds no private key that can be used: it must be PEM, and not be locked with a password")]
    NoKey { from: String },
    #[error("the key does not fit the certificate: they are not of one pair")]
    KeyDoesNotFit,
    #[error("the certificate cannot be used: {0}")]
    Unusable(String),
    #[error("the certificate expired at {}: renew it", instant(*at))]
    Expired { at: Timestamp },
    #[error("the certificate is not valid before {}: is this machine's clock right?", instant(*at))]
    NotYetValid { at: Timestamp },
    #[error("a certificate for the hall could not be made: {0}")]
    NotMade(String),
}

/// An instant as people read it.
#[must_use]
pub fn instant(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.0).map_or_else(|_out_of_range| at.0.to_string(), |at| at.to_string())
}

fn read(path: &Path) -> Result<Vec<u8>, TlsError> {
    std::fs::read(path).map_err(|source| TlsError::Read { path: path.to_owned(), source })
}
