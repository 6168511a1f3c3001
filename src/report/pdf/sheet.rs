//! What stands on paper: sections of blocks, with every word and figure as it is printed. The layout
//! reads it as JSON, so nothing in it is ever read as markup.

use serde::Serialize;

use super::scripts::is_right_to_left;
use crate::engine::text::{Language, Text};

/// A whole report.
#[derive(Serialize)]
pub(super) struct Sheet<'a> {
    pub(super) language: &'a str,
    pub(super) dir: &'a str,
    /// Title of the document, for the list of windows and for screen readers.
    pub(super) name: String,
    pub(super) marking: &'a str,
    pub(super) handling: &'static str,
    /// The word across each page, if it is not final.
    pub(super) draft: Option<&'a str>,
    pub(super) cover: Cover,
    pub(super) contents: &'a str,
    pub(super) sections: Vec<Section>,
}

/// The first page.
#[derive(Serialize)]
pub(super) struct Cover {
    pub(super) eyebrow: String,
    pub(super) title: Run,
    pub(super) summary: Run,
    pub(super) notes: Vec<Run>,
    pub(super) facts: Vec<Fact>,
}

/// A part with a title that the contents name.
#[derive(Serialize)]
pub(super) struct Section {
    pub(super) title: String,
    pub(super) level: u8,
    pub(super) eyebrow: Option<String>,
    pub(super) new_page: bool,
    pub(super) blocks: Vec<Block>,
}

/// What a section is made of.
#[derive(Serialize)]
#[serde(tag = "block", rename_all = "snake_case")]
pub(super) enum Block {
    /// A title that the contents leave out.
    Heading { text: String },
    /// A paragraph.
    Text { run: Run },
    /// One figure, large.
    Figure { text: String },
    /// A bar of its own.
    Bar { bar: Bar },
    /// What the colours of bars mean.
    Legend { entries: Vec<Share> },
    /// Names and values.
    Facts { facts: Vec<Fact>, code: bool },
    /// Points or numbered questions.
    List { numbered: bool, items: Vec<Run> },
    /// A box with a title and points.
    Aside { title: String, items: Vec<Run> },
    /// A table; the first cell of each row names the row.
    Table { caption: Vec<Run>, columns: Vec<Column>, rows: Vec<Vec<Cell>> },
}

/// A name and its value.
#[derive(Serialize)]
pub(super) struct Fact {
    pub(super) name: String,
    pub(super) value: Run,
}

/// A column.
#[derive(Serialize)]
pub(super) struct Column {
    pub(super) title: String,
    /// Its part of the width that is left; as wide as its words if 0.
    pub(super) part: u8,
    /// Whether it holds figures, which end at the same edge.
    pub(super) figures: bool,
}

/// A cell: lines of text and perhaps a bar below them.
#[derive(Default, Serialize)]
pub(super) struct Cell {
    pub(super) lines: Vec<Run>,
    pub(super) bar: Option<Bar>,
}

/// Shares of a whole, one behind the other.
#[derive(Serialize)]
pub(super) struct Bar {
    /// The same in words.
    pub(super) alt: String,
    pub(super) shares: Vec<Share>,
}

/// Up to where a bar has a colour, in percent.
#[derive(Serialize)]
pub(super) struct Share {
    pub(super) kind: &'static str,
    pub(super) name: String,
    pub(super) percent: i64,
}

/// How a run of text looks.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Look {
    Plain,
    Strong,
    Quiet,
    Tag,
}

/// Text in one language and direction.
#[derive(Serialize)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) look: Look,
    /// Its language, if that is known and not the one of the report.
    pub(super) language: Option<String>,
    /// Its direction, if its first letter tells, or a figure where there is no letter: an address would
    /// be turned round among Arabic words.
    pub(super) dir: Option<&'static str>,
}

impl Run {
    /// Words of the report or of people.
    pub(super) fn new(look: Look, text: impl Into<String>) -> Self {
        let text = text.into();
        let first = text.chars().find(|c| c.is_alphabetic());
        let first = first.or_else(|| text.chars().find(char::is_ascii_digit));
        let dir = first.map(|c| if is_right_to_left(c) { "rtl" } else { "ltr" });
        Self { text, look, language: None, dir }
    }

    /// A text of the scenario, as near to the reader's language as there is one.
    pub(super) fn local(look: Look, text: &Text, reader: &str) -> Self {
        let reader = Language::from(reader);
        let Some((found, words)) = text.read(&reader) else { return Self::new(look, "") };
        let primary = found.0.split('-').next().unwrap_or_default();
        let other = found.0 != reader.0 && matches!(primary.len(), 2 | 3);
        // A line ends in a scenario file where the file is wide enough; only an empty one ends a paragraph.
        let paragraphs: Vec<String> = words.trim().split("\n\n").map(|lines| lines.replace('\n', " ")).collect();
        Self { language: other.then(|| primary.to_owned()), ..Self::new(look, paragraphs.join("\n")) }
    }
}

impl Cell {
    /// One line.
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self::of([Run::new(Look::Plain, text)])
    }

    /// Lines, without those that are empty.
    pub(super) fn of(lines: impl IntoIterator<Item = Run>) -> Self {
        Self { lines: lines.into_iter().filter(|run| !run.text.is_empty()).collect(), bar: None }
    }
}

impl Column {
    /// Figures, as wide as they are.
    pub(super) fn figures(title: &str) -> Self {
        Self { title: title.to_owned(), part: 0, figures: true }
    }

    /// Figures below a title that would make the column too wide.
    pub(super) fn narrow(title: &str, part: u8) -> Self {
        Self { part, ..Self::figures(title) }
    }

    /// Words, in a part of the width that is left.
    pub(super) fn words(title: &str, part: u8) -> Self {
        Self { title: title.to_owned(), part, figures: false }
    }
}

impl Block {
    /// A paragraph.
    pub(super) fn text(look: Look, text: &str) -> Self {
        Self::Text { run: Run::new(look, text) }
    }
}
