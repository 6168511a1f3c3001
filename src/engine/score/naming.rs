//! What the parts of a released score are called. Its team has no other way to know: titles of objectives,
//! criteria and expected actions are the staff's until then.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::result::{InjectScore, TeamScore};
use crate::engine::{
    id::{ActionId, CriterionId, InjectId, ObjectiveId, TeamId},
    plan::Criterion,
    state::State,
    text::Text,
};

/// Titles of what a team was judged by, and of nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Names {
    pub objectives: BTreeMap<ObjectiveId, Text>,
    pub injects: BTreeMap<InjectId, InjectNames>,
}

/// Titles in one inject.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct InjectNames {
    pub title: Text,
    pub criteria: BTreeMap<CriterionId, CriterionNames>,
    pub actions: BTreeMap<ActionId, Text>,
    /// What teams should have done, in the words of the plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub expected: Vec<Text>,
}

/// What a criterion looks at, and what the levels look like that were given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct CriterionNames {
    pub title: Text,
    pub levels: Vec<LevelName>,
}

/// What a level looks like, in the words of the rubric.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct LevelName {
    pub level: u8,
    pub anchor: Text,
}

/// The names that a score and its ratings need to be read.
pub(super) fn names<'a>(state: &State, score: &TeamScore, rated: impl Iterator<Item = &'a ObjectiveId>) -> Names {
    let title = |id: &ObjectiveId| state.plan.objectives.iter().find(|known| known.id == *id).map(|one| &one.title);
    Names {
        objectives: rated.filter_map(|id| Some((id.clone(), title(id)?.clone()))).collect(),
        injects: score
            .injects
            .iter()
            .filter_map(|one| Some((one.inject.clone(), of_inject(state, &score.team, one)?)))
            .collect(),
    }
}

fn of_inject(state: &State, team: &TeamId, score: &InjectScore) -> Option<InjectNames> {
    let (position, inject) = state.inject(&score.inject)?;
    // Of what never came to it a team is not told what would have been expected.
    let has_come = state.team(team).is_some_and(|team| team.deliveries.contains_key(&position));
    let criteria = inject.criteria();
    let criterion = |id: &CriterionId, levels: &[u8]| {
        let known = criteria.iter().find(|known| known.id == *id)?;
        Some((id.clone(), CriterionNames { title: known.title.clone(), levels: anchors(known, levels) }))
    };
    let actions = inject.actions();
    let action = |id: &ActionId| Some((id.clone(), actions.iter().find(|known| known.id == *id)?.text.clone()));
    Some(InjectNames {
        title: inject.content.title.clone(),
        criteria: score.criteria.iter().filter_map(|line| criterion(&line.criterion, &line.levels)).collect(),
        actions: score.actions.iter().filter_map(|line| action(&line.action)).collect(),
        expected: if has_come { inject.staff.expected.clone() } else { Vec::new() },
    })
}

fn anchors(criterion: &Criterion, levels: &[u8]) -> Vec<LevelName> {
    let mut levels = levels.to_vec();
    levels.sort_unstable();
    levels.dedup();
    let words = |level: u8| Some(LevelName { level, anchor: criterion.anchors.get(usize::from(level))?.clone() });
    levels.into_iter().filter_map(words).collect()
}
