//! A pack in a few lines, for `drillhall check`: what it asks of teams and of the people behind it.

mod score;

use std::fmt::Write;

use super::{Pack, check::due_times};
use crate::engine::{
    id::CohortId,
    plan::{Condition, Inject, InjectAudience, InjectKind, Plan, Trigger},
    time::Millis,
};

/// Injects, points, minutes, languages and the work that waits for a team.
#[must_use]
pub fn summary(pack: &Pack) -> String {
    let plan = &pack.plan;
    let languages: Vec<&str> = plan.languages.iter().map(|language| language.0.as_str()).collect();
    let mut text = format!("{}: {}\n", plan.name, languages.join(", "));
    let length = minutes(plan.duration.minus(plan.opens_at));
    let kib: u64 = plan.files.iter().map(|file| file.bytes).sum::<u64>().div_ceil(1024);
    line(&mut text, "minutes", &format!("{length} (clock opens at {}m)", minutes(plan.opens_at)));
    line(&mut text, "injects", &kinds(plan));
    let branches = branches(plan);
    if !branches.is_empty() {
        line(&mut text, "branches", &branches);
    }
    if !plan.breaks.is_empty() || !plan.cuts.is_empty() {
        let minutes: i64 = plan.breaks.iter().map(|pause| minutes(pause.length)).sum();
        let cuts = plan.cuts.len();
        line(
            &mut text,
            "interruptions",
            &format!("breaks {} ({minutes} minutes), cut lines {cuts}", plan.breaks.len()),
        );
    }
    line(&mut text, "objectives", &plan.objectives.len().to_string());
    line(&mut text, "files", &format!("{} ({kib} KiB)", plan.files.len()));
    line(&mut text, "points", &points(plan.injects.iter()).to_string());
    if let Some(parts) = score::by_part(plan) {
        line(&mut text, "points come from", &parts);
    }
    if let Some(marking) = score::marking(plan) {
        line(&mut text, "to mark", &marking);
    }
    if plan.cohorts.is_empty() {
        line(&mut text, "a team", &workload(plan, None));
    }
    for cohort in &plan.cohorts {
        line(&mut text, &format!("team of {cohort}"), &workload(plan, Some(cohort)));
    }
    text
}

fn line(text: &mut String, name: &str, value: &str) {
    writeln!(text, "  {name:<16} {value}").expect("writing to a string cannot fail");
}

fn kinds(plan: &Plan) -> String {
    let count = |kind| plan.injects.iter().filter(|inject| inject.kind == kind).count();
    let counts: Vec<String> = [
        ("contextual", count(InjectKind::Contextual)),
        ("task", count(InjectKind::Task)),
        ("expected_action", count(InjectKind::ExpectedAction)),
        ("contingency", count(InjectKind::Contingency)),
        ("information_request", count(InjectKind::InformationRequest)),
        ("practice", count(InjectKind::Practice)),
        ("admin", count(InjectKind::Admin)),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .map(|(name, count)| format!("{count} {name}"))
    .collect();
    format!("{} ({})", plan.injects.len(), counts.join(", "))
}

/// What a team that belongs to a cohort has to read and to answer: what comes to it as written, and
/// the most that can come. Injects for named teams are left out.
fn workload(plan: &Plan, cohort: Option<&CohortId>) -> String {
    let reaches = |inject: &Inject| match &inject.audience {
        InjectAudience::All => true,
        InjectAudience::Cohorts(cohorts) => cohort.is_some_and(|cohort| cohorts.contains(cohort)),
        InjectAudience::Teams(_) => false,
    };
    let due = due_times(&plan.injects);
    let sent = plan.injects.iter().zip(due).filter(|(inject, _)| reaches(inject) && inject.is_sent());
    let (sure, others): (Vec<_>, Vec<_>) = sent.partition(|(inject, due)| due.is_some() && inject.only_if.is_none());
    let sure: Vec<&Inject> = sure.into_iter().map(|(inject, _)| inject).collect();
    let groups = exclusive(&others.into_iter().map(|(inject, _)| inject).collect::<Vec<_>>());
    let range = |of: &dyn Fn(&Inject) -> i64| {
        let least: i64 = sure.iter().map(|inject| of(inject)).sum();
        let dearest = |group: &Vec<&Inject>| group.iter().map(|inject| of(inject)).max().unwrap_or_default();
        match groups.iter().map(dearest).sum::<i64>() {
            0 => least.to_string(),
            more => format!("{least}-{}", least + more),
        }
    };
    format!(
        "injects {}, answers {}, points {}, minutes to answer {}",
        range(&|_| 1),
        range(&|inject| i64::from(asks(inject))),
        range(&|inject| points([inject].into_iter()).into()),
        range(&|inject| if asks(inject) { deadline(inject) } else { 0 }),
    )
}

/// Injects by groups of which a team gets one at the most: each only comes where none of the others did.
fn exclusive<'p>(injects: &[&'p Inject]) -> Vec<Vec<&'p Inject>> {
    let mut groups: Vec<Vec<&Inject>> = Vec::new();
    for inject in injects {
        let apart = |other: &&Inject| not_after(inject, other) && not_after(other, inject);
        match groups.iter_mut().find(|group| group.iter().all(apart)) {
            Some(group) => group.push(inject),
            None => groups.push(vec![inject]),
        }
    }
    groups
}

/// Whether an inject only comes to teams that did not receive another.
fn not_after(inject: &Inject, other: &Inject) -> bool {
    let of_trigger = match &inject.trigger {
        Trigger::When { condition, .. } => Some(condition),
        Trigger::At { .. } | Trigger::After { .. } | Trigger::Manual => None,
    };
    of_trigger.into_iter().chain(&inject.only_if).any(|condition| asks_without(condition, other))
}

fn asks_without(condition: &Condition, other: &Inject) -> bool {
    match condition {
        Condition::All(parts) => parts.iter().any(|part| asks_without(part, other)),
        Condition::Not(inner) => matches!(inner.as_ref(), Condition::Received(inject) if *inject == other.id),
        _ => false,
    }
}

/// Injects that come to some teams only, and other words.
fn branches(plan: &Plan) -> String {
    let count = |n: usize, what: &str| (n > 0).then(|| format!("{what} {n}"));
    let injects = || plan.injects.iter();
    let when = injects().filter(|inject| matches!(inject.trigger, Trigger::When { .. })).count();
    let only_if = injects().filter(|inject| inject.only_if.is_some()).count();
    let others = injects().map(|inject| inject.alternatives.len()).sum();
    let hints = injects().filter_map(|inject| inject.content.form.as_ref()).map(|form| form.hints.len()).sum();
    let counts = [
        count(when, "when"),
        count(only_if, "only_if"),
        count(others, "alternatives"),
        count(plan.flags.len(), "flags"),
        count(plan.variables.len(), "variables"),
        count(hints, "hints"),
    ];
    counts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn asks(inject: &Inject) -> bool {
    inject.content.form.as_ref().is_some_and(|form| !form.fields.is_empty())
}

fn deadline(inject: &Inject) -> i64 {
    inject.content.form.as_ref().and_then(|form| form.deadline).map_or(0, minutes)
}

fn points<'i>(injects: impl Iterator<Item = &'i Inject>) -> u32 {
    injects.map(Inject::worth).fold(0, u32::saturating_add)
}

fn minutes(time: Millis) -> i64 {
    time.0 / 60_000
}
