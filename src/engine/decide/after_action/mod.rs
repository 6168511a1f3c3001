//! What may be asked once play is over: feedback, the hot wash, findings, the improvement plan, releases.

mod feedback;
mod finding;
mod hot_wash;
mod improvement;
mod release;

use super::{LINE_LIMIT, TEXT_LIMIT, checked, checked_id};
use crate::engine::{
    command::{Act, ApproveRelease, Command, SignOff, WithdrawFinding, WithdrawFromHotWash},
    event::{Fact, Scope},
    prose::{Mint, Prose},
    rejection::Rejection,
    state::{Stage, State},
};

/// When reports are written.
const OVER: [Stage; 2] = [Stage::Ended, Stage::Cancelled];

impl State {
    pub(super) fn after_action_act(&self, command: &Command, act: &Act) -> Option<Result<Vec<Fact>, Rejection>> {
        let actor = &command.actor;
        Some(match act {
            Act::GiveFeedback(wanted) => self.give_feedback(command, wanted),
            Act::AddToHotWash(wanted) => self.add_to_hot_wash(command, wanted),
            Act::MoveInHotWash(wanted) => self.move_in_hot_wash(command, wanted),
            Act::MergeInHotWash(wanted) => self.merge_in_hot_wash(actor, wanted),
            Act::WithdrawFromHotWash(WithdrawFromHotWash { item }) => self.withdraw_from_hot_wash(actor, item),
            Act::EditFinding(wanted) => self.edit_finding(command, wanted),
            Act::OrderFindings(wanted) => self.order_findings(actor, wanted),
            Act::WithdrawFinding(WithdrawFinding { finding }) => self.withdraw_finding(actor, finding),
            Act::SignOff(SignOff { scope }) => self.sign_off(actor, scope),
            Act::PutCorrectiveAction(wanted) => self.put_corrective_action(command, wanted),
            Act::SetCorrectiveState(wanted) => self.set_corrective_state(command, wanted),
            Act::ProposeRelease(wanted) => self.propose_release(command, wanted),
            Act::ApproveRelease(ApproveRelease { item }) => self.approve_release(actor, item),
            Act::DeclineRelease(wanted) => self.decline_release(command, wanted),
            _ => return None,
        })
    }

    fn known_scope(&self, scope: &Scope) -> Result<(), Rejection> {
        scope.team().map_or(Ok(()), |team| self.known_team(team).map(|_| ()))
    }
}

/// Texts of one act, each a part of its own.
struct Texts {
    mint: Mint,
    taken: u32,
}

impl Texts {
    fn new(mint: Mint) -> Self {
        Self { mint, taken: 0 }
    }

    fn next(&mut self, text: &str, limit: usize) -> Result<Prose, Rejection> {
        let prose = self.mint.prose(self.taken, checked(text, limit)?);
        self.taken += 1;
        Ok(prose)
    }

    /// A text that may be left out, or left empty.
    fn optional(&mut self, text: Option<&str>, limit: usize) -> Result<Option<Prose>, Rejection> {
        let text = text.filter(|text| !text.trim().is_empty());
        text.map(|text| self.next(text, limit)).transpose()
    }

    fn long(&mut self, text: Option<&str>) -> Result<Option<Prose>, Rejection> {
        self.optional(text, TEXT_LIMIT)
    }

    fn line(&mut self, text: Option<&str>) -> Result<Option<Prose>, Rejection> {
        self.optional(text, LINE_LIMIT)
    }
}

fn plain_id(id: &str) -> Result<(), Rejection> {
    checked_id(id).map(|_| ()).ok_or(Rejection::BadId)
}
