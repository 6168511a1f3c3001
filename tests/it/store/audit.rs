//! The log of administrative acts: in order, whole, and by several writers at once.

use std::net::{IpAddr, Ipv4Addr};

use drillhall::{
    audit::{Audit, By, Deed, STREAM, Who},
    clock::ManualClock,
    engine::id::{ExerciseId, PersonId},
    store::{Store, chain},
};

use super::{
    fixture::{Bench, NOW},
    on_both_databases,
};

on_both_databases!(
    an_act_is_noted_with_who_when_and_where,
    every_kind_of_actor_is_read_as_written,
    writers_side_by_side_leave_one_whole_log,
    a_changed_row_shows,
    an_act_of_a_later_program_is_still_shown,
);

fn audit(store: &Store) -> Audit {
    Audit::new(store.clone(), ManualClock::starting_at(NOW).clock())
}

fn created(account: &str) -> Deed {
    Deed::AccountCreated { account: account.to_owned(), role: "auditor".to_owned() }
}

async fn an_act_is_noted_with_who_when_and_where(bench: &Bench) {
    let audit = audit(&bench.store);
    let from = IpAddr::from(Ipv4Addr::new(192, 0, 2, 7));
    audit.note(&By::new(Who::Account("a1".to_owned()), Some(from)), &created("a2")).await.unwrap();
    let entries = audit.entries(0, 10).await.unwrap();
    let [entry] = entries.as_slice() else { panic!("one entry: {entries:?}") };
    assert_eq!(entry.deed(), Some(created("a2")));
    let (rows, head) = audit.rows().await.unwrap();
    let (row, hash) = (&rows[0].row, &head.hash);
    assert_eq!((entry.seq, entry.at, &entry.hash), (1, NOW, hash));
    assert_eq!((entry.who.clone(), entry.from.as_deref()), (Some(Who::Account("a1".to_owned())), Some("192.0.2.7")));
    assert_eq!(row.body, r#"{"account":"a2","from":"192.0.2.7","role":"auditor"}"#);
}

async fn every_kind_of_actor_is_read_as_written(bench: &Bench) {
    let audit = audit(&bench.store);
    let person = Who::Person { exercise: ExerciseId::from("e1"), person: PersonId::from("p1") };
    let everybody = [Who::Server, Who::Operator, Who::Nobody, Who::Account("a1".to_owned()), person];
    for who in &everybody {
        audit.note(&By::new(who.clone(), None), &created("x")).await.unwrap();
    }
    let read: Vec<_> = audit.entries(0, 10).await.unwrap().into_iter().filter_map(|entry| entry.who).collect();
    assert_eq!(read, everybody);
}

async fn writers_side_by_side_leave_one_whole_log(bench: &Bench) {
    let writers: Vec<Audit> = (0..4).map(|_| audit(&bench.store)).collect();
    let notes = writers.iter().enumerate().map(|(writer, audit)| async move {
        for round in 0..10 {
            audit.note(&By::OPERATOR, &created(&format!("{writer}-{round}"))).await.unwrap();
        }
    });
    futures_util::future::join_all(notes).await;
    let (rows, head) = writers[0].rows().await.unwrap();
    assert_eq!((rows.len(), head.seq), (40, 40));
    assert_eq!(chain::verify(&rows).unwrap().head, head);
}

async fn a_changed_row_shows(bench: &Bench) {
    let audit = audit(&bench.store);
    for account in ["a", "b", "c"] {
        audit.note(&By::SERVER, &created(account)).await.unwrap();
    }
    bench.tamper("UPDATE log SET actor = 'operator' WHERE stream = 'audit' AND seq = 2").await;
    let broken = chain::verify(&audit.rows().await.unwrap().0).unwrap_err();
    assert_eq!(broken.seq, 2);
}

async fn an_act_of_a_later_program_is_still_shown(bench: &Bench) {
    let mut pen = super::fixture::Pen::claim(&bench.store, STREAM).await;
    pen.write(&bench.store, &[r#"{"comet":7}"#]).await;
    let entries = audit(&bench.store).entries(0, 10).await.unwrap();
    assert_eq!((entries[0].kind.as_str(), entries[0].deed()), ("noted", None));
    assert_eq!(entries[0].about["comet"], 7);
}
