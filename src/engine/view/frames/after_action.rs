//! What comes after play shows. Whoever wrote without a name is named to nobody; findings are for staff until
//! a report is released; a corrective action of a team is for that team and staff.

use super::{Audience, Frame, control, everybody, put, remove, shared};
use crate::engine::{
    event::{
        Answer, CorrectiveActionPut, CorrectiveStateSet, Event, Fact, FeedbackGiven, FindingEdited, FindingWithdrawn,
        HotWashAdded, HotWashMoved, HotWashWithdrawn, ReportProposed, Scope, SignedOff,
    },
    id::{ItemId, TeamId},
    role::Role,
    view::{
        card::{
            Card, FeedbackGivenCard, FeedbackTextCard, FindingCard, FindingOrderCard, HotWashCard, HotWashMergedCard,
            HotWashOwnCard, HotWashSourceCard, ImprovementCard, ImprovementStateCard, ProseCard, ReleaseCard,
            ReleaseProposalCard, SignedOffCard,
        },
        content::prose,
    },
};

pub(super) fn frames(event: &Event) -> Option<Vec<Frame>> {
    of_hot_wash(event).or_else(|| of_report(event))
}

fn of_hot_wash(event: &Event) -> Option<Vec<Frame>> {
    Some(match &event.fact {
        Fact::FeedbackGiven(given) => feedback(event, given),
        Fact::HotWashAdded(added) => note_added(event, added),
        Fact::HotWashMoved(moved) => note_moved(moved),
        Fact::HotWashMerged(merged) => {
            let frame = |item: &ItemId| {
                let key = format!("hot_wash_merged/{item}");
                match merged.into.clone() {
                    Some(into) => {
                        put(everybody(), key, Card::HotWashMerged(HotWashMergedCard { item: item.clone(), into }))
                    }
                    None => remove(everybody(), key),
                }
            };
            merged.items.iter().map(frame).collect()
        }
        Fact::HotWashWithdrawn(withdrawn) => note_withdrawn(event, withdrawn),
        _ => return None,
    })
}

fn of_report(event: &Event) -> Option<Vec<Frame>> {
    let (by, at) = (event.actor.person().cloned(), event.at);
    Some(match &event.fact {
        Fact::FindingEdited(edited) => {
            let key = format!("finding/{}", edited.finding);
            vec![put(control(), key, finding(event, edited)), unsigned(&edited.scope)]
        }
        Fact::FindingsOrdered(ordered) => {
            let (scope, order) = (ordered.scope.clone(), ordered.order.clone());
            let key = format!("finding_order/{scope}");
            let unsigned = unsigned(&scope);
            vec![put(control(), key, Card::FindingOrder(FindingOrderCard { scope, order })), unsigned]
        }
        Fact::FindingWithdrawn(FindingWithdrawn { finding, scope }) => {
            vec![remove(control(), format!("finding/{finding}")), unsigned(scope)]
        }
        Fact::SignedOff(SignedOff { scope }) => {
            let card = SignedOffCard { scope: scope.clone(), by, at };
            vec![put(control(), format!("signed_off/{scope}"), Card::SignedOff(card))]
        }
        Fact::CorrectiveActionPut(action) => {
            vec![put(of_scope(&action.scope), format!("improvement/{}", action.action), improvement(event, action))]
        }
        Fact::CorrectiveStateSet(set) => state_set(event, set),
        Fact::ReportProposed(proposed) => {
            let ReportProposed { item, version, teams, people, at_seq, names: _ } = proposed.clone();
            let key = format!("release_proposal/{item}");
            let card = ReleaseProposalCard { item, version, teams, people, at_seq, by, at };
            vec![put(control(), key, Card::ReleaseProposal(card))]
        }
        Fact::ReleaseDeclined(declined) => vec![remove(control(), format!("release_proposal/{}", declined.item))],
        Fact::ReportReleased(released) => release(event, released),
        _ => return None,
    })
}

fn only(event: &Event) -> Vec<Audience> {
    event.actor.person().cloned().map(Audience::Person).into_iter().collect()
}

fn feedback(event: &Event, given: &FeedbackGiven) -> Vec<Frame> {
    let gone = given.replaces.iter().map(|(field, part)| remove(control(), format!("feedback_text/{field}/{part}")));
    let texts = given.answers.iter().filter_map(|(field, answer)| {
        let text = answer.prose()?;
        let option = match answer {
            Answer::Decision { option, .. } => option.clone(),
            _ => None,
        };
        let card = FeedbackTextCard { field: field.clone(), option, text: prose(text) };
        Some(put(control(), format!("feedback_text/{field}/{}", text.part), Card::FeedbackText(card)))
    });
    let own = Card::FeedbackGiven(FeedbackGivenCard { at: event.at });
    gone.chain(texts).chain([put(only(event), "feedback_given".to_owned(), own)]).collect()
}

fn note_added(event: &Event, added: &HotWashAdded) -> Vec<Frame> {
    let HotWashAdded { item, kind, text, capability, team, anonymous, by_team } = added;
    let card =
        HotWashCard { item: item.clone(), kind: *kind, text: prose(text), capability: *capability, at: event.at };
    let own = Card::HotWashOwn(HotWashOwnCard { item: item.clone(), anonymous: *anonymous });
    let mut frames = vec![
        put(everybody(), format!("hot_wash/{item}"), Card::HotWash(card)),
        put(only(event), format!("hot_wash_own/{item}"), own),
    ];
    let by = event.actor.person().filter(|_| !anonymous).cloned();
    if by.is_some() || team.is_some() {
        let source = HotWashSourceCard { item: item.clone(), by, team: team.clone() };
        frames.push(put(told(by_team.as_ref()), format!("hot_wash_source/{item}"), Card::HotWashSource(source)));
    }
    frames
}

/// Who may know whose note it is: staff, and the team of the author where that one gave the name.
fn told(by_team: Option<&TeamId>) -> Vec<Audience> {
    by_team.map_or_else(control, shared)
}

fn note_moved(moved: &HotWashMoved) -> Vec<Frame> {
    let HotWashMoved { item, kind, capability, hidden, written_at, of, text } = moved;
    // It goes by its first part: whoever erases that erases every copy.
    let text = text.as_ref().and_then(|copied| copied.text.text()).map(str::to_owned);
    let text = ProseCard { part: of.clone(), text };
    let card = HotWashCard { item: item.clone(), kind: *kind, text, capability: *capability, at: *written_at };
    let (shown, kept) = (format!("hot_wash/{item}"), format!("hot_wash_hidden/{item}"));
    if *hidden {
        vec![remove(everybody(), shown), put(control(), kept, Card::HotWashHidden(card))]
    } else {
        vec![remove(control(), kept), put(everybody(), shown, Card::HotWash(card))]
    }
}

fn note_withdrawn(event: &Event, withdrawn: &HotWashWithdrawn) -> Vec<Frame> {
    let HotWashWithdrawn { item, by_team, freed } = withdrawn;
    let alone = freed.iter().chain([item]).map(|item| remove(everybody(), format!("hot_wash_merged/{item}")));
    let gone = [
        remove(everybody(), format!("hot_wash/{item}")),
        remove(control(), format!("hot_wash_hidden/{item}")),
        remove(told(by_team.as_ref()), format!("hot_wash_source/{item}")),
        remove(only(event), format!("hot_wash_own/{item}")),
    ];
    gone.into_iter().chain(alone).collect()
}

fn unsigned(scope: &Scope) -> Frame {
    remove(control(), format!("signed_off/{scope}"))
}

fn finding(event: &Event, edited: &FindingEdited) -> Card {
    Card::Finding(Box::new(FindingCard {
        finding: edited.finding.clone(),
        scope: edited.scope.clone(),
        kind: edited.kind,
        title: prose(&edited.title),
        observation: prose(&edited.observation),
        reference: edited.reference.as_ref().map(prose),
        analysis: edited.analysis.as_ref().map(prose),
        capability: edited.capability,
        rows: edited.rows.clone(),
        drafted_from: edited.drafted_from.clone(),
        by: event.actor.person().cloned(),
        at: event.at,
    }))
}

fn of_scope(scope: &Scope) -> Vec<Audience> {
    scope.team().map_or_else(control, shared)
}

fn improvement(event: &Event, action: &CorrectiveActionPut) -> Card {
    Card::Improvement(Box::new(ImprovementCard {
        action: action.action.clone(),
        scope: action.scope.clone(),
        finding: action.finding.clone(),
        text: prose(&action.text),
        capability: action.capability,
        element: action.element,
        owner: action.owner.as_ref().map(prose),
        contact: action.contact.as_ref().map(prose),
        start: action.start.clone(),
        completion: action.completion.clone(),
        priority: action.priority,
        cost: action.cost,
        evidence: action.evidence.as_ref().map(prose),
        at: event.at,
    }))
}

/// Teams do not learn who of the staff decided.
fn state_set(event: &Event, set: &CorrectiveStateSet) -> Vec<Frame> {
    let key = || format!("improvement_state/{}", set.action);
    let card = |by| {
        Card::ImprovementState(ImprovementStateCard {
            action: set.action.clone(),
            state: set.state,
            note: set.note.as_ref().map(prose),
            by,
            at: event.at,
        })
    };
    let of_team = set.scope.team().map(|team| put(vec![Audience::Team(team.clone())], key(), card(None)));
    std::iter::once(put(control(), key(), card(event.actor.person().cloned()))).chain(of_team).collect()
}

fn release(event: &Event, released: &ReportProposed) -> Vec<Frame> {
    let ReportProposed { item, version, teams, people, at_seq, names } = released;
    let card = |team: Option<&TeamId>| {
        let name = team.and_then(|team| names.get(team)).cloned();
        Card::Release(ReleaseCard { version: *version, team: team.cloned(), name, at_seq: *at_seq, at: event.at })
    };
    let name = version.name();
    let mut frames = vec![remove(control(), format!("release_proposal/{item}"))];
    if !version.is_of_a_team() {
        let to = vec![Audience::All, Audience::Role(Role::Reviewer)];
        frames.push(put(to, format!("release/{name}"), card(None)));
    }
    for team in teams {
        let key = || format!("release/{name}/{team}");
        frames.push(put(shared(team), key(), card(Some(team))));
        let person = |person: &_| put(vec![Audience::Person(Clone::clone(person))], key(), card(Some(team)));
        frames.extend(people.iter().map(person));
    }
    frames
}
