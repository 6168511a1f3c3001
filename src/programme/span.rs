//! The exercises of a day side by side, as far as somebody may see each of them: all of one that the reader answers
//! for, of another what was released, of a third nothing.

use std::sync::Arc;

use tokio::sync::Semaphore;

use super::standing::Standing;
use crate::{
    engine::{
        event::{Event, ReportVersion},
        id::{PersonId, TeamId},
        role::{Action, Relation, Role},
        view::{Extras, Viewer},
    },
    live::{Exercise, http::Doors},
    problem::Problem,
    report::{
        self,
        model::{Report, Version},
        programme::{Day, Member, Part},
    },
    store::record,
};

/// One day at a time: each reads the logs of all its exercises. Whoever wants one waits for a turn.
static TURN: Semaphore = Semaphore::const_new(1);

/// What somebody wants to read of a day.
pub(super) enum Wanted {
    /// One version of every exercise.
    Version(Version),
    /// Of each exercise as much as the reader may see of teams: all of them, or what was released to the own one.
    Scorecards,
}

/// How much of an exercise somebody may read.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Access {
    /// All of it, as a draft, too.
    All,
    /// What was released of a version, of the log up to a row.
    Released(Version, i64),
    Nothing,
}

/// The day as the reader may see it.
pub(super) async fn day(doors: &Doors, standing: &Standing, wanted: &Wanted) -> Result<Day, Problem> {
    let _turn = TURN.acquire().await.map_err(Problem::internal)?;
    let mut parts = Vec::new();
    for one in &standing.exercises {
        let exercise = standing.load(doors, &one.exercise).await?;
        let access = access(standing, &exercise, wanted);
        let (report, draft) = match access {
            Access::Nothing => (None, false),
            Access::All => {
                let report = whole(doors, &exercise, None).await?;
                let version = if let Wanted::Version(version) = wanted { version } else { &Version::Staff };
                // A team that took no part in it has no version of its own.
                let draft = report.clone().for_readers(version).is_ok_and(|made| made.draft);
                (Some(report), draft)
            }
            Access::Released(version, at_seq) => {
                let report = whole(doors, &exercise, Some(at_seq)).await?;
                let report =
                    if matches!(wanted, Wanted::Scorecards) { report.for_readers(&version).ok() } else { Some(report) };
                (report, false)
            }
        };
        parts.push(exercise.read(|state, _| Part {
            exercise: one.exercise.clone(),
            title: state.plan.title.clone(),
            stage: state.stage(),
            rehearsal: state.rehearsal,
            report,
            draft,
        }));
    }
    let organisations = doors.store.organisations(&standing.programme.id).await?;
    let teams = doors.store.day_teams(&standing.programme.id).await?.into_iter().map(|team| {
        let organisation = organisations.iter().find(|one| Some(&one.id) == team.organisation.as_ref());
        Member {
            team: team.team,
            name: team.name,
            organisation: organisation.map(|one| one.name.clone()),
            country: organisation.and_then(|one| one.country.clone()),
        }
    });
    let Standing { programme, .. } = standing;
    Ok(Day { programme: programme.id.clone(), title: programme.title.clone(), parts, teams: teams.collect() })
}

fn access(standing: &Standing, exercise: &Arc<Exercise>, wanted: &Wanted) -> Access {
    let mut viewers = standing.viewers_in(exercise);
    if viewers.iter().any(|viewer| viewer.may(Action::SeeScores, Relation::Other)) {
        return Access::All;
    }
    if standing.is_staff() {
        // What was released to everybody is for those who organise the day, too.
        viewers.push(Viewer {
            person: PersonId::from(""),
            role: Role::Observer,
            team: None,
            blind: true,
            extras: Extras::default(),
        });
    }
    let released = |version: ReportVersion, team: Option<&TeamId>| {
        exercise.read(|state, _| viewers.iter().filter_map(|viewer| state.released_to(version, team, viewer)).max())
    };
    match wanted {
        Wanted::Version(version) => {
            let at_seq = version.released_as().and_then(|(wanted, team)| released(wanted, team));
            at_seq.map_or(Access::Nothing, |at_seq| Access::Released(version.clone(), at_seq))
        }
        Wanted::Scorecards => {
            let own = viewers.iter().find_map(|viewer| viewer.team.clone());
            let at_seq = own.as_ref().and_then(|team| released(ReportVersion::Team, Some(team)));
            let both = own.zip(at_seq);
            both.map_or(Access::Nothing, |(team, at_seq)| Access::Released(Version::Team { team }, at_seq))
        }
    }
}

/// The report of an exercise for staff, of its log up to a row. Asks nobody whether somebody may read it.
async fn whole(doors: &Doors, exercise: &Exercise, at: Option<i64>) -> Result<Report, Problem> {
    let mut rows = doors.store.read_whole_log(&record::stream_of(&exercise.id)).await?;
    let made = tokio::task::spawn_blocking(move || {
        rows.retain(|stored| at.is_none_or(|at| stored.row.seq <= at));
        let head = rows.last().map(|last| last.row.hash.clone());
        let events: Vec<(i64, Event)> = rows
            .iter()
            .map(|stored| Ok((stored.row.seq, record::event(stored)?)))
            .collect::<Result<_, crate::engine::codec::CodecError>>()
            .map_err(Problem::internal)?;
        report::build(&events, head).map_err(Problem::internal)
    });
    made.await.map_err(Problem::internal)?
}
