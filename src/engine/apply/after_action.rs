//! How what comes after play changes the state.

use crate::engine::{
    event::{CorrectiveState, Event, Fact, FindingWithdrawn, HotWashMoved, Scope, SignedOff},
    state::{CorrectiveAction, HotWashNote, Proposal, Signature, State},
};

impl State {
    pub(super) fn apply_after_action(&mut self, event: &Event) {
        let by = || event.actor.person().cloned();
        let after = &mut self.after_action;
        match &event.fact {
            Fact::ExerciseEnded { feedback, .. } => after.form.clone_from(feedback),
            Fact::FeedbackGiven(given) => {
                if let Some(by) = by() {
                    after.feedback.insert(by, given.answers.clone());
                }
            }
            Fact::FindingEdited(edited) => {
                self.lift(&edited.scope);
                let after = &mut self.after_action;
                after.findings.insert(edited.finding.clone(), (**edited).clone());
                match event.actor.person() {
                    Some(person) => after.written_by.insert(edited.finding.clone(), person.clone()),
                    None => after.written_by.remove(&edited.finding),
                };
            }
            Fact::FindingsOrdered(ordered) => {
                self.lift(&ordered.scope);
                self.after_action.orders.insert(ordered.scope.clone(), ordered.order.clone());
            }
            Fact::FindingWithdrawn(FindingWithdrawn { finding, scope }) => {
                self.lift(scope);
                self.after_action.findings.remove(finding);
                self.after_action.written_by.remove(finding);
                if let Some(order) = self.after_action.orders.get_mut(scope) {
                    order.retain(|known| known != finding);
                }
            }
            Fact::SignedOff(SignedOff { scope }) => {
                after.signed_off.insert(scope.clone(), Signature { by: by(), at: event.at });
            }
            Fact::CorrectiveActionPut(put) => {
                let action = after.corrective_actions.entry(put.action.clone()).or_insert_with(|| CorrectiveAction {
                    put: (**put).clone(),
                    state: CorrectiveState::Proposed,
                    note: None,
                    implemented_by: None,
                });
                action.put = (**put).clone();
            }
            Fact::CorrectiveStateSet(set) => {
                if let Some(action) = after.corrective_actions.get_mut(&set.action) {
                    action.state = set.state;
                    action.note.clone_from(&set.note);
                    if set.state == CorrectiveState::Implemented {
                        action.implemented_by = by();
                    }
                }
            }
            Fact::ReportProposed(proposed) => {
                let proposal = Proposal { proposed: proposed.clone(), by: by() };
                after.proposals.insert(proposed.item.clone(), proposal);
            }
            Fact::ReleaseDeclined(declined) => {
                after.proposals.remove(&declined.item);
            }
            Fact::ReportReleased(released) => {
                after.proposals.remove(&released.item);
                after.releases.push(released.clone());
            }
            _ => self.apply_hot_wash(event),
        }
    }

    fn apply_hot_wash(&mut self, event: &Event) {
        let notes = &mut self.after_action.hot_wash;
        match &event.fact {
            Fact::HotWashAdded(added) => {
                let (author, at) = (event.actor.person().cloned(), event.at);
                let note = HotWashNote { added: added.clone(), author, at, hidden: false, into: None };
                notes.insert(added.item.clone(), note);
            }
            Fact::HotWashMoved(HotWashMoved { item, kind, capability, hidden, of, text, .. }) => {
                if let Some(note) = notes.get_mut(item) {
                    (note.added.kind, note.added.capability, note.hidden) = (*kind, *capability, *hidden);
                }
                if let Some(copied) = text {
                    self.copies.entry(of.clone()).or_default().insert(copied.text.part.clone());
                }
            }
            Fact::HotWashMerged(merged) => {
                for item in &merged.items {
                    if let Some(note) = notes.get_mut(item) {
                        note.into.clone_from(&merged.into);
                    }
                }
            }
            Fact::HotWashWithdrawn(withdrawn) => {
                notes.remove(&withdrawn.item);
                for note in withdrawn.freed.iter().collect::<Vec<_>>() {
                    if let Some(note) = notes.get_mut(note) {
                        note.into = None;
                    }
                }
            }
            _ => {}
        }
    }

    fn lift(&mut self, scope: &Scope) {
        self.after_action.signed_off.remove(scope);
    }
}
