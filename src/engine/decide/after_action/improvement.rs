//! The improvement plan. Critical gaps do not wait for the report, so it is open at every stage; and for as
//! long as the exercise is kept, since actions take months.

use super::{Texts, plain_id};
use crate::engine::{
    command::{Actor, Command, PutCorrectiveAction, SetCorrectiveState},
    date::Date,
    decide::{TEXT_LIMIT, mark::reasoned},
    event::{CorrectiveActionPut, CorrectiveState, CorrectiveStateSet, Fact, FindingEdited, ReportVersion, Scope},
    rejection::{AfterAction, Judging, Rejection},
    role::{Action, Relation},
    state::{CorrectiveAction, State},
};

impl State {
    pub(super) fn put_corrective_action(
        &self,
        command: &Command,
        wanted: &PutCorrectiveAction,
    ) -> Result<Vec<Fact>, Rejection> {
        let before = self.after_action.corrective_actions.get(&wanted.action);
        // A player proposes, and leaves what stands to those who plan.
        let proposes = before.is_none() && self.may_improve(&command.actor, Action::ProposeImprovement, &wanted.scope);
        if !proposes && !self.may_improve(&command.actor, Action::PlanImprovement, &wanted.scope) {
            return Err(Rejection::Forbidden);
        }
        plain_id(wanted.action.as_str())?;
        self.known_scope(&wanted.scope)?;
        if before.is_some_and(|before| before.put.scope != wanted.scope) {
            return Err(AfterAction::ScopeFixed.into());
        }
        let for_all = self.may_improve(&command.actor, Action::PlanImprovement, &Scope::Event);
        // For a team there are no findings but its own, and those once they were released to it.
        let is_known = |finding: &FindingEdited| {
            let own = finding.scope == wanted.scope;
            let team = wanted.scope.team();
            let is_released = || self.after_action.releases_of(ReportVersion::Team, team).next().is_some();
            if for_all { own || finding.scope == Scope::Event } else { own && is_released() }
        };
        if let Some(id) = &wanted.finding
            && !self.after_action.findings.get(id).is_some_and(is_known)
        {
            return Err(AfterAction::UnknownFinding(id.clone()).into());
        }
        let days = || wanted.start.iter().chain(&wanted.completion);
        let is_in_order = wanted.start.as_ref().zip(wanted.completion.as_ref()).is_none_or(|(start, end)| start <= end);
        if !days().all(Date::is_valid) || !is_in_order {
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
            cost: wanted.cost,
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
        if !grant.may(Action::PlanImprovement, Relation::Own) {
            return Err(Rejection::Forbidden);
        }
        let unknown = || AfterAction::UnknownCorrectiveAction(id.clone());
        // For a team there are none of another one.
        let action = self.after_action.corrective_actions.get(id);
        let mine = |scope: &Scope| self.may_improve(&command.actor, Action::PlanImprovement, scope);
        let action = action.filter(|action| mine(&action.put.scope)).ok_or_else(unknown)?;
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

    fn may_improve(&self, actor: &Actor, action: Action, scope: &Scope) -> bool {
        actor.person().is_some_and(|person| self.allows(person, action, scope.team()))
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
