//! Who may do what. One pure function, [`may`], denies by default; `decide` asks it before every
//! act and views ask it before every card.
//!
//! The matrix follows the way national drills are staffed: a player can hold no control role, a
//! moderator never marks, and a director cannot mark at all. What one person was granted beyond the role
//! (an observer's sights) is added by [`may_with`]. Whoever is in another exercise has no grant here, so
//! nobody asks. `docs/ROLES.md` has the table for people.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A role inside one exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Owns the exercise: approves, starts, ends, suspends, publishes.
    ExerciseDirector,
    /// Writes objectives, scenario, rubrics and translations.
    Planner,
    /// Runs the clock and the injects, answers questions.
    Facilitator,
    /// Speaks as a simulated victim, ministry, reporter or peer.
    RolePlayer,
    /// Assigns marking, moderates, releases scores.
    LeadEvaluator,
    /// Marks answers.
    Evaluator,
    /// Reads what everybody may read; the wall is one.
    Observer,
    /// Reads released reports and scorecards.
    Reviewer,
    /// Answers officially for a team.
    TeamLead,
    /// Plays in a team.
    Player,
    /// A team's local trainer: sees its coming injects, holds and releases them, never marks.
    TeamModerator,
}

/// On which side of play somebody stands. Nobody is ever on both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Plays in a team.
    Plays,
    /// Prepares, runs or judges: knows what players must not.
    Runs,
}

/// What an observer may be shown beyond what everybody sees, by an explicit grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sight {
    /// All that control reads: the plan, what is to come, what teams do.
    GroundTruth,
    /// The logs of the teams.
    TeamLogs,
    /// The scorecards that were released.
    Scorecards,
}

impl Sight {
    /// Whether it lets an observer do something.
    #[must_use]
    pub fn shows(self, action: Action) -> bool {
        match self {
            Self::GroundTruth => {
                matches!(action, Action::SeeGroundTruth | Action::SeeTeam | Action::ReadLogs | Action::ReadScorecards)
            }
            Self::TeamLogs => action == Action::ReadLogs,
            Self::Scorecards => action == Action::ReadScorecards,
        }
    }
}

impl Role {
    /// Every role, in order of the matrix.
    pub const ALL: [Self; 11] = [
        Self::ExerciseDirector,
        Self::Planner,
        Self::Facilitator,
        Self::RolePlayer,
        Self::LeadEvaluator,
        Self::Evaluator,
        Self::Observer,
        Self::Reviewer,
        Self::TeamLead,
        Self::Player,
        Self::TeamModerator,
    ];

    /// Whether the role belongs to a team.
    #[must_use]
    pub fn is_in_team(self) -> bool {
        matches!(self, Self::TeamLead | Self::Player | Self::TeamModerator)
    }

    /// The side that a role is on; none for those who only watch or read what is out.
    #[must_use]
    pub fn side(self) -> Option<Side> {
        match self {
            Self::TeamLead | Self::Player => Some(Side::Plays),
            Self::Observer | Self::Reviewer => None,
            Self::ExerciseDirector
            | Self::Planner
            | Self::Facilitator
            | Self::RolePlayer
            | Self::LeadEvaluator
            | Self::Evaluator
            | Self::TeamModerator => Some(Side::Runs),
        }
    }
}

/// What somebody may want to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Read what everybody may read: clock, phase, situation, notices.
    SeePublic,
    /// Read ground truth, staff notes, expected answers and future injects.
    SeeGroundTruth,
    /// Read what a team received, answered, logged and said.
    SeeTeam,
    /// Read the logs of teams.
    ReadLogs,
    /// See which injects are to come for a team, and what is expected of it.
    SeeComing,
    /// Take the whole log away, as a file or in an archive.
    ExportLog,
    /// Write and change injects before `StartEx`; of the own team, its words for what the plan leaves open.
    WritePlan,
    /// Add teams, invite people, take roles away.
    ManagePeople,
    /// `StartEx` and `EndEx`.
    StartAndEnd,
    /// Pause, resume, speed, jumps, shifts.
    RunClock,
    /// Everything about injects, flags and requests; what came by phone.
    ControlInjects,
    /// Release and hold injects, take a release back, let go what is held.
    HoldAndRelease,
    /// Send messages that are not in the plan.
    AddressTeam,
    /// Acknowledge and open injects.
    Receive,
    /// Send the official answer.
    Submit,
    /// Write the team's log.
    WriteTeamLog,
    /// Write into a team's thread with control.
    Talk,
    /// Write into the channel of those who run the exercise.
    TalkToStaff,
    /// Speak as a simulated sender, and release and hold what comes from it.
    SpeakAsPersona,
    /// Write to other teams.
    WriteToPeers,
    /// Note what was seen, for the evaluation.
    Observe,
    /// Raise NO DUFF.
    RaiseNoDuff,
    /// Decide on a call of NO DUFF.
    DecideNoDuff,
    /// Lift a suspension.
    LiftSuspension,
    /// Erase personal data.
    Erase,
    /// Read scores and the report before they are released.
    SeeScores,
    /// Read the scorecards that were released.
    ReadScorecards,
    /// Give levels to answers, rate objectives.
    Mark,
    /// Note what became of expected actions.
    NoteActions,
    /// Tell those who note actions what one has seen of them.
    ProposeActions,
    /// Decide where marks differ; answer appeals.
    Moderate,
    /// Say who marks what and how carefully; propose and decide adjustments.
    RunMarking,
    /// Release scores.
    ReleaseScores,
    /// Keep scores from being released.
    VetoScores,
    /// Name delegates, appeal, give consent, remove members, hand over: what a team's lead does for it.
    LeadTeam,
    /// Fill in the feedback form.
    GiveFeedback,
    /// Put notes on the board of the hot wash.
    AddToHotWash,
    /// Move, merge and hide notes of the hot wash.
    RunHotWash,
    /// Write, order and sign off strengths and areas of the report.
    WriteFindings,
    /// Put strengths and areas forward, which stay one's own until somebody edits them who answers for the report.
    ProposeFindings,
    /// Put corrective actions into the improvement plan and follow them.
    PlanImprovement,
    /// Put forward a corrective action that is new.
    ProposeImprovement,
    /// Propose and approve the release of reports.
    PublishReport,
}

/// How the person who acts stands to the team that the act is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// It is the person's own team.
    Own,
    /// It is another team, or the exercise as a whole.
    Other,
}

/// Whether somebody in a role, with what was granted beyond it, may do something.
#[must_use]
pub fn may_with(role: Role, sights: &BTreeSet<Sight>, action: Action, relation: Relation) -> bool {
    may(role, action, relation) || (role == Role::Observer && sights.iter().any(|sight| sight.shows(action)))
}

/// Whether a role may do something, to its own team or beyond it.
///
/// Some cells ask for more where the act is decided: a player submits as a delegate or where nobody leads, and
/// reads the scorecard if the lead allows; a role player speaks as the own simulated senders; a planner writes
/// before `StartEx`; scores are released by the director where nobody is lead evaluator.
///
/// On purpose planners and evaluators read what control reads: whoever wrote the plan sees how it is met, and one
/// audience for all of them keeps what a team wrote from leaving in two ways. Evaluators get no live scores: whoever
/// may still have answers to mark does not learn how each team did.
#[must_use]
pub fn may(role: Role, action: Action, relation: Relation) -> bool {
    use Role::{
        Evaluator, ExerciseDirector, Facilitator, LeadEvaluator, Observer, Planner, Player, Reviewer, RolePlayer,
        TeamLead, TeamModerator,
    };
    let own = relation == Relation::Own;
    let control = matches!(role, ExerciseDirector | Planner | Facilitator | LeadEvaluator | Evaluator);
    let runs = matches!(role, ExerciseDirector | Facilitator);
    let plays = own && matches!(role, TeamLead | Player);
    let moderates = own && role == TeamModerator;
    match action {
        Action::SeePublic | Action::RaiseNoDuff | Action::AddToHotWash => role != Reviewer,
        Action::SeeGroundTruth | Action::ExportLog => control,
        Action::SeeTeam | Action::ReadLogs | Action::ReadScorecards => control || plays || moderates,
        Action::SeeComing => control || moderates,
        Action::SeeScores => match role {
            ExerciseDirector | Facilitator | LeadEvaluator => true,
            TeamLead => own,
            Planner | RolePlayer | Evaluator | Observer | Reviewer | Player | TeamModerator => false,
        },
        Action::ManagePeople | Action::StartAndEnd | Action::LiftSuspension | Action::Erase | Action::VetoScores => {
            role == ExerciseDirector
        }
        Action::WritePlan => matches!(role, ExerciseDirector | Planner) || moderates,
        Action::RunClock | Action::ControlInjects | Action::DecideNoDuff | Action::RunHotWash => runs,
        Action::HoldAndRelease | Action::AddressTeam => runs || moderates,
        Action::Receive | Action::Submit | Action::WriteTeamLog | Action::WriteToPeers => plays,
        Action::TalkToStaff | Action::SpeakAsPersona => runs || role == RolePlayer,
        Action::Observe => runs || matches!(role, LeadEvaluator | Evaluator | Observer) || moderates,
        Action::Mark => matches!(role, LeadEvaluator | Evaluator),
        Action::NoteActions => runs || matches!(role, LeadEvaluator | Evaluator),
        Action::ProposeActions => moderates,
        Action::Moderate | Action::ReleaseScores => role == LeadEvaluator,
        // Those who run an exercise do not fill in the form on how it was run.
        Action::GiveFeedback => {
            matches!(role, RolePlayer | LeadEvaluator | Evaluator | Observer | TeamLead | Player | TeamModerator)
        }
        Action::WriteFindings | Action::PublishReport | Action::RunMarking => {
            matches!(role, ExerciseDirector | LeadEvaluator)
        }
        Action::ProposeFindings => matches!(role, ExerciseDirector | LeadEvaluator | Evaluator),
        Action::PlanImprovement | Action::ProposeImprovement => {
            let leads = own && matches!(role, TeamLead | TeamModerator);
            let puts_forward = plays && action == Action::ProposeImprovement;
            runs || matches!(role, LeadEvaluator | Evaluator) || leads || puts_forward
        }
        Action::LeadTeam => own && role == TeamLead,
        Action::Talk => runs || plays || moderates,
    }
}
