//! Before the start: many teams at once, the check of lines, and the go/no-go list.

use std::collections::{BTreeMap, BTreeSet};

use super::{LINE_LIMIT, checked, field};
use crate::engine::{
    command::{Act, Actor, AddTeams, AnswerInput, Command, NewTeam, TickReady},
    event::{Begun, Event, Fact, Prepared, ReadyState},
    id::{FieldId, InjectId},
    plan::practice_messages,
    prose::Prose,
    rejection::{Preparing, Rejection},
    role::Action,
    state::{Stage, State, Team},
    time::Timestamp,
};

impl State {
    pub(super) fn prepare_act(
        &self,
        command: &Command,
        act: &Act,
        at: Timestamp,
    ) -> Option<Result<Vec<Fact>, Rejection>> {
        Some(match act {
            Act::AddTeams(wanted) => self.add_teams(&command.actor, wanted, at),
            Act::Comcheck(wanted) => self.comcheck(&command.actor, wanted.open),
            Act::TickReady(wanted) => self.tick_ready(command, wanted),
            _ => return None,
        })
    }

    /// Each as if it were added alone behind those before it; the first that cannot be refuses all.
    fn add_teams(&self, actor: &Actor, wanted: &AddTeams, at: Timestamp) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::ManagePeople)?;
        let (mut then, mut all) = (self.clone(), Vec::new());
        for NewTeam { team, name, language, cohort, alias } in &wanted.teams {
            let place = (cohort.as_ref(), alias.as_ref());
            let facts = then.add_team_rule(actor, team, name, language, place, at)?;
            for fact in &facts {
                then.apply(&Event { at, actor: actor.clone(), fact: fact.clone() });
            }
            all.extend(facts);
        }
        Ok(all)
    }

    fn comcheck(&self, actor: &Actor, open: bool) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::ControlInjects)?;
        self.in_stage(&[Stage::Ready])?;
        let over = self.comcheck_over();
        if !open {
            return if over.is_empty() { Err(Preparing::NoComcheck.into()) } else { Ok(over) };
        }
        if self.teams.is_empty() {
            return Err(Rejection::NoTeams);
        }
        let round = self.preparation.comcheck.as_ref().map_or(1, |last| last.round.round.saturating_add(1));
        let teams: BTreeSet<_> = self.teams.iter().map(|team| team.id.clone()).collect();
        let sent = Prepared::ComcheckSent { round, injects: practice_messages(&self.plan, round), teams };
        Ok(over.into_iter().chain([Fact::Prepared(sent)]).collect())
    }

    /// That the messages of an open comcheck go: nothing of it stands beside what is played.
    pub(super) fn comcheck_over(&self) -> Vec<Fact> {
        let open = self.preparation.comcheck.as_ref().filter(|comcheck| !comcheck.messages.is_empty());
        open.map(|comcheck| Fact::Prepared(Prepared::ComcheckEnded(comcheck.round.clone()))).into_iter().collect()
    }

    /// What begins an exercise. A rehearsal signs nothing.
    pub(super) fn beginning(&self) -> Vec<Fact> {
        let unsigned = !self.rehearsal && self.preparation.signed.is_none();
        self.comcheck_over().into_iter().chain([Fact::ExerciseStarted(Begun { unsigned })]).collect()
    }

    /// What acknowledging a practice message leads to; none if the inject is not one.
    pub(super) fn comcheck_acknowledged(&self, team: &Team, inject: &InjectId) -> Option<Vec<Fact>> {
        self.preparation.message(&team.id, inject)?;
        let (team, inject) = (team.id.clone(), inject.clone());
        let known = self.preparation.comcheck.as_ref()?.acknowledged.contains(&(team.clone(), inject.clone()));
        let fact = Fact::Prepared(Prepared::ComcheckAcknowledged { inject, team });
        Some(if known { Vec::new() } else { vec![fact] })
    }

    /// What answering a practice message leads to; none if the inject is not one.
    pub(super) fn comcheck_answered(
        &self,
        command: &Command,
        team: &Team,
        id: &InjectId,
        answers: &BTreeMap<FieldId, AnswerInput>,
    ) -> Option<Result<Vec<Fact>, Rejection>> {
        let message = self.preparation.message(&team.id, id)?;
        let form = message.content.form.as_ref()?;
        Some(field::checked(team, message, form, answers, command.mint).map(|answers| {
            let (inject, team) = (id.clone(), team.id.clone());
            vec![Fact::Prepared(Prepared::ComcheckAnswered { inject, team, answers })]
        }))
    }

    fn tick_ready(&self, command: &Command, wanted: &TickReady) -> Result<Vec<Fact>, Rejection> {
        self.allow(&command.actor, Action::ControlInjects)?;
        self.in_stage(&[Stage::Ready])?;
        let TickReady { line, done, note } = wanted;
        if !line.is_by_hand() {
            return Err(Preparing::NotByHand.into());
        }
        let note = line_of_text(command, note.as_deref())?;
        if !done && !self.preparation.ticks.contains_key(line) {
            return Ok(Vec::new());
        }
        Ok(vec![Fact::Prepared(Prepared::ReadyTicked { line: *line, done: *done, note })])
    }

    /// The director signs what the server has worked out this moment.
    pub(super) fn sign_ready(
        &self,
        command: &Command,
        lines: &[ReadyState],
        note: Option<&str>,
    ) -> Result<Vec<Fact>, Rejection> {
        self.allow(&command.actor, Action::StartAndEnd)?;
        self.in_stage(&[Stage::Ready])?;
        let note = line_of_text(command, note)?;
        Ok(vec![Fact::Prepared(Prepared::ReadySigned { lines: self.with_copied_notes(command, lines), note })])
    }

    /// A signed list has its notes as texts of its own: a part belongs to one row.
    fn with_copied_notes(&self, command: &Command, lines: &[ReadyState]) -> Vec<ReadyState> {
        let copied = |(n, line): (u32, &ReadyState)| {
            let text = self.preparation.ticks.get(&line.line).and_then(Option::as_ref).and_then(|note| note.text());
            ReadyState { note: text.map(|text| command.mint.prose(n, text)), ..line.clone() }
        };
        (1..).zip(lines).map(copied).collect()
    }
}

/// A line that somebody may leave out.
fn line_of_text(command: &Command, text: Option<&str>) -> Result<Option<Prose>, Rejection> {
    let text = text.filter(|text| !text.trim().is_empty());
    text.map(|text| checked(text, LINE_LIMIT).map(|text| command.mint.prose(0, text))).transpose()
}
