//! Indicators of compromise as people type them: defanged or not, in any case, in quotes, with a
//! full stop behind them. Two people who mean the same thing get the same [`Indicator`].

mod clean;
mod kinds;
mod url;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Most characters that an indicator may have; what is longer is [`Kind::Other`].
pub const LONGEST: usize = 500;
/// Most characters of a line that is looked at: defanging makes an indicator longer.
const LONGEST_LINE: usize = 4 * LONGEST;
/// Most times that a line is read anew: each takes off one layer of what is around an indicator. Nobody wraps one in so
/// many but to keep the server busy, and everybody who sees an answer has it read.
const MOST_LAYERS: usize = 32;

/// What an indicator is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[schema(as = IndicatorKind)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An address of IPv4.
    Ipv4,
    /// An address of IPv6.
    Ipv6,
    /// A network of either, by its prefix.
    Network,
    /// A name of a host or domain.
    Domain,
    /// An address of a resource, with its scheme.
    Url,
    /// An address of mail.
    Email,
    /// A hash of 128 bits.
    Md5,
    /// A hash of 160 bits.
    Sha1,
    /// A hash of 256 bits.
    Sha256,
    /// A hash of 512 bits.
    Sha512,
    /// A vulnerability by its CVE id.
    Cve,
    /// An autonomous system.
    Asn,
    /// A file by its name alone.
    FileName,
    /// A file or folder by its path.
    FilePath,
    /// A key or value of the Windows registry.
    RegistryKey,
    /// Anything else, as it was typed.
    Other,
}

/// An indicator in its normal form.
///
/// Hosts and hashes are lower-case; internationalised names stay as they were typed. Addresses are
/// canonical, networks masked, and one of a single address is that address. A port behind an address or
/// a name goes, and so do default ports and trailing slashes of a URL; one without a scheme is
/// `http`. Where case means nothing (file names, paths and keys of Windows) it is lower.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub struct Indicator {
    /// What it is.
    pub kind: Kind,
    /// Its normal form. Parsing it gives the same indicator.
    pub value: String,
}

/// Two sets of indicators side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Overlap {
    /// Right and given.
    pub matched: BTreeSet<Indicator>,
    /// Right, but not given.
    pub missing: BTreeSet<Indicator>,
    /// Given, but not right.
    pub extra: BTreeSet<Indicator>,
}

impl Indicator {
    /// For showing: nothing makes a link of it, and it parses as the same indicator.
    #[must_use]
    pub fn defanged(&self) -> String {
        match self.kind {
            Kind::Ipv6 => self.value.replacen(':', "[:]", 1),
            Kind::Network if self.value.contains(':') => self.value.replacen(':', "[:]", 1),
            Kind::Ipv4 | Kind::Network | Kind::Domain => self.value.replace('.', "[.]"),
            Kind::Email => self.value.rsplit_once('@').map_or_else(
                || self.value.clone(),
                |(person, domain)| format!("{person}[@]{}", domain.replace('.', "[.]")),
            ),
            Kind::Url => url::defanged(&self.value),
            _ => self.value.clone(),
        }
    }
}

impl Overlap {
    /// The F1 score in permille, rounded down: what precision and recall agree on. Where nothing is
    /// right and nothing was given, it is full.
    #[must_use]
    pub fn permille(&self) -> u32 {
        let both = self.matched.len().saturating_mul(2);
        let all = both.saturating_add(self.missing.len()).saturating_add(self.extra.len());
        let permille = both.saturating_mul(1000).checked_div(all).unwrap_or(1000);
        u32::try_from(permille).unwrap_or(1000)
    }
}

/// What a line of text means. Every line means something: what is not understood is [`Kind::Other`].
#[must_use]
pub fn parse(line: &str) -> Indicator {
    let other = |value: &str| Indicator { kind: Kind::Other, value: value.to_owned() };
    if line.chars().nth(LONGEST_LINE).is_some() {
        return other(line);
    }
    // The normal form of one reading may read shorter: `http://host/.)/` ends in what is not part of it.
    let mut found = other(line);
    for _ in 0..MOST_LAYERS {
        let Some(text) = clean::clean(&found.value) else { break };
        let is_long = text.chars().nth(LONGEST).is_some();
        let next = if is_long { other(&text) } else { kinds::classify(&text) };
        if next == found {
            return found;
        }
        found = next;
    }
    // There is no end to it: what was typed stays as it is, and reading that again says the same.
    other(line)
}

/// What lines of text mean, each once. Empty ones mean nothing; one that lists several indicators, apart by
/// spaces, commas or semicolons, means them all.
#[must_use]
pub fn parse_all<'a>(lines: impl IntoIterator<Item = &'a str>) -> BTreeSet<Indicator> {
    lines.into_iter().flat_map(of_line).collect()
}

/// The same, in the order in which they are written first.
#[must_use]
pub fn parse_in_order<'a>(lines: impl IntoIterator<Item = &'a str>) -> Vec<Indicator> {
    let mut seen = BTreeSet::new();
    lines.into_iter().flat_map(of_line).filter(|found| seen.insert(found.clone())).collect()
}

fn of_line(line: &str) -> Vec<Indicator> {
    let whole = parse(line);
    let pieces = || line.split([',', ';', ' ', '\t', '\n', '\r']).filter(|piece| !piece.is_empty()).map(parse);
    if whole.kind == Kind::Other && pieces().all(|piece| piece.kind != Kind::Other) {
        pieces().collect()
    } else if whole.value.is_empty() {
        Vec::new()
    } else {
        vec![whole]
    }
}

/// Compares what is right with what was given.
#[must_use]
pub fn f1(right: &BTreeSet<Indicator>, given: &BTreeSet<Indicator>) -> Overlap {
    Overlap {
        matched: right.intersection(given).cloned().collect(),
        missing: right.difference(given).cloned().collect(),
        extra: given.difference(right).cloned().collect(),
    }
}
