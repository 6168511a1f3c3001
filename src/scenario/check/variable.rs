//! Words that differ from team to team: `{{variable}}` stands in what injects say, and nowhere else.

use super::Checker;
use crate::{
    engine::{plan::Variable, text::Text},
    scenario::{
        model,
        value::{Id, Place, Words},
    },
};

impl Checker<'_> {
    /// The variables of the plan.
    pub(super) fn all_variables(&mut self, variables: &[model::Variable]) -> Vec<Variable> {
        self.unique(variables.iter().map(|variable| &variable.id));
        let compile = |variable: &model::Variable| Variable {
            id: variable.id.0.as_str().into(),
            title: self.text(&variable.title),
            default: self.fixed_text(&variable.default),
        };
        variables.iter().map(compile).collect()
    }

    /// Points out the variables that no inject uses.
    pub(super) fn unused_variables(&mut self, variables: &[model::Variable]) {
        for variable in variables.iter().filter(|variable| self.variables.get(&variable.id.0) == Some(&false)) {
            self.findings
                .warn("unused_variable", variable.id.place, "No inject uses this variable.")
                .suggest(format!("write {{{{{}}}}} where teams should read it, or take it out", variable.id.value));
        }
    }

    /// A text in which each team finds its own words.
    pub(super) fn text_with_words(&mut self, text: &model::Text) -> Text {
        for (place, name) in gaps(text) {
            if let Some(used) = self.variables.get_mut(name) {
                *used = true;
            } else {
                self.unknown_variable(place, name);
            }
        }
        self.text(text)
    }

    /// A text that teams read as it stands.
    pub(super) fn fixed_text(&mut self, text: &model::Text) -> Text {
        for (place, name) in gaps(text).into_iter().filter(|(_, name)| self.variables.contains_key(*name)) {
            let place = self.findings.find(place, &format!("{{{{{name}}}}}"));
            let message = format!("'{{{{{name}}}}}' is not replaced here; teams would read it as it stands.");
            self.findings
                .error("variable_not_allowed", place, message)
                .suggest("use it in a title, a body, for_guests, an alt text, or the label or help of a field");
        }
        self.text(text)
    }

    /// Where a scenario has no variables at all, braces may mean something else: then it is a warning.
    fn unknown_variable(&mut self, place: Place, name: &str) {
        if self.findings.is_full() {
            return;
        }
        let written = format!("{{{{{name}}}}}");
        let place = self.findings.find(place, &written);
        let message = format!("There is no variable '{}'.", name.trim());
        if self.variables.is_empty() {
            self.findings
                .warn("unknown_variable", place, message)
                .suggest("declare it under variables; as it is, teams read the braces");
        } else if self.variables.contains_key(name.trim()) {
            self.findings
                .error("unknown_variable", place, format!("'{written}' is not replaced: there are spaces in it."))
                .suggest(format!("write {{{{{}}}}}", name.trim()));
        } else {
            self.findings
                .error("unknown_variable", place, message)
                .suggest_nearest(name.trim(), self.variables.keys().map(String::as_str));
        }
    }
}

/// What stands in double braces in a text and looks like a name, in every language.
fn gaps(text: &model::Text) -> Vec<(Place, &str)> {
    match &text.value {
        Words::Plain(words) => names(words).map(|name| (text.place, name)).collect(),
        Words::ByLanguage(words) => {
            words.values().flat_map(|words| names(words).map(|name| (words.place, name))).collect()
        }
        Words::Other(_) => Vec::new(),
    }
}

fn names(words: &str) -> impl Iterator<Item = &str> {
    let inner = words.split("{{").skip(1).filter_map(|rest| rest.split_once("}}").map(|(name, _)| name));
    inner.filter(|name| Id(name.trim().to_lowercase()).is_valid())
}
