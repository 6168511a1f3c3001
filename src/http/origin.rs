//! Which pages may make a browser act here.
//!
//! A browser sends cookies with requests that a foreign page caused, and opens websockets for any
//! page. So requests that change something, and handshakes, must come from a page of this site: the
//! `Origin` header must equal the address that was asked, or one from the operator's list. Cookies
//! are `SameSite=Strict` besides.

use std::{fmt, str::FromStr, sync::Arc};

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header, uri::Authority},
    middleware::Next,
    response::Response,
};
use serde::Deserialize;

use crate::problem::Problem;

/// Scheme, host and port, as `https://drill.example` or `http://10.0.0.5:8080`. In small letters and
/// without the scheme's own port, so equal origins are equal text.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Origin {
    https: bool,
    authority: String,
}

/// A text that is no origin.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not an origin: write it as https://drill.example or http://10.0.0.5:8080, without a path")]
pub struct NotAnOrigin(String);

impl Origin {
    fn new(https: bool, authority: &str) -> Self {
        let authority = authority.to_ascii_lowercase();
        let default_port = if https { ":443" } else { ":80" };
        let authority = authority.strip_suffix(default_port).map(ToOwned::to_owned).unwrap_or(authority);
        Self { https, authority }
    }

    /// Whether it is reached over TLS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.https
    }

    /// Its port, also where it is not written.
    #[must_use]
    pub fn port(&self) -> u16 {
        let usual = if self.https { 443 } else { 80 };
        self.authority[self.host().len()..].trim_start_matches(':').parse().unwrap_or(usual)
    }

    /// Its name or address, without the port; brackets around IPv6 stay.
    #[must_use]
    pub fn host(&self) -> &str {
        host_alone(&self.authority)
    }
}

impl FromStr for Origin {
    type Err = NotAnOrigin;

    fn from_str(text: &str) -> Result<Self, NotAnOrigin> {
        let refuse = || NotAnOrigin(text.to_owned());
        let (scheme, authority) = text.split_once("://").ok_or_else(refuse)?;
        let https = match scheme.to_ascii_lowercase().as_str() {
            "https" => true,
            "http" => false,
            _ => return Err(refuse()),
        };
        let is_authority = !authority.is_empty()
            && authority.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte));
        if is_authority { Ok(Self::new(https, authority)) } else { Err(refuse()) }
    }
}

impl TryFrom<String> for Origin {
    type Error = NotAnOrigin;

    fn try_from(text: String) -> Result<Self, NotAnOrigin> {
        text.parse()
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", if self.https { "https" } else { "http" }, self.authority)
    }
}

/// What this server itself speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Door {
    /// Plain HTTP; a proxy in front may speak TLS.
    #[default]
    Plain,
    /// TLS, with a certificate of the operator.
    Tls,
    /// TLS, with a certificate of the hall's own authority. Its names go on to other uses after the exercise.
    Hall,
}

/// Where this server is reached, and who else may send requests to it from a browser.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// What the server itself speaks.
    pub door: Door,
    /// The address that people use, if the operator says so. A proxy in front must pass the host on.
    pub public: Option<Origin>,
    /// Other origins whose pages may act here.
    pub allowed: Vec<Origin>,
}

impl Site {
    /// Whether a request came over TLS: the server itself speaks it, or the client asked for the public
    /// address and that is an `https` one.
    #[must_use]
    pub fn is_https(&self, headers: &HeaderMap, uri: &Uri) -> bool {
        if self.door != Door::Plain {
            return true;
        }
        let Some(public) = self.public.as_ref().filter(|public| public.https) else { return false };
        host(headers, uri).is_some_and(|host| Origin::new(true, host) == *public)
    }

    fn is_ours(&self, origin: &Origin, headers: &HeaderMap, uri: &Uri) -> bool {
        let asked = host(headers, uri).map(|host| Origin::new(self.is_https(headers, uri), host));
        asked.as_ref() == Some(origin) || self.public.as_ref() == Some(origin) || self.allowed.contains(origin)
    }

    /// Whether a page of this site, or no page at all, made this request.
    fn trusts(&self, headers: &HeaderMap, uri: &Uri) -> bool {
        let mut origins = headers.get_all(header::ORIGIN).iter();
        match (origins.next(), origins.next()) {
            (Some(origin), None) => {
                let origin = origin.to_str().ok().and_then(|origin| origin.parse().ok());
                origin.is_some_and(|origin| self.is_ours(&origin, headers, uri))
            }
            (Some(_), Some(_)) => false,
            // Programs send no Origin; nor did some old browsers. Without cookies there is nothing
            // that a foreign page could misuse.
            (None, _) => match headers.get("sec-fetch-site").map(HeaderValue::as_bytes) {
                Some(b"same-origin" | b"none") => true,
                Some(_) => false,
                None => !headers.contains_key(header::COOKIE),
            },
        }
    }
}

/// Refuses what a foreign page caused.
pub(super) async fn check(State(site): State<Arc<Site>>, request: Request, next: Next) -> Result<Response, Problem> {
    if is_embedded(&request) && !site.trusts(request.headers(), request.uri()) {
        let detail = "a page of another site may link to this and may not load it";
        return Err(Problem::new(StatusCode::FORBIDDEN, "foreign_origin", detail));
    }
    if acts(&request) && !site.trusts(request.headers(), request.uri()) {
        let detail = "this request comes from a page of another site, or does not say from which; a program that \
                      sends cookies must send this server's address as Origin too, and behind a proxy with TLS the \
                      operator must set public_url";
        return Err(Problem::new(StatusCode::FORBIDDEN, "foreign_origin", detail));
    }
    Ok(next.run(request).await)
}

/// Whether a page of another site loads something of the interface into itself, as its browser says (Fetch Metadata):
/// as a picture, script or frame, or by a script of its own. Cookies do not come with that, and it would not be
/// let read it; that it reaches no route at all is one thing less to rely on.
fn is_embedded(request: &Request) -> bool {
    let told = |name: &str| request.headers().get(name).map(HeaderValue::as_bytes);
    let is_foreign = matches!(told("sec-fetch-site"), Some(b"cross-site" | b"same-site"));
    let is_link = told("sec-fetch-mode") == Some(b"navigate") && told("sec-fetch-dest") == Some(b"document");
    let path = request.uri().path();
    is_foreign && !is_link && (path.starts_with("/api/") || path == "/metrics")
}

fn acts(request: &Request) -> bool {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    // A websocket of HTTP/1 is a GET with Upgrade; one of HTTP/2 is a CONNECT.
    !reads || request.headers().contains_key(header::UPGRADE)
}

/// A host without its port.
pub(super) fn host_alone(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    }
}

pub(super) fn host<'a>(headers: &'a HeaderMap, uri: &'a Uri) -> Option<&'a str> {
    headers.get(header::HOST).and_then(|host| host.to_str().ok()).or_else(|| uri.authority().map(Authority::as_str))
}
