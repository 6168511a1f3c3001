//! What a cleaned line is, and the normal form of each kind.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::{Indicator, Kind, url};

/// Endings of file names that are no domain.
const ENDINGS: [&str; 88] = [
    "exe", "dll", "sys", "scr", "pif", "cpl", "ocx", "drv", "bat", "cmd", "ps1", "psm1", "vbs", "vbe", "js", "jse",
    "wsf", "wsh", "hta", "lnk", "msi", "msp", "jar", "apk", "doc", "docx", "docm", "dotm", "xls", "xlsx", "xlsm",
    "xlsb", "xll", "ppt", "pptx", "pptm", "pdf", "rtf", "txt", "csv", "json", "xml", "html", "htm", "php", "asp",
    "aspx", "jsp", "iso", "img", "vhd", "vhdx", "rar", "7z", "gz", "tar", "tgz", "bz2", "xz", "bin", "dat", "tmp",
    "log", "dmp", "bak", "eml", "msg", "one", "png", "jpg", "jpeg", "gif", "svg", "ico", "bmp", "ini", "cfg", "conf",
    "yml", "yaml", "pem", "pfx", "p12", "kdbx", "sqlite", "elf", "deb", "dmg",
];
/// Endings that are both: a file if there is one dot, a domain if there are more.
const EITHER: [&str; 8] = ["zip", "sh", "py", "cab", "dot", "mov", "app", "pub"];

/// Long names of the registry's hives, and the short ones.
const HIVES: [(&str, &str); 10] = [
    ("hkey_local_machine", "HKLM"),
    ("hkey_current_user", "HKCU"),
    ("hkey_classes_root", "HKCR"),
    ("hkey_users", "HKU"),
    ("hkey_current_config", "HKCC"),
    ("hklm", "HKLM"),
    ("hkcu", "HKCU"),
    ("hkcr", "HKCR"),
    ("hku", "HKU"),
    ("hkcc", "HKCC"),
];

pub(super) fn classify(text: &str) -> Indicator {
    let found = hash(text)
        .or_else(|| numbered(text))
        .or_else(|| network(text))
        .or_else(|| url::normal(text).map(|value| (Kind::Url, value)))
        .or_else(|| registry_key(text).map(|value| (Kind::RegistryKey, value)))
        .or_else(|| file_path(text).map(|value| (Kind::FilePath, value)))
        .or_else(|| email(text).map(|value| (Kind::Email, value)))
        .or_else(|| is_file_name(text).then(|| (Kind::FileName, text.to_lowercase())))
        .or_else(|| place(text));
    let (kind, value) = found.unwrap_or_else(|| (Kind::Other, text.to_owned()));
    Indicator { kind, value }
}

fn hash(text: &str) -> Option<(Kind, String)> {
    let kind = match text.len() {
        32 => Kind::Md5,
        40 => Kind::Sha1,
        64 => Kind::Sha256,
        128 => Kind::Sha512,
        _ => return None,
    };
    text.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| (kind, text.to_ascii_lowercase()))
}

/// A CVE or an autonomous system.
fn numbered(text: &str) -> Option<(Kind, String)> {
    let after = |start: &str| {
        let (begins, rest) = text.split_at_checked(start.len())?;
        begins.eq_ignore_ascii_case(start).then(|| rest.trim_start_matches([' ', '-', '_', ':', '#']))
    };
    if let Some((year, number)) = after("cve").and_then(|rest| rest.split_once(['-', ' ', '_'])) {
        let fits = year.len() == 4 && (4..=10).contains(&number.len());
        return (fits && digits(year) && digits(number)).then(|| (Kind::Cve, format!("CVE-{year}-{number}")));
    }
    let number = after("asn").or_else(|| after("as")).filter(|number| digits(number))?;
    Some((Kind::Asn, format!("AS{}", number.parse::<u32>().ok()?)))
}

fn network(text: &str) -> Option<(Kind, String)> {
    let (start, prefix) = text.split_once('/')?;
    let address = address(start)?;
    let prefix = Some(prefix).filter(|prefix| digits(prefix))?.parse::<u32>().ok()?;
    let width: u32 = if address.is_ipv4() { 32 } else { 128 };
    let behind = width.checked_sub(prefix)?;
    if behind == 0 {
        return Some(single(address));
    }
    let first = match address {
        IpAddr::V4(v4) => IpAddr::V4(Ipv4Addr::from_bits(v4.to_bits() & u32::MAX.checked_shl(behind).unwrap_or(0))),
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & u128::MAX.checked_shl(behind).unwrap_or(0))),
    };
    Some((Kind::Network, format!("{first}/{prefix}")))
}

fn single(address: IpAddr) -> (Kind, String) {
    (if address.is_ipv4() { Kind::Ipv4 } else { Kind::Ipv6 }, address.to_string())
}

/// An address or a name, with or without a port; with a path it is a URL whose scheme nobody typed.
fn place(text: &str) -> Option<(Kind, String)> {
    if let Some(address) = address(text) {
        return Some(single(address));
    }
    let end = text.find(['/', '?']).unwrap_or(text.len());
    let (host, path) = text.split_at(end);
    let (host, _) = host_of(host)?;
    let found = match address(host) {
        Some(address) => single(address),
        None => (Kind::Domain, domain(host)?),
    };
    match path.trim_end_matches('/') {
        "" => Some(found),
        // A prefix that is none.
        range if found.0 != Kind::Domain && range.strip_prefix('/').is_some_and(digits) => None,
        _ => Some((Kind::Url, url::normal(&format!("http://{text}"))?)),
    }
}

/// An address, strictly: no octal numbers, no parts left out. One of IPv6 may stand in brackets.
pub(super) fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    bare.map_or_else(|| text.parse().ok(), |bare| bare.parse().ok().map(IpAddr::V6))
}

/// The host, and the port behind it. Nothing if what is behind it is no port.
pub(super) fn host_of(text: &str) -> Option<(&str, Option<u16>)> {
    let port = text.rfind(':').filter(|colon| !text[*colon..].contains(']'));
    let Some(colon) = port else { return Some((text, None)) };
    let number = &text[colon + 1..];
    if number.is_empty() {
        return Some((&text[..colon], None));
    }
    Some((&text[..colon], Some(Some(number).filter(|number| digits(number))?.parse().ok()?)))
}

/// A name of at least two labels, lower-case.
pub(super) fn domain(text: &str) -> Option<String> {
    let name = text.to_lowercase();
    let (rest, top) = name.rsplit_once('.')?;
    let is_top = top.starts_with("xn--") || !top.contains(|c: char| c.is_ascii_digit() || c == '_' || c == '-');
    let fits = name.chars().count() <= 253 && top.chars().nth(1).is_some() && is_top && is_label(top);
    (fits && rest.split('.').all(is_label)).then_some(name)
}

/// Whether it may stand between the dots of a name.
pub(super) fn is_label(text: &str) -> bool {
    let ascii = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    // Marks are no letters, but some scripts cannot be written without them.
    let signs = |c| matches!(c, '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{3003}' | '\u{3008}'..='\u{3020}');
    let other = |c: char| c > '\u{bf}' && !c.is_whitespace() && !signs(c);
    let length = text.chars().count();
    let is_short = (1..=63).contains(&length);
    is_short && !text.starts_with('-') && !text.ends_with('-') && text.chars().all(|c| ascii(c) || other(c))
}

fn email(text: &str) -> Option<String> {
    // From a header: a name, and the address in angle brackets.
    let text = text.strip_suffix('>').and_then(|text| text.rsplit_once('<')).map_or(text, |(_, address)| address);
    let (person, host) = text.rsplit_once('@')?;
    let forbidden = |c: char| c.is_whitespace() || c.is_control() || "()<>[]{},;:@\\\"/".contains(c);
    let fits = (1..=64).contains(&person.chars().count()) && !person.contains(forbidden);
    fits.then(|| domain(host).map(|host| format!("{person}@{host}"))).flatten()
}

fn is_file_name(text: &str) -> bool {
    let Some((stem, ending)) = text.rsplit_once('.') else { return false };
    let is_name = !text.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|']) && !stem.is_empty();
    let ending = ending.to_lowercase();
    is_name && (ENDINGS.contains(&ending.as_str()) || (!stem.contains('.') && EITHER.contains(&ending.as_str())))
}

/// A path of Windows in lower case with backslashes, or one of Unix as typed.
fn file_path(text: &str) -> Option<String> {
    let mut start = text.chars();
    let (first, second, third) = (start.next()?, start.next()?, start.next()?);
    let drive = first.is_ascii_alphabetic() && second == ':' && matches!(third, '\\' | '/');
    let share = first == '\\' && second == '\\' && third.is_alphanumeric();
    let variable = first == '%' && text[1..].find('%').is_some_and(|end| text[end + 2..].starts_with(['\\', '/']));
    let relative = text.rsplit_once('\\').is_some_and(|(_, name)| is_file_name(name));
    if drive || share || variable || relative {
        return Some(text.to_lowercase().replace('/', "\\").trim_end_matches('\\').to_owned());
    }
    let root = first == '/' && (second.is_alphanumeric() || matches!(second, '.' | '_'));
    let home = first == '~' && second == '/';
    // What stands before the first slash is a folder, unless it could be a host.
    let folder =
        |path: &str| path.split('/').next().is_some_and(|first| first == "." || !first.contains(['.', ':', '@']));
    let below = text.rsplit_once('/').is_some_and(|(path, name)| is_file_name(name) && folder(path));
    (root || home || below).then(|| text.trim_end_matches('/').to_owned())
}

fn registry_key(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let lower = lower.strip_prefix("computer\\").unwrap_or(&lower);
    let (hive, key) = lower.split_once('\\')?;
    let hive = hive.trim_end_matches(':');
    let (_, short) = HIVES.iter().find(|(name, _)| *name == hive)?;
    Some(format!("{short}\\{}", key.trim_end_matches('\\')))
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
