//! What an answer is read beside: the question, the rubric, what is right, and samples of how good is good.

use serde::Serialize;
use utoipa::ToSchema;

use super::AnswerLine;
use crate::{
    engine::{
        command::AnswerInput,
        id::{ActionId, CriterionId, FieldId, InjectId, OptionId},
        plan::{AnswerKey, Content, Field, FieldKind, Inject, Sample, SampleGrade},
        text::Language,
    },
    markup::figures,
};

/// An inject that people mark.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Question {
    /// Which.
    pub inject: InjectId,
    /// Its title.
    pub title: String,
    /// What teams read (Markdown).
    pub body: String,
    /// The language that the words are in.
    pub language: Language,
    /// What they are asked, field by field.
    pub fields: Vec<QuestionField>,
    /// The rubric.
    pub criteria: Vec<RubricLine>,
    /// What teams should do.
    pub expected: Vec<String>,
    /// Sample answers, to see how good is good.
    pub samples: Vec<SampleLine>,
}

/// A field of the form.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct QuestionField {
    /// Which.
    pub field: FieldId,
    /// The question.
    pub label: String,
    /// What is right, where the plan says it.
    pub right: Option<String>,
}

/// One thing to look at in an answer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RubricLine {
    /// Which.
    pub criterion: CriterionId,
    /// What is looked at.
    pub title: String,
    /// The field that it looks at; without one the whole answer.
    pub field: Option<FieldId>,
    /// Weight among the criteria of the inject.
    pub weight: u32,
    /// Whether a low level caps ratings; then the team is always told why.
    pub critical: bool,
    /// What each level looks like, lowest first: five texts, or none.
    pub anchors: Vec<String>,
}

/// A sample answer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SampleLine {
    /// How good it is.
    pub grade: SampleGrade,
    /// The answer, field by field.
    pub answers: Vec<AnswerLine>,
}

/// What staff tick off for an inject.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Checklist {
    /// Which inject.
    pub inject: InjectId,
    /// Its title.
    pub title: String,
    /// Whether teams are sent something; if not, staff only watch.
    pub sent: bool,
    /// The actions.
    pub actions: Vec<ChecklistLine>,
}

/// An expected action.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChecklistLine {
    /// Which.
    pub action: ActionId,
    /// What a good team does.
    pub text: String,
    /// Weight among the actions of the inject; nought is evidence only.
    pub weight: u32,
    /// Whether leaving it undone caps ratings.
    pub critical: bool,
}

/// The question, in one language.
pub(super) fn question(inject: &Inject, language: &Language) -> Question {
    let Content { title, body, form, .. } = &inject.content;
    let (read_in, body) = body.read(language).unwrap_or((language, ""));
    let fields: &[Field] = form.as_ref().map_or(&[], |form| &form.fields);
    let of_field = |field: &Field| QuestionField {
        field: field.id.clone(),
        label: field.label.get(language).to_owned(),
        right: inject.key_of(field).map(|key| right(key, &field.kind, language)),
    };
    let criteria = inject.criteria().into_iter().map(|criterion| RubricLine {
        title: criterion.title.get(language).to_owned(),
        anchors: criterion.anchors.iter().map(|anchor| anchor.get(language).to_owned()).collect(),
        criterion: criterion.id,
        field: criterion.field,
        weight: criterion.weight,
        critical: criterion.critical,
    });
    Question {
        inject: inject.id.clone(),
        title: title.get(language).to_owned(),
        body: body.to_owned(),
        language: read_in.clone(),
        fields: fields.iter().map(of_field).collect(),
        criteria: criteria.collect(),
        expected: inject.staff.expected.iter().map(|text| text.get(language).to_owned()).collect(),
        samples: inject.staff.samples.iter().map(|sample| of_sample(sample, fields, language)).collect(),
    }
}

/// The checklist, in one language; none if nothing is expected.
pub(super) fn checklist(inject: &Inject, language: &Language) -> Option<Checklist> {
    let line = |action: crate::engine::plan::ExpectedAction| ChecklistLine {
        text: action.text.get(language).to_owned(),
        action: action.id,
        weight: action.weight,
        critical: action.critical,
    };
    let actions: Vec<ChecklistLine> = inject.actions().into_iter().map(line).collect();
    let title = inject.content.title.get(language).to_owned();
    (!actions.is_empty()).then(|| Checklist { inject: inject.id.clone(), title, sent: inject.is_sent(), actions })
}

fn of_sample(sample: &Sample, fields: &[Field], language: &Language) -> SampleLine {
    let line = |field: &Field| {
        let answer = sample.answers.get(&field.id)?;
        let words = Some(as_sent(answer, &field.kind, language));
        Some(AnswerLine {
            field: field.id.clone(),
            label: field.label.get(language).to_owned(),
            words,
            recognised: None,
            erased: false,
            file: None,
        })
    };
    SampleLine { grade: sample.grade, answers: fields.iter().filter_map(line).collect() }
}

fn as_sent(answer: &AnswerInput, kind: &FieldKind, language: &Language) -> String {
    let label = |option: &OptionId| kind.label(option, language).to_owned();
    match answer {
        AnswerInput::Choice(option) => label(option),
        AnswerInput::Choices(options) => lines(options.iter().map(label)),
        AnswerInput::Decision { option, rationale } => {
            lines(option.iter().map(label).chain(std::iter::once(rationale.clone())))
        }
        AnswerInput::Indicators(values) => lines(values.iter().cloned()),
        AnswerInput::Text(text) | AnswerInput::Number(text) | AnswerInput::Time(text) => text.clone(),
        AnswerInput::File(hash) => hash.to_string(),
    }
}

fn right(key: &AnswerKey, kind: &FieldKind, language: &Language) -> String {
    let label = |option: &OptionId| kind.label(option, language).to_owned();
    let credited = |name: String, credit: u32| {
        if credit == 1000 { name } else { format!("{name} ({} %)", figures::tenths(i64::from(credit), 10)) }
    };
    match key {
        AnswerKey::Options(credits) => {
            lines(credits.iter().filter(|(_, credit)| **credit > 0).map(|(id, credit)| credited(label(id), *credit)))
        }
        AnswerKey::Set(options) => lines(options.iter().map(label)),
        AnswerKey::Indicators(values) => lines(values.iter().cloned()),
        AnswerKey::Texts(texts) => lines(texts.iter().map(|(text, credit)| credited(text.clone(), *credit))),
        AnswerKey::Range { least, most, .. } if least == most => least.to_string(),
        AnswerKey::Range { least, most, .. } => format!("{least} \u{2013} {most}"),
        AnswerKey::Times { first, last } => {
            format!("{} \u{2013} {}", figures::with_offset(*first, 0), figures::with_offset(*last, 0))
        }
    }
}

fn lines(all: impl Iterator<Item = String>) -> String {
    all.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}
