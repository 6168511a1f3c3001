//! The JSON Schema of a report.

use serde_json::{Value, json};
use utoipa::{PartialSchema, ToSchema};

use super::model::Report;

/// Describes what a report is as JSON (JSON Schema 2020-12), from the types that write it.
///
/// # Errors
/// If a type's description cannot be written; none is known that cannot.
pub fn schema() -> Result<Value, serde_json::Error> {
    let mut parts = Vec::new();
    Report::schemas(&mut parts);
    parts.push(("Report".to_owned(), Report::schema()));
    let definitions: serde_json::Map<String, Value> =
        parts.into_iter().map(|(name, part)| Ok((name, serde_json::to_value(part)?))).collect::<Result<_, _>>()?;
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "After-action report of an exercise",
        "$ref": "#/$defs/Report",
        "$defs": definitions,
    });
    point_home(&mut schema);
    Ok(schema)
}

/// References to parts of an interface description become references within the schema.
fn point_home(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Some(name) = text.strip_prefix("#/components/schemas/") {
                *text = format!("#/$defs/{name}");
            }
        }
        Value::Array(items) => items.iter_mut().for_each(point_home),
        Value::Object(entries) => entries.values_mut().for_each(point_home),
        _ => {}
    }
}
