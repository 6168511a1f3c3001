//! How an inject is judged: its worth, its rubric and its checklist.

use std::collections::BTreeMap;

use super::{Checker, known};
use crate::{
    engine::{
        plan::{Criterion, Evaluation, ExpectedAction, Field, TOP_LEVEL},
        text::Text,
    },
    scenario::{
        model,
        value::{At, Id},
    },
};

/// Most that an inject may be worth.
const MAX_WORTH: u32 = 10_000;
/// Most that a criterion or an action may weigh.
const MAX_WEIGHT: u32 = 100;

impl Checker<'_> {
    /// How an inject with these fields is judged.
    pub(super) fn evaluation(&mut self, evaluation: &model::Evaluation, fields: &[Field]) -> Evaluation {
        let profile = self.weights;
        self.unique(evaluation.rubric.iter().map(|criterion| &criterion.id));
        self.unique(evaluation.actions.iter().map(|action| &action.id));
        if let Some(criterion) = evaluation.rubric.first() {
            if fields.is_empty() {
                self.findings
                    .error(
                        "nothing_to_mark",
                        criterion.id.place,
                        "There is no answer to mark: teams are asked for nothing.",
                    )
                    .suggest("give player.form a field, or write what staff should see under actions");
            }
            if evaluation
                .rubric
                .iter()
                .all(|criterion| criterion.weight.as_ref().is_some_and(|weight| weight.value == 0))
            {
                self.findings
                    .error("no_weight", criterion.id.place, "No criterion of this rubric weighs anything.")
                    .suggest("give one of them a weight");
            }
        }
        Evaluation {
            points: evaluation.points.as_ref().map(|points| self.at_most(points, MAX_WORTH)),
            weights: evaluation.weights.as_ref().map(|weights| self.some_weights(weights, profile)),
            criteria: evaluation.rubric.iter().map(|criterion| self.criterion(criterion, fields)).collect(),
            actions: evaluation.actions.iter().map(|action| self.action(action)).collect(),
        }
    }

    fn criterion(&mut self, criterion: &model::Criterion, fields: &[Field]) -> Criterion {
        if let Some(field) = criterion.field.as_ref().filter(|_| !fields.is_empty()) {
            known(self.findings, field, "field", fields.iter().map(|field| field.id.as_str()));
        }
        Criterion {
            id: criterion.id.0.as_str().into(),
            title: self.text(&criterion.title),
            field: criterion.field.as_ref().map(|field| field.0.as_str().into()),
            weight: self.weight(criterion.weight.as_ref()),
            critical: criterion.critical,
            anchors: self.anchors(&criterion.id, &criterion.anchors),
        }
    }

    /// What each level looks like: all of them, or none.
    fn anchors(&mut self, criterion: &At<Id>, anchors: &BTreeMap<At<String>, model::Text>) -> Vec<Text> {
        let levels: Vec<String> = (0..=TOP_LEVEL).map(|level| level.to_string()).collect();
        for level in anchors.keys().filter(|level| !levels.contains(level)) {
            self.findings
                .error("anchor_levels", level.place, format!("There is no level '{}'.", level.value))
                .suggest(format!("levels are {}", levels.join(", ")));
        }
        let of = |level: &String| anchors.iter().find(|(known, _)| known.value == *level).map(|(_, text)| text);
        let missing: Vec<&str> = levels.iter().filter(|level| of(level).is_none()).map(String::as_str).collect();
        if !anchors.is_empty() && !missing.is_empty() {
            let message = format!("The levels {} of '{}' have no anchor.", missing.join(", "), criterion.value);
            self.findings
                .error("anchor_levels", criterion.place, message)
                .suggest("say what each level from 0 to 4 looks like, or leave anchors out");
        }
        levels.iter().filter_map(of).map(|text| self.text(text)).collect()
    }

    fn action(&mut self, action: &model::ExpectedAction) -> ExpectedAction {
        if let Some(objective) = &action.objective {
            known(self.findings, objective, "objective", self.objectives.iter().map(String::as_str));
        }
        ExpectedAction {
            id: action.id.0.as_str().into(),
            text: self.text(&action.text),
            weight: self.weight(action.weight.as_ref()),
            critical: action.critical,
            objective: action.objective.as_ref().map(|objective| objective.0.as_str().into()),
        }
    }

    fn weight(&mut self, weight: Option<&At<u32>>) -> u32 {
        weight.map_or(1, |weight| self.at_most(weight, MAX_WEIGHT))
    }
}
