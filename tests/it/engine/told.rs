//! Facts told in a line each, so that a test can name what happened.

use std::collections::BTreeSet;

use drillhall::engine::{
    event::{
        Fact, FileTaken, FindingWithdrawn, HintOpened, NoDuffDecided, ObservationNoted, Prepared, ReleaseCause,
        ResponsibleNamed, SignedOff, TestSent, VariableSet,
    },
    id::{FindingId, InjectId, TeamId},
    prose::Prose,
    time::Millis,
};

fn prepared_told(prepared: &Prepared) -> String {
    match prepared {
        Prepared::ComcheckSent { round, injects, teams } => {
            format!("comcheck {round}: {} messages to {}", injects.len(), list(teams))
        }
        Prepared::ComcheckAcknowledged { inject, team } => format!("{team} acknowledges {inject}"),
        Prepared::ComcheckAnswered { inject, team, .. } => format!("{team} answers {inject}"),
        Prepared::ComcheckEnded(round) => format!("comcheck {} over", round.round),
        Prepared::ReadyTicked { line, done, .. } => format!("{line:?} ticked: {done}"),
        Prepared::ReadySigned { lines, .. } => {
            format!("list signed, {} of {} go", lines.iter().filter(|line| line.go).count(), lines.len())
        }
    }
}

/// What happened, in the words of the tests.
pub(super) fn told(fact: &Fact) -> String {
    match fact {
        Fact::ExerciseCreated { .. } => "created".to_owned(),
        Fact::TeamAdded { team, cohort, .. } => {
            format!("{team} joins {}", cohort.as_ref().map_or("no cohort", |cohort| cohort.as_str()))
        }
        Fact::RoleGranted(granted) => {
            format!("{} becomes {:?}{}", granted.person, granted.role, of(granted.team.as_ref()))
        }
        Fact::RoleRevoked(revoked) => format!("{} leaves{}", revoked.person, of(revoked.team.as_ref())),
        Fact::OrganisationNamed(named) => format!("{} is of {:?}", named.team, named.organisation),
        Fact::ScorecardShown(shown) => format!("players of {} read its scorecard: {}", shown.team, shown.shown),
        Fact::ScoresVetoed(vetoed) => format!("scores vetoed: {}", vetoed.reason.is_some()),
        Fact::ActionProposed(noted) => format!("{} of {} proposed as {:?}", noted.action, noted.team, noted.status),
        Fact::ExerciseStarted(_) => "started".to_owned(),
        Fact::Prepared(prepared) => prepared_told(prepared),
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
                ReleaseCause::Request => "on request",
            };
            format!("{inject} to {} {why}", list(teams.keys()))
        }
        Fact::InjectMissed { inject, teams, .. } => format!("{inject} missed for {}", list(teams)),
        Fact::InjectSkipped { inject, teams, .. } => format!("{inject} skipped for {}", list(teams)),
        Fact::InjectRetimed { inject, teams, plan_time, .. } => {
            format!("{inject} retimed to {} s for {}", plan_time.0 / 1000, list(teams))
        }
        Fact::DelegateNamed(named) => format!("{} may submit: {}", named.person, named.may_submit),
        Fact::ConsentGiven { team, named } => format!("{team} may be named: {named}"),
        Fact::MarkingPolicySet(set) => format!("marking is {:?}", set.policy),
        Fact::MarkingAssigned(assigned) => format!("{} is assigned", assigned.person),
        Fact::AdjustmentProposed(proposed) => format!("{} for {} proposed", proposed.milli, proposed.team),
        Fact::AdjustmentDecided(decided) => format!("adjustment of {}: {}", decided.team, decided.accepted),
        Fact::StandingsFrozen { standings } => format!("{} standings frozen", standings.len()),
        Fact::AppealRaised(raised) => format!("{} appeals {}", raised.team, raised.inject),
        Fact::AppealAnswered(answered) => format!("appeal of {} answered", answered.team),
        Fact::AnswerMarked(marked) => format!("{} of {} marked", marked.inject, marked.team),
        Fact::MarkWithdrawn { team, inject } => format!("{inject} of {team} no longer marked"),
        Fact::AnswerModerated(marked) => format!("{} of {} moderated", marked.inject, marked.team),
        Fact::ActionNoted(noted) => format!("{} of {} {:?}", noted.action, noted.team, noted.status),
        Fact::ObjectiveRated(rated) => format!("{} of {} rated {:?}", rated.objective, rated.team, rated.rating),
        Fact::TeamScoreReleased(released) => format!("score of {} released", released.team),
        Fact::ScoresReleased { .. } => "scores released".to_owned(),
        Fact::OutageCredited(credited) => {
            let credit = |(inject, credit): (&InjectId, &Millis)| format!("{inject} {} s", credit.0 / 1000);
            let credits: Vec<String> = credited.credits.iter().map(credit).collect();
            format!("outage of {} credited: {}", credited.team, credits.join(", "))
        }
        Fact::AnswerClosed { inject, teams } => format!("{inject} closed for {}", list(teams)),
        Fact::MessageSent { team, .. } => format!("message{}", of(team.as_ref())),
        Fact::InjectDelivered { inject, team, .. } => format!("{inject} delivered of {team}"),
        Fact::InjectOpened { inject, team } => format!("{inject} opened of {team}"),
        Fact::InjectAcknowledged { inject, team, by_hand } => {
            format!("{inject} acknowledged of {team}{}", if by_hand.is_some() { ", by hand" } else { "" })
        }
        Fact::ResponseSubmitted { inject, team, revision, taken, late, by_hand, .. } => {
            format!(
                "{inject} answer {revision} of {team} after {} s{}{}",
                taken.0 / 1000,
                if *late { ", late" } else { "" },
                if by_hand.is_some() { ", by hand" } else { "" }
            )
        }
        Fact::LogWritten { team, text, .. } => format!("log of {team}: {}", words(text)),
        Fact::Said { team, text, from_control, .. } => {
            let who = if *from_control { "control" } else { "team" };
            format!("{who} in thread of {team}: {}", words(text))
        }
        Fact::NoDuffRaised { team, text, .. } => format!("no duff{}: {}", of(team.as_ref()), words(text)),
        Fact::Suspended { team, .. } => format!("suspended{}", of(team.as_ref())),
        Fact::SuspensionLifted { team, decision, .. } => format!("lifted{}: {}", of(team.as_ref()), words(decision)),
        Fact::OutageNoted { from, to } => format!("outage of {} s", to.since(*from).0 / 1000),
        Fact::FaultNoted { .. } => "fault".to_owned(),
        Fact::PartErased { .. } => "erased".to_owned(),
        Fact::StartScheduled { .. } => "start scheduled".to_owned(),
        Fact::StartUnscheduled => "start unscheduled".to_owned(),
        Fact::StartHeld { reason, .. } => format!("start held: {reason:?}"),
        Fact::ExerciseCancelled { .. } => "cancelled".to_owned(),
        Fact::RateSet { rate } => format!("rate {}", rate.0),
        Fact::Jumped { team, by } => format!("jumped {} s{}", by.0 / 1000, of(team.as_ref())),
        Fact::Shifted { by } => format!("shifted {} s", by.0 / 1000),
        Fact::BreakBegan { pause, .. } => format!("break {pause}"),
        Fact::BreakSkipped { pause, .. } => format!("break {pause} left out"),
        Fact::BreakEnded => "break over".to_owned(),
        Fact::PlanFitted { dropped, retimed, .. } => {
            format!("fitted: {} dropped, {} retimed", dropped.len(), retimed.len())
        }
        Fact::FitUndone => "fit undone".to_owned(),
        Fact::InjectAdded { inject } => format!("{} added", inject.id),
        Fact::InjectAmended { inject } => format!("{} amended", inject.id),
        Fact::InjectHeld { inject, teams, .. } => format!("{inject} held for {}", list(teams)),
        Fact::InjectFreed { inject, teams } => format!("{inject} freed for {}", list(teams)),
        Fact::ReleaseArmed { inject, teams, .. } => format!("{inject} armed for {}", list(teams)),
        Fact::ReleaseUndone { inject, teams } => format!("{inject} undone for {}", list(teams)),
        Fact::InjectRecalled { inject, teams, .. } => format!("{inject} recalled for {}", list(teams)),
        Fact::InjectResent { inject, teams } => format!("{inject} resent to {}", list(teams)),
        Fact::InjectExcused { inject, teams, .. } => format!("{inject} excused for {}", list(teams)),
        Fact::DeadlineExtended { inject, teams, deadline, .. } => {
            format!("{inject} extended to {} s for {}", deadline.0 / 1000, list(teams))
        }
        Fact::ResponsibleNamed(ResponsibleNamed { inject, person }) => format!("{inject} is {person}'s"),
        Fact::TestSent(TestSent { inject, .. }) => format!("{inject} tried"),
        Fact::LinkCut { teams, .. } => format!("line cut for {}", list(teams)),
        Fact::LinkRestored { teams, .. } => format!("line restored for {}", list(teams)),
        Fact::InjectDetained { inject, teams, .. } => format!("{inject} detained for {}", list(teams)),
        Fact::InjectPassedOver { inject, teams } => format!("{inject} passed over for {}", list(teams)),
        Fact::InjectProposed { inject, teams, .. } => format!("{inject} proposed for {}", list(teams)),
        Fact::FlagSet { flag, teams, value } => {
            format!("{flag} {} for {}", if *value { "set" } else { "cleared" }, list(teams))
        }
        Fact::SilenceNoted { inject, teams, length } => {
            format!("{} s of silence on {inject} of {}", length.0 / 1000, list(teams))
        }
        Fact::TeamLost { team } => format!("{team} lost"),
        Fact::TeamBack { team } => format!("{team} back"),
        Fact::VariableSet(VariableSet { variable, team, .. }) => format!("{variable} set for {team}"),
        Fact::HintOpened(HintOpened { inject, team, hint, price_permille, .. }) => {
            format!("hint {hint} of {inject} opened by {team} for {price_permille}")
        }
        Fact::FileTaken(FileTaken { team, name, .. }) => format!("file of {team}: {}", words(name)),
        Fact::InformationAsked { team, text, .. } => format!("{team} asks: {}", words(text)),
        Fact::RequestTaken { team, .. } => format!("request of {team} taken"),
        Fact::RequestAnswered { team, text, .. } => {
            format!("request of {team} answered: {}", text.as_ref().map_or("", |text| words(text)))
        }
        Fact::ReceiptsNoted { receipts } => format!("{} receipts", receipts.len()),
        Fact::StaffSaid { text, .. } => format!("staff: {}", words(text)),
        Fact::PeerSent { from, to, text, .. } => format!("{from} to {}: {}", list(to.keys()), words(text)),
        Fact::ObservationNoted(ObservationNoted { text, .. }) => format!("observed: {}", words(text)),
        Fact::NoDuffDecided(NoDuffDecided { verdict, .. }) => format!("decided: {verdict:?}"),
        Fact::FeedbackGiven(given) => {
            format!(
                "feedback on {} questions{}",
                given.answers.len(),
                if given.replaces.is_empty() { "" } else { ", anew" }
            )
        }
        Fact::HotWashAdded(added) => format!("{:?} on the board: {}", added.kind, words(&added.text)),
        Fact::HotWashMoved(moved) => {
            format!("note to {:?}{}", moved.kind, if moved.hidden { ", hidden" } else { "" })
        }
        Fact::HotWashMerged(merged) if merged.into.is_some() => format!("{} notes merged", merged.items.len()),
        Fact::HotWashMerged(_) => "note alone".to_owned(),
        Fact::HotWashWithdrawn(withdrawn) => format!("note withdrawn, {} freed", withdrawn.freed.len()),
        Fact::FindingEdited(edited) => format!("{} of {}: {}", edited.finding, edited.scope, words(&edited.title)),
        Fact::FindingsOrdered(ordered) => {
            let order: Vec<_> = ordered.order.iter().map(FindingId::as_str).collect();
            format!("order of {}: {}", ordered.scope, order.join(" "))
        }
        Fact::FindingWithdrawn(FindingWithdrawn { finding, scope }) => format!("{finding} of {scope} withdrawn"),
        Fact::SignedOff(SignedOff { scope }) => format!("{scope} signed off"),
        Fact::CorrectiveActionPut(put) => format!("{} of {}: {}", put.action, put.scope, words(&put.text)),
        Fact::CorrectiveStateSet(set) => format!("{} is {:?}", set.action, set.state),
        Fact::ReportProposed(proposed) => {
            format!("{} for {} proposed at {}", proposed.version.name(), list(&proposed.teams), proposed.at_seq)
        }
        Fact::ReleaseDeclined(declined) => format!("release declined: {}", words(&declined.reason)),
        Fact::ReportReleased(released) => {
            format!("{} for {} released at {}", released.version.name(), list(&released.teams), released.at_seq)
        }
        Fact::HallContactSet { text } => format!("hall contact: {}", words(text)),
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
