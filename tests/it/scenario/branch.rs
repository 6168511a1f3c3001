//! Flags, variables, conditions, other words, hints, breaks and cut lines: read as they are written,
//! and every mistake in them named, placed and answered.

use drillhall::{
    engine::{
        plan::{Absent, Channel, Condition, Quantity, Subject, Trigger},
        text::Text,
        time::Millis,
    },
    scenario::{Pack, diagnostic::Diagnostics, summary},
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
    ("{flag: warned}", "{flag: warnd}", "unknown_reference", 37, 18, "did you mean 'warned'?"),
    ("{flag: warned}", "{flg: warned}", "unknown_value", 37, 12, "did you mean 'flag'?"),
    ("{flag: warned}", "{received: alrt}", "unknown_reference", 37, 22, "did you mean 'alert'?"),
    ("{flag: warned}", "{all: []}", "empty_condition", 37, 11, "put a condition into the list"),
    (
        "inject: alert, field: act, includes: warn",
        "inject: alrt, field: act, includes: warn",
        "unknown_reference",
        8,
        75,
        "did you mean 'alert'?",
    ),
    ("field: act, includes", "field: acts, includes", "unknown_reference", 8, 89, "did you mean 'act'?"),
    ("includes: warn", "includes: war", "unknown_reference", 8, 104, "did you mean 'warn'?"),
    (
        "field: act, includes",
        "field: why, includes",
        "no_options",
        8,
        104,
        "ask whether the inject was answered:, or let staff set a flag",
    ),
    (
        "{flag: warned}",
        "{answered: thanks}",
        "nothing_to_answer",
        37,
        22,
        "give its form a field, or ask for acknowledged: or opened:",
    ),
    (
        "inject: alert, for: 20m",
        "inject: thanks, for: 20m",
        "nothing_to_answer",
        47,
        36,
        "give its form a field, or ask for acknowledged: or opened:",
    ),
    (
        "{flag: warned}",
        "{acknowledged: reproach}",
        "nothing_to_acknowledge",
        37,
        26,
        "write acknowledge: true in its form, or ask for opened:",
    ),
    ("{flag: warned}", "{score: {inject: thanks, below: 40}}", "nothing_scored", 37, 28, "give a field of it points"),
    (
        "{flag: warned}",
        "{score: {inject: alert}}",
        "missing_key",
        37,
        11,
        "write at_least: 60, or below: 40, in percent",
    ),
    ("{flag: warned}", "{score: {at_least: 101}}", "out_of_range", 37, 30, ""),
    ("{flag: warned}", "{logged: 0}", "out_of_range", 37, 20, ""),
    ("{flag: warned}", "{logged: many}", "wrong_type", 37, 20, ""),
    ("{flag: warned}", "{teams: {of: {at_least: 0}, meet: {flag: warned}}}", "out_of_range", 37, 35, ""),
    (
        "{flag: warned}",
        "{teams: {of: all, cohort: c, meet: {flag: warned}}}",
        "unknown_reference",
        37,
        37,
        "known here: a, b",
    ),
    (
        "{flag: warned}",
        "{teams: {of: most, meet: {flag: warned}}}",
        "unknown_value",
        37,
        24,
        "known here: any, all, at_least",
    ),
    (
        "{flag: warned}",
        "{teams: {of: all, meet: {flag: warned}, without: [ofline]}}",
        "unknown_value",
        37,
        61,
        "did you mean 'offline'?",
    ),
    ("{flag: warned}", "{flag: warned, logged: 2}", "wrong_type", 37, 26, ""),
    (
        "for: 20m",
        "for: soon",
        "bad_duration",
        47,
        48,
        "write hours, minutes and seconds, as in 90m, 1h30m, 45s or -10m",
    ),
    ("for: 20m", "for: -1m", "out_of_range", 47, 48, ""),
    (
        "{flag: warned}",
        "{not: {not: {not: {not: {not: {not: {not: {not: {flag: warned}}}}}}}}}",
        "too_deep",
        37,
        59,
        "set a flag by one part of it, and ask for the flag",
    ),
    (
        "{flag: warned}",
        "{teams: {of: any, meet: {not: {teams: {of: all, meet: {flag: warned}}}}}}",
        "teams_in_teams",
        37,
        11,
        "set a flag by the inner one, and ask for the flag",
    ),
];

const BAD_PARTS: &[Case] = &[
    ("{id: warned, title", "{id: Warned, title", "bad_id", 8, 10, "use 1 to 40 lower-case letters, digits and hyphens"),
    ("at: 30m, length: 10m", "at: 61m, length: 10m", "after_end", 12, 48, "move it, or make meta.duration longer"),
    ("at: 30m, length: 10m", "at: 30m, length: 0m", "out_of_range", 12, 61, ""),
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
    (", alias: north, for", ", for", "missing_key", 5, 72, "write alias:, or leave for_team out"),
    ("alias: south", "alias: north", "duplicate_id", 6, 98, ""),
    ("'Trouble in {{town}}.'", "'Trouble in {{twn}}.'", "unknown_variable", 21, 30, "did you mean 'town'?"),
    ("'Ennuis à {{town}}.'", "'Ennuis à {{twon}}.'", "unknown_variable", 21, 56, "did you mean 'town'?"),
    ("'Trouble in {{town}}.'", "'Trouble in {{ town }}.'", "unknown_variable", 21, 30, "write {{town}}"),
    (
        "{en: Warn, fr",
        "{en: 'Warn {{town}}', fr",
        "variable_not_allowed",
        28,
        51,
        "use it in a title, a body, for_guests, an alt text, or the label or help of a field",
    ),
    ("price_percent: 20", "price_percent: 101", "out_of_range", 31, 69, ""),
    (
        "price_percent: 20}",
        "price_percent: 10}\n          - {id: two, label: {en: T, fr: T}, price_percent: 10}",
        "hint_without_text",
        32,
        18,
        "write it under staff.hints, as two: …",
    ),
    (
        "      hints: {who: {en: The neighbours., fr: Les voisins.}}\n",
        "",
        "hint_without_text",
        31,
        18,
        "write it under staff.hints, as who: …",
    ),
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
    ("      - id: short\n        when: {logged: 3}\n", "      - id: short\n", "missing_key", 43, 9, ""),
    (
        "{en: Thanks, fr: Merci}, body: {en: Well",
        "{en: Thanks}, body: {en: Well",
        "missing_translation",
        40,
        21,
        "translate it, or take the language out of meta.languages",
    ),
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

#[test]
fn a_careful_scenario_with_branches_raises_nothing() {
    let pack = right(BRANCHES);
    assert_eq!((pack.warnings, pack.hints), (Vec::new(), Vec::new()));
}

#[test]
fn what_is_written_is_what_the_engine_gets() {
    let plan = right(BRANCHES).plan;
    let [alert, thanks, reproach] = plan.injects.as_slice() else { panic!("{:?}", plan.injects) };
    let warned = Condition::Answer { inject: "alert".into(), field: "act".into(), includes: "warn".into() };
    assert_eq!(plan.flags[0].when, Some(warned));
    assert_eq!(plan.variables[0].default.get(&"fr".into()), "Salines");
    assert_eq!((plan.breaks[0].at, plan.breaks[0].length), (Millis::minutes(30), Millis::minutes(10)));
    assert_eq!(
        (plan.cuts[0].cohort.clone(), plan.cuts[0].at, plan.cuts[0].until),
        (Some("a".into()), Millis::minutes(40), Millis::minutes(45))
    );
    assert_eq!((plan.directory[1].alias.clone(), plan.directory[1].for_team), (Some("south".into()), true));
    let flag = Condition::Flag("warned".into());
    assert_eq!(thanks.trigger, Trigger::When { condition: flag, delay: Millis::minutes(2) });
    assert_eq!(thanks.only_if, Some(Condition::Not(Box::new(Condition::Received("reproach".into())))));
    let silent = Condition::Silent { inject: "alert".into(), length: Millis::minutes(20) };
    let not_thanked = Condition::Not(Box::new(Condition::Received("thanks".into())));
    let condition = Condition::All(vec![silent, not_thanked]);
    assert_eq!(reproach.trigger, Trigger::When { condition, delay: Millis(0) });
    let offer = &alert.content.form.as_ref().unwrap().hints[0];
    assert_eq!((offer.id.as_str(), offer.price_permille), ("who", 200));
    assert_eq!(alert.staff.hints[0].text.get(&"en".into()), "The neighbours.");
}

#[test]
fn other_words_keep_what_they_do_not_say() {
    let scenario = with(
        "    player: {title: {en: Asleep?",
        "    alternatives:\n      - {id: mild, when: {logged: 1}, player: {title: {en: Hm, fr: Hm}, body: {en: H, fr: H}}}\n    player: {title: {en: Asleep?",
    );
    let plan = right(&scenario).plan;
    let mild = &plan.injects[2].alternatives[0].content;
    assert_eq!(
        (mild.channel, mild.title.clone()),
        (Channel::Phone, plan.injects[2].alternatives[0].content.title.clone())
    );
    assert_eq!(mild.title, Text([("en".into(), "Hm".to_owned()), ("fr".into(), "Hm".to_owned())].into()));
    assert_eq!(plan.injects[1].alternatives[0].content.form, plan.injects[1].content.form);
}

#[test]
fn several_teams_can_be_asked() {
    let teams = "{teams: {of: {at_least: 2}, cohort: b, meet: {score: {at_least: 60}}, without: [paused, offline]}}";
    let plan = right(&with("{flag: warned}", teams)).plan;
    let Trigger::When { condition, .. } = &plan.injects[1].trigger else { panic!("{:?}", plan.injects[1]) };
    let quantity = Quantity {
        of: Subject::AtLeast(2),
        cohort: Some("b".into()),
        meet: Condition::Score { inject: None, at_least: Some(600), below: None },
        without: vec![Absent::Paused, Absent::Offline],
    };
    assert_eq!(*condition, Condition::Teams(Box::new(quantity)));
}

/// Where nobody has an alias, nobody can write to a peer.
#[test]
fn peers_need_aliases() {
    let scenario = with("{flag: warned}", "{told_peers: 1}").replace(", for_team: true", "");
    let Err(Diagnostics(found)) = load_text(&scenario) else { panic!("nobody can write to anybody") };
    assert_eq!((found[0].code, found[0].line, found[0].column), ("no_peers", 37, 24), "{}", found[0]);
    right(&with("{flag: warned}", "{told_peers: 1}"));
}

/// Braces may mean something else where a scenario has no variables: imported texts stay readable.
#[test]
fn without_variables_braces_are_only_pointed_out() {
    let scenario = "format: 1\nmeta: {name: x, title: X, tlp: clear, languages: [en], duration: 9m}\ninjects:\n  \
                    - {id: a, kind: admin, at: 0m, player: {title: A, body: 'Dear {{name}}, {{ if x }} {}'}}\n";
    let pack = right(scenario);
    let found: Vec<_> = pack.warnings.iter().map(|w| (w.code, w.line, w.column, w.message.as_str())).collect();
    assert_eq!(found, [("unknown_variable", 4, 65, "There is no variable 'name'.")]);
}

/// Hints that cost more than scores take off are refused at the one that tips the scale.
#[test]
fn the_prices_of_hints_are_added_up() {
    let two = |first: u32, second: u32| {
        with(
            "price_percent: 20}",
            &format!(
                "price_percent: {first}}}\n          - {{id: two, label: {{en: T, fr: T}}, price_percent: {second}}}"
            ),
        )
        .replacen("hints: {who:", "hints: {two: {en: T, fr: T}, who:", 1)
    };
    assert_eq!(right(&two(20, 10)).warnings, []);
    let Err(Diagnostics(found)) = load_text(&two(20, 11)) else { panic!("hints may not cost more than 30 %") };
    assert_eq!((found[0].code, found[0].line, found[0].column), ("hints_too_dear", 32, 61), "{}", found[0]);
}

/// What rules each other out counts once: a team never gets more than the dearer of the two.
#[test]
fn the_summary_counts_what_can_come_together() {
    let both = summary(&right(BRANCHES));
    assert!(both.contains("team of a        injects 1-2, answers 1, points 10"), "{both}");
    let alone = summary(&right(&with("    only_if: {not: {received: reproach}}\n", "")));
    assert!(alone.contains("team of a        injects 1-3, answers 1, points 10"), "{alone}");
}

#[test]
fn hints_do_not_stand_in_the_way() {
    let pack = right(&with(", when: {answer: {inject: alert, field: act, includes: warn}}", ""));
    assert_eq!(pack.warnings, []);
    insta::assert_snapshot!(pack.hints[0], @r"
    hint[set_by_staff]: scenario.yaml:8:10: Only staff can set this flag.
     8 |   - {id: warned, title: {en: Warned, fr: Averti}}
       |          ^
    help: that may be meant; if not, write when:
    ");
}
