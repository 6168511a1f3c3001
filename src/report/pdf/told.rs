//! What people said afterwards: the board of the hot wash, and how the exercise was run.

use super::sheet::{Block, Cell, Column, Look, Run, Section};
use crate::{
    engine::text::Language,
    markup::phrase::fill,
    report::{
        html::Context,
        model::{FindingKind, NoteLine, QuestionLine},
    },
};

pub(super) fn sections(context: &Context<'_>, language: &str) -> Vec<Section> {
    [notes(context), feedback(context, language)].into_iter().flatten().collect()
}

fn notes(context: &Context<'_>) -> Option<Section> {
    let (notes, words) = (&context.report.notes, context.words);
    let sides = [(FindingKind::Strength, &words.findings.strengths), (FindingKind::Area, &words.findings.areas)];
    let blocks = sides.into_iter().filter_map(|(kind, title)| {
        let items: Vec<Run> =
            notes.iter().filter(|note| note.kind == kind).map(|note| in_full(context, note)).collect();
        (!items.is_empty()).then(|| Block::Aside { title: title.clone(), items })
    });
    (!notes.is_empty()).then(|| Section::following(&words.after.notes, blocks.collect()))
}

fn in_full(context: &Context<'_>, note: &NoteLine) -> Run {
    let text = note.text.as_ref().unwrap_or(&context.words.erased);
    let lines: Vec<&str> = [text].into_iter().chain(&note.same).map(String::as_str).collect();
    Run::new(Look::Plain, lines.join("\n"))
}

fn feedback(context: &Context<'_>, language: &str) -> Option<Section> {
    let words = &context.words.after;
    let feedback = context.report.feedback.as_ref()?;
    let counts = [("n", &*feedback.given.to_string()), ("of", &*feedback.asked.to_string())];
    let columns = vec![Column::words(&words.question, 4), Column::words(&words.answers, 7)];
    let rows = feedback.questions.iter().map(|question| {
        let label = Cell::of([Run::local(Look::Strong, &question.label, language)]);
        vec![label, answers(question, language)]
    });
    let caption = vec![Run::new(Look::Quiet, &words.feedback)];
    let table = Block::Table { caption, columns, rows: rows.collect() };
    Some(Section::following(&words.feedback, vec![Block::text(Look::Plain, &fill(&words.responses, &counts)), table]))
}

fn answers(question: &QuestionLine, language: &str) -> Cell {
    let reader = Language::from(language);
    let options = question.options.iter().map(|option| format!("{}: {}", option.label.get(&reader), option.n));
    let lines = options.map(|option| Run::new(Look::Plain, option));
    Cell::of(lines.chain(question.texts.iter().map(|text| Run::new(Look::Plain, text))))
}
