//! Reads the YAML files of a pack into the model, and turns what the parser says into diagnostics.
//!
//! A hostile file is refused before it costs anything: by its size before it is read, by nodes,
//! depth and aliases while it is parsed.

use serde::de::DeserializeOwned;
use serde_saphyr::{Error, MergeKeyPolicy, Options, budget::BudgetBreach};

use super::{
    diagnostic::Findings,
    model::{Inject, InjectFile, Scenario},
    source::{ReadError, Source},
    value::Place,
};

/// Most bytes of one YAML file.
const MAX_YAML_BYTES: u64 = 1024 * 1024;
/// Most further files with injects.
const MAX_INJECT_FILES: usize = 100;

/// All YAML files of a pack.
pub(super) struct Parsed {
    /// The scenario file, its injects taken out.
    pub(super) scenario: Scenario,
    /// The injects of all files in order, each with the number of its file.
    pub(super) injects: Vec<(usize, Inject)>,
    /// Number of the scenario file.
    pub(super) main: usize,
}

/// Reads the scenario file and the inject files that it names; none if one of them could not be
/// read or understood.
pub(super) fn read_pack(source: &dyn Source, main: &str, findings: &mut Findings) -> Option<Parsed> {
    let text = match source.read(main, MAX_YAML_BYTES) {
        Ok(bytes) => decode(main, bytes, findings)?,
        Err(error) => {
            findings.error_in(main, read_error_code(&error), sentence(&error));
            return None;
        }
    };
    let number = findings.add_file(main, &text);
    let mut scenario: Scenario = parse(&text, findings)?;
    let mut injects: Vec<_> =
        std::mem::take(&mut scenario.injects).into_iter().map(|inject| (number, inject)).collect();
    let mut complete = true;
    for path in scenario.inject_files.iter().take(MAX_INJECT_FILES) {
        findings.open(number);
        let bytes = match source.read(path, MAX_YAML_BYTES) {
            Ok(bytes) => bytes,
            Err(error) => {
                findings.error(read_error_code(&error), path.place, format!("'{}': {}", path.value, sentence(&error)));
                complete = false;
                continue;
            }
        };
        let file = decode(path, bytes, findings).and_then(|text| {
            let number = findings.add_file(path, &text);
            Some((number, parse::<InjectFile>(&text, findings)?))
        });
        match file {
            Some((number, file)) => injects.extend(file.injects.into_iter().map(|inject| (number, inject))),
            None => complete = false,
        }
    }
    if let Some(path) = scenario.inject_files.get(MAX_INJECT_FILES) {
        findings.open(number);
        findings.error("too_large", path.place, format!("There are more than {MAX_INJECT_FILES} inject files."));
    }
    complete.then_some(Parsed { scenario, injects, main: number })
}

/// Stable code of a file that could not be read.
pub(super) fn read_error_code(error: &ReadError) -> &'static str {
    match error {
        ReadError::Missing | ReadError::NotAFile => "missing_file",
        ReadError::Outside => "path_escape",
        ReadError::TooLarge { .. } => "too_large",
        ReadError::Io(_) => "unreadable_file",
    }
}

/// An error as a sentence.
pub(super) fn sentence(error: &ReadError) -> String {
    let text = error.to_string();
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), chars.as_str()))
}

fn decode(file: &str, bytes: Vec<u8>, findings: &mut Findings) -> Option<String> {
    match String::from_utf8(bytes) {
        // The parser skips a byte order mark, and so must everything that counts columns.
        Ok(text) => Some(text.trim_start_matches('\u{feff}').to_owned()),
        Err(error) => {
            let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = valid.split(|byte| *byte == b'\n').count();
            findings
                .error_in(file, "not_utf8", format!("Line {line} is not valid UTF-8 text."))
                .suggest("save the file as UTF-8");
            None
        }
    }
}

fn parse<T: DeserializeOwned>(text: &str, findings: &mut Findings) -> Option<T> {
    match serde_saphyr::from_str_with_options(text, options()) {
        Ok(value) => Some(value),
        Err(error) => {
            explain(error.without_snippet(), findings);
            None
        }
    }
}

/// Bounds and habits of every YAML text that is read.
pub(super) fn options() -> Options {
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_nodes: 50_000,
            max_events: 150_000,
            max_depth: 64,
            flow_nesting_limit: 64,
            max_anchors: 100,
            max_aliases: 1_000,
            max_recorded_anchor_events: 50_000,
            max_recorded_anchor_bytes: 1024 * 1024,
            max_documents: 1,
            max_inclusion_depth: 0,
        },
        alias_limits: serde_saphyr::alias_limits! { max_total_replayed_events: 20_000 },
        merge_keys: MergeKeyPolicy::Error,
        strict_booleans: true,
        emit_comments: false,
        with_snippet: false,
    }
}

fn explain(error: &Error, findings: &mut Findings) {
    let place = error.location().map(Place::from).unwrap_or_default();
    match error {
        Error::SerdeUnknownField { field, expected, .. } => findings
            .error("unknown_key", place, format!("There is no key '{field}' here."))
            .suggest_nearest(field, expected.iter().copied()),
        Error::SerdeUnknownVariant { variant, expected, .. } => findings
            .error("unknown_value", place, format!("'{variant}' is not one of the values that are possible here."))
            .suggest_nearest(variant, expected.iter().copied()),
        Error::SerdeMissingField { field, .. } => {
            findings.error("missing_key", place, format!("The key '{field}' is missing in this map."));
        }
        Error::DuplicateMappingKey { key, .. } => findings
            .error("duplicate_key", place, format!("The key '{}' stands here twice.", key.as_deref().unwrap_or("?")))
            .suggest("keep one of the two"),
        Error::MergeKeyNotAllowed { .. } => {
            findings.error("unknown_key", place, "Merge keys ('<<') are not part of the format.");
        }
        Error::Budget { breach, .. } => refuse(breach, place, findings),
        Error::AliasReplayLimitExceeded { .. }
        | Error::AliasReplayCounterOverflow { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. }
        | Error::RecursiveReferencesRequireWeakTypes { .. } => {
            findings.error("too_many_aliases", place, "The aliases of this file unfold into too much.");
        }
        Error::AliasError { error, .. } => explain(error, findings),
        Error::MultipleDocuments { .. } => {
            findings.error("syntax", place, "A file holds one document; a second one starts here.");
        }
        _ => explain_type(error, place, findings),
    }
}

fn refuse(breach: &BudgetBreach, place: Place, findings: &mut Findings) {
    let (code, message) = match breach {
        BudgetBreach::Depth { .. } => ("too_deep", "The file is nested too deeply."),
        BudgetBreach::Aliases { .. } | BudgetBreach::Anchors { .. } | BudgetBreach::AliasAnchorRatio { .. } => {
            ("too_many_aliases", "The file has too many anchors or aliases.")
        }
        BudgetBreach::Documents { .. } => ("syntax", "A file holds one document; a second one starts here."),
        BudgetBreach::SequenceUnbalanced => ("syntax", "A list or a map is not closed."),
        _ => ("too_large", "The file holds too many values."),
    };
    findings.error(code, place, message);
}

fn explain_type(error: &Error, place: Place, findings: &mut Findings) {
    let wrong = |findings: &mut Findings, message: String, suggestion: &str| {
        let diagnostic = findings.error("wrong_type", place, message);
        if !suggestion.is_empty() {
            diagnostic.suggest(suggestion);
        }
    };
    match error {
        Error::InvalidBooleanStrict { .. } => {
            wrong(findings, "This must be true or false.".to_owned(), "write true or false, in lower case");
        }
        Error::InvalidScalar { ty, .. } => wrong(findings, format!("Here must be {}.", plain_name(ty)), ""),
        Error::Unexpected { expected, .. } => wrong(findings, format!("Here must be {}.", plain_name(expected)), ""),
        Error::SerdeInvalidType { unexpected, expected, .. }
        | Error::SerdeInvalidValue { unexpected, expected, .. } => {
            wrong(findings, format!("Here must be {}, not {unexpected}.", plain_name(expected)), "");
        }
        Error::ExpectedMappingEndAfterEnumVariantValue { .. } => {
            wrong(findings, "This map takes one key, and here is a second one.".to_owned(), "");
        }
        Error::NullIntoString { .. } => {
            let advice = "write '' for an empty text; within braces, a text with a comma needs quotation marks";
            wrong(findings, "Here must be text, not nothing.".to_owned(), advice);
        }
        Error::SerdeInvalidLength { .. }
        | Error::ExternallyTaggedEnumExpectedScalarOrMapping { .. }
        | Error::ExpectedStringKeyForExternallyTaggedEnum { .. }
        | Error::UnexpectedValueForUnitEnumVariant { .. }
        | Error::SerdeVariantId { .. }
        | Error::TaggedScalarCannotDeserializeIntoString { .. }
        | Error::UnexpectedValueForUnit { .. } => wrong(findings, one_line(error), ""),
        _ => {
            let message = one_line(error);
            // The scanner has a limit of its own for brackets in brackets and reports it in words only.
            let code = if message.contains("recursion limit") { "too_deep" } else { "syntax" };
            findings.error(code, place, message);
        }
    }
}

/// What the parser expected, in the words of the format's documentation.
fn plain_name(expected: &str) -> &str {
    match expected {
        "u32" => "a whole number, zero or more",
        "sequence start" => "a list",
        "mapping start" => "a map",
        "string scalar" => "text",
        other => other,
    }
}

fn one_line(error: &Error) -> String {
    let text = error.to_string();
    let text = text.lines().next().unwrap_or_default();
    // The place is printed by the diagnostic itself.
    text.split(" at line ").next().unwrap_or(text).to_owned()
}
