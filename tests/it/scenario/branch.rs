//! Flags, variables, conditions, other words, hints, breaks and cut lines: read as they are written,
//! and every mistake in them named, placed and answered.

use drillhall::{
    engine::{
        plan::{Absent, Channel, Condition, Quantity, Subject, Trigger},
        text::Text,
        time::Millis,
    },
    scenario::{Pack, diagnostic::Diagnostics},
};

use super::fixture::{BRANCHES, load_text};

fn with(from: &str, to: &str) -> String {
    assert!(BRANCHES.contains(from), "the fixture no longer says {from:?}");
    BRANCHES.replacen(from, to, 1)
}

fn right(scenario: &str) -> Pack {
    load_text(scenario).unwrap_or_else(|wrong| panic!("{wrong}"))
}

/// What is changed, and the code, line, column and advice that must come of it.
type Case = (&'static str, &'static str, &'static str, u32, u32, &'static str);

const BAD_CONDITIONS: &[Case] = &[
    ("{flag: warned}", "{flag: warnd}", "unknown_reference", 39, 18, "did you mean 'warned'?"),
    ("{flag: warned}", "{flg: warned}", "unknown_value", 39, 12, "did you mean 'flag'?"),
    ("{flag: warned}", "{received: alrt}", "unknown_reference", 39, 22, "did you mean 'alert'?"),
    ("{flag: warned}", "{all: []}", "empty_condition", 39, 12, "put a condition into the list"),
    (
        "inject: alert, field: act, includes: warn",
        "inject: alrt, field: act, includes: warn",
        "unknown_reference",
        8,
        80,
        "did you mean 'alert'?",
    ),
    ("field: act, includes", "field: acts, includes", "unknown_reference", 8, 94, "did you mean 'act'?"),
    ("includes: warn", "includes: war", "unknown_reference", 8, 109, "did you mean 'warn'?"),
    (
        "field: act, includes",
        "field: why, includes",
        "no_options",
        8,
        109,
        "ask whether the inject was answered:, or let staff set a flag",
    ),
    (
        "{flag: warned}",
        "{answered: thanks}",
        "nothing_to_answer",
        39,
        22,
        "give its form a field, or ask for acknowledged: or opened:",
    ),
    (
        "inject: alert, for: 20m",
        "inject: thanks, for: 20m",
        "nothing_to_answer",
        49,
        34,
        "give its form a field, or ask for acknowledged: or opened:",
    ),
    (
        "{flag: warned}",
        "{acknowledged: reproach}",
        "nothing_to_acknowledge",
        39,
        26,
        "write acknowledge: true in its form, or ask for opened:",
    ),
    (
        "{flag: warned}",
        "{score: {inject: thanks, below: 40}}",
        "nothing_scored",
        39,
        28,
        "give a field of it points",
    ),
    (
        "{flag: warned}",
        "{score: {inject: alert}}",
        "missing_key",
        39,
        12,
        "write at_least: 60, or below: 40, in percent",
    ),
    ("{flag: warned}", "{score: {at_least: 101}}", "out_of_range", 39, 31, ""),
    ("{flag: warned}", "{logged: 0}", "out_of_range", 39, 20, ""),
    ("{flag: warned}", "{logged: many}", "wrong_type", 39, 20, ""),
    ("{flag: warned}", "{teams: {of: {at_least: 0}, meet: {flag: warned}}}", "out_of_range", 39, 36, ""),
    (
        "{flag: warned}",
        "{teams: {of: all, cohort: c, meet: {flag: warned}}}",
        "unknown_reference",
        39,
        38,
        "known here: a, b",
    ),
    ("{flag: warned}", "{teams: {of: most, meet: {flag: warned}}}", "unknown_value", 39, 25, "known here: any, all, at_least"),
    (
        "{flag: warned}",
        "{teams: {of: all, meet: {flag: warned}, without: [ofline]}}",
        "unknown_value",
        39,
        62,
        "did you mean 'offline'?",
    ),
    ("{flag: warned}", "{flag: warned, logged: 2}", "wrong_type", 39, 27, ""),
    ("for: 20m", "for: soon", "bad_duration", 49, 46, "write hours, minutes and seconds, as in 90m, 1h30m, 45s or -10m"),
    ("for: 20m", "for: -1m", "out_of_range", 49, 46, ""),
    (
        "{flag: warned}",
        "{not: {not: {not: {not: {not: {not: {not: {not: {flag: warned}}}}}}}}}",
        "too_deep",
        39,
        60,
        "set a flag by one part of it, and ask for the flag",
    ),
];

const BAD_PARTS: &[Case] = &[
    ("{id: warned, title", "{id: Warned, title", "bad_id", 8, 10, "use 1 to 40 lower-case letters, digits and hyphens"),
    ("at: 30m, length: 10m", "at: 61m, length: 10m", "after_end", 12, 53, "move it, or make meta.duration longer"),
    ("at: 30m, length: 10m", "at: 30m, length: 0m", "out_of_range", 12, 66, ""),
    (
        "length: 10m}\n",
        "length: 10m}\n  - {id: more, title: {en: More, fr: Plus}, at: 30m, length: 5m}\n",
        "out_of_order",
        13,
        49,
        "put breaks in order of time",
    ),
    ("cohort: a, at", "cohort: c, at", "unknown_reference", 14, 14, "known here: a, b"),
    ("until: 45m", "until: 40m", "out_of_range", 14, 33, "give until a later plan time than at"),
    ("until: 45m", "until: 65m", "after_end", 14, 33, "move it, or make meta.duration longer"),
    (", alias: north, for", ", for", "missing_key", 5, 71, "write alias:, or leave for_team out"),
    ("alias: south", "alias: north", "duplicate_id", 6, 98, ""),
    ("'Trouble in {{town}}.'", "'Trouble in {{twn}}.'", "unknown_variable", 21, 29, "did you mean 'town'?"),
    ("'Ennuis à {{town}}.'", "'Ennuis à {{twon}}.'", "unknown_variable", 21, 61, "did you mean 'town'?"),
    ("'Trouble in {{town}}.'", "'Trouble in {{ town }}.'", "unknown_variable", 21, 29, "write {{town}}"),
    (
        "{en: Warn, fr",
        "{en: 'Warn {{town}}', fr",
        "variable_not_allowed",
        28,
        52,
        "use it in a title, a body, for_guests, an alt text, or the label or help of a field",
    ),
    ("price_percent: 20", "price_percent: 101", "out_of_range", 31, 71, ""),
    (
        "price_percent: 20}",
        "price_percent: 60}\n          - {id: two, label: {en: T, fr: T}, price_percent: 60}",
        "hint_without_text",
        32,
        18,
        "write it under staff.hints, as two: …",
    ),
    ("      hints: {who: {en: The neighbours., fr: Les voisins.}}\n", "", "hint_without_text", 31, 18, "write it under staff.hints, as who: …"),
    ("hints: {who:", "hints: {whom:", "hint_without_text", 31, 18, "write it under staff.hints, as who: …"),
    (
        "    at: 1m\n",
        "    at: 1m\n    delay: 2m\n",
        "delay_not_allowed",
        19,
        12,
        "put it into after: {inject: …, delay: …}, or write when:",
    ),
    (
        "    at: 1m\n",
        "    at: 1m\n    when: {flag: warned}\n",
        "one_trigger",
        16,
        9,
        "write at: 10m, after: {inject: …, delay: 5m}, when: {…} or manual: true",
    ),
    ("      - id: short\n        when: {logged: 3}\n", "      - id: short\n", "missing_key", 43, 7, ""),
    ("{en: Thanks, fr: Merci}, body: {en: Well", "{en: Thanks}, body: {en: Well", "missing_translation", 42, 21, "translate it, or take the language out of meta.languages"),
];

#[test]
fn each_mistake_is_named_placed_and_answered() {
    let mut missed = Vec::new();
    for (from, to, code, line, column, advice) in BAD_CONDITIONS.iter().chain(BAD_PARTS) {
        let found = match load_text(&with(from, to)) {
            Ok(pack) => panic!("no error was found for {to:?}: {:?}", pack.warnings),
            Err(Diagnostics(found)) => found,
        };
        let first = (found[0].code, found[0].line, found[0].column, found[0].suggestion.as_deref().unwrap_or_default());
        if first != (*code, *line, *column, *advice) {
            missed.push(format!("{to:?} gave {first:?}\n{}", found[0]));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n\n"));
}
