//! How values stand in cells so that they come back as they were, and so that no spreadsheet runs
//! what somebody wrote.

use super::super::node::Node;

/// Opens a cell whose text is YAML in one line, for what a cell cannot say otherwise.
const YAML_MARK: &str = "!yaml ";

/// A text behind an apostrophe if a spreadsheet would take it for a formula.
pub(crate) fn guarded(text: &str) -> String {
    if is_risky(text) { format!("'{text}") } else { text.to_owned() }
}

/// The text that was written with [`guarded`].
pub(crate) fn unguarded(text: &str) -> String {
    match text.strip_prefix('\'') {
        Some(rest) if is_risky(rest) => rest.to_owned(),
        _ => text.to_owned(),
    }
}

/// Whether a spreadsheet might run a text, or the text looks as if it had been guarded.
pub(super) fn is_risky(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// A text for people as a cell; the empty text is not the same as none.
pub(super) fn words(text: &str) -> String {
    if text.is_empty() || text.starts_with(YAML_MARK) { yaml(&Node::text(text)) } else { text.to_owned() }
}

/// Any value as a cell.
pub(super) fn value(node: &Node) -> String {
    match node {
        Node::Text(text) if matches!(read_value(text), Some(Node::Text(read)) if read == *text) => words(text),
        Node::Number(_) | Node::Truth(_) => node.to_line(),
        node => yaml(node),
    }
}

/// A value as marked YAML.
pub(super) fn yaml(node: &Node) -> String {
    format!("{YAML_MARK}{}", node.to_line())
}

/// What [`words`] wrote; none for an empty cell or bad YAML.
pub(super) fn read_words(cell: &str) -> Option<Node> {
    match cell.strip_prefix(YAML_MARK) {
        Some(yaml) => Node::read(yaml),
        None if cell.is_empty() => None,
        None => Some(Node::text(cell)),
    }
}

/// What [`value`] wrote; none for an empty cell or bad YAML.
pub(super) fn read_value(cell: &str) -> Option<Node> {
    if let Ok(number) = cell.parse::<i64>()
        && number.to_string() == cell
    {
        return Some(Node::Number(number));
    }
    match cell.to_lowercase().as_str() {
        "true" => Some(Node::Truth(true)),
        "false" => Some(Node::Truth(false)),
        _ => read_words(cell),
    }
}
