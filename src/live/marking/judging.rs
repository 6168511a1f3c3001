//! What whoever runs the marking decides on: who has marked what, where marks differ, how teams did by
//! objective and capability, and what is missing before scores are released.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::{MarkStanding, count, standing};
use crate::engine::{
    id::{ActionId, CriterionId, InjectId, ObjectiveId, PersonId, TeamId},
    plan::{Capability, Inject, MarkingPolicy},
    role::Role,
    score::{
        Agreement, CapabilityScore, Metric, ObjectiveScore, Outcome, Spread, TeamScore, agreement, capabilities,
        objectives, team_score, timings,
    },
    state::{Stage, State, Team},
    text::Language,
    time::Timestamp,
};

/// Where the marking of an exercise stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct JudgingBoard {
    /// How carefully answers are marked.
    pub policy: MarkingPolicy,
    /// Where the exercise stands: scores are released after its end.
    pub stage: Stage,
    /// When scores were released, the last time.
    pub released_at: Option<Timestamp>,
    /// How far evaluators agree, before anything was moderated.
    pub agreement: Agreement,
    /// Evaluators, and how much each has marked.
    pub evaluators: Vec<EvaluatorLine>,
    /// Injects with answers that people mark.
    pub injects: Vec<JudgedInject>,
    /// Answers that keep scores from being released: marks are missing, or differ.
    pub open: Vec<OpenAnswer>,
    /// The objectives of the plan.
    pub objectives: Vec<ObjectiveLine>,
    /// Team by team.
    pub teams: Vec<JudgedTeam>,
    /// How long teams took, all together.
    pub timings: BTreeMap<Metric, Spread>,
}

/// Somebody who marks.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EvaluatorLine {
    /// Who.
    pub person: PersonId,
    /// As what.
    pub role: Role,
    /// Answers that the person has marked, by inject.
    pub marked: BTreeMap<InjectId, u32>,
}

/// How far the marking of an inject is, over all teams.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct JudgedInject {
    /// Which.
    pub inject: InjectId,
    /// Its title.
    pub title: String,
    /// Answers that people mark.
    pub answers: u32,
    /// Those that have the marks they need.
    pub done: u32,
    /// Those whose marks differ by two levels.
    pub split: u32,
    /// Titles of its criteria.
    pub criteria: BTreeMap<CriterionId, String>,
    /// Words of its expected actions.
    pub actions: BTreeMap<ActionId, String>,
}

/// An answer whose marking is not done.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OpenAnswer {
    /// Whose.
    pub team: TeamId,
    /// To which inject.
    pub inject: InjectId,
    /// What is open.
    pub standing: MarkStanding,
}

/// An objective of the plan.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = JudgedObjective)]
pub struct ObjectiveLine {
    /// Which.
    pub objective: ObjectiveId,
    /// What it says.
    pub title: String,
    /// The capability that it is about.
    pub capability: Capability,
    /// Whether what is not done in its injects caps its rating.
    pub critical: bool,
}

/// How a team stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct JudgedTeam {
    /// Which.
    pub team: TeamId,
    /// Its name.
    pub name: String,
    /// Score from 0 to 100 in thousandths, adjustments included; none while nothing counts.
    pub score_milli: Option<i64>,
    /// Points given, in thousandths.
    pub points_milli: i64,
    /// Points that what counts could have given, in thousandths.
    pub attainable_milli: i64,
    /// Points of answers that wait for marks, in thousandths.
    pub unmarked_milli: i64,
    /// Injects that count.
    pub counted: u32,
    /// Injects that were asked.
    pub asked: u32,
    /// Adjustments that two people agreed on, in thousandths of a point of the hundred.
    pub adjustment_milli: i64,
    /// Objectives, with the rating that the figures suggest and what caps it.
    pub objectives: Vec<ObjectiveScore>,
    /// Capabilities.
    pub capabilities: Vec<CapabilityScore>,
    /// How long it took.
    pub timings: BTreeMap<Metric, Spread>,
}

/// The board, in one language.
#[must_use]
pub fn board(state: &State, language: &Language) -> JudgingBoard {
    let scores: Vec<TeamScore> = state.teams.iter().map(|team| team_score(state, team)).collect();
    let judged = |inject: &&Inject| !inject.criteria().is_empty() || !inject.actions().is_empty();
    let objective = |objective: &crate::engine::plan::Objective| ObjectiveLine {
        objective: objective.id.clone(),
        title: objective.title.get(language).to_owned(),
        capability: objective.capability,
        critical: objective.critical,
    };
    JudgingBoard {
        policy: state.marking_policy,
        stage: state.stage(),
        released_at: state.scores_released_at,
        agreement: agreement(state),
        evaluators: evaluators(state),
        injects: state.plan.injects.iter().filter(judged).map(|inject| of_inject(state, inject, language)).collect(),
        open: scores.iter().flat_map(open).collect(),
        objectives: state.plan.objectives.iter().map(objective).collect(),
        teams: state.teams.iter().zip(&scores).map(|(team, score)| of_team(state, team, score)).collect(),
        timings: timings(state, &state.teams),
    }
}

fn evaluators(state: &State) -> Vec<EvaluatorLine> {
    let judges = state.grants.iter().filter(|(_, grant)| matches!(grant.role, Role::Evaluator | Role::LeadEvaluator));
    let mut lines: BTreeMap<&PersonId, EvaluatorLine> = judges
        .map(|(person, grant)| {
            (person, EvaluatorLine { person: person.clone(), role: grant.role, marked: BTreeMap::new() })
        })
        .collect();
    for (position, delivery) in state.teams.iter().flat_map(|team| &team.deliveries) {
        let (Some(inject), Some(response)) = (state.plan.injects.get(*position), delivery.official()) else { continue };
        let marks = delivery.markings.marks.iter().filter(|(_, mark)| mark.revision == response.revision);
        for (person, _) in marks {
            if let Some(line) = lines.get_mut(person) {
                *line.marked.entry(inject.id.clone()).or_default() += 1;
            }
        }
    }
    lines.into_values().collect()
}

fn of_inject(state: &State, inject: &Inject, language: &Language) -> JudgedInject {
    let criteria = inject.criteria();
    let position = state.inject(&inject.id).map(|(position, _)| position);
    let answer = |team: &Team| {
        let delivery = team.deliveries.get(&position?).filter(|delivery| !delivery.recalled)?;
        delivery.official().map(|_| standing(state, team, inject, delivery))
    };
    let answers = state.teams.iter().filter(|_| !criteria.is_empty()).filter_map(answer);
    let standings: Vec<MarkStanding> = answers.collect();
    let number = |wanted: MarkStanding| count(standings.iter().filter(|standing| **standing == wanted).count());
    JudgedInject {
        inject: inject.id.clone(),
        title: inject.content.title.get(language).to_owned(),
        answers: count(standings.len()),
        done: number(MarkStanding::Done),
        split: number(MarkStanding::Split),
        criteria: criteria.into_iter().map(|line| (line.id, line.title.get(language).to_owned())).collect(),
        actions: inject.actions().into_iter().map(|line| (line.id, line.text.get(language).to_owned())).collect(),
    }
}

/// What a release would leave out, as the engine counts it.
fn open(score: &TeamScore) -> impl Iterator<Item = OpenAnswer> + '_ {
    score.injects.iter().filter_map(|line| {
        let standing = match line.outcome {
            Outcome::Unmarked { .. } => MarkStanding::Missing,
            Outcome::Split => MarkStanding::Split,
            _ => return None,
        };
        Some(OpenAnswer { team: score.team.clone(), inject: line.inject.clone(), standing })
    })
}

fn of_team(state: &State, team: &Team, score: &TeamScore) -> JudgedTeam {
    JudgedTeam {
        team: team.id.clone(),
        name: team.name.clone(),
        score_milli: score.score_milli,
        points_milli: score.points_milli,
        attainable_milli: score.attainable_milli,
        unmarked_milli: score.unmarked_milli,
        counted: score.counted,
        asked: score.asked,
        adjustment_milli: score.adjustment_milli,
        objectives: objectives(state, team, score),
        capabilities: capabilities(state, score),
        timings: timings(state, [team]),
    }
}
