//! Sample answers: each must be one that a team could really send.

use std::collections::BTreeMap;

use super::{Checker, form::kind_name};
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
        match (&answer.value, &field.kind) {
            (Answer::Choice(option), FieldKind::Choice { options }) => {
                self.option(option, options);
                Some(AnswerInput::Choice(option.0.as_str().into()))
            }
            (Answer::Choices(chosen), FieldKind::MultiChoice { options }) => {
                for option in chosen {
                    self.option(option, options);
                }
                Some(AnswerInput::Choices(chosen.iter().map(|option| option.0.as_str().into()).collect()))
            }
            (Answer::Text(text), FieldKind::LongText { max_chars }) => {
                self.fits(text.chars().count(), *max_chars, "characters", answer.place);
                Some(AnswerInput::Text(text.clone()))
            }
            (Answer::Decision(decision), FieldKind::Decision { options }) => {
                if let Some(option) = &decision.option {
                    self.option(option, options);
                }
                Some(AnswerInput::Decision {
                    option: decision.option.as_ref().map(|option| option.0.as_str().into()),
                    rationale: decision.rationale.clone(),
                })
            }
            (Answer::Indicators(lines), FieldKind::Indicators { max_lines }) => {
                self.fits(lines.len(), *max_lines, "lines", answer.place);
                Some(AnswerInput::Indicators(lines.clone()))
            }
            (_, kind) => {
                let message = format!("This answer does not fit field '{}', which is {}.", field.id, kind_name(kind));
                self.findings.error("sample_mismatch", answer.place, message).suggest(
                    "choice: for choice, choices: for multi_choice, text: for long_text, decision:, indicators:",
                );
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
