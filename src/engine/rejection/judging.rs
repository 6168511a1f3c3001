//! Why something about marks, scores and their release was refused.

use std::fmt::Display;

use thiserror::Error;

use super::{Values, values};
use crate::engine::{
    id::{ActionId, CriterionId, FileHash, InjectId, ItemId, PersonId, TeamId},
    time::Millis,
};

/// A refusal of an act of judging.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[expect(missing_docs, reason = "the message says it")]
pub enum Judging {
    #[error("that person is no evaluator: name one, or give the person that role first")]
    NotEvaluator(PersonId),
    #[error("marking inject '{0}' is not assigned to you: take one of your own list, or ask the lead evaluator")]
    NotAssigned(InjectId),
    #[error("team '{0}' is of your own organisation: somebody else marks it")]
    OwnOrganisation(TeamId),
    #[error("there is no answer to inject '{0}' that people mark: choose another one")]
    NothingToMark(InjectId),
    #[error("the answer to inject '{0}' has all the marks that it needs: take another one")]
    AlreadyMarked(InjectId),
    #[error("you have not marked inject '{0}': there is nothing to take back")]
    NotMarked(InjectId),
    #[error("inject '{inject}' has no criterion '{criterion}': give a level for each that the rubric names")]
    UnknownCriterion { inject: InjectId, criterion: CriterionId },
    #[error("criterion '{0}' has no level: give each criterion one")]
    LevelMissing(CriterionId),
    #[error("a level is a whole number from 0 to 4")]
    BadLevel,
    #[error(
        "tell the team in a sentence what to do better: levels 0 to 2 and critical criteria need it (inject '{0}')"
    )]
    FeedbackNeeded(InjectId),
    #[error("say why: a decision that overrides others needs a reason")]
    ReasonNeeded,
    #[error("inject '{inject}' has no expected action '{action}': take one of its checklist")]
    UnknownAction { inject: InjectId, action: ActionId },
    #[error("scores are out: answer an appeal or moderate, then release them again")]
    ScoresOut,
    #[error("scores are not out yet: wait until they are released")]
    ScoresNotOut,
    #[error("{0} answers wait for marks: mark them, or release without them")]
    UnmarkedAnswers(u32),
    #[error("the time for appeals is over: turn to the lead evaluator")]
    AppealsClosed,
    #[error("your team has appealed inject '{0}' already: once is allowed")]
    AlreadyAppealed(InjectId),
    #[error("there is no appeal '{0}'")]
    UnknownAppeal(ItemId),
    #[error("there is no adjustment '{0}' that was proposed")]
    UnknownAdjustment(ItemId),
    #[error("this was decided already")]
    AlreadyDecided,
    #[error("a second person decides on this: you proposed it")]
    SecondPersonNeeded,
    #[error("adjustments move a score by 5 points of the hundred at most, in all, and not by nought")]
    AdjustmentLimit,
    #[error("give a stretch of time that has passed, with its beginning before its end")]
    BadStretch,
    #[error(
        "the server noted no absence of team '{0}' that covers this stretch: give one that lies within, or excuse or extend instead"
    )]
    NotAbsent(TeamId),
    #[error("team '{0}' was given part of this stretch back already")]
    AlreadyCredited(TeamId),
    #[error("a team is given back {} minutes at most: excuse or extend single injects instead", limit.0 / 60_000)]
    OutageLimit { limit: Millis },
    #[error("your team's answers are sent by its lead or a delegate: ask the lead, your draft stays")]
    NotDelegate,
    #[error("that person does not play in your team")]
    NotInTeam(PersonId),
    #[error("your team has not handed in a file '{0}': upload it first")]
    FileNotTaken(FileHash),
}

impl Judging {
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::NotEvaluator(_) => "not_evaluator",
            Self::NotAssigned(_) => "not_assigned",
            Self::OwnOrganisation(_) => "own_organisation",
            Self::NothingToMark(_) => "nothing_to_mark",
            Self::AlreadyMarked(_) => "already_marked",
            Self::NotMarked(_) => "not_marked",
            Self::UnknownCriterion { .. } => "unknown_criterion",
            Self::LevelMissing(_) => "level_missing",
            Self::BadLevel => "bad_level",
            Self::FeedbackNeeded(_) => "feedback_needed",
            Self::ReasonNeeded => "reason_needed",
            Self::UnknownAction { .. } => "unknown_action",
            Self::ScoresOut => "scores_out",
            Self::ScoresNotOut => "scores_not_out",
            Self::UnmarkedAnswers(_) => "unmarked_answers",
            Self::AppealsClosed => "appeals_closed",
            Self::AlreadyAppealed(_) => "already_appealed",
            Self::UnknownAppeal(_) => "unknown_appeal",
            Self::UnknownAdjustment(_) => "unknown_adjustment",
            Self::AlreadyDecided => "already_decided",
            Self::SecondPersonNeeded => "second_person_needed",
            Self::AdjustmentLimit => "adjustment_limit",
            Self::BadStretch => "bad_stretch",
            Self::NotAbsent(_) => "not_absent",
            Self::AlreadyCredited(_) => "already_credited",
            Self::OutageLimit { .. } => "outage_limit",
            Self::NotDelegate => "not_delegate",
            Self::NotInTeam(_) => "not_in_team",
            Self::FileNotTaken(_) => "file_not_taken",
        }
    }

    pub(super) fn values(&self) -> Values {
        match self {
            Self::NotAssigned(inject)
            | Self::NothingToMark(inject)
            | Self::AlreadyMarked(inject)
            | Self::NotMarked(inject)
            | Self::FeedbackNeeded(inject)
            | Self::AlreadyAppealed(inject) => values([("inject", inject)]),
            Self::OwnOrganisation(team) | Self::NotAbsent(team) | Self::AlreadyCredited(team) => {
                values([("team", team)])
            }
            Self::UnknownCriterion { inject, criterion } => {
                values([("inject", inject as &dyn Display), ("criterion", criterion)])
            }
            Self::UnknownAction { inject, action } => values([("inject", inject as &dyn Display), ("action", action)]),
            Self::LevelMissing(criterion) => values([("criterion", criterion)]),
            Self::UnmarkedAnswers(left) => values([("left", left)]),
            Self::OutageLimit { limit } => values([("limit", &limit.0)]),
            _ => Values::new(),
        }
    }
}
