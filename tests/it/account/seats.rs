//! Seats in exercises: whose request is it?

use axum::{body::Body, http::Method};
use drillhall::{
    account::LinkTerms,
    engine::{role::Role, time::Millis},
    store::LinkUse,
};
use serde_json::json;

use crate::server::{NOW, Server, request};

#[tokio::test]
async fn a_seat_acts_by_its_cookie_in_its_exercise_only() {
    let server = Server::start().await;
    let (exercise, person) = server.exercise("exercise-1").await;
    let (other, _) = server.exercise("exercise-2").await;
    let (seat, cookie) = server.seat(&exercise, &person).await;
    let (second, second_cookie) = server.seat(&exercise, &person).await;
    let both = format!("{cookie}; {second_cookie}");
    let whoami = |exercise: &str, seat: &str| format!("/api/v1/exercises/{exercise}/whoami?language=en&seat={seat}");

    let mine = server.get_with(&whoami("exercise-1", &seat), "cookie", &both).await;
    assert_eq!(mine.json(), json!({"account": false, "seat": seat, "person": "ada"}));
    let mine = server.get_with(&whoami("exercise-1", &second), "cookie", &both).await;
    assert_eq!(mine.json()["seat"], second);

    for (path, cookie) in [
        (whoami(other.as_str(), &seat), both.clone()),
        (whoami("exercise-1", &second), cookie.clone()),
        (whoami("exercise-1", &seat), format!("dh_seat_{seat}=guessed")),
        // The secret of one seat under the name of another.
        (whoami("exercise-1", &second), cookie.replace(&seat, &second)),
        ("/api/v1/exercises/exercise-1/whoami".to_owned(), both.clone()),
    ] {
        assert_eq!(server.get_with(&path, "cookie", &cookie).await.code(), "unauthorized", "{path} {cookie}");
    }
}

#[tokio::test]
async fn a_seat_taken_away_or_grown_old_acts_no_more() {
    let server = Server::start().await;
    let (exercise, person) = server.exercise("exercise-1").await;
    let (seat, cookie) = server.seat(&exercise, &person).await;
    let (old, old_cookie) = server.seat(&exercise, &person).await;
    server.store.revoke_seat(&seat, NOW).await.unwrap();
    let path = format!("/api/v1/exercises/exercise-1/whoami?seat={seat}");
    assert_eq!(server.get_with(&path, "cookie", &cookie).await.code(), "unauthorized");
    let path = format!("/api/v1/exercises/exercise-1/whoami?seat={old}");
    assert_eq!(server.get_with(&path, "cookie", &old_cookie).await.status, 200);
    server.time.advance(Millis::minutes(30 * 24 * 60));
    assert_eq!(server.get_with(&path, "cookie", &old_cookie).await.code(), "unauthorized");
}

#[tokio::test]
async fn an_account_acts_as_the_person_it_is_in_the_exercise() {
    let server = Server::start().await;
    let (exercise, person) = server.exercise("exercise-1").await;
    server.exercise("exercise-2").await;
    let cookie = server.director().await;
    let account = server.store.account_by_login("director").await.unwrap().unwrap();
    server.store.put_account_person(&account.id, &exercise, &person).await.unwrap();
    let whoami = async |exercise: &str| {
        server.get_with(&format!("/api/v1/exercises/{exercise}/whoami"), "cookie", &cookie).await.json()
    };
    assert_eq!(whoami("exercise-1").await, json!({"account": true, "seat": null, "person": "ada"}));
    assert_eq!(whoami("exercise-2").await, json!({"account": true, "seat": null, "person": null}));
}

#[tokio::test]
async fn a_seat_cookie_is_for_its_exercise() {
    let server = Server::start().await;
    let (exercise, person) = server.exercise("exercise-1").await;
    let (seat, cookie) = server.accounts.open_seat(&exercise, &person, Role::Player, None).await.unwrap();
    assert!(cookie.starts_with(&format!("dh_seat_{seat}=")), "{cookie}");
    let attributes = "; HttpOnly; SameSite=Strict; Path=/api/v1/exercises/exercise-1; Max-Age=2592000";
    assert!(cookie.ends_with(attributes), "{cookie}");
}

#[tokio::test]
async fn a_seat_needs_its_page_to_act() {
    let server = Server::start().await;
    let (exercise, person) = server.exercise("exercise-1").await;
    let (seat, cookie) = server.seat(&exercise, &person).await;
    let path = format!("/api/v1/exercises/exercise-1/whoami?seat={seat}");
    let headers = [("cookie", cookie.as_str()), ("origin", "http://evil.example")];
    let reply = server.send(request(Method::POST, &path, &headers, Body::empty())).await;
    assert_eq!(reply.code(), "foreign_origin");
}

#[tokio::test]
async fn a_link_is_kept_without_its_secret() {
    let server = Server::start().await;
    let (exercise, _) = server.exercise("exercise-1").await;
    let terms = LinkTerms { role: Role::Observer, team: None, label: String::new(), max_uses: None, expires_at: None };
    let (link, secret) = server.accounts.mint_link(&exercise, terms).await.unwrap();
    assert_eq!((link.max_uses, link.expires_at), (1, Some(NOW.plus(Millis::minutes(7 * 24 * 60)))));
    let hash = drillhall::id::token_hash(&secret);
    assert_eq!(server.store.link_by_token(&hash).await.unwrap(), Some(link));
    assert!(matches!(server.store.use_link(&hash, NOW).await.unwrap(), LinkUse::Used(_)));
    assert_eq!(server.store.use_link(&hash, NOW).await.unwrap(), LinkUse::Full);
}
