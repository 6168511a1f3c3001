//! Exercises, people, join links, seats and files.

use drillhall::{
    engine::{
        id::{ExerciseId, FileHash, PersonId, TeamId},
        role::Role,
        text::Language,
        time::Timestamp,
    },
    store::{File, JoinLink, LinkUse, Seat},
};

use super::{
    fixture::{Bench, NOW, person},
    on_both_databases,
};

on_both_databases!(
    exercises_are_listed_with_the_newest_first,
    people_are_kept_by_exercise,
    a_link_is_used_as_often_as_its_quota_says,
    fifty_uses_at_once_never_exceed_the_quota,
    a_link_that_is_over_says_why,
    a_seat_is_taken_away_by_itself_by_link_and_by_person,
    a_seat_needs_a_person_in_the_exercise,
    a_file_is_kept_once,
);

const SOON: Timestamp = Timestamp(NOW.0 + 60_000);

fn link(exercise: &ExerciseId, id: &str, max_uses: u32) -> JoinLink {
    JoinLink {
        id: id.to_owned(),
        exercise: exercise.clone(),
        token_hash: format!("hash of {id}"),
        role: Role::TeamLead,
        team: Some(TeamId::from("port-meridian")),
        label: "Port Meridian".to_owned(),
        max_uses,
        uses: 0,
        created_at: NOW,
        expires_at: Some(SOON),
        revoked_at: None,
    }
}

fn seat(exercise: &ExerciseId, id: &str, person: &str) -> Seat {
    Seat {
        id: id.to_owned(),
        exercise: exercise.clone(),
        person: PersonId::from(person),
        token_hash: format!("hash of {id}"),
        role: Some(Role::Player),
        link: None,
        session: None,
        created_at: NOW,
        expires_at: SOON,
        revoked_at: None,
    }
}

async fn exercises_are_listed_with_the_newest_first(bench: &Bench) {
    let first = bench.exercise("x1").await;
    let second = bench.exercise("x2").await;
    let ids: Vec<_> = bench.store.exercises().await.unwrap().into_iter().map(|exercise| exercise.id).collect();
    assert_eq!(ids, [second, first.clone()]);
    bench.store.set_exercise_state(&first, "ended").await.unwrap();
    assert_eq!(bench.store.exercise(&first).await.unwrap().unwrap().state, "ended");
    assert_eq!(bench.store.exercise(&ExerciseId::from("none")).await.unwrap(), None);
}

async fn people_are_kept_by_exercise(bench: &Bench) {
    let (x1, x2) = (bench.exercise("x1").await, bench.exercise("x2").await);
    let renamed =
        drillhall::store::Person { name: "Ада".to_owned(), language: Language::from("ru"), ..person("ada") };
    bench.store.put_person(&x1, &renamed).await.unwrap();
    assert_eq!(bench.store.people(&x1).await.unwrap(), [renamed, person("bo")]);
    assert_eq!(bench.store.person(&x2, &PersonId::from("ada")).await.unwrap(), Some(person("ada")));
    assert_eq!(bench.store.person(&x2, &PersonId::from("cy")).await.unwrap(), None);
}

async fn a_link_is_used_as_often_as_its_quota_says(bench: &Bench) {
    let exercise = bench.exercise("x1").await;
    let made = link(&exercise, "l1", 2);
    bench.store.create_link(&made).await.unwrap();
    assert_eq!(bench.store.link_by_token(&made.token_hash).await.unwrap(), Some(made.clone()));
    for uses in 1..=2 {
        let used = bench.store.use_link(&made.token_hash, NOW).await.unwrap();
        assert_eq!(used, LinkUse::Used(JoinLink { uses, ..made.clone() }));
    }
    assert_eq!(bench.store.use_link(&made.token_hash, NOW).await.unwrap(), LinkUse::Full);
    assert_eq!(bench.store.use_link("no such link", NOW).await.unwrap(), LinkUse::Unknown);
    assert_eq!(bench.store.links(&exercise).await.unwrap(), [JoinLink { uses: 2, ..made }]);
}

async fn fifty_uses_at_once_never_exceed_the_quota(bench: &Bench) {
    let exercise = bench.exercise("x1").await;
    let made = link(&exercise, "l1", 7);
    bench.store.create_link(&made).await.unwrap();
    let uses: Vec<_> = (0..50)
        .map(|_| {
            let (store, token_hash) = (bench.store.clone(), made.token_hash.clone());
            tokio::spawn(async move { store.use_link(&token_hash, NOW).await.unwrap() })
        })
        .collect();
    let mut granted = 0;
    for outcome in uses {
        match outcome.await.unwrap() {
            LinkUse::Used(_) => granted += 1,
            other => assert_eq!(other, LinkUse::Full),
        }
    }
    assert_eq!(granted, 7);
    assert_eq!(bench.store.link_by_token(&made.token_hash).await.unwrap().unwrap().uses, 7);
}

async fn a_link_that_is_over_says_why(bench: &Bench) {
    let exercise = bench.exercise("x1").await;
    let made = link(&exercise, "l1", 5);
    bench.store.create_link(&made).await.unwrap();
    assert_eq!(bench.store.use_link(&made.token_hash, SOON).await.unwrap(), LinkUse::Expired);
    let elsewhere = bench.exercise("x2").await;
    assert!(!bench.store.revoke_link(&elsewhere, "l1", NOW).await.unwrap(), "it is no link of that exercise");
    assert!(bench.store.revoke_link(&exercise, "l1", NOW).await.unwrap());
    assert!(!bench.store.revoke_link(&exercise, "l1", NOW).await.unwrap(), "that was done before");
    assert_eq!(bench.store.use_link(&made.token_hash, NOW).await.unwrap(), LinkUse::Revoked);
    assert_eq!(bench.store.links(&exercise).await.unwrap()[0].uses, 0);
}

async fn a_seat_is_taken_away_by_itself_by_link_and_by_person(bench: &Bench) {
    let exercise = bench.exercise("x1").await;
    bench.store.create_link(&link(&exercise, "l1", 5)).await.unwrap();
    let by_link = Seat { link: Some("l1".to_owned()), ..seat(&exercise, "s2", "bo") };
    for made in [&seat(&exercise, "s1", "ada"), &by_link, &seat(&exercise, "s3", "ada"), &seat(&exercise, "s4", "bo")] {
        bench.store.create_seat(made).await.unwrap();
        assert_eq!(bench.store.seat_by_token(&made.token_hash).await.unwrap().as_ref(), Some(made));
    }
    assert!(bench.store.revoke_seat("s1", NOW).await.unwrap());
    assert!(!bench.store.revoke_seat("s1", NOW).await.unwrap());
    assert_eq!(bench.store.revoke_seats_of_link("l1", NOW).await.unwrap(), 1);
    assert_eq!(bench.store.revoke_seats_of_person(&exercise, &PersonId::from("ada"), NOW).await.unwrap(), 1);
    let mut valid = Vec::new();
    for id in ["s1", "s2", "s3", "s4"] {
        let kept = bench.store.seat_by_token(&format!("hash of {id}")).await.unwrap().unwrap();
        assert!(!kept.is_valid(SOON), "it expires");
        valid.push(kept.is_valid(NOW));
    }
    assert_eq!(valid, [false, false, false, true]);
}

async fn a_seat_needs_a_person_in_the_exercise(bench: &Bench) {
    let exercise = bench.exercise("x1").await;
    assert!(bench.store.create_seat(&seat(&exercise, "s1", "stranger")).await.is_err());
    assert_eq!(bench.store.seat_by_token("hash of s1").await.unwrap(), None);
}

async fn a_file_is_kept_once(bench: &Bench) {
    let exercise = bench.exercise("x1").await;
    let file = File { hash: FileHash::from("abc"), media_type: "image/png".into(), bytes: vec![0, 159, 255] };
    for _ in 0..2 {
        bench.store.put_file(&file).await.unwrap();
    }
    assert_eq!(bench.store.file(&file.hash).await.unwrap(), Some(file.clone()));
    assert_eq!(bench.store.file(&FileHash::from("none")).await.unwrap(), None);
    for path in ["b.png", "B.png", "a/c.png", "b.png"] {
        bench.store.add_exercise_file(&exercise, path, &file.hash).await.unwrap();
    }
    let files = bench.store.exercise_files(&exercise).await.unwrap();
    assert_eq!(files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(), ["B.png", "a/c.png", "b.png"]);
    assert_eq!((files[0].size, files[0].media_type.as_str()), (3, "image/png"));
}
