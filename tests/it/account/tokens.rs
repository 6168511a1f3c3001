//! Tickets and access tokens, and the ways in which tokens are forged.

use axum::{
    body::Body,
    http::{Method, StatusCode, request::Parts},
};
use drillhall::{
    account::Caller,
    engine::{id::ExerciseId, time::Millis},
};
use jsonwebtoken::{Algorithm, EncodingKey, Header, dangerous::insecure_decode_claims};
use serde_json::{Value, json};

use crate::server::{NOW, ORIGIN, Server, request};

const ME: &str = "/api/v1/me";

async fn access_token(server: &Server, cookie: &str) -> String {
    let headers = [("cookie", cookie), ("origin", ORIGIN)];
    let reply = server.send(request(Method::POST, "/api/v1/tokens", &headers, Body::empty())).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.body);
    reply.json()["token"].as_str().unwrap().to_owned()
}

async fn status(server: &Server, token: &str) -> u16 {
    server.get_with(ME, "authorization", &format!("Bearer {token}")).await.status.as_u16()
}

#[tokio::test]
async fn a_forged_token_is_refused() {
    let server = Server::start().await;
    let genuine = access_token(&server, &server.director().await).await;
    let [header, claims, signature]: [&str; 3] = genuine.split('.').collect::<Vec<_>>().try_into().unwrap();
    let content: Value = insecure_decode_claims(&genuine).unwrap();
    let secret = server.store.setting("signing_secret").await.unwrap().unwrap();
    let sign = |algorithm, secret: &str, content: &Value| {
        jsonwebtoken::encode(&Header::new(algorithm), content, &EncodingKey::from_secret(secret.as_bytes())).unwrap()
    };
    let changed = |key: &str, value: Value| {
        let mut content = content.clone();
        content[key] = value;
        sign(Algorithm::HS256, &secret, &content)
    };
    let without = |key: &str| {
        let mut content = content.clone();
        content.as_object_mut().unwrap().remove(key);
        sign(Algorithm::HS256, &secret, &content)
    };
    let none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0";
    let rs256 = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9";

    assert_eq!(status(&server, &genuine).await, 200);
    assert_eq!(
        status(&server, &sign(Algorithm::HS256, &secret, &content)).await,
        200,
        "what a forger lacks is the key"
    );
    for (forgery, token) in [
        ("alg none, no signature", format!("{none}.{claims}.")),
        ("alg none, old signature", format!("{none}.{claims}.{signature}")),
        ("alg RS256 over a secret", format!("{rs256}.{claims}.{signature}")),
        ("no signature", format!("{header}.{claims}.")),
        ("another algorithm", sign(Algorithm::HS512, &secret, &content)),
        ("another key", sign(Algorithm::HS256, "guessed", &content)),
        ("the empty key", sign(Algorithm::HS256, "", &content)),
        ("another audience", changed("aud", json!("socket"))),
        ("one audience of many", changed("aud", json!(["socket", "api"]))),
        ("no audience", without("aud")),
        ("expired now", changed("exp", json!(NOW.0 / 1000))),
        ("no expiry", without("exp")),
        ("expiry in words", changed("exp", json!("never"))),
        ("nobody's", changed("for", json!({"session": "guessed"}))),
        ("no token", String::new()),
    ] {
        assert_eq!(status(&server, &token).await, 401, "{forgery}");
    }
    let basic = server.get_with(ME, "authorization", &format!("Basic {genuine}")).await;
    assert_eq!(basic.code(), "unauthorized");
}

#[tokio::test]
async fn an_access_token_ends_after_a_quarter_of_an_hour_and_with_its_session() {
    let server = Server::start().await;
    let cookie = server.director().await;
    let (one, other) = (access_token(&server, &cookie).await, access_token(&server, &server.sign_in().await).await);
    server.time.advance(Millis(15 * 60_000 - 1));
    assert_eq!(status(&server, &one).await, 200);
    let headers = [("cookie", cookie.as_str()), ("origin", ORIGIN)];
    server.send(request(Method::DELETE, "/api/v1/sessions/current", &headers, Body::empty())).await;
    assert_eq!(status(&server, &one).await, 401, "its session is over");
    assert_eq!(status(&server, &other).await, 200);
    server.time.advance(Millis(1));
    assert_eq!(status(&server, &other).await, 401, "its time is over");
}

/// A player who asks for tickets.
async fn player(server: &Server, exercise: &str) -> (ExerciseId, Caller) {
    let (exercise, person) = server.exercise(exercise).await;
    let (seat, cookie) = server.seat(&exercise, &person).await;
    let path = format!("/api/v1/exercises/{exercise}/tickets?seat={seat}");
    let (parts, _): (Parts, Body) = request(Method::POST, &path, &[("cookie", &cookie)], Body::empty()).into_parts();
    let caller = server.accounts.caller(&parts, Some(&exercise)).await.unwrap();
    (exercise, caller)
}

#[tokio::test]
async fn a_ticket_works_once() {
    let server = Server::start().await;
    let (exercise, caller) = player(&server, "exercise-1").await;
    let (ticket, expires_at) = server.accounts.ticket(&caller).unwrap();
    assert_eq!(expires_at, NOW.plus(Millis::seconds(30)));
    assert_eq!(server.accounts.redeem_ticket(&exercise, &ticket).await.unwrap(), caller);
    // Also after the list of used tickets was tidied.
    server.time.advance(Millis::seconds(29));
    assert!(server.accounts.redeem_ticket(&exercise, &server.accounts.ticket(&caller).unwrap().0).await.is_ok());
    let again = server.accounts.redeem_ticket(&exercise, &ticket).await.unwrap_err();
    assert_eq!(again.code(), "unauthorized");
}

#[tokio::test]
async fn a_ticket_is_for_one_exercise_one_half_minute_and_a_seat_still_held() {
    let server = Server::start().await;
    let (exercise, caller) = player(&server, "exercise-1").await;
    let (elsewhere, _) = player(&server, "exercise-2").await;
    let ticket = || server.accounts.ticket(&caller).unwrap().0;
    let refused = async |exercise: &ExerciseId, ticket: &str| {
        server.accounts.redeem_ticket(exercise, ticket).await.unwrap_err().code()
    };
    assert_eq!(refused(&elsewhere, &ticket()).await, "unauthorized");
    assert_eq!(refused(&exercise, &server.accounts.access_token(&caller).token).await, "unauthorized");
    assert_eq!(status(&server, &ticket()).await, 401, "a ticket is no access token");

    let (late, revoked) = (ticket(), ticket());
    server.store.revoke_seat(caller.seat.as_deref().unwrap(), NOW).await.unwrap();
    assert_eq!(refused(&exercise, &revoked).await, "unauthorized");
    let (exercise, caller) = player(&server, "exercise-3").await;
    let late_too = server.accounts.ticket(&caller).unwrap().0;
    server.time.advance(Millis::seconds(30));
    assert_eq!(refused(&exercise, &late_too).await, "unauthorized");
    assert_eq!(refused(&exercise, &late).await, "unauthorized");
}

#[tokio::test]
async fn who_holds_no_seat_gets_no_ticket() {
    let server = Server::start().await;
    let (exercise, _) = server.exercise("exercise-1").await;
    let cookie = server.director().await;
    let (parts, _) = request(Method::POST, "/", &[("cookie", &cookie)], Body::empty()).into_parts();
    let caller = server.accounts.caller(&parts, Some(&exercise)).await.unwrap();
    assert_eq!(server.accounts.ticket(&caller).unwrap_err().code(), "forbidden");
}
