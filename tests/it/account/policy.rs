//! What each policy asks for, cell by cell; and what each platform role may do.

use axum::http::{Method, StatusCode};
use drillhall::{
    account::{
        LinkTerms, PlatformAction,
        PlatformRole::{self, Account, Auditor, Director, PlatformAdmin},
        policy::rules,
    },
    config::Policy::{National, Small, Strict},
    engine::{
        role::Role,
        time::{Millis, Timestamp},
    },
};
use serde_json::json;

use super::people::{ME, begun, enrolled, is_signed_in};
use crate::server::{NOW, Server};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

#[test]
fn who_needs_a_second_factor() {
    // Administrator, director, auditor, plain account.
    for (policy, needs) in [(Small, [true, true, false, false]), (National, [true; 4]), (Strict, [true; 4])] {
        let asked = PlatformRole::ALL.map(|role| rules(policy).second_factor.contains(&role));
        assert_eq!(asked, needs, "{policy:?}");
    }
}

#[test]
fn how_long_things_hold() {
    let row = |policy| {
        let rules = rules(policy);
        [rules.idle, rules.absolute, rules.invitation, rules.access_token].map(|length| length.0)
    };
    assert_eq!(row(Small), [12 * HOUR, 7 * 24 * HOUR, 7 * 24 * HOUR, 15 * MINUTE]);
    assert_eq!(row(National), [4 * HOUR, 24 * HOUR, 3 * 24 * HOUR, 15 * MINUTE]);
    assert_eq!(row(Strict), [30 * MINUTE, 12 * HOUR, 24 * HOUR, 5 * MINUTE]);
}

#[test]
fn whose_links_are_for_one_person() {
    let personal = |policy| Role::ALL.map(|role| rules(policy).personal_links.contains(&role));
    let (y, n) = (true, false);
    // In the order of the roles: director, planner, facilitator, role player, lead evaluator, evaluator, observer,
    // reviewer; then lead, player and moderator of a team.
    assert_eq!(personal(Small), [n, n, n, n, y, y, n, n, n, n, n]);
    assert_eq!(personal(National), [y, y, y, y, y, y, n, y, n, n, n]);
    assert_eq!(personal(Strict), [y, y, y, y, y, y, y, y, n, n, n]);
}

#[tokio::test]
async fn an_evaluators_link_is_for_one_person_whatever_is_asked_for() {
    let server = Server::start().await;
    let (exercise, _) = server.exercise("exercise-1").await;
    let uses = async |role| {
        let terms = LinkTerms { role, team: None, label: String::new(), max_uses: Some(9), expires_at: None };
        server.accounts.mint_link(&exercise, terms).await.unwrap().0.max_uses
    };
    assert_eq!((uses(Role::Evaluator).await, uses(Role::LeadEvaluator).await, uses(Role::Observer).await), (1, 1, 9));
}

#[test]
fn what_each_platform_role_may_do() {
    use PlatformAction::{CreateExercises, ManageAccounts, ReadAudit};
    for (role, may) in [
        (PlatformAdmin, [true, true, false]),
        (Director, [false, true, false]),
        (Auditor, [false, false, true]),
        (Account, [false, false, false]),
    ] {
        assert_eq!([ManageAccounts, CreateExercises, ReadAudit].map(|action| role.may(action)), may, "{role:?}");
    }
}

/// Who gets what at a route that only administrators have, and at one that everybody has.
#[tokio::test]
async fn only_administrators_reach_accounts() {
    let server = Server::start().await;
    for role in PlatformRole::ALL {
        let somebody = enrolled(&server, role.name(), role).await;
        for (method, path, body) in [
            (Method::GET, "/api/v1/accounts", json!({})),
            (Method::GET, "/api/v1/invitations", json!({})),
            (Method::POST, "/api/v1/invitations", json!({ "role": "platform_admin" })),
            (Method::DELETE, "/api/v1/invitations/x", json!({})),
            (Method::POST, "/api/v1/accounts/x/acts", json!({ "act": "disable" })),
        ] {
            let reply = somebody.ask(&server, method, path, &body).await;
            assert_eq!(reply.status != StatusCode::FORBIDDEN, role == PlatformAdmin, "{role:?} {path} {}", reply.body);
        }
        assert_eq!(somebody.ask(&server, Method::GET, ME, &json!({})).await.json()["role"], role.name());
    }
}

#[tokio::test]
async fn a_role_that_this_program_does_not_know_allows_nothing() {
    let server = Server::start().await;
    let ana = enrolled(&server, "ana", PlatformAdmin).await;
    server.store.set_platform_role(&ana.account, "emperor").await.unwrap();
    assert_eq!(ana.ask(&server, Method::GET, "/api/v1/accounts", &json!({})).await.code(), "forbidden");
}

#[tokio::test]
async fn a_stricter_policy_counts_for_sessions_that_are_there() {
    let strict = Server::under(Strict).await;
    let plain = begun(&strict, "ana", Account).await;
    assert_eq!(plain.json()["must_enrol"], true);
    let ben = enrolled(&strict, "ben", Account).await;
    strict.time.advance(Millis(30 * MINUTE - 1));
    assert!(is_signed_in(&strict, &ben.cookie).await);
    for _ in 0..23 {
        strict.time.advance(Millis(29 * MINUTE));
        assert!(is_signed_in(&strict, &ben.cookie).await);
    }
    // Kept in use, it is over after twelve hours all the same.
    strict.time.set(Timestamp(NOW.0 + 12 * HOUR));
    assert!(!is_signed_in(&strict, &ben.cookie).await);
}

#[tokio::test]
async fn an_access_token_holds_as_long_as_the_policy_says() {
    let server = Server::under(Strict).await;
    let ana = enrolled(&server, "ana", Account).await;
    let token = ana.ask(&server, Method::POST, "/api/v1/tokens", &json!({})).await.json();
    let bearer = format!("Bearer {}", token["token"].as_str().unwrap());
    server.time.advance(Millis(5 * MINUTE - 1));
    assert_eq!(server.get_with(ME, "authorization", &bearer).await.status, StatusCode::OK);
    server.time.advance(Millis(1));
    assert_eq!(server.get_with(ME, "authorization", &bearer).await.code(), "unauthorized");
}
