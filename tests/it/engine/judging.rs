//! What evaluators and team leads ask for, in the words of the tests.

use std::collections::BTreeMap;

use drillhall::engine::{
    command::{
        Act, AnswerAppeal, Appeal, AssignMarking, CreditOutage, DecideAdjustment, DeliverFor, Mark, Moderate,
        NameDelegate, NoteAction, ProposeAdjustment, RateObjective,
    },
    event::{ActionStatus, Rating},
    id::{CriterionId, ItemId},
    time::Timestamp,
};

use super::fixture::Drill;

pub(super) fn levels(levels: &[(&str, u8)]) -> BTreeMap<CriterionId, u8> {
    levels.iter().map(|(id, level)| ((*id).into(), *level)).collect()
}

/// Levels with a sentence for the team, which serves any.
pub(super) fn mark(team: &str, inject: &str, given: &[(&str, u8)]) -> Act {
    let feedback = Some("say where you saw it".to_owned());
    Act::Mark(Mark { team: team.into(), inject: inject.into(), levels: levels(given), feedback })
}

pub(super) fn mark_silently(team: &str, inject: &str, given: &[(&str, u8)]) -> Act {
    Act::Mark(Mark { team: team.into(), inject: inject.into(), levels: levels(given), feedback: None })
}

pub(super) fn withdraw(team: &str, inject: &str) -> Act {
    Act::WithdrawMark { team: team.into(), inject: inject.into() }
}

pub(super) fn moderate(team: &str, inject: &str, given: &[(&str, u8)]) -> Act {
    let reason = "the second reading is right".to_owned();
    Act::Moderate(Moderate { team: team.into(), inject: inject.into(), levels: levels(given), reason })
}

pub(super) fn assign(person: &str, injects: Option<&[&str]>, home: Option<&str>) -> Act {
    let injects = injects.map(|ids| ids.iter().map(|id| (*id).into()).collect());
    Act::AssignMarking(AssignMarking { person: person.into(), injects, languages: None, home: home.map(Into::into) })
}

pub(super) fn note(team: &str, inject: &str, action: &str, status: ActionStatus) -> Act {
    Act::NoteAction(NoteAction {
        team: team.into(),
        inject: inject.into(),
        action: action.into(),
        status,
        happened_at: None,
        evidence: None,
    })
}

pub(super) fn rate_objective(team: &str, objective: &str, rating: Rating, reason: Option<&str>) -> Act {
    let reason = reason.map(str::to_owned);
    Act::RateObjective(RateObjective { team: team.into(), objective: objective.into(), rating, reason })
}

pub(super) fn adjust(team: &str, milli: i64) -> Act {
    Act::ProposeAdjustment(ProposeAdjustment { team: team.into(), milli, reason: "they helped others".to_owned() })
}

pub(super) fn decide_adjustment(item: &ItemId, accepted: bool) -> Act {
    Act::DecideAdjustment(DecideAdjustment { item: item.clone(), accepted })
}

pub(super) fn appeal(inject: &str) -> Act {
    Act::Appeal(Appeal { inject: inject.into(), text: "we did say so".to_owned() })
}

pub(super) fn answer_appeal(item: &ItemId, upheld: bool) -> Act {
    Act::AnswerAppeal(AnswerAppeal { item: item.clone(), upheld, answer: "read again".to_owned() })
}

pub(super) fn delegate(person: &str, may_submit: bool) -> Act {
    Act::NameDelegate(NameDelegate { person: person.into(), may_submit })
}

pub(super) fn credit(team: &str, from: Timestamp, to: Timestamp) -> Act {
    Act::CreditOutage(CreditOutage { team: team.into(), from, to, reason: "the cable was cut".to_owned() })
}

pub(super) fn read_by_phone(team: &str, inject: &str, happened_at: Timestamp) -> Act {
    let caller = "the lead".to_owned();
    Act::DeliverFor(DeliverFor { team: team.into(), inject: inject.into(), happened_at, caller })
}

pub(super) fn release_scores() -> Act {
    Act::ReleaseScores { unfinished: true }
}

/// Play is over, and scores are out.
pub(super) fn after_release(drill: Drill) -> Drill {
    drill.and("director", Act::EndEx).and("lead-evaluator", release_scores())
}
