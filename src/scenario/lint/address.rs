//! Addresses and domains that may belong to somebody real. Exercise texts name machines all the
//! time, and sooner or later a player looks one up or blocks it.

use std::{
    collections::BTreeSet,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

/// Something that looks real, as it is written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Suspect {
    /// An IP address.
    Address(String),
    /// A domain.
    Domain(String),
}

impl Suspect {
    /// It, as it is written.
    pub(super) fn word(&self) -> &str {
        let (Self::Address(word) | Self::Domain(word)) = self;
        word
    }
}

/// Top-level domains that no file ending or version number is mistaken for.
const REAL_DOMAINS: &[&str] = &["biz", "com", "edu", "gov", "info", "int", "io", "mil", "net", "org"];
/// Set aside by RFC 2606.
const EXAMPLE_DOMAINS: &[&str] = &["example.com", "example.net", "example.org"];

/// Everything in a text that looks real, each once.
pub(super) fn suspects(text: &str) -> BTreeSet<Suspect> {
    // Reports write 203.0.113[.]5 so that nobody clicks on it; it is an address all the same.
    let text = text.replace("[.]", ".");
    text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | ':' | '-')))
        .map(|word| word.trim_matches(['.', ':', '-']))
        .flat_map(|word| if is_real_v6(word) { vec![word] } else { word.split(':').collect() })
        .filter_map(|word| match word.parse::<IpAddr>() {
            Ok(address) => is_real(address).then(|| Suspect::Address(word.to_owned())),
            Err(_) => is_real_domain(word).then(|| Suspect::Domain(word.to_owned())),
        })
        .collect()
}

fn is_real_v6(word: &str) -> bool {
    word.parse::<Ipv6Addr>().is_ok_and(|address| is_real(address.into()))
}

fn is_real(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_real_v4(v4),
        IpAddr::V6(v6) => {
            let [first, second, ..] = v6.segments();
            let documentation = (first == 0x2001 && second == 0xdb8) || (first == 0x3fff && second < 0x1000);
            // Global unicast is 2000::/3; everything else leads nowhere outside.
            first >> 13 == 1 && !documentation
        }
    }
}

fn is_real_v4(address: Ipv4Addr) -> bool {
    let [a, b, ..] = address.octets();
    let shared = a == 100 && (64..128).contains(&b);
    let reserved = a == 0 || a >= 224;
    !(address.is_documentation()
        || address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || shared
        || reserved)
}

fn is_real_domain(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    let labels: Vec<&str> = word.split('.').collect();
    let example = EXAMPLE_DOMAINS.iter().any(|name| word == *name || word.ends_with(&format!(".{name}")));
    labels.len() >= 2
        && labels.iter().all(|label| !label.is_empty())
        && labels.last().is_some_and(|last| REAL_DOMAINS.contains(last))
        && !example
}
