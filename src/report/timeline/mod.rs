//! What happened, one line an event. Receipts and roles are left out: the scorecards show when a
//! team opened what, and people are named nowhere in a report. It ends with play: what people made of it
//! afterwards has parts of the report of its own.

mod detail;

use self::detail::{change, language_of};
use super::model::TimelineLine;
use crate::{
    engine::{
        event::{Event, Fact, Fault, FileTaken, HintOpened, NoDuffDecided, ObservationNoted},
        id::{InjectId, TeamId},
        state::State,
        text::Text,
        time::{Millis, Timestamp},
    },
    markup::figures,
};

/// The parts of a line that differ from fact to fact.
#[derive(Default)]
struct Gist {
    teams: Vec<TeamId>,
    inject: Option<InjectId>,
    title: Option<Text>,
    text: Option<String>,
    due: Option<Timestamp>,
}

/// The line of an event that the state has taken in; none for what a timeline leaves out.
pub(super) fn line(seq: i64, event: &Event, state: &State) -> Option<TimelineLine> {
    let gist = gist(event, state)?;
    let title_of = |inject: &InjectId| state.inject(inject).map(|(_, inject)| inject.content.title.clone());
    Some(TimelineLine {
        seq,
        at: event.at,
        plan_time: state.clock.plan(event.at),
        kind: kind(&event.fact).to_owned(),
        teams: gist.teams,
        title: gist.title.or_else(|| gist.inject.as_ref().and_then(title_of)),
        inject: gist.inject,
        text: gist.text,
        late_by: gist.due.map(|due| Millis(event.at.since(due).0.max(0))),
    })
}

/// What a line is called, where the name of the fact alone would not say it.
fn kind(fact: &Fact) -> &'static str {
    match fact {
        Fact::InjectSkipped { jumped: true, .. } => "inject_jumped_over",
        Fact::FaultNoted { fault: Fault::Runaway } => "fault_runaway",
        other => other.kind(),
    }
}

fn gist(event: &Event, state: &State) -> Option<Gist> {
    Some(match &event.fact {
        // What was made ready stands in the appendix.
        Fact::Prepared(_)
        | Fact::RoleGranted(_)
        | Fact::RoleRevoked(_)
        | Fact::OrganisationNamed(_)
        | Fact::ScorecardShown(_)
        | Fact::ScoresVetoed(_)
        | Fact::ActionProposed(_)
        | Fact::InjectDelivered { .. }
        | Fact::InjectOpened { .. }
        | Fact::ReceiptsNoted { .. }
        | Fact::TestSent(_)
        | Fact::ReleaseArmed { .. }
        | Fact::ReleaseUndone { .. }
        | Fact::ResponsibleNamed(_)
        | Fact::VariableSet(_)
        | Fact::RequestTaken { .. }
        | Fact::StaffSaid { .. }
        | Fact::HallContactSet { .. }
        | Fact::DelegateNamed(_)
        | Fact::ConsentGiven { .. }
        | Fact::MarkingAssigned(_)
        | Fact::AnswerMarked(_)
        | Fact::MarkWithdrawn { .. }
        | Fact::ActionNoted(_)
        | Fact::AdjustmentProposed(_)
        | Fact::TeamScoreReleased(_)
        | Fact::FeedbackGiven(_)
        | Fact::HotWashAdded(_)
        | Fact::HotWashMoved(_)
        | Fact::HotWashMerged(_)
        | Fact::HotWashWithdrawn(_)
        | Fact::FindingEdited(_)
        | Fact::FindingsOrdered(_)
        | Fact::FindingWithdrawn(_)
        | Fact::SignedOff(_)
        | Fact::CorrectiveActionPut(_)
        | Fact::CorrectiveStateSet(_)
        | Fact::ReportProposed(_)
        | Fact::ReleaseDeclined(_)
        | Fact::ReportReleased(_) => return None,
        Fact::OutageCredited(credited) => {
            let lasted = figures::length(credited.to.since(credited.from));
            Gist { text: Some(format!("{lasted}: {}", credited.reason)), ..of_team(&credited.team) }
        }
        Fact::AnswerModerated(marked) => {
            let reason = marked.mark.feedback.as_ref().and_then(|reason| reason.text()).map(str::to_owned);
            Gist { text: reason, ..about(&marked.inject, [&marked.team]) }
        }
        Fact::ObjectiveRated(rated) => {
            let reason = rated.reason.as_ref().and_then(|reason| reason.text()).unwrap_or_default();
            Gist { text: Some(detail::rated(&rated.objective, rated.rating, reason)), ..of_team(&rated.team) }
        }
        Fact::AdjustmentDecided(decided) => of_team(&decided.team),
        Fact::AppealRaised(raised) => {
            Gist { text: raised.text.text().map(str::to_owned), ..about(&raised.inject, [&raised.team]) }
        }
        Fact::AppealAnswered(answered) => {
            Gist { text: answered.answer.text().map(str::to_owned), ..about(&answered.inject, [&answered.team]) }
        }
        Fact::ExerciseCreated { plan, .. } => Gist { title: Some(plan.title.clone()), ..Gist::default() },
        Fact::ExerciseStarted(_)
        | Fact::MarkingPolicySet(_)
        | Fact::StandingsFrozen { .. }
        | Fact::ScoresReleased { .. }
        | Fact::ExerciseEnded { .. }
        | Fact::OutageNoted { .. }
        | Fact::StartScheduled { .. }
        | Fact::StartUnscheduled
        | Fact::StartHeld { .. }
        | Fact::BreakEnded
        | Fact::FaultNoted { .. }
        | Fact::FitUndone => Gist::default(),
        Fact::RateSet { rate } => saying(format!("\u{d7} {}", figures::points(i64::from(rate.0), "."))),
        Fact::Shifted { by } => saying(change(*by)),
        Fact::PlanFitted { weakened, .. } => {
            let evidence = weakened.iter().map(|lost| detail::weakened(state, lost));
            saying(evidence.collect::<Vec<_>>().join("\n"))
        }
        Fact::ExerciseCancelled { reason } | Fact::PartErased { reason, .. } => {
            Gist { text: Some(reason.clone()), ..Gist::default() }
        }
        Fact::Jumped { team, by } => Gist { text: Some(change(*by)), ..scoped(team.as_ref()) },
        Fact::DeadlineExtended { inject, teams, by, .. } => Gist { text: Some(change(*by)), ..about(inject, teams) },
        Fact::Paused { team, reason } => Gist { text: Some(reason.clone()), ..scoped(team.as_ref()) },
        Fact::Resumed { team } | Fact::Suspended { team, .. } => scoped(team.as_ref()),
        Fact::BreakBegan { title, .. } | Fact::BreakSkipped { title, .. } | Fact::PhaseBegan { title, .. } => {
            Gist { title: Some(title.clone()), ..Gist::default() }
        }
        Fact::InjectReleased { inject, teams, due, content, .. } => {
            Gist { title: Some(content.title.clone()), due: *due, ..about(inject, teams.keys()) }
        }
        Fact::InjectAdded { inject } | Fact::InjectAmended { inject } => {
            Gist { inject: Some(inject.id.clone()), title: Some(inject.content.title.clone()), ..Gist::default() }
        }
        Fact::InjectMissed { inject, teams, due, .. }
        | Fact::InjectProposed { inject, teams, due }
        | Fact::InjectDetained { inject, teams, due } => Gist { due: Some(*due), ..about(inject, teams) },
        Fact::InjectSkipped { inject, teams, reason, .. } => {
            Gist { text: Some(reason.clone()).filter(|reason| !reason.is_empty()), ..about(inject, teams) }
        }
        Fact::InjectHeld { inject, teams, reason }
        | Fact::InjectRecalled { inject, teams, reason }
        | Fact::InjectExcused { inject, teams, reason } => Gist { text: Some(reason.clone()), ..about(inject, teams) },
        Fact::InjectRetimed { inject, teams, plan_time, .. } => {
            Gist { text: Some(figures::story_time(*plan_time)), ..about(inject, teams) }
        }
        Fact::InjectFreed { inject, teams }
        | Fact::InjectResent { inject, teams }
        | Fact::InjectPassedOver { inject, teams }
        | Fact::SilenceNoted { inject, teams, .. }
        | Fact::AnswerClosed { inject, teams } => about(inject, teams),
        Fact::FlagSet { flag, teams, .. } => {
            Gist { text: Some(flag.to_string()), teams: teams.iter().cloned().collect(), ..Gist::default() }
        }
        Fact::LinkCut { teams, .. } | Fact::LinkRestored { teams, .. } => {
            Gist { teams: teams.iter().cloned().collect(), ..Gist::default() }
        }
        Fact::TeamAdded { team, .. } | Fact::TeamLost { team } | Fact::TeamBack { team } => of_team(team),
        Fact::HintOpened(HintOpened { inject, team, price_permille, text, .. }) => {
            let hint = text.get(&language_of(state, team));
            Gist { text: Some(detail::priced(*price_permille, hint)), ..about(inject, [team]) }
        }
        Fact::RequestAnswered { team, text, inject, .. } => {
            let text = text.as_ref().and_then(|text| text.text()).map(str::to_owned);
            Gist { inject: inject.clone(), text, ..of_team(team) }
        }
        Fact::PeerSent { from, to, text, inject, .. } => Gist {
            teams: std::iter::once(from).chain(to.keys()).cloned().collect(),
            inject: inject.clone(),
            text: Some(detail::told(state, from, to.keys(), text.text())),
            ..Gist::default()
        },
        Fact::ObservationNoted(ObservationNoted { text, team, inject, polarity, .. }) => {
            let text = text.text().map(|text| detail::weighed(*polarity, text));
            Gist { inject: inject.clone(), text, ..scoped(team.as_ref()) }
        }
        Fact::NoDuffDecided(NoDuffDecided { team, note, .. }) => {
            Gist { text: note.text().map(str::to_owned), ..scoped(team.as_ref()) }
        }
        Fact::MessageSent { team, title, .. } => Gist { title: Some(title.clone()), ..scoped(team.as_ref()) },
        Fact::InjectAcknowledged { inject, team, by_hand, .. }
        | Fact::ResponseSubmitted { inject, team, by_hand, .. } => {
            Gist { text: by_hand.as_ref().map(detail::by_hand), ..about(inject, [team]) }
        }
        Fact::LogWritten { team, text, inject, .. } | Fact::InformationAsked { team, text, inject, .. } => {
            Gist { inject: inject.clone(), text: text.text().map(str::to_owned), ..of_team(team) }
        }
        Fact::FileTaken(FileTaken { team, name, .. }) => Gist { text: name.text().map(str::to_owned), ..of_team(team) },
        Fact::Said { team, text, .. } => Gist { text: text.text().map(str::to_owned), ..of_team(team) },
        // The number to call back is personal and serves nobody afterwards.
        Fact::NoDuffRaised { team, text, .. } => Gist { text: text.text().map(str::to_owned), ..scoped(team.as_ref()) },
        Fact::SuspensionLifted { team, decision, .. } => {
            Gist { text: decision.text().map(str::to_owned), ..scoped(team.as_ref()) }
        }
    })
}

fn saying(text: String) -> Gist {
    Gist { text: (!text.is_empty()).then_some(text), ..Gist::default() }
}

fn of_team(team: &TeamId) -> Gist {
    Gist { teams: vec![team.clone()], ..Gist::default() }
}

fn scoped(team: Option<&TeamId>) -> Gist {
    Gist { teams: team.cloned().into_iter().collect(), ..Gist::default() }
}

fn about<'a>(inject: &InjectId, teams: impl IntoIterator<Item = &'a TeamId>) -> Gist {
    Gist { inject: Some(inject.clone()), teams: teams.into_iter().cloned().collect(), ..Gist::default() }
}
