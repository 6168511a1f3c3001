//! Extractors that refuse with a problem: where a body, query or path is wrong, and how.

use std::error::Error;

use axum::{
    extract::{
        FromRequest, FromRequestParts,
        rejection::{JsonRejection, PathRejection, QueryRejection},
    },
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::problem::Problem;

/// A JSON body, both ways.
#[derive(Clone, Copy, Debug, FromRequest)]
#[from_request(via(axum::Json), rejection(Problem))]
pub struct Json<T>(pub T);

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

/// The query of the URL.
#[derive(Clone, Copy, Debug, FromRequestParts)]
#[from_request(via(axum::extract::Query), rejection(Problem))]
pub struct Query<T>(pub T);

/// The variable segments of the path.
#[derive(Clone, Copy, Debug, FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(Problem))]
pub struct Path<T>(pub T);

impl From<JsonRejection> for Problem {
    fn from(rejection: JsonRejection) -> Self {
        match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => {
                Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "the body is larger than this route takes")
            }
            StatusCode::UNSUPPORTED_MEDIA_TYPE => {
                let detail = "send JSON, with the header 'Content-Type: application/json'";
                Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not_json", detail)
            }
            _ => {
                let place = rejection.source().map_or_else(|| rejection.body_text(), ToString::to_string);
                let detail = format!("the body is not what this route takes: {place}");
                Self::new(StatusCode::BAD_REQUEST, "bad_json", detail)
            }
        }
    }
}

impl From<QueryRejection> for Problem {
    fn from(rejection: QueryRejection) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad_query", rejection.body_text())
    }
}

impl From<PathRejection> for Problem {
    fn from(rejection: PathRejection) -> Self {
        if rejection.status().is_server_error() {
            return Self::internal(rejection);
        }
        Self::new(StatusCode::BAD_REQUEST, "bad_path", rejection.body_text())
    }
}
