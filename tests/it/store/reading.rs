//! Reading logs: pages, keys, erased texts, the outbox.

use drillhall::store::{
    Effect, KeyUse, StoreError,
    chain::{Reason, verify},
};

use super::{
    fixture::{Bench, NOW, Pen, key},
    on_both_databases,
};

on_both_databases!(
    pages_of_a_log_join_without_gap_or_double,
    a_key_belongs_to_one_actor_and_one_log,
    an_erased_text_is_gone_and_the_log_still_holds,
    a_text_that_vanished_is_found,
    a_text_can_come_and_go_in_batches_that_are_joined,
    effects_wait_until_they_are_sent,
    logs_do_not_mix,
    a_row_that_was_changed_in_the_database_is_found,
    values_that_make_no_sense_are_named,
);

async fn pages_of_a_log_join_without_gap_or_double(bench: &Bench) {
    let mut pen = Pen::claim(&bench.store, "audit").await;
    for n in 0..25 {
        let batch = pen.text_batch(n, &format!("text {n}"));
        pen.follow(&batch);
        bench.store.append(batch).await.unwrap();
    }
    let mut rows = Vec::new();
    loop {
        let after_seq = rows.last().map_or(0, |stored: &drillhall::store::chain::StoredRow| stored.row.seq);
        let page = bench.store.read_log("audit", after_seq, 10).await.unwrap();
        if page.is_empty() {
            break;
        }
        assert!(page.len() <= 10);
        rows.extend(page);
    }
    assert_eq!(rows.len(), 25);
    assert!(rows.iter().all(|stored| stored.parts.len() == 1));
    assert_eq!(verify(&rows).unwrap().head, pen.head);
    assert!(bench.store.read_log("audit", 25, 10).await.unwrap().is_empty());
}

async fn a_key_belongs_to_one_actor_and_one_log(bench: &Bench) {
    let pen = Pen::claim(&bench.store, "exercise/1").await;
    let mut batch = pen.batch(&["1"]);
    batch.keys.push(key("k", 1));
    bench.store.append(batch).await.unwrap();
    let first = KeyUse { body_hash: "hash of k".to_owned(), seq: 1 };
    assert_eq!(bench.store.find_key("exercise/1", "person/ada", "k").await.unwrap(), Some(first));
    for (stream, actor, key) in
        [("exercise/1", "person/bo", "k"), ("exercise/2", "person/ada", "k"), ("exercise/1", "person/ada", "K")]
    {
        assert_eq!(bench.store.find_key(stream, actor, key).await.unwrap(), None, "{stream} {actor} {key}");
    }
}

async fn an_erased_text_is_gone_and_the_log_still_holds(bench: &Bench) {
    let mut pen = Pen::claim(&bench.store, "audit").await;
    let said = pen.text_batch(1, "my name is Ada");
    pen.follow(&said);
    bench.store.append(said.clone()).await.unwrap();
    let erasing = pen.erasing_batch(&said.parts[0]);
    bench.store.append(erasing).await.unwrap();

    let rows = bench.store.read_log("audit", 0, 10).await.unwrap();
    assert!(rows.iter().all(|stored| stored.parts.is_empty()));
    assert_eq!(verify(&rows).unwrap().erased, vec![said.parts[0].id.clone()]);
}

async fn a_text_that_vanished_is_found(bench: &Bench) {
    let mut pen = Pen::claim(&bench.store, "audit").await;
    let said = pen.text_batch(1, "a text");
    pen.follow(&said);
    bench.store.append(said.clone()).await.unwrap();
    let mut silent = pen.batch(&["{}"]);
    silent.erase.push(said.parts[0].id.clone());
    bench.store.append(silent).await.unwrap();
    let broken = verify(&bench.store.read_log("audit", 0, 10).await.unwrap()).unwrap_err();
    assert_eq!((broken.seq, broken.reason), (1, Reason::PartMissing { part: said.parts[0].id.clone() }));
}

async fn a_text_can_come_and_go_in_batches_that_are_joined(bench: &Bench) {
    let mut pen = Pen::claim(&bench.store, "audit").await;
    let said = pen.text_batch(1, "gone at once");
    pen.follow(&said);
    let erasing = pen.erasing_batch(&said.parts[0]);
    let (one, other) = tokio::join!(bench.store.append(said), bench.store.append(erasing));
    one.unwrap();
    other.unwrap();
    assert_eq!(verify(&bench.store.read_log("audit", 0, 10).await.unwrap()).unwrap().erased.len(), 1);
}

async fn effects_wait_until_they_are_sent(bench: &Bench) {
    let pen = Pen::claim(&bench.store, "audit").await;
    let mut batch = pen.batch(&["1"]);
    let effect = |id: &str| Effect { id: id.into(), seq: 1, kind: "mail".into(), body: "{}".into(), created_at: NOW };
    batch.outbox = vec![effect("a"), effect("b")];
    bench.store.append(batch).await.unwrap();
    bench.store.mark_effect_sent("a", NOW).await.unwrap();
    let pending = bench.store.pending_effects(10).await.unwrap();
    assert_eq!(pending.len(), 1);
    assert_eq!((pending[0].stream.as_str(), &pending[0].effect), ("audit", &effect("b")));
}

async fn logs_do_not_mix(bench: &Bench) {
    for stream in ["exercise/1", "exercise/12"] {
        let mut pen = Pen::claim(&bench.store, stream).await;
        let batch = pen.text_batch(1, stream);
        pen.follow(&batch);
        bench.store.append(batch).await.unwrap();
    }
    let rows = bench.store.read_log("exercise/1", 0, 10).await.unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].parts[0].content.text, "exercise/1");
}

async fn a_row_that_was_changed_in_the_database_is_found(bench: &Bench) {
    let mut pen = Pen::claim(&bench.store, "audit").await;
    pen.write(&bench.store, &["1", "2", "3"]).await;
    bench.tamper("UPDATE log SET body = '20' WHERE stream = 'audit' AND seq = 2").await;
    let broken = verify(&bench.store.read_log("audit", 0, 10).await.unwrap()).unwrap_err();
    assert_eq!((broken.seq, broken.reason), (2, Reason::Altered));
    bench.tamper("DELETE FROM log WHERE stream = 'audit' AND seq = 2").await;
    let broken = verify(&bench.store.read_log("audit", 0, 10).await.unwrap()).unwrap_err();
    assert_eq!((broken.seq, broken.reason), (3, Reason::Gap { expected: 2 }));
}

async fn values_that_make_no_sense_are_named(bench: &Bench) {
    let pen = Pen::claim(&bench.store, "audit").await;
    bench.store.append(pen.text_batch(1, "a text")).await.unwrap();
    bench.tamper("UPDATE parts SET salt = bytes").await;
    let error = bench.store.read_log("audit", 0, 10).await.unwrap_err();
    assert!(matches!(error, StoreError::Inconsistent { table: "parts", column: "salt", .. }), "{error:?}");

    let exercise = bench.exercise("x1").await;
    bench.tamper("UPDATE exercises SET rate = -1").await;
    let error = bench.store.exercise(&exercise).await.unwrap_err();
    assert!(matches!(error, StoreError::Inconsistent { table: "exercises", column: "rate", .. }), "{error:?}");

    bench
        .tamper(
            "INSERT INTO join_links (id, exercise, token_hash, role, label, max_uses, uses, created_at)
             VALUES ('l1', 'x1', 't', 'emperor', '', 1, 0, 0)",
        )
        .await;
    let error = bench.store.link_by_token("t").await.unwrap_err();
    assert!(error.to_string().contains("\"emperor\" in column role of table join_links"), "{error}");
}
