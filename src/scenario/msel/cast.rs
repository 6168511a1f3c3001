//! Who and what the rows of a sheet speak of: senders, receivers, objectives. What the scenario has
//! already is found by its id or its name; what is new is added.

use std::collections::BTreeSet;

use super::{
    super::{
        naming::{capability, fold, unique},
        node::Node,
        value::Id,
    },
    words,
};

/// Capabilities by words that only one of them has.
const CAPABILITIES: words::Names = &[
    ("triage_and_classification", "triage"),
    ("analysis_and_forensics", "analysis"),
    ("containment_and_recovery", "containment"),
    ("coordination_and_sharing", "coordination"),
    ("notification_and_reporting", "notification"),
    ("advisory_and_public_communication", "advisory"),
    ("crisis_decision_making", "crisis"),
    ("evidence_and_record_keeping", "evidence"),
];

/// The people, groups and objectives of a scenario.
pub(super) struct Cast {
    languages: Vec<String>,
    pub(super) personas: Vec<Node>,
    pub(super) cohorts: Vec<Node>,
    pub(super) objectives: Vec<Node>,
    /// Receivers that the sheet names and the scenario did not.
    pub(super) new_cohorts: Vec<String>,
}

impl Cast {
    /// Takes them out of a scenario.
    pub(super) fn of(scenario: &mut Node, languages: &[String]) -> Self {
        let mut list = |key| scenario.take(&[key]).map(|list| list.items().to_vec()).unwrap_or_default();
        Self {
            languages: languages.to_vec(),
            personas: list("personas"),
            cohorts: list("cohorts"),
            objectives: list("objectives"),
            new_cohorts: Vec::new(),
        }
    }

    /// Id of a sender.
    pub(super) fn persona(&mut self, name: &str) -> String {
        if let Some(id) = find(&self.personas, "name", name) {
            return id;
        }
        let id = unique(name, "sender", &mut ids(&self.personas));
        self.personas.push(Node::map(vec![("id", Node::text(&id)), ("name", everywhere(name, &self.languages))]));
        id
    }

    /// Id of a group of receivers.
    pub(super) fn cohort(&mut self, name: &str) -> String {
        let known = self.cohorts.iter().filter_map(Node::as_text);
        let slug = super::super::naming::slug(name);
        if let Some(id) = known.clone().find(|id| *id == name || *id == slug) {
            return id.to_owned();
        }
        let id = unique(name, "group", &mut known.map(str::to_owned).collect());
        self.cohorts.push(Node::text(&id));
        self.new_cohorts.push(name.to_owned());
        id
    }

    /// Id of an objective; a new one belongs to the capability that the sheet names, or that its own
    /// words speak of.
    pub(super) fn objective(&mut self, title: &str, named: &str) -> String {
        if let Some(id) = find(&self.objectives, "title", title) {
            return id;
        }
        let id = unique(title, "objective", &mut ids(&self.objectives));
        let named = words::named(CAPABILITIES, &named.replace('_', " "));
        self.objectives.push(Node::map(vec![
            ("id", Node::text(&id)),
            ("title", everywhere(title, &self.languages)),
            ("capability", Node::text(named.unwrap_or_else(|| capability(title)))),
        ]));
        id
    }
}

/// A name in each language: names are not translated.
pub(super) fn everywhere(name: &str, languages: &[String]) -> Node {
    match languages {
        [] | [_] => Node::text(name),
        languages => Node::Map(languages.iter().map(|language| (language.clone(), Node::text(name))).collect()),
    }
}

/// Whether a text is nothing but names of capabilities, as the format has them.
pub(super) fn is_capability(text: &str) -> bool {
    text.split(';').all(|name| CAPABILITIES.iter().any(|(known, _)| *known == name.trim()))
}

/// Whether a text can be an id as it is.
pub(super) fn is_id(text: &str) -> bool {
    Id(text.to_owned()).is_valid()
}

fn find(list: &[Node], key: &str, name: &str) -> Option<String> {
    let is_named = |item: &&Node| {
        let names: Vec<&str> = match item.get(key) {
            Some(Node::Text(text)) => vec![text],
            Some(Node::Map(texts)) => texts.iter().filter_map(|(_, text)| text.as_text()).collect(),
            _ => Vec::new(),
        };
        id(item) == Some(name) || names.iter().any(|known| fold(known) == fold(name))
    };
    list.iter().find(is_named).and_then(id).map(str::to_owned)
}

fn ids(list: &[Node]) -> BTreeSet<String> {
    list.iter().filter_map(id).map(str::to_owned).collect()
}

fn id(item: &Node) -> Option<&str> {
    item.get("id").and_then(Node::as_text)
}
