//! The report on paper: a PDF that a screen reader can follow, with every page marked. A function of
//! the report, the language and the fonts: same input, same bytes.
//!
//! [`sheet`] says what stands in it, `report.typ` how that looks. A new section is one more
//! [`sheet::Section`]; the layout need not know it.

mod after;
mod fonts;
mod overview;
mod scripts;
mod sheet;
mod team;
mod timeline;
mod world;

use std::{collections::BTreeSet, io, path::PathBuf};

use serde_json::Value;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

pub use self::fonts::Fonts;
use self::{
    scripts::Script,
    sheet::{Section, Sheet},
    world::Desk,
};
use super::{
    html::Context,
    model::{Report, Version},
    words,
};
use crate::{
    engine::text::Language,
    markup::{
        handling,
        page::{is_deceptive, visible},
    },
};

/// A report that could not be put on paper.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// Nothing here writes a script that the report needs.
    #[error(
        "there is no font here for {script}, which the report needs for \u{201c}{letter}\u{201d} (U+{:04X}): \
         install the package {package}, or name a folder that has such a font with --fonts DIR",
        u32::from(*letter)
    )]
    NoFont {
        /// As people call it.
        script: &'static str,
        /// The first letter that lacks a font.
        letter: char,
        /// What to install.
        package: &'static str,
    },
    /// The folder of fonts that somebody named.
    #[error("the folder of fonts {} cannot be read", folder.display())]
    Folder {
        /// Which one.
        folder: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A fault of the layout, and so of ours.
    #[error("the report could not be laid out: {0}")]
    Layout(String),
    /// A fault of ours.
    #[error("the report could not be handed to the layout")]
    Data(#[from] serde_json::Error),
}

impl PdfError {
    fn no_font(script: &Script, letter: char) -> Self {
        Self::NoFont { script: script.name, letter, package: script.package }
    }

    /// What programs tell errors apart by. It never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoFont { .. } => "pdf_font_missing",
            Self::Folder { .. } => "pdf_fonts_unreadable",
            Self::Layout(_) | Self::Data(_) => "pdf_fault",
        }
    }
}

/// Renders a report in a language; in English if there are no words for it.
pub fn render(report: &Report, language: &Language, fonts: &Fonts) -> Result<Vec<u8>, PdfError> {
    let (tag, words) = words::of(language);
    let context = Context { report, words };
    let draft = report.draft.then_some(words.watermark.as_str());
    let mut data = serde_json::to_value(sheet(&context, tag, draft))?;
    each_text(&mut data, &mut |text| show(text, is_deceptive));
    let mut needed = BTreeSet::new();
    each_text(&mut data, &mut |text| needed.extend(text.chars()));
    let shelf = fonts.shelf(&needed)?;
    if !shelf.unwritable.is_empty() {
        each_text(&mut data, &mut |text| show(text, |c| shelf.unwritable.contains(&c)));
    }
    data["fonts"] = shelf.families().into();
    let desk = Desk::new(shelf.into_fonts(), data.to_string()).ok_or_else(|| fault("there is no layout"))?;
    set(&desk, report)
}

fn sheet<'a>(context: &Context<'a>, language: &'a str, draft: Option<&'a str>) -> Sheet<'a> {
    let Context { report, words } = *context;
    let teams =
        Section { title: words.scorecards.clone(), level: 1, eyebrow: None, new_page: true, blocks: Vec::new() };
    let mut sections = overview::sections(context, language);
    sections.extend(after::sections(context, language));
    sections.push(timeline::section(context, language));
    sections.extend((!report.teams.is_empty()).then_some(teams));
    let scorecards = report.teams.iter().enumerate();
    sections.extend(scorecards.map(|(n, team)| team::section(context, language, team, n == 0)));
    sections.extend(overview::closing(context, language));
    if let (Version::Brief { .. }, [team]) = (&report.version, report.teams.as_slice()) {
        sections = vec![after::brief(context, language, team)];
    }
    Sheet {
        language,
        dir: &words.dir,
        name: format!("EXERCISE \u{2013} {} \u{2013} {}", words.report, report.title.get(&language.into())),
        marking: &report.marking,
        handling: handling(report.tlp),
        draft,
        cover: overview::cover(context, language),
        contents: &words.contents,
        sections,
    }
}

/// Goes through every text of the data.
fn each_text(data: &mut Value, act: &mut impl FnMut(&mut String)) {
    match data {
        Value::String(text) => act(text),
        Value::Array(values) => values.iter_mut().for_each(|value| each_text(value, act)),
        Value::Object(values) => values.values_mut().for_each(|value| each_text(value, act)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Shows characters by their numbers.
fn show(text: &mut String, hidden: impl Fn(char) -> bool) {
    if text.chars().any(|c| hidden(c) || c == '\t') {
        let shown = |c| match c {
            '\t' => " ".to_owned(),
            c if hidden(c) => visible(c),
            c => c.to_string(),
        };
        *text = text.chars().map(shown).collect();
    }
}

fn set(desk: &Desk, report: &Report) -> Result<Vec<u8>, PdfError> {
    let options = PdfOptions {
        // The head of the log names the document as nothing else does, and is the same again.
        ident: Smart::Custom(format!("{} {}", report.exercise, report.head_hash.as_deref().unwrap_or_default())),
        creator: Smart::Custom(Some("Drillhall".to_owned())),
        standards: PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|wrong| fault(wrong.message()))?,
        ..PdfOptions::default()
    };
    let document = typst::compile::<PagedDocument>(desk).output;
    let bytes = document.and_then(|document| typst_pdf::pdf(&document, &options));
    // The typesetter keeps what it has computed for the next time; a server would grow by it.
    typst::comemo::evict(0);
    bytes.map_err(|wrong| fault(wrong.first().map_or("no reason was given", |first| first.message.as_str())))
}

fn fault(message: &str) -> PdfError {
    PdfError::Layout(message.to_owned())
}
