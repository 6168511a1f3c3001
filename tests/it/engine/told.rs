//! Facts told in a line each, so that a test can name what happened.

use std::collections::BTreeSet;

use drillhall::engine::{
    event::{Fact, ReleaseCause},
    id::TeamId,
    prose::Prose,
};

/// What happened, in the words of the tests.
pub(super) fn told(fact: &Fact) -> String {
    match fact {
        Fact::ExerciseCreated { .. } => "created".to_owned(),
        Fact::TeamAdded { team, cohort, .. } => {
            format!("{team} joins {}", cohort.as_ref().map_or("no cohort", |cohort| cohort.as_str()))
        }
        Fact::RoleGranted { person, role, team } => format!("{person} becomes {role:?}{}", of(team.as_ref())),
        Fact::RoleRevoked { person, team } => format!("{person} leaves{}", of(team.as_ref())),
        Fact::ExerciseStarted => "started".to_owned(),
        Fact::Paused { team, .. } => format!("paused{}", of(team.as_ref())),
        Fact::Resumed { team } => format!("resumed{}", of(team.as_ref())),
        Fact::ExerciseEnded { .. } => "ended".to_owned(),
        Fact::PhaseBegan { phase, teams, for_exercise, .. } => match (for_exercise, teams.len()) {
            (true, 2) => format!("phase {phase}"),
            (true, _) => format!("phase {phase} for the exercise and {}", list(teams)),
            (false, _) => format!("phase {phase} for {}", list(teams)),
        },
        Fact::InjectReleased { inject, teams, cause, .. } => {
            let why = match cause {
                ReleaseCause::Due => "due",
                ReleaseCause::Staff => "by hand",
                ReleaseCause::Missed => "from the tray",
            };
            format!("{inject} to {} {why}", list(teams.keys()))
        }
        Fact::InjectMissed { inject, teams, .. } => format!("{inject} missed for {}", list(teams)),
        Fact::InjectSkipped { inject, teams, .. } => format!("{inject} skipped for {}", list(teams)),
        Fact::InjectRetimed { inject, teams, plan_time } => {
            format!("{inject} retimed to {} s for {}", plan_time.0 / 1000, list(teams))
        }
        Fact::AnswerClosed { inject, teams } => format!("{inject} closed for {}", list(teams)),
        Fact::MessageSent { team, .. } => format!("message{}", of(team.as_ref())),
        Fact::InjectDelivered { inject, team } => format!("{inject} delivered of {team}"),
        Fact::InjectOpened { inject, team } => format!("{inject} opened of {team}"),
        Fact::InjectAcknowledged { inject, team } => format!("{inject} acknowledged of {team}"),
        Fact::ResponseSubmitted { inject, team, revision, taken, late, .. } => {
            format!(
                "{inject} answer {revision} of {team} after {} s{}",
                taken.0 / 1000,
                if *late { ", late" } else { "" }
            )
        }
        Fact::LogWritten { team, text, .. } => format!("log of {team}: {}", words(text)),
        Fact::Said { team, text, from_control, .. } => {
            let who = if *from_control { "control" } else { "team" };
            format!("{who} in thread of {team}: {}", words(text))
        }
        Fact::NoDuffRaised { team, text, .. } => format!("no duff{}: {}", of(team.as_ref()), words(text)),
        Fact::Suspended { team } => format!("suspended{}", of(team.as_ref())),
        Fact::SuspensionLifted { team, decision } => format!("lifted{}: {}", of(team.as_ref()), words(decision)),
        Fact::OutageNoted { from, to } => format!("outage of {} s", to.since(*from).0 / 1000),
        Fact::FaultNoted { .. } => "fault".to_owned(),
        Fact::PartErased { .. } => "erased".to_owned(),
    }
}

fn of(team: Option<&TeamId>) -> String {
    team.map_or_else(String::new, |team| format!(" of {team}"))
}

fn list<'a>(teams: impl IntoIterator<Item = &'a TeamId>) -> String {
    teams.into_iter().map(TeamId::as_str).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join("+")
}

fn words(prose: &Prose) -> &str {
    prose.text().unwrap_or("(erased)")
}
