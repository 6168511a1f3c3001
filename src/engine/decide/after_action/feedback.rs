//! The feedback form: once a person, and as often anew as that person likes.

use std::collections::BTreeMap;

use crate::engine::{
    command::{Command, GiveFeedback},
    decide::field,
    event::{Answer, Fact, FeedbackGiven},
    rejection::{AfterAction, Rejection},
    role::{Action, Relation},
    state::{Stage, State},
};

impl State {
    pub(super) fn give_feedback(&self, command: &Command, wanted: &GiveFeedback) -> Result<Vec<Fact>, Rejection> {
        let grant = self.grant(&command.actor).ok_or(Rejection::Forbidden)?;
        // What is asked is about the exercise as a whole, whoever's team the person is in.
        if !grant.may(Action::GiveFeedback, Relation::Other) {
            return Err(Rejection::Forbidden);
        }
        self.in_stage(&[Stage::Ended])?;
        let unknown = |id: &_| AfterAction::UnknownQuestion(Clone::clone(id)).into();
        let answers = field::all_checked(None, self.feedback_form(), &wanted.answers, command.mint, unknown)?;
        let before = command.actor.person().and_then(|person| self.after_action.feedback.get(person));
        let text = |(id, answer): (&_, &Answer)| Some((Clone::clone(id), answer.prose()?.part.clone()));
        let replaces: BTreeMap<_, _> = before.into_iter().flatten().filter_map(text).collect();
        Ok(vec![Fact::FeedbackGiven(FeedbackGiven { answers, replaces })])
    }
}
