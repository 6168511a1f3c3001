//! From what stands on paper to the bytes of a PDF: letters that deceive are shown by their numbers, each
//! script gets a font, and nothing of the machine or of the clock gets in.

use std::collections::BTreeSet;

use serde_json::Value;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::{PdfError, fonts::Fonts, world::Desk};
use crate::markup::page::{is_deceptive, visible};

/// Prints data with one of the layouts.
pub(super) fn print(layout: &str, mut data: Value, ident: String, fonts: &Fonts) -> Result<Vec<u8>, PdfError> {
    each_text(&mut data, &mut |text| show(text, is_deceptive));
    let mut needed = BTreeSet::new();
    each_text(&mut data, &mut |text| needed.extend(text.chars()));
    let shelf = fonts.shelf(&needed)?;
    if !shelf.unwritable.is_empty() {
        each_text(&mut data, &mut |text| show(text, |c| shelf.unwritable.contains(&c)));
    }
    let dir = data["dir"].clone();
    each_run(&mut data, &dir);
    data["dir"] = dir;
    data["fonts"] = shelf.families().into();
    let desk = Desk::new(layout, shelf.into_fonts(), data.to_string()).ok_or_else(|| fault("there is no layout"))?;
    set(&desk, ident)
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

/// Leaves out the direction of what runs as the document does: a turn costs time, even one to where it ran.
fn each_run(data: &mut Value, dir: &Value) {
    match data {
        Value::Array(values) => values.iter_mut().for_each(|value| each_run(value, dir)),
        Value::Object(values) => {
            if let Some(own) = values.get_mut("dir").filter(|own| *own == dir) {
                *own = Value::Null;
            }
            values.values_mut().for_each(|value| each_run(value, dir));
        }
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
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

fn set(desk: &Desk, ident: String) -> Result<Vec<u8>, PdfError> {
    let options = PdfOptions {
        ident: Smart::Custom(ident),
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
