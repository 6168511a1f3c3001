//! Watches a log go by and notes, for each team, what lay on its table from when to when.

use std::collections::BTreeMap;

use crate::engine::{
    event::{Event, Fact, FileTaken, HintOpened},
    id::{InjectId, TeamId},
    plan::{Content, Form},
    state::State,
    time::Millis,
};

/// What was noted of one team.
#[derive(Debug, Default)]
pub(super) struct Watched {
    /// What arrived, in order.
    pub(super) tables: Vec<Table>,
    /// When it did something.
    pub(super) acts: Vec<Millis>,
}

/// An inject on a team's table.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) inject: InjectId,
    pub(super) from: Millis,
    /// When its answer is due.
    pub(super) due: Option<Millis>,
    /// Since when nothing more is asked; none if nothing was.
    pub(super) until: Option<Millis>,
    open: bool,
    /// Whether a tick is all that it asks for.
    to_acknowledge: bool,
}

#[derive(Default)]
pub(super) struct Watch(BTreeMap<TeamId, Watched>);

impl Watch {
    /// Takes an event in, before the state does.
    pub(super) fn take(&mut self, event: &Event, state: &State) {
        let now = |team: &TeamId| state.team(team).map_or(state.plan.opens_at, |team| team.clock.plan(event.at));
        match &event.fact {
            Fact::InjectReleased { inject, teams, content, .. } => {
                for team in teams.keys() {
                    self.of(team).tables.push(Table::laid(inject, content, now(team)));
                }
            }
            Fact::ResponseSubmitted { inject, team, .. } => {
                self.of(team).acts.push(now(team));
                self.close(team, inject, now(team), |_| true);
            }
            Fact::InjectAcknowledged { inject, team, .. } => {
                self.of(team).acts.push(now(team));
                self.close(team, inject, now(team), |table| table.to_acknowledge);
            }
            Fact::AnswerClosed { inject, teams }
            | Fact::InjectRecalled { inject, teams, .. }
            | Fact::InjectExcused { inject, teams, .. } => {
                for team in teams {
                    self.close(team, inject, now(team), |_| true);
                }
            }
            Fact::LogWritten { team, .. }
            | Fact::Said { team, from_control: false, .. }
            | Fact::InformationAsked { team, .. }
            | Fact::HintOpened(HintOpened { team, .. })
            | Fact::FileTaken(FileTaken { team, .. })
            | Fact::PeerSent { from: team, .. } => {
                self.of(team).acts.push(now(team));
            }
            _ => {}
        }
    }

    /// What was noted, with everything that is still open cut off at the end.
    pub(super) fn finish(mut self, until: Millis) -> BTreeMap<TeamId, Watched> {
        for table in self.0.values_mut().flat_map(|team| &mut team.tables).filter(|table| table.open) {
            table.until = Some(until.max(table.from));
        }
        self.0
    }

    fn of(&mut self, team: &TeamId) -> &mut Watched {
        self.0.entry(team.clone()).or_default()
    }

    fn close(&mut self, team: &TeamId, inject: &InjectId, at: Millis, applies: impl Fn(&Table) -> bool) {
        let tables = self.of(team).tables.iter_mut();
        for table in tables.filter(|table| table.open && table.inject == *inject).filter(|table| applies(table)) {
            table.open = false;
            table.until = Some(at);
        }
    }
}

impl Table {
    fn laid(inject: &InjectId, content: &Content, at: Millis) -> Self {
        let asks = |form: &&Form| form.acknowledge || !form.fields.is_empty();
        let form = content.form.as_ref().filter(asks);
        Self {
            inject: inject.clone(),
            from: at,
            due: form.and_then(|form| form.deadline.or(form.target)).map(|allowed| at.plus(allowed)),
            until: None,
            open: form.is_some(),
            to_acknowledge: form.is_some_and(|form| form.fields.is_empty()),
        }
    }
}
