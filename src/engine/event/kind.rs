//! What holds for every kind of fact: its name in the log, and the free text in it.

use super::{Answer, Fact};
use crate::engine::prose::Prose;

/// The free text in a fact, borrowed one way or the other: every kind of fact is named, so that a new
/// one with text cannot be forgotten.
macro_rules! free_text {
    ($fact:expr, $values:ident, $prose:path, $iter:ident, $all:ident, [$($borrow:tt)+]) => {
        match $fact {
            Self::Prepared(prepared) => prepared.$all(),
            Self::ResponseSubmitted { answers, by_hand, .. } => {
                let caller = by_hand.$iter().map(|by_hand| $($borrow)+ by_hand.caller);
                answers.$values().filter_map($prose).chain(caller).collect()
            }
            Self::InjectAcknowledged { by_hand, .. } | Self::InjectDelivered { by_hand, .. } => {
                by_hand.$iter().map(|by_hand| $($borrow)+ by_hand.caller).collect()
            }
            Self::LogWritten { text, .. }
            | Self::Said { text, .. }
            | Self::StaffSaid { text, .. }
            | Self::PeerSent { text, .. }
            | Self::HallContactSet { text }
            | Self::InformationAsked { text, .. } => vec![text],
            Self::FileTaken(taken) => vec![$($borrow)+ taken.name],
            Self::RequestAnswered { text, .. } => text.$iter().collect(),
            Self::NoDuffRaised { text, call_back, .. } => vec![text, call_back],
            Self::NoDuffDecided(decided) => vec![$($borrow)+ decided.note],
            Self::ObservationNoted(noted) => vec![$($borrow)+ noted.text],
            Self::SuspensionLifted { decision, .. } => vec![decision],
            Self::AnswerMarked(marked) | Self::AnswerModerated(marked) => marked.mark.feedback.$iter().collect(),
            Self::ActionNoted(noted) | Self::ActionProposed(noted) => noted.evidence.$iter().collect(),
            Self::ObjectiveRated(rated) => rated.reason.$iter().collect(),
            Self::AdjustmentProposed(proposed) => vec![$($borrow)+ proposed.reason],
            Self::TeamScoreReleased(released) => {
                released.feedback.$values().flatten().map(|copied| $($borrow)+ copied.text).collect()
            },
            Self::AppealRaised(raised) => vec![$($borrow)+ raised.text],
            Self::AppealAnswered(answered) => vec![$($borrow)+ answered.answer],
            Self::FeedbackGiven(given) => given.answers.$values().filter_map($prose).collect(),
            Self::HotWashAdded(added) => vec![$($borrow)+ added.text],
            Self::HotWashMoved(moved) => moved.text.$iter().map(|copied| $($borrow)+ copied.text).collect(),
            Self::FindingEdited(edited) => {
                let (title, observation) = ($($borrow)+ edited.title, $($borrow)+ edited.observation);
                let others = edited.reference.$iter().chain(edited.analysis.$iter());
                [title, observation].into_iter().chain(others).collect()
            }
            Self::CorrectiveActionPut(put) => {
                let others = put.owner.$iter().chain(put.contact.$iter()).chain(put.evidence.$iter());
                std::iter::once($($borrow)+ put.text).chain(others).collect()
            }
            Self::CorrectiveStateSet(set) => set.note.$iter().collect(),
            Self::ReleaseDeclined(declined) => vec![$($borrow)+ declined.reason],
            Self::ExerciseCreated { .. }
            | Self::TeamAdded { .. }
            | Self::RoleGranted(_)
            | Self::RoleRevoked(_)
            | Self::OrganisationNamed(_)
            | Self::ScorecardShown(_)
            | Self::ScoresVetoed(_)
            | Self::ExerciseStarted(_)
            | Self::StartScheduled { .. }
            | Self::StartUnscheduled
            | Self::StartHeld { .. }
            | Self::ExerciseCancelled { .. }
            | Self::RateSet { .. }
            | Self::Jumped { .. }
            | Self::Shifted { .. }
            | Self::BreakBegan { .. }
            | Self::BreakSkipped { .. }
            | Self::BreakEnded
            | Self::PlanFitted { .. }
            | Self::FitUndone
            | Self::Paused { .. }
            | Self::Resumed { .. }
            | Self::ExerciseEnded { .. }
            | Self::PhaseBegan { .. }
            | Self::InjectReleased { .. }
            | Self::InjectAdded { .. }
            | Self::InjectAmended { .. }
            | Self::InjectHeld { .. }
            | Self::InjectFreed { .. }
            | Self::ReleaseArmed { .. }
            | Self::ReleaseUndone { .. }
            | Self::InjectRecalled { .. }
            | Self::InjectResent { .. }
            | Self::InjectExcused { .. }
            | Self::DeadlineExtended { .. }
            | Self::ResponsibleNamed(_)
            | Self::TestSent(_)
            | Self::LinkCut { .. }
            | Self::LinkRestored { .. }
            | Self::InjectDetained { .. }
            | Self::InjectPassedOver { .. }
            | Self::InjectProposed { .. }
            | Self::FlagSet { .. }
            | Self::SilenceNoted { .. }
            | Self::TeamLost { .. }
            | Self::TeamBack { .. }
            | Self::VariableSet(_)
            | Self::HintOpened(_)
            | Self::RequestTaken { .. }
            | Self::InjectMissed { .. }
            | Self::InjectSkipped { .. }
            | Self::InjectRetimed { .. }
            | Self::AnswerClosed { .. }
            | Self::MessageSent { .. }
            | Self::DelegateNamed(_)
            | Self::ConsentGiven { .. }
            | Self::OutageCredited(_)
            | Self::MarkingPolicySet(_)
            | Self::MarkingAssigned(_)
            | Self::MarkWithdrawn { .. }
            | Self::AdjustmentDecided(_)
            | Self::StandingsFrozen { .. }
            | Self::ScoresReleased { .. }
            | Self::InjectOpened { .. }
            | Self::ReceiptsNoted { .. }
            | Self::Suspended { .. }
            | Self::OutageNoted { .. }
            | Self::FaultNoted { .. }
            | Self::HotWashMerged(_)
            | Self::HotWashWithdrawn(_)
            | Self::FindingsOrdered(_)
            | Self::FindingWithdrawn(_)
            | Self::SignedOff(_)
            | Self::ReportProposed(_)
            | Self::ReportReleased(_)
            | Self::PartErased { .. } => Vec::new(),
        }
    };
}

impl Fact {
    /// Every piece of free text in it, for storing, joining and erasing parts.
    pub fn prose_mut(&mut self) -> Vec<&mut Prose> {
        free_text!(self, values_mut, Answer::prose_mut, iter_mut, prose_mut, [&mut])
    }

    /// Every piece of free text in it.
    #[must_use]
    pub fn prose(&self) -> Vec<&Prose> {
        free_text!(self, values, Answer::prose, iter, prose, [&])
    }

    /// Whether whoever did it wanted to be named nowhere.
    #[must_use]
    pub fn is_anonymous(&self) -> bool {
        matches!(self, Self::HotWashAdded(added) if added.anonymous)
    }

    /// Name of the fact as the log stores it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::ExerciseCreated { .. } => "exercise_created",
            Self::TeamAdded { .. } => "team_added",
            Self::RoleGranted(_) => "role_granted",
            Self::RoleRevoked(_) => "role_revoked",
            Self::OrganisationNamed(_) => "organisation_named",
            Self::ScorecardShown(_) => "scorecard_shown",
            Self::ScoresVetoed(_) => "scores_vetoed",
            Self::ActionProposed(_) => "action_proposed",
            Self::ExerciseStarted(_) => "exercise_started",
            Self::Prepared(_) => "prepared",
            Self::StartScheduled { .. } => "start_scheduled",
            Self::StartUnscheduled => "start_unscheduled",
            Self::StartHeld { .. } => "start_held",
            Self::ExerciseCancelled { .. } => "exercise_cancelled",
            Self::RateSet { .. } => "rate_set",
            Self::Jumped { .. } => "jumped",
            Self::Shifted { .. } => "shifted",
            Self::BreakBegan { .. } => "break_began",
            Self::BreakSkipped { .. } => "break_skipped",
            Self::BreakEnded => "break_ended",
            Self::PlanFitted { .. } => "plan_fitted",
            Self::FitUndone => "fit_undone",
            Self::Paused { .. } => "paused",
            Self::Resumed { .. } => "resumed",
            Self::ExerciseEnded { .. } => "exercise_ended",
            Self::PhaseBegan { .. } => "phase_began",
            Self::InjectReleased { .. } => "inject_released",
            Self::InjectAdded { .. } => "inject_added",
            Self::InjectAmended { .. } => "inject_amended",
            Self::InjectHeld { .. } => "inject_held",
            Self::InjectFreed { .. } => "inject_freed",
            Self::ReleaseArmed { .. } => "release_armed",
            Self::ReleaseUndone { .. } => "release_undone",
            Self::InjectRecalled { .. } => "inject_recalled",
            Self::InjectResent { .. } => "inject_resent",
            Self::InjectExcused { .. } => "inject_excused",
            Self::DeadlineExtended { .. } => "deadline_extended",
            Self::ResponsibleNamed(_) => "responsible_named",
            Self::TestSent(_) => "test_sent",
            Self::LinkCut { .. } => "link_cut",
            Self::LinkRestored { .. } => "link_restored",
            Self::InjectDetained { .. } => "inject_detained",
            Self::InjectPassedOver { .. } => "inject_passed_over",
            Self::InjectProposed { .. } => "inject_proposed",
            Self::FlagSet { .. } => "flag_set",
            Self::SilenceNoted { .. } => "silence_noted",
            Self::TeamLost { .. } => "team_lost",
            Self::TeamBack { .. } => "team_back",
            Self::VariableSet(_) => "variable_set",
            Self::HintOpened(_) => "hint_opened",
            Self::InformationAsked { .. } => "information_asked",
            Self::RequestTaken { .. } => "request_taken",
            Self::RequestAnswered { .. } => "request_answered",
            Self::InjectMissed { .. } => "inject_missed",
            Self::InjectSkipped { .. } => "inject_skipped",
            Self::InjectRetimed { .. } => "inject_retimed",
            Self::AnswerClosed { .. } => "answer_closed",
            Self::MessageSent { .. } => "message_sent",
            Self::InjectDelivered { .. } => "inject_delivered",
            Self::InjectOpened { .. } => "inject_opened",
            Self::InjectAcknowledged { .. } => "inject_acknowledged",
            Self::ReceiptsNoted { .. } => "receipts_noted",
            Self::ResponseSubmitted { .. } => "response_submitted",
            Self::LogWritten { .. } => "log_written",
            Self::Said { .. } => "said",
            Self::StaffSaid { .. } => "staff_said",
            Self::FileTaken(_) => "file_taken",
            Self::PeerSent { .. } => "peer_sent",
            Self::ObservationNoted(_) => "observation_noted",
            Self::NoDuffRaised { .. } => "no_duff_raised",
            Self::NoDuffDecided(_) => "no_duff_decided",
            Self::HallContactSet { .. } => "hall_contact_set",
            Self::Suspended { .. } => "suspended",
            Self::SuspensionLifted { .. } => "suspension_lifted",
            Self::OutageNoted { .. } => "outage_noted",
            Self::FaultNoted { .. } => "fault_noted",
            Self::PartErased { .. } => "part_erased",
            Self::DelegateNamed(_) => "delegate_named",
            Self::ConsentGiven { .. } => "consent_given",
            Self::OutageCredited(_) => "outage_credited",
            Self::MarkingPolicySet(_) => "marking_policy_set",
            Self::MarkingAssigned(_) => "marking_assigned",
            Self::AnswerMarked(_) => "answer_marked",
            Self::MarkWithdrawn { .. } => "mark_withdrawn",
            Self::AnswerModerated(_) => "answer_moderated",
            Self::ActionNoted(_) => "action_noted",
            Self::ObjectiveRated(_) => "objective_rated",
            Self::AdjustmentProposed(_) => "adjustment_proposed",
            Self::AdjustmentDecided(_) => "adjustment_decided",
            Self::StandingsFrozen { .. } => "standings_frozen",
            Self::TeamScoreReleased(_) => "team_score_released",
            Self::ScoresReleased { .. } => "scores_released",
            Self::AppealRaised(_) => "appeal_raised",
            Self::AppealAnswered(_) => "appeal_answered",
            Self::FeedbackGiven(_) => "feedback_given",
            Self::HotWashAdded(_) => "hot_wash_added",
            Self::HotWashMoved(_) => "hot_wash_moved",
            Self::HotWashMerged(_) => "hot_wash_merged",
            Self::HotWashWithdrawn(_) => "hot_wash_withdrawn",
            Self::FindingEdited(_) => "finding_edited",
            Self::FindingsOrdered(_) => "findings_ordered",
            Self::FindingWithdrawn(_) => "finding_withdrawn",
            Self::SignedOff(_) => "signed_off",
            Self::CorrectiveActionPut(_) => "corrective_action_put",
            Self::CorrectiveStateSet(_) => "corrective_state_set",
            Self::ReportProposed(_) => "report_proposed",
            Self::ReleaseDeclined(_) => "release_declined",
            Self::ReportReleased(_) => "report_released",
        }
    }
}
