//! Every kind of fact there is.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{
    ActionNoted, AdjustmentDecided, AdjustmentProposed, Answer, AnswerMarked, AppealAnswered, AppealRaised, Begun,
    ByHand, Calls, CorrectiveActionPut, CorrectiveStateSet, DelegateNamed, EntryKind, Fault, FeedbackGiven, FileTaken,
    FindingEdited, FindingWithdrawn, FindingsOrdered, FittedCourse, HintOpened, HotWashAdded, HotWashMerged,
    HotWashMoved, HotWashWithdrawn, MarkingAssigned, MarkingPolicySet, NoDuffDecided, ObjectiveRated, ObservationNoted,
    OrganisationNamed, OutageCredited, Prepared, Receipt, ReleaseCause, ReleaseDeclined, ReportProposed,
    ResponsibleNamed, RoleGranted, RoleRevoked, ScorecardShown, ScoresVetoed, SignedOff, StaffTalk, StartHeld,
    TeamScoreReleased, TestSent, VariableSet, Verdict, Weakened,
};
use crate::engine::{
    id::{
        AliasId, AlternativeId, BreakId, CohortId, ExerciseId, FieldId, FlagId, InjectId, ItemId, PartId, PersonId,
        PhaseId, TeamId,
    },
    plan::{Content, Field, Inject, Persona, Plan, Tlp},
    prose::Prose,
    score::Standing,
    text::{Language, Text},
    time::{Millis, Rate, Timestamp},
};

/// What happened. Version 1 of every fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the facts; odd ones are explained")]
pub enum Fact {
    ExerciseCreated {
        exercise: ExerciseId,
        plan: Box<Plan>,
        plan_hash: String,
        rate: Rate,
        /// Whether it is a rehearsal: never to be taken for the drill itself.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        rehearsal: bool,
        /// What code names of teams are made with. Logs of before have none: there the hash of the plan serves.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        marking_salt: Option<String>,
    },
    TeamAdded {
        team: TeamId,
        name: String,
        language: Language,
        cohort: Option<CohortId>,
        /// The entry of the directory under which other teams know it.
        #[serde(default)]
        alias: Option<AliasId>,
    },
    RoleGranted(RoleGranted),
    RoleRevoked(RoleRevoked),
    OrganisationNamed(OrganisationNamed),
    ExerciseStarted(Begun),
    Prepared(Prepared),
    /// A person armed the start.
    StartScheduled {
        at: Timestamp,
        /// Name of the time zone it was given in (`Pacific/Fiji`).
        zone: String,
    },
    StartUnscheduled,
    /// The scheduled start came and did not happen: staff decide.
    StartHeld {
        scheduled: Timestamp,
        reason: StartHeld,
    },
    ExerciseCancelled {
        reason: String,
    },
    RateSet {
        rate: Rate,
    },
    /// The story went on by so much plan time; active time did not.
    Jumped {
        team: Option<TeamId>,
        by: Millis,
    },
    /// Everything not yet sent falls due so much later, or earlier, and so does the planned end.
    Shifted {
        by: Millis,
    },
    BreakBegan {
        title: Text,
        #[serde(rename = "break")]
        pause: BreakId,
        ends_at: Timestamp,
    },
    /// A break will not be made: staff left it out, or a jump passed it.
    BreakSkipped {
        title: Text,
        #[serde(rename = "break")]
        pause: BreakId,
    },
    /// A break is over and time runs again.
    BreakEnded,
    /// What was left of the plan was fitted to another end; one act, which can be undone.
    PlanFitted {
        /// Wall time of the new end.
        end: Timestamp,
        /// Plan time of the new end.
        planned_end: Millis,
        dropped: BTreeSet<InjectId>,
        retimed: BTreeMap<InjectId, Millis>,
        weakened: Vec<Weakened>,
        #[serde(default)]
        course: Box<FittedCourse>,
    },
    FitUndone,
    Paused {
        team: Option<TeamId>,
        reason: String,
    },
    Resumed {
        team: Option<TeamId>,
    },
    ExerciseEnded {
        /// What to ask in the hot wash: shown from now on.
        hot_wash: Vec<Text>,
        /// What the feedback form asks: shown from now on. Logs of before have none.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        feedback: Vec<Field>,
    },
    /// A move began: on the clock of the exercise as a whole, on those of some teams, or both.
    PhaseBegan {
        phase: PhaseId,
        title: Text,
        situation: Text,
        /// The teams whose clocks have come so far.
        teams: BTreeSet<TeamId>,
        /// Whether the clock of the exercise has: staff and the wall go by it.
        for_exercise: bool,
    },
    InjectReleased {
        inject: InjectId,
        /// The teams that got it, and what the active clock of each read then.
        teams: BTreeMap<TeamId, Millis>,
        cause: ReleaseCause,
        /// Who released it, if somebody did.
        #[serde(default)]
        by: Option<PersonId>,
        /// Wall time at which it was due, if it was.
        due: Option<Timestamp>,
        /// Which other words were sent, if they were.
        #[serde(default)]
        alternative: Option<AlternativeId>,
        /// What was sent.
        content: Box<Content>,
    },
    /// An inject was written on the day.
    InjectAdded {
        inject: Box<Inject>,
    },
    /// An inject that nobody has received was changed; this is all of it as it is now.
    InjectAmended {
        inject: Box<Inject>,
    },
    InjectHeld {
        inject: InjectId,
        teams: BTreeSet<TeamId>,
        reason: String,
    },
    InjectFreed {
        inject: InjectId,
        teams: BTreeSet<TeamId>,
    },
    /// Staff released it; until it goes out they can take that back.
    ReleaseArmed {
        inject: InjectId,
        teams: BTreeSet<TeamId>,
        by: Option<PersonId>,
        goes_at: Timestamp,
    },
    ReleaseUndone {
        inject: InjectId,
        teams: BTreeSet<TeamId>,
    },
    /// It was sent by mistake: the teams are told so, and what they answer counts for nothing.
    InjectRecalled {
        inject: InjectId,
        teams: BTreeSet<TeamId>,
        reason: String,
    },
    InjectResent {
        inject: InjectId,
        teams: BTreeSet<TeamId>,
    },
    /// These teams need not answer it.
    InjectExcused {
        inject: InjectId,
        teams: BTreeSet<TeamId>,
        reason: String,
    },
    DeadlineExtended {
        inject: InjectId,
        teams: BTreeSet<TeamId>,
        by: Millis,
        /// The deadline now, in active time after the release.
        deadline: Millis,
        /// Revisions so far that count as in time now.
        #[serde(default)]
        in_time: BTreeMap<TeamId, BTreeSet<u32>>,
    },
    /// A controller answers for an inject.
    ResponsibleNamed(ResponsibleNamed),
    /// Somebody of the staff looks at an inject as a team would; nobody has received it.
    TestSent(TestSent),
    /// The line went down or came back in the play for these teams.
    LinkCut {
        /// Position of the cut in the plan; none if staff cut it.
        #[serde(default)]
        cut: Option<u32>,
        teams: BTreeSet<TeamId>,
        notice: Text,
    },
    LinkRestored {
        #[serde(default)]
        cut: Option<u32>,
        teams: BTreeSet<TeamId>,
    },
    /// It fell due while the line was down, and goes out when it is restored.
    InjectDetained {
        inject: InjectId,
        teams: BTreeSet<TeamId>,
        due: Timestamp,
    },
    /// What had to hold when it fell due did not.
    InjectPassedOver {
        inject: InjectId,
        teams: BTreeSet<TeamId>,
    },
    /// It fell due because of a silence, and nobody of these teams is connected: staff decide.
    InjectProposed {
        inject: InjectId,
        teams: BTreeSet<TeamId>,
        due: Timestamp,
    },
    FlagSet {
        flag: FlagId,
        teams: BTreeSet<TeamId>,
        value: bool,
    },
    /// These teams have had an inject for so long, in active time, without answering it.
    SilenceNoted {
        inject: InjectId,
        teams: BTreeSet<TeamId>,
        length: Millis,
    },
    /// Nobody of the team is connected any more.
    TeamLost {
        team: TeamId,
    },
    TeamBack {
        team: TeamId,
    },
    VariableSet(VariableSet),
    HintOpened(HintOpened),
    InformationAsked {
        item: ItemId,
        team: TeamId,
        text: Prose,
        inject: Option<InjectId>,
    },
    /// A controller answers for a request.
    RequestTaken {
        item: ItemId,
        team: TeamId,
    },
    RequestAnswered {
        item: ItemId,
        team: TeamId,
        /// The answer, or with the inject that holds it.
        text: Option<Prose>,
        inject: Option<InjectId>,
    },
    /// It fell due more than the tolerance ago: staff decide.
    InjectMissed {
        inject: InjectId,
        teams: BTreeSet<TeamId>,
        due: Timestamp,
        /// When the plan would have sent it.
        plan_time: Option<Millis>,
    },
    InjectSkipped {
        inject: InjectId,
        teams: BTreeSet<TeamId>,
        /// Why, where a person said so.
        reason: String,
        /// Whether a jump passed it.
        #[serde(default)]
        jumped: bool,
    },
    InjectRetimed {
        inject: InjectId,
        teams: BTreeSet<TeamId>,
        plan_time: Millis,
        /// Whether no team that it is for was left out: one that joins later gets that time, too.
        #[serde(default)]
        for_all: bool,
    },
    /// The deadline passed for these teams; later answers are late.
    AnswerClosed {
        inject: InjectId,
        teams: BTreeSet<TeamId>,
    },
    MessageSent {
        item: ItemId,
        team: Option<TeamId>,
        title: Text,
        body: Text,
        /// Whose voice it is, if it is not control's own.
        #[serde(default)]
        from: Option<Persona>,
    },
    InjectDelivered {
        inject: InjectId,
        team: TeamId,
        #[serde(default)]
        by_hand: Option<ByHand>,
    },
    InjectOpened {
        inject: InjectId,
        team: TeamId,
    },
    InjectAcknowledged {
        inject: InjectId,
        team: TeamId,
        #[serde(default)]
        by_hand: Option<ByHand>,
    },
    /// What further people did with injects, gathered.
    ReceiptsNoted {
        receipts: Vec<Receipt>,
    },
    ResponseSubmitted {
        inject: InjectId,
        team: TeamId,
        /// Counts from 1 in the team and inject.
        revision: u32,
        answers: BTreeMap<FieldId, Answer>,
        /// When its frame was read.
        received_at: Timestamp,
        /// What the team's active clock read then, from the release on.
        taken: Millis,
        /// Whether the deadline or the end of play had passed.
        late: bool,
        /// The client's claim of when it was written.
        composed_at: Option<Timestamp>,
        #[serde(default)]
        by_hand: Option<ByHand>,
        /// What was found in texts that have a key.
        #[serde(default)]
        verdicts: BTreeMap<FieldId, Verdict>,
    },
    /// The lead of a team lets somebody send its official answers, or no longer.
    DelegateNamed(DelegateNamed),
    /// Whether a team may be named where standings are shown.
    ConsentGiven {
        team: TeamId,
        named: bool,
    },
    /// Whether the players of a team may read its scorecard.
    ScorecardShown(ScorecardShown),
    OutageCredited(OutageCredited),
    MarkingPolicySet(MarkingPolicySet),
    MarkingAssigned(MarkingAssigned),
    AnswerMarked(AnswerMarked),
    MarkWithdrawn {
        team: TeamId,
        inject: InjectId,
    },
    /// The lead evaluator decides on levels, whatever marks say.
    AnswerModerated(AnswerMarked),
    ActionNoted(ActionNoted),
    /// A team's moderator has seen it; somebody who notes actions decides.
    ActionProposed(ActionNoted),
    ObjectiveRated(ObjectiveRated),
    AdjustmentProposed(AdjustmentProposed),
    AdjustmentDecided(AdjustmentDecided),
    /// Standings that the wall shows from now on until scores are released.
    StandingsFrozen {
        standings: Vec<Standing>,
    },
    /// The director keeps scores from being released; without a reason no longer.
    ScoresVetoed(ScoresVetoed),
    TeamScoreReleased(TeamScoreReleased),
    /// Scores are final until they are released again.
    ScoresReleased {
        rules: u32,
    },
    /// A team asks that a mark be looked at again.
    AppealRaised(AppealRaised),
    AppealAnswered(AppealAnswered),
    FeedbackGiven(FeedbackGiven),
    HotWashAdded(HotWashAdded),
    HotWashMoved(HotWashMoved),
    HotWashMerged(HotWashMerged),
    HotWashWithdrawn(HotWashWithdrawn),
    FindingEdited(Box<FindingEdited>),
    FindingsOrdered(FindingsOrdered),
    FindingWithdrawn(FindingWithdrawn),
    /// What the report says of it may go out; an edit lifts that.
    SignedOff(SignedOff),
    CorrectiveActionPut(Box<CorrectiveActionPut>),
    CorrectiveStateSet(CorrectiveStateSet),
    ReportProposed(ReportProposed),
    ReleaseDeclined(ReleaseDeclined),
    /// Those it is for may read it from now on.
    ReportReleased(ReportProposed),
    LogWritten {
        item: ItemId,
        team: TeamId,
        text: Prose,
        happened_at: Timestamp,
        inject: Option<InjectId>,
        #[serde(default)]
        kind: EntryKind,
        #[serde(default)]
        tlp: Option<Tlp>,
        /// The entry that this one corrects; that one stays.
        #[serde(default)]
        corrects: Option<ItemId>,
    },
    Said {
        item: ItemId,
        team: TeamId,
        text: Prose,
        from_control: bool,
        /// The simulated sender who speaks or is spoken to; none for control.
        #[serde(default)]
        persona: Option<Persona>,
    },
    /// Among those who run the exercise.
    StaffSaid {
        item: ItemId,
        kind: StaffTalk,
        text: Prose,
    },
    /// A team handed a file in. Its bytes are kept by their hash, beside the log.
    FileTaken(FileTaken),
    /// One team wrote to others, by their aliases in the directory.
    PeerSent {
        item: ItemId,
        from: TeamId,
        from_name: Text,
        /// The addressees and the names they go by.
        to: BTreeMap<TeamId, Text>,
        text: Prose,
        tlp: Tlp,
        inject: Option<InjectId>,
    },
    ObservationNoted(ObservationNoted),
    NoDuffRaised {
        item: ItemId,
        team: Option<TeamId>,
        text: Prose,
        call_back: Prose,
        /// When play stands for everybody unless staff decide before.
        #[serde(default)]
        escalates_at: Option<Timestamp>,
    },
    /// Staff decided on a call.
    NoDuffDecided(NoDuffDecided),
    /// How to reach control for real; in place of what was said before.
    HallContactSet {
        text: Prose,
    },
    /// Play stands for everybody or for one team: something real comes first.
    Suspended {
        team: Option<TeamId>,
        /// Because of these.
        #[serde(default)]
        calls: Calls,
    },
    SuspensionLifted {
        team: Option<TeamId>,
        decision: Prose,
        /// The calls that the decision answers; where an old log names none, all that it can be about.
        #[serde(default)]
        calls: Option<Calls>,
    },
    /// The platform was down; the time is taken out of every running active clock.
    OutageNoted {
        from: Timestamp,
        to: Timestamp,
    },
    /// A fault inside; play was paused.
    FaultNoted {
        #[serde(default)]
        fault: Fault,
    },
    PartErased {
        part: PartId,
        reason: String,
    },
}
