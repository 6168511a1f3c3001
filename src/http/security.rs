//! Headers that tell browsers what a page of this site may do: nothing but what it needs.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{
        HeaderMap, HeaderName, HeaderValue,
        header::{self, Entry},
    },
    middleware::Next,
    response::Response,
};

use super::{Door, Line, Site};

/// What every page may load: things of this server, and no inline script or style.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const FIXED: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Sets the headers of an answer. A route may have set a content policy or cache rule of its own.
pub(super) async fn headers(State(site): State<Arc<Site>>, mut request: Request, next: Next) -> Response {
    let client = request.extensions().get().copied();
    let line = Line::of(&site, request.headers(), request.uri(), client);
    let https = line.https;
    request.extensions_mut().insert(line);
    let is_api = request.uri().path().starts_with("/api/");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    set_default(headers, header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY);
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if is_api {
        set_default(headers, header::CACHE_CONTROL, "no-store");
    }
    if https {
        // The names and addresses of a hall are others' again when the exercise is over.
        if site.door != Door::Hall {
            headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
        }
        secure_cookies(headers);
    }
    response
}

fn set_default(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.entry(name).or_insert(HeaderValue::from_static(value));
}

/// Keeps cookies that were set over TLS from ever being sent without it. Done here, so that whoever
/// sets a cookie need not know how the request came.
fn secure_cookies(headers: &mut HeaderMap) {
    if let Entry::Occupied(mut cookies) = headers.entry(header::SET_COOKIE) {
        for cookie in cookies.iter_mut() {
            let secured = [cookie.as_bytes(), b"; Secure"].concat();
            if let Ok(secured) = HeaderValue::from_bytes(&secured) {
                *cookie = secured;
            }
        }
    }
}
