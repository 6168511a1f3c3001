//! Roles that are given, for how long, and what goes with them: sights, voices, an organisation; who leads a team;
//! what moderators and role players do with what is to come.

use drillhall::engine::{
    command::{Act, GrantRole, Order, ShowScorecard},
    event::{ActionStatus, Fact},
    plan::{MarkingPolicy, Plan},
    rejection::{Granting, Judging, Rejection},
    role::{Role, Sight},
    state::Stage,
    time::Timestamp,
    view::{
        card::{AheadState, Card, LastValue},
        coming::coming,
    },
};

use super::{
    acts::{add, add_and_send, amend, free, hold, minute, observe, say_as, set_word, undo},
    every::{hand_over, of_organisation, propose_action, remove, veto},
    fixture::{Drill, answer, as_role, given, message, pause, release, revoke, seat, write_log},
    judging::{assign, delegate, mark, note, release_scores},
    plan::{at, criterion, expected, for_teams, lagoon, manual, persona, quiz, with},
    views::{cards, keys, seat_of},
};

fn grant(wanted: GrantRole) -> Act {
    Act::GrantRole(wanted)
}

fn until(person: &str, role: Role, until: Timestamp) -> Act {
    grant(GrantRole { until: Some(until), ..as_role(person, role, None) })
}

fn sights(sights: &[Sight]) -> Act {
    grant(GrantRole { sights: sights.iter().copied().collect(), ..as_role("observer", Role::Observer, None) })
}

fn voices(person: &str, personas: &[&str]) -> Act {
    let personas = personas.iter().map(|id| (*id).into()).collect();
    grant(GrantRole { personas, ..as_role(person, Role::RolePlayer, None) })
}

fn of(person: &str, role: Role, organisation: &str) -> Act {
    grant(GrantRole { organisation: Some(organisation.to_owned()), ..as_role(person, role, None) })
}

/// Two simulated senders, each with an inject; one inject for atoll alone; `task` is marked and watched.
fn plan() -> Plan {
    let mut spoken = manual("statement");
    spoken.content.from = Some(persona("minister"));
    let mut asked = at("call", 30);
    asked.content.from = Some(persona("reporter"));
    let mut task = quiz(at("task", 10), Some(30));
    task.staff.evaluation.criteria = vec![criterion("clear", 1, false)];
    task.staff.evaluation.actions = vec![expected("told", 1, false)];
    let alone = for_teams(at("alone", 20), &["atoll"]);
    let mut plan = with(vec![task, spoken, asked, alone, for_teams(at("other", 20), &["basin"])]);
    plan.personas = vec![persona("minister"), persona("reporter")];
    plan.profile.marking = MarkingPolicy::Small;
    plan
}

fn playing() -> Drill {
    given(plan()).started().at(12)
}

#[test]
fn a_director_gives_somebody_another_role_and_the_log_says_who_and_why() {
    let wanted = GrantRole { reason: Some("ill".to_owned()), ..as_role("planner", Role::Facilitator, None) };
    let drill = playing().when("director", grant(wanted)).then(&["planner becomes Facilitator"]);
    let Fact::RoleGranted(granted) = drill.last_fact() else { panic!("{:?}", drill.last_fact()) };
    assert_eq!((granted.reason.as_str(), granted.until), ("ill", None));
    assert_eq!(drill.log.last().and_then(|event| event.actor.person().cloned()), Some("director".into()));
    let Some(Card::Granted(card)) = cards(&drill, "evaluator").remove("granted/planner") else { panic!("a card") };
    assert_eq!((card.by, card.reason.as_str()), (Some("director".into()), "ill"));
    assert!(!keys(&drill, "atoll-lead").iter().any(|key| key.starts_with("granted/")));
    drill.when("planner", pause(None)).then(&["paused"]);
}

#[test]
fn a_role_is_given_to_people_who_are_here_and_fits_a_team_or_none() {
    let unknown = Rejection::UnknownPerson("ana".into());
    let drill = playing().when("director", grant(as_role("ana", Role::Observer, None))).refused(unknown);
    let drill = drill.when("director", grant(as_role("observer", Role::TeamModerator, None)));
    let drill = drill.refused(Rejection::TeamMismatch);
    let nowhere = grant(as_role("observer", Role::TeamModerator, Some("cove")));
    let drill = drill.when("director", nowhere).refused(Rejection::UnknownTeam("cove".into()));
    let drill = drill.when("director", until("observer", Role::Evaluator, minute(12)));
    let drill = drill.refused(Granting::EndsInPast.into());
    let sighted = GrantRole { sights: [Sight::TeamLogs].into(), ..as_role("evaluator", Role::Evaluator, None) };
    let drill = drill.when("director", grant(sighted)).refused(Granting::WrongExtra.into());
    let voiced = GrantRole { personas: ["minister".into()].into(), ..as_role("observer", Role::Observer, None) };
    let drill = drill.when("director", grant(voiced)).refused(Granting::WrongExtra.into());
    let drill = drill.when("director", voices("actor", &["nobody"]));
    drill.refused(Rejection::UnknownPersona("nobody".into()));
}

#[test]
fn nobody_is_ever_on_both_sides_of_play() {
    let other = |person: &str| Rejection::from(Granting::OtherSide(person.into()));
    for role in Role::ALL.into_iter().filter(|role| !matches!(role, Role::Player | Role::TeamLead)) {
        let wanted = as_role("atoll-player", role, role.is_in_team().then_some("atoll"));
        let outcome = playing().when("director", grant(wanted));
        match role {
            Role::Observer | Role::Reviewer => assert!(outcome.is_allowed(), "{role:?} knows no more"),
            _ => _ = outcome.refused(other("atoll-player")),
        }
    }
    let drill = playing().when("director", grant(as_role("evaluator", Role::Player, Some("atoll"))));
    let drill = drill.refused(other("evaluator"));
    let drill = drill.when("director", grant(as_role("atoll-moderator", Role::TeamLead, Some("atoll"))));
    let drill = drill.refused(other("atoll-moderator"));
    // Not by way of a harmless role either, nor by leaving and coming back, nor by sights.
    let drill = drill.and("director", grant(as_role("atoll-player", Role::Observer, None)));
    let drill = drill.when("director", grant(as_role("atoll-player", Role::Evaluator, None)));
    let drill = drill.refused(other("atoll-player"));
    for sight in [Sight::GroundTruth, Sight::TeamLogs] {
        let seeing = GrantRole { sights: [sight].into(), ..as_role("atoll-player", Role::Observer, None) };
        playing().when("director", grant(seeing)).refused(other("atoll-player"));
    }
    let drill = drill.and("director", revoke("atoll-player"));
    let drill = drill.when_ordered(Order::Seat(seat("atoll-player", Role::Facilitator, None)));
    let drill = drill.refused(other("atoll-player")).and("director", sights(&[Sight::GroundTruth]));
    let drill = drill.and("director", sights(&[]));
    let drill = drill.when("director", grant(as_role("observer", Role::Player, Some("atoll"))));
    let drill = drill.refused(other("observer"));
    drill.when_ordered(Order::Seat(seat("atoll-player", Role::Player, Some("atoll"))));
}

#[test]
fn what_was_given_for_a_while_ends_by_itself_and_the_person_is_again_what_lasted() {
    let drill = playing().and("director", until("planner", Role::Facilitator, minute(20))).at(19);
    let drill = drill.when("planner", pause(None)).then(&["paused"]);
    let drill = drill.when_it_is(20).then(&["planner becomes Planner"]);
    let drill = drill.when("planner", pause(None)).refused(Rejection::Forbidden);
    let Fact::RoleGranted(again) = drill.last_fact() else { panic!("{:?}", drill.last_fact()) };
    assert_eq!(again.until, None, "and that lasts");
    // Given again before it ended, it is still the planner who comes back.
    let drill = drill.and("director", until("planner", Role::Facilitator, minute(30)));
    let drill = drill.and("director", until("planner", Role::Observer, minute(40)));
    let drill = drill.when_it_is(39).then(&[]);
    let drill = drill.when_it_is(40).then(&["planner becomes Planner"]);
    assert_eq!(drill.state.next_deadline(), None, "time stands and nothing else ends");
}

#[test]
fn a_grant_ends_also_when_play_is_over_and_after_a_long_sleep() {
    let drill = playing().and("director", until("observer", Role::Evaluator, minute(50)));
    let drill = drill.and("director", Act::EndEx).asleep_until(3600);
    drill.when_it_wakes().then(&["observer becomes Observer"]);
}

#[test]
fn sights_end_by_themselves_too() {
    let wanted = GrantRole { sights: [Sight::TeamLogs].into(), ..as_role("observer", Role::Observer, None) };
    let drill = playing()
        .and("atoll-lead", write_log("seen"))
        .and("director", grant(GrantRole { until: Some(minute(20)), ..wanted }));
    let logs = |drill: &Drill| keys(drill, "observer").iter().filter(|key| key.starts_with("entry/")).count();
    assert_eq!(logs(&drill), 1);
    assert_eq!(logs(&drill.at(20)), 0);
}

#[test]
fn there_is_always_a_director_for_good() {
    let drill = playing().when("director", grant(as_role("director", Role::Facilitator, None)));
    let drill = drill.refused(Rejection::LastDirector);
    let for_a_while = until("director", Role::ExerciseDirector, minute(30));
    let drill = drill.when("director", for_a_while.clone()).refused(Rejection::LastDirector);
    let drill = drill.and("director", until("facilitator", Role::ExerciseDirector, minute(30)));
    let drill = drill.when("facilitator", revoke("director")).refused(Rejection::LastDirector);
    let drill = drill.and("director", grant(as_role("planner", Role::ExerciseDirector, None)));
    drill.and("director", for_a_while).when("planner", revoke("director")).then(&["director leaves"]);
}

#[test]
fn a_lead_removes_a_player_of_the_own_team_and_what_was_written_stays() {
    let drill = playing().and("atoll-lead", delegate("atoll-player", true)).and("atoll-player", write_log("seen"));
    let drill = drill.when("atoll-lead", remove("atoll-player")).then(&["atoll-player leaves of atoll"]);
    assert_eq!(drill.team("atoll").entries.len(), 1);
    assert!(drill.team("atoll").delegates.is_empty());
    assert!(!keys(&drill, "atoll-lead").contains("delegate/atoll/atoll-player"));
    assert!(!keys(&drill, "atoll-lead").contains("person/atoll-player"));
    let drill = drill.when("atoll-player", write_log("more")).refused(Rejection::Forbidden);
    for person in ["basin-player", "atoll-moderator", "atoll-lead", "director", "nobody"] {
        let refused = Judging::NotInTeam(person.into());
        playing().when("atoll-lead", remove(person)).refused(refused.into());
    }
    drill.when("atoll-moderator", remove("atoll-lead")).refused(Rejection::Forbidden);
}

#[test]
fn a_lead_or_the_director_hands_the_team_over_to_a_player_of_it() {
    for by in ["atoll-lead", "director"] {
        let drill = playing().when(by, hand_over("atoll-player"));
        let drill = drill.then(&["atoll-player becomes TeamLead of atoll", "atoll-lead becomes Player of atoll"]);
        let drill = drill.when("atoll-lead", hand_over("atoll-player")).refused(Rejection::Forbidden);
        drill.and("atoll-player", delegate("atoll-lead", true)).and("atoll-lead", answer("task", "right"));
    }
    for person in ["basin-player", "atoll-moderator", "observer"] {
        let refused = || Rejection::from(Judging::NotInTeam(person.into()));
        playing().when("atoll-lead", hand_over(person)).refused(refused());
        if person != "basin-player" {
            playing().when("director", hand_over(person)).refused(refused());
        }
    }
}

#[test]
fn players_read_the_scorecard_if_the_lead_allows_or_nobody_leads() {
    let drill = playing().and("director", Act::EndEx).and("lead-evaluator", release_scores());
    let reads = |drill: &Drill| keys(drill, "atoll-player").contains("result/atoll");
    assert!(!reads(&drill));
    for (person, sees) in [("atoll-lead", true), ("atoll-moderator", true), ("evaluator", true), ("basin-lead", false)]
    {
        assert_eq!(keys(&drill, person).contains("result/atoll"), sees, "{person}");
    }
    let show = |shown| Act::ShowScorecard(ShowScorecard { shown });
    let drill = drill.when("atoll-lead", show(true)).then(&["players of atoll read its scorecard: true"]);
    assert!(reads(&drill) && !keys(&drill, "basin-player").contains("result/basin"));
    let drill = drill.when("atoll-lead", show(true)).then(&[]);
    let drill = drill.and("atoll-lead", show(false));
    assert!(!reads(&drill));
    assert!(reads(&drill.and("director", revoke("atoll-lead"))), "nobody could allow it");
}

#[test]
fn observers_get_logs_and_scorecards_by_a_grant_of_each() {
    let drill = playing().and("atoll-lead", write_log("seen")).and("basin-lead", answer("task", "right"));
    let drill = drill.and("director", Act::EndEx).and("lead-evaluator", release_scores());
    let seen = |drill: &Drill| {
        let keys = keys(drill, "observer");
        let any = |start: &str| keys.iter().any(|key| key.starts_with(start));
        [any("entry/"), any("result/"), any("response/"), any("plan"), any("team/")]
    };
    assert_eq!(seen(&drill), [false; 5]);
    let with = |given: &[Sight]| seen(&playing_again(&drill).and("director", sights(given)));
    assert_eq!(with(&[Sight::TeamLogs]), [true, false, false, false, true]);
    assert_eq!(with(&[Sight::Scorecards]), [false, true, false, false, true]);
    assert_eq!(with(&[Sight::GroundTruth]), [true; 5]);
    assert_eq!(with(&[]), [false; 5]);
}

/// The same drill once more.
fn playing_again(drill: &Drill) -> Drill {
    let state = drillhall::engine::state::State::replay(&drill.log).expect("a log begins");
    Drill { state, log: drill.log.clone(), now: drill.now, ..playing() }
}

#[test]
fn a_role_player_speaks_as_the_own_simulated_senders() {
    let drill = playing().and("actor", say_as("minister", Some("atoll"), "We wait."));
    let drill = drill.and("actor", say_as("reporter", Some("atoll"), "Any comment?"));
    let drill = drill.and("director", voices("actor", &["minister"]));
    let drill = drill.when("actor", say_as("reporter", Some("atoll"), "Any comment?")).refused(Rejection::Forbidden);
    let drill = drill.and("actor", say_as("minister", Some("atoll"), "We still wait."));
    let drill = drill.and("director", say_as("reporter", Some("atoll"), "Any comment?"));
    // Whoever has none of their own speaks as nobody from then on.
    let mut drill = drill;
    drill.seat("second", Role::RolePlayer, None);
    let drill = drill.when("second", say_as("minister", Some("atoll"), "Me too.")).refused(Rejection::Forbidden);
    let drill = drill.and("director", voices("actor", &[]));
    drill.and("second", say_as("minister", Some("atoll"), "Me too."));
}

#[test]
fn a_role_player_releases_and_holds_what_the_own_senders_say_and_nothing_else() {
    let drill = playing().and("director", voices("actor", &["minister"]));
    for inject in ["call", "alone", "task", "nothing"] {
        let drill = playing_again(&drill).when("actor", release(inject, None)).refused(Rejection::Forbidden);
        drill.when("actor", hold(inject, None)).refused(Rejection::Forbidden);
    }
    let drill = drill.when("actor", hold("statement", None)).then(&["statement held for atoll+basin"]);
    let drill = drill.and("actor", free("statement", None));
    let drill = drill.when("actor", release("statement", Some(&["basin"]))).then(&["statement to basin by hand"]);
    let Some(LastValue::Coming { personas, items }) = ahead(&drill, "actor") else { panic!("it comes") };
    assert_eq!(personas, ["minister".into()]);
    let waits: Vec<_> = items.iter().map(|one| (one.inject.as_str(), one.team.as_str(), one.state)).collect();
    assert_eq!(waits, [("statement", "atoll", AheadState::Waiting)]);
}

fn ahead(drill: &Drill, person: &str) -> Option<LastValue> {
    coming(&drill.state, &seat_of(person, drill)).map(|(_, value)| value)
}

#[test]
fn a_moderator_sees_what_comes_to_the_own_team_and_holds_and_releases_it() {
    let drill = playing().and("director", hold("call", Some(&["atoll"])));
    let Some(LastValue::Coming { items, .. }) = ahead(&drill, "atoll-moderator") else { panic!("it comes") };
    let waits: Vec<_> = items.iter().map(|one| (one.inject.as_str(), one.state, one.plan_time.is_some())).collect();
    let expected = [
        ("statement", AheadState::Waiting, false),
        ("call", AheadState::Held, true),
        ("alone", AheadState::Scheduled, true),
    ];
    assert_eq!(waits, expected);
    assert!(items.iter().all(|one| one.team.as_str() == "atoll"));
    for nobody in ["atoll-lead", "atoll-player", "observer", "director", "evaluator"] {
        assert_eq!(ahead(&drill, nobody), None, "{nobody} sees all of it, or nothing");
    }
    let drill = drill.when("atoll-moderator", free("call", None)).then(&["call freed for atoll"]);
    let drill = drill.when("atoll-moderator", hold("alone", None)).then(&["alone held for atoll"]);
    let drill = drill.when("atoll-moderator", release("alone", None)).then(&["alone to atoll by hand"]);
    let drill = drill.when("atoll-moderator", release("other", None)).refused(Rejection::UnknownInject("other".into()));
    let drill = drill.when("atoll-moderator", release("call", Some(&["basin"]))).refused(Rejection::Forbidden);
    let drill = drill.when("atoll-moderator", hold("call", Some(&["atoll", "basin"]))).refused(Rejection::Forbidden);
    let drill = drill.when("atoll-moderator", release("call", None)).then(&["call to atoll by hand"]);
    drill.when("atoll-moderator", undo("statement")).refused(Rejection::NothingToUndo);
}

#[test]
fn a_moderator_tells_what_was_seen_writes_notes_and_never_marks() {
    let drill = playing().and("atoll-lead", answer("task", "right"));
    let drill = drill.when("atoll-moderator", propose_action("atoll", "task", "told"));
    let drill = drill.then(&["told of atoll proposed as Met"]);
    let key = "action_proposal/task/atoll/told";
    assert!(drill.team("atoll").noted.is_empty(), "it counts once somebody notes it");
    for (person, sees) in
        [("evaluator", true), ("atoll-moderator", true), ("basin-moderator", false), ("atoll-lead", false)]
    {
        assert_eq!(keys(&drill, person).contains(key), sees, "{person}");
    }
    let unknown = Rejection::UnknownInject("other".into());
    let drill = drill.when("atoll-moderator", propose_action("atoll", "other", "told")).refused(unknown);
    let drill = drill.when("atoll-moderator", mark("atoll", "task", &[("clear", 4)])).refused(Rejection::Forbidden);
    let drill =
        drill.when("atoll-moderator", note("atoll", "task", "told", ActionStatus::Met)).refused(Rejection::Forbidden);
    let drill =
        drill.and("atoll-moderator", observe(Some("atoll"), "calm")).and("atoll-moderator", message(Some("atoll")));
    let drill = drill.and("evaluator", note("atoll", "task", "told", ActionStatus::NotMet));
    assert!(!keys(&drill, "evaluator").contains(key));
}

#[test]
fn plan_and_words_are_changed_by_planner_and_moderator_before_the_start_only() {
    let ready = || given(super::every::ready().state.plan.as_ref().clone());
    let drill = ready().and("planner", amend(manual("news"))).and("planner", add(manual("new")));
    let drill = drill.when("planner", add_and_send(manual("newer"))).refused(Rejection::Forbidden);
    let drill = drill.and("atoll-moderator", set_word("word", "atoll", "two"));
    let drill = drill.when("atoll-moderator", set_word("word", "basin", "two")).refused(Rejection::Forbidden);
    let drill = drill.started();
    let late = || Rejection::WrongStage(Stage::Running);
    let drill = drill.when("planner", amend(manual("news"))).refused(late());
    let drill = drill.when("planner", add(manual("newest"))).refused(late());
    drill.when("atoll-moderator", set_word("word", "atoll", "three")).refused(late());
}

#[test]
fn an_evaluator_never_marks_the_own_country() {
    let drill = playing().and("atoll-lead", answer("task", "right")).and("basin-lead", answer("task", "right"));
    let drill = drill.and("director", of_organisation("atoll", "Isla Norte"));
    let drill = drill.and("director", of("evaluator", Role::Evaluator, " isla norte "));
    let own = || Rejection::from(Judging::OwnOrganisation("atoll".into()));
    let drill = drill.when("evaluator", mark("atoll", "task", &[("clear", 4)])).refused(own());
    let drill = drill.when("evaluator", note("atoll", "task", "told", ActionStatus::Met)).refused(own());
    let drill = drill.and("evaluator", mark("basin", "task", &[("clear", 4)]));
    // No assignment gives the own country to mark.
    let drill = drill.and("director", assign("evaluator", None, None));
    let drill = drill.when("evaluator", mark("atoll", "task", &[("clear", 4)])).refused(own());
    let drill = drill.and("director", of_organisation("basin", "Isla Norte"));
    let only = Granting::OnlyOwnOrganisation("atoll".into());
    let drill = drill.when("director", assign("evaluator", None, None)).refused(only.into());
    assert!(keys(&drill, "director").contains("organisation/atoll"));
    assert!(!keys(&drill, "atoll-lead").contains("organisation/atoll"));
}

#[test]
fn an_organisation_is_said_at_the_door() {
    let mut place = seat("ana", Role::Evaluator, None);
    place.organisation = Some("Isla Sur".to_owned());
    let drill = given(lagoon()).when_ordered(Order::Seat(place)).then(&["ana becomes Evaluator"]);
    assert_eq!(drill.state.grants[&"ana".into()].organisation.as_deref(), Some("Isla Sur"));
}

#[test]
fn the_lead_evaluator_releases_scores_unless_the_director_vetoes() {
    let drill = playing().and("director", Act::EndEx);
    let drill = drill.when("director", release_scores()).refused(Rejection::Forbidden);
    let drill = drill.when("director", veto(None)).refused(Granting::NotVetoed.into());
    let drill = drill.when("director", veto(Some(" "))).refused(Judging::ReasonNeeded.into());
    let drill = drill.when("director", veto(Some("two marks are missing"))).then(&["scores vetoed: true"]);
    let drill = drill.when("lead-evaluator", release_scores()).refused(Granting::ScoresVetoed.into());
    assert!(keys(&drill, "lead-evaluator").contains("veto"));
    let drill = drill.when("lead-evaluator", veto(None)).refused(Rejection::Forbidden);
    let drill = drill.and("director", veto(None)).and("lead-evaluator", release_scores());
    assert!(!keys(&drill, "lead-evaluator").contains("veto"));
    let alone = playing().and("director", revoke("lead-evaluator")).and("director", Act::EndEx);
    assert!(alone.when("director", release_scores()).is_allowed(), "where nobody is lead evaluator");
}
