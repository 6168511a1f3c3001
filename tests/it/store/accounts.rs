//! Accounts, sessions, setup links and settings.

use drillhall::{
    engine::{id::PersonId, time::Timestamp},
    store::{Account, AccountSession, Invitation, Store},
};

use super::{
    fixture::{Bench, NOW},
    on_both_databases,
};

on_both_databases!(
    a_login_belongs_to_one_account,
    sessions_end_one_by_one_and_all_together,
    an_account_is_one_person_in_an_exercise,
    a_setup_link_works_once,
    an_account_is_disabled_and_enabled_and_given_roles,
    the_code_of_a_step_is_taken_once_whoever_races,
    a_secret_that_is_confirmed_is_not_replaced,
    a_recovery_code_works_once_whoever_races,
    an_invitation_works_once_whoever_races,
    what_takes_rights_away_is_counted,
    all_who_race_for_a_setting_get_the_same,
);

const LATER: Timestamp = Timestamp(NOW.0 + 1_000);

fn account(id: &str, login: &str) -> Account {
    Account {
        id: id.to_owned(),
        login: login.to_owned(),
        password_hash: format!("secret of {id}"),
        platform_role: "account".to_owned(),
        created_at: NOW,
        disabled_at: None,
    }
}

async fn a_login_belongs_to_one_account(bench: &Bench) {
    let first = account("a1", "ada");
    assert!(bench.store.create_account(&first).await.unwrap());
    assert!(!bench.store.create_account(&account("a2", "ada")).await.unwrap());
    assert_eq!(bench.store.account_by_login("ada").await.unwrap(), Some(first.clone()));
    assert_eq!(bench.store.account_by_login("Ada").await.unwrap(), None);
    bench.store.set_password_hash("a1", "another").await.unwrap();
    let changed = Account { password_hash: "another".to_owned(), ..first };
    assert_eq!(bench.store.account("a1").await.unwrap(), Some(changed.clone()));
    assert!(!format!("{changed:?}").contains("another"), "hashes of passwords stay out of the log");
    assert_eq!(bench.store.accounts().await.unwrap(), [changed]);
}

async fn sessions_end_one_by_one_and_all_together(bench: &Bench) {
    bench.store.create_account(&account("a1", "ada")).await.unwrap();
    for token_hash in ["t1", "t2", "t3", "t4"] {
        let session = AccountSession {
            id: format!("session {token_hash}"),
            token_hash: token_hash.to_owned(),
            account: "a1".to_owned(),
            factor: Some("totp".to_owned()),
            device: "Firefox, Linux".to_owned(),
            address: Some("192.0.2.1".to_owned()),
            created_at: NOW,
            last_seen_at: NOW,
            expires_at: Timestamp(NOW.0 + 60_000),
            revoked_at: None,
        };
        bench.store.create_session(&session).await.unwrap();
        assert_eq!(bench.store.session_by_token(token_hash).await.unwrap(), Some(session));
    }
    bench.store.touch_session("t1", LATER).await.unwrap();
    let seen = bench.store.session_by_token("t1").await.unwrap().unwrap();
    assert!(seen.last_seen_at == LATER && seen.is_valid(NOW) && !seen.is_valid(seen.expires_at));
    assert!(bench.store.revoke_session("t1", NOW).await.unwrap());
    assert!(!bench.store.revoke_session("t1", NOW).await.unwrap());
    assert!(!bench.store.revoke_session_of_account("a1", "t2", NOW).await.unwrap(), "a hash is no id");
    assert!(!bench.store.revoke_session_of_account("a2", "session t2", NOW).await.unwrap(), "it is somebody else's");
    assert!(bench.store.revoke_session_of_account("a1", "session t2", NOW).await.unwrap());
    assert_eq!(bench.store.revoke_sessions_of_account("a1", Some("t4"), NOW).await.unwrap(), 1);
    assert!(!bench.store.session_by_token("t3").await.unwrap().unwrap().is_valid(NOW));
    let left: Vec<_> = bench.store.sessions("a1").await.unwrap().into_iter().map(|left| left.token_hash).collect();
    assert_eq!(left, ["t4"]);
    assert_eq!(bench.store.revoke_sessions_of_account("a1", None, NOW).await.unwrap(), 1);
}

async fn an_account_is_one_person_in_an_exercise(bench: &Bench) {
    let exercise = bench.exercise("x1").await;
    bench.store.create_account(&account("a1", "ada")).await.unwrap();
    let (ada, bo) = (PersonId::from("ada"), PersonId::from("bo"));
    assert_eq!(bench.store.put_account_person("a1", &exercise, &ada).await.unwrap(), ada);
    assert_eq!(bench.store.put_account_person("a1", &exercise, &bo).await.unwrap(), ada);
    assert_eq!(bench.store.account_people("a1").await.unwrap(), [(exercise, ada)]);
}

async fn a_setup_link_works_once(bench: &Bench) {
    bench.store.create_setup_link("t", NOW).await.unwrap();
    let long_ago = Timestamp(0);
    assert!(!bench.store.use_setup_link("other", long_ago, LATER).await.unwrap());
    assert!(!bench.store.use_setup_link("t", NOW, LATER).await.unwrap(), "it is too old");
    let uses: Vec<_> = (0..10)
        .map(|_| {
            let store = bench.store.clone();
            tokio::spawn(async move { store.use_setup_link("t", long_ago, LATER).await.unwrap() })
        })
        .collect();
    let mut granted = 0;
    for outcome in uses {
        granted += u32::from(outcome.await.unwrap());
    }
    assert_eq!(granted, 1);
}

async fn all_who_race_for_a_setting_get_the_same(bench: &Bench) {
    assert_eq!(bench.store.setting("secret").await.unwrap(), None);
    let races: Vec<_> = (0..20)
        .map(|n| {
            let store = bench.store.clone();
            tokio::spawn(async move { store.setting_or_insert("secret", &n.to_string()).await.unwrap() })
        })
        .collect();
    let mut values = std::collections::BTreeSet::new();
    for race in races {
        values.insert(race.await.unwrap());
    }
    assert_eq!(values.len(), 1);
    assert_eq!(bench.store.setting("secret").await.unwrap(), values.pop_first());
}

async fn an_account_is_disabled_and_enabled_and_given_roles(bench: &Bench) {
    let store = &bench.store;
    store.create_account(&account("a1", "ada")).await.unwrap();
    assert!(!store.set_disabled("a1", None).await.unwrap());
    assert!(store.set_disabled("a1", Some(LATER)).await.unwrap());
    assert!(!store.set_disabled("a1", Some(NOW)).await.unwrap());
    assert_eq!(store.account("a1").await.unwrap().unwrap().disabled_at, Some(LATER));
    assert!(store.set_disabled("a1", None).await.unwrap());
    assert!(store.set_platform_role("a1", "auditor").await.unwrap());
    assert!(!store.set_platform_role("a1", "auditor").await.unwrap());
    let found = store.account_by_login("ada").await.unwrap().unwrap();
    assert_eq!((found.disabled_at, found.platform_role.as_str()), (None, "auditor"));
}

/// How many of ten at once succeed.
async fn race<F: Future<Output = bool> + Send + 'static>(store: &Store, attempt: impl Fn(Store) -> F) -> usize {
    let attempts: Vec<_> = (0..10).map(|_| tokio::spawn(attempt(store.clone()))).collect();
    let mut succeeded = 0;
    for attempt in attempts {
        succeeded += usize::from(attempt.await.unwrap());
    }
    succeeded
}

async fn the_code_of_a_step_is_taken_once_whoever_races(bench: &Bench) {
    bench.store.create_account(&account("a1", "ada")).await.unwrap();
    assert!(bench.store.put_totp("a1", "secret", NOW).await.unwrap());
    assert!(!bench.store.take_totp_step("a1", 5).await.unwrap(), "it counts for nothing before it is confirmed");
    assert!(bench.store.confirm_totp("a1", "secret", 5, NOW).await.unwrap());
    assert!(!bench.store.take_totp_step("a1", 5).await.unwrap(), "it was taken to confirm");
    let take = |store: Store| async move { store.take_totp_step("a1", 7).await.unwrap() };
    assert_eq!(race(&bench.store, take).await, 1);
    assert!(!bench.store.take_totp_step("a1", 6).await.unwrap(), "an earlier one is too old now");
}

async fn a_secret_that_is_confirmed_is_not_replaced(bench: &Bench) {
    bench.store.create_account(&account("a1", "ada")).await.unwrap();
    for secret in ["first", "canary"] {
        assert!(bench.store.put_totp("a1", secret, NOW).await.unwrap());
    }
    assert!(!bench.store.confirm_totp("a1", "first", 5, NOW).await.unwrap());
    assert!(bench.store.confirm_totp("a1", "canary", 5, NOW).await.unwrap());
    assert!(!bench.store.confirm_totp("a1", "canary", 6, NOW).await.unwrap());
    assert!(!bench.store.put_totp("a1", "third", NOW).await.unwrap());
    let kept = bench.store.totp("a1").await.unwrap().unwrap();
    assert_eq!((kept.secret.as_str(), kept.confirmed_at), ("canary", Some(NOW)));
    assert!(!format!("{kept:?}").contains("canary"), "secrets stay out of the log");
    assert!(bench.store.drop_totp("a1").await.unwrap());
    assert_eq!(bench.store.totp("a1").await.unwrap(), None);
}

async fn a_recovery_code_works_once_whoever_races(bench: &Bench) {
    bench.store.create_account(&account("a1", "ada")).await.unwrap();
    bench.store.put_recovery_codes("a1", &["old".to_owned()]).await.unwrap();
    bench.store.put_recovery_codes("a1", &["one".to_owned(), "two".to_owned()]).await.unwrap();
    assert!(!bench.store.use_recovery_code("a1", "old", NOW).await.unwrap());
    let take = |store: Store| async move { store.use_recovery_code("a1", "one", NOW).await.unwrap() };
    assert_eq!(race(&bench.store, take).await, 1);
    assert_eq!(bench.store.recovery_codes_left("a1").await.unwrap(), 1);
}

async fn an_invitation_works_once_whoever_races(bench: &Bench) {
    let invitation = |token: &str| Invitation {
        id: format!("id of {token}"),
        token_hash: token.to_owned(),
        platform_role: "director".to_owned(),
        label: "Ana".to_owned(),
        created_at: NOW,
        expires_at: LATER,
        used_at: None,
        account: None,
        revoked_at: None,
    };
    for token in ["t1", "t2", "t3"] {
        bench.store.create_invitation(&invitation(token)).await.unwrap();
        assert_eq!(bench.store.invitation_by_token(token).await.unwrap(), Some(invitation(token)));
    }
    let take = |store: Store| async move { store.use_invitation("t1", "a1", NOW).await.unwrap() };
    assert_eq!(race(&bench.store, take).await, 1);
    assert!(!bench.store.use_invitation("t2", "a2", LATER).await.unwrap(), "it is too old");
    assert!(bench.store.revoke_invitation("id of t3", NOW).await.unwrap());
    assert!(!bench.store.use_invitation("t3", "a3", NOW).await.unwrap(), "it was taken back");
    assert!(!bench.store.revoke_invitation("id of t1", NOW).await.unwrap(), "it was used");
    bench.store.return_invitation("t1").await.unwrap();
    assert!(bench.store.use_invitation("t1", "a1", NOW).await.unwrap());
    let listed = bench.store.invitations().await.unwrap();
    assert_eq!(listed.iter().map(|one| one.token_hash.as_str()).collect::<Vec<_>>(), ["t3", "t2", "t1"]);
}

async fn what_takes_rights_away_is_counted(bench: &Bench) {
    let before = bench.store.account_changes().await.unwrap();
    bench.store.note_account_change().await.unwrap();
    assert_eq!(bench.store.account_changes().await.unwrap(), before + 1);
}
