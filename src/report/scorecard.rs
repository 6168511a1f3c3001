//! How one team did, inject by inject. Points and reasons are those of [`team_score`]: the report
//! adds words and evidence, never a figure of its own.

use std::collections::BTreeMap;

use super::{
    after,
    build::Evidence,
    model::{CriterionLine, FieldLine, InjectLine, Scorecard},
};
use crate::engine::{
    event::{Answer, Scope},
    id::{FieldId, InjectId, OptionId},
    plan::{Capability, Field, FieldKind, Inject, Plan},
    score::{CriterionScore, FieldScore, InjectScore, TeamScore, capabilities, objectives, team_score, timings},
    state::{Delivery, Response, State, Team},
    text::{Language, Text},
};
use crate::markup::figures;

/// The scorecard of a team.
pub(super) fn scorecard(state: &State, team: &Team, evidence: &Evidence) -> Scorecard {
    let score = team_score(state, team);
    let own = Scope::Team(team.id.clone());
    let injects = inject_lines(state, team, &score, evidence);
    let asked = || team.deliveries.iter().filter(|(position, _)| asks(state, **position));
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Scorecard {
        team: team.id.clone(),
        name: team.name.clone(),
        code: state.code_name(team),
        language: team.language.clone(),
        score_milli: score.score_milli,
        counted: score.counted,
        adjustment_milli: score.adjustment_milli,
        points_milli: score.points_milli,
        attainable_milli: score.attainable_milli,
        unmarked_milli: score.unmarked_milli,
        received: count(team.deliveries.len()),
        answered: count(asked().filter(|(_, delivery)| !delivery.responses.is_empty()).count()),
        asked: count(asked().count()),
        log_entries: count(team.entries.len()),
        objectives: objectives(state, team, &score),
        capabilities: capabilities(state, &score),
        timings: timings(state, [team]),
        edited: after::edited(state, &own),
        signed_off: after::is_signed_off(state, &own),
        improvement: after::improvement(state, &own, state.at),
        // They rest on all of this.
        findings: Vec::new(),
        injects,
        earlier: Vec::new(),
    }
}

fn asks(state: &State, position: usize) -> bool {
    let form = state.plan.injects.get(position).and_then(|inject| inject.content.form.as_ref());
    form.is_some_and(|form| !form.fields.is_empty())
}

fn inject_lines(state: &State, team: &Team, score: &TeamScore, evidence: &Evidence) -> Vec<InjectLine> {
    let scores: BTreeMap<&InjectId, &InjectScore> = score.injects.iter().map(|score| (&score.inject, score)).collect();
    let mut lines: Vec<InjectLine> = team
        .deliveries
        .iter()
        .filter_map(|(position, delivery)| Some((state.plan.injects.get(*position)?, delivery)))
        .map(|(inject, delivery)| {
            inject_line(&state.plan, inject, team, delivery, scores.get(&inject.id).copied(), evidence)
        })
        .collect();
    // Stable: what went out in one row keeps the order of the file.
    lines.sort_by_key(|line| line.released_seq);
    lines
}

fn inject_line(
    plan: &Plan,
    inject: &Inject,
    team: &Team,
    delivery: &Delivery,
    score: Option<&InjectScore>,
    evidence: &Evidence,
) -> InjectLine {
    let official = delivery.official();
    let form = inject.content.form.as_ref();
    let scored = |field: &FieldId| score.and_then(|score| score.fields.iter().find(|line| line.field == *field));
    let field = |field: &Field| field_line(field, official, scored(&field.id), &team.language);
    let answer_seq = official
        .and_then(|response| evidence.answered.get(&(team.id.clone(), inject.id.clone(), response.revision)).copied());
    InjectLine {
        inject: inject.id.clone(),
        title: inject.content.title.clone(),
        kind: inject.kind,
        capabilities: capabilities_of(plan, inject),
        released_seq: evidence.released.get(&(team.id.clone(), inject.id.clone())).copied(),
        released_at: Some(delivery.released_at),
        delivered_after: delivery.delivered_after,
        opened_after: delivery.opened_after,
        acknowledged_after: delivery.acknowledged_after,
        answered_after: official.map(|response| response.taken),
        target: form.and_then(|form| form.target),
        deadline: form.and_then(|form| form.deadline),
        late: official.is_some_and(|response| response.late),
        revisions: u32::try_from(delivery.responses.len()).unwrap_or(u32::MAX),
        answer_seq,
        fields: form.map_or(&[][..], |form| &form.fields).iter().map(field).collect(),
        criteria: score.into_iter().flat_map(|score| &score.criteria).map(|line| criterion(inject, line)).collect(),
        feedback: official.map(|response| feedback(delivery, response)).unwrap_or_default(),
        score: score.cloned(),
        expected: inject.staff.expected.clone(),
    }
}

fn capabilities_of(plan: &Plan, inject: &Inject) -> Vec<Capability> {
    let mut found = Vec::new();
    for id in &inject.staff.objectives {
        let objective = plan.objectives.iter().find(|objective| objective.id == *id);
        found.extend(objective.map(|objective| objective.capability).filter(|known| !found.contains(known)));
    }
    found
}

/// A criterion under the words of its rubric; one that was taken out since is called by its id.
fn criterion(inject: &Inject, line: &CriterionScore) -> CriterionLine {
    let criteria = inject.criteria();
    let known = criteria.iter().find(|known| known.id == line.criterion);
    let anchor = |level: &u8| known.and_then(|known| known.anchors.get(usize::from(*level))).cloned();
    CriterionLine {
        title: known.map_or_else(|| Text::new("en", line.criterion.as_str()), |known| known.title.clone()),
        levels: line.levels.clone(),
        anchor: line.levels.iter().min().and_then(anchor),
    }
}

/// What evaluators say of the answer that counts.
fn feedback(delivery: &Delivery, official: &Response) -> Vec<String> {
    let marks = delivery.markings.of_revision(official.revision);
    let moderated = delivery.markings.moderated(official.revision);
    let said = marks.chain(moderated).filter_map(|mark| mark.feedback.as_ref()?.text());
    said.map(str::to_owned).collect()
}

fn field_line(field: &Field, official: Option<&Response>, item: Option<&FieldScore>, language: &Language) -> FieldLine {
    let answer = official.and_then(|response| response.answers.get(&field.id));
    FieldLine {
        field: field.id.clone(),
        label: field.label.clone(),
        answer: answer.and_then(|answer| in_words(answer, &field.kind, language)),
        erased: answer.and_then(Answer::prose).is_some_and(|prose| prose.text().is_none()),
        points: field.points,
        credit_permille: item.and_then(|item| item.credit_permille),
        reason: item.map(|item| item.reason.clone()),
    }
}

/// Labels of options, and below them text; none if all that there was has been erased.
pub(crate) fn in_words(answer: &Answer, kind: &FieldKind, language: &Language) -> Option<String> {
    let label = |option: &OptionId| kind.label(option, language).to_owned();
    let chosen: Vec<String> = match answer {
        Answer::Choice(option) => vec![label(option)],
        Answer::Choices(chosen) => chosen.iter().map(label).collect(),
        Answer::Decision { option, .. } => option.iter().map(label).collect(),
        Answer::Number(number) => vec![number.to_string()],
        Answer::Time { at, offset } => vec![figures::with_offset(*at, *offset)],
        Answer::File(hash) => vec![hash.to_string()],
        Answer::Text(_) | Answer::Indicators(_) => Vec::new(),
    };
    let text = answer.prose().and_then(|prose| prose.text()).map(str::to_owned);
    let lines: Vec<String> = chosen.into_iter().chain(text).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}
