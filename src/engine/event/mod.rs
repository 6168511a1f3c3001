//! What happened. Events are facts in the past tense; state is a fold of them and nothing else.
//!
//! An event holds everything that its frames show, so a frame never depends on state.

mod after_action;
mod answer;
mod detail;
mod fact;
mod kind;
mod mark;
mod prepare;
mod people;

pub use after_action::{
    CapabilityElement, CorrectiveActionPut, CorrectiveState, CorrectiveStateSet, CostBand, Draft, FeedbackGiven,
    FindingEdited, FindingKind, FindingWithdrawn, FindingsOrdered, HotWashAdded, HotWashMerged, HotWashMoved,
    HotWashWithdrawn, ReleaseDeclined, ReportProposed, ReportVersion, Scope, SignedOff, Urgency,
};
pub use answer::{Answer, ByHand, Overlap, Verdict};
pub use detail::{
    Calls, DuffVerdict, EntryKind, Event, Fault, FileTaken, FittedCourse, FittedLine, HintOpened, NoDuffDecided,
    ObservationNoted, Polarity, Receipt, ReleaseCause, ResponsibleNamed, StaffTalk, StartHeld, TestSent, VariableSet,
    Weakened,
};
pub use fact::Fact;
pub use mark::{
    ActionNoted, ActionStatus, AdjustmentDecided, AdjustmentProposed, AnswerMarked, AppealAnswered, AppealRaised,
    Copied, DelegateNamed, Marked, MarkingAssigned, MarkingPolicySet, ObjectiveRated, OutageCredited, Rating,
    TeamScoreReleased,
};
pub use people::{OrganisationNamed, RoleGranted, RoleRevoked, ScorecardShown, ScoresVetoed};
pub use prepare::{Begun, ComcheckRound, Prepared, ReadyLine, ReadyState};
