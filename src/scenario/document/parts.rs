//! Which parts a document has, in their order, and how each is answered.

use super::words::{markings, options};
use crate::engine::{
    plan::{Document, FieldKind},
    text::Language,
};

/// A part of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::scenario) struct Part {
    /// What it is called in ids: `severity` in `report-severity`.
    pub(in crate::scenario) name: &'static str,
    /// How it is answered.
    pub(in crate::scenario) kind: PartKind,
    /// Whether a complete document has it.
    pub(in crate::scenario) wanted: bool,
}

/// How a part is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::scenario) enum PartKind {
    /// One of these options.
    Options(&'static [&'static str]),
    /// One of these markings of a protocol.
    Marking(&'static str, &'static [&'static str]),
    /// One line.
    Line,
    /// Free text of so many characters.
    Text(u32),
    Indicators,
    Techniques,
    Classification,
    Severity,
    Time,
}

use PartKind::{Classification, Indicators, Line, Marking, Options, Severity, Techniques, Text, Time};

/// Most characters of a line.
const LINE: u32 = 200;
/// Most characters of a text, and of a short one.
const LONG: u32 = 2_000;
const SHORT: u32 = 1_000;
/// Most lines of indicators, and most techniques.
const MOST_INDICATORS: u32 = 50;
const MOST_TECHNIQUES: u32 = 20;

const CAUSE: PartKind = Options(&["suspected", "not-suspected", "unknown"]);
const BORDER: PartKind = Options(&["possible", "none", "unknown"]);
const SURE: PartKind = Options(&["low", "medium", "high"]);
/// Traffic Light Protocol 2.0.
const TLP: PartKind = Marking("TLP", &["red", "amber-strict", "amber", "green", "clear"]);
/// Permissible Actions Protocol: the Traffic Light Protocol says who may know, and this one what may be done.
const PAP: PartKind = Marking("PAP", &["red", "amber", "green", "clear"]);

const fn part(name: &'static str, kind: PartKind) -> Part {
    Part { name, kind, wanted: true }
}

/// A part that a small team may have no means to know yet: nothing is missing without it.
const fn spare(name: &'static str, kind: PartKind) -> Part {
    Part { name, kind, wanted: false }
}

/// As short as the rule allows: whoever writes it has hardly begun to look.
const EARLY_WARNING: &[Part] = &[
    part("aware", Time),
    part("malicious", CAUSE),
    part("border", BORDER),
    part("happened", Text(LONG)),
    part("actions", Text(SHORT)),
    part("contact", Line),
];

const NOTIFICATION: &[Part] = &[
    part("started", Time),
    part("detected", Time),
    part("reported", Time),
    part("class", Classification),
    part("severity", Severity),
    part("why", Text(SHORT)),
    part("affected", Text(SHORT)),
    part("happened", Text(LONG)),
    part("vector", Text(SHORT)),
    part("techniques", Techniques),
    part("indicators", Indicators),
    part("tlp", TLP),
    spare("pap", PAP),
    part("impact", Text(SHORT)),
    part("border", BORDER),
    part("actions", Text(SHORT)),
    part("asked", Text(SHORT)),
    part("confidence", SURE),
    // By now the images may still be running; in the final report the hashes are wanted.
    spare("evidence", Indicators),
    part("told", Text(SHORT)),
    part("next", Line),
    part("contact", Line),
];

const FINAL_REPORT: &[Part] = &[
    part("started", Time),
    part("detected", Time),
    part("reported", Time),
    part("ended", Time),
    part("class", Classification),
    part("severity", Severity),
    part("why", Text(SHORT)),
    part("affected", Text(SHORT)),
    part("happened", Text(LONG)),
    part("vector", Text(SHORT)),
    part("cause", Text(LONG)),
    part("techniques", Techniques),
    part("indicators", Indicators),
    part("tlp", TLP),
    spare("pap", PAP),
    part("impact", Text(SHORT)),
    part("border", BORDER),
    part("measures", Text(LONG)),
    part("confidence", SURE),
    part("lessons", Text(LONG)),
    part("evidence", Indicators),
    part("told", Text(SHORT)),
    part("contact", Line),
];

const ADVISORY: &[Part] = &[
    part("title", Line),
    part("number", Line),
    part("tlp", TLP),
    part("date", Time),
    part("audience", Line),
    part("summary", Text(LONG)),
    part("products", Text(SHORT)),
    part("detection", Text(SHORT)),
    part("mitigation", Text(LONG)),
    part("workaround", Text(SHORT)),
    part("indicators", Indicators),
    part("references", Text(SHORT)),
    part("revision", Line),
    part("contact", Line),
];

const SITREP: &[Part] = &[
    part("period", Line),
    part("situation", Text(LONG)),
    part("actions", Text(SHORT)),
    part("decisions", Text(SHORT)),
    part("needs", Text(SHORT)),
    part("outlook", Text(SHORT)),
    part("next", Line),
];

/// The parts of a document, in their order.
pub(in crate::scenario) fn parts(document: Document) -> &'static [Part] {
    match document {
        Document::EarlyWarning => EARLY_WARNING,
        Document::Notification => NOTIFICATION,
        Document::FinalReport => FINAL_REPORT,
        Document::Advisory => ADVISORY,
        Document::Sitrep => SITREP,
    }
}

/// The part that says most: what a document is worth goes there if nothing in it has a right answer.
pub(in crate::scenario) fn main_part(document: Document) -> &'static str {
    match document {
        Document::EarlyWarning | Document::Notification | Document::FinalReport => "happened",
        Document::Advisory => "summary",
        Document::Sitrep => "situation",
    }
}

impl PartKind {
    /// As a type of field whose options are in some languages.
    pub(in crate::scenario) fn field(self, languages: &[Language]) -> FieldKind {
        match self {
            Options(ids) => FieldKind::Choice { options: options(ids, languages) },
            Marking(protocol, ids) => FieldKind::Choice { options: markings(protocol, ids, languages) },
            Line => FieldKind::ShortText { max_chars: LINE },
            Text(max_chars) => FieldKind::LongText { max_chars },
            Indicators => FieldKind::Indicators { max_lines: MOST_INDICATORS },
            Techniques => FieldKind::Techniques { most: MOST_TECHNIQUES },
            Classification => FieldKind::Classification,
            Severity => FieldKind::Severity,
            Time => FieldKind::Timestamp,
        }
    }
}
