//! Who may do what. One pure function, [`may`], denies by default; `decide` asks it before every
//! act and views ask it before every card.
//!
//! The matrix follows the way national drills are staffed: a player can hold no control role, a
//! moderator never marks, and a director cannot mark at all.

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
    /// A team's local trainer: sees its coming injects, never marks.
    TeamModerator,
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
    /// Add teams, invite people, take roles away.
    ManagePeople,
    /// `StartEx` and `EndEx`.
    StartAndEnd,
    /// Pause, resume, speed, jumps, shifts.
    RunClock,
    /// Everything about injects, flags and requests; messages to teams; what came by phone.
    ControlInjects,
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
    /// Speak as a simulated sender.
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
    /// Read scores and the report.
    SeeScores,
    /// Give levels to answers, rate objectives.
    Mark,
    /// Note what became of expected actions.
    NoteActions,
    /// Decide where marks differ; answer appeals.
    Moderate,
    /// Say who marks what and how carefully; propose and decide adjustments; release scores.
    RunMarking,
    /// Name delegates, appeal, give consent: what a team's lead does for it.
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

/// Whether a role may do something, to its own team or beyond it.
#[must_use]
pub fn may(role: Role, action: Action, relation: Relation) -> bool {
    use Role::{
        Evaluator, ExerciseDirector, Facilitator, LeadEvaluator, Observer, Planner, Player, Reviewer, RolePlayer,
        TeamLead, TeamModerator,
    };
    let own = relation == Relation::Own;
    match action {
        Action::SeePublic | Action::RaiseNoDuff | Action::AddToHotWash => role != Reviewer,
        Action::SeeGroundTruth => {
            matches!(role, ExerciseDirector | Planner | Facilitator | LeadEvaluator | Evaluator)
        }
        Action::SeeTeam => match role {
            ExerciseDirector | Planner | Facilitator | LeadEvaluator | Evaluator => true,
            TeamLead | Player | TeamModerator => own,
            RolePlayer | Observer | Reviewer => false,
        },
        Action::SeeScores => match role {
            ExerciseDirector | Facilitator | LeadEvaluator => true,
            TeamLead => own,
            Planner | RolePlayer | Evaluator | Observer | Reviewer | Player | TeamModerator => false,
        },
        Action::ManagePeople | Action::StartAndEnd | Action::LiftSuspension | Action::Erase => role == ExerciseDirector,
        Action::RunClock | Action::ControlInjects | Action::DecideNoDuff => {
            matches!(role, ExerciseDirector | Facilitator)
        }
        Action::Receive => own && matches!(role, TeamLead | Player),
        // Whether a player is a delegate, or the team has no lead, is asked where the answer comes in.
        Action::Submit => own && matches!(role, TeamLead | Player),
        Action::WriteTeamLog | Action::WriteToPeers => own && matches!(role, TeamLead | Player),
        Action::TalkToStaff | Action::SpeakAsPersona => matches!(role, ExerciseDirector | Facilitator | RolePlayer),
        Action::Observe => match role {
            ExerciseDirector | Facilitator | LeadEvaluator | Evaluator | Observer => true,
            TeamModerator => own,
            Planner | RolePlayer | Reviewer | TeamLead | Player => false,
        },
        Action::Mark => matches!(role, LeadEvaluator | Evaluator),
        Action::NoteActions => matches!(role, ExerciseDirector | Facilitator | LeadEvaluator | Evaluator),
        Action::Moderate => role == LeadEvaluator,
        // Those who run an exercise do not fill in the form on how it was run.
        Action::GiveFeedback => {
            matches!(role, RolePlayer | LeadEvaluator | Evaluator | Observer | TeamLead | Player | TeamModerator)
        }
        Action::RunHotWash => matches!(role, ExerciseDirector | Facilitator),
        Action::WriteFindings | Action::PublishReport => matches!(role, ExerciseDirector | LeadEvaluator),
        Action::ProposeFindings => matches!(role, ExerciseDirector | LeadEvaluator | Evaluator),
        Action::PlanImprovement => match role {
            ExerciseDirector | Facilitator | LeadEvaluator | Evaluator => true,
            TeamLead => own,
            Planner | RolePlayer | Observer | Reviewer | Player | TeamModerator => false,
        },
        Action::RunMarking => matches!(role, ExerciseDirector | LeadEvaluator),
        Action::LeadTeam => own && role == TeamLead,
        Action::Talk => match role {
            ExerciseDirector | Facilitator => true,
            TeamLead | Player | TeamModerator => own,
            Planner | RolePlayer | LeadEvaluator | Evaluator | Observer | Reviewer => false,
        },
    }
}
