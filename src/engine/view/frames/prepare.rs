//! What is made ready before the start: teams see practice messages as they see injects, staff see who has answered.

use super::{Audience, Frame, cell, control, put, remove};
use crate::engine::{
    event::{ComcheckRound, Event, Fact, Prepared, ReadyState},
    id::{InjectId, TeamId},
    text::Language,
    time::Millis,
    view::{
        card::{Card, ComcheckCard, ComcheckStepCard, ReadySignedCard, ReadyTickCard, ReceiptCard, ResponseCard},
        content,
    },
};

/// A practice message keeps its last answer.
const REVISION: u32 = 1;

pub(super) fn frames(event: &Event, language: &Language) -> Option<Vec<Frame>> {
    let Fact::Prepared(prepared) = &event.fact else { return None };
    let (at, by) = (event.at, event.actor.person().cloned());
    let step = |inject: &InjectId, team: &TeamId, answers| {
        let (inject, team, by) = (inject.clone(), team.clone(), by.clone());
        ComcheckStepCard { inject, team, by, at, answers }
    };
    Some(match prepared {
        Prepared::ComcheckSent { round, injects, teams } => {
            let to: Vec<Audience> = teams.iter().cloned().map(Audience::Team).collect();
            let messages = injects.iter().map(|inject| {
                let card = content::inject(&inject.id, &inject.content, at, Millis(0), language);
                put(to.clone(), format!("inject/{}", inject.id), Card::Inject(Box::new(card)))
            });
            let channels = injects.iter().map(|inject| (inject.id.clone(), inject.content.channel)).collect();
            let round = ComcheckRound { round: *round, messages: channels, teams: teams.clone(), sent_at: at };
            std::iter::once(shown(&round, true)).chain(messages).collect()
        }
        Prepared::ComcheckAcknowledged { inject, team } => {
            let receipt = ReceiptCard { inject: inject.clone(), team: team.clone(), by: by.clone(), at, by_hand: None };
            vec![
                put(own(team), cell("acknowledged", inject, team), Card::Acknowledged(receipt)),
                put(
                    control(),
                    cell("comcheck_acknowledged", inject, team),
                    Card::ComcheckAcknowledged(step(inject, team, None)),
                ),
            ]
        }
        Prepared::ComcheckAnswered { inject, team, answers } => {
            let answers: std::collections::BTreeMap<_, _> =
                answers.iter().map(|(field, answer)| (field.clone(), content::answer(answer))).collect();
            let card = ResponseCard {
                inject: inject.clone(),
                team: team.clone(),
                revision: REVISION,
                by: by.clone(),
                at,
                taken: Millis(0),
                late: false,
                answers: answers.clone(),
                by_hand: None,
            };
            vec![
                put(own(team), response(inject, team), Card::Response(card)),
                put(
                    control(),
                    cell("comcheck_answered", inject, team),
                    Card::ComcheckAnswered(step(inject, team, Some(answers))),
                ),
            ]
        }
        Prepared::ComcheckEnded(round) => {
            let to: Vec<Audience> = round.teams.iter().cloned().map(Audience::Team).collect();
            let messages = round.messages.keys().map(|inject| remove(to.clone(), format!("inject/{inject}")));
            let work = round.teams.iter().flat_map(|team| {
                round.messages.keys().flat_map(move |inject| {
                    [cell("acknowledged", inject, team), response(inject, team)].map(|key| remove(own(team), key))
                })
            });
            std::iter::once(shown(round, false)).chain(messages).chain(work).collect()
        }
        Prepared::ReadyTicked { line, done, note } => {
            let name = serde_json::to_string(line).unwrap_or_default();
            let key = format!("ready_tick/{}", name.trim_matches('"'));
            if *done {
                let card = ReadyTickCard { line: *line, by, at, note: note.as_ref().map(content::prose) };
                vec![put(control(), key, Card::ReadyTick(card))]
            } else {
                vec![remove(control(), key), remove(control(), "ready_signed".to_owned())]
            }
        }
        Prepared::ReadySigned { lines, note } => {
            let lines = lines.iter().map(|line| ReadyState { note: None, ..line.clone() }).collect();
            let card = ReadySignedCard { lines, by, at, note: note.as_ref().map(content::prose) };
            vec![put(control(), "ready_signed".to_owned(), Card::ReadySigned(card))]
        }
    })
}

fn shown(round: &ComcheckRound, open: bool) -> Frame {
    let ComcheckRound { round, messages, teams, sent_at } = round.clone();
    let card = ComcheckCard { round, messages, teams: teams.into_iter().collect(), sent_at, open };
    put(control(), "comcheck".to_owned(), Card::Comcheck(card))
}

fn own(team: &TeamId) -> Vec<Audience> {
    vec![Audience::Team(team.clone())]
}

fn response(inject: &InjectId, team: &TeamId) -> String {
    format!("response/{inject}/{team}/{REVISION}")
}
