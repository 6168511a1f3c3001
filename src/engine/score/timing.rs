//! How long teams took, on their active clocks: pauses and credited outages do not exist there.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::engine::{
    plan::{Document, FieldKind, InjectKind},
    state::{Delivery, State, Team},
    time::Millis,
};

/// What is timed, always from delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// Until somebody opened it.
    Open,
    /// Until it was acknowledged, where that was asked.
    Acknowledge,
    /// Until the first answer.
    Answer,
    /// Until an answer with a class of incident.
    Classify,
    /// Until an answer with a decision.
    Decide,
    /// Until a stage of an incident report.
    Report,
}

/// Times of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Spread {
    /// The middle one; the lower of two.
    pub median: Option<Millis>,
    /// Nine in ten took at most so long (nearest rank).
    pub p90: Option<Millis>,
    /// How many there are.
    pub n: u32,
    /// How many were asked for and never came.
    pub not_done: u32,
}

/// How long these teams took. What was recalled or excused asks for nothing.
#[must_use]
pub fn timings<'a>(state: &State, teams: impl IntoIterator<Item = &'a Team>) -> BTreeMap<Metric, Spread> {
    let mut times: BTreeMap<Metric, (Vec<Millis>, u32)> = BTreeMap::new();
    for team in teams {
        for (position, delivery) in &team.deliveries {
            let Some(inject) = state.plan.injects.get(*position) else { continue };
            if inject.kind == InjectKind::Practice || delivery.recalled || delivery.excused.is_some() {
                continue;
            }
            for (metric, time) in of_delivery(inject.content.form.as_ref(), delivery) {
                let (done, missing) = times.entry(metric).or_default();
                match time {
                    Some(time) => done.push(time),
                    None => *missing += 1,
                }
            }
        }
    }
    times.into_iter().map(|(metric, (done, not_done))| (metric, spread(done, not_done))).collect()
}

fn of_delivery(form: Option<&crate::engine::plan::Form>, delivery: &Delivery) -> Vec<(Metric, Option<Millis>)> {
    let reached = delivery.reached_after();
    let since = |time: Option<Millis>| {
        time.map(|time| time.minus(reached).minus(delivery.credited_between(reached, time)).max(Millis(0)))
    };
    let mut times = vec![(Metric::Open, since(delivery.opened_after))];
    let Some(form) = form else { return times };
    if form.acknowledge {
        times.push((Metric::Acknowledge, since(delivery.acknowledged_after)));
    }
    let answered = |asks: &dyn Fn(&FieldKind) -> bool| {
        let fields = || form.fields.iter().filter(|field| asks(&field.kind));
        let has =
            |response: &&crate::engine::state::Response| fields().any(|field| response.answers.contains_key(&field.id));
        (fields().count() > 0)
            .then(|| since(delivery.responses.iter().filter(has).map(|response| response.taken).min()))
    };
    let is_report =
        |document| matches!(document, Document::EarlyWarning | Document::Notification | Document::FinalReport);
    let reports = form.sections.iter().any(|section| is_report(section.document));
    let first = answered(&|_| true);
    times.extend(first.map(|time| (Metric::Answer, time)));
    times.extend(first.filter(|_| reports).map(|time| (Metric::Report, time)));
    times.extend(answered(&|kind| *kind == FieldKind::Classification).map(|time| (Metric::Classify, time)));
    times.extend(answered(&|kind| matches!(kind, FieldKind::Decision { .. })).map(|time| (Metric::Decide, time)));
    times
}

fn spread(mut done: Vec<Millis>, not_done: u32) -> Spread {
    done.sort_unstable();
    let n = done.len();
    let at = |rank: usize| done.get(rank.saturating_sub(1)).copied();
    Spread {
        median: at(n.div_ceil(2)),
        p90: at((n * 9).div_ceil(10)),
        n: u32::try_from(n).unwrap_or(u32::MAX),
        not_done,
    }
}
