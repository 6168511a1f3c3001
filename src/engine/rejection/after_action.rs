//! Why something about feedback, the hot wash, findings, the improvement plan or a release was refused.

use std::fmt::Display;

use thiserror::Error;

use super::{Values, values};
use crate::engine::{
    event::CorrectiveState,
    id::{CorrectiveActionId, FieldId, FindingId, ItemId, PersonId},
};

/// A refusal of an act of what comes after play.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[expect(missing_docs, reason = "the message says it")]
pub enum AfterAction {
    #[error("the feedback form has no question '{0}': answer one that it asks")]
    UnknownQuestion(FieldId),
    #[error("there is no such note on the board of the hot wash: take one that stands there by itself")]
    UnknownNote(ItemId),
    #[error("somebody else wrote this note: who leads the hot wash can hide it")]
    NotAuthor(ItemId),
    #[error("there is no finding '{0}': take one that the report has")]
    UnknownFinding(FindingId),
    #[error("the log has no row {0}: name rows that a finding rests on by their numbers")]
    UnknownRow(i64),
    #[error("a finding rests on {limit} rows at most: name those that show it best")]
    TooManyRows { limit: u64 },
    #[error("an order names every finding of its part once: take the list as it is now")]
    OrderIncomplete,
    #[error("this is signed off already, and nothing was edited since")]
    AlreadySigned,
    #[error("what is about a team stays with it, and what is about the event too: give a new one another id")]
    ScopeFixed,
    #[error("there is no corrective action '{0}' that you may change: take one of the improvement plan")]
    UnknownCorrectiveAction(CorrectiveActionId),
    #[error("a corrective action that is {} cannot become {}: take one step after the other", name(*from), name(*to))]
    WrongStep { from: CorrectiveState, to: CorrectiveState },
    #[error("give the corrective action an owner and a day of completion first: without them nobody has agreed to it")]
    OwnerOrDateMissing,
    #[error("give days as 2027-03-31, and a completion that is not before the start")]
    BadDate,
    #[error("name the teams that get theirs; a version for the community or the public is of no team")]
    ReleaseTeams,
    #[error("that person is neither reviewer nor observer: teams read what is released to them by themselves")]
    NotReader(PersonId),
    #[error("there is no proposal '{0}' to release a report that waits: propose it first")]
    UnknownProposal(ItemId),
}

impl AfterAction {
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::UnknownQuestion(_) => "unknown_question",
            Self::UnknownNote(_) => "unknown_note",
            Self::NotAuthor(_) => "not_author",
            Self::UnknownFinding(_) => "unknown_finding",
            Self::UnknownRow(_) => "unknown_row",
            Self::TooManyRows { .. } => "too_many_rows",
            Self::OrderIncomplete => "order_incomplete",
            Self::AlreadySigned => "already_signed",
            Self::ScopeFixed => "scope_fixed",
            Self::UnknownCorrectiveAction(_) => "unknown_corrective_action",
            Self::WrongStep { .. } => "wrong_step",
            Self::OwnerOrDateMissing => "owner_or_date_missing",
            Self::BadDate => "bad_date",
            Self::ReleaseTeams => "release_teams",
            Self::NotReader(_) => "not_reader",
            Self::UnknownProposal(_) => "unknown_proposal",
        }
    }

    pub(super) fn values(&self) -> Values {
        match self {
            Self::UnknownQuestion(field) => values([("field", field)]),
            Self::UnknownFinding(finding) => values([("finding", finding)]),
            Self::UnknownRow(row) => values([("row", row)]),
            Self::TooManyRows { limit } => values([("limit", limit)]),
            Self::UnknownCorrectiveAction(action) => values([("action", action)]),
            Self::WrongStep { from, to } => {
                values([("from", &name(*from) as &dyn Display), ("to", &name(*to) as &dyn Display)])
            }
            _ => Values::new(),
        }
    }
}

/// The state as the protocol names it.
fn name(state: CorrectiveState) -> &'static str {
    match state {
        CorrectiveState::Proposed => "proposed",
        CorrectiveState::Agreed => "agreed",
        CorrectiveState::InProgress => "in_progress",
        CorrectiveState::Implemented => "implemented",
        CorrectiveState::Verified => "verified",
        CorrectiveState::Rejected => "rejected",
        CorrectiveState::Deferred => "deferred",
    }
}
