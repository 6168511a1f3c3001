//! Findings in sentences: each rule has one for all teams and one for a team alone.

use super::{
    model::{DraftedFinding, Finding, Report, Rule},
    named::name_of,
    words::{self, Words},
};
use crate::{
    engine::{
        event::{Draft, Scope},
        text::Language,
    },
    markup::{
        figures,
        phrase::{fill, named},
    },
};

/// Log rows that are named one by one.
const ROWS_NAMED: usize = 8;

/// What a finding says.
pub(super) fn sentence(finding: &Finding, words: &Words, language: &Language, of_one_team: bool) -> String {
    let gaps = gaps(finding, words, language);
    let sentences = if of_one_team { &words.findings.of_team } else { &words.findings.of_teams };
    let gaps: Vec<(&str, &str)> = gaps.iter().map(|(gap, text)| (*gap, text.as_str())).collect();
    fill(sentences.get(&name_of(&finding.rule)).map_or("", String::as_str), &gaps)
}

/// The drafts of a report that nobody has adopted yet, those about the event first.
#[must_use]
pub fn drafts(report: &Report, language: &Language) -> Vec<DraftedFinding> {
    let (_, words) = words::of(language);
    let draft = |scope: Scope, finding: &Finding| DraftedFinding {
        kind: finding.kind,
        from: Draft { rule: name_of(&finding.rule), key: finding.key.clone() },
        text: sentence(finding, words, language, scope != Scope::Event),
        capability: finding.capability,
        rows: finding.rows.clone(),
        scope,
    };
    let of_event = report.findings.iter().map(|finding| draft(Scope::Event, finding));
    let of_teams = report
        .teams
        .iter()
        .flat_map(|team| team.findings.iter().map(|finding| draft(Scope::Team(team.team.clone()), finding)));
    of_event.chain(of_teams).collect()
}

/// The rows that it rests on.
#[cfg(feature = "pdf")]
pub(super) fn rows(finding: &Finding, words: &Words) -> Option<String> {
    named_rows(&finding.rows, words)
}

/// Rows of the log, the first of them by number.
#[cfg(feature = "pdf")]
pub(super) fn named_rows(rows: &[i64], words: &Words) -> Option<String> {
    let (before, named, after) = rows_in_words(rows, words)?;
    let named: Vec<String> = named.iter().map(ToString::to_string).collect();
    Some(format!("{before}{}{after}", named.join(", ")))
}

/// Rows of the log in parts: the words before, the rows that are named one by one, the words after.
pub(super) fn rows_in_words<'a>(rows: &'a [i64], words: &Words) -> Option<(String, &'a [i64], String)> {
    /// Stands in no catalogue.
    const HERE: &str = "\u{0}";
    let named = rows.get(..ROWS_NAMED).unwrap_or(rows);
    let sentence = match rows.len() - named.len() {
        _ if named.is_empty() => return None,
        0 => fill(&words.findings.rows, &[("rows", HERE)]),
        more => fill(&words.findings.more_rows, &[("rows", HERE), ("n", &more.to_string())]),
    };
    let (before, after) = sentence.split_once(HERE)?;
    Some((before.to_owned(), named, after.to_owned()))
}

fn gaps(finding: &Finding, words: &Words, language: &Language) -> Vec<(&'static str, String)> {
    let count = |n: &u32, of: &u32| [("n", n.to_string()), ("of", of.to_string())];
    let score = |milli: &i64| figures::points(*milli, &words.decimal);
    let of_capability = || named(&words.capabilities, finding.capability);
    match &finding.rule {
        Rule::Met { title, percent, n, of, .. } | Rule::Missed { title, percent, n, of, .. } => {
            told(title.get(language), *percent, count(n, of))
        }
        Rule::InTarget { title, median, target, n, of, .. } | Rule::PastTarget { title, median, target, n, of, .. } => {
            timed(title.get(language), figures::length(*median), figures::length(*target), count(n, of))
        }
        Rule::Late { title, n, of, .. } | Rule::CriticalUndone { title, n, of, .. } => {
            with("title", title.get(language), count(n, of))
        }
        Rule::Capable { score_milli, .. } | Rule::Incapable { score_milli, .. } => {
            vec![("capability", of_capability()), ("score", score(score_milli))]
        }
        Rule::Shared { messages, n, of } => with("messages", &messages.to_string(), count(n, of)),
        Rule::NotShared { .. } => Vec::new(),
        Rule::LogKept { n, of } | Rule::NoLog { n, of } => count(n, of).into(),
    }
}

fn with(gap: &'static str, text: &str, count: [(&'static str, String); 2]) -> Vec<(&'static str, String)> {
    [(gap, text.to_owned())].into_iter().chain(count).collect()
}

fn told(title: &str, percent: u32, count: [(&'static str, String); 2]) -> Vec<(&'static str, String)> {
    [("title", title.to_owned()), ("percent", percent.to_string())].into_iter().chain(count).collect()
}

fn timed(
    title: &str,
    median: String,
    target: String,
    count: [(&'static str, String); 2],
) -> Vec<(&'static str, String)> {
    [("title", title.to_owned()), ("median", median), ("target", target)].into_iter().chain(count).collect()
}
