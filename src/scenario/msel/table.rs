//! Trees as tables and back, without knowing the format: a key or a path of keys a column, one
//! column a language, and marked YAML for whatever fits no cell.

use super::{
    super::node::Node,
    cell,
    grid::{Cell, Sheet},
};

/// A table to write.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    pub(crate) name: String,
    /// Rows above the headings.
    pub(crate) above: Vec<Vec<String>>,
    pub(crate) headings: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

/// What items that are no maps stand under.
const ITEM: &str = "Text";

/// Values with their headings, as cells: `title (fr)`, `weight`.
pub(super) fn flatten(path: &str, node: &Node, languages: &[String], cells: &mut Vec<(String, String)>) {
    match node {
        Node::Map(entries) if is_by_language(node, languages) => {
            for (language, text) in entries {
                let text = text.as_text().unwrap_or_default();
                cells.push((format!("{path} ({language})"), cell::words(text)));
            }
        }
        Node::Map(entries) if !entries.is_empty() && entries.iter().all(|(key, _)| is_key(key)) => {
            for (key, value) in entries {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                flatten(&path, value, languages, cells);
            }
        }
        node => cells.push((if path.is_empty() { ITEM.to_owned() } else { path.to_owned() }, cell::value(node))),
    }
}

/// The tree of cells that [`flatten`] wrote; the headings of cells that cannot be read are given back.
pub(super) fn unflatten<'a>(cells: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Node, Vec<&'a str>) {
    let mut tree = Node::Map(Vec::new());
    let mut unread = Vec::new();
    for (heading, text) in cells.into_iter().filter(|(_, text)| !text.is_empty()) {
        let (path, language) = split_language(heading);
        let mut keys: Vec<&str> = path.split('.').filter(|key| !key.is_empty() && *key != ITEM).collect();
        let value = if language.is_some() { cell::read_words(text) } else { cell::read_value(text) };
        keys.extend(language);
        match value {
            Some(value) => tree.put(&keys, value),
            None => unread.push(heading),
        }
    }
    (tree, unread)
}

/// A list as a table, an item a row.
pub(super) fn of_list(name: &str, items: &[Node], languages: &[String]) -> Table {
    let mut table = Table { name: name.to_owned(), ..Table::default() };
    for item in items {
        let mut cells = Vec::new();
        flatten("", item, languages, &mut cells);
        let named = cells.into_iter().map(|(heading, text)| match heading.strip_prefix(" (") {
            Some(language) => (format!("{ITEM} ({language}"), text),
            None => (heading, text),
        });
        table.push(named);
    }
    table
}

impl Table {
    /// Adds a row; headings that are new become columns.
    pub(crate) fn push(&mut self, cells: impl IntoIterator<Item = (String, String)>) {
        let mut row = vec![String::new(); self.headings.len()];
        for (heading, text) in cells {
            let column = self.headings.iter().position(|known| *known == heading).unwrap_or_else(|| {
                self.headings.push(heading);
                row.push(String::new());
                self.headings.len() - 1
            });
            row[column] = text;
        }
        self.rows.push(row);
    }
}

/// The list that a sheet holds, its first row being the headings; and cells that cannot be read, by row and column.
pub(super) fn to_list(sheet: &Sheet) -> (Vec<Node>, Vec<(usize, usize)>) {
    let headings: Vec<String> = sheet.rows.first().map_or(&[][..], Vec::as_slice).iter().map(Cell::shown).collect();
    let mut items = Vec::new();
    let mut unread = Vec::new();
    for row in 1..sheet.rows.len() {
        let texts: Vec<String> = (0..headings.len()).map(|column| sheet.cell(row, column).shown()).collect();
        if texts.iter().all(String::is_empty) {
            continue;
        }
        let cells = headings.iter().zip(&texts).map(|(heading, text)| (heading.as_str(), text.as_str()));
        let (item, bad) = unflatten(cells);
        unread.extend(bad.iter().filter_map(|bad| Some((row, headings.iter().position(|heading| heading == bad)?))));
        items.push(item);
    }
    (items, unread)
}

/// `title (fr)` as `title` and `fr`.
pub(super) fn split_language(heading: &str) -> (&str, Option<&str>) {
    match heading.strip_suffix(')').and_then(|heading| heading.rsplit_once(" (")) {
        Some((path, language)) => (path, Some(language)),
        None => (heading, None),
    }
}

/// Whether a map holds one text in each of some languages.
pub(super) fn is_by_language(node: &Node, languages: &[String]) -> bool {
    let Node::Map(entries) = node else { return false };
    !entries.is_empty() && entries.iter().all(|(key, text)| languages.contains(key) && matches!(text, Node::Text(_)))
}

/// Whether a key can be part of a heading.
fn is_key(key: &str) -> bool {
    !key.is_empty() && key != ITEM && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
}
