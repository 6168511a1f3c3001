//! Days of the calendar, for plans that outlast an exercise.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A day as ISO 8601 writes it (`2027-03-31`): in that form days sort as they follow each other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String, format = Date)]
pub struct Date(pub String);

impl Date {
    /// Whether there is such a day, and it is written that way.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        let day = self.0.parse::<jiff::civil::Date>();
        day.is_ok_and(|day| day.year() >= 1970 && day.to_string() == self.0)
    }
}

impl From<&str> for Date {
    fn from(day: &str) -> Self {
        Self(day.to_owned())
    }
}
