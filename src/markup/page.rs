//! Writes HTML. Markup is always part of the program (`&'static str`); whatever comes from a log
//! or a scenario goes through [`Page::text`], so no data can become markup or an attribute.

use crate::engine::text::{Language, Text};

/// A page that is being written.
pub struct Page {
    html: String,
    language: Language,
}

impl Page {
    /// An empty page in a language.
    #[must_use]
    pub fn new(language: Language) -> Self {
        Self { html: String::new(), language }
    }

    /// The language of the page.
    #[must_use]
    pub fn language(&self) -> &Language {
        &self.language
    }

    /// Markup.
    pub fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.html.push_str(markup);
        self
    }

    /// Text, between tags or inside a quoted attribute.
    pub fn text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            match c {
                '&' => self.html.push_str("&amp;"),
                '<' => self.html.push_str("&lt;"),
                '>' => self.html.push_str("&gt;"),
                '"' => self.html.push_str("&quot;"),
                '\'' => self.html.push_str("&#39;"),
                c if is_deceptive(c) => self.html.push_str(&visible(c)),
                c => self.html.push(c),
            }
        }
        self
    }

    /// Text inside a quoted string of a style sheet.
    pub fn css(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            match c {
                c if c.is_ascii_alphanumeric() => self.html.push(c),
                c if is_deceptive(c) => {}
                c => self.html.extend(['\\'].into_iter().chain(format!("{:X} ", u32::from(c)).chars())),
            }
        }
        self
    }

    /// Text between an opening and a closing tag.
    pub fn put(&mut self, open: &'static str, text: &str, close: &'static str) -> &mut Self {
        self.raw(open).text(text).raw(close)
    }

    /// A text of the scenario in the language of the page or, marked as such, in another one.
    pub fn local(&mut self, text: &Text) -> &mut Self {
        let language = self.language.clone();
        match text.read(&language) {
            Some((found, text)) if *found == language => self.put("<bdi>", text, "</bdi>"),
            Some((found, text)) => self.put("<bdi lang=\"", &found.0, "\">").put("", text, "</bdi>"),
            None => self,
        }
    }

    /// The HTML that was written.
    #[must_use]
    pub fn finish(self) -> String {
        self.html
    }
}

/// Characters that show nothing themselves and change how others look: controls, and the marks that
/// turn the direction of writing. They are made visible, for they can be evidence.
pub(crate) fn is_deceptive(c: char) -> bool {
    let turns = matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    turns || (c.is_control() && !matches!(c, '\n' | '\t'))
}

pub(crate) fn visible(c: char) -> String {
    format!("[U+{:04X}]", u32::from(c))
}
