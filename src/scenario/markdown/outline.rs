//! A Markdown document as a row of blocks, each with its line and its own source text.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// A block at the top of the document.
#[derive(Debug)]
pub(super) struct Block {
    /// Line where it begins, from 1.
    pub(super) line: usize,
    /// Its text as written.
    pub(super) source: String,
    /// What it is.
    pub(super) kind: Kind,
}

/// What a block is.
#[derive(Debug)]
pub(super) enum Kind {
    /// A heading: its level and text.
    Heading(usize, String),
    /// A paragraph or a quotation, without the marks of one.
    Paragraph(String),
    /// A list: its items.
    List(Vec<String>),
    /// A table: its rows, the first being the head.
    Table(Vec<Vec<String>>),
    /// Anything else.
    Other,
}

/// The blocks of a document. Lines that only part one thing from another are left out.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    // Control characters have no place in a scenario, and YAML has none for them.
    let text: String = text
        .replace("\r\n", "\n")
        .chars()
        .map(|c| if c.is_control() && c != '\n' && c != '\t' { '\u{FFFD}' } else { c })
        .collect();
    let mut blocks = Vec::new();
    let mut events = Parser::new_ext(&text, Options::ENABLE_TABLES).into_offset_iter();
    while let Some((event, range)) = events.next() {
        let kind = match event {
            Event::Rule => continue,
            Event::Start(tag) => block_kind(&tag, &text, &range, &mut events),
            _ => Kind::Other,
        };
        let source = text[range.clone()].trim_end().to_owned();
        let line = text[..range.start].matches('\n').count() + 1;
        if !source.trim().is_empty() {
            blocks.push(Block { line, source, kind });
        }
    }
    blocks
}

/// Reads a block to its end.
fn block_kind<'e>(
    tag: &Tag<'_>,
    text: &str,
    range: &Range<usize>,
    events: &mut impl Iterator<Item = (Event<'e>, Range<usize>)>,
) -> Kind {
    let end = tag.to_end();
    let mut depth = 1;
    let mut items: Vec<String> = Vec::new();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut plain = String::new();
    while depth > 0
        && let Some((event, part)) = events.next()
    {
        match &event {
            Event::Start(Tag::Item) if depth == 1 => items.push(item(&text[part])),
            Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
            Event::End(TagEnd::TableCell) => {
                if let Some(row) = rows.last_mut() {
                    row.push(std::mem::take(&mut plain).trim().to_owned());
                }
            }
            Event::Text(words) | Event::Code(words) => plain.push_str(words),
            Event::SoftBreak | Event::HardBreak => plain.push(' '),
            _ => {}
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    match end {
        TagEnd::Heading(level) => Kind::Heading(level as usize, plain.trim().to_owned()),
        TagEnd::Paragraph => Kind::Paragraph(text[range.clone()].trim().to_owned()),
        TagEnd::BlockQuote(_) => Kind::Paragraph(unquoted(&text[range.clone()])),
        TagEnd::List(_) => Kind::List(items),
        TagEnd::Table => Kind::Table(rows),
        _ => Kind::Other,
    }
}

/// An item without its bullet or number, its lines moved to the margin.
fn item(source: &str) -> String {
    let source = source.trim();
    let body = source
        .strip_prefix(['-', '*', '+'])
        .or_else(|| source.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix(['.', ')']))
        .unwrap_or(source);
    let lines: Vec<&str> = body.lines().map(str::trim).collect();
    let text = lines.join("\n").trim().to_owned();
    text.strip_prefix("[ ]").or_else(|| text.strip_prefix("[x]")).map_or(text.clone(), |rest| rest.trim().to_owned())
}

fn unquoted(source: &str) -> String {
    let lines: Vec<&str> =
        source.lines().map(|line| line.trim_start().strip_prefix('>').unwrap_or(line).trim_start()).collect();
    lines.join("\n").trim().to_owned()
}
