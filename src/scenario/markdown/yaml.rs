//! Writes a kit as a scenario file that a person enjoys editing: keys in their usual order, long
//! texts as blocks, a blank line after each part.

use std::collections::BTreeSet;

use super::{
    super::{
        naming::{capability, unique},
        node::Node,
    },
    kit::{Kit, KitInject},
    words::unquote,
};
use crate::engine::time::Millis;

/// Time for an inject of a kit that names no duration.
const MINUTES_EACH: i64 = 15;
/// Most characters of an answer.
const ANSWER_CHARS: i64 = 4000;

/// The scenario file of a kit.
pub(super) fn write(kit: &Kit, language: &str) -> String {
    let times = times(kit);
    let end = times.iter().max().map_or(Millis::default(), |last| last.plus(Millis::minutes(MINUTES_EACH)));
    let duration = if times.iter().max() > kit.duration.as_ref() { end } else { kit.duration.unwrap_or(end) };
    let mut scenario = vec![
        ("format", Node::Number(1).spaced()),
        ("meta", meta(kit, language, duration.max(Millis::minutes(1))).spaced()),
    ];
    if !kit.objectives.is_empty() {
        scenario.push(("objectives", objectives(kit).spaced()));
    }
    if !kit.ground_truth.is_empty() {
        scenario.push(("ground_truth", paragraphs(&kit.ground_truth).spaced()));
    }
    if !kit.hot_wash.is_empty() {
        scenario.push(("hot_wash", texts(&kit.hot_wash).spaced()));
    }
    let mut ids = BTreeSet::new();
    let injects = kit.injects.iter().zip(times).enumerate();
    let injects = injects.map(|(n, (inject, at))| {
        let participants = if n == 0 { kit.participants.as_slice() } else { &[] };
        inject_node(inject, unique(&inject.title, "inject", &mut ids), at, participants).spaced()
    });
    scenario.push(("injects", Node::List(injects.collect())));
    let yaml = Node::map(scenario).to_yaml();
    format!(
        "# Imported from a Markdown kit. Read it through before play: the format is in docs/SCENARIO.md.\n{}\n",
        yaml.trim_end()
    )
}

/// When injects fall due: as the kit says, the others spread evenly.
fn times(kit: &Kit) -> Vec<Millis> {
    let count = i64::try_from(kit.injects.len()).unwrap_or(i64::MAX).max(1);
    let each = kit.duration.map_or(Millis::minutes(MINUTES_EACH).0, |duration| duration.0 / count);
    let whole_minutes = |millis: i64| Millis::minutes(millis / 60_000);
    (0..).zip(&kit.injects).map(|(n, inject): (i64, _)| inject.at.unwrap_or_else(|| whole_minutes(n * each))).collect()
}

fn meta(kit: &Kit, language: &str, duration: Millis) -> Node {
    let title = if kit.title.is_empty() { "Imported scenario" } else { &kit.title };
    let mut meta = vec![("name", Node::Text(unique(title, "imported", &mut BTreeSet::new()))), ("title", text(title))];
    if !kit.summary.is_empty() {
        meta.push(("summary", paragraphs(&kit.summary)));
    }
    if !kit.authors.is_empty() {
        meta.push(("authors", texts(&kit.authors)));
    }
    meta.extend(kit.licence.as_deref().map(|licence| ("licence", text(licence))));
    meta.push(("tlp", text(kit.tlp.unwrap_or("amber"))));
    meta.push(("languages", Node::List(vec![text(language)]).flow()));
    meta.extend(kit.level.map(|level| ("level", text(level))));
    meta.push(("duration", minutes(duration)));
    Node::map(meta)
}

fn objectives(kit: &Kit) -> Node {
    let mut ids = BTreeSet::new();
    let objective = |title: &String| {
        Node::map(vec![
            ("id", Node::Text(unique(title, "objective", &mut ids))),
            ("title", text(title)),
            ("capability", text(capability(title))),
        ])
    };
    Node::List(kit.objectives.iter().map(objective).collect())
}

fn inject_node(inject: &KitInject, id: String, at: Millis, participants: &[String]) -> Node {
    let form = form(inject);
    // A body is needed: without words to read aloud, the title is all that teams are told.
    let body = if inject.body.is_empty() { inject.title.clone() } else { inject.body.join("\n\n") };
    let mut player = vec![("title", text(&inject.title)), ("body", text(unquote(&body)))];
    let kind = if form.is_some() { "task" } else { "contextual" };
    player.extend(form.map(|form| ("form", form)));
    let mut staff = Vec::new();
    let notes: Vec<String> = participants.iter().chain(&inject.notes).cloned().collect();
    if !notes.is_empty() {
        staff.push(("notes", paragraphs(&notes)));
    }
    if !inject.expected.is_empty() {
        staff.push(("expected", texts(&inject.expected)));
    }
    let mut node =
        vec![("id", Node::Text(id)), ("kind", text(kind)), ("at", minutes(at)), ("player", Node::map(player))];
    if !staff.is_empty() {
        node.push(("staff", Node::map(staff)));
    }
    Node::map(node)
}

/// The main question and, in a field of their own, the ones that follow it.
fn form(inject: &KitInject) -> Option<Node> {
    let mut fields = Vec::new();
    if !inject.question.is_empty() {
        let question: Vec<&str> = inject.question.iter().map(|question| unquote(question)).collect();
        fields.push(field("answer", &question.join(" "), None));
    }
    if !inject.probes.is_empty() {
        let list: Vec<String> = inject.probes.iter().map(|probe| format!("- {probe}")).collect();
        fields.push(field("follow-up", &inject.probes_label, Some(&list.join("\n"))));
    }
    (!fields.is_empty()).then(|| Node::map(vec![("fields", Node::List(fields))]))
}

fn field(id: &str, label: &str, help: Option<&str>) -> Node {
    let mut field = vec![("id", text(id)), ("label", text(label))];
    match help {
        Some(help) => field.push(("help", text(help))),
        None => field.push(("required", Node::Truth(true))),
    }
    field.push(("long_text", Node::map(vec![("max_chars", Node::Number(ANSWER_CHARS))]).flow()));
    Node::map(field)
}

fn text(text: &str) -> Node {
    Node::Text(text.to_owned())
}

fn texts(texts: &[String]) -> Node {
    Node::List(texts.iter().map(|words| text(words)).collect())
}

fn paragraphs(texts: &[String]) -> Node {
    Node::Text(texts.join("\n\n"))
}

fn minutes(time: Millis) -> Node {
    Node::Text(format!("{}m", time.0 / 60_000))
}
