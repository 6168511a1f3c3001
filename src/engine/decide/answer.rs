//! Reading, acknowledging and answering.

use std::collections::BTreeMap;

use super::{LINE_LIMIT, TEXT_LIMIT, checked, talk::CLOCK_SKEW};
use crate::engine::{
    command::{Actor, AnswerInput, Command},
    event::{Answer, ByHand, Fact, Receipt},
    id::{FieldId, InjectId, OptionId, TeamId},
    plan::{Choice, Field, FieldKind, Form, Inject},
    prose::Mint,
    rejection::Rejection,
    role::{Action, Relation, may},
    state::{Delivery, State, Team},
    time::{Millis, Timestamp},
};

/// Longest indicator, in characters.
const INDICATOR_LIMIT: usize = 500;
/// Which text of a command names the caller; answers come before.
const CALLER: u32 = 1_000;

impl State {
    pub(super) fn note_delivered(&self, actor: &Actor, inject: &InjectId) -> Result<Vec<Fact>, Rejection> {
        let (team, _) = self.allow_own(actor, Action::Receive)?;
        let (_, delivery) = self.received(team, inject)?;
        Ok(once(delivery.delivered_after.is_none(), || Fact::InjectDelivered {
            inject: inject.clone(),
            team: team.id.clone(),
        }))
    }

    pub(super) fn note_opened(&self, actor: &Actor, inject: &InjectId) -> Result<Vec<Fact>, Rejection> {
        let (team, _) = self.allow_own(actor, Action::Receive)?;
        let (_, delivery) = self.received(team, inject)?;
        Ok(once(delivery.opened_after.is_none(), || Fact::InjectOpened {
            inject: inject.clone(),
            team: team.id.clone(),
        }))
    }

    pub(super) fn acknowledge(&self, actor: &Actor, id: &InjectId) -> Result<Vec<Fact>, Rejection> {
        let (team, _) = self.allow_own(actor, Action::Receive)?;
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
            if !grant.is_some_and(|grant| may(grant.role, Action::Receive, Relation::Own)) {
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
        let (team, _) = self.allow_own(&command.actor, Action::Submit)?;
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
        let answers = checked_answers(&inject.id, form, answers, mint)?;
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

fn checked_answers(
    inject: &InjectId,
    form: &Form,
    answers: &BTreeMap<FieldId, AnswerInput>,
    mint: Mint,
) -> Result<BTreeMap<FieldId, Answer>, Rejection> {
    if let Some(field) = answers.keys().find(|id| form.fields.iter().all(|field| field.id != **id)) {
        return Err(Rejection::UnknownField { inject: inject.clone(), field: field.clone() });
    }
    let mut kept = BTreeMap::new();
    for (n, field) in (0..).zip(&form.fields) {
        let answer = answers.get(&field.id).filter(|answer| !is_empty(answer));
        match answer {
            Some(answer) => {
                kept.insert(field.id.clone(), checked_answer(field, answer, mint, n)?);
            }
            None if field.required => return Err(Rejection::FieldMissing(field.id.clone())),
            None => {}
        }
    }
    if kept.is_empty() { Err(Rejection::EmptyText) } else { Ok(kept) }
}

fn is_empty(answer: &AnswerInput) -> bool {
    match answer {
        AnswerInput::Choice(_) => false,
        AnswerInput::Choices(options) => options.is_empty(),
        AnswerInput::Text(text) => text.trim().is_empty(),
        AnswerInput::Decision { option, rationale } => option.is_none() && rationale.trim().is_empty(),
        AnswerInput::Indicators(lines) => lines.iter().all(|line| line.trim().is_empty()),
    }
}

fn checked_answer(field: &Field, answer: &AnswerInput, mint: Mint, n: u32) -> Result<Answer, Rejection> {
    let bad = |reason| Rejection::BadAnswer { field: field.id.clone(), reason };
    match (&field.kind, answer) {
        (FieldKind::Choice { options }, AnswerInput::Choice(option)) => {
            known(options, option).then(|| Answer::Choice(option.clone())).ok_or_else(|| bad("there is no such option"))
        }
        (FieldKind::MultiChoice { options }, AnswerInput::Choices(chosen)) => chosen
            .iter()
            .all(|option| known(options, option))
            .then(|| Answer::Choices(chosen.clone()))
            .ok_or_else(|| bad("there is no such option")),
        (FieldKind::LongText { max_chars }, AnswerInput::Text(text)) => {
            let limit = usize::try_from(*max_chars).unwrap_or(TEXT_LIMIT).min(TEXT_LIMIT);
            Ok(Answer::Text(mint.prose(n, checked(text, limit)?)))
        }
        (FieldKind::Decision { options }, AnswerInput::Decision { option, rationale }) => {
            match option {
                Some(option) if !known(options, option) => return Err(bad("there is no such option")),
                None if !options.is_empty() => return Err(bad("choose an option")),
                Some(_) | None => {}
            }
            let rationale = checked(rationale, TEXT_LIMIT).map_err(|rejection| match rejection {
                Rejection::EmptyText => bad("say why"),
                other => other,
            })?;
            Ok(Answer::Decision { option: option.clone(), rationale: mint.prose(n, rationale) })
        }
        (FieldKind::Indicators { max_lines }, AnswerInput::Indicators(lines)) => {
            let lines: Vec<&str> = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
            if lines.len() > usize::try_from(*max_lines).unwrap_or(usize::MAX) {
                return Err(bad("too many lines"));
            }
            if lines.iter().any(|line| line.contains(['\n', '\r']) || line.chars().count() > INDICATOR_LIMIT) {
                return Err(bad("one indicator a line, of at most 500 characters"));
            }
            Ok(Answer::Indicators(mint.prose(n, &lines.join("\n"))))
        }
        (_, _) => Err(bad("another type of answer is asked for")),
    }
}

fn known(options: &[Choice], id: &OptionId) -> bool {
    options.iter().any(|option| option.id == *id)
}
