//! Addresses of resources: what stays of them, and what no program makes a link of.

use super::kinds::{address, domain, host_of, is_label};

/// Ports that go without saying.
const PORTS: [(&str, u16); 10] = [
    ("http", 80),
    ("ws", 80),
    ("https", 443),
    ("wss", 443),
    ("ftp", 21),
    ("ftps", 990),
    ("ssh", 22),
    ("sftp", 22),
    ("ldap", 389),
    ("ldaps", 636),
];

/// The normal form of an address with a scheme.
pub(super) fn normal(text: &str) -> Option<String> {
    let (scheme, rest) = text.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    let is_scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    if !scheme.starts_with(|c: char| c.is_ascii_lowercase()) || !scheme.chars().all(is_scheme) {
        return None;
    }
    if text.contains(' ') {
        return None;
    }
    let (authority, path) = split(rest);
    let (person, place) =
        authority.rsplit_once('@').map_or(("", authority), |(person, _)| authority.split_at(person.len() + 1));
    let (host, port) = host_of(place)?;
    let host = match address(host) {
        Some(address) if address.is_ipv6() => format!("[{address}]"),
        Some(address) => address.to_string(),
        None => domain(host).or_else(|| Some(host.to_lowercase()).filter(|host| is_label(host)))?,
    };
    let port = port.filter(|port| !PORTS.contains(&(scheme.as_str(), *port)));
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    let is_plain = !path.contains(['?', '#']);
    let path = if is_plain { path.trim_end_matches('/') } else { path };
    let root = if path.is_empty() || path.starts_with('/') { "" } else { "/" };
    Some(format!("{scheme}://{person}{host}{port}{root}{path}"))
}

/// A URL in its normal form, so that nothing makes a link of it.
pub(super) fn defanged(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let (authority, path) = split(rest);
    let host = authority.rfind('@').map_or(0, |at| at + 1);
    let (person, host) = authority.split_at(host);
    let start = match scheme {
        "http" => "hxxp://",
        "https" => "hxxps://",
        "ftp" => "fxp://",
        "ftps" => "fxps://",
        _ => return format!("{scheme}[://]{person}{}{path}", host.replace('.', "[.]")),
    };
    format!("{start}{person}{}{path}", host.replace('.', "[.]"))
}

/// Host and what belongs to it, and the path with all that follows.
fn split(rest: &str) -> (&str, &str) {
    rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()))
}
