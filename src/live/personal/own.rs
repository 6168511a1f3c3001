//! What is kept of somebody, for that person.

use std::ops::ControlFlow;

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    engine::{
        command::Actor,
        event::Event,
        id::{ExerciseId, TeamId},
        marking::marking,
        role::Role,
        text::Language,
        time::Timestamp,
        view::{Audience, Viewer, frames::frames},
    },
    live::wire::KeyedCard,
};

/// Everything that an exercise keeps of somebody, as far as that person may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OwnData {
    /// EXERCISE marking.
    pub marking: String,
    /// Which exercise.
    pub exercise: ExerciseId,
    /// The name that was given at the door, unless it was erased.
    pub name: String,
    /// Language that was chosen.
    pub language: Language,
    /// Role.
    pub role: Role,
    /// Team.
    pub team: Option<TeamId>,
    /// When the person was told at the door what is kept, and joined.
    pub agreed_at: Option<Timestamp>,
    /// What the person did, as the log keeps it.
    pub acts: Vec<OwnAct>,
}

/// Something that somebody did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OwnAct {
    /// Row of the log.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// What it was, by name.
    pub kind: String,
    /// What it shows to the person.
    pub cards: Vec<KeyedCard>,
}

/// Gathers somebody's acts while a log goes by.
#[derive(Debug)]
pub(in crate::live) struct Own {
    viewer: Viewer,
    language: Language,
    acts: Vec<OwnAct>,
}

impl Own {
    pub(in crate::live) fn of(viewer: Viewer, language: Language) -> Self {
        Self { viewer, language, acts: Vec::new() }
    }

    pub(in crate::live) fn take(&mut self, seq: i64, event: &Event) -> ControlFlow<()> {
        let mut shown = frames(seq, event, &self.language);
        // What somebody wrote without a name is kept as nobody's, and still told to that person alone.
        let person = Audience::Person(self.viewer.person.clone());
        let is_own = event.actor == Actor::Person(self.viewer.person.clone())
            || shown.iter().any(|frame| frame.tells_an_author() && frame.to.contains(&person));
        if is_own {
            shown.retain(|frame| frame.to.iter().any(|audience| self.viewer.is_in(audience)));
            let cards = shown.into_iter().map(|frame| KeyedCard { key: frame.key, card: frame.card }).collect();
            self.acts.push(OwnAct { seq, at: event.at, kind: event.fact.kind().to_owned(), cards });
        }
        ControlFlow::Continue(())
    }

    pub(in crate::live) fn finish(
        self,
        exercise: ExerciseId,
        (name, language, agreed_at): (String, Language, Option<Timestamp>),
        rehearsal: bool,
    ) -> OwnData {
        let Viewer { role, team, .. } = self.viewer;
        let marking = marking(rehearsal).to_owned();
        OwnData { marking, exercise, name, language, role, team, agreed_at, acts: self.acts }
    }
}
