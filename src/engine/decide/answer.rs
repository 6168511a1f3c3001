//! Reading, acknowledging and answering.

use std::collections::BTreeMap;

use super::{LINE_LIMIT, checked, field, talk::CLOCK_SKEW};
use crate::engine::{
    command::{Actor, AnswerInput, Command, DeliverFor, NameDelegate},
    event::{ByHand, DelegateNamed, Fact, Receipt},
    id::{FieldId, InjectId, TeamId},
    plan::Inject,
    prose::Mint,
    rejection::{Judging, Rejection},
    role::{Action, Relation, Role},
    state::{Delivery, State, Team},
    time::{Millis, Timestamp},
};

/// Which text of a command names the caller; answers come before.
const CALLER: u32 = 1_000;

impl State {
    pub(super) fn note_delivered(&self, actor: &Actor, inject: &InjectId) -> Result<Vec<Fact>, Rejection> {
        let (team, _) = self.allow_own(actor, Action::Receive)?;
        if self.preparation.message(&team.id, inject).is_some() {
            return Ok(Vec::new());
        }
        let (_, delivery) = self.received(team, inject)?;
        Ok(once(delivery.delivered_after.is_none(), || Fact::InjectDelivered {
            inject: inject.clone(),
            team: team.id.clone(),
            by_hand: None,
        }))
    }

    pub(super) fn note_opened(&self, actor: &Actor, inject: &InjectId) -> Result<Vec<Fact>, Rejection> {
        let (team, _) = self.allow_own(actor, Action::Receive)?;
        if self.preparation.message(&team.id, inject).is_some() {
            return Ok(Vec::new());
        }
        let (_, delivery) = self.received(team, inject)?;
        Ok(once(delivery.opened_after.is_none(), || Fact::InjectOpened {
            inject: inject.clone(),
            team: team.id.clone(),
        }))
    }

    pub(super) fn acknowledge(&self, actor: &Actor, id: &InjectId) -> Result<Vec<Fact>, Rejection> {
        let (team, _) = self.allow_own(actor, Action::Receive)?;
        if let Some(facts) = self.comcheck_acknowledged(team, id) {
            return Ok(facts);
        }
        let (inject, delivery) = self.received(team, id)?;
        if !inject.content.form.as_ref().is_some_and(|form| form.acknowledge) {
            return Err(Rejection::NothingToAcknowledge(id.clone()));
        }
        Ok(once(delivery.acknowledged_after.is_none(), || Fact::InjectAcknowledged {
            inject: id.clone(),
            team: team.id.clone(),
            by_hand: None,
        }))
    }

    /// What further people did with injects. Only what is new is kept.
    pub(super) fn note_receipts(&self, receipts: &[Receipt]) -> Vec<Fact> {
        let is_new = |receipt: &&Receipt| {
            let grant = self.grants.get(&receipt.person).filter(|grant| grant.team.as_ref() == Some(&receipt.team));
            if !grant.is_some_and(|grant| grant.may(Action::Receive, Relation::Own)) {
                return false;
            }
            let delivery = self.team(&receipt.team).and_then(|team| self.received(team, &receipt.inject).ok());
            delivery.is_some_and(|(_, delivery)| {
                let (delivered, opened) = delivery.readers.get(&receipt.person).copied().unwrap_or_default();
                (receipt.delivered_at.is_some() && !delivered) || (receipt.opened_at.is_some() && !opened)
            })
        };
        let receipts: Vec<Receipt> = receipts.iter().filter(is_new).cloned().collect();
        if receipts.is_empty() { Vec::new() } else { vec![Fact::ReceiptsNoted { receipts }] }
    }

    /// An inject that was read to a team over the phone.
    pub(super) fn deliver_for(
        &self,
        command: &Command,
        told: &DeliverFor,
        at: Timestamp,
    ) -> Result<Vec<Fact>, Rejection> {
        let DeliverFor { team, inject, happened_at, caller } = told;
        let slip = Slip { team, inject, happened_at: *happened_at, caller };
        let (_, _, delivery, by_hand) = self.checked_slip(command, &slip, at)?;
        if delivery.was_reached() {
            return Err(Rejection::AlreadyReceived(inject.clone()));
        }
        let (inject, team) = (inject.clone(), team.clone());
        Ok(vec![Fact::InjectDelivered { inject, team, by_hand: Some(by_hand) }])
    }

    /// The lead of a team says who else may send its official answers.
    pub(super) fn name_delegate(&self, actor: &Actor, wanted: &NameDelegate) -> Result<Vec<Fact>, Rejection> {
        let (team, _) = self.allow_own(actor, Action::LeadTeam)?;
        let (person, may_submit) = (wanted.person.clone(), wanted.may_submit);
        let plays = self.grants.get(&person).filter(|grant| grant.team.as_ref() == Some(&team.id));
        if plays.is_none_or(|grant| grant.role != Role::Player) {
            return Err(Judging::NotInTeam(person).into());
        }
        let named = || Fact::DelegateNamed(DelegateNamed { team: team.id.clone(), person: person.clone(), may_submit });
        Ok(once(team.delegates.contains(&person) != may_submit, named))
    }

    /// Whether a player may answer officially: as a delegate, or because the team has no lead.
    fn is_delegate(&self, actor: &Actor, team: &Team) -> bool {
        actor.person().is_some_and(|person| team.delegates.contains(person)) || !self.is_led(&team.id)
    }

    /// An acknowledgement that came by phone or on paper.
    pub(super) fn acknowledge_for(
        &self,
        command: &Command,
        slip: &Slip<'_>,
        at: Timestamp,
    ) -> Result<Vec<Fact>, Rejection> {
        let (_, inject, delivery, by_hand) = self.checked_slip(command, slip, at)?;
        if !inject.content.form.as_ref().is_some_and(|form| form.acknowledge) {
            return Err(Rejection::NothingToAcknowledge(slip.inject.clone()));
        }
        // Whoever typed it waits for a code to read back, so silence would be no answer.
        if delivery.acknowledged_after.is_some() {
            return Err(Rejection::AlreadyAcknowledged(slip.inject.clone()));
        }
        let (inject, team) = (slip.inject.clone(), slip.team.clone());
        Ok(vec![Fact::InjectAcknowledged { inject, team, by_hand: Some(by_hand) }])
    }

    /// An answer that came by phone or on paper: it is judged by the time it really came.
    pub(super) fn submit_for(
        &self,
        command: &Command,
        slip: &Slip<'_>,
        answers: &BTreeMap<FieldId, AnswerInput>,
        at: Timestamp,
    ) -> Result<Vec<Fact>, Rejection> {
        let (team, inject, delivery, by_hand) = self.checked_slip(command, slip, at)?;
        let received_at = by_hand.happened_at;
        let sheet = Sheet { inject, delivery, received_at, composed_at: None, by_hand: Some(by_hand) };
        self.answered(team, sheet, answers, command.mint)
    }

    fn checked_slip(
        &self,
        command: &Command,
        slip: &Slip<'_>,
        at: Timestamp,
    ) -> Result<(&Team, &Inject, &Delivery, ByHand), Rejection> {
        self.allow(&command.actor, Action::ControlInjects)?;
        let team = self.known_team(slip.team)?;
        let (position, inject) =
            self.inject(slip.inject).ok_or_else(|| Rejection::UnknownInject(slip.inject.clone()))?;
        let delivery = team.deliveries.get(&position).ok_or_else(|| Rejection::NotReleased(slip.inject.clone()))?;
        if slip.happened_at > at.plus(CLOCK_SKEW) {
            return Err(Rejection::FutureTime);
        }
        let happened_at = slip.happened_at.min(at);
        if happened_at < delivery.released_at {
            return Err(Rejection::BeforeRelease(slip.inject.clone()));
        }
        let by_hand = ByHand {
            caller: command.mint.prose(CALLER, checked(slip.caller, LINE_LIMIT)?),
            happened_at,
            code: command.mint.code(),
        };
        Ok((team, inject, delivery, by_hand))
    }

    /// An answer is never refused for its time: after the deadline or the end it is kept as late.
    pub(super) fn submit(
        &self,
        command: &Command,
        id: &InjectId,
        answers: &BTreeMap<FieldId, AnswerInput>,
        composed_at: Option<Timestamp>,
    ) -> Result<Vec<Fact>, Rejection> {
        let (team, role) = self.allow_own(&command.actor, Action::Submit)?;
        if role != Role::TeamLead && !self.is_delegate(&command.actor, team) {
            return Err(Judging::NotDelegate.into());
        }
        if let Some(facts) = self.comcheck_answered(command, team, id, answers) {
            return facts;
        }
        let (inject, delivery) = self.received(team, id)?;
        let sheet = Sheet { inject, delivery, received_at: command.received_at, composed_at, by_hand: None };
        self.answered(team, sheet, answers, command.mint)
    }

    fn answered(
        &self,
        team: &Team,
        sheet: Sheet<'_>,
        answers: &BTreeMap<FieldId, AnswerInput>,
        mint: Mint,
    ) -> Result<Vec<Fact>, Rejection> {
        let Sheet { inject, delivery, received_at, composed_at, by_hand } = sheet;
        let form = inject
            .content
            .form
            .as_ref()
            .filter(|form| !form.fields.is_empty())
            .ok_or_else(|| Rejection::NothingToAnswer(inject.id.clone()))?;
        let answers = field::checked(team, inject, form, answers, mint)?;
        let verdicts = field::verdicts(inject, form, &answers);
        let taken = team.clock.active(received_at).minus(delivery.clock_at_release).max(Millis(0));
        let late = delivery.recalled
            || self.over_at().is_some_and(|over| received_at > over)
            || form.deadline.is_some_and(|deadline| taken > deadline.plus(delivery.extension));
        Ok(vec![Fact::ResponseSubmitted {
            inject: inject.id.clone(),
            team: team.id.clone(),
            revision: next_revision(delivery),
            answers,
            received_at,
            taken,
            late,
            composed_at: composed_at.filter(|claim| claim.is_in_calendar()),
            by_hand,
            verdicts,
        }])
    }
}

/// What control writes down of a call or a sheet of paper.
pub(super) struct Slip<'a> {
    pub(super) team: &'a TeamId,
    pub(super) inject: &'a InjectId,
    pub(super) happened_at: Timestamp,
    pub(super) caller: &'a str,
}

/// An answer on its way in.
struct Sheet<'a> {
    inject: &'a Inject,
    delivery: &'a Delivery,
    received_at: Timestamp,
    composed_at: Option<Timestamp>,
    by_hand: Option<ByHand>,
}

fn once(first: bool, fact: impl FnOnce() -> Fact) -> Vec<Fact> {
    if first { vec![fact()] } else { Vec::new() }
}

fn next_revision(delivery: &Delivery) -> u32 {
    delivery.responses.last().map_or(1, |last| last.revision.saturating_add(1))
}
