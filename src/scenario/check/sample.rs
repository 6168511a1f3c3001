//! Sample answers: each must be one that a team could really send.

use std::collections::BTreeMap;

use super::Checker;
use crate::{
    engine::{
        command::AnswerInput,
        plan::{Field, FieldKind, Sample, SampleGrade},
    },
    scenario::{
        model::{self, Answer},
        value::{At, Place},
    },
};

impl Checker<'_> {
    /// The sample answers of an inject, weak ones first.
    pub(super) fn samples(&mut self, samples: &model::Samples, fields: &[Field]) -> Vec<Sample> {
        let grades = [
            (SampleGrade::Weak, &samples.weak),
            (SampleGrade::Fair, &samples.fair),
            (SampleGrade::Good, &samples.good),
        ];
        let given = grades.into_iter().filter_map(|(grade, sample)| Some((grade, sample.as_ref()?)));
        given.map(|(grade, sample)| self.sample(grade, sample, fields)).collect()
    }

    fn sample(&mut self, grade: SampleGrade, sample: &model::Sample, fields: &[Field]) -> Sample {
        let mut answers = BTreeMap::new();
        for (id, answer) in sample {
            let Some(field) = self.field_of(id, fields) else { continue };
            if let Some(input) = self.answer(answer, field) {
                answers.insert(field.id.clone(), input);
            }
        }
        let forgotten = fields.iter().find(|field| field.required && !sample.keys().any(|id| id.0 == field.id.0));
        if let (Some(field), Some((id, _))) = (forgotten, sample.first_key_value()) {
            let message = format!("This sample leaves out field '{}', which is required.", field.id);
            self.findings.error("incomplete_sample", id.place, message);
        }
        Sample { grade, answers }
    }

    fn answer(&mut self, answer: &At<Answer>, field: &Field) -> Option<AnswerInput> {
        let place = answer.place;
        match (&answer.value, &field.kind) {
            (
                Answer::Choice(option),
                kind @ (FieldKind::Choice { .. } | FieldKind::Classification | FieldKind::Severity),
            ) => {
                self.listed(option, kind);
                Some(AnswerInput::Choice(option.0.as_str().into()))
            }
            (Answer::Choices(chosen), kind @ (FieldKind::MultiChoice { .. } | FieldKind::Techniques { .. })) => {
                if let FieldKind::Techniques { most } = kind {
                    self.fits(chosen.len(), *most, "techniques", place);
                }
                for option in chosen {
                    self.listed(option, kind);
                }
                Some(AnswerInput::Choices(chosen.iter().map(|option| option.0.as_str().into()).collect()))
            }
            (Answer::Text(text), FieldKind::LongText { max_chars }) => {
                self.fits(text.chars().count(), *max_chars, "characters", place);
                Some(AnswerInput::Text(text.clone()))
            }
            (Answer::Text(line), FieldKind::ShortText { max_chars }) => {
                self.fits(line.trim().chars().count(), *max_chars, "characters", place);
                self.fits(line.trim().lines().count(), 1, "lines", place);
                Some(AnswerInput::Text(line.clone()))
            }
            (Answer::Decision(decision), kind @ FieldKind::Decision { .. }) => {
                if let Some(option) = &decision.option {
                    self.listed(option, kind);
                }
                Some(AnswerInput::Decision {
                    option: decision.option.as_ref().map(|option| option.0.as_str().into()),
                    rationale: decision.rationale.clone(),
                })
            }
            (Answer::Indicators(lines), FieldKind::Indicators { max_lines }) => {
                self.fits(lines.len(), *max_lines, "lines", place);
                Some(AnswerInput::Indicators(lines.clone()))
            }
            (Answer::Number(written), FieldKind::Number { least, most, .. }) => {
                let number = self.number_at(&written.0, place)?;
                if least.is_some_and(|least| number < least) || most.is_some_and(|most| number > most) {
                    let message = format!("Field '{}' does not take the number {number}.", field.id);
                    self.findings.error("sample_mismatch", place, message);
                }
                Some(AnswerInput::Number(number.to_string()))
            }
            (Answer::Time(written), FieldKind::Timestamp) => {
                self.instant(written, place)?;
                Some(AnswerInput::Time(written.trim().to_owned()))
            }
            (Answer::File(path), FieldKind::File) => {
                self.load(path)?;
                self.files.get(&path.value).map(|file| AnswerInput::File(file.hash.clone()))
            }
            (_, kind) => {
                let message = format!("This answer does not fit field '{}', which is {}.", field.id, kind.name());
                self.findings.error("sample_mismatch", place, message).suggest(answer_for(kind));
                None
            }
        }
    }

    fn fits(&mut self, size: usize, most: u32, unit: &str, place: Place) {
        if size > most as usize {
            let message = format!("This answer has {size} {unit}, and the field takes {most}.");
            self.findings.error("sample_mismatch", place, message);
        }
    }
}

/// How a type of field is answered.
fn answer_for(kind: &FieldKind) -> String {
    let key = match kind {
        FieldKind::Choice { .. } | FieldKind::Classification | FieldKind::Severity => "choice:",
        FieldKind::MultiChoice { .. } | FieldKind::Techniques { .. } => "choices:",
        FieldKind::ShortText { .. } | FieldKind::LongText { .. } => "text:",
        FieldKind::Decision { .. } => "decision:",
        FieldKind::Indicators { .. } => "indicators:",
        FieldKind::Number { .. } => "number:",
        FieldKind::Timestamp => "time:",
        FieldKind::File => "file:",
    };
    format!("{} takes {key}", kind.name())
}
