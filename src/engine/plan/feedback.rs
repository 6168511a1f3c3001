//! The feedback form for scenarios that bring none: statements to agree with, after the participant
//! feedback form of HSEEP, and two open questions. Its words are data, in every language of the pages.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use super::{Choice, Field, FieldKind};
use crate::engine::text::Text;

/// Most characters of an open answer.
const MOST_CHARS: u32 = 2_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    /// From least to most.
    scale: Vec<(String, BTreeMap<String, String>)>,
    statements: Vec<(String, BTreeMap<String, String>)>,
    questions: Vec<(String, BTreeMap<String, String>)>,
}

static USUAL: LazyLock<Vec<Field>> = LazyLock::new(|| {
    let words: Words = serde_json::from_str(include_str!("feedback.json"))
        .unwrap_or_else(|error| unreachable!("the words of the feedback form are whole, a test reads them: {error}"));
    let text = |words: &BTreeMap<String, String>| {
        Text(words.iter().map(|(language, text)| (language.as_str().into(), text.clone())).collect())
    };
    let options: Vec<Choice> =
        words.scale.iter().map(|(id, label)| Choice { id: id.as_str().into(), label: text(label) }).collect();
    let field = |(id, label): &(String, BTreeMap<String, String>), kind| Field {
        id: id.as_str().into(),
        label: text(label),
        help: None,
        kind,
        required: false,
        wanted: false,
        section: None,
        points: 0,
    };
    let statements = words.statements.iter().map(|it| field(it, FieldKind::Choice { options: options.clone() }));
    let questions = words.questions.iter().map(|it| field(it, FieldKind::LongText { max_chars: MOST_CHARS }));
    statements.chain(questions).collect()
});

/// What people are asked where the scenario does not say.
#[must_use]
pub fn usual_feedback() -> &'static [Field] {
    &USUAL
}
