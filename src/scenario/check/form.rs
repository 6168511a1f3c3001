//! Answer forms and the right answers to them.

use std::collections::BTreeMap;

use super::{Checker, known};
use crate::{
    engine::{
        id::{FieldId, OptionId},
        plan::{AnswerKey, Choice, Field, FieldKind, Form},
    },
    scenario::{
        model::{self, Key},
        value::{At, Id, Place},
    },
};

/// Most points of one field.
const MAX_POINTS: u32 = 1000;
/// Most characters of a free text.
const MAX_CHARS: u32 = 8_000;
/// Most lines of indicators.
const MAX_LINES: u32 = 500;

impl Checker<'_> {
    /// What teams are asked for.
    pub(super) fn form(&mut self, form: &model::Form) -> Form {
        let target = form.target.as_ref().map(|target| self.forward_length(target));
        let deadline = form.deadline.as_ref().map(|deadline| self.forward_length(deadline));
        if let (Some(written), Some(target), Some(deadline)) = (&form.target, target, deadline)
            && target > deadline
        {
            self.findings
                .error("target_after_deadline", written.place, "The target lies after the deadline.")
                .suggest("make the target the shorter of the two");
        }
        self.unique(form.fields.iter().map(|field| &field.id));
        Form {
            acknowledge: form.acknowledge,
            target,
            deadline,
            fields: form.fields.iter().map(|field| self.field(field)).collect(),
            sections: Vec::new(),
            hints: self.hint_offers(&form.hints),
        }
    }

    fn field(&mut self, field: &model::Field) -> Field {
        Field {
            id: field.id.0.as_str().into(),
            label: self.text_with_words(&field.label),
            help: field.help.as_ref().map(|help| self.text_with_words(help)),
            kind: self.field_kind(field),
            required: field.required,
            wanted: false,
            section: None,
            points: field.points.as_ref().map_or(0, |points| self.at_most(points, MAX_POINTS)),
        }
    }

    fn field_kind(&mut self, field: &model::Field) -> FieldKind {
        let place = field.id.place;
        let kinds: Vec<FieldKind> = [
            field.choice.as_ref().map(|options| FieldKind::Choice { options: self.options(options, Some(place)) }),
            field
                .multi_choice
                .as_ref()
                .map(|options| FieldKind::MultiChoice { options: self.options(options, Some(place)) }),
            field
                .long_text
                .as_ref()
                .map(|text| FieldKind::LongText { max_chars: self.count(&text.max_chars, MAX_CHARS) }),
            field.decision.as_ref().map(|options| FieldKind::Decision { options: self.options(options, None) }),
            field
                .indicators
                .as_ref()
                .map(|lines| FieldKind::Indicators { max_lines: self.count(&lines.max_lines, MAX_LINES) }),
        ]
        .into_iter()
        .flatten()
        .collect();
        if kinds.len() != 1 {
            let message = format!("Field '{}' has {} types and needs exactly one.", field.id.value, kinds.len());
            self.findings
                .error("one_field_type", place, message)
                .suggest("give it one of choice, multi_choice, long_text, decision, indicators");
        }
        kinds.into_iter().next().unwrap_or(FieldKind::Decision { options: Vec::new() })
    }

    fn options(&mut self, options: &[model::Choice], needed_at: Option<Place>) -> Vec<Choice> {
        if let Some(place) = needed_at
            && options.len() < 2
        {
            self.findings.error("too_few_options", place, "A choice needs two options at least.");
        }
        self.unique(options.iter().map(|option| &option.id));
        options
            .iter()
            .map(|option| Choice { id: option.id.0.as_str().into(), label: self.fixed_text(&option.label) })
            .collect()
    }

    fn count(&mut self, number: &At<u32>, most: u32) -> u32 {
        if number.value == 0 {
            self.findings.error("out_of_range", number.place, "This must be at least 1.");
        }
        self.at_most(number, most)
    }

    /// The right answers of the fields that have one.
    pub(super) fn keys(&mut self, keys: &BTreeMap<At<Id>, At<Key>>, fields: &[Field]) -> BTreeMap<FieldId, AnswerKey> {
        let mut checked = BTreeMap::new();
        for (id, key) in keys {
            let Some(field) = self.field_of(id, fields) else { continue };
            let compiled = match (&key.value, &field.kind) {
                (Key::Choice(option), FieldKind::Choice { options }) => {
                    self.option(option, options);
                    AnswerKey::Options(BTreeMap::from([(option.0.as_str().into(), 1000)]))
                }
                (Key::Options(credits), FieldKind::Choice { options }) => {
                    AnswerKey::Options(self.credits(credits, options))
                }
                (Key::Set(set), FieldKind::MultiChoice { options }) => {
                    self.unique(set.iter());
                    for option in set {
                        self.option(option, options);
                    }
                    AnswerKey::Set(set.iter().map(|option| option.0.as_str().into()).collect())
                }
                (Key::Choice(_) | Key::Options(_) | Key::Set(_), kind) => {
                    let message = format!("This key does not fit field '{}', which is {}.", id.value, kind_name(kind));
                    self.findings
                        .error("key_mismatch", key.place, message)
                        .suggest("choice takes choice: or options:, multi_choice takes set:, the others take no key");
                    continue;
                }
            };
            checked.insert(field.id.clone(), compiled);
        }
        checked
    }

    fn credits(&mut self, credits: &BTreeMap<At<Id>, At<u32>>, options: &[Choice]) -> BTreeMap<OptionId, u32> {
        let mut permille = BTreeMap::new();
        for (option, percent) in credits {
            self.option(option, options);
            permille.insert(option.0.as_str().into(), self.at_most(percent, 100) * 10);
        }
        permille
    }

    /// The field that a key or a sample speaks of.
    pub(super) fn field_of<'f>(&mut self, id: &At<Id>, fields: &'f [Field]) -> Option<&'f Field> {
        known(self.findings, id, "field", fields.iter().map(|field| field.id.as_str()));
        fields.iter().find(|field| field.id.0 == id.0)
    }

    /// Checks a reference to an option.
    pub(super) fn option(&mut self, id: &At<Id>, options: &[Choice]) {
        known(self.findings, id, "option", options.iter().map(|option| option.id.as_str()));
    }
}

/// A type of field as the format names it.
pub(super) fn kind_name(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::Choice { .. } => "choice",
        FieldKind::MultiChoice { .. } => "multi_choice",
        FieldKind::LongText { .. } => "long_text",
        FieldKind::Decision { .. } => "decision",
        FieldKind::Indicators { .. } => "indicators",
        other => other.name(),
    }
}
