//! How a request came here: whether anybody on the way could read it.

use std::convert::Infallible;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, Uri, request::Parts},
};

use super::{Site, limits::Client};

/// The way of a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// It came over TLS.
    pub https: bool,
    /// It never left this machine.
    pub local: bool,
}

impl Line {
    /// Whether a password may be sent this way.
    #[must_use]
    pub fn is_private(self) -> bool {
        self.https || self.local
    }

    /// What is known of a request. One that says that it passed a proxy is not of this machine.
    pub(super) fn of(site: &Site, headers: &HeaderMap, uri: &Uri, client: Option<Client>) -> Self {
        let address = client.and_then(|client| client.0);
        let local = address.is_some_and(|address| address.is_loopback()) && !headers.contains_key("x-forwarded-for");
        Self { https: site.is_https(headers, uri), local }
    }
}

impl<S: Sync> FromRequestParts<S> for Line {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get().copied().unwrap_or_default())
    }
}
