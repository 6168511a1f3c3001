//! Programmes: what a day shares, its links with their quota, its people and their places.

use drillhall::{
    engine::{
        id::{ExerciseId, PersonId, TeamId},
        role::Role,
        text::Language,
        time::Timestamp,
    },
    store::{
        Account, DayExercise, DayLink, DayLinkUse, DayPerson, DayPlace, DayRole, DayTeam, Organisation, Programme,
    },
};

use super::{
    fixture::{Bench, NOW},
    on_both_databases,
};

on_both_databases!(
    a_programme_is_found_by_who_organises_it_and_who_leads_in_it,
    what_a_day_shares_is_there_once_and_in_order,
    exercises_stand_in_the_order_of_the_day,
    a_day_link_is_used_as_often_as_its_quota_says,
    fifty_uses_of_a_day_link_at_once_never_exceed_the_quota,
    a_pass_is_void_once_its_person_is_sent_away,
    the_first_word_on_a_place_stands,
    a_role_for_the_day_is_said_once,
);

const SOON: Timestamp = Timestamp(NOW.0 + 60_000);

async fn account(bench: &Bench, id: &str) {
    let account = Account {
        id: id.to_owned(),
        login: id.to_owned(),
        password_hash: "hash".to_owned(),
        platform_role: "admin".to_owned(),
        created_at: NOW,
        disabled_at: None,
    };
    assert!(bench.store.create_account(&account).await.unwrap());
}

async fn day(bench: &Bench, id: &str) -> String {
    account(bench, &format!("owner-of-{id}")).await;
    let (title, owner) = ("Regional day".to_owned(), format!("owner-of-{id}"));
    let programme = Programme { id: id.to_owned(), title, owner, created_at: NOW };
    bench.store.create_programme(&programme).await.unwrap();
    assert_eq!(bench.store.programme(id).await.unwrap(), Some(programme));
    id.to_owned()
}

fn team(id: &str, later: i64) -> DayTeam {
    DayTeam {
        team: TeamId::from(id),
        name: id.to_uppercase(),
        language: Language::from("es"),
        organisation: None,
        created_at: Timestamp(NOW.0 + later),
    }
}

fn link(programme: &str, id: &str, max_uses: u32) -> DayLink {
    DayLink {
        id: id.to_owned(),
        programme: programme.to_owned(),
        token_hash: format!("hash of {id}"),
        role: Role::Observer,
        team: None,
        organisation: None,
        exercises: None,
        label: "Guests".to_owned(),
        max_uses,
        uses: 0,
        created_at: NOW,
        expires_at: SOON,
        revoked_at: None,
    }
}

fn person(programme: &str, id: &str) -> DayPerson {
    DayPerson {
        id: id.to_owned(),
        programme: programme.to_owned(),
        name: id.to_uppercase(),
        language: Language::from("ru"),
        organisation: None,
        role: None,
        account: None,
        link: "l1".to_owned(),
        token_hash: format!("pass of {id}"),
        created_at: NOW,
        expires_at: SOON,
        revoked_at: None,
    }
}

async fn exercise(bench: &Bench, programme: &str, id: &str, position: u32) -> ExerciseId {
    let exercise = bench.exercise(id).await;
    let lead = format!("lead-of-{id}");
    account(bench, &lead).await;
    let one = DayExercise { exercise: exercise.clone(), position, planned_start: None, lead };
    bench.store.add_day_exercise(programme, &one).await.unwrap();
    exercise
}

async fn a_programme_is_found_by_who_organises_it_and_who_leads_in_it(bench: &Bench) {
    let (one, two) = (day(bench, "p1").await, day(bench, "p2").await);
    exercise(bench, &one, "x1", 1).await;
    exercise(bench, &one, "x2", 2).await;
    let ids = async |account: &str| {
        let found = bench.store.programmes_of(account).await.unwrap();
        found.into_iter().map(|programme| programme.id).collect::<Vec<_>>()
    };
    assert_eq!(ids("owner-of-p1").await, std::slice::from_ref(&one));
    assert_eq!(ids("lead-of-x2").await, [one]);
    assert_eq!(ids("owner-of-p2").await, [two]);
    assert!(ids("nobody").await.is_empty());
    assert_eq!(bench.store.programme("p3").await.unwrap(), None);
}

async fn what_a_day_shares_is_there_once_and_in_order(bench: &Bench) {
    let (one, two) = (day(bench, "p1").await, day(bench, "p2").await);
    let organisation = |id: &str, name: &str| Organisation {
        id: id.to_owned(),
        name: name.to_owned(),
        country: Some("TT".to_owned()),
        kind: "national_cirt".to_owned(),
    };
    let (port, bank) = (organisation("port", "Port"), organisation("bank", "Bank"));
    assert!(bench.store.add_organisation(&one, &port).await.unwrap());
    assert!(bench.store.add_organisation(&one, &bank).await.unwrap());
    assert!(!bench.store.add_organisation(&one, &organisation("port", "Another")).await.unwrap());
    assert!(bench.store.add_organisation(&two, &port).await.unwrap());
    assert_eq!(bench.store.organisations(&one).await.unwrap(), [bank, port]);

    let sent = DayTeam { organisation: Some("port".to_owned()), ..team("reds", 2) };
    assert!(bench.store.add_day_team(&one, &sent).await.unwrap());
    assert!(bench.store.add_day_team(&one, &team("blues", 1)).await.unwrap());
    assert!(!bench.store.add_day_team(&one, &team("reds", 3)).await.unwrap());
    assert_eq!(bench.store.day_teams(&one).await.unwrap(), [team("blues", 1), sent]);
    assert!(bench.store.day_teams(&two).await.unwrap().is_empty());
    let stray = DayTeam { organisation: Some("nowhere".to_owned()), ..team("greens", 4) };
    assert!(bench.store.add_day_team(&one, &stray).await.is_err());
}

async fn exercises_stand_in_the_order_of_the_day(bench: &Bench) {
    let (one, two) = (day(bench, "p1").await, day(bench, "p2").await);
    let (first, second) = (exercise(bench, &one, "x1", 1).await, exercise(bench, &one, "x2", 2).await);
    assert!(bench.store.plan_day_exercise(&one, &first, 3, Some(SOON)).await.unwrap());
    assert!(!bench.store.plan_day_exercise(&two, &first, 1, None).await.unwrap());
    let order = bench.store.day_exercises(&one).await.unwrap();
    assert_eq!(order.iter().map(|one| &one.exercise).collect::<Vec<_>>(), [&second, &first]);
    assert_eq!(order[1].planned_start, Some(SOON));
    // An exercise belongs to one day.
    let again = DayExercise { exercise: first, position: 1, planned_start: None, lead: "lead-of-x1".to_owned() };
    assert!(bench.store.add_day_exercise(&two, &again).await.is_err());
}

async fn a_day_link_is_used_as_often_as_its_quota_says(bench: &Bench) {
    let programme = day(bench, "p1").await;
    let staff = DayLink { exercises: Some(vec!["x1".into(), "x2".into()]), ..link(&programme, "l1", 2) };
    bench.store.create_day_link(&staff).await.unwrap();
    let used = async |at| bench.store.use_day_link("hash of l1", at).await.unwrap();
    assert_eq!(used(NOW).await, DayLinkUse::Used(Box::new(DayLink { uses: 1, ..staff.clone() })));
    assert_eq!(used(NOW).await, DayLinkUse::Used(Box::new(DayLink { uses: 2, ..staff.clone() })));
    assert_eq!(used(NOW).await, DayLinkUse::Full);
    bench.store.return_day_link_use("l1").await.unwrap();
    assert_eq!(used(SOON).await, DayLinkUse::Gone);
    assert_eq!(bench.store.day_links(&programme).await.unwrap(), [DayLink { uses: 1, ..staff }]);
    assert!(!bench.store.revoke_day_link("p2", "l1", NOW).await.unwrap());
    assert!(bench.store.revoke_day_link(&programme, "l1", NOW).await.unwrap());
    assert!(!bench.store.revoke_day_link(&programme, "l1", NOW).await.unwrap());
    assert_eq!(used(NOW).await, DayLinkUse::Gone);
    assert_eq!(bench.store.use_day_link("hash of l2", NOW).await.unwrap(), DayLinkUse::Gone);
}

async fn fifty_uses_of_a_day_link_at_once_never_exceed_the_quota(bench: &Bench) {
    let programme = day(bench, "p1").await;
    bench.store.create_day_link(&link(&programme, "l1", 20)).await.unwrap();
    let tries = (0..50).map(|_| {
        let store = bench.store.clone();
        tokio::spawn(async move { store.use_day_link("hash of l1", NOW).await.unwrap() })
    });
    let mut used = 0;
    for one in tries.collect::<Vec<_>>() {
        used += usize::from(matches!(one.await.unwrap(), DayLinkUse::Used(_)));
    }
    assert_eq!(used, 20);
}

async fn a_pass_is_void_once_its_person_is_sent_away(bench: &Bench) {
    let programme = day(bench, "p1").await;
    bench.store.create_day_link(&link(&programme, "l1", 9)).await.unwrap();
    let ana = DayPerson {
        role: Some(DayRole { role: Role::Player, team: Some("reds".into()) }),
        account: Some("owner-of-p1".to_owned()),
        ..person(&programme, "ana")
    };
    bench.store.create_day_person(&ana).await.unwrap();
    assert_eq!(bench.store.day_person_by_pass("pass of ana").await.unwrap(), Some(ana.clone()));
    bench.store.set_pass_token("ana", "another").await.unwrap();
    assert_eq!(bench.store.day_person_by_pass("pass of ana").await.unwrap(), None);
    let held = bench.store.day_person_by_pass("another").await.unwrap().unwrap();
    assert!(held.is_valid(NOW) && !held.is_valid(SOON));
    assert!(!bench.store.revoke_day_person("p2", "ana", NOW).await.unwrap());
    assert!(bench.store.revoke_day_person(&programme, "ana", NOW).await.unwrap());
    assert!(!bench.store.revoke_day_person(&programme, "ana", NOW).await.unwrap());
    assert!(!bench.store.day_person("ana").await.unwrap().unwrap().is_valid(NOW));
    assert_eq!(bench.store.day_people(&programme).await.unwrap().len(), 1);
}

async fn the_first_word_on_a_place_stands(bench: &Bench) {
    let programme = day(bench, "p1").await;
    let (x1, x2) = (exercise(bench, &programme, "x1", 1).await, exercise(bench, &programme, "x2", 2).await);
    bench.store.create_day_link(&link(&programme, "l1", 9)).await.unwrap();
    bench.store.create_day_person(&person(&programme, "ana")).await.unwrap();
    let place = |exercise: &ExerciseId, role, seated_as: &str| DayPlace {
        exercise: exercise.clone(),
        role: DayRole { role, team: None },
        seated_as: PersonId::from(seated_as),
        seated_at: None,
    };
    let first = place(&x1, Role::Observer, "one");
    assert_eq!(bench.store.put_place("ana", &first).await.unwrap(), first);
    assert_eq!(bench.store.put_place("ana", &place(&x1, Role::Evaluator, "two")).await.unwrap(), first);
    let other = place(&x2, Role::Evaluator, "three");
    assert_eq!(bench.store.put_place("ana", &other).await.unwrap(), other);
    bench.store.note_seated("ana", &x1, NOW).await.unwrap();
    let seated = DayPlace { seated_at: Some(NOW), ..first };
    assert_eq!(bench.store.places_of("ana").await.unwrap(), [seated, other]);
    // No place without an exercise of a day.
    bench.exercise("x3").await;
    assert!(bench.store.put_place("ana", &place(&"x3".into(), Role::Observer, "four")).await.is_err());
}

async fn a_role_for_the_day_is_said_once(bench: &Bench) {
    let programme = day(bench, "p1").await;
    bench.store.create_day_link(&link(&programme, "l1", 9)).await.unwrap();
    bench.store.create_day_person(&person(&programme, "ana")).await.unwrap();
    let reds = DayRole { role: Role::TeamLead, team: Some("reds".into()) };
    assert!(bench.store.set_day_role("ana", &reds).await.unwrap());
    let blues = DayRole { role: Role::Player, team: Some("blues".into()) };
    assert!(!bench.store.set_day_role("ana", &blues).await.unwrap());
    assert_eq!(bench.store.day_person("ana").await.unwrap().unwrap().role, Some(reds));
}
