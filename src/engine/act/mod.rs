//! What people may ask for, as the socket and the routes take it.

mod after_action;
mod answer;
mod by_hand;
mod evaluate;
mod listed;
mod passed;
mod prepare;
mod people;
mod safety;

pub use after_action::{
    AddToHotWash, ApproveRelease, DeclineRelease, EditFinding, GiveFeedback, MergeInHotWash, MoveInHotWash,
    OrderFindings, ProposeRelease, PutCorrectiveAction, SetCorrectiveState, SignOff, WithdrawFinding,
    WithdrawFromHotWash,
};
pub use answer::AnswerInput;
pub use by_hand::{AcknowledgeFor, DeliverFor, SubmitFor};
pub use evaluate::{
    AnswerAppeal, Appeal, AssignMarking, CreditOutage, DecideAdjustment, Mark, Moderate, NameDelegate, NoteAction,
    Observe, ProposeAdjustment, RateObjective,
};
pub use listed::Act;
pub use passed::Passed;
pub use people::{GrantRole, HandOverLead, NameOrganisation, RemoveMember, RevokeGrant, ShowScorecard, VetoScores};
pub use prepare::{AddTeams, Comcheck, NewTeam, SetVariable, TickReady};
pub use safety::{DecideNoDuff, LiftSuspension};
