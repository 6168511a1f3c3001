//! Accounts, sessions, setup links and settings.

use drillhall::{
    engine::{id::PersonId, time::Timestamp},
    store::{Account, AccountSession},
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
    all_who_race_for_a_setting_get_the_same,
);

const LATER: Timestamp = Timestamp(NOW.0 + 1_000);

fn account(id: &str, login: &str) -> Account {
    Account {
        id: id.to_owned(),
        login: login.to_owned(),
        password_hash: format!("secret of {id}"),
        platform_role: "administrator".to_owned(),
        created_at: NOW,
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
    for token_hash in ["t1", "t2", "t3"] {
        let session = AccountSession {
            token_hash: token_hash.to_owned(),
            account: "a1".to_owned(),
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
    assert_eq!(bench.store.revoke_sessions_of_account("a1", NOW).await.unwrap(), 2);
    assert!(!bench.store.session_by_token("t3").await.unwrap().unwrap().is_valid(NOW));
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
