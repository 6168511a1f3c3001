//! Drafts: the last write wins, and its number tells whether somebody wrote in between.

use drillhall::{
    engine::{
        id::{ExerciseId, PersonId},
        time::Timestamp,
    },
    store::{Draft, DraftPlace},
};

use super::{
    fixture::{Bench, NOW},
    on_both_databases,
};

on_both_databases!(
    the_last_write_wins_and_is_counted,
    a_draft_belongs_to_one_team_and_one_inject,
    what_is_dropped_is_gone_and_leaves_its_number,
    nobody_but_a_person_of_the_exercise_writes,
);

fn place(exercise: &ExerciseId, team: &str, inject: &str) -> DraftPlace {
    DraftPlace { exercise: exercise.clone(), team: team.into(), inject: inject.into() }
}

async fn the_last_write_wins_and_is_counted(bench: &Bench) {
    let here = place(&bench.exercise("x1").await, "reds", "call");
    assert_eq!(bench.store.draft(&here).await.unwrap(), None);
    for (version, person, body) in [(1, "ada", "{\"a\":1}"), (2, "bo", "{\"a\":\"\\u0000 \u{442}\"}"), (3, "ada", "{}")]
    {
        let (person, at) = (PersonId::from(person), Timestamp(NOW.0 + version));
        assert_eq!(bench.store.put_draft(&here, &person, body, at).await.unwrap(), version);
        let kept = Draft { version, person, at, body: Some(body.to_owned()) };
        assert_eq!(bench.store.draft(&here).await.unwrap(), Some(kept));
    }
}

async fn a_draft_belongs_to_one_team_and_one_inject(bench: &Bench) {
    let (x1, x2) = (bench.exercise("x1").await, bench.exercise("x2").await);
    let ada = PersonId::from("ada");
    bench.store.put_draft(&place(&x1, "reds", "call"), &ada, "{}", NOW).await.unwrap();
    for other in [place(&x1, "blues", "call"), place(&x1, "reds", "mail"), place(&x2, "reds", "call")] {
        assert_eq!(bench.store.draft(&other).await.unwrap(), None, "{other:?}");
        assert_eq!(bench.store.put_draft(&other, &ada, "{}", NOW).await.unwrap(), 1);
    }
}

async fn what_is_dropped_is_gone_and_leaves_its_number(bench: &Bench) {
    let here = place(&bench.exercise("x1").await, "reds", "call");
    let (ada, bo) = (PersonId::from("ada"), PersonId::from("bo"));
    bench.store.put_draft(&here, &ada, "{\"a\":1}", NOW).await.unwrap();
    bench.store.drop_draft(&here, &bo, NOW).await.unwrap();
    let left = Draft { version: 2, person: bo, at: NOW, body: None };
    assert_eq!(bench.store.draft(&here).await.unwrap(), Some(left));
    assert_eq!(bench.store.put_draft(&here, &ada, "{}", NOW).await.unwrap(), 3);
}

async fn nobody_but_a_person_of_the_exercise_writes(bench: &Bench) {
    let here = place(&bench.exercise("x1").await, "reds", "call");
    assert!(bench.store.put_draft(&here, &PersonId::from("stranger"), "{}", NOW).await.is_err());
    assert_eq!(bench.store.draft(&here).await.unwrap(), None);
}
