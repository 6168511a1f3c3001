//! Every act there is.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    AcknowledgeFor, AddTeams, AddToHotWash, AnswerAppeal, AnswerInput, Appeal, ApproveRelease, AssignMarking, Comcheck,
    CreditOutage, DecideAdjustment, DecideNoDuff, DeclineRelease, DeliverFor, EditFinding, GiveFeedback, GrantRole,
    HandOverLead, LiftSuspension, Mark, MergeInHotWash, Moderate, MoveInHotWash, NameDelegate, NameOrganisation,
    NoteAction, Observe, OrderFindings, Passed, ProposeAdjustment, ProposeRelease, PutCorrectiveAction, RateObjective,
    RemoveMember, RevokeGrant, SetCorrectiveState, SetVariable, ShowScorecard, SignOff, SubmitFor, TickReady,
    VetoScores, WithdrawFinding, WithdrawFromHotWash,
};
use crate::engine::{
    event::{EntryKind, StaffTalk},
    id::{AliasId, BreakId, CohortId, FieldId, FlagId, HintId, InjectId, ItemId, PartId, PersonId, PersonaId, TeamId},
    plan::{Inject, MarkingPolicy, Tlp},
    text::{Language, Text},
    time::{Millis, Timestamp},
};

/// What a person may ask for. This is the wire form: the socket and REST take it as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    /// Adds a team.
    AddTeam {
        /// Its id.
        team: TeamId,
        /// Its name as shown.
        name: String,
        /// The language it works in.
        language: Language,
        /// Its cohort; without one it joins the smallest.
        cohort: Option<CohortId>,
        /// Its alias in the directory; without one it takes the first that is free.
        #[serde(default)]
        alias: Option<AliasId>,
    },
    /// Adds teams: all of them, or none.
    AddTeams(AddTeams),
    /// Begins a comcheck, or ends it.
    Comcheck(Comcheck),
    /// Ticks a line of the go/no-go list.
    TickReady(TickReady),
    /// Gives a person who is in the exercise a role, in place of the one before.
    GrantRole(GrantRole),
    /// Takes a person's role away.
    RevokeGrant(RevokeGrant),
    /// Takes a player out of one's team.
    RemoveMember(RemoveMember),
    /// Makes a player the lead of the team.
    HandOverLead(HandOverLead),
    /// Says whose a team is.
    NameOrganisation(NameOrganisation),
    /// Starts the exercise (`StartEx`).
    StartEx,
    /// Arms the start: `StartEx` is given by itself at this time, never into an empty hall.
    ScheduleStart {
        /// When, in wall time.
        at: Timestamp,
        /// Name of the time zone it was given in.
        zone: String,
    },
    /// Takes the armed start back.
    UnscheduleStart,
    /// Calls the exercise off.
    Cancel {
        /// Why.
        reason: String,
    },
    /// Changes how fast time runs.
    SetRate {
        /// Exercise time in permille of wall time: 1000 is real time.
        permille: i64,
    },
    /// Brings a team that is behind to where the exercise stands.
    Realign {
        /// Which.
        team: TeamId,
        /// What becomes of what it has not had.
        passed: Passed,
    },
    /// Goes on to a later plan time.
    Jump {
        /// Plan time; without it that of the next inject.
        to: Option<Millis>,
        /// What becomes of what lies between.
        passed: Passed,
    },
    /// Lets everything not yet sent fall due later, or earlier.
    Shift {
        /// How much later; less than nought is earlier.
        by: Millis,
    },
    /// Fits what is left of the plan to another end.
    FitToEnd {
        /// Wall time of the end.
        end: Timestamp,
        /// What must not be dropped.
        #[serde(default)]
        keep: BTreeSet<InjectId>,
    },
    /// Takes the last fitting back, for what was not sent since.
    UndoFit,
    /// Stops time for everybody or for one team.
    Pause {
        /// Only this team.
        team: Option<TeamId>,
        /// Why.
        reason: String,
    },
    /// Lets time run again for everybody or for one team.
    Resume {
        /// Only this team.
        team: Option<TeamId>,
    },
    /// Leaves a planned break out.
    SkipBreak {
        /// Which.
        #[serde(rename = "break")]
        pause: BreakId,
    },
    /// Cuts a team's line, as play: what would come over it waits.
    CutLink {
        /// Whose.
        team: TeamId,
        /// What the team is told.
        reason: String,
    },
    /// Restores a team's line, whatever cut it.
    RestoreLink {
        /// Whose.
        team: TeamId,
    },
    /// Ends play (`EndEx`). The log goes on.
    EndEx,
    /// Sends an inject now, to all its teams that do not have it or to some of them.
    Release {
        /// Which.
        inject: InjectId,
        /// Only these teams.
        teams: Option<BTreeSet<TeamId>>,
        /// Waits ten seconds, in which it can be undone.
        #[serde(default)]
        grace: bool,
    },
    /// Sends all that waits in the tray, in the order in which it fell due.
    ReleaseMissed,
    /// Decides not to send anything that waits in the tray.
    SkipMissed {
        /// Why.
        reason: String,
    },
    /// Decides not to send an inject, to all its teams that do not have it or to some of them.
    Skip {
        /// Which.
        inject: InjectId,
        /// Only these teams.
        teams: Option<BTreeSet<TeamId>>,
        /// Why.
        reason: String,
    },
    /// Gives an inject another plan time, for all its teams that do not have it or for some of them.
    Retime {
        /// Which.
        inject: InjectId,
        /// Only these teams.
        teams: Option<BTreeSet<TeamId>>,
        /// New plan time, after now.
        at: Millis,
    },
    /// Keeps an inject from going out by itself.
    Hold {
        /// Which.
        inject: InjectId,
        /// Only these teams.
        teams: Option<BTreeSet<TeamId>>,
        /// Why.
        reason: String,
    },
    /// Lets a held inject go out again.
    Free {
        /// Which.
        inject: InjectId,
        /// Only these teams.
        teams: Option<BTreeSet<TeamId>>,
    },
    /// Takes a release back while it has not gone out.
    UndoRelease {
        /// Which.
        inject: InjectId,
        /// Only these teams.
        #[serde(default)]
        teams: Option<BTreeSet<TeamId>>,
    },
    /// Tells teams that an inject was sent by mistake.
    Recall {
        /// Which.
        inject: InjectId,
        /// Only these teams.
        teams: Option<BTreeSet<TeamId>>,
        /// Why.
        reason: String,
    },
    /// Changes an inject that nobody has received.
    Amend {
        /// All of it, as it is to be.
        inject: Box<Inject>,
    },
    /// Adds an inject that is not in the plan.
    AddInject {
        /// All of it; its id is new.
        inject: Box<Inject>,
        /// Sends it in ten seconds, in which that can be undone.
        #[serde(default)]
        release: bool,
    },
    /// Shows an inject to teams again that have it.
    Resend {
        /// Which.
        inject: InjectId,
        /// Only these teams.
        teams: Option<BTreeSet<TeamId>>,
    },
    /// Lets teams leave an inject unanswered.
    Excuse {
        /// Which.
        inject: InjectId,
        /// Only these teams.
        teams: Option<BTreeSet<TeamId>>,
        /// Why.
        reason: String,
    },
    /// Gives teams longer for an inject.
    Extend {
        /// Which.
        inject: InjectId,
        /// Only these teams.
        teams: Option<BTreeSet<TeamId>>,
        /// How much longer, in active time.
        by: Millis,
    },
    /// Names the controller who answers for an inject.
    NameResponsible {
        /// Which.
        inject: InjectId,
        /// Who.
        person: PersonId,
    },
    /// Shows an inject to oneself as a team would get it.
    SendTest {
        /// Which.
        inject: InjectId,
        /// In the words for this team.
        team: Option<TeamId>,
    },
    /// Enters an answer that came by phone or on paper.
    SubmitFor(SubmitFor),
    /// Enters an acknowledgement that came by phone or on paper.
    AcknowledgeFor(AcknowledgeFor),
    /// Sets a flag of teams, or clears it.
    SetFlag {
        /// Which.
        flag: FlagId,
        /// Only these teams.
        teams: Option<BTreeSet<TeamId>>,
        /// Whether it holds.
        value: bool,
    },
    /// Gives a team another word for a variable.
    SetVariable(SetVariable),
    /// Opens a hint for the person's team, at its price.
    OpenHint {
        /// Of which inject.
        inject: InjectId,
        /// Which.
        hint: HintId,
    },
    /// Asks control for information.
    AskInformation {
        /// What.
        text: String,
        /// The inject it belongs to.
        inject: Option<InjectId>,
    },
    /// Takes a request for information on oneself.
    TakeRequest {
        /// Which.
        item: ItemId,
    },
    /// Answers a request for information, in words, with a prepared inject, or with both.
    AnswerRequest {
        /// Which.
        item: ItemId,
        /// In words.
        text: Option<String>,
        /// With this inject.
        inject: Option<InjectId>,
    },
    /// Sends a message that is not in the plan.
    SendMessage {
        /// Only to this team; without it to everybody.
        team: Option<TeamId>,
        /// Subject.
        title: Text,
        /// Message, Markdown.
        body: Text,
        /// In the voice of this simulated sender.
        #[serde(default)]
        persona: Option<PersonaId>,
    },
    /// Notes that an inject reached the person's device.
    NoteDelivered {
        /// Which.
        inject: InjectId,
    },
    /// Notes that the person opened an inject.
    NoteOpened {
        /// Which.
        inject: InjectId,
    },
    /// Acknowledges an inject for the person's team.
    Acknowledge {
        /// Which.
        inject: InjectId,
    },
    /// Sends the official answer of the person's team, or a revision of it.
    Submit {
        /// To which inject.
        inject: InjectId,
        /// The answer, field by field.
        answers: BTreeMap<FieldId, AnswerInput>,
        /// When it was written, as the client claims; kept for people, never for rules.
        composed_at: Option<Timestamp>,
    },
    /// Writes into the team's log.
    WriteLog {
        /// What.
        text: String,
        /// When it happened, if not now.
        happened_at: Option<Timestamp>,
        /// The inject it belongs to.
        inject: Option<InjectId>,
        /// What kind of entry it is.
        #[serde(default)]
        kind: EntryKind,
        /// How it may be passed on.
        #[serde(default)]
        tlp: Option<Tlp>,
        /// The entry that it corrects.
        #[serde(default)]
        corrects: Option<ItemId>,
    },
    /// Writes into the thread between a team and control.
    Say {
        /// Which team's thread; a team's own people may leave it out.
        team: Option<TeamId>,
        /// What.
        text: String,
        /// In the voice of this simulated sender, or to it.
        #[serde(default)]
        persona: Option<PersonaId>,
    },
    /// Writes to those who run the exercise.
    SayToStaff {
        /// What.
        text: String,
        /// A line of talk, or a note for the next shift.
        #[serde(default)]
        kind: StaffTalk,
    },
    /// Writes to other teams by their aliases.
    WriteToPeers {
        /// To whom.
        to: BTreeSet<AliasId>,
        /// What.
        text: String,
        /// How it may be passed on.
        tlp: Tlp,
        /// The inject it belongs to.
        inject: Option<InjectId>,
    },
    /// Notes what was seen, for the evaluation.
    Observe(Observe),
    /// Raises NO DUFF: something real has happened.
    RaiseNoDuff {
        /// What happened.
        text: String,
        /// Number to call back.
        call_back: String,
    },
    /// Decides on a call of NO DUFF.
    DecideNoDuff(DecideNoDuff),
    /// Says how to reach control for real: the number and place of the hall itself, never one of the story.
    SetHallContact {
        /// In words and figures, as it is to be read.
        text: String,
    },
    /// Lifts a suspension by a written decision.
    LiftSuspension(LiftSuspension),
    /// Notes that an inject was read to a team over the phone: it counts as delivered.
    DeliverFor(DeliverFor),
    /// Lets a person of one's team send its official answers, or no longer.
    NameDelegate(NameDelegate),
    /// Says whether one's team may be named where standings are shown.
    GiveConsent {
        /// Whether it may.
        named: bool,
    },
    /// Says whether the players of one's team may read its scorecard.
    ShowScorecard(ShowScorecard),
    /// Gives a team back the time in which its line had failed.
    CreditOutage(CreditOutage),
    /// Says how carefully answers are marked.
    SetMarkingPolicy {
        /// How.
        policy: MarkingPolicy,
    },
    /// Says what an evaluator is to mark.
    AssignMarking(AssignMarking),
    /// Gives levels to the official answer of a team.
    Mark(Mark),
    /// Takes one's own mark back.
    WithdrawMark {
        /// Whose answer.
        team: TeamId,
        /// To which inject.
        inject: InjectId,
    },
    /// Decides on the levels of an answer, whatever its marks say.
    Moderate(Moderate),
    /// Notes what became of an expected action.
    NoteAction(NoteAction),
    /// Tells those who note actions what became of one.
    ProposeAction(NoteAction),
    /// Confirms the suggested rating of an objective, or gives another one with a reason.
    RateObjective(RateObjective),
    /// Proposes to move a team's score a little; a second person decides.
    ProposeAdjustment(ProposeAdjustment),
    /// Decides on a proposed adjustment.
    DecideAdjustment(DecideAdjustment),
    /// Keeps scores from being released; without a reason no longer.
    VetoScores(VetoScores),
    /// Releases scores and feedback to the teams.
    ReleaseScores {
        /// Also where marks are missing: those injects are left out.
        #[serde(default)]
        unfinished: bool,
    },
    /// Asks that the marks of one's team in an inject be looked at again.
    Appeal(Appeal),
    /// Answers an appeal in writing.
    AnswerAppeal(AnswerAppeal),
    /// Fills in the feedback form.
    GiveFeedback(GiveFeedback),
    /// Puts a note on the board of the hot wash.
    AddToHotWash(AddToHotWash),
    /// Puts a note of the hot wash elsewhere, hides it or shows it again.
    MoveInHotWash(MoveInHotWash),
    /// Puts a note of the hot wash under another one, or alone again.
    MergeInHotWash(MergeInHotWash),
    /// Takes one's own note from the board of the hot wash.
    WithdrawFromHotWash(WithdrawFromHotWash),
    /// Writes a strength or an area of the report.
    EditFinding(Box<EditFinding>),
    /// Puts findings into an order.
    OrderFindings(OrderFindings),
    /// Takes a finding out of the report.
    WithdrawFinding(WithdrawFinding),
    /// Says that findings are as they shall go out.
    SignOff(SignOff),
    /// Puts a corrective action into the improvement plan.
    PutCorrectiveAction(Box<PutCorrectiveAction>),
    /// Says where a corrective action stands.
    SetCorrectiveState(SetCorrectiveState),
    /// Proposes to release a report.
    ProposeRelease(ProposeRelease),
    /// Approves, as a second person, what somebody proposed to release.
    ApproveRelease(ApproveRelease),
    /// Says that what somebody proposed to release shall not go out.
    DeclineRelease(DeclineRelease),
    /// Erases a piece of text that somebody wrote, for data protection.
    ErasePart {
        /// Which.
        part: PartId,
        /// Why.
        reason: String,
    },
}
