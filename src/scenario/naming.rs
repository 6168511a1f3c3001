//! Names that importers give: ids from titles, capabilities from the words of an objective.

use std::collections::BTreeSet;

/// Most characters of an id.
const ID_CHARS: usize = 40;

/// A text as an id: its words in lower case, joined by hyphens, at most 40 characters.
pub(super) fn slug(text: &str) -> String {
    let text = fold(text);
    let mut slug = String::new();
    for word in text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        if !slug.is_empty() && slug.len() + 1 + word.len() > ID_CHARS {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.extend(word.chars().take(ID_CHARS));
    }
    slug
}

/// An id from a title that is not taken yet.
pub(super) fn unique(title: &str, otherwise: &str, taken: &mut BTreeSet<String>) -> String {
    let slug = slug(title);
    let base = if slug.is_empty() { otherwise.to_owned() } else { slug };
    let mut id = base.clone();
    let mut n = 2;
    while !taken.insert(id.clone()) {
        let short: String = base.chars().take(34).collect();
        id = format!("{short}-{n}");
        n += 1;
    }
    id
}

/// In lower case and without the accents of Latin letters.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => folded.push('a'),
            'ç' => folded.push('c'),
            'è' | 'é' | 'ê' | 'ë' => folded.push('e'),
            'ì' | 'í' | 'î' | 'ï' => folded.push('i'),
            'ñ' => folded.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' => folded.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => folded.push('u'),
            'ý' | 'ÿ' => folded.push('y'),
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            '\u{300}'..='\u{36f}' => {}
            c => folded.push(c),
        }
    }
    folded
}

/// The capability that an objective speaks of, as far as its words tell.
pub(super) fn capability(objective: &str) -> &'static str {
    const BY_WORD: &[(&str, &[&str])] = &[
        ("evidence_and_record_keeping", &["evidence", "log", "record", "preserv", "document", "preuve", "prueba"]),
        ("notification_and_reporting", &["notif", "report to", "regulat", "breach", "law enforcement"]),
        ("advisory_and_public_communication", &["media", "press", "public", "advis", "communic", "comunic"]),
        ("triage_and_classification", &["classif", "clasif", "triage", "severity", "recogni", "detect"]),
        (
            "containment_and_recovery",
            &["contain", "confin", "contenci", "recover", "isol", "aisl", "restor", "restaur", "remediat", "disabl"],
        ),
        ("analysis_and_forensics", &["root cause", "analy", "anali", "forens", "investig", "enquet", "identif"]),
        ("coordination_and_sharing", &["coord", "contact", "escal", "shar", "partag", "compart", "involv", "partner"]),
    ];
    // A word counts where it begins: there is no media in "immediate".
    let objective = format!(" {}", fold(objective));
    let says = |word: &&str| objective.match_indices(*word).any(|(at, _)| objective[..at].ends_with([' ', '-', '(']));
    let found = BY_WORD.iter().find(|(_, words)| words.iter().any(says));
    found.map_or("crisis_decision_making", |(capability, _)| capability)
}
