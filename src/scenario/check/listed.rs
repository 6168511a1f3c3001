//! Names that answers are chosen from: the options of a field, or the lists that come with the program.

use super::{Checker, known_name};
use crate::{
    engine::{
        plan::{Choice, FieldKind, SEVERITIES},
        taxonomy::{attack, rsit},
    },
    scenario::{
        diagnostic::Findings,
        value::{At, Code},
    },
};

/// What there is to choose from in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Listed<'a> {
    /// Options that the scenario names.
    Options(Vec<&'a str>),
    /// Classes and types of incidents (RSIT).
    Classes,
    /// Levels of severity.
    Severities,
    /// Techniques (ATT&CK).
    Techniques,
}

impl<'a> Listed<'a> {
    /// What a type of field has people choose from; none if they write.
    pub(super) fn of(kind: &'a FieldKind) -> Option<Self> {
        let ids = |options: &'a [Choice]| Self::Options(options.iter().map(|option| option.id.as_str()).collect());
        match kind {
            FieldKind::Choice { options } | FieldKind::MultiChoice { options } => Some(ids(options)),
            FieldKind::Decision { options } if !options.is_empty() => Some(ids(options)),
            FieldKind::Classification => Some(Self::Classes),
            FieldKind::Severity => Some(Self::Severities),
            FieldKind::Techniques { .. } => Some(Self::Techniques),
            _ => None,
        }
    }

    /// Checks that a code is one of them.
    pub(super) fn check(&self, findings: &mut Findings, code: &At<Code>) {
        let (name, place) = (code.0.as_str(), code.place);
        match self {
            Self::Options(options) => known_name(findings, name, place, "option", options.iter().copied()),
            Self::Severities => known_name(findings, name, place, "severity", SEVERITIES),
            Self::Classes if !rsit::is_known(name) => unknown_class(findings, code),
            Self::Techniques if !attack::is_known(name) => unknown_technique(findings, code),
            Self::Classes | Self::Techniques => {}
        }
    }
}

impl Checker<'_> {
    /// Checks a reference to what a field has people choose from.
    pub(super) fn listed(&mut self, code: &At<Code>, kind: &FieldKind) {
        // A decision without options takes none.
        let listed = Listed::of(kind).unwrap_or(Listed::Options(Vec::new()));
        listed.check(self.findings, code);
    }
}

fn unknown_class(findings: &mut Findings, code: &At<Code>) {
    if findings.is_full() {
        return;
    }
    let name = code.0.as_str();
    let codes = || rsit::CLASSES.iter().flat_map(|class| class.types.iter().map(|t| t.code).chain([class.code]));
    // Somebody may have left out the class before a type.
    let by_type = codes().find(|known| known.rsplit_once('/').is_some_and(|(_, last)| last == name));
    let diagnostic = findings.error("unknown_reference", code.place, format!("RSIT has no class or type '{name}'."));
    if let Some(known) = by_type {
        diagnostic.suggest(format!("did you mean '{known}'?"));
    } else {
        let classes: Vec<&str> = rsit::CLASSES.iter().map(|class| class.code).collect();
        diagnostic.suggest(format!("known classes: {}", classes.join(", ")));
        diagnostic.suggest_nearest(name, codes());
    }
}

fn unknown_technique(findings: &mut Findings, code: &At<Code>) {
    if findings.is_full() {
        return;
    }
    let name = code.0.as_str();
    let meant = attack::current(name).or_else(|| attack::search(name, 1).first().copied());
    let message = format!("ATT&CK {} has no technique '{name}'.", attack::VERSION);
    let diagnostic = findings.error("unknown_reference", code.place, message);
    match meant {
        Some(technique) => diagnostic.suggest(format!("did you mean '{}' ({})?", technique.id, technique.name)),
        None => diagnostic.suggest("write ids such as T1566 or T1566.001"),
    }
}
