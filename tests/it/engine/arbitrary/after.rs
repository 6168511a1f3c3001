//! What people do after play, at random. What everybody may read of it names nobody.

use drillhall::engine::{
    command::{Act, AnswerInput, SignOff, WithdrawFinding},
    event::{CorrectiveState, FindingKind, ReportVersion, Scope},
    id::TeamId,
};
use proptest::{collection::vec, prelude::*, sample::select};

use super::{
    super::after_action::acts::{action, feedback, finding, note, order, propose, state},
    About, TEAMS, a_team,
};

fn a_side() -> impl Strategy<Value = FindingKind> {
    select(vec![FindingKind::Strength, FindingKind::Area])
}

fn a_scope() -> impl Strategy<Value = Scope> {
    a_team().prop_map(|team| team.map_or(Scope::Event, Scope::Team))
}

fn a_state() -> impl Strategy<Value = CorrectiveState> {
    use CorrectiveState::{Agreed, Deferred, Implemented, InProgress, Proposed, Rejected, Verified};
    select(vec![Proposed, Agreed, Agreed, InProgress, Implemented, Implemented, Verified, Rejected, Deferred])
}

/// A note for the board: its text is for everybody, its team for staff.
fn a_note(team: impl Strategy<Value = Option<TeamId>>) -> impl Strategy<Value = Act> {
    (a_side(), any::<bool>(), team).prop_map(|(kind, anonymous, team)| {
        note(kind, "something for everybody", anonymous, team.as_ref().map(TeamId::as_str))
    })
}

/// A few names, so that they are met again; each is of one part as a rule.
fn a_finding() -> impl Strategy<Value = Act> {
    (0..3_u8, a_side(), vec(1_i64..80, 0..3)).prop_map(|(n, kind, rows)| {
        let scope = n
            .checked_sub(1)
            .and_then(|n| TEAMS.get(usize::from(n)))
            .map_or(Scope::Event, |team| Scope::Team((*team).into()));
        let mut wanted = finding(&format!("finding-{n}"), &scope);
        (wanted.kind, wanted.rows) = (kind, rows);
        (wanted.title, wanted.observation) = ("canary-staff".to_owned(), "canary-staff".to_owned());
        Act::EditFinding(Box::new(wanted))
    })
}

/// A corrective action, of the event or in the words of the team that it is of.
fn an_action(scope: Scope) -> Act {
    let id = scope.team().map_or("event", |team| team.as_str()).to_owned();
    let mut wanted = action(&id, scope);
    let words = wanted.scope.team().map_or_else(|| "canary-staff".to_owned(), |team| format!("words of {team}"));
    (wanted.text, wanted.owner) = (words.clone(), Some(words));
    Act::PutCorrectiveAction(Box::new(wanted))
}

fn a_step(of: String) -> impl Strategy<Value = Act> {
    a_state().prop_map(move |next| state(&of, next, Some("a good reason")))
}

fn a_release() -> impl Strategy<Value = Act> {
    let version = select(vec![
        ReportVersion::Team,
        ReportVersion::NationalBrief,
        ReportVersion::Community,
        ReportVersion::Public,
    ]);
    (version, select(TEAMS.to_vec())).prop_map(|(version, team)| {
        if version.is_of_a_team() {
            propose(version, &[team], &["reviewer", "observer"])
        } else {
            propose(version, &[], &[])
        }
    })
}

fn a_form(words: String) -> impl Strategy<Value = Act> {
    select(vec!["agree", "neither"]).prop_map(move |option| {
        feedback(&[("pace", AnswerInput::Choice(option.into())), ("to-improve", AnswerInput::Text(words.clone()))])
    })
}

pub(super) fn of_staff() -> impl Strategy<Value = Act> {
    prop_oneof![
        2 => a_note(a_team()),
        3 => a_finding(),
        2 => select(vec!["finding-0", "finding-1"]).prop_map(|id| Act::WithdrawFinding(WithdrawFinding { finding: id.into() })),
        1 => Just(order(&Scope::Event, &["finding-0"])),
        2 => a_scope().prop_map(|scope| Act::SignOff(SignOff { scope })),
        2 => a_scope().prop_map(an_action),
        3 => select(vec!["event", "atoll", "basin"]).prop_flat_map(|of| a_step(of.to_owned())),
        3 => a_release(),
        2 => a_form("canary-staff".to_owned()),
    ]
}

pub(super) fn of_team(team: &'static str) -> impl Strategy<Value = Act> {
    prop_oneof![
        3 => a_note(select(vec![None, Some(TeamId::from(team))])),
        2 => a_form(format!("words of {team}")),
        2 => Just(an_action(Scope::Team(team.into()))),
        2 => a_step(team.to_owned()),
    ]
}

/// What is done with a note that stands on the board, or with a release that waits.
pub(super) fn about() -> impl Strategy<Value = About> {
    prop_oneof![
        2 => (a_side(), any::<bool>()).prop_map(|(kind, hidden)| About::Move(kind, hidden)),
        1 => Just(About::Merge),
        1 => Just(About::Withdraw),
        2 => Just(About::Approve),
        1 => Just(About::Decline),
    ]
}
