//! A scenario as a tree of values with its keys in order: what importers write, and what the
//! export of a spreadsheet reads. It knows nothing of the format, so nothing in a file gets lost.

use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, SeqAccess, Visitor},
    ser::SerializeMap,
};
use serde_saphyr::{DoubleQuoted, FlowMap, FlowSeq, LitStr, SpaceAfter, Spanned};

use super::{parse, value::Place};

/// Longest text that stands beside its key whatever is in it.
const LONG_LINE: usize = 80;

/// A piece of YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// Text.
    Text(String),
    /// A whole number.
    Number(i64),
    /// True or false.
    Truth(bool),
    /// A list.
    List(Vec<Node>),
    /// A map, its keys in order.
    Map(Vec<(String, Node)>),
    /// In braces or brackets on one line; written only.
    Flow(Box<Node>),
    /// With a blank line after it; written only.
    Spaced(Box<Node>),
}

impl Node {
    /// A text.
    pub(super) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// A map with these keys.
    pub(super) fn map(entries: Vec<(&str, Self)>) -> Self {
        Self::Map(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }

    /// On one line.
    pub(super) fn flow(self) -> Self {
        Self::Flow(Box::new(self))
    }

    /// With a blank line after it.
    pub(super) fn spaced(self) -> Self {
        Self::Spaced(Box::new(self))
    }

    /// The value of a key, if this is a map that has it.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        let Self::Map(entries) = self else { return None };
        entries.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// Puts a value at the end of a path of keys; what is on the way is made.
    pub(super) fn put(&mut self, path: &[&str], value: Self) {
        let Some((key, rest)) = path.split_first() else {
            *self = value;
            return;
        };
        if !matches!(self, Self::Map(_)) {
            *self = Self::Map(Vec::new());
        }
        if let Self::Map(entries) = self {
            let position = entries.iter().position(|(name, _)| name == key).unwrap_or_else(|| {
                entries.push(((*key).to_owned(), Self::Map(Vec::new())));
                entries.len() - 1
            });
            entries[position].1.put(rest, value);
        }
    }

    /// Takes the value at the end of a path of keys out, and maps that are empty then.
    pub(super) fn take(&mut self, path: &[&str]) -> Option<Self> {
        let (key, rest) = path.split_first()?;
        let Self::Map(entries) = self else { return None };
        let position = entries.iter().position(|(name, _)| name == key)?;
        if rest.is_empty() {
            return Some(entries.remove(position).1);
        }
        let taken = entries[position].1.take(rest);
        if entries[position].1 == Self::Map(Vec::new()) {
            entries.remove(position);
        }
        taken
    }

    /// The text, if this is one.
    pub(super) fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The items, if this is a list.
    pub(super) fn items(&self) -> &[Self] {
        if let Self::List(items) = self { items } else { &[] }
    }

    /// The values of a map, in order.
    pub(super) fn values(&self) -> impl Iterator<Item = &Self> {
        let entries = if let Self::Map(entries) = self { entries.as_slice() } else { &[] };
        entries.iter().map(|(_, value)| value)
    }

    /// Reads a document within the bounds that hold for scenario files; none if it is no YAML.
    pub(super) fn read(yaml: &str) -> Option<Self> {
        let scanned: Spanned<Scanned> = serde_saphyr::from_str_with_options(yaml, parse::options()).ok()?;
        let lines: Vec<&str> = yaml.lines().collect();
        scanned.value.settled(scanned.referenced.into(), &lines)
    }

    /// As a YAML document.
    pub(super) fn to_yaml(&self) -> String {
        serde_saphyr::to_string(self).expect("text, numbers and string keys are YAML")
    }

    /// On one line, as it stands in a cell of a spreadsheet.
    pub(super) fn to_line(&self) -> String {
        match self {
            Self::Text(text) => quoted(text),
            Self::Number(number) => number.to_string(),
            Self::Truth(truth) => truth.to_string(),
            Self::List(items) => format!("[{}]", items.iter().map(Self::to_line).collect::<Vec<_>>().join(", ")),
            Self::Map(entries) => {
                let entry = |(key, value): &(String, Self)| format!("{}: {}", quoted(key), value.to_line());
                format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
            }
            Self::Flow(node) | Self::Spaced(node) => node.to_line(),
        }
    }
}

/// Text within braces: bare if nothing in it can be mistaken, else as a JSON string, which is YAML.
fn quoted(text: &str) -> String {
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'/' | b'.'))
        && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&text.to_lowercase().as_str());
    if plain { text.to_owned() } else { serde_json::to_string(text).expect("text is JSON") }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            // Left alone, a long text with a colon in it would be quoted, and quotation marks in it escaped.
            Self::Text(text) if text.len() > LONG_LINE && text.contains([':', '#']) && is_block(text) => {
                LitStr(text).serialize(serializer)
            }
            // The end of a block is easily mistaken for the blank line after it.
            Self::Text(text) if text.contains('\n') && (!is_block(text) || text.ends_with("\n\n")) => {
                DoubleQuoted(text).serialize(serializer)
            }
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(number) => serializer.serialize_i64(*number),
            Self::Truth(truth) => serializer.serialize_bool(*truth),
            Self::List(items) => serializer.collect_seq(items),
            Self::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
            Self::Flow(node) => match node.as_ref() {
                Self::List(items) => FlowSeq(items).serialize(serializer),
                node => FlowMap(node).serialize(serializer),
            },
            Self::Spaced(node) => SpaceAfter(node).serialize(serializer),
        }
    }
}

/// Whether a text may stand as a literal block without losing anything. Spaces are safe only between
/// words: a line of nothing else is lost at the end of a file.
fn is_block(text: &str) -> bool {
    let is_open_ended =
        text.starts_with(char::is_whitespace) || text.trim_end_matches('\n').ends_with(char::is_whitespace);
    !is_open_ended && !text.contains(|c: char| c.is_control() && c != '\n')
}

/// A value as the parser sees it.
enum Scanned {
    Text(String),
    Number(i64),
    /// A number that is more likely a name or a telephone number: its letters are in the file.
    Letters,
    Truth(bool),
    Nothing,
    List(Vec<Spanned<Scanned>>),
    Map(Vec<(String, Spanned<Scanned>)>),
}

impl Scanned {
    /// As a node; a key without a value is left out, which means the same.
    fn settled(self, place: Place, lines: &[&str]) -> Option<Node> {
        let settle = |item: Spanned<Self>| item.value.settled(item.referenced.into(), lines);
        Some(match self {
            Self::Text(text) => Node::Text(text),
            Self::Number(number) if !letters(place, lines).starts_with('+') => Node::Number(number),
            Self::Letters | Self::Number(_) => Node::Text(letters(place, lines)),
            Self::Truth(truth) => Node::Truth(truth),
            Self::Nothing => return None,
            Self::List(items) => Node::List(items.into_iter().filter_map(settle).collect()),
            Self::Map(entries) => {
                Node::Map(entries.into_iter().filter_map(|(key, value)| Some((key, settle(value)?))).collect())
            }
        })
    }
}

/// The bare word that stands at a place, behind the name of its anchor.
fn letters(place: Place, lines: &[&str]) -> String {
    let line = lines.get((place.line as usize).saturating_sub(1)).unwrap_or(&"");
    let rest: String = line.chars().skip((place.column as usize).saturating_sub(1)).collect();
    let word = if rest.starts_with('&') { rest.split_once(' ').map_or("", |(_, word)| word) } else { &rest };
    word.split([' ', ',', ']', '}', '\t']).next().unwrap_or_default().to_owned()
}

impl<'de> Deserialize<'de> for Scanned {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScannedVisitor)
    }
}

struct ScannedVisitor;

impl<'de> Visitor<'de> for ScannedVisitor {
    type Value = Scanned;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Scanned, E> {
        Ok(Scanned::Text(text.to_owned()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Scanned, E> {
        Ok(Scanned::Number(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Scanned, E> {
        Ok(i64::try_from(number).map_or(Scanned::Letters, Scanned::Number))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Scanned, E> {
        Ok(Scanned::Letters)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Scanned, E> {
        Ok(Scanned::Truth(truth))
    }

    fn visit_unit<E>(self) -> Result<Scanned, E> {
        Ok(Scanned::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Scanned, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Scanned::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scanned, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Scanned::Map(entries))
    }
}
