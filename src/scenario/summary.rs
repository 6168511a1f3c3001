//! A pack in a few lines, for `drillhall check`: what it asks of teams and of the people behind it.

use std::fmt::Write;

use super::Pack;
use crate::engine::{
    id::CohortId,
    plan::{Inject, InjectAudience, InjectKind, Plan},
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
    line(&mut text, "objectives", &plan.objectives.len().to_string());
    line(&mut text, "files", &format!("{} ({kib} KiB)", plan.files.len()));
    line(&mut text, "points", &points(plan.injects.iter()).to_string());
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

/// What a team that belongs to a cohort has to read and to answer. Injects for named teams are left out.
fn workload(plan: &Plan, cohort: Option<&CohortId>) -> String {
    let reaches = |inject: &&Inject| match &inject.audience {
        InjectAudience::All => true,
        InjectAudience::Cohorts(cohorts) => cohort.is_some_and(|cohort| cohorts.contains(cohort)),
        InjectAudience::Teams(_) => false,
    };
    let sent: Vec<&Inject> =
        plan.injects.iter().filter(reaches).filter(|inject| inject.kind != InjectKind::ExpectedAction).collect();
    let forms: Vec<_> = sent.iter().filter_map(|inject| inject.content.form.as_ref()).collect();
    let answers: Vec<_> = forms.iter().filter(|form| !form.fields.is_empty()).collect();
    let time: i64 = answers.iter().filter_map(|form| form.deadline).map(minutes).sum();
    format!(
        "injects {}, answers {}, points {}, minutes to answer {time}",
        sent.len(),
        answers.len(),
        points(sent.iter().copied()),
    )
}

fn points<'i>(injects: impl Iterator<Item = &'i Inject>) -> u32 {
    injects
        .filter_map(|inject| inject.content.form.as_ref())
        .flat_map(|form| &form.fields)
        .map(|field| field.points)
        .sum()
}

fn minutes(time: Millis) -> i64 {
    time.0 / 60_000
}
