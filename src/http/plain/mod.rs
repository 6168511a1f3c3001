//! The listener without TLS that stands beside the one with it. It shows nothing of an exercise: it sends
//! browsers on to `https`, and in a hall it gives out the certificate that makes them trust that.

mod page;

use std::sync::Arc;

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    middleware,
    response::{IntoResponse, Response},
    routing::get,
};

use super::{
    Origin, Ready, Site, metrics,
    origin::{host, host_alone},
    security,
};
use crate::problem::Problem;

/// Where browsers are sent, and what a hall gives out.
#[derive(Clone, Debug)]
pub struct Plain {
    /// Where people are to go, if the operator says so; else to the host that they asked for.
    pub public: Option<Origin>,
    /// The port of the listener with TLS.
    pub port: u16,
    /// The hall's own authority, if that is where the certificate comes from.
    pub authority: Option<HallAuthority>,
}

/// What people need to trust the authority of a hall.
#[derive(Clone, Debug)]
pub struct HallAuthority {
    /// Its certificate, in PEM.
    pub pem: String,
    /// What it is recognised by.
    pub fingerprint: String,
}

/// What is served without TLS.
pub fn routes(plain: Plain, ready: Ready) -> Router {
    let is_hall = plain.authority.is_some();
    let health = metrics::health(ready);
    let mut router = Router::new();
    if is_hall {
        router = router
            .route("/", get(page::page))
            .route("/hall.css", get(page::style))
            .route("/hall-ca.crt", get(certificate));
    }
    router
        .fallback(send_on)
        .with_state(Arc::new(plain))
        .merge(health)
        .layer(middleware::from_fn_with_state(Arc::new(Site::default()), security::headers))
}

async fn certificate(State(plain): State<Arc<Plain>>) -> Response {
    let pem = plain.authority.as_ref().map(|authority| authority.pem.clone()).unwrap_or_default();
    // The type by which phones offer to install it.
    let headers = [(header::CONTENT_TYPE, "application/x-x509-ca-cert"), (header::CACHE_CONTROL, "no-store")];
    (headers, pem).into_response()
}

/// Sends whoever reads on to the same page over TLS. What changes something is not repeated there: whoever
/// sent a secret without TLS has to learn of it.
async fn send_on(State(plain): State<Arc<Plain>>, method: Method, headers: HeaderMap, uri: Uri) -> Response {
    let refuse = |detail: &str| Problem::not_found(detail).into_response();
    if !matches!(method, Method::GET | Method::HEAD) {
        return refuse("nothing is taken here without TLS: use the address that begins with https");
    }
    let Some(base) = plain.https(&headers, &uri) else {
        return refuse("nothing is here without TLS: use the address that begins with https");
    };
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    match HeaderValue::from_str(&format!("{base}{path}")) {
        // Not for ever: a browser would go on doing so when this server is somewhere else.
        Ok(location) => (
            StatusCode::TEMPORARY_REDIRECT,
            [(header::LOCATION, location), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))],
        )
            .into_response(),
        Err(_) => refuse("this address cannot be sent on"),
    }
}

impl Plain {
    /// The address with TLS of the host that was asked for, or the public one.
    fn https(&self, headers: &HeaderMap, uri: &Uri) -> Option<Origin> {
        if let Some(public) = self.public.clone().filter(Origin::is_https) {
            return Some(public);
        }
        let host = host_alone(host(headers, uri)?);
        format!("https://{host}:{}", self.port).parse().ok()
    }
}
