//! Every kind of card there is.

use serde::Serialize;
use utoipa::ToSchema;

use super::{
    ActionCard, AdjustedCard, AdjustmentCard, AppealAnswerCard, AppealCard, ArmedCard, AssignmentCard, ConsentCard,
    ContactCard, CreditCard, DelegateCard, EntryCard, ExerciseCard, ExtendedCard, FateCard, FileCard, FitCard,
    InjectCard, MarkCard, MarkingCard, MovedCard, ObservationCard, OpenedHintCard, PeerCard, PersonCard,
    PersonalReceiptCard, ProseCard, RatingCard, ReceiptCard, RequestCard, ResponseCard, ResultCard, ResultsCard,
    SenderCard, TeamCard, after_action, people, prepare,
};
use crate::engine::{
    event::{DuffVerdict, Fault, ReleaseCause, StaffTalk, StartHeld},
    id::{AlternativeId, FlagId, InjectId, ItemId, PersonId, PhaseId, TeamId},
    plan::{Inject, Plan},
    state::CallStanding,
    time::{Millis, Timestamp},
};

/// One thing to see. Its key names its type before the first slash (`inject/…`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "card", rename_all = "snake_case")]
pub enum Card {
    /// `exercise`: what is being played.
    Exercise(ExerciseCard),
    /// `directory`: whom teams may turn to.
    Directory {
        /// In file order.
        contacts: Vec<ContactCard>,
    },
    /// `plan`: the whole plan, for staff who may see the ground truth.
    Plan {
        /// In every language.
        plan: Box<Plan>,
    },
    /// `personas`: the simulated senders, for role players.
    Personas {
        /// In file order.
        personas: Vec<SenderCard>,
    },
    /// `team/TEAM`.
    Team(TeamCard),
    /// `person/PERSON`: a role in the exercise.
    Person(PersonCard),
    /// `granted/PERSON`: what goes with it, and who gave it, for staff.
    Granted(Box<people::GrantedCard>),
    /// `organisation/TEAM`: whose a team is, for staff.
    Organisation(people::OrganisationCard),
    /// `scorecard_shown/TEAM`: the players of the team may read its scorecard.
    ScorecardShown(people::ScorecardShownCard),
    /// `veto`: the director keeps scores from being released, for staff.
    Veto(people::VetoCard),
    /// `delegate/TEAM/PERSON`: somebody besides the lead may send the team's official answers.
    Delegate(DelegateCard),
    /// `consent/TEAM`: whether the team may be named where standings are shown.
    Consent(ConsentCard),
    /// `credit/TEAM/FROM`: time of a failed line that a team was given back.
    Credit(CreditCard),
    /// `marking`: how carefully answers are marked.
    Marking(MarkingCard),
    /// `assignment/PERSON`: what an evaluator is to mark.
    Assignment(AssignmentCard),
    /// `mark/INJECT/TEAM/PERSON`: levels that somebody gave an answer.
    Mark(MarkCard),
    /// `moderated/INJECT/TEAM`: what the lead evaluator decided.
    Moderated(MarkCard),
    /// `action/INJECT/TEAM/ACTION`: what became of an expected action.
    Action(ActionCard),
    /// `action_proposal/INJECT/TEAM/ACTION`: what the team's moderator has seen of it, until somebody notes it.
    ActionProposal(ActionCard),
    /// `rating/TEAM/OBJECTIVE`.
    Rating(RatingCard),
    /// `adjustment/ITEM`.
    Adjustment(AdjustmentCard),
    /// `adjusted/ITEM`: what a second person decided.
    Adjusted(AdjustedCard),
    /// `result/TEAM`: what was released to the team.
    Result(Box<ResultCard>),
    /// `results`: scores are out.
    Results(ResultsCard),
    /// `appeal/INJECT/TEAM`.
    Appeal(AppealCard),
    /// `appeal_answer/INJECT/TEAM`.
    AppealAnswer(AppealAnswerCard),
    /// `feedback`: what people are asked after the end.
    Feedback(after_action::FeedbackCard),
    /// `feedback_given`: the reader did.
    FeedbackGiven(after_action::FeedbackGivenCard),
    /// `feedback_text/QUESTION/PART`: what somebody wrote in the form, for staff; nobody's name stands with it.
    FeedbackText(after_action::FeedbackTextCard),
    /// `hot_wash/ITEM`: a note on the board of the hot wash.
    HotWash(after_action::HotWashCard),
    /// `hot_wash_hidden/ITEM`: a note that staff alone see.
    HotWashHidden(after_action::HotWashCard),
    /// `hot_wash_source/ITEM`: whose note it is, for staff and the author's team.
    HotWashSource(after_action::HotWashSourceCard),
    /// `hot_wash_own/ITEM`: the reader wrote it.
    HotWashOwn(after_action::HotWashOwnCard),
    /// `hot_wash_merged/ITEM`: it stands under another note.
    HotWashMerged(after_action::HotWashMergedCard),
    /// `finding/FINDING`: a strength or an area of the report, for staff.
    Finding(Box<after_action::FindingCard>),
    /// `finding_order/event` or `finding_order/team/TEAM`, for staff.
    FindingOrder(after_action::FindingOrderCard),
    /// `signed_off/event` or `signed_off/team/TEAM`, for staff; removed when something of it is edited.
    SignedOff(after_action::SignedOffCard),
    /// `improvement/ACTION`: a corrective action, for staff and the team that it is of.
    Improvement(Box<after_action::ImprovementCard>),
    /// `improvement_state/ACTION`: where it stands.
    ImprovementState(after_action::ImprovementStateCard),
    /// `release_proposal/ITEM`: a release that waits for a second person, for staff; removed when it is released or declined.
    ReleaseProposal(after_action::ReleaseProposalCard),
    /// `release/VERSION` or `release/VERSION/TEAM`: a report that the reader may read.
    Release(after_action::ReleaseCard),
    /// `comcheck`: the last comcheck, for staff.
    Comcheck(prepare::ComcheckCard),
    /// `comcheck_acknowledged/INJECT/TEAM`, for staff.
    ComcheckAcknowledged(prepare::ComcheckStepCard),
    /// `comcheck_answered/INJECT/TEAM`, for staff.
    ComcheckAnswered(prepare::ComcheckStepCard),
    /// `ready_tick/LINE`: somebody looked after a line of the go/no-go list, for staff.
    ReadyTick(prepare::ReadyTickCard),
    /// `ready_signed`: the go/no-go list as it was signed, for staff; removed when a tick is taken back.
    ReadySigned(prepare::ReadySignedCard),
    /// `started`: `StartEx` was given.
    Started {
        /// When.
        at: Timestamp,
    },
    /// `ended`: `EndEx` was given.
    Ended {
        /// When.
        at: Timestamp,
        /// What to ask in the hot wash.
        hot_wash: Vec<String>,
    },
    /// `pause` for everybody, `pause/TEAM` for one team; removed on resume.
    Pause {
        /// Only this team.
        team: Option<TeamId>,
        /// Why.
        reason: String,
        /// Since when.
        at: Timestamp,
    },
    /// `suspension` for everybody, `suspension/TEAM` for one team; removed when lifted.
    Suspension {
        /// Only this team.
        team: Option<TeamId>,
        /// Since when.
        at: Timestamp,
    },
    /// `phase/PHASE`: a move that has begun.
    Phase {
        /// Which.
        phase: PhaseId,
        /// Title.
        title: String,
        /// What everybody may know.
        situation: String,
        /// When it began.
        at: Timestamp,
        /// The row that says so: a jump lets several begin at one instant, and the last of them counts.
        seq: i64,
    },
    /// `guest/INJECT`: a plain sentence for visitors at the wall.
    Guest {
        /// When.
        at: Timestamp,
        /// The sentence.
        text: String,
    },
    /// `inject/INJECT`: an inject as a team received it.
    Inject(Box<InjectCard>),
    /// `scheduled`: the start is armed; removed when it is given, held or taken back.
    Scheduled {
        /// When.
        at: Timestamp,
        /// Name of the time zone it was given in.
        zone: String,
    },
    /// `start_held`: the scheduled start did not happen, for staff.
    StartHeld {
        /// When it should have been.
        scheduled: Timestamp,
        /// Why.
        reason: StartHeld,
        /// When that was found.
        at: Timestamp,
    },
    /// `cancelled`: the exercise was called off.
    Cancelled {
        /// Why.
        reason: String,
        /// When.
        at: Timestamp,
    },
    /// `moved/SEQ`: what staff did with time, for staff: speed, jumps, shifts.
    Moved(MovedCard),
    /// `break`: a break; removed when it is over.
    Break {
        /// What it is called.
        title: String,
        /// When it ends.
        ends_at: Timestamp,
        /// Since when.
        at: Timestamp,
    },
    /// `fit`: how the rest was fitted to another end, for staff; removed when that is undone.
    Fit(Box<FitCard>),
    /// `amended/INJECT`: an inject written or changed on the day, in place of the plan's, for staff.
    Amended {
        /// All of it.
        inject: Box<Inject>,
    },
    /// `armed/INJECT/TEAM`: a release that can still be undone, for staff; removed when it goes out.
    Armed(ArmedCard),
    /// `held/INJECT/TEAM`, for staff; removed when it is freed, sent, skipped or retimed.
    Held(FateCard),
    /// `recalled/INJECT/TEAM`: it was sent by mistake.
    Recalled(FateCard),
    /// `resent/INJECT/TEAM`: control shows it again.
    Resent(FateCard),
    /// `excused/INJECT/TEAM`: the team need not answer it.
    Excused(FateCard),
    /// `detained/INJECT/TEAM`: it waits for the team's line, for staff; removed when it goes out.
    Detained(FateCard),
    /// `passed_over/INJECT/TEAM`: what had to hold did not, for staff.
    PassedOver(FateCard),
    /// `extended/INJECT/TEAM`: the team has longer.
    Extended(ExtendedCard),
    /// `silent/INJECT/TEAM`: no answer came for so long, for staff.
    Silent {
        /// Which.
        inject: InjectId,
        /// Who.
        team: TeamId,
        /// For how long, in active time.
        length: Millis,
        /// When that was noted.
        at: Timestamp,
    },
    /// `responsible/INJECT`: the controller who answers for it, for staff.
    Responsible {
        /// Which.
        inject: InjectId,
        /// Who.
        person: PersonId,
    },
    /// `test/INJECT`: an inject as a team would get it, for whoever asked.
    Test(Box<InjectCard>),
    /// `personal_receipt/got/INJECT/PERSON` and `personal_receipt/read/INJECT/PERSON`: what further people
    /// did, for staff.
    PersonalReceipt(PersonalReceiptCard),
    /// `line/CUT/TEAM` (`line/hand/TEAM` if staff cut it): the team's line is down in the play; removed when it is restored.
    Line {
        /// Whose.
        team: TeamId,
        /// What the team is told.
        notice: String,
        /// Since when.
        at: Timestamp,
    },
    /// `flag/FLAG/TEAM`: a flag that is set, for staff; removed when it is cleared.
    Flag {
        /// Which.
        flag: FlagId,
        /// Of which team.
        team: TeamId,
        /// Who set it; none if a condition did.
        by: Option<PersonId>,
        /// When.
        at: Timestamp,
    },
    /// `variable/VARIABLE/TEAM`: a team's own word, for staff.
    Variable(prepare::VariableCard),
    /// `lost/TEAM`: nobody of it is connected, for staff; removed when somebody is.
    Lost {
        /// Who.
        team: TeamId,
        /// Since when.
        at: Timestamp,
    },
    /// `hint/INJECT/TEAM/HINT`: a hint that a team opened.
    Hint(OpenedHintCard),
    /// `released/INJECT/TEAM`: that a team was sent an inject, for staff.
    Released {
        /// Which.
        inject: InjectId,
        /// To whom.
        team: TeamId,
        /// When.
        at: Timestamp,
        /// Why.
        cause: ReleaseCause,
        /// Who released it, if somebody did.
        by: Option<PersonId>,
        /// Which other words it was sent in.
        alternative: Option<AlternativeId>,
        /// What the team's active clock read.
        clock_at_release: Millis,
    },
    /// `missed/INJECT/TEAM`: it fell due too long ago and waits for a decision; removed then.
    Missed {
        /// Which.
        inject: InjectId,
        /// For whom.
        team: TeamId,
        /// When it was due.
        due: Timestamp,
        /// When the plan would have sent it: settles what comes first.
        plan_time: Option<Millis>,
        /// When that was found.
        at: Timestamp,
        /// It was not late: it comes of a silence, and the team is not connected.
        proposed: bool,
    },
    /// `skipped/INJECT/TEAM`.
    Skipped(FateCard),
    /// `retimed/INJECT/TEAM`: its new plan time.
    Retimed {
        /// Which.
        inject: InjectId,
        /// For whom.
        team: TeamId,
        /// New plan time.
        plan_time: Millis,
    },
    /// `delivered/INJECT/TEAM`, for staff.
    Delivered(ReceiptCard),
    /// `opened/INJECT/TEAM`, for staff.
    Opened(ReceiptCard),
    /// `acknowledged/INJECT/TEAM`.
    Acknowledged(ReceiptCard),
    /// `response/INJECT/TEAM/REVISION`: the last one in time is official, or the last of all if none
    /// was.
    Response(ResponseCard),
    /// `closed/INJECT/TEAM`: the deadline has passed.
    Closed {
        /// Which.
        inject: InjectId,
        /// For whom.
        team: TeamId,
        /// When.
        at: Timestamp,
    },
    /// `message/ITEM`: a message outside the plan.
    Message {
        /// Id.
        item: ItemId,
        /// Only to this team.
        team: Option<TeamId>,
        /// Subject.
        title: String,
        /// Markdown.
        body: String,
        /// Whose voice it is; none for control's own.
        from: Option<SenderCard>,
        /// When.
        at: Timestamp,
    },
    /// `entry/ITEM`: an entry of a team's log.
    Entry(EntryCard),
    /// `file/TEAM/HASH`: a file that a team handed in.
    File(FileCard),
    /// `said/ITEM`: a line of the thread between a team and control.
    Said {
        /// Id.
        item: ItemId,
        /// Whose thread.
        team: TeamId,
        /// Who; none for players when control speaks.
        by: Option<PersonId>,
        /// Whether control speaks.
        from_control: bool,
        /// The simulated sender who speaks or is spoken to.
        persona: Option<SenderCard>,
        /// What.
        text: ProseCard,
        /// When.
        at: Timestamp,
    },
    /// `duff/ITEM`: NO DUFF was raised.
    Duff {
        /// Id.
        item: ItemId,
        /// In which team, if in one.
        team: Option<TeamId>,
        /// Who.
        by: Option<PersonId>,
        /// What happened.
        text: ProseCard,
        /// Number to call back.
        call_back: ProseCard,
        /// When play stands for everybody unless staff decide before.
        escalates_at: Option<Timestamp>,
        /// When.
        at: Timestamp,
    },
    /// `hall_contact`: how to reach control for real when the line is gone.
    HallContact {
        /// Number and place, as it is to be read.
        text: ProseCard,
        /// When that was said.
        at: Timestamp,
    },
    /// `duff_decided/ITEM`: what staff decided on a call.
    DuffDecided {
        /// Which call.
        item: ItemId,
        /// What.
        verdict: DuffVerdict,
        /// Why.
        note: ProseCard,
        /// When.
        at: Timestamp,
    },
    /// `duff_state/ITEM`: how a call stands.
    DuffState {
        /// Which call.
        item: ItemId,
        /// How.
        standing: CallStanding,
        /// Number of the `decision` card that answers it, once one does.
        decision: Option<i64>,
        /// Since when.
        at: Timestamp,
    },
    /// `request/ITEM`: what a team asks to know.
    Request(RequestCard),
    /// `request_owner/ITEM`: the controller who answers for it, for staff.
    RequestOwner {
        /// Which.
        item: ItemId,
        /// Who.
        by: Option<PersonId>,
        /// Since when.
        at: Timestamp,
    },
    /// `request_answer/ITEM`: the answer, in words, in an inject, or both.
    RequestAnswer {
        /// Which.
        item: ItemId,
        /// In words.
        text: Option<ProseCard>,
        /// In this inject.
        inject: Option<InjectId>,
        /// When.
        at: Timestamp,
    },
    /// `staff/ITEM`: a line of the channel of those who run the exercise.
    Staff {
        /// Id.
        item: ItemId,
        /// Who.
        by: Option<PersonId>,
        /// Talk, or a note for the next shift.
        kind: StaffTalk,
        /// What.
        text: ProseCard,
        /// When.
        at: Timestamp,
    },
    /// `peer/ITEM`: a message from one team to others.
    Peer(PeerCard),
    /// `observation/ITEM`: what somebody who watches has seen, for staff and whoever wrote it.
    Observation(ObservationCard),
    /// `decision/SEQ`: why a suspension was lifted.
    Decision {
        /// Only for this team.
        team: Option<TeamId>,
        /// The decision.
        text: ProseCard,
        /// When.
        at: Timestamp,
    },
    /// `outage/SEQ`: the platform was down; teams got the time back.
    Outage {
        /// Last known to be alive.
        from: Timestamp,
        /// Back.
        to: Timestamp,
    },
    /// `fault/SEQ`: something went wrong inside.
    Fault {
        /// What.
        fault: Fault,
        /// When.
        at: Timestamp,
    },
}
