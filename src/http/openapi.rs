//! The description of the API, and a page to read and try it.

use axum::{
    Router,
    http::{HeaderValue, header},
    response::Response,
};
use utoipa_swagger_ui::{Config, SwaggerUi};

/// Swagger UI writes styles into its page; it still may run no script but its own.
const DOCS_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
    connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

pub(super) fn routes(document: utoipa::openapi::OpenApi) -> Router {
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
