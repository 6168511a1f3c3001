//! Appending: the chain, fencing, group commit, and batches that fail.

use std::collections::BTreeMap;

use drillhall::store::{
    AppendError, Effect, Store,
    chain::{GENESIS, Head, verify},
};
use futures_util::future::join_all;

use super::{
    fixture::{Bench, NOW, Pen, key},
    on_both_databases,
};

on_both_databases!(
    rows_come_back_as_they_went_in,
    the_chain_goes_on_over_batches,
    the_generation_of_a_log_stays,
    a_second_claim_fences_the_first,
    a_batch_that_expects_another_head_is_refused,
    a_log_that_nobody_claimed_takes_nothing,
    rows_with_wrong_numbers_are_refused,
    many_appends_at_once_are_all_stored,
    a_bad_batch_disturbs_no_other,
    a_batch_is_stored_whole_or_not_at_all,
    only_who_holds_a_log_notes_that_it_is_alive,
    many_rows_fit_into_one_batch,
    a_runner_stores_ahead_of_the_answers,
);

async fn rows_come_back_as_they_went_in(bench: &Bench) {
    let exercise = bench.exercise("x1").await;
    let pen = Pen::claim(&bench.store, "exercise/x1").await;
    let mut batch = pen.text_batch(1, "Wir trennen das Netz. \u{202b}نفصل الشبكة");
    batch.keys.push(key("k1", 1));
    let effect = Effect { id: "e1".into(), seq: 1, kind: "mail".into(), body: "{}".into(), created_at: NOW };
    batch.outbox.push(effect.clone());
    batch.state = Some("running".to_owned());
    bench.store.append(batch.clone()).await.unwrap();

    let stored = bench.store.read_log("exercise/x1", 0, 10).await.unwrap();
    assert_eq!(stored.len(), 1);
    assert_eq!((&stored[0].row, &stored[0].parts), (&batch.rows[0], &batch.parts));
    assert_eq!(bench.store.find_key("exercise/x1", "person/ada", "k1").await.unwrap().unwrap().seq, 1);
    assert_eq!(bench.store.pending_effects(10).await.unwrap()[0].effect, effect);
    assert_eq!(bench.store.exercise(&exercise).await.unwrap().unwrap().state, "running");
}

async fn the_chain_goes_on_over_batches(bench: &Bench) {
    let mut pen = Pen::claim(&bench.store, "audit").await;
    assert_eq!((pen.head.seq, pen.head.hash.as_str()), (0, GENESIS));
    pen.write(&bench.store, &["1", "2", "3"]).await;
    pen.write(&bench.store, &["4"]).await;
    let mut pen = Pen::claim(&bench.store, "audit").await;
    assert_eq!(pen.head.seq, 4);
    pen.write(&bench.store, &["5", "6"]).await;
    let rows = bench.store.read_log("audit", 0, 100).await.unwrap();
    assert_eq!(verify(&rows).unwrap().head, pen.head);
    assert_eq!(bench.store.head("audit").await.unwrap(), Some(pen.head));
}

async fn the_generation_of_a_log_stays(bench: &Bench) {
    let first = bench.store.claim_stream("audit", NOW).await.unwrap();
    let other = Store::open(&bench.location).await.unwrap();
    let later = drillhall::engine::time::Timestamp(NOW.0 + 5_000);
    let second = other.claim_stream("audit", later).await.unwrap();
    assert_eq!((second.generation, second.alive_at), (first.generation, NOW));
    assert!(second.term > first.term);
    other.close().await;
}

async fn a_second_claim_fences_the_first(bench: &Bench) {
    let mut old = Pen::claim(&bench.store, "audit").await;
    old.write(&bench.store, &["1"]).await;
    let other = Store::open(&bench.location).await.unwrap();
    let mut new = Pen::claim(&other, "audit").await;
    let refused = bench.store.append(old.batch(&["2"])).await.unwrap_err();
    assert!(
        matches!(refused, AppendError::StaleTerm { term, held, .. } if term == old.term && held == new.term),
        "{refused:?}"
    );
    new.write(&other, &["2"]).await;
    assert_eq!(bench.store.read_log("audit", 0, 10).await.unwrap().len(), 2);
    other.close().await;
}

async fn a_batch_that_expects_another_head_is_refused(bench: &Bench) {
    let mut pen = Pen::claim(&bench.store, "audit").await;
    let stale = pen.batch(&["too late"]);
    pen.write(&bench.store, &["1", "2"]).await;
    let refused = bench.store.append(stale).await.unwrap_err();
    assert!(matches!(refused, AppendError::Conflict { expected_seq: 0, head_seq: 2, .. }), "{refused:?}");
    assert_eq!(bench.store.read_log("audit", 0, 10).await.unwrap().len(), 2);
}

async fn a_log_that_nobody_claimed_takes_nothing(bench: &Bench) {
    let pen = Pen { stream: "exercise/nobody".to_owned(), term: 1, head: Head::genesis() };
    let refused = bench.store.append(pen.batch(&["1"])).await.unwrap_err();
    assert!(matches!(refused, AppendError::Unclaimed { .. }), "{refused:?}");
    assert_eq!(bench.store.head("exercise/nobody").await.unwrap(), None);
}

async fn rows_with_wrong_numbers_are_refused(bench: &Bench) {
    let pen = Pen::claim(&bench.store, "audit").await;
    let mut batch = pen.batch(&["1", "2"]);
    batch.rows.swap(0, 1);
    let refused = bench.store.append(batch).await.unwrap_err();
    assert!(matches!(refused, AppendError::Misnumbered { seq: 2, expected: 1, .. }), "{refused:?}");
}

/// 200 appends to 20 logs, all handed in at once.
async fn many_appends_at_once_are_all_stored(bench: &Bench) {
    let mut appends = Vec::new();
    let mut heads = BTreeMap::new();
    for log in 0..20 {
        let mut pen = Pen::claim(&bench.store, &format!("exercise/{log}")).await;
        let mut batches = Vec::new();
        for n in 0..10 {
            let batch = pen.batch(&[&format!("[{log},{n}]"), "{}"]);
            pen.follow(&batch);
            batches.push(batch);
        }
        heads.insert(pen.stream.clone(), pen.head);
        // A log's own batches are handed in in order; those of other logs come in between.
        let store = bench.store.clone();
        appends.push(tokio::spawn(async move { join_all(batches.into_iter().map(|batch| store.append(batch))).await }));
    }
    for append in appends {
        append.await.unwrap().into_iter().for_each(Result::unwrap);
    }
    for (stream, head) in heads {
        let rows = bench.store.read_log(&stream, 0, 100).await.unwrap();
        assert_eq!(verify(&rows).unwrap().head, head);
        assert_eq!(rows.len(), 20);
    }
}

/// Each of ten logs hands a batch in, one of them with a key that is taken.
async fn a_bad_batch_disturbs_no_other(bench: &Bench) {
    let mut bad = Pen::claim(&bench.store, "exercise/bad").await;
    let mut first = bad.batch(&["1"]);
    first.keys.push(key("taken", 1));
    bad.follow(&first);
    bench.store.append(first).await.unwrap();

    let mut batches = Vec::new();
    for log in 0..10 {
        let pen = Pen::claim(&bench.store, &format!("exercise/{log}")).await;
        let mut batch = if log == 5 { bad.batch(&["2"]) } else { pen.batch(&["1"]) };
        batch.keys.push(key("taken", batch.rows[0].seq));
        batches.push(batch);
    }
    let outcomes = join_all(batches.into_iter().map(|batch| bench.store.append(batch))).await;
    for (log, outcome) in outcomes.into_iter().enumerate() {
        match outcome {
            Ok(()) => assert_ne!(log, 5),
            Err(refused) => {
                assert_eq!(log, 5);
                assert!(matches!(refused, AppendError::Refused(_)), "{refused:?}");
            }
        }
    }
    assert_eq!(bench.store.head("exercise/bad").await.unwrap().unwrap(), bad.head);
    bad.write(&bench.store, &["2"]).await;
}

async fn a_batch_is_stored_whole_or_not_at_all(bench: &Bench) {
    let pen = Pen::claim(&bench.store, "audit").await;
    let mut batch = pen.text_batch(1, "a text");
    batch.keys = vec![key("same", 1), key("same", 1)];
    let refused = bench.store.append(batch).await.unwrap_err();
    assert!(matches!(refused, AppendError::Refused(_)), "{refused:?}");
    assert_eq!(bench.store.head("audit").await.unwrap().unwrap().seq, 0);
    assert!(bench.store.read_log("audit", 0, 10).await.unwrap().is_empty());
    bench.store.append(pen.text_batch(1, "a text")).await.unwrap();
}

async fn only_who_holds_a_log_notes_that_it_is_alive(bench: &Bench) {
    let old = Pen::claim(&bench.store, "audit").await;
    let later = drillhall::engine::time::Timestamp(NOW.0 + 1_000);
    assert!(bench.store.note_alive("audit", old.term, later).await.unwrap());
    let claim = bench.store.claim_stream("audit", NOW).await.unwrap();
    assert_eq!(claim.alive_at, later);
    assert!(!bench.store.note_alive("audit", old.term, NOW).await.unwrap());
    assert_eq!(bench.store.claim_stream("audit", NOW).await.unwrap().alive_at, later);
}

/// More rows, texts and keys than one statement can bind values for.
async fn many_rows_fit_into_one_batch(bench: &Bench) {
    let pen = Pen::claim(&bench.store, "audit").await;
    let bodies: Vec<String> = (0..9_001).map(|n| n.to_string()).collect();
    let mut batch = pen.batch(&bodies.iter().map(String::as_str).collect::<Vec<_>>());
    batch.keys = (1..=9_001).map(|seq| key(&seq.to_string(), seq)).collect();
    bench.store.append(batch).await.unwrap();
    let rows = bench.store.read_log("audit", 0, 10_000).await.unwrap();
    assert_eq!(verify(&rows).unwrap().head.seq, 9_001);
    assert_eq!(bench.store.find_key("audit", "person/ada", "9001").await.unwrap().unwrap().seq, 9_001);
}

/// The next batch is decided and handed in before the one before it is answered.
async fn a_runner_stores_ahead_of_the_answers(bench: &Bench) {
    let mut pen = Pen::claim(&bench.store, "audit").await;
    let mut waiting = Vec::new();
    for n in 0..50 {
        let batch = pen.batch(&[&n.to_string()]);
        pen.follow(&batch);
        waiting.push(bench.store.append(batch));
    }
    for outcome in join_all(waiting).await {
        outcome.unwrap();
    }
    assert_eq!(bench.store.head("audit").await.unwrap().unwrap(), pen.head);
}
