//! The words by which kits name their parts, and the ways they write times.

use crate::engine::time::Millis;

/// What a section of a kit is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Section {
    /// An inject, with its title.
    Inject(String),
    /// What the scenario is about.
    Overview,
    /// Who takes part.
    Participants,
    /// What teams should show.
    Outcomes,
    /// Questions for afterwards.
    HotWash,
    /// None of these.
    Unknown,
}

/// What a labelled part of an inject is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// What teams hear or read.
    Body,
    /// The question that they answer.
    Question,
    /// Further questions.
    Probes,
    /// What good teams do.
    Expected,
    /// When it happens.
    Time,
    /// For staff.
    Notes,
    /// None of these.
    Unknown,
}

/// Words that open an inject, before its number.
const INJECT_WORDS: &[&str] = &["inject", "event", "move", "module", "vignette", "turn", "stage"];

/// Words for the handling of a document, and what the format calls it.
pub(super) const TLP: &[(&str, &str)] = &[
    ("strict", "amber-strict"),
    ("amber", "amber"),
    ("red", "red"),
    ("green", "green"),
    ("clear", "clear"),
    ("white", "clear"),
];

/// Words for how hard a scenario is, and what the format calls it.
pub(super) const LEVELS: &[(&str, &str)] = &[
    ("intro", "introductory"),
    ("easy", "introductory"),
    ("beginner", "introductory"),
    ("basic", "introductory"),
    ("intermediate", "intermediate"),
    ("medium", "intermediate"),
    ("moderate", "intermediate"),
    ("advanced", "advanced"),
    ("hard", "advanced"),
    ("expert", "advanced"),
];

/// What the format calls something, from the first of some words that a text contains.
pub(super) fn named(names: &[(&str, &'static str)], text: &str) -> Option<&'static str> {
    let text = text.to_lowercase();
    names.iter().find(|(word, _)| text.contains(word)).map(|(_, name)| *name)
}

/// What a heading announces.
pub(super) fn section(heading: &str) -> Section {
    if let Some(title) = inject_title(heading) {
        return Section::Inject(title);
    }
    let heading = heading.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| heading.contains(word));
    if says(&["hot wash", "hotwash", "debrief"]) {
        Section::HotWash
    } else if says(&["overview", "narrative", "background", "storyline", "synopsis", "ground truth"])
        || heading == "scenario"
    {
        Section::Overview
    } else if says(&["participant", "attendee", "player", "who takes part", "roles"]) {
        Section::Participants
    } else if says(&["outcome", "checklist", "objective", "success criteria", "learning goal"]) {
        Section::Outcomes
    } else {
        Section::Unknown
    }
}

/// The title of an inject from a heading such as `Inject 2 (T+00:15): The call`.
fn inject_title(heading: &str) -> Option<String> {
    let lower = heading.to_ascii_lowercase();
    let word = INJECT_WORDS.iter().find(|word| lower.starts_with(**word))?;
    let rest = heading[word.len()..].trim_start_matches([' ', '#']);
    let title = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    if title.len() == rest.len() {
        return None;
    }
    let mut title = title.trim();
    // The time in brackets is read on its own.
    if title.starts_with('(')
        && let Some((time, after)) = title[1..].split_once(')')
        && offset(time).is_some()
    {
        title = after;
    }
    let title = title.trim_start_matches([' ', ':', '.', '-', '–', '—', ')', '|']).trim();
    Some(if title.is_empty() { heading.to_owned() } else { title.to_owned() })
}

/// What a label announces.
pub(super) fn part(label: &str) -> Part {
    let label = label.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| label.contains(word));
    if says(&["key point", "listen for", "look for", "expected", "desired", "good answer"]) {
        Part::Expected
    } else if says(&["follow", "prob", "discussion", "questions", "prompts"]) {
        Part::Probes
    } else if says(&["question", "task for", "ask the"]) {
        Part::Question
    } else if label.split_whitespace().any(|word| matches!(word, "read" | "reads")) {
        Part::Body
    } else if says(&["facilitator", "controller", "staff", "note", "background"]) {
        // When in doubt a text stays with staff.
        Part::Notes
    } else if says(&["scenario", "narrative", "situation", "message", "announce"]) {
        Part::Body
    } else if ["time", "timing", "when", "clock", "offset"].contains(&label.as_str()) {
        Part::Time
    } else {
        Part::Unknown
    }
}

/// The label that a line begins with, and what follows it: `**Label:** text`, `**Label**: text`,
/// or `Label: text` where the label is a known one.
pub(super) fn label(line: &str) -> Option<(&str, &str)> {
    for mark in ["**", "__"] {
        if let Some((bold, rest)) = line.strip_prefix(mark).and_then(|line| line.split_once(mark)) {
            let rest = rest.trim();
            return match (bold.trim().strip_suffix(':'), rest.strip_prefix(':')) {
                (Some(label), _) => Some((label.trim(), rest)),
                (None, Some(rest)) => Some((bold.trim(), rest.trim())),
                (None, None) => None,
            };
        }
    }
    let (label, rest) = line.split_once(':')?;
    let known = part(label) != Part::Unknown && label.split_whitespace().count() <= 4;
    let is_clock = rest.starts_with(|c: char| c.is_ascii_digit());
    (known && !is_clock && !label.contains(['"', '“', '.', ','])).then(|| (label.trim(), rest.trim()))
}

/// Whether a text says that teams must not see it.
pub(super) fn is_for_staff(text: &str) -> bool {
    let text = text.to_lowercase();
    ["facilitator", "do not distribute", "staff only", "controllers only", "control only", "eyes only", "do not share"]
        .iter()
        .any(|word| text.contains(word))
}

/// A time after the start: `T+00:15`, `T+1:30`, `T+20 min` or `15 minutes`.
pub(super) fn offset(text: &str) -> Option<Millis> {
    let upper = text.to_ascii_uppercase();
    if let Some((_, after)) = upper.split_once("T+") {
        let end = after.find(|c: char| !(c.is_ascii_digit() || c == ':')).unwrap_or(after.len());
        let clock = after[..end].trim_matches(':');
        return match clock.split_once(':') {
            Some((hours, minutes)) => {
                Some(Millis::minutes(hours.parse::<i64>().ok()?.checked_mul(60)? + minutes.parse::<i64>().ok()?))
            }
            None => length(&format!("{clock} {}", after[end..].trim()))
                .or_else(|| clock.parse::<u16>().ok().map(|minutes| Millis::minutes(minutes.into()))),
        }
        .filter(|time| time.0 <= LONGEST.0);
    }
    length(text)
}

/// Longest time that is believed.
const LONGEST: Millis = Millis::minutes(24 * 60);

/// The longest of the times in a text such as `75-90 minutes`, `2 hours` or `1.5 h`.
pub(super) fn length(text: &str) -> Option<Millis> {
    let text = text.to_lowercase();
    let mut numbers: Vec<i64> = Vec::new();
    let mut longest = None;
    for word in text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).filter(|word| !word.is_empty()) {
        let digits = word.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(word.len());
        let (number, unit) = word.split_at(digits);
        if let Some(tenths) = tenths(number) {
            numbers.push(tenths);
        }
        let worth = match unit.trim_matches('.') {
            "m" | "min" | "mins" | "minute" | "minutes" => 6_000,
            "h" | "hr" | "hrs" | "hour" | "hours" => 360_000,
            _ => continue,
        };
        let most = std::mem::take(&mut numbers).into_iter().max();
        longest = longest.max(most.map(|tenths| Millis(tenths * worth)));
    }
    longest.filter(|time| time.0 <= LONGEST.0)
}

/// `1.5` as 15.
fn tenths(number: &str) -> Option<i64> {
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    let whole: i64 = whole.parse::<u16>().ok()?.into();
    let part: i64 = part.get(..1).and_then(|digit| digit.parse().ok()).unwrap_or(0);
    Some(whole * 10 + part)
}

/// Without the quotation marks around it.
pub(super) fn unquote(text: &str) -> &str {
    let text = text.trim();
    text.strip_prefix(['"', '“']).and_then(|inner| inner.strip_suffix(['"', '”'])).unwrap_or(text).trim()
}
