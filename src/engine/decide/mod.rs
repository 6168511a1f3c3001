//! Every rule of play. A decision looks at a command and the state and gives the direct
//! consequences as events, or a refusal that changes nothing.
//!
//! What follows in turn (an inject due at once, a window that closes) comes with the next pulse:
//! the runner pulses at the same instant until nothing more follows.

mod after_action;
mod answer;
mod branch;
mod clock;
mod control;
mod field;
mod file;
mod fit;
mod form;
mod grant;
mod inject;
mod mark;
mod people;
mod prepare;
mod pulse;
mod release;
mod safety;
mod steer;
mod talk;
mod write;

pub use control::GRACE;
pub use file::{FILES_LIMIT, FILES_MIB};
pub use pulse::LATE_TOLERANCE;
pub use safety::DECISION_TIME;

use std::collections::BTreeSet;

use answer::Slip;
use talk::{Entry, Letter, Note};

use super::{
    command::{
        AcknowledgeFor, Act, Actor, Command, DecideNoDuff, LiftSuspension, Observe, Order, SetVariable, SubmitFor,
    },
    event::{Event, Fact},
    id::{InjectId, TeamId},
    plan::Inject,
    rejection::Rejection,
    role::{Action, Relation, Role},
    state::{Delivery, Grant, Stage, State, Team},
    time::{Rate, Timestamp},
};

/// Longest text that somebody may write, in characters.
pub const TEXT_LIMIT: usize = 8_000;
/// Longest title or reason, in characters.
pub const LINE_LIMIT: usize = 300;

impl State {
    /// What the first command of an exercise leads to.
    pub fn create(command: &Command, at: Timestamp) -> Result<Event, Rejection> {
        let Order::Create(creation) = &command.order else { return Err(Rejection::NotCreated) };
        if !Rate::LIMITS.contains(&creation.rate.0) {
            return Err(Rejection::BadRate);
        }
        let fact = Fact::ExerciseCreated {
            exercise: creation.exercise.clone(),
            plan: Box::new(creation.plan.clone()),
            plan_hash: creation.plan_hash.clone(),
            rate: creation.rate,
            rehearsal: creation.rehearsal,
            marking_salt: Some(command.mint.item(0).0),
        };
        Ok(Event { at, actor: command.actor.clone(), fact })
    }

    /// What a command leads to at an instant. Instants never go back: an earlier one counts as the
    /// instant of the last event.
    pub fn decide(&self, command: &Command, at: Timestamp) -> Result<Vec<Event>, Rejection> {
        let at = at.max(self.at);
        let facts = self.facts(command, at)?;
        let by = |fact: Fact| {
            // Not even the log says who wrote what is to have no name.
            let actor = if fact.is_anonymous() { Actor::System } else { command.actor.clone() };
            Event { at, actor, fact }
        };
        // A clock that stands, or was moved, cannot tell how late an item was: what fell due comes before.
        let is_pulse = matches!(command.order, Order::Pulse);
        if !is_pulse && facts.iter().any(moves_time) {
            let (overdue, then) = self.with_overdue(at);
            if !overdue.is_empty() {
                return Ok(overdue.into_iter().chain(then.facts(command, at)?.into_iter().map(by)).collect());
            }
        }
        Ok(facts.into_iter().map(by).collect())
    }

    fn facts(&self, command: &Command, at: Timestamp) -> Result<Vec<Fact>, Rejection> {
        Ok(match &command.order {
            Order::Create(_) => return Err(Rejection::AlreadyCreated),
            Order::Pulse => self.pulse(at),
            Order::NoteOutage { from, to } => outage(*from, (*to).min(at)),
            Order::NoteConnection { team, connected } => self.note_connection(team, *connected),
            Order::NoteReceipts { receipts } => self.note_receipts(receipts),
            Order::NoteFault { fault } => vec![Fact::FaultNoted { fault: *fault }],
            Order::Seat(seat) => self.seat(seat)?,
            Order::Enrol { team, name, language } => self.enrol(team, name, language, (None, None), at)?,
            Order::Unseat { person } => self.unseat(person)?,
            Order::NoteFile(file) => self.note_file(command, file)?,
            Order::SignReady { lines, note } => self.sign_ready(command, lines, note.as_deref())?,
            Order::Erase { parts, reason } => self.erase_parts(&command.actor, parts, reason)?,
            Order::Act(act) => self.act(command, act, at)?,
        })
    }

    /// What has fallen due on the clocks and was not pulsed for, and the state after it.
    fn with_overdue(&self, at: Timestamp) -> (Vec<Event>, State) {
        let mut then = self.clone();
        let mut overdue = Vec::new();
        loop {
            let facts = then.on_clocks(at);
            if facts.is_empty() {
                return (overdue, then);
            }
            for fact in facts {
                let event = Event { at, actor: Actor::System, fact };
                then.apply(&event);
                overdue.push(event);
            }
        }
    }

    fn act(&self, command: &Command, act: &Act, at: Timestamp) -> Result<Vec<Fact>, Rejection> {
        let actor = &command.actor;
        match act {
            Act::AddTeam { team, name, language, cohort, alias } => {
                self.add_team_rule(actor, team, name, language, (cohort.as_ref(), alias.as_ref()), at)
            }
            Act::GrantRole(wanted) => self.grant_role_rule(actor, wanted, at),
            Act::RevokeGrant(wanted) => self.revoke_grant(actor, wanted),
            Act::RemoveMember(wanted) => self.remove_member(actor, wanted),
            Act::HandOverLead(wanted) => self.hand_over_lead(actor, &wanted.person),
            Act::NameOrganisation(wanted) => self.name_organisation(actor, wanted),
            Act::NoteDelivered { inject } => self.note_delivered(actor, inject),
            Act::NoteOpened { inject } => self.note_opened(actor, inject),
            Act::Acknowledge { inject } => self.acknowledge(actor, inject),
            Act::Submit { inject, answers, composed_at } => self.submit(command, inject, answers, *composed_at),
            Act::RaiseNoDuff { text, call_back } => self.raise_no_duff(command, text, call_back, at),
            Act::DecideNoDuff(DecideNoDuff { item, verdict, note }) => {
                self.decide_no_duff(command, item, *verdict, note)
            }
            Act::SetHallContact { text } => self.set_hall_contact(command, text),
            Act::LiftSuspension(LiftSuspension { team, decision, calls }) => {
                self.lift_suspension(command, team.as_ref(), decision, calls.as_ref())
            }
            Act::ErasePart { part, reason } => self.erase_part(actor, part, reason),
            _ => self
                .clock_act(actor, act, at)
                .or_else(|| self.talk_act(command, act, at))
                .or_else(|| self.judging_act(command, act, at))
                .or_else(|| self.after_action_act(command, act))
                .or_else(|| self.prepare_act(command, act, at))
                .unwrap_or_else(|| self.inject_act(command, act, at)),
        }
    }

    fn clock_act(&self, actor: &Actor, act: &Act, at: Timestamp) -> Option<Result<Vec<Fact>, Rejection>> {
        Some(match act {
            Act::StartEx => self.start_ex(actor),
            Act::ScheduleStart { at: start, zone } => self.schedule_start(actor, *start, zone, at),
            Act::UnscheduleStart => self.unschedule_start(actor),
            Act::EndEx => self.end_ex(actor),
            Act::Cancel { reason } => self.cancel(actor, reason),
            Act::Pause { team, reason } => self.pause(actor, team.as_ref(), reason),
            Act::Resume { team } => self.resume(actor, team.as_ref()),
            Act::SkipBreak { pause } => self.skip_break(actor, pause),
            Act::SetRate { permille } => self.set_rate(actor, *permille),
            Act::Jump { to, passed } => self.jump(actor, *to, *passed, at),
            Act::Realign { team, passed } => self.realign(actor, team, *passed, at),
            Act::Shift { by } => self.shift_all(actor, *by, at),
            Act::FitToEnd { end, keep } => self.fit_to_end(actor, *end, keep, at),
            Act::UndoFit => self.undo_fit_rule(actor, at),
            _ => return None,
        })
    }

    fn talk_act(&self, command: &Command, act: &Act, at: Timestamp) -> Option<Result<Vec<Fact>, Rejection>> {
        Some(match act {
            Act::SendMessage { team, title, body, persona } => {
                self.send_message(command, team.as_ref(), title, body, persona.as_ref())
            }
            Act::WriteLog { text, happened_at, inject, kind, tlp, corrects } => {
                let (inject, corrects) = (inject.as_ref(), corrects.as_ref());
                let entry = Entry { text, happened_at: *happened_at, inject, kind: *kind, tlp: *tlp, corrects };
                self.write_log(command, &entry, at)
            }
            Act::Say { team, text, persona } => self.say(command, team.as_ref(), text, persona.as_ref()),
            Act::SayToStaff { text, kind } => self.say_to_staff(command, text, *kind),
            Act::WriteToPeers { to, text, tlp, inject } => {
                self.write_to_peers(command, &Letter { to, text, tlp: *tlp, inject: inject.as_ref() })
            }
            Act::Observe(Observe { text, team, inject, capability, polarity }) => {
                let (team, inject) = (team.as_ref(), inject.as_ref());
                self.observe(command, &Note { text, team, inject, capability: *capability, polarity: *polarity })
            }
            Act::AskInformation { text, inject } => self.ask_information(command, text, inject.as_ref()),
            Act::TakeRequest { item } => self.take_request(&command.actor, item),
            Act::AnswerRequest { item, text, inject } => {
                self.answer_request(command, item, text.as_deref(), inject.as_ref(), at)
            }
            _ => return None,
        })
    }

    fn judging_act(&self, command: &Command, act: &Act, at: Timestamp) -> Option<Result<Vec<Fact>, Rejection>> {
        let actor = &command.actor;
        Some(match act {
            Act::DeliverFor(told) => self.deliver_for(command, told, at),
            Act::NameDelegate(wanted) => self.name_delegate(actor, wanted),
            Act::GiveConsent { named } => self.give_consent(actor, *named),
            Act::ShowScorecard(wanted) => self.show_scorecard(actor, wanted.shown),
            Act::CreditOutage(wanted) => self.credit_outage_rule(actor, wanted, at),
            Act::SetMarkingPolicy { policy } => self.set_marking_policy(command, *policy),
            Act::AssignMarking(wanted) => self.assign_marking(actor, wanted),
            Act::Mark(mark) => self.mark(command, mark),
            Act::WithdrawMark { team, inject } => self.withdraw_mark(actor, team, inject),
            Act::Moderate(wanted) => self.moderate(command, wanted),
            Act::NoteAction(wanted) => self.note_action(command, wanted, at),
            Act::ProposeAction(wanted) => self.propose_action(command, wanted, at),
            Act::RateObjective(wanted) => self.rate(command, wanted),
            Act::ProposeAdjustment(wanted) => self.propose_adjustment(command, wanted),
            Act::DecideAdjustment(wanted) => self.decide_adjustment(actor, wanted),
            Act::VetoScores(wanted) => self.veto_scores(actor, wanted.reason.as_deref()),
            Act::ReleaseScores { unfinished } => self.release_scores(command, *unfinished),
            Act::Appeal(appeal) => self.appeal(command, appeal, at),
            Act::AnswerAppeal(wanted) => self.answer_appeal(command, wanted),
            _ => return None,
        })
    }

    fn inject_act(&self, command: &Command, act: &Act, at: Timestamp) -> Result<Vec<Fact>, Rejection> {
        let actor = &command.actor;
        match act {
            Act::Release { inject, teams, grace } => self.release(actor, inject, teams.as_ref(), *grace, at),
            Act::UndoRelease { inject, teams } => self.undo_release(actor, inject, teams.as_ref(), at),
            Act::ReleaseMissed => self.release_missed(actor, at),
            Act::SkipMissed { reason } => self.skip_missed(actor, reason),
            Act::Skip { inject, teams, reason } => self.skip(actor, inject, teams.as_ref(), reason),
            Act::Retime { inject, teams, at: plan_time } => self.retime(actor, inject, teams.as_ref(), *plan_time, at),
            Act::Hold { inject, teams, reason } => self.hold(actor, inject, teams.as_ref(), reason),
            Act::Free { inject, teams } => self.free(actor, inject, teams.as_ref(), at),
            Act::Recall { inject, teams, reason } => self.recall(actor, inject, teams.as_ref(), reason),
            Act::Amend { inject } => self.amend(actor, inject, at),
            Act::AddInject { inject, release } => self.add_inject(actor, inject, *release, at),
            Act::Resend { inject, teams } => self.resend(actor, inject, teams.as_ref()),
            Act::Excuse { inject, teams, reason } => self.excuse(actor, inject, teams.as_ref(), reason),
            Act::Extend { inject, teams, by } => self.extend(actor, inject, teams.as_ref(), *by),
            Act::NameResponsible { inject, person } => self.name_responsible(actor, inject, person),
            Act::SendTest { inject, team } => self.send_test(actor, inject, team.as_ref()),
            Act::SubmitFor(SubmitFor { team, inject, answers, happened_at, caller }) => {
                self.submit_for(command, &Slip { team, inject, happened_at: *happened_at, caller }, answers, at)
            }
            Act::AcknowledgeFor(AcknowledgeFor { team, inject, happened_at, caller }) => {
                self.acknowledge_for(command, &Slip { team, inject, happened_at: *happened_at, caller }, at)
            }
            Act::SetFlag { flag, teams, value } => self.set_flag_of(actor, flag, teams.as_ref(), *value),
            Act::SetVariable(SetVariable { variable, team, value }) => self.set_variable(actor, variable, team, value),
            Act::CutLink { team, reason } => self.cut_link(actor, team, reason),
            Act::RestoreLink { team } => self.restore_link(actor, team),
            Act::OpenHint { inject, hint } => self.open_hint(actor, inject, hint),
            _ => Err(Rejection::Forbidden),
        }
    }

    /// The actor's grant, if it allows an action on the exercise as a whole.
    fn allow(&self, actor: &Actor, action: Action) -> Result<&Grant, Rejection> {
        let grant = self.grant(actor).ok_or(Rejection::Forbidden)?;
        grant.may(action, Relation::Other).then_some(grant).ok_or(Rejection::Forbidden)
    }

    /// The actor's own team, if its role allows an action there.
    fn allow_own(&self, actor: &Actor, action: Action) -> Result<(&Team, Role), Rejection> {
        let grant = self.grant(actor).ok_or(Rejection::Forbidden)?;
        let team = grant.team.as_ref().and_then(|team| self.team(team)).ok_or(Rejection::Forbidden)?;
        grant.may(action, Relation::Own).then_some((team, grant.role)).ok_or(Rejection::Forbidden)
    }

    /// An inject that the team has received. One that it has not does not exist for it.
    fn received<'a>(&'a self, team: &'a Team, id: &InjectId) -> Result<(&'a Inject, &'a Delivery), Rejection> {
        let unknown = || Rejection::UnknownInject(id.clone());
        let (position, inject) = self.inject(id).ok_or_else(unknown)?;
        let delivery = team.deliveries.get(&position).ok_or_else(unknown)?;
        Ok((inject, delivery))
    }

    fn known_team(&self, id: &TeamId) -> Result<&Team, Rejection> {
        self.team(id).ok_or_else(|| Rejection::UnknownTeam(id.clone()))
    }

    /// The teams that an act names, or all of them.
    fn addressed(&self, teams: Option<&BTreeSet<TeamId>>) -> Result<Vec<&Team>, Rejection> {
        match teams {
            Some(teams) => teams.iter().map(|team| self.known_team(team)).collect(),
            None => Ok(self.teams.iter().collect()),
        }
    }

    fn in_stage(&self, allowed: &[Stage]) -> Result<(), Rejection> {
        let stage = self.stage();
        allowed.contains(&stage).then_some(()).ok_or(Rejection::WrongStage(stage))
    }
}

fn moves_time(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Paused { .. }
            | Fact::Suspended { .. }
            | Fact::ExerciseEnded { .. }
            | Fact::ExerciseCancelled { .. }
            | Fact::FaultNoted { .. }
            | Fact::Jumped { .. }
            | Fact::Shifted { .. }
            | Fact::PlanFitted { .. }
            | Fact::FitUndone
    )
}

/// An outage that took time.
fn outage(from: Timestamp, to: Timestamp) -> Vec<Fact> {
    if from < to { vec![Fact::OutageNoted { from, to }] } else { Vec::new() }
}

/// A text without outer white space, if it holds something and is not too long.
fn checked(text: &str, limit: usize) -> Result<&str, Rejection> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Rejection::EmptyText);
    }
    let actual = text.chars().count();
    if actual > limit {
        return Err(Rejection::TextTooLong { actual: actual as u64, limit: limit as u64 });
    }
    Ok(text)
}

/// An id of small letters, digits and hyphens.
fn checked_id(id: &str) -> Option<&str> {
    let is_plain = id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    ((1..=40).contains(&id.len()) && is_plain).then_some(id)
}
