//! What is played while the server is killed.

use std::fmt::Write;

/// One inject a minute, more than are ever played.
pub(super) fn scenario() -> String {
    let mut yaml = "format: 1\nmeta: {name: crash, title: Crash, tlp: clear, languages: [en], duration: 10h}\n\
                    objectives:\n  - {id: o, title: Stand, capability: triage_and_classification}\ninjects:\n"
        .to_owned();
    for minute in 1..=500 {
        let inject = format!(
            "  - id: i{minute}\n    kind: task\n    at: {minute}m\n    audience: all\n    player:\n      title: No {minute}\n      \
             body: It is minute {minute}.\n      channel: mail\n      form:\n        deadline: 3m\n        fields:\n          \
             - {{id: answer, label: And now?, points: 1, long_text: {{max_chars: 500}}}}\n    \
             staff: {{objectives: [o]}}\n"
        );
        yaml.write_str(&inject).unwrap();
    }
    yaml
}

/// The same under a control that uses everything: a flag and what waits for it, a follower, silence, a
/// break, a line that is cut, a hint, a variable, and teams that know each other by name.
pub(super) fn scenario_of_everything() -> String {
    let head = "flags: [{id: seen, title: Seen}, {id: told, title: Told, when: {answered: i9}}]\n\
                variables: [{id: quay, title: Quay, default: quay 4}]\n\
                personas: [{id: minister, name: The minister}]\n\
                breaks: [{id: tea, title: Tea, at: 12m, length: 2m}, {id: late, title: Late tea, at: 60m, length: 1m}]\n\
                cuts: [{at: 15m, until: 19m, notice: The line is cut.}]\n\
                directory:\n  - {alias: north, for_team: true, name: CIRT north, role: peer, address: radio 1}\n\
                \x20 - {alias: south, for_team: true, name: CIRT south, role: peer, address: radio 2}\n\
                injects:\n";
    let rest = "  - id: follower\n    kind: contextual\n    after: {inject: i3, delay: 1m}\n    player: {title: Then, body: \"At the {{quay}}.\", channel: mail}\n\
                \x20 - id: branch\n    kind: contextual\n    when: {all: [{flag: told}, {not: {flag: seen}}]}\n    player: {title: So, body: You said it., channel: news}\n\
                \x20 - id: nudge\n    kind: contingency\n    when: {silent: {inject: i4, for: 2m}}\n    player: {title: Well, body: We wait., channel: phone}\n";
    let hint = "deadline: 3m\n        hints: [{id: look, label: Where to look, price_percent: 10}]";
    let plan = scenario().replacen("injects:\n", head, 1).replace("deadline: 3m", hint);
    plan.replace("staff: {objectives: [o]}", "staff: {objectives: [o], hints: {look: Into the mail log.}}") + rest
}
