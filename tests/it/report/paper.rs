//! Reads a PDF back, with a reader that has nothing to do with what wrote it.

use std::collections::BTreeMap;

use hayro_syntax::{
    Pdf,
    content::ops::TypedInstruction,
    object::{Dict, Object, Stream},
    page::Page,
};

/// A PDF that can be asked.
pub(super) struct Paper(Pdf);

impl Paper {
    pub(super) fn read(bytes: &[u8]) -> Self {
        Self(Pdf::new(bytes.to_vec()).unwrap())
    }

    /// What the document says of itself as a whole.
    pub(super) fn catalogue(&self) -> Dict<'_> {
        self.0.xref().get(self.0.xref().root_id()).unwrap()
    }

    /// How many elements of the structure have this name.
    pub(super) fn elements(&self, name: &str) -> usize {
        let named = |dict: &Dict<'_>| {
            let kind = dict.get::<hayro_syntax::object::Name<'_>>("S");
            dict.contains_key("P") && kind.is_some_and(|kind| kind.as_str() == name)
        };
        self.0.objects().into_iter().filter(|object| matches!(object, Object::Dict(dict) if named(dict))).count()
    }

    /// What the pictures say to those who do not see them.
    pub(super) fn alternatives(&self) -> Vec<String> {
        let said = |dict: &Dict<'_>| {
            let figure = dict.get::<hayro_syntax::object::Name<'_>>("S").is_some_and(|kind| kind.as_str() == "Figure");
            let alt = dict.get::<hayro_syntax::object::String<'_>>("Alt").map(|alt| decoded(alt.as_bytes()));
            alt.filter(|_| figure && dict.contains_key("P"))
        };
        let objects = self.0.objects().into_iter();
        objects.filter_map(|object| if let Object::Dict(dict) = object { said(&dict) } else { None }).collect()
    }

    /// The text of each page, without its spaces: where words are apart is a matter of layout.
    pub(super) fn pages(&self) -> Vec<String> {
        self.0.pages().iter().map(text).collect()
    }
}

/// Text of a PDF outside of its pages: UTF-16 with a mark, or bytes.
pub(super) fn decoded(bytes: &[u8]) -> String {
    let Some(wide) = bytes.strip_prefix(&[0xFE, 0xFF]) else {
        return String::from_utf8(bytes.to_vec()).unwrap();
    };
    let units: Vec<u16> = wide.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    String::from_utf16(&units).unwrap()
}

/// What somebody searches for, as [`Paper::pages`] has it.
pub(super) fn close(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200B}').collect()
}

fn text(page: &Page<'_>) -> String {
    let fonts = &page.resources().fonts;
    let alphabets: BTreeMap<String, BTreeMap<u16, String>> =
        fonts.keys().map(|name| (name.as_str().to_owned(), alphabet(&fonts.get(name.as_str()).unwrap()))).collect();
    let mut font = String::new();
    let mut text = String::new();
    let mut operations = page.typed_operations();
    while let Some(operation) = operations.next() {
        let mut say = |shown: &[u8]| {
            for glyph in shown.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])) {
                text.push_str(alphabets[&font].get(&glyph).map_or("\u{FFFD}", String::as_str));
            }
        };
        match operation {
            TypedInstruction::TextFont(chosen) => chosen.0.as_str().clone_into(&mut font),
            TypedInstruction::ShowText(shown) => say(shown.0.as_bytes()),
            TypedInstruction::ShowTexts(shown) => {
                shown.0.iter::<Object<'_>>().for_each(|part| {
                    if let Object::String(part) = part {
                        say(part.as_bytes());
                    }
                });
            }
            _ => {}
        }
    }
    close(&text)
}

/// Which letters the glyphs of a font stand for.
fn alphabet(font: &Dict<'_>) -> BTreeMap<u16, String> {
    let map = font.get::<Stream<'_>>("ToUnicode").unwrap().decoded().unwrap().into_owned();
    let map = String::from_utf8(map).unwrap();
    let hex = |token: &str| hex::decode(token.trim_matches(['<', '>'])).unwrap();
    let letters = |token: &str| {
        let units: Vec<u16> = hex(token).chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
        String::from_utf16(&units).unwrap()
    };
    let glyph = |token: &str| u16::from_be_bytes(hex(token).try_into().unwrap());
    let mut found = BTreeMap::new();
    let mut ranges = false;
    for line in map.lines() {
        ranges = line.ends_with("beginbfrange") || (ranges && !line.ends_with("endbfrange"));
        let tokens: Vec<&str> = line.split_whitespace().collect();
        match tokens[..] {
            [from, to] if from.starts_with('<') && !ranges && to.len() > 2 => {
                found.insert(glyph(from), letters(to));
            }
            [from, to, first] if from.starts_with('<') && ranges => {
                let first = letters(first).chars().next().unwrap();
                for (n, glyph) in (0..).zip(glyph(from)..=glyph(to)) {
                    found.insert(glyph, char::from_u32(u32::from(first) + n).unwrap().to_string());
                }
            }
            _ => {}
        }
    }
    found
}
