//! What follows from what people made of an exercise: sums of feedback, which steps a corrective action may
//! take, when it is overdue, and what the next exercise should look at again. Functions of the state alone.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::{
    date::Date,
    event::{Answer, CorrectiveState, Scope},
    id::{CorrectiveActionId, FieldId, OptionId},
    plan::Capability,
    prose::Prose,
    role::{Action, Relation, Role, may},
    state::{CorrectiveAction, State},
};

/// What the feedback comes to. Nobody can tell from it who gave what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FeedbackSums {
    /// How many gave any, and how many could, by role.
    pub by_role: BTreeMap<Role, Returned>,
    /// By question, in order of the form.
    pub questions: Vec<QuestionSums>,
}

/// How many gave feedback.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Returned {
    /// Who did.
    pub given: u32,
    /// Who could.
    pub asked: u32,
}

/// What a question was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct QuestionSums {
    /// Which.
    pub field: FieldId,
    /// How many answered it.
    pub given: u32,
    /// How many chose each option.
    pub options: BTreeMap<OptionId, u32>,
    /// How many gave each number, as it is written.
    pub numbers: BTreeMap<String, u32>,
}

/// Sums of the feedback so far.
#[must_use]
pub fn feedback_sums(state: &State) -> FeedbackSums {
    let feedback = &state.after_action.feedback;
    let mut by_role: BTreeMap<Role, Returned> = BTreeMap::new();
    for (person, grant) in &state.grants {
        let has_given = feedback.contains_key(person);
        if has_given || may(grant.role, Action::GiveFeedback, Relation::Other) {
            let returned = by_role.entry(grant.role).or_default();
            returned.asked += 1;
            returned.given += u32::from(has_given);
        }
    }
    let sums = |field: &super::plan::Field| {
        let id = &field.id;
        let mut sums = QuestionSums { field: id.clone(), given: 0, options: BTreeMap::new(), numbers: BTreeMap::new() };
        for answer in feedback.values().filter_map(|answers| answers.get(id)) {
            sums.given += 1;
            match answer {
                Answer::Choice(option) => *sums.options.entry(option.clone()).or_default() += 1,
                Answer::Choices(options) => {
                    for option in options {
                        *sums.options.entry(option.clone()).or_default() += 1;
                    }
                }
                Answer::Number(number) => *sums.numbers.entry(number.to_string()).or_default() += 1,
                _ => {}
            }
        }
        sums
    };
    FeedbackSums { by_role, questions: state.feedback_form().iter().map(sums).collect() }
}

/// What people wrote to a question. The order is that of random names, so it tells nothing of who was first.
#[must_use]
pub fn feedback_texts<'a>(state: &'a State, question: &FieldId) -> Vec<&'a Prose> {
    let answers = state.after_action.feedback.values().filter_map(|answers| answers.get(question));
    let mut texts: Vec<&Prose> = answers.filter_map(Answer::prose).collect();
    texts.sort_by(|one, other| one.part.cmp(&other.part));
    texts
}

impl CorrectiveState {
    /// Whether a corrective action that stands here may come to stand there.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        match self {
            Self::Proposed => matches!(next, Self::Agreed | Self::Rejected | Self::Deferred),
            Self::Agreed => matches!(next, Self::InProgress | Self::Implemented | Self::Rejected | Self::Deferred),
            Self::InProgress => matches!(next, Self::Implemented | Self::Rejected | Self::Deferred),
            Self::Implemented => matches!(next, Self::Verified | Self::InProgress),
            // A later drill may show that it did not hold.
            Self::Verified => next == Self::InProgress,
            Self::Rejected => next == Self::Proposed,
            Self::Deferred => matches!(next, Self::Proposed | Self::Agreed | Self::InProgress | Self::Rejected),
        }
    }

    /// Whether somebody still has to do something.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Proposed | Self::Agreed | Self::InProgress | Self::Deferred)
    }
}

impl CorrectiveAction {
    /// Whether it should be done by that day and is not.
    #[must_use]
    pub fn is_overdue(&self, today: &Date) -> bool {
        self.state.is_open() && self.put.completion.as_ref().is_some_and(|completion| completion < today)
    }
}

/// A corrective action that the next exercise should look at again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CandidateObjective {
    /// Which.
    pub action: CorrectiveActionId,
    /// Whose.
    pub scope: Scope,
    /// What was to be done; none once erased.
    pub text: Option<String>,
    /// For which capability.
    pub capability: Option<Capability>,
    /// Where it stands.
    pub state: CorrectiveState,
    /// When it was to be done.
    pub completion: Option<Date>,
}

/// What of the improvement plan nobody has verified, to be carried into the next exercise as candidates for
/// its objectives. What was rejected is not carried on.
#[must_use]
pub fn candidate_objectives(state: &State) -> Vec<CandidateObjective> {
    let actions = state.after_action.corrective_actions.values();
    let carried =
        actions.filter(|action| !matches!(action.state, CorrectiveState::Verified | CorrectiveState::Rejected));
    let candidate = |action: &CorrectiveAction| CandidateObjective {
        action: action.put.action.clone(),
        scope: action.put.scope.clone(),
        text: action.put.text.text().map(str::to_owned),
        capability: action.put.capability,
        state: action.state,
        completion: action.put.completion.clone(),
    };
    carried.map(candidate).collect()
}
