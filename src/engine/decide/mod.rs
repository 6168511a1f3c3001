//! Every rule of play. A decision looks at a command and the state and gives the direct
//! consequences as events, or a refusal that changes nothing.
//!
//! What follows in turn (an inject due at once, a window that closes) comes with the next pulse:
//! the runner pulses at the same instant until nothing more follows.

mod answer;
mod control;
mod people;
mod pulse;
mod safety;
mod talk;

pub use pulse::LATE_TOLERANCE;

use super::{
    command::{Act, Actor, Command, Order},
    event::{Event, Fact},
    id::{InjectId, TeamId},
    plan::Inject,
    rejection::Rejection,
    role::{Action, Relation, Role, may},
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
        };
        Ok(Event { at, actor: command.actor.clone(), fact })
    }

    /// What a command leads to at an instant. Instants never go back: an earlier one counts as the
    /// instant of the last event.
    pub fn decide(&self, command: &Command, at: Timestamp) -> Result<Vec<Event>, Rejection> {
        let at = at.max(self.at);
        let facts = match &command.order {
            Order::Create(_) => return Err(Rejection::AlreadyCreated),
            Order::Pulse => self.pulse(at),
            Order::NoteOutage { from, to } => outage(*from, (*to).min(at)),
            Order::NoteFault { reason } => vec![Fact::FaultNoted { reason: reason.clone() }],
            Order::Seat { person, role, team } => self.seat(person, *role, team.as_ref())?,
            Order::Act(act) => self.act(command, act, at)?,
        };
        // A clock that stands cannot tell how late an item was: what fell due comes before the stop.
        let overdue = if facts.iter().any(stops_time) { self.pulse(at) } else { Vec::new() };
        let by = |actor: &Actor, fact| Event { at, actor: actor.clone(), fact };
        let overdue = overdue.into_iter().map(|fact| by(&Actor::System, fact));
        Ok(overdue.chain(facts.into_iter().map(|fact| by(&command.actor, fact))).collect())
    }

    fn act(&self, command: &Command, act: &Act, at: Timestamp) -> Result<Vec<Fact>, Rejection> {
        let actor = &command.actor;
        match act {
            Act::AddTeam { team, name, language, cohort } => {
                self.add_team_rule(actor, team, name, language, cohort.as_ref(), at)
            }
            Act::RevokeGrant { person } => self.revoke_grant(actor, person),
            Act::StartEx => self.start_ex(actor),
            Act::Pause { team, reason } => self.pause(actor, team.as_ref(), reason),
            Act::Resume { team } => self.resume(actor, team.as_ref()),
            Act::EndEx => self.end_ex(actor),
            Act::Release { inject, teams } => self.release(actor, inject, teams.as_ref(), at),
            Act::Skip { inject, teams, reason } => self.skip(actor, inject, teams.as_ref(), reason),
            Act::Retime { inject, teams, at: plan_time } => self.retime(actor, inject, teams.as_ref(), *plan_time, at),
            Act::SendMessage { team, title, body } => self.send_message(command, team.as_ref(), title, body),
            Act::NoteDelivered { inject } => self.note_delivered(actor, inject),
            Act::NoteOpened { inject } => self.note_opened(actor, inject),
            Act::Acknowledge { inject } => self.acknowledge(actor, inject),
            Act::Submit { inject, answers, composed_at } => self.submit(command, inject, answers, *composed_at),
            Act::WriteLog { text, happened_at, inject } => {
                self.write_log(command, text, *happened_at, inject.as_ref(), at)
            }
            Act::Say { team, text } => self.say(command, team.as_ref(), text),
            Act::RaiseNoDuff { text, call_back } => self.raise_no_duff(command, text, call_back),
            Act::LiftSuspension { team, decision } => self.lift_suspension(command, team.as_ref(), decision),
            Act::ErasePart { part, reason } => self.erase_part(actor, part, reason),
        }
    }

    /// The actor's grant, if it allows an action on the exercise as a whole.
    fn allow(&self, actor: &Actor, action: Action) -> Result<&Grant, Rejection> {
        let grant = self.grant(actor).ok_or(Rejection::Forbidden)?;
        may(grant.role, action, Relation::Other).then_some(grant).ok_or(Rejection::Forbidden)
    }

    /// The actor's own team, if its role allows an action there.
    fn allow_own(&self, actor: &Actor, action: Action) -> Result<(&Team, Role), Rejection> {
        let grant = self.grant(actor).ok_or(Rejection::Forbidden)?;
        let team = grant.team.as_ref().and_then(|team| self.team(team)).ok_or(Rejection::Forbidden)?;
        may(grant.role, action, Relation::Own).then_some((team, grant.role)).ok_or(Rejection::Forbidden)
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

    fn in_stage(&self, allowed: &[Stage]) -> Result<(), Rejection> {
        let stage = self.stage();
        allowed.contains(&stage).then_some(()).ok_or(Rejection::WrongStage(stage))
    }
}

fn stops_time(fact: &Fact) -> bool {
    matches!(fact, Fact::Paused { .. } | Fact::Suspended { .. } | Fact::ExerciseEnded { .. } | Fact::FaultNoted { .. })
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
