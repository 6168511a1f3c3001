//! What an act would lead to: decided on a copy of the state, so that control sees before it acts.

use super::api::{Preview, PreviewedFact, Refused};
use crate::engine::{
    command::Command,
    event::{Event, Fact},
    id::{InjectId, PersonId, TeamId},
    state::State,
    step::step,
    text::{Language, Text},
    time::Timestamp,
    view::{card::FitCard, value},
};

/// Most facts that are shown.
const MOST: usize = 500;

pub(super) fn preview(
    mut state: State,
    command: &Command,
    language: &Language,
    at: Timestamp,
    name_of: impl Fn(&PersonId) -> Option<String>,
) -> Preview {
    match step(&mut state, command, at) {
        Ok(events) => Preview {
            facts: events.iter().take(MOST).map(|event| told(&state, event, language)).collect(),
            agenda: value::agenda_items(&state),
            fit: events.iter().find_map(FitCard::of),
            refused: None,
        },
        Err(rejection) => Preview {
            facts: Vec::new(),
            agenda: value::agenda_items(&state),
            fit: None,
            refused: Some(Refused {
                code: rejection.code().to_owned(),
                message: rejection.message(name_of),
                values: rejection.values(),
            }),
        },
    }
}

fn told(state: &State, event: &Event, language: &Language) -> PreviewedFact {
    let (inject, teams) = about(&event.fact);
    let title = inject.as_ref().and_then(|inject| state.inject(inject)).map(|(_, inject)| &inject.content.title);
    let own = match &event.fact {
        Fact::PhaseBegan { title, .. } | Fact::BreakBegan { title, .. } | Fact::BreakSkipped { title, .. } => {
            Some(title)
        }
        _ => None,
    };
    let title = title.or(own).map(|title: &Text| title.get(language).to_owned());
    PreviewedFact { kind: event.fact.kind().to_owned(), inject, teams, title }
}

/// The inject that a fact is about, and the teams.
fn about(fact: &Fact) -> (Option<InjectId>, Vec<TeamId>) {
    match fact {
        Fact::InjectReleased { inject, teams, .. } => (Some(inject.clone()), teams.keys().cloned().collect()),
        Fact::InjectMissed { inject, teams, .. }
        | Fact::InjectProposed { inject, teams, .. }
        | Fact::InjectDetained { inject, teams, .. }
        | Fact::InjectPassedOver { inject, teams }
        | Fact::InjectSkipped { inject, teams, .. }
        | Fact::InjectRetimed { inject, teams, .. }
        | Fact::InjectHeld { inject, teams, .. }
        | Fact::InjectFreed { inject, teams }
        | Fact::InjectRecalled { inject, teams, .. }
        | Fact::InjectResent { inject, teams }
        | Fact::InjectExcused { inject, teams, .. }
        | Fact::DeadlineExtended { inject, teams, .. }
        | Fact::ReleaseArmed { inject, teams, .. }
        | Fact::SilenceNoted { inject, teams, .. }
        | Fact::AnswerClosed { inject, teams } => (Some(inject.clone()), teams.iter().cloned().collect()),
        Fact::InjectAdded { inject } | Fact::InjectAmended { inject } => (Some(inject.id.clone()), Vec::new()),
        Fact::PhaseBegan { teams, .. }
        | Fact::FlagSet { teams, .. }
        | Fact::LinkCut { teams, .. }
        | Fact::LinkRestored { teams, .. } => (None, teams.iter().cloned().collect()),
        Fact::Paused { team, .. }
        | Fact::Resumed { team }
        | Fact::Suspended { team, .. }
        | Fact::Jumped { team, .. } => (None, team.iter().cloned().collect()),
        _ => (None, Vec::new()),
    }
}
