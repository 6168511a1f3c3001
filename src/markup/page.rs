//! Writes HTML. Markup is always part of the program (`&'static str`); whatever comes from a log
//! or a scenario goes through [`Page::text`], so no data can become markup or an attribute.

use crate::engine::text::{Language, Text};

/// A page that is being written.
pub(crate) struct Page {
    html: String,
    language: Language,
}

impl Page {
    pub(crate) fn new(language: Language) -> Self {
        Self { html: String::new(), language }
    }

    /// The language of the page.
    pub(crate) fn language(&self) -> &Language {
        &self.language
    }

    /// Markup.
    pub(crate) fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.html.push_str(markup);
        self
    }

    /// Text, between tags or inside a quoted attribute.
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
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
    pub(crate) fn css(&mut self, text: &str) -> &mut Self {
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
    pub(crate) fn put(&mut self, open: &'static str, text: &str, close: &'static str) -> &mut Self {
        self.raw(open).text(text).raw(close)
    }

    /// A text of the scenario in the language of the page or, marked as such, in another one.
    pub(crate) fn local(&mut self, text: &Text) -> &mut Self {
        let language = self.language.clone();
        match text.read(&language) {
            Some((found, text)) if *found == language => self.put("<bdi>", text, "</bdi>"),
            Some((found, text)) => self.put("<bdi lang=\"", &found.0, "\">").put("", text, "</bdi>"),
            None => self,
        }
    }

    pub(crate) fn finish(self) -> String {
        self.html
    }
}

/// Characters that show nothing themselves and change how others look: controls, and the marks that
/// turn the direction of writing. They are made visible, for they can be evidence.
fn is_deceptive(c: char) -> bool {
    let turns = matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    turns || (c.is_control() && !matches!(c, '\n' | '\t'))
}

fn visible(c: char) -> String {
    format!("[U+{:04X}]", u32::from(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str) -> String {
        let mut page = Page::new(Language::from("en"));
        page.text(text);
        page.finish()
    }

    #[test]
    fn text_cannot_become_markup() {
        insta::assert_snapshot!(
            escaped("<script>alert('x')</script> & \" onload=\"y"),
            @"&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot; onload=&quot;y"
        );
    }

    #[test]
    fn text_cannot_end_a_style() {
        let mut page = Page::new(Language::from("en"));
        page.css("a\"; } </style>\\");
        assert_eq!(page.finish(), r"a\22 \3B \20 \7D \20 \3C \2F style\3E \5C ");
    }

    #[test]
    fn marks_that_turn_the_writing_are_shown() {
        assert_eq!(escaped("invoice\u{202E}fdp.exe\u{2069}\u{0}"), "invoice[U+202E]fdp.exe[U+2069][U+0000]");
        assert_eq!(escaped("سجلّ\nعربي"), "سجلّ\nعربي");
    }
}
