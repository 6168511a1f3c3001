//! Strengths and areas of the report: people edit what rules have drafted, and answer for it.

use std::collections::BTreeSet;

use super::{OVER, Texts, plain_id};
use crate::engine::{
    command::{Actor, Command, EditFinding, OrderFindings},
    decide::{LINE_LIMIT, TEXT_LIMIT, checked},
    event::{Draft, Fact, FindingEdited, FindingWithdrawn, FindingsOrdered, Scope, SignedOff},
    id::FindingId,
    rejection::{AfterAction, Rejection},
    role::{Action, Relation},
    state::State,
};

/// Most rows that a finding rests on.
const MOST_ROWS: usize = 1_000;

impl State {
    pub(super) fn edit_finding(&self, command: &Command, wanted: &EditFinding) -> Result<Vec<Fact>, Rejection> {
        self.in_charge_of(&command.actor, &wanted.finding, Some(&wanted.scope))?;
        self.in_stage(&OVER)?;
        plain_id(wanted.finding.as_str())?;
        self.known_scope(&wanted.scope)?;
        let before = self.after_action.findings.get(&wanted.finding);
        if before.is_some_and(|before| before.scope != wanted.scope) {
            return Err(AfterAction::ScopeFixed.into());
        }
        if wanted.rows.len() > MOST_ROWS {
            return Err(AfterAction::TooManyRows { limit: MOST_ROWS as u64 }.into());
        }
        if let Some(row) = wanted.rows.iter().find(|row| !(1..=self.seq).contains(*row)) {
            return Err(AfterAction::UnknownRow(*row).into());
        }
        let mut texts = Texts::new(command.mint);
        Ok(vec![Fact::FindingEdited(Box::new(FindingEdited {
            finding: wanted.finding.clone(),
            scope: wanted.scope.clone(),
            kind: wanted.kind,
            title: texts.next(&wanted.title, LINE_LIMIT)?,
            observation: texts.next(&wanted.observation, TEXT_LIMIT)?,
            reference: texts.long(wanted.reference.as_deref())?,
            analysis: texts.long(wanted.analysis.as_deref())?,
            capability: wanted.capability,
            rows: wanted.rows.clone(),
            drafted_from: wanted.drafted_from.as_ref().map(checked_draft).transpose()?,
        }))])
    }

    pub(super) fn order_findings(&self, actor: &Actor, wanted: &OrderFindings) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::WriteFindings)?;
        self.in_stage(&OVER)?;
        self.known_scope(&wanted.scope)?;
        let OrderFindings { scope, order } = wanted.clone();
        let there: BTreeSet<&FindingId> =
            self.after_action.findings_of(&scope).into_iter().map(|finding| &finding.finding).collect();
        if order.len() != there.len() || order.iter().collect::<BTreeSet<_>>() != there {
            return Err(AfterAction::OrderIncomplete.into());
        }
        Ok(vec![Fact::FindingsOrdered(FindingsOrdered { scope, order })])
    }

    pub(super) fn withdraw_finding(&self, actor: &Actor, finding: &FindingId) -> Result<Vec<Fact>, Rejection> {
        let scope = self.after_action.findings.get(finding).map(|finding| finding.scope.clone());
        self.in_charge_of(actor, finding, scope.as_ref())?;
        self.in_stage(&OVER)?;
        let scope = scope.ok_or_else(|| AfterAction::UnknownFinding(finding.clone()))?;
        Ok(vec![Fact::FindingWithdrawn(FindingWithdrawn { finding: finding.clone(), scope })])
    }

    /// Whoever answers for the report writes all of it. An evaluator puts findings forward, and changes those that
    /// nobody else has written since; what is signed off stays as it was read by whoever signed.
    fn in_charge_of(&self, actor: &Actor, finding: &FindingId, scope: Option<&Scope>) -> Result<(), Rejection> {
        let grant = self.allow(actor, Action::ProposeFindings)?;
        if grant.may(Action::WriteFindings, Relation::Other) {
            return Ok(());
        }
        let after = &self.after_action;
        if after.findings.contains_key(finding) && after.written_by.get(finding) != actor.person() {
            return Err(Rejection::Forbidden);
        }
        if scope.is_some_and(|scope| after.signed_off.contains_key(scope)) {
            return Err(AfterAction::AlreadySigned.into());
        }
        Ok(())
    }

    pub(super) fn sign_off(&self, actor: &Actor, scope: &Scope) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::WriteFindings)?;
        self.in_stage(&OVER)?;
        self.known_scope(scope)?;
        if self.after_action.signed_off.contains_key(scope) {
            return Err(AfterAction::AlreadySigned.into());
        }
        Ok(vec![Fact::SignedOff(SignedOff { scope: scope.clone() })])
    }
}

fn checked_draft(draft: &Draft) -> Result<Draft, Rejection> {
    let line = |text: &str| checked(text, LINE_LIMIT).map(str::to_owned);
    Ok(Draft { rule: line(&draft.rule)?, key: line(&draft.key)? })
}
