//! The small values of scenario files: where a value stands, ids, durations, and text by language.
//!
//! Whether an id or a duration is well formed is checked later, so that one reading reports every
//! mistake and not only the first.

use std::{borrow::Cow, collections::BTreeMap, fmt, ops::Deref};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_saphyr::{Location, Spanned};

use crate::engine::time::Millis;

/// A line and a column, both from 1; zero if unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Line.
    pub line: u32,
    /// Column, in characters.
    pub column: u32,
}

impl From<Location> for Place {
    fn from(location: Location) -> Self {
        let number = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
        Self { line: number(location.line()), column: number(location.column()) }
    }
}

/// A value that knows where it stands in its file. Two are equal if their values are.
#[derive(Clone, Debug)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

impl<T> Deref for At<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: PartialEq> PartialEq for At<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for At<T> {}

impl<T: PartialOrd> PartialOrd for At<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        self.value.partial_cmp(&other.value)
    }
}

impl<T: Ord> Ord for At<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.value.cmp(&other.value)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for At<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::deserialize(deserializer)?;
        Ok(Self { value: spanned.value, place: spanned.referenced.into() })
    }
}

/// In the published schema the place is invisible.
impl<T: JsonSchema> JsonSchema for At<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// A human id: lower-case letters, digits and hyphens, at most 40.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[schemars(extend("pattern" = "^[a-z0-9-]{1,40}$"))]
pub struct Id(pub String);

impl Id {
    /// Whether it is an id at all.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        (1..=40).contains(&self.0.len())
            && self.0.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The id of an option, or the code of something in a list that comes with the program
/// (`intrusions/burglary`, `high`, `T1566.001`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
pub struct Code(pub String);

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A number, letter by letter as it is written, so that none is lost.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct Decimal(pub String);

impl JsonSchema for Decimal {
    fn schema_name() -> Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"description": "A number with at most three decimals.", "type": ["number", "string"]})
    }
}

/// A length of time in hours, minutes and seconds, such as `90m`, `1h30m`, `45s` or `-10m`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(extend("pattern" = "^-?(?=[0-9])([0-9]{1,6}h)?([0-9]{1,6}m)?([0-9]{1,6}s)?$"))]
pub struct Duration(pub String);

impl Duration {
    /// The time it says, or none if it is not written as `1h30m`.
    #[must_use]
    pub fn millis(&self) -> Option<Millis> {
        let (sign, mut rest) = match self.0.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, self.0.as_str()),
        };
        let mut seconds = None;
        for (unit, worth) in [('h', 3600), ('m', 60), ('s', 1)] {
            if let Some((number, after)) = rest.split_once(unit) {
                if !(1..=6).contains(&number.len()) || !number.bytes().all(|b| b.is_ascii_digit()) {
                    return None;
                }
                seconds = Some(seconds.unwrap_or(0) + number.parse::<i64>().ok()? * worth);
                rest = after;
            }
        }
        if rest.is_empty() { seconds.map(|seconds| Millis::seconds(sign * seconds)) } else { None }
    }
}

/// Text for people: one string in the first language of the scenario, or a map by language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words {
    /// In the first language.
    Plain(String),
    /// By language tag.
    ByLanguage(BTreeMap<String, At<String>>),
    /// Something that is no text: what it is. It is read all the same, so that the place of the
    /// mistake is known and the mistakes after it are found too.
    Other(&'static str),
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct WordsVisitor;

        impl<'de> Visitor<'de> for WordsVisitor {
            type Value = Words;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("text, or a map of texts by language")
            }

            fn visit_str<E>(self, text: &str) -> Result<Words, E> {
                Ok(Words::Plain(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Words, A::Error> {
                let mut texts = BTreeMap::new();
                while let Some((language, text)) = map.next_entry()? {
                    texts.insert(language, text);
                }
                Ok(Words::ByLanguage(texts))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Words, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Words::Other("a list"))
            }

            fn visit_bool<E>(self, _: bool) -> Result<Words, E> {
                Ok(Words::Other("true or false"))
            }

            fn visit_i64<E>(self, _: i64) -> Result<Words, E> {
                Ok(Words::Other("a number"))
            }

            fn visit_u64<E>(self, _: u64) -> Result<Words, E> {
                Ok(Words::Other("a number"))
            }

            fn visit_f64<E>(self, _: f64) -> Result<Words, E> {
                Ok(Words::Other("a number"))
            }

            fn visit_unit<E>(self) -> Result<Words, E> {
                Ok(Words::Other("nothing"))
            }
        }

        deserializer.deserialize_any(WordsVisitor)
    }
}

impl JsonSchema for Words {
    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Text for people: one string if the scenario has one language, else a map by language.",
            "oneOf": [
                {"type": "string"},
                {"type": "object", "additionalProperties": {"type": "string"}, "minProperties": 1}
            ]
        })
    }
}
