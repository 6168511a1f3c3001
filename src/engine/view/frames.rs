//! From one event to the cards that it puts or removes, and for whom.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Audience,
    card::{Card, ContactCard, ExerciseCard, PersonCard, ReceiptCard, ResponseCard, TeamCard, person},
    content,
};
use crate::engine::{
    event::{Event, Fact},
    id::{ExerciseId, InjectId, TeamId},
    plan::{Content, Plan},
    role::Role,
    text::Language,
    time::{Millis, Rate, Timestamp},
};

/// A card for somebody, or the removal of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// For whom; a key always goes to the same audiences or to ones with nobody in common.
    pub to: Vec<Audience>,
    /// Key.
    pub key: String,
    /// The card; none removes it.
    pub card: Option<Card>,
}

/// Everything that an event shows, in one language.
#[must_use]
pub fn frames(seq: i64, event: &Event, language: &Language) -> Vec<Frame> {
    let at = event.at;
    let by = || person(&event.actor);
    match &event.fact {
        Fact::ExerciseCreated { exercise, plan, rate, .. } => created(exercise, plan, *rate, language),
        Fact::TeamAdded { team, name, language, cohort } => {
            let card = |cohort| {
                Card::Team(TeamCard { team: team.clone(), name: name.clone(), language: language.clone(), cohort })
            };
            vec![
                put(vec![Audience::Control], format!("team/{team}"), card(cohort.clone())),
                put(vec![Audience::Team(team.clone())], format!("team/{team}"), card(None)),
            ]
        }
        Fact::RoleGranted { person, role, team } => {
            let card = PersonCard { person: person.clone(), role: *role, team: team.clone() };
            let to = team.as_ref().map_or_else(control, shared);
            vec![put(to, format!("person/{person}"), Card::Person(card))]
        }
        Fact::RoleRevoked { person, team } => {
            let to = team.as_ref().map_or_else(control, shared);
            vec![remove(to, format!("person/{person}"))]
        }
        Fact::ExerciseStarted => vec![put(everybody(), "started".to_owned(), Card::Started { at })],
        Fact::ExerciseEnded { hot_wash } => {
            let hot_wash = hot_wash.iter().map(|question| question.get(language).to_owned()).collect();
            vec![put(everybody(), "ended".to_owned(), Card::Ended { at, hot_wash })]
        }
        Fact::Paused { team, reason } => {
            vec![put(
                whole_or_team(team.as_ref()),
                scoped("pause", team.as_ref()),
                Card::Pause { team: team.clone(), reason: reason.clone(), at },
            )]
        }
        Fact::Resumed { team } => vec![remove(whole_or_team(team.as_ref()), scoped("pause", team.as_ref()))],
        Fact::Suspended { team } => {
            vec![put(
                whole_or_team(team.as_ref()),
                scoped("suspension", team.as_ref()),
                Card::Suspension { team: team.clone(), at },
            )]
        }
        Fact::SuspensionLifted { team, decision } => {
            let to = whole_or_team(team.as_ref());
            let card = Card::Decision { team: team.clone(), text: content::prose(decision), at };
            vec![remove(to.clone(), scoped("suspension", team.as_ref())), put(to, format!("decision/{seq}"), card)]
        }
        Fact::PhaseBegan { phase, title, situation, teams, for_exercise } => {
            let card = Card::Phase {
                phase: phase.clone(),
                title: title.get(language).to_owned(),
                situation: situation.get(language).to_owned(),
                at,
            };
            let beside_teams = if *for_exercise { beside_teams() } else { Vec::new() };
            let to = beside_teams.into_iter().chain(teams.iter().cloned().map(Audience::Team)).collect();
            vec![put(to, format!("phase/{phase}"), card)]
        }
        Fact::InjectReleased { inject, teams, cause, content, .. } => {
            let mut list = inject_cards(inject, content, teams, at, language);
            for (team, clock) in teams {
                let card = Card::Released {
                    inject: inject.clone(),
                    team: team.clone(),
                    at,
                    cause: *cause,
                    clock_at_release: *clock,
                };
                list.push(put(control(), cell("released", inject, team), card));
                list.push(remove(control(), cell("missed", inject, team)));
                list.push(remove(control(), cell("skipped", inject, team)));
            }
            list
        }
        Fact::InjectMissed { inject, teams, due } => each(teams, |team| {
            let card = Card::Missed { inject: inject.clone(), team: team.clone(), due: *due, at };
            vec![put(control(), cell("missed", inject, team), card)]
        }),
        Fact::InjectSkipped { inject, teams, reason } => each(teams, |team| {
            let card = Card::Skipped { inject: inject.clone(), team: team.clone(), reason: reason.clone(), at };
            vec![put(control(), cell("skipped", inject, team), card), remove(control(), cell("missed", inject, team))]
        }),
        Fact::InjectRetimed { inject, teams, plan_time } => each(teams, |team| {
            let card = Card::Retimed { inject: inject.clone(), team: team.clone(), plan_time: *plan_time };
            vec![
                put(control(), cell("retimed", inject, team), card),
                remove(control(), cell("missed", inject, team)),
                remove(control(), cell("skipped", inject, team)),
            ]
        }),
        Fact::AnswerClosed { inject, teams } => each(teams, |team| {
            let card = Card::Closed { inject: inject.clone(), team: team.clone(), at };
            vec![put(shared(team), cell("closed", inject, team), card)]
        }),
        Fact::MessageSent { item, team, title, body } => {
            let to = team.as_ref().map_or_else(everybody, shared);
            let card = Card::Message {
                item: item.clone(),
                team: team.clone(),
                title: title.get(language).to_owned(),
                body: body.get(language).to_owned(),
                at,
            };
            vec![put(to, format!("message/{item}"), card)]
        }
        Fact::InjectDelivered { inject, team } => {
            let card = Card::Delivered(ReceiptCard { inject: inject.clone(), team: team.clone(), by: by(), at });
            vec![put(control(), cell("delivered", inject, team), card)]
        }
        Fact::InjectOpened { inject, team } => {
            let card = Card::Opened(ReceiptCard { inject: inject.clone(), team: team.clone(), by: by(), at });
            vec![put(control(), cell("opened", inject, team), card)]
        }
        Fact::InjectAcknowledged { inject, team } => {
            let card = Card::Acknowledged(ReceiptCard { inject: inject.clone(), team: team.clone(), by: by(), at });
            vec![put(shared(team), cell("acknowledged", inject, team), card)]
        }
        Fact::ResponseSubmitted { inject, team, revision, answers, taken, late, .. } => {
            let card = ResponseCard {
                inject: inject.clone(),
                team: team.clone(),
                revision: *revision,
                by: by(),
                at,
                taken: *taken,
                late: *late,
                answers: answers.iter().map(|(field, answer)| (field.clone(), content::answer(answer))).collect(),
            };
            vec![put(shared(team), format!("response/{inject}/{team}/{revision}"), Card::Response(card))]
        }
        Fact::LogWritten { item, team, text, happened_at, inject } => {
            let card = Card::Entry {
                item: item.clone(),
                team: team.clone(),
                by: by(),
                text: content::prose(text),
                happened_at: *happened_at,
                at,
                inject: inject.clone(),
            };
            vec![put(shared(team), format!("entry/{item}"), card)]
        }
        Fact::Said { item, team, text, from_control } => {
            let card = |by| Card::Said {
                item: item.clone(),
                team: team.clone(),
                by,
                from_control: *from_control,
                text: content::prose(text),
                at,
            };
            // Players learn that control spoke, not who in control.
            let for_team = card(by().filter(|_| !from_control));
            vec![
                put(control(), format!("said/{item}"), card(by())),
                put(vec![Audience::Team(team.clone())], format!("said/{item}"), for_team),
            ]
        }
        Fact::NoDuffRaised { item, team, text, call_back } => {
            let card = Card::Duff {
                item: item.clone(),
                team: team.clone(),
                by: by(),
                text: content::prose(text),
                call_back: content::prose(call_back),
                at,
            };
            let to = beside_teams().into_iter().chain(team.clone().map(Audience::Team)).collect();
            vec![put(to, format!("duff/{item}"), card)]
        }
        Fact::OutageNoted { from, to } => {
            vec![put(everybody(), format!("outage/{seq}"), Card::Outage { from: *from, to: *to })]
        }
        Fact::FaultNoted { reason } => {
            let pause = Card::Pause { team: None, reason: String::new(), at };
            vec![
                put(control(), format!("fault/{seq}"), Card::Fault { reason: reason.clone(), at }),
                put(everybody(), "pause".to_owned(), pause),
            ]
        }
        // The text is gone from the parts: whoever reads the log again gets the cards without it,
        // and the generation of the log changes, so every client does.
        Fact::PartErased { .. } => Vec::new(),
    }
}

/// Everybody that an event shows something to, in order and without repeats.
#[must_use]
pub fn audiences(seq: i64, event: &Event) -> BTreeSet<Audience> {
    frames(seq, event, &Language::from("en")).into_iter().flat_map(|frame| frame.to).collect()
}

fn created(exercise: &ExerciseId, plan: &Plan, rate: Rate, language: &Language) -> Vec<Frame> {
    let card = ExerciseCard {
        exercise: exercise.clone(),
        scenario: plan.name.clone(),
        title: plan.title.get(language).to_owned(),
        summary: plan.summary.get(language).to_owned(),
        tlp: plan.tlp,
        languages: plan.languages.clone(),
        opens_at: plan.opens_at,
        duration: plan.duration,
        rate,
        live_scores: plan.profile.live_scores,
        wall_scores: plan.profile.wall_scores,
    };
    let contacts = plan.directory.iter().map(|contact| ContactCard {
        name: contact.name.get(language).to_owned(),
        role: contact.role.get(language).to_owned(),
        address: contact.address.clone(),
    });
    let teams = [Role::TeamLead, Role::Player, Role::TeamModerator].map(Audience::Role);
    let readers = teams.into_iter().chain([Audience::Control]).collect();
    vec![
        put(everybody(), "exercise".to_owned(), Card::Exercise(card)),
        put(readers, "directory".to_owned(), Card::Directory { contacts: contacts.collect() }),
        put(control(), "plan".to_owned(), Card::Plan { plan: Box::new(plan.clone()) }),
    ]
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

fn put(to: Vec<Audience>, key: String, card: Card) -> Frame {
    Frame { to, key, card: Some(card) }
}

fn remove(to: Vec<Audience>, key: String) -> Frame {
    Frame { to, key, card: None }
}

fn each(teams: &BTreeSet<TeamId>, frames: impl Fn(&TeamId) -> Vec<Frame>) -> Vec<Frame> {
    teams.iter().flat_map(frames).collect()
}

fn everybody() -> Vec<Audience> {
    vec![Audience::All]
}

/// Staff, role players and the wall: everybody who is not in a team.
fn beside_teams() -> Vec<Audience> {
    vec![Audience::Control, Audience::Role(Role::RolePlayer), Audience::Role(Role::Observer)]
}

fn control() -> Vec<Audience> {
    vec![Audience::Control]
}

fn shared(team: &TeamId) -> Vec<Audience> {
    vec![Audience::Control, Audience::Team(team.clone())]
}

fn whole_or_team(team: Option<&TeamId>) -> Vec<Audience> {
    team.map_or_else(everybody, shared)
}

fn scoped(key: &str, team: Option<&TeamId>) -> String {
    team.map_or_else(|| key.to_owned(), |team| format!("{key}/{team}"))
}

fn cell(key: &str, inject: &InjectId, team: &TeamId) -> String {
    format!("{key}/{inject}/{team}")
}
