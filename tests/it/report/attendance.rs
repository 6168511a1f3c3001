//! Who took part: whoever did something, and nobody else.

use drillhall::{
    engine::{command::Act, role::Role},
    report::attendance::{AttendanceError, attendance},
};

use super::hall::{Hall, OPENED, TASK, choice};

/// Two teams, of which one answers; an observer who only looks.
fn played() -> Hall {
    let mut hall = Hall::playing(TASK, &[("reds", "The Reds", "en"), ("blues", "The Blues", "en")]);
    hall.join("watcher", Role::Observer);
    hall.act(100, "reds", Act::Acknowledge { inject: "alert".into() });
    hall.answer(120, "reds", &[("class", choice("guessing"))]);
    hall
}

#[test]
fn whoever_acted_was_there_and_nobody_else() {
    let mut hall = played();
    hall.act(600, "director", Act::EndEx);
    let found = attendance(&hall.log()).unwrap();
    let people: Vec<_> = found
        .people
        .iter()
        .map(|one| {
            let (from, until) = one.present.unwrap();
            let since = |at: drillhall::engine::time::Timestamp| at.since(OPENED).0 / 1000;
            (one.person.as_str(), one.role, one.team_name.as_deref(), since(from), since(until))
        })
        .collect();
    assert_eq!(
        people,
        [("director", Role::ExerciseDirector, None, 0, 600), ("reds", Role::TeamLead, Some("The Reds"), 100, 120)]
    );
    assert_eq!(found.ended_at.since(found.started_at).0, 600_000);
}

#[test]
fn nobody_is_certified_before_play_has_ended() {
    assert_eq!(attendance(&played().log()), Err(AttendanceError::NotEnded));
    assert_eq!(attendance(&[]), Err(AttendanceError::NoBeginning));
}
