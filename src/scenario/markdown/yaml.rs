//! Writes a kit as a scenario file that a person enjoys editing: keys in their usual order, long
//! texts as blocks, a blank line after each part.

use std::collections::BTreeSet;

use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_saphyr::{FlowMap, FlowSeq, LitStr, SpaceAfter};

use super::{
    kit::{Kit, KitInject},
    words::{capability, slug, unquote},
};
use crate::engine::time::Millis;

/// Time for an inject of a kit that names no duration.
const MINUTES_EACH: i64 = 15;
/// Longest text that stands beside its key whatever is in it.
const LONG_LINE: usize = 80;
/// Most characters of an answer.
const ANSWER_CHARS: u32 = 4000;

/// A piece of YAML with its keys in order.
enum Node {
    Text(String),
    Number(u32),
    Yes,
    List(Vec<Node>),
    Map(Vec<(&'static str, Node)>),
    /// In braces or brackets on one line.
    Flow(Box<Node>),
    /// With a blank line after it.
    Spaced(Box<Node>),
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            // Left alone, a long text with a colon in it would be quoted, and quotation marks in it escaped.
            Self::Text(text) if text.len() > LONG_LINE && text.contains([':', '#']) => {
                LitStr(text).serialize(serializer)
            }
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(number) => serializer.serialize_u32(*number),
            Self::Yes => serializer.serialize_bool(true),
            Self::List(items) => serializer.collect_seq(items),
            Self::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
            Self::Flow(node) => match node.as_ref() {
                Self::List(items) => FlowSeq(items).serialize(serializer),
                node => FlowMap(node).serialize(serializer),
            },
            Self::Spaced(node) => SpaceAfter(node).serialize(serializer),
        }
    }
}

/// The scenario file of a kit.
pub(super) fn write(kit: &Kit, language: &str) -> String {
    let times = times(kit);
    let end = times.iter().max().map_or(Millis::default(), |last| last.plus(Millis::minutes(MINUTES_EACH)));
    let duration = if times.iter().max() > kit.duration.as_ref() { end } else { kit.duration.unwrap_or(end) };
    let mut scenario = vec![
        ("format", spaced(Node::Number(1))),
        ("meta", spaced(meta(kit, language, duration.max(Millis::minutes(1))))),
    ];
    if !kit.objectives.is_empty() {
        scenario.push(("objectives", spaced(objectives(kit))));
    }
    if !kit.ground_truth.is_empty() {
        scenario.push(("ground_truth", spaced(paragraphs(&kit.ground_truth))));
    }
    if !kit.hot_wash.is_empty() {
        scenario.push(("hot_wash", spaced(texts(&kit.hot_wash))));
    }
    let mut ids = BTreeSet::new();
    let injects = kit.injects.iter().zip(times).enumerate();
    let injects = injects.map(|(n, (inject, at))| {
        let participants = if n == 0 { kit.participants.as_slice() } else { &[] };
        spaced(inject_node(inject, unique(&inject.title, "inject", &mut ids), at, participants))
    });
    scenario.push(("injects", Node::List(injects.collect())));
    let yaml = serde_saphyr::to_string(&Node::Map(scenario)).expect("text, numbers and string keys are YAML");
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
    meta.push(("languages", Node::Flow(Box::new(Node::List(vec![text(language)])))));
    meta.extend(kit.level.map(|level| ("level", text(level))));
    meta.push(("duration", minutes(duration)));
    Node::Map(meta)
}

fn objectives(kit: &Kit) -> Node {
    let mut ids = BTreeSet::new();
    let objective = |title: &String| {
        Node::Map(vec![
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
        vec![("id", Node::Text(id)), ("kind", text(kind)), ("at", minutes(at)), ("player", Node::Map(player))];
    if !staff.is_empty() {
        node.push(("staff", Node::Map(staff)));
    }
    Node::Map(node)
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
    (!fields.is_empty()).then(|| Node::Map(vec![("fields", Node::List(fields))]))
}

fn field(id: &str, label: &str, help: Option<&str>) -> Node {
    let mut field = vec![("id", text(id)), ("label", text(label))];
    match help {
        Some(help) => field.push(("help", text(help))),
        None => field.push(("required", Node::Yes)),
    }
    field.push(("long_text", Node::Flow(Box::new(Node::Map(vec![("max_chars", Node::Number(ANSWER_CHARS))])))));
    Node::Map(field)
}

/// An id from a title that is not taken yet.
fn unique(title: &str, otherwise: &str, taken: &mut BTreeSet<String>) -> String {
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

fn spaced(node: Node) -> Node {
    Node::Spaced(Box::new(node))
}
