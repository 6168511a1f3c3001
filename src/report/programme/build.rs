//! From the reports of a day's exercises to the report of the day, for one reader.

use std::collections::BTreeMap;

use super::{
    Day, Member, Part,
    figures::{capabilities, in_exercise, over_the_day, thin_out, weighted},
    model::{ActionOfDay, ExerciseLine, FindingOfDay, ProgrammeReport, TeamInExercise, TeamLine},
};
use crate::{
    engine::{
        id::{ExerciseId, TeamId},
        marking::marking,
        plan::Tlp,
    },
    report::{
        measure::count,
        model::{EditedFinding, ImprovementLine, Limit, Report, Version},
        version::{LEAST_TEAMS, VersionError, veil::Veil},
    },
};

/// The report of a drill day, as a version has it.
///
/// # Errors
/// If a version about one team names none of the day, or if a day has no such version.
pub fn build(day: Day, version: &Version) -> Result<ProgrammeReport, VersionError> {
    if let Version::Brief { .. } = version {
        return Err(VersionError::NoSuchVersion("brief".to_owned()));
    }
    let Day { programme, title, parts, teams: members } = day;
    if let Version::Team { team } = version
        && members.iter().all(|member| member.team != *team)
    {
        let known = members.iter().map(|member| member.team.to_string()).collect();
        return Err(VersionError::NoSuchTeam { team: team.clone(), known });
    }
    let shared = matches!(version, Version::Community | Version::Public);
    let mut played: Vec<Vec<TeamInExercise>> = members.iter().map(|member| exercises_of(&parts, member)).collect();
    // First, so that nothing that is left out comes back in a sum.
    let left_out = shared && thin_out(&mut played);
    let of_capabilities = match version {
        Version::Team { .. } => Vec::new(),
        _ => capabilities(&parts, &played, if shared { LEAST_TEAMS } else { 1 }),
    };
    let too_few = shared && of_capabilities.iter().any(|line| line.median_milli.is_none());
    let teams = match version {
        Version::Public => Vec::new(),
        Version::Community => coded(&parts, &members, played),
        Version::Team { team } => lines(&members, played).into_iter().filter(|line| line.team == *team).collect(),
        Version::Staff | Version::Brief { .. } => lines(&members, played),
    };
    let told = told(&parts, &members, version)?;
    let mut action_states = BTreeMap::new();
    for action in &told.actions {
        *action_states.entry(action.state).or_insert(0) += 1;
    }
    let rehearsal = parts.iter().any(|part| part.rehearsal);
    let shown = || parts.iter().filter(|part| part.report.is_some());
    Ok(ProgrammeReport {
        version: version.clone(),
        draft: shown().any(|part| part.draft) || shown().next().is_none(),
        marking: marking(rehearsal).to_owned(),
        rehearsal,
        tlp: handling(&parts, version),
        programme,
        title,
        exercises: parts.iter().map(|part| exercise_line(part, version)).collect(),
        teams_in_all: count(members.len()),
        teams,
        capabilities: of_capabilities,
        findings: told.findings,
        actions: told.actions,
        action_states,
        unmarked: if shared { 0 } else { told.unmarked },
        suppressed_below: (left_out || too_few).then_some(LEAST_TEAMS),
    })
}

fn exercises_of(parts: &[Part], member: &Member) -> Vec<TeamInExercise> {
    let in_part = |part: &Part| {
        let report = part.report.as_ref()?;
        let team = report.teams.iter().find(|team| team.team == member.team)?;
        Some(in_exercise(report, team))
    };
    parts.iter().filter_map(in_part).collect()
}

fn lines(members: &[Member], played: Vec<Vec<TeamInExercise>>) -> Vec<TeamLine> {
    let line = |(member, exercises): (&Member, Vec<TeamInExercise>)| TeamLine {
        team: member.team.clone(),
        name: member.name.clone(),
        organisation: member.organisation.clone(),
        country: member.country.clone(),
        score_milli: weighted(exercises.iter().map(|one| (one.score_milli, one.attainable_milli))),
        capabilities: over_the_day(&exercises),
        exercises,
    };
    members.iter().zip(played).map(line).collect()
}

/// Teams under numbers of the day. Their order is that of the code names in the exercises, which tells nothing of
/// who they are.
fn coded(parts: &[Part], members: &[Member], played: Vec<Vec<TeamInExercise>>) -> Vec<TeamLine> {
    let code = |team: &TeamId| {
        let reports = parts.iter().filter_map(|part| part.report.as_ref());
        reports.flat_map(|report| &report.teams).find(|known| known.team == *team).map(|known| known.code.clone())
    };
    let mut coded: Vec<(Option<String>, TeamLine)> =
        lines(members, played).into_iter().map(|line| (code(&line.team), line)).collect();
    coded.retain(|(code, _)| code.is_some());
    coded.sort_by(|(one, _), (other, _)| one.cmp(other));
    let numbered = (1..).zip(coded).map(|(n, (_, line))| {
        let name = format!("T{n}");
        TeamLine { team: TeamId::from(name.as_str()), name, organisation: None, country: None, ..line }
    });
    numbered.collect()
}

fn exercise_line(part: &Part, version: &Version) -> ExerciseLine {
    let report = part.report.as_ref();
    let is_small = |teams: u32| version == &Version::Public && teams < LEAST_TEAMS;
    ExerciseLine {
        exercise: part.exercise.clone(),
        title: part.title.clone(),
        stage: part.stage,
        rehearsal: part.rehearsal,
        withheld: report.is_none(),
        started_at: report.and_then(|report| report.started_at),
        ended_at: report.and_then(|report| report.ended_at),
        teams: report.map(|report| report.teams_in_all).filter(|teams| !is_small(*teams)),
        head_seq: report.map(|report| report.head_seq),
    }
}

/// As strict as the strictest of the exercises; what is passed on is made for it.
fn handling(parts: &[Part], version: &Version) -> Tlp {
    let strictest = || parts.iter().filter_map(|part| part.report.as_ref()).map(|report| report.tlp);
    match version {
        Version::Community => Tlp::Green,
        Version::Public => Tlp::Clear,
        Version::Staff | Version::Team { .. } | Version::Brief { .. } => strictest().fold(Tlp::Amber, Ord::min),
    }
}

/// What people wrote.
#[derive(Default)]
struct Told {
    findings: Vec<FindingOfDay>,
    actions: Vec<ActionOfDay>,
    unmarked: u32,
}

fn told(parts: &[Part], members: &[Member], version: &Version) -> Result<Told, VersionError> {
    let mut told = Told::default();
    // A text may name a team that was not in that exercise, or whoever sends one.
    let names = members.iter().flat_map(|member| {
        [Some(&member.name), member.organisation.as_ref()].into_iter().flatten().cloned().chain([member.team.0.clone()])
    });
    let veil = match version {
        Version::Staff => Veil::naming([]),
        Version::Team { team } => {
            let others = members.iter().filter(|member| member.team != *team);
            Veil::naming(others.flat_map(|member| [member.name.clone(), member.team.0.clone()]))
        }
        _ => Veil::naming(names),
    };
    for report in parts.iter().filter_map(|part| part.report.clone()) {
        if let Version::Team { team } = version
            && report.teams.iter().all(|known| known.team != *team)
        {
            continue;
        }
        told.take(report.for_readers(version)?, &veil);
    }
    Ok(told)
}

impl Told {
    fn take(&mut self, report: Report, veil: &Veil) {
        let unmarked = report.limits.iter().find_map(|limit| match limit {
            Limit::Unmarked { answers, .. } => Some(*answers),
            _ => None,
        });
        self.unmarked += unmarked.unwrap_or_default();
        let exercise = report.exercise;
        let of_event = [(None, report.edited, report.improvement)];
        let of_teams = report.teams.into_iter().map(|team| (Some(team.team), team.edited, team.improvement));
        for (team, edited, improvement) in of_event.into_iter().chain(of_teams) {
            self.findings.extend(edited.into_iter().filter_map(|one| finding(&exercise, team.as_ref(), one, veil)));
            self.actions.extend(improvement.into_iter().filter_map(|one| action(&exercise, team.as_ref(), one, veil)));
        }
    }
}

fn finding(exercise: &ExerciseId, team: Option<&TeamId>, one: EditedFinding, veil: &Veil) -> Option<FindingOfDay> {
    let EditedFinding { kind, title, observation, capability, .. } = one;
    let hidden = [&title, &observation].into_iter().flatten().any(|text| veil.hides(text));
    let (exercise, team) = (exercise.clone(), team.cloned());
    (!hidden).then_some(FindingOfDay { exercise, team, kind, title, observation, capability })
}

fn action(exercise: &ExerciseId, team: Option<&TeamId>, one: ImprovementLine, veil: &Veil) -> Option<ActionOfDay> {
    let ImprovementLine { text, capability, owner, completion, priority, state, overdue, .. } = one;
    let hidden = text.as_ref().is_some_and(|text| veil.hides(text));
    let (exercise, team) = (exercise.clone(), team.cloned());
    (!hidden).then_some(ActionOfDay { exercise, team, text, capability, owner, completion, priority, state, overdue })
}
