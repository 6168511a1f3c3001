//! Routes of programmes. Each handler reads the same way: who asks, may they, do it, note it, answer.

mod checked;
mod day;
mod door;
mod exercises;
mod links;
mod results;
mod shared;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::live::http::Doors;

/// The routes, with their description, under their whole paths.
#[must_use]
pub fn routes() -> OpenApiRouter<Doors> {
    OpenApiRouter::new()
        .routes(routes!(day::list, day::create))
        .routes(routes!(day::show))
        .routes(routes!(day::remove_person))
        .routes(routes!(shared::add_organisations))
        .routes(routes!(shared::add_teams))
        .routes(routes!(exercises::create))
        .routes(routes!(exercises::plan))
        .routes(routes!(exercises::enter))
        .routes(routes!(links::mint))
        .routes(routes!(links::revoke))
        .routes(routes!(door::preview))
        .routes(routes!(door::join))
        .routes(routes!(results::scorecards))
        .routes(routes!(results::report))
        .routes(routes!(results::report_page))
        .routes(routes!(results::report_csv))
}
