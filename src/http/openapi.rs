//! The description of the API, and a page to read and try it.

use axum::{
    Router,
    http::{HeaderValue, header},
    response::Response,
};
use utoipa::{
    ToSchema,
    openapi::{
        Content, OpenApi, Ref, RefOr, Response as Described,
        path::{Operation, PathItem},
    },
};
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::problem::ProblemBody;

/// The kind of content that a problem comes as (RFC 9457).
const PROBLEM: &str = "application/problem+json";
/// What any route may answer, beside what it says of itself.
const ANY_ROUTE: [(&str, &str); 5] = [
    ("400", "The path, query or body is not what this route takes"),
    ("401", "Nobody is signed in, or the seat is not this browser's"),
    ("403", "Whoever asks may not do this, or a page of another site does"),
    ("429", "Too many of these"),
    ("503", "Not at the moment: ask again, with the same key if it was a command"),
];
/// What a route that takes a body may answer besides.
const WITH_A_BODY: [(&str, &str); 3] = [
    ("413", "The body is too large"),
    ("415", "The body is of another kind"),
    ("422", "What is asked for cannot be, as the detail says"),
];

/// Swagger UI writes styles into its page; it still may run no script but its own.
const DOCS_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
    connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Completes a description with what every route has in common: how it refuses.
#[must_use]
pub fn with_problems(mut document: OpenApi) -> OpenApi {
    document.paths.paths.values_mut().flat_map(operations).for_each(complete);
    document
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let PathItem { get, put, post, delete, patch, .. } = item;
    [get, put, post, delete, patch].into_iter().flatten()
}

fn complete(operation: &mut Operation) {
    let with_a_body = WITH_A_BODY.iter().filter(|_| operation.request_body.is_some());
    let responses = &mut operation.responses.responses;
    for (status, description) in ANY_ROUTE.iter().chain(with_a_body) {
        let new = || RefOr::T(Described::new(*description));
        responses.entry((*status).to_owned()).or_insert_with(new);
    }
    let refusals = responses.iter_mut().filter(|(status, _)| status.starts_with(['4', '5']));
    for response in
        refusals.filter_map(|(_, response)| if let RefOr::T(response) = response { Some(response) } else { None })
    {
        let body = Content::new(Some(Ref::from_schema_name(ProblemBody::name())));
        response.content.clear();
        response.content.insert(PROBLEM.to_owned(), RefOr::T(body));
    }
}

pub(super) fn routes(document: OpenApi) -> Router {
    const DOCUMENT: &str = "/api/v1/openapi.json";
    // The page must not fetch a validator's badge from elsewhere.
    let config = Config::new([DOCUMENT]).validator_url("none");
    let docs: Router = SwaggerUi::new("/api/v1/docs").url(DOCUMENT, document).config(config).into();
    docs.layer(axum::middleware::map_response(relax))
}

async fn relax(mut response: Response) -> Response {
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(DOCS_POLICY));
    response
}
