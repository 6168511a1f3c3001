//! Right answers: that each fits its field, and could be given at all.

use std::collections::{BTreeMap, BTreeSet};

use super::Checker;
use crate::{
    engine::{
        id::{FieldId, OptionId},
        indicator::{self, Indicator, Kind},
        plan::{AnswerKey, Field, FieldKind, Near},
    },
    scenario::{
        model::{self, Key},
        value::{At, Code, Id, Place},
    },
};

impl Checker<'_> {
    /// The right answers of the fields that have one.
    pub(super) fn keys(&mut self, keys: &BTreeMap<At<Id>, At<Key>>, fields: &[Field]) -> BTreeMap<FieldId, AnswerKey> {
        let mut checked = BTreeMap::new();
        for (id, key) in keys {
            let Some(field) = self.field_of(id, fields) else { continue };
            if let Some(compiled) = self.key(id, key, field) {
                checked.insert(field.id.clone(), compiled);
            }
        }
        checked
    }

    fn key(&mut self, id: &At<Id>, key: &At<Key>, field: &Field) -> Option<AnswerKey> {
        let place = key.place;
        match (&key.value, &field.kind) {
            (
                Key::Choice(option),
                kind @ (FieldKind::Choice { .. } | FieldKind::Classification | FieldKind::Severity),
            ) => {
                self.listed(option, kind);
                Some(AnswerKey::Options(BTreeMap::from([(option.0.as_str().into(), 1000)])))
            }
            (
                Key::Options(credits),
                kind @ (FieldKind::Choice { .. } | FieldKind::Classification | FieldKind::Severity),
            ) => {
                self.not_empty(credits.is_empty(), place);
                Some(AnswerKey::Options(self.credits(credits, kind)))
            }
            (Key::Set(set), kind @ (FieldKind::MultiChoice { .. } | FieldKind::Techniques { .. })) => {
                self.not_empty(set.is_empty(), place);
                if let FieldKind::Techniques { most } = kind {
                    self.not_more(set.len(), *most, "techniques", place);
                }
                Some(AnswerKey::Set(self.set(set, kind)))
            }
            (Key::Indicators(lines), FieldKind::Indicators { max_lines }) => {
                self.not_empty(lines.is_empty(), place);
                let right = self.right_indicators(lines);
                self.not_more(right.len(), *max_lines, "indicators", place);
                Some(AnswerKey::Indicators(right))
            }
            (Key::Texts(accepted), FieldKind::ShortText { max_chars }) => {
                self.not_empty(accepted.is_empty(), place);
                Some(AnswerKey::Texts(self.accepted(accepted, *max_chars)))
            }
            (Key::Range(range), FieldKind::Number { .. }) => self.range(range),
            (Key::Times(times), FieldKind::Timestamp) => {
                let first = self.instant(&times.first, times.first.place)?;
                let last = self.instant(&times.last, times.last.place)?;
                self.in_order(first <= last, times.last.place, "The last time lies before the first.");
                Some(AnswerKey::Times { first, last })
            }
            (_, kind) => {
                let message = format!("This key does not fit field '{}', which is {}.", id.value, kind.name());
                self.findings.error("key_mismatch", place, message).suggest(key_for(kind));
                None
            }
        }
    }

    fn credits(&mut self, credits: &BTreeMap<At<Code>, At<u32>>, kind: &FieldKind) -> BTreeMap<OptionId, u32> {
        let mut permille = BTreeMap::new();
        for (option, percent) in credits {
            self.listed(option, kind);
            permille.insert(option.0.as_str().into(), self.at_most(percent, 100) * 10);
        }
        permille
    }

    fn set(&mut self, set: &[At<Code>], kind: &FieldKind) -> Vec<OptionId> {
        let mut seen = BTreeSet::new();
        for option in set {
            self.listed(option, kind);
            self.once(seen.insert(option.0.clone()), &option.0, option.place);
        }
        set.iter().map(|option| option.0.as_str().into()).collect()
    }

    /// Indicators in their normal form.
    fn right_indicators(&mut self, lines: &[At<String>]) -> Vec<String> {
        let mut right: Vec<String> = Vec::new();
        for line in lines {
            let found: BTreeSet<Indicator> = indicator::parse_all([line.as_str()]);
            self.not_empty(found.is_empty(), line.place);
            for indicator in found {
                if indicator.kind == Kind::Other {
                    let message = format!("'{}' is no kind of indicator that is recognised.", line.value);
                    self.findings
                        .warn("unknown_indicator", line.place, message)
                        .suggest("answers must have the very same words to be right");
                }
                let is_new = !right.contains(&indicator.value);
                self.once(is_new, &indicator.value, line.place);
                if is_new {
                    right.push(indicator.value);
                }
            }
        }
        right
    }

    fn accepted(&mut self, texts: &BTreeMap<At<String>, At<u32>>, max_chars: u32) -> BTreeMap<String, u32> {
        let mut seen = BTreeSet::new();
        let mut permille = BTreeMap::new();
        for (text, percent) in texts {
            let folded = text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ");
            self.not_empty(folded.is_empty(), text.place);
            self.not_more(text.trim().chars().count(), max_chars, "characters", text.place);
            self.once(seen.insert(folded), text, text.place);
            permille.insert(text.value.clone(), self.at_most(percent, 100) * 10);
        }
        permille
    }

    fn range(&mut self, range: &model::Range) -> Option<AnswerKey> {
        let (least, most) = (self.number(&range.least), self.number(&range.most));
        let near = range.near.as_ref().map(|near| {
            let credit_permille = self.at_most(&near.credit_percent, 100) * 10;
            let (least, most) = (self.number(&near.least), self.number(&near.most));
            Some(Near { least: least?, most: most?, credit_permille })
        });
        let (least, most) = (least?, most?);
        self.in_order(least <= most, range.most.place, "The most is less than the least.");
        if let (Some(written), Some(Some(near))) = (&range.near, near) {
            self.in_order(near.least <= least, written.least.place, "The nearer range begins before this one.");
            self.in_order(most <= near.most, written.most.place, "The nearer range ends after this one.");
        }
        Some(AnswerKey::Range { least, most, near: near.flatten() })
    }

    fn in_order(&mut self, is_right: bool, place: Place, message: &str) {
        if !is_right {
            self.findings.error("out_of_range", place, message);
        }
    }

    fn not_empty(&mut self, is_empty: bool, place: Place) {
        if is_empty {
            self.findings
                .error("empty_key", place, "This accepts nothing, so nobody could be right.")
                .suggest("write what is right, or take the key out");
        }
    }

    fn not_more(&mut self, size: usize, most: u32, unit: &str, place: Place) {
        if size > most as usize {
            let message = format!("This key has {size} {unit}, and the field takes {most}.");
            self.findings.error("out_of_range", place, message).suggest("let the field take more");
        }
    }

    fn once(&mut self, is_new: bool, name: &str, place: Place) {
        if !is_new {
            self.findings.error("duplicate_id", place, format!("'{name}' stands in this key twice."));
        }
    }
}

/// What key a type of field takes.
fn key_for(kind: &FieldKind) -> String {
    let keys = match kind {
        FieldKind::Choice { .. } | FieldKind::Classification | FieldKind::Severity => "choice: or options:",
        FieldKind::MultiChoice { .. } | FieldKind::Techniques { .. } => "set:",
        FieldKind::Indicators { .. } => "indicators:",
        FieldKind::ShortText { .. } => "texts:",
        FieldKind::Number { .. } => "range:",
        FieldKind::Timestamp => "times:",
        FieldKind::LongText { .. } | FieldKind::Decision { .. } | FieldKind::File => "no key: people mark it",
    };
    format!("{} takes {keys}", kind.name())
}
