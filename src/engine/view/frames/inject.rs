//! What injects show: what teams receive, what they did with it, and what staff decided about it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Audience, Frame, cell, control, each, put, remove, shared};
use crate::engine::{
    event::{ByHand, Event, Fact, HintOpened, Receipt, ResponsibleNamed, TestSent, VariableSet},
    id::{InjectId, TeamId},
    plan::Content,
    role::Role,
    text::Language,
    time::{Millis, Timestamp},
    view::{
        card::{
            ArmedCard, ByHandCard, Card, ExtendedCard, FateCard, OpenedHintCard, PersonalReceiptCard, ReceiptCard,
            ResponseCard, VariableCard,
        },
        content,
    },
};

/// Everything that says an inject is not out yet: gone once its fate is decided.
const WAITING: [&str; 6] = ["missed", "skipped", "held", "detained", "passed_over", "armed"];

pub(super) fn frames(event: &Event, language: &Language) -> Option<Vec<Frame>> {
    of_release(event, language)
        .or_else(|| of_fate(event))
        .or_else(|| of_work(event))
        .or_else(|| of_branch(event, language))
}

fn of_release(event: &Event, language: &Language) -> Option<Vec<Frame>> {
    let at = event.at;
    Some(match &event.fact {
        Fact::InjectReleased { inject, teams, cause, by, alternative, content, .. } => {
            let mut list = inject_cards(inject, content, teams, at, language);
            list.reserve(teams.len() * (1 + WAITING.len()));
            for (team, clock) in teams {
                let card = Card::Released {
                    inject: inject.clone(),
                    team: team.clone(),
                    at,
                    cause: *cause,
                    by: by.clone(),
                    alternative: alternative.clone(),
                    clock_at_release: *clock,
                };
                list.push(put(control(), cell("released", inject, team), card));
                list.extend(WAITING.map(|key| remove(control(), cell(key, inject, team))));
            }
            list
        }
        Fact::InjectAdded { inject } | Fact::InjectAmended { inject } => {
            vec![put(control(), format!("amended/{}", inject.id), Card::Amended { inject: inject.clone() })]
        }
        Fact::ReleaseArmed { inject, teams, by, goes_at } => each(teams, |team| {
            let (inject, team) = (inject.clone(), team.clone());
            let key = cell("armed", &inject, &team);
            vec![put(control(), key, Card::Armed(ArmedCard { inject, team, by: by.clone(), goes_at: *goes_at }))]
        }),
        Fact::ReleaseUndone { inject, teams } => {
            each(teams, |team| vec![remove(control(), cell("armed", inject, team))])
        }
        Fact::TestSent(TestSent { inject, content }) => {
            let to = event.actor.person().map(|person| Audience::Person(person.clone()));
            let card = content::inject(inject, content, at, Millis(0), language);
            vec![put(to.into_iter().collect(), format!("test/{inject}"), Card::Test(Box::new(card)))]
        }
        Fact::ResponsibleNamed(ResponsibleNamed { inject, person }) => {
            let card = Card::Responsible { inject: inject.clone(), person: person.clone() };
            vec![put(control(), format!("responsible/{inject}"), card)]
        }
        _ => return None,
    })
}

/// What became of an inject for teams.
fn of_fate(event: &Event) -> Option<Vec<Frame>> {
    let at = event.at;
    let waits = |inject: &InjectId, teams: &BTreeSet<TeamId>, key: &'static str, card: &dyn Fn(&TeamId) -> Card| {
        each(teams, |team| {
            let others = WAITING.into_iter().filter(|other| *other != key);
            let removed = others.map(|other| remove(control(), cell(other, inject, team)));
            std::iter::once(put(control(), cell(key, inject, team), card(team))).chain(removed).collect()
        })
    };
    let fate = |inject: &InjectId, team: &TeamId, reason: &str| FateCard {
        inject: inject.clone(),
        team: team.clone(),
        reason: reason.to_owned(),
        jumped: false,
        at,
    };
    let told = |inject: &InjectId, teams: &BTreeSet<TeamId>, key: &str, card: &dyn Fn(&TeamId) -> Card| {
        each(teams, |team| vec![put(shared(team), cell(key, inject, team), card(team))])
    };
    Some(match &event.fact {
        Fact::InjectMissed { inject, teams, due, .. } | Fact::InjectProposed { inject, teams, due } => {
            let (proposed, plan_time) = match &event.fact {
                Fact::InjectMissed { plan_time, .. } => (false, *plan_time),
                _ => (true, None),
            };
            let (inject_id, due) = (inject.clone(), *due);
            let card = |team: &TeamId| {
                let (inject, team) = (inject_id.clone(), team.clone());
                Card::Missed { inject, team, due, plan_time, at, proposed }
            };
            waits(inject, teams, "missed", &card)
        }
        Fact::InjectSkipped { inject, teams, reason, jumped } => {
            let skipped = |team: &TeamId| FateCard { jumped: *jumped, ..fate(inject, team, reason) };
            waits(inject, teams, "skipped", &|team| Card::Skipped(skipped(team)))
        }
        Fact::InjectHeld { inject, teams, reason } => {
            waits(inject, teams, "held", &|team| Card::Held(fate(inject, team, reason)))
        }
        Fact::InjectDetained { inject, teams, .. } => {
            waits(inject, teams, "detained", &|team| Card::Detained(fate(inject, team, "")))
        }
        Fact::InjectPassedOver { inject, teams } => {
            waits(inject, teams, "passed_over", &|team| Card::PassedOver(fate(inject, team, "")))
        }
        Fact::InjectFreed { inject, teams } => each(teams, |team| vec![remove(control(), cell("held", inject, team))]),
        Fact::InjectRetimed { inject, teams, plan_time, .. } => each(teams, |team| {
            let card = Card::Retimed { inject: inject.clone(), team: team.clone(), plan_time: *plan_time };
            let removed = WAITING.map(|key| remove(control(), cell(key, inject, team)));
            std::iter::once(put(control(), cell("retimed", inject, team), card)).chain(removed).collect()
        }),
        Fact::InjectRecalled { inject, teams, reason } => {
            let cards = told(inject, teams, "recalled", &|team| Card::Recalled(fate(inject, team, reason)));
            cards.into_iter().chain(silent_no_more(inject, teams)).collect()
        }
        Fact::InjectResent { inject, teams } => {
            told(inject, teams, "resent", &|team| Card::Resent(fate(inject, team, "")))
        }
        Fact::InjectExcused { inject, teams, reason } => {
            let cards = told(inject, teams, "excused", &|team| Card::Excused(fate(inject, team, reason)));
            cards.into_iter().chain(silent_no_more(inject, teams)).collect()
        }
        Fact::DeadlineExtended { inject, teams, deadline, in_time, .. } => each(teams, |team| {
            let in_time = in_time.get(team).cloned().unwrap_or_default();
            let deadline = *deadline;
            let card = ExtendedCard { inject: inject.clone(), team: team.clone(), deadline, in_time, at };
            let card = Card::Extended(card);
            vec![
                put(shared(team), cell("extended", inject, team), card),
                remove(shared(team), cell("closed", inject, team)),
            ]
        }),
        Fact::AnswerClosed { inject, teams } => {
            told(inject, teams, "closed", &|team| Card::Closed { inject: inject.clone(), team: team.clone(), at })
        }
        _ => return None,
    })
}

/// Nobody waits for an answer any more.
fn silent_no_more(inject: &InjectId, teams: &BTreeSet<TeamId>) -> Vec<Frame> {
    each(teams, |team| vec![remove(control(), cell("silent", inject, team))])
}

/// What teams did.
fn of_work(event: &Event) -> Option<Vec<Frame>> {
    let at = event.at;
    let by = event.actor.person().cloned();
    let receipt = |inject: &InjectId, team: &TeamId, by_hand: Option<&ByHand>| ReceiptCard {
        inject: inject.clone(),
        team: team.clone(),
        by: by.clone(),
        at,
        by_hand: by_hand.map(content_by_hand),
    };
    Some(match &event.fact {
        Fact::InjectDelivered { inject, team, by_hand } => {
            let card = Card::Delivered(receipt(inject, team, by_hand.as_ref()));
            vec![put(control(), cell("delivered", inject, team), card)]
        }
        Fact::InjectOpened { inject, team } => {
            vec![put(control(), cell("opened", inject, team), Card::Opened(receipt(inject, team, None)))]
        }
        Fact::InjectAcknowledged { inject, team, by_hand } => {
            let card = Card::Acknowledged(receipt(inject, team, by_hand.as_ref()));
            vec![put(shared(team), cell("acknowledged", inject, team), card)]
        }
        Fact::ReceiptsNoted { receipts } => receipts.iter().flat_map(personal).collect(),
        Fact::ResponseSubmitted { inject, team, revision, answers, taken, late, by_hand, .. } => {
            let card = ResponseCard {
                inject: inject.clone(),
                team: team.clone(),
                revision: *revision,
                by,
                at,
                taken: *taken,
                late: *late,
                answers: answers.iter().map(|(field, answer)| (field.clone(), content::answer(answer))).collect(),
                by_hand: by_hand.as_ref().map(content_by_hand),
            };
            vec![put(shared(team), format!("response/{inject}/{team}/{revision}"), Card::Response(card))]
        }
        _ => return None,
    })
}

fn of_branch(event: &Event, language: &Language) -> Option<Vec<Frame>> {
    let at = event.at;
    Some(match &event.fact {
        Fact::FlagSet { flag, teams, value } => each(teams, |team| {
            let by = event.actor.person().cloned();
            let card = Card::Flag { flag: flag.clone(), team: team.clone(), by, at };
            let key = format!("flag/{flag}/{team}");
            vec![if *value { put(control(), key, card) } else { remove(control(), key) }]
        }),
        Fact::SilenceNoted { inject, teams, length } => each(teams, |team| {
            let card = Card::Silent { inject: inject.clone(), team: team.clone(), length: *length, at };
            vec![put(control(), cell("silent", inject, team), card)]
        }),
        Fact::VariableSet(VariableSet { variable, team, value }) => {
            let card =
                Card::Variable(VariableCard { variable: variable.clone(), team: team.clone(), value: value.clone() });
            vec![put(control(), format!("variable/{variable}/{team}"), card)]
        }
        Fact::HintOpened(HintOpened { inject, team, hint, text, price_permille }) => {
            let card = Card::Hint(OpenedHintCard {
                inject: inject.clone(),
                team: team.clone(),
                hint: hint.clone(),
                text: text.get(language).to_owned(),
                price_permille: *price_permille,
                at,
            });
            vec![put(shared(team), format!("hint/{inject}/{team}/{hint}"), card)]
        }
        Fact::LinkCut { cut, teams, notice } => each(teams, |team| {
            let card = Card::Line { team: team.clone(), notice: notice.get(language).to_owned(), at };
            vec![put(shared(team), line(*cut, team), card)]
        }),
        Fact::LinkRestored { cut, teams } => each(teams, |team| vec![remove(shared(team), line(*cut, team))]),
        _ => return None,
    })
}

/// A cut of the plan by its position, or the one by hand.
fn line(cut: Option<u32>, team: &TeamId) -> String {
    cut.map_or_else(|| format!("line/hand/{team}"), |cut| format!("line/{cut}/{team}"))
}

fn personal(receipt: &Receipt) -> Vec<Frame> {
    let Receipt { inject, person, team, delivered_at, opened_at } = receipt;
    let frame = |key: &str, at: Timestamp| {
        let card = Card::PersonalReceipt(PersonalReceiptCard {
            inject: inject.clone(),
            person: person.clone(),
            team: team.clone(),
            at,
        });
        put(control(), format!("personal_receipt/{key}/{inject}/{person}"), card)
    };
    let delivered = delivered_at.map(|at| frame("got", at));
    delivered.into_iter().chain(opened_at.map(|at| frame("read", at))).collect()
}

fn content_by_hand(by_hand: &ByHand) -> ByHandCard {
    ByHandCard { caller: content::prose(&by_hand.caller), happened_at: by_hand.happened_at, code: by_hand.code.clone() }
}

/// Teams whose clocks read alike get the same bytes; as a rule that is all of them.
fn inject_cards(
    inject: &InjectId,
    content: &Content,
    teams: &BTreeMap<TeamId, Millis>,
    at: Timestamp,
    language: &Language,
) -> Vec<Frame> {
    let mut by_reading: BTreeMap<Millis, Vec<Audience>> = BTreeMap::new();
    for (team, reading) in teams {
        by_reading.entry(*reading).or_default().push(Audience::Team(team.clone()));
    }
    let card = |reading| Card::Inject(Box::new(content::inject(inject, content, at, reading, language)));
    let mut list: Vec<_> =
        by_reading.into_iter().map(|(reading, to)| put(to, format!("inject/{inject}"), card(reading))).collect();
    if let Some(line) = &content.for_guests {
        let to = vec![Audience::Role(Role::Observer), Audience::Control];
        list.push(put(to, format!("guest/{inject}"), Card::Guest { at, text: line.get(language).to_owned() }));
    }
    list
}
