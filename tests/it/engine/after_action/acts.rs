//! What people ask for after play, in the words of the tests.

use drillhall::engine::{
    command::{
        Act, AddToHotWash, AnswerInput, EditFinding, GiveFeedback, MergeInHotWash, MoveInHotWash, OrderFindings,
        ProposeRelease, PutCorrectiveAction, SetCorrectiveState,
    },
    event::{CapabilityElement, CorrectiveState, CostBand, FindingKind, ReportVersion, Scope, Urgency},
    id::ItemId,
};

pub(crate) fn feedback(answers: &[(&str, AnswerInput)]) -> Act {
    let answers = answers.iter().map(|(field, answer)| ((*field).into(), answer.clone())).collect();
    Act::GiveFeedback(GiveFeedback { answers })
}

pub(crate) fn note(kind: FindingKind, words: &str, anonymous: bool, team: Option<&str>) -> Act {
    let team = team.map(Into::into);
    Act::AddToHotWash(AddToHotWash { kind, text: words.to_owned(), anonymous, capability: None, team })
}

pub(crate) fn add_note(kind: FindingKind, words: &str, anonymous: bool) -> Act {
    note(kind, words, anonymous, None)
}

pub(crate) fn move_note(item: &ItemId, kind: FindingKind, hidden: bool) -> Act {
    Act::MoveInHotWash(MoveInHotWash { item: item.clone(), kind, capability: None, hidden })
}

pub(crate) fn merge(item: &ItemId, into: Option<&ItemId>) -> Act {
    Act::MergeInHotWash(MergeInHotWash { item: item.clone(), into: into.cloned() })
}

pub(crate) fn finding(id: &str, scope: &Scope) -> EditFinding {
    EditFinding {
        finding: id.into(),
        scope: scope.clone(),
        kind: FindingKind::Area,
        title: format!("{id} in short"),
        observation: "Two of three teams told nobody.".to_owned(),
        reference: None,
        analysis: Some("The plan names no one to tell.".to_owned()),
        capability: None,
        rows: vec![1],
        drafted_from: None,
    }
}

pub(crate) fn edit(id: &str, scope: &Scope) -> Act {
    Act::EditFinding(Box::new(finding(id, scope)))
}

pub(crate) fn order(scope: &Scope, ids: &[&str]) -> Act {
    Act::OrderFindings(OrderFindings { scope: scope.clone(), order: ids.iter().map(|id| (*id).into()).collect() })
}

/// A corrective action with an owner and a day.
pub(crate) fn action(id: &str, scope: Scope) -> PutCorrectiveAction {
    PutCorrectiveAction {
        action: id.into(),
        scope,
        finding: None,
        text: "Write down whom to tell.".to_owned(),
        capability: None,
        element: CapabilityElement::Planning,
        owner: Some("National CIRT".to_owned()),
        contact: Some("duty officer".to_owned()),
        start: Some("2027-01-04".into()),
        completion: Some("2027-03-31".into()),
        priority: Urgency::High,
        cost: Some(CostBand::Medium),
        evidence: None,
    }
}

pub(crate) fn put(id: &str, team: &str) -> Act {
    Act::PutCorrectiveAction(Box::new(action(id, Scope::Team(team.into()))))
}

pub(crate) fn state(id: &str, state: CorrectiveState, note: Option<&str>) -> Act {
    Act::SetCorrectiveState(SetCorrectiveState { action: id.into(), state, note: note.map(str::to_owned) })
}

pub(crate) fn set_state(id: &str, to: CorrectiveState) -> Act {
    state(id, to, None)
}

pub(crate) fn propose(version: ReportVersion, teams: &[&str], people: &[&str]) -> Act {
    let teams = teams.iter().map(|team| (*team).into()).collect();
    let people = people.iter().map(|person| (*person).into()).collect();
    Act::ProposeRelease(ProposeRelease { version, teams, people })
}
