//! Marks, ratings and results show. What evaluators give is seen by the lead evaluator, the director and
//! whoever gave it: a second mark must not know of the first. Teams see what was released.

use super::{Audience, Frame, cell, control, everybody, put, remove, shared};
use crate::engine::{
    event::{ActionNoted, AnswerMarked, Copied, Event, Fact, TeamScoreReleased},
    id::{PersonId, TeamId},
    role::Role,
    score::{CriterionNames, InjectNames, LevelName},
    text::{Language, Text},
    time::Timestamp,
    view::{
        card::{
            ActionCard, AdjustedCard, AdjustmentCard, AppealAnswerCard, AppealCard, AssignmentCard, Card, ConsentCard,
            CreditCard, CriterionNamesCard, DelegateCard, LevelCard, MarkCard, MarkingCard, NamesCard, RatingCard,
            ResultCard, ResultsCard,
        },
        content,
    },
};

pub(super) fn frames(event: &Event, language: &Language) -> Option<Vec<Frame>> {
    of_marking(event).or_else(|| of_results(event, language)).or_else(|| of_teams(event))
}

fn of_marking(event: &Event) -> Option<Vec<Frame>> {
    let by = event.actor.person();
    Some(match &event.fact {
        Fact::MarkingPolicySet(set) => {
            let to = vec![Audience::Control, Audience::Role(Role::Evaluator)];
            vec![put(to, "marking".to_owned(), Card::Marking(MarkingCard { policy: set.policy }))]
        }
        Fact::MarkingAssigned(assigned) => {
            let card = AssignmentCard {
                person: assigned.person.clone(),
                injects: assigned.injects.clone(),
                languages: assigned.languages.clone(),
                home: assigned.home.clone(),
            };
            let to = judges(Some(&assigned.person));
            vec![put(to, format!("assignment/{}", assigned.person), Card::Assignment(card))]
        }
        Fact::AnswerMarked(marked) => {
            let key = format!("{}/{}", cell("mark", &marked.inject, &marked.team), name(by));
            vec![put(judges(by), key, Card::Mark(mark(event, marked)))]
        }
        Fact::MarkWithdrawn { team, inject } => {
            vec![remove(judges(by), format!("{}/{}", cell("mark", inject, team), name(by)))]
        }
        Fact::AnswerModerated(marked) => {
            let key = cell("moderated", &marked.inject, &marked.team);
            vec![put(judges(None), key, Card::Moderated(mark(event, marked)))]
        }
        Fact::ActionNoted(noted) => {
            let card = action(event, noted);
            let key = |kind| format!("{}/{}", cell(kind, &noted.inject, &noted.team), noted.action);
            let proposed = Frame { to: proposers(&noted.team), key: key("action_proposal"), card: None };
            vec![put(control(), key("action"), Card::Action(card)), proposed]
        }
        Fact::ActionProposed(noted) => {
            let key = format!("{}/{}", cell("action_proposal", &noted.inject, &noted.team), noted.action);
            vec![put(proposers(&noted.team), key, Card::ActionProposal(action(event, noted)))]
        }
        Fact::ObjectiveRated(rated) => {
            let card = RatingCard {
                team: rated.team.clone(),
                objective: rated.objective.clone(),
                suggested: rated.suggested,
                rating: rated.rating,
                reason: rated.reason.as_ref().map(content::prose),
                by: by.cloned(),
            };
            vec![put(control(), format!("rating/{}/{}", rated.team, rated.objective), Card::Rating(card))]
        }
        _ => return None,
    })
}

fn of_results(event: &Event, language: &Language) -> Option<Vec<Frame>> {
    let at = event.at;
    let by = || event.actor.person().cloned();
    Some(match &event.fact {
        Fact::AdjustmentProposed(proposed) => {
            let card = AdjustmentCard {
                item: proposed.item.clone(),
                team: proposed.team.clone(),
                milli: proposed.milli,
                reason: content::prose(&proposed.reason),
                by: by(),
            };
            vec![put(judges(None), format!("adjustment/{}", proposed.item), Card::Adjustment(card))]
        }
        Fact::AdjustmentDecided(decided) => {
            let card = AdjustedCard { item: decided.item.clone(), accepted: decided.accepted, by: by() };
            vec![put(judges(None), format!("adjusted/{}", decided.item), Card::Adjusted(card))]
        }
        Fact::TeamScoreReleased(released) => {
            let card = result(released, at, language);
            let to = vec![Audience::Control, Audience::Scorecard(released.team.clone()), Audience::Scorecards];
            vec![put(to, format!("result/{}", released.team), Card::Result(Box::new(card)))]
        }
        Fact::ScoresReleased { .. } => vec![put(everybody(), "results".to_owned(), Card::Results(ResultsCard { at }))],
        Fact::AppealRaised(raised) => {
            let card = AppealCard {
                item: raised.item.clone(),
                team: raised.team.clone(),
                inject: raised.inject.clone(),
                text: content::prose(&raised.text),
                by: by(),
                at,
            };
            vec![put(shared(&raised.team), cell("appeal", &raised.inject, &raised.team), Card::Appeal(card))]
        }
        Fact::AppealAnswered(answered) => {
            let (item, upheld) = (answered.item.clone(), answered.upheld);
            let card = AppealAnswerCard { item, upheld, answer: content::prose(&answered.answer), at };
            vec![put(
                shared(&answered.team),
                cell("appeal_answer", &answered.inject, &answered.team),
                Card::AppealAnswer(card),
            )]
        }
        // The wall shows frozen standings as a last value.
        Fact::StandingsFrozen { .. } => Vec::new(),
        _ => return None,
    })
}

fn of_teams(event: &Event) -> Option<Vec<Frame>> {
    Some(match &event.fact {
        Fact::DelegateNamed(named) => {
            let key = format!("delegate/{}/{}", named.team, named.person);
            let to = shared(&named.team);
            let card = Card::Delegate(DelegateCard { team: named.team.clone(), person: named.person.clone() });
            vec![if named.may_submit { put(to, key, card) } else { remove(to, key) }]
        }
        Fact::ConsentGiven { team, named } => {
            let card = Card::Consent(ConsentCard { team: team.clone(), named: *named });
            vec![put(shared(team), format!("consent/{team}"), card)]
        }
        Fact::OutageCredited(credited) => {
            let card = CreditCard {
                team: credited.team.clone(),
                from: credited.from,
                to: credited.to,
                reason: credited.reason.clone(),
            };
            vec![put(
                shared(&credited.team),
                format!("credit/{}/{}", credited.team, credited.from.0),
                Card::Credit(card),
            )]
        }
        _ => return None,
    })
}

fn result(released: &TeamScoreReleased, at: Timestamp, language: &Language) -> ResultCard {
    let TeamScoreReleased { team: _, rules, score, ratings, feedback, names } = released;
    let said = |said: &[Copied]| said.iter().map(|copied| content::prose(&copied.text)).collect();
    let title = |text: &Text| text.get(language).to_owned();
    ResultCard {
        rules: *rules,
        score: (**score).clone(),
        ratings: ratings.clone(),
        feedback: feedback.iter().map(|(inject, all)| (inject.clone(), said(all))).collect(),
        objectives: names.objectives.iter().map(|(id, text)| (id.clone(), title(text))).collect(),
        names: names.injects.iter().map(|(id, names)| (id.clone(), inject_names(names, language))).collect(),
        at,
    }
}

fn inject_names(names: &InjectNames, language: &Language) -> NamesCard {
    let title = |text: &Text| text.get(language).to_owned();
    let level = |name: &LevelName| LevelCard { level: name.level, anchor: title(&name.anchor) };
    let criterion = |names: &CriterionNames| CriterionNamesCard {
        title: title(&names.title),
        levels: names.levels.iter().map(level).collect(),
    };
    NamesCard {
        title: title(&names.title),
        criteria: names.criteria.iter().map(|(id, names)| (id.clone(), criterion(names))).collect(),
        actions: names.actions.iter().map(|(id, text)| (id.clone(), title(text))).collect(),
        expected: names.expected.iter().map(title).collect(),
    }
}

/// Those who note actions, and the team's moderator.
fn proposers(team: &TeamId) -> Vec<Audience> {
    vec![Audience::Control, Audience::Moderator(team.clone())]
}

fn action(event: &Event, noted: &ActionNoted) -> ActionCard {
    ActionCard {
        team: noted.team.clone(),
        inject: noted.inject.clone(),
        action: noted.action.clone(),
        status: noted.status,
        happened_at: noted.happened_at,
        evidence: noted.evidence.as_ref().map(content::prose),
        by: event.actor.person().cloned(),
    }
}

/// Those who answer for the marking, and whom it is about.
fn judges(person: Option<&PersonId>) -> Vec<Audience> {
    let roles = [Role::LeadEvaluator, Role::ExerciseDirector].map(Audience::Role);
    roles.into_iter().chain(person.cloned().map(Audience::Person)).collect()
}

fn name(person: Option<&PersonId>) -> &str {
    person.map_or("", PersonId::as_str)
}

fn mark(event: &Event, marked: &AnswerMarked) -> MarkCard {
    MarkCard {
        team: marked.team.clone(),
        inject: marked.inject.clone(),
        revision: marked.mark.revision,
        levels: marked.mark.levels.clone(),
        feedback: marked.mark.feedback.as_ref().map(content::prose),
        by: event.actor.person().cloned(),
        at: event.at,
    }
}
