//! Releases of reports: two people, what they saw, and who may read.

use drillhall::engine::{
    command::{Act, ApproveRelease, DeclineRelease},
    event::{
        Fact,
        ReportVersion::{self, Community, NationalBrief, Public, Team},
        Scope,
    },
    id::{ItemId, TeamId},
    rejection::{AfterAction, Judging, Rejection},
    role::{Action, Relation},
    state::Stage,
    view::card::Card,
};

use super::{
    acts::{edit, propose},
    ended,
};
use crate::engine::{
    fixture::{Drill, given},
    plan::lagoon,
    views::{cards, keys, seat_of},
};

fn approve(drill: &Drill) -> Act {
    Act::ApproveRelease(ApproveRelease { item: proposal(drill) })
}

fn decline(drill: &Drill, reason: &str) -> Act {
    Act::DeclineRelease(DeclineRelease { item: proposal(drill), reason: reason.to_owned() })
}

/// The newest proposal.
fn proposal(drill: &Drill) -> ItemId {
    let item = drill.log.iter().rev().find_map(|event| match &event.fact {
        Fact::ReportProposed(proposed) => Some(proposed.item.clone()),
        _ => None,
    });
    item.expect("it was proposed")
}

fn released(version: ReportVersion, teams: &[&str], people: &[&str]) -> Drill {
    let drill = ended().and("lead-evaluator", propose(version, teams, people));
    let approve = approve(&drill);
    drill.and("director", approve)
}

/// Everybody who may read it and is none of those who may read every draft.
fn readers(drill: &Drill, version: ReportVersion, team: Option<&str>) -> Vec<&'static str> {
    const PEOPLE: [&str; 11] = [
        "planner",
        "actor",
        "evaluator",
        "observer",
        "reviewer",
        "atoll-lead",
        "atoll-player",
        "atoll-moderator",
        "basin-lead",
        "basin-player",
        "basin-moderator",
    ];
    let team = team.map(TeamId::from);
    let may = |person: &&&str| drill.state.released_to(version, team.as_ref(), &seat_of(person, drill)).is_some();
    PEOPLE.iter().filter(may).copied().collect()
}

#[test]
fn a_second_person_approves_what_the_first_one_saw() {
    let drill = ended();
    let seq = drill.log.len();
    let told = format!("team for atoll proposed at {seq}");
    let drill = drill.when("lead-evaluator", propose(Team, &["atoll"], &[])).then(&[&told]);
    let act = approve(&drill);
    let drill = drill.when("lead-evaluator", act.clone()).refused(Judging::SecondPersonNeeded.into());
    let drill = drill.and("lead-evaluator", edit("late", &Scope::Event));
    assert!(keys(&drill, "director").iter().any(|key| key.starts_with("release_proposal/")));
    assert_eq!(drill.state.released_to(Team, Some(&"atoll".into()), &seat_of("atoll-lead", &drill)), None);
    let told = format!("team for atoll released at {seq}");
    let drill = drill.when("director", act.clone()).then(&[&told]);
    assert_eq!(
        drill.state.released_to(Team, Some(&"atoll".into()), &seat_of("atoll-lead", &drill)),
        i64::try_from(seq).ok()
    );
    assert!(!keys(&drill, "director").iter().any(|key| key.starts_with("release_proposal/")));
    let Act::ApproveRelease(ApproveRelease { item }) = act.clone() else { unreachable!("it is one") };
    drill.when("director", act).refused(AfterAction::UnknownProposal(item).into());
}

#[test]
fn one_person_releases_where_the_plan_says_so() {
    let mut plan = lagoon();
    plan.profile.publish_needs_second = false;
    let drill = given(plan).started().and("director", Act::EndEx);
    let told = format!("public for  released at {}", drill.log.len());
    drill.when("director", propose(Public, &[], &[])).then(&[&told]);
}

#[test]
fn a_release_names_whom_it_is_for() {
    let drill = given(lagoon()).started().when("director", propose(Public, &[], &[]));
    drill.refused(Rejection::WrongStage(Stage::Running));
    for (version, teams) in [(Team, &[][..]), (NationalBrief, &[]), (Community, &["atoll"]), (Public, &["atoll"])] {
        ended().when("director", propose(version, teams, &[])).refused(AfterAction::ReleaseTeams.into());
    }
    let drill = ended().when("director", propose(Team, &["cove"], &[])).refused(Rejection::UnknownTeam("cove".into()));
    let drill = drill
        .when("director", propose(Team, &["atoll"], &["nobody"]))
        .refused(Rejection::UnknownPerson("nobody".into()));
    let not_reader = AfterAction::NotReader("basin-lead".into());
    let drill = drill.when("director", propose(Team, &["atoll"], &["basin-lead"])).refused(not_reader.into());
    let drill = drill.when("facilitator", propose(Public, &[], &[])).refused(Rejection::Forbidden);
    let item = ItemId::from("none");
    drill
        .when("director", Act::ApproveRelease(ApproveRelease { item: item.clone() }))
        .refused(AfterAction::UnknownProposal(item).into());
}

#[test]
fn until_a_report_is_released_only_those_who_answer_for_it_read_it() {
    let drill = ended().and("lead-evaluator", propose(Team, &["atoll"], &["reviewer"]));
    for version in [Community, Public] {
        assert_eq!(readers(&drill, version, None), [""; 0]);
    }
    assert_eq!(readers(&drill, Team, Some("atoll")), [""; 0], "a proposal shows nothing yet");
    for person in ["director", "facilitator", "lead-evaluator"] {
        assert!(seat_of(person, &drill).may(Action::SeeScores, Relation::Other), "{person}");
    }
}

#[test]
fn a_team_reads_its_own_and_a_reviewer_what_names_that_person() {
    let atoll = ["reviewer", "atoll-lead", "atoll-player", "atoll-moderator"];
    for version in [Team, NationalBrief] {
        let drill = released(version, &["atoll"], &["reviewer"]);
        assert_eq!(readers(&drill, version, Some("atoll")), atoll);
        assert_eq!(readers(&drill, version, Some("basin")), [""; 0]);
        let other = if version == Team { NationalBrief } else { Team };
        assert_eq!(readers(&drill, other, Some("atoll")), [""; 0]);
        let key = format!("release/{}/atoll", version.name());
        for person in atoll.into_iter().chain(["director", "evaluator"]) {
            assert!(keys(&drill, person).contains(&key), "{person}");
        }
        for person in ["basin-lead", "observer", "actor"] {
            assert!(!keys(&drill, person).contains(&key), "{person}");
        }
    }
}

#[test]
fn what_is_for_the_community_and_the_public_is_for_everybody() {
    for version in [Community, Public] {
        let drill = released(version, &[], &[]);
        assert_eq!(readers(&drill, version, None).len(), 11);
        let key = format!("release/{}", version.name());
        for person in ["reviewer", "observer", "atoll-player", "director"] {
            let Some(Card::Release(card)) = cards(&drill, person).remove(&key) else { panic!("{person}") };
            assert_eq!(card.team, None);
        }
        assert_eq!(readers(&drill, version, Some("atoll")), [""; 0], "there is none of a team");
        assert_eq!(readers(&drill, Team, None), [""; 0], "and none of no team");
    }
}

#[test]
fn the_newest_release_counts() {
    let drill = released(Public, &[], &[]).and("director", edit("late", &Scope::Event));
    let seq = i64::try_from(drill.log.len()).unwrap();
    let drill = drill.and("director", propose(Public, &[], &[]));
    let act = approve(&drill);
    let drill = drill.and("lead-evaluator", act);
    assert_eq!(drill.state.released_to(Public, None, &seat_of("observer", &drill)), Some(seq));
}

#[test]
fn a_director_declines_what_somebody_proposed_and_says_why() {
    let drill = ended().and("lead-evaluator", propose(Team, &["atoll"], &[]));
    let (act, late) = (decline(&drill, "It names a person."), approve(&drill));
    let (mute, item) = (decline(&drill, "  "), proposal(&drill));
    let drill = drill.when("director", mute).refused(Judging::ReasonNeeded.into());
    let drill = drill.when("director", act.clone()).then(&["release declined: It names a person."]);
    assert!(!keys(&drill, "lead-evaluator").iter().any(|key| key.starts_with("release_proposal/")));
    assert_eq!(drill.state.released_to(Team, Some(&"atoll".into()), &seat_of("atoll-lead", &drill)), None);
    let unknown = Rejection::from(AfterAction::UnknownProposal(item));
    let drill = drill.when("director", late).refused(unknown.clone());
    let drill = drill.when("director", act).refused(unknown);
    assert!(drill.when("lead-evaluator", propose(Team, &["atoll"], &[])).is_allowed(), "it can be proposed anew");
}

#[test]
fn whoever_proposed_takes_it_back_and_nobody_else_but_a_director() {
    let proposed = || ended().and("lead-evaluator", propose(Public, &[], &[]));
    let act = decline(&proposed(), "Too early.");
    proposed().when("lead-evaluator", act.clone()).then(&["release declined: Too early."]);
    for person in ["evaluator", "facilitator", "planner", "atoll-lead", "reviewer"] {
        proposed().when(person, act.clone()).refused(Rejection::Forbidden);
    }
    let drill = ended().and("director", propose(Public, &[], &[]));
    let act = decline(&drill, "Too early.");
    drill.when("lead-evaluator", act).refused(Rejection::Forbidden);
}

#[test]
fn a_reviewer_reads_the_newest_release_that_names_them_and_no_later_one() {
    let first = released(Team, &["atoll"], &["reviewer"]);
    let read = |drill: &Drill, who: &str| drill.state.released_to(Team, Some(&"atoll".into()), &seat_of(who, drill));
    let then = read(&first, "reviewer");
    assert!(then.is_some() && then == read(&first, "atoll-lead"));
    let second = first.and("lead-evaluator", edit("late", &Scope::Team("atoll".into())));
    let second = second.and("lead-evaluator", propose(Team, &["atoll"], &[]));
    let act = approve(&second);
    let second = second.and("director", act);
    assert_eq!(read(&second, "reviewer"), then, "it was not released to them");
    assert!(read(&second, "atoll-lead") > then);
}
