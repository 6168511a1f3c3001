//! The three kinds of cookie, both out of reach of scripts and of other sites. `Secure` is added where
//! the answer leaves the house, if the request came over TLS.

use axum::http::HeaderMap;
use axum_extra::extract::CookieJar;

use super::SeatId;
use crate::engine::{id::ExerciseId, time::Millis};

const SESSION: &str = "dh_session";
const API: &str = "/api/v1";

/// The value of a `Set-Cookie` header that begins a session.
pub(super) fn begin_session(token: &str, length: Millis) -> String {
    set(SESSION, token, API, length)
}

/// The value of a `Set-Cookie` header that makes the browser forget its session.
pub(super) fn end_session() -> String {
    set(SESSION, "", API, Millis(0))
}

/// The value of a `Set-Cookie` header that gives a seat.
pub(super) fn give_seat(seat: &SeatId, exercise: &ExerciseId, token: &str, length: Millis) -> String {
    set(&seat_name(seat), token, &format!("{API}/exercises/{exercise}"), length)
}

/// The value of a `Set-Cookie` header that gives a pass.
pub(super) fn give_pass(programme: &str, token: &str, length: Millis) -> String {
    set(&pass_name(programme), token, &format!("{API}/programmes/{programme}"), length)
}

/// The secret of the session that a request belongs to.
pub(super) fn session(headers: &HeaderMap) -> Option<String> {
    read(headers, SESSION)
}

/// The secret of a seat.
pub(super) fn seat(headers: &HeaderMap, seat: &str) -> Option<String> {
    read(headers, &seat_name(seat))
}

/// The secret of a pass.
pub(super) fn pass(headers: &HeaderMap, programme: &str) -> Option<String> {
    read(headers, &pass_name(programme))
}

fn pass_name(programme: &str) -> String {
    format!("dh_pass_{programme}")
}

fn seat_name(seat: &str) -> String {
    format!("dh_seat_{seat}")
}

fn set(name: &str, value: &str, path: &str, length: Millis) -> String {
    format!("{name}={value}; HttpOnly; SameSite=Strict; Path={path}; Max-Age={}", length.0 / 1000)
}

fn read(headers: &HeaderMap, name: &str) -> Option<String> {
    CookieJar::from_headers(headers).get(name).map(|cookie| cookie.value().to_owned())
}
