//! The improvement plan. Critical gaps do not wait for the report, so it is open at every stage; and for as
//! long as the exercise is kept, since actions take months.

use super::{Texts, plain_id};
use crate::engine::{
    command::{Actor, Command, PutCorrectiveAction, SetCorrectiveState},
    decide::{TEXT_LIMIT, mark::reasoned},
    event::{CorrectiveActionPut, CorrectiveState, CorrectiveStateSet, Fact, Scope},
    rejection::{AfterAction, Judging, Rejection},
    role::{Action, Relation, may},
    state::{CorrectiveAction, State},
};

impl State {
    pub(super) fn put_corrective_action(
        &self,
        command: &Command,
        wanted: &PutCorrectiveAction,
    ) -> Result<Vec<Fact>, Rejection> {
        self.allow_improving(&command.actor, &wanted.scope)?;
        plain_id(wanted.action.as_str())?;
        self.known_scope(&wanted.scope)?;
        if let Some(before) = self.after_action.corrective_actions.get(&wanted.action) {
            // Somebody of a team does not learn that another one has an action of this name.
            self.allow_improving(&command.actor, &before.put.scope).map_err(|_| AfterAction::ScopeFixed)?;
            if before.put.scope != wanted.scope {
                return Err(AfterAction::ScopeFixed.into());
            }
        }
        if let Some(finding) = wanted.finding.iter().find(|id| !self.after_action.findings.contains_key(*id)) {
            return Err(AfterAction::UnknownFinding(finding.clone()).into());
        }
        let days = || wanted.start.iter().chain(&wanted.completion);
        let is_in_order = wanted.start.as_ref().zip(wanted.completion.as_ref()).is_none_or(|(start, end)| start <= end);
        if !days().all(|day| day.is_valid()) || !is_in_order {
            return Err(AfterAction::BadDate.into());
        }
        let mut texts = Texts::new(command.mint);
        Ok(vec![Fact::CorrectiveActionPut(Box::new(CorrectiveActionPut {
            action: wanted.action.clone(),
            scope: wanted.scope.clone(),
            finding: wanted.finding.clone(),
            text: texts.next(&wanted.text, TEXT_LIMIT)?,
            capability: wanted.capability,
            element: wanted.element,
            owner: texts.line(wanted.owner.as_deref())?,
            contact: texts.line(wanted.contact.as_deref())?,
            start: wanted.start.clone(),
            completion: wanted.completion.clone(),
            priority: wanted.priority,
            evidence: texts.long(wanted.evidence.as_deref())?,
        }))])
    }

    pub(super) fn set_corrective_state(
        &self,
        command: &Command,
        wanted: &SetCorrectiveState,
    ) -> Result<Vec<Fact>, Rejection> {
        let SetCorrectiveState { action: id, state, note } = wanted;
        let grant = self.grant(&command.actor).ok_or(Rejection::Forbidden)?;
        if !may(grant.role, Action::PlanImprovement, Relation::Own) {
            return Err(Rejection::Forbidden);
        }
        let unknown = || AfterAction::UnknownCorrectiveAction(id.clone());
        let action = self.after_action.corrective_actions.get(id).ok_or_else(unknown)?;
        self.allow_improving(&command.actor, &action.put.scope).map_err(|_| unknown())?;
        action.check_step(*state, &command.actor)?;
        let note = note.as_deref();
        let note = if matches!(state, CorrectiveState::Rejected | CorrectiveState::Deferred) {
            Some(command.mint.prose(0, reasoned(note.unwrap_or_default(), TEXT_LIMIT)?))
        } else {
            Texts::new(command.mint).long(note)?
        };
        let scope = action.put.scope.clone();
        let set = CorrectiveStateSet { action: id.clone(), scope, state: *state, note };
        Ok(vec![Fact::CorrectiveStateSet(set)])
    }

    fn allow_improving(&self, actor: &Actor, scope: &Scope) -> Result<(), Rejection> {
        let grant = self.grant(actor).ok_or(Rejection::Forbidden)?;
        let own = scope.team().is_some() && grant.team.as_ref() == scope.team();
        let relation = if own { Relation::Own } else { Relation::Other };
        may(grant.role, Action::PlanImprovement, relation).then_some(()).ok_or(Rejection::Forbidden)
    }
}

impl CorrectiveAction {
    fn check_step(&self, next: CorrectiveState, actor: &Actor) -> Result<(), Rejection> {
        if !self.state.may_become(next) {
            return Err(AfterAction::WrongStep { from: self.state, to: next }.into());
        }
        let is_promised = matches!(next, CorrectiveState::Agreed | CorrectiveState::InProgress);
        if is_promised && (self.put.owner.is_none() || self.put.completion.is_none()) {
            return Err(AfterAction::OwnerOrDateMissing.into());
        }
        // Who says that it is done does not confirm it, too.
        if next == CorrectiveState::Verified && self.implemented_by.as_ref() == actor.person() {
            return Err(Judging::SecondPersonNeeded.into());
        }
        Ok(())
    }
}
