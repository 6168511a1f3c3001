//! What stands on paper: sections of blocks, with every word and figure as it is printed. The layout
//! reads it as JSON, so nothing in it is ever read as markup.

use serde::Serialize;

use super::{
    picture::{Bar, Heat, Picture, Share},
    scripts::is_right_to_left,
};
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
    /// A table of shades.
    Heat { heat: Heat },
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
    /// Where the pictures in it begin and end, in place of a title.
    pub(super) scale: Option<[String; 2]>,
}

/// A cell: lines of text and perhaps a picture below them.
#[derive(Default, Serialize)]
pub(super) struct Cell {
    pub(super) lines: Vec<Run>,
    pub(super) picture: Option<Picture>,
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

    /// A sentence of the catalogue: it runs as the report does, whatever it begins with.
    pub(super) fn own(look: Look, text: impl Into<String>) -> Self {
        Self { text: text.into(), look, language: None, dir: None }
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

    /// A picture alone.
    pub(super) fn pictured(picture: Picture) -> Self {
        Self { lines: Vec::new(), picture: Some(picture) }
    }

    /// Lines, without those that are empty.
    pub(super) fn of(lines: impl IntoIterator<Item = Run>) -> Self {
        let lines = lines.into_iter().filter(|run| !run.text.is_empty());
        let lines = lines.map(|run| Run { text: breakable(&run.text), ..run });
        Self { lines: lines.collect(), picture: None }
    }
}

impl Column {
    /// Figures, as wide as they are.
    pub(super) fn figures(title: &str) -> Self {
        Self { title: title.to_owned(), part: 0, figures: true, scale: None }
    }

    /// Figures below a title that would make the column too wide.
    pub(super) fn narrow(title: &str, part: u8) -> Self {
        Self { part, ..Self::figures(title) }
    }

    /// Words, in a part of the width that is left.
    pub(super) fn words(title: &str, part: u8) -> Self {
        Self { title: title.to_owned(), part, figures: false, scale: None }
    }

    /// Pictures on a scale.
    pub(super) fn pictures(from: impl Into<String>, to: impl Into<String>, part: u8) -> Self {
        Self { scale: Some([from.into(), to.into()]), ..Self::words("", part) }
    }
}

impl Section {
    /// A part that follows the one before on the same page.
    pub(super) fn following(title: &str, blocks: Vec<Block>) -> Self {
        Self { title: title.to_owned(), level: 1, eyebrow: None, new_page: false, blocks }
    }
}

impl Block {
    /// A paragraph.
    pub(super) fn text(look: Look, text: &str) -> Self {
        Self::Text { run: Run::new(look, text) }
    }
}

/// Words from here on may be broken anywhere.
const LONG: usize = 26;

/// Hashes and addresses have no place to break at; nothing may stick out of its column. Scripts whose letters join or
/// whose words need no spaces have their own places.
fn breakable(text: &str) -> String {
    let simple = |c: char| c < '\u{530}' && !matches!(c, '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}');
    let mut broken = String::with_capacity(text.len());
    for word in text.split_inclusive(char::is_whitespace) {
        let long = word.chars().take(LONG).count() == LONG;
        let mut letters = word.chars().peekable();
        while let Some(letter) = letters.next() {
            broken.push(letter);
            if long && simple(letter) && letters.peek().is_some_and(|next| simple(*next) && !next.is_whitespace()) {
                broken.push('\u{200B}');
            }
        }
    }
    broken
}
