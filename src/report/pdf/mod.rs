//! The report on paper: a PDF that a screen reader can follow, with every page marked. A function of
//! the report, the language and the fonts: same input, same bytes.
//!
//! [`sheet`] says what stands in it, `report.typ` how that looks. A new section is one more
//! [`sheet::Section`]; the layout need not know it. Certificates are printed in the same way.

mod after;
mod certificate;
mod course;
mod fonts;
mod measures;
mod overview;
mod picture;
mod press;
mod ratings;
mod scripts;
mod sheet;
mod team;
mod timeline;
mod told;
mod world;

use std::{io, path::PathBuf};

pub use self::{
    certificate::{Issue, certificates},
    fonts::Fonts,
};
use self::{
    scripts::Script,
    sheet::{Section, Sheet},
};
use super::{
    html::Context,
    model::{Report, Version},
    words,
};
use crate::{engine::text::Language, markup::handling};

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
    // The head of the log names the document as nothing else does, and is the same again.
    let ident = format!("{} {}", report.exercise, report.head_hash.as_deref().unwrap_or_default());
    press::print("/report.typ", serde_json::to_value(sheet(&context, tag, draft))?, ident, fonts)
}

fn sheet<'a>(context: &Context<'a>, language: &'a str, draft: Option<&'a str>) -> Sheet<'a> {
    let Context { report, words } = *context;
    let teams =
        Section { title: words.scorecards.clone(), level: 1, eyebrow: None, new_page: true, blocks: Vec::new() };
    let mut sections = overview::sections(context, language);
    sections.extend(after::sections(context, language));
    sections.extend(measures::sections(context, language));
    sections.extend(course::sections(context, language));
    sections.extend(told::sections(context, language));
    sections.extend(ratings::agreement(context));
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
