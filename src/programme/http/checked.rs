//! What people type about a programme, before it is kept.

use axum::http::StatusCode;

use crate::{live::is_deceptive, problem::Problem, report::across::Country};

/// Longest title of a programme, in characters.
const TITLE_LIMIT: usize = 200;
/// Longest id that people choose.
const ID_LIMIT: usize = 40;
/// Most items that one request adds.
pub(super) const AT_ONCE: usize = 200;

pub(super) fn title(title: &str) -> Result<&str, Problem> {
    line(title, TITLE_LIMIT).ok_or_else(|| bad("give a title of 1 to 200 characters"))
}

pub(super) fn id(id: &str) -> Result<&str, Problem> {
    let is_small = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let good = (1..=ID_LIMIT).contains(&id.len()) && id.bytes().all(is_small);
    good.then_some(id).ok_or_else(|| bad("an id has 1 to 40 small letters, digits and hyphens"))
}

/// A code of two capital letters.
pub(super) fn country(code: &str) -> Result<String, Problem> {
    let country = Country::of(code).ok_or_else(|| bad("give a country by its code of two letters, as `TT`"))?;
    Ok(country.as_str().to_owned())
}

/// How many are added at once.
pub(super) fn at_once(n: usize) -> Result<(), Problem> {
    if (1..=AT_ONCE).contains(&n) { Ok(()) } else { Err(bad("add 1 to 200 at once")) }
}

fn line(text: &str, limit: usize) -> Option<&str> {
    let text = text.trim();
    let good = !text.is_empty() && text.chars().count() <= limit && !text.chars().any(is_deceptive);
    good.then_some(text)
}

pub(super) fn bad(detail: &str) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_programme", detail)
}
