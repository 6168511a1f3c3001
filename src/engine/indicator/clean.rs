//! A line without what people and their programs put around an indicator: defanging, quotes,
//! bullets, labels, invisible characters.

use super::MOST_LAYERS;

/// Pairs that are put around things.
const PAIRS: [(char, char); 10] = [
    ('(', ')'),
    ('[', ']'),
    ('{', '}'),
    ('<', '>'),
    ('«', '»'),
    ('‹', '›'),
    ('【', '】'),
    ('「', '」'),
    ('『', '』'),
    ('《', '》'),
];
const QUOTES: [char; 11] = ['"', '\'', '`', '“', '”', '„', '‟', '‘', '’', '‚', '‛'];
const BULLETS: [&str; 5] = ["- ", "* ", "+ ", "• ", "· "];
const ENDS: [char; 9] = [',', ';', '.', '!', '?', '…', '،', '؛', '؟'];

/// What people write instead of a scheme, lower-case.
const SCHEMES: [(&str, &str); 12] = [
    ("hxxp", "http"),
    ("hxxps", "https"),
    ("h**p", "http"),
    ("h**ps", "https"),
    ("htxp", "http"),
    ("htxps", "https"),
    ("hxtp", "http"),
    ("hxtps", "https"),
    ("fxp", "ftp"),
    ("fxps", "ftps"),
    ("fxxp", "ftp"),
    ("sfxp", "sftp"),
];

/// What people say before an indicator, with a colon or an equals sign behind it.
const LABELS: [&str; 27] = [
    "ip",
    "ipv4",
    "ipv6",
    "ip address",
    "domain",
    "fqdn",
    "host",
    "hostname",
    "url",
    "uri",
    "email",
    "e-mail",
    "mail",
    "mailto",
    "hash",
    "md5",
    "sha1",
    "sha-1",
    "sha256",
    "sha-256",
    "sha512",
    "sha-512",
    "file",
    "filename",
    "file name",
    "path",
    "registry",
];

/// The line without its wrapping; none if there is no end to it. Cleaning what is clean changes nothing.
pub(super) fn clean(line: &str) -> Option<String> {
    let mut text = fold(line);
    for _ in 0..MOST_LAYERS {
        let next = unescape(unlabel(bare(&rearm(&text))).to_owned());
        if next == text {
            return Some(text);
        }
        text = next;
    }
    None
}

/// Characters that look like others become those; invisible ones go; one space at a time.
fn fold(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    for c in line.chars().filter(|c| !is_invisible(*c)) {
        match c {
            '\u{ff01}'..='\u{ff5e}' => text.extend(char::from_u32(u32::from(c) - 0xfee0)),
            '。' | '｡' => text.push('.'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => text.push('-'),
            c if c.is_whitespace() => {
                if !text.ends_with(' ') {
                    text.push(' ');
                }
            }
            c => text.push(c),
        }
    }
    text
}

fn is_invisible(c: char) -> bool {
    let joins = matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    joins || matches!(c, '\u{202a}'..='\u{202e}') || (c.is_control() && !c.is_whitespace())
}

/// Takes defanging back: `hxxp`, `[.]`, `(dot)`, `[at]`, `[:]` and their kin.
fn rearm(text: &str) -> String {
    let mut armed = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some((meant, after)) = defanged(rest) {
            armed.truncate(armed.trim_end().len());
            armed.push_str(meant);
            rest = after.trim_start();
        } else {
            armed.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    if let Some((scheme, rest)) = armed.split_once(':') {
        let typed = scheme.trim_end().to_lowercase();
        if let Some((_, meant)) = SCHEMES.iter().find(|(written, _)| *written == typed) {
            return format!("{meant}:{rest}");
        }
    }
    armed
}

/// If the text begins with something defanged: what it means, and the rest of the text.
fn defanged(text: &str) -> Option<(&'static str, &str)> {
    let close = match text.as_bytes().first()? {
        b'[' => ']',
        b'(' => ')',
        b'{' => '}',
        _ => return None,
    };
    let (inside, after) = text[1..].split_once(close)?;
    let meant = match inside.trim() {
        "." => ".",
        ":" => ":",
        "@" => "@",
        "/" => "/",
        "://" => "://",
        word if word.eq_ignore_ascii_case("dot") => ".",
        word if word.eq_ignore_ascii_case("at") => "@",
        _ => return None,
    };
    Some((meant, after))
}

/// Without bullets, quotes, brackets around it, and the punctuation of a sentence.
fn bare(text: &str) -> &str {
    let mut open = PAIRS.map(|(open, _)| text.matches(open).count());
    let mut ends = PAIRS.map(|(_, close)| text.matches(close).count());
    let mut text = text.trim();
    loop {
        if let Some(rest) = BULLETS.iter().find_map(|bullet| text.strip_prefix(bullet)) {
            text = rest.trim_start();
            continue;
        }
        let (Some(first), Some(last)) = (text.chars().next(), text.chars().next_back()) else { return text };
        let opener = PAIRS.iter().position(|(open, _)| *open == first);
        let closer = PAIRS.iter().position(|(_, close)| *close == last);
        if QUOTES.contains(&first) {
            text = &text[first.len_utf8()..];
        } else if let Some(pair) = opener.filter(|pair| ends[*pair] == 0 || closer == Some(*pair)) {
            open[pair] -= 1;
            text = &text[first.len_utf8()..];
            if closer == Some(pair) {
                ends[pair] -= 1;
                text = &text[..text.len() - last.len_utf8()];
            }
        } else if let Some(pair) = closer.filter(|pair| open[*pair] == 0) {
            ends[pair] -= 1;
            text = &text[..text.len() - last.len_utf8()];
        } else if QUOTES.contains(&last) || ENDS.contains(&last) || (last == ':' && !text.ends_with("::")) {
            text = &text[..text.len() - last.len_utf8()];
        } else {
            return text;
        }
        text = text.trim();
    }
}

/// Without the word that says what it is: `SHA-256: …`, `IP = …`.
fn unlabel(text: &str) -> &str {
    let Some((label, rest)) = text.split_once([':', '=']) else { return text };
    let label = label.trim_end();
    if !rest.starts_with("//") && LABELS.iter().any(|known| label.eq_ignore_ascii_case(known)) {
        return rest.trim_start();
    }
    text
}

/// Without the backslashes of a regular expression, where none of them can be a path's.
fn unescape(text: String) -> String {
    let is_path = text.starts_with(['\\', '/', '%', '~']) || text.get(1..2) == Some(":");
    let is_key = text.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("hk"));
    let mut after = text.split('\\').skip(1).peekable();
    if is_path || is_key || after.peek().is_none() || !after.all(|rest| rest.starts_with(['.', ':', '/', '@'])) {
        return text;
    }
    text.replace('\\', "")
}
