//! From one event to the cards that it puts or removes, and for whom.

mod after_action;
mod inject;
mod judging;
mod prepare;
mod people;
mod talk;
mod time;

use std::collections::BTreeSet;

use super::{
    Audience,
    card::{Card, ContactCard, ExerciseCard, TeamCard},
    content,
};
use crate::engine::{
    event::{Event, Fact},
    id::{AliasId, CohortId, ExerciseId, InjectId, ItemId, TeamId},
    plan::Plan,
    role::Role,
    state::CallStanding,
    text::Language,
    time::{Rate, Timestamp},
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

impl Frame {
    /// Whether it tells who wrote something that stands without a name: only that person may ever see it.
    #[must_use]
    pub fn tells_an_author(&self) -> bool {
        self.key == "feedback_given" || self.key.starts_with("hot_wash_own/")
    }
}

/// Everything that an event shows, in one language.
#[must_use]
pub fn frames(seq: i64, event: &Event, language: &Language) -> Vec<Frame> {
    people::frames(event)
        .or_else(|| time::frames(seq, event, language))
        .or_else(|| inject::frames(event, language))
        .or_else(|| talk::frames(event, language))
        .or_else(|| judging::frames(event, language))
        .or_else(|| after_action::frames(event))
        .or_else(|| prepare::frames(event, language))
        .unwrap_or_else(|| of_people(event, language))
}

/// Everybody that frames show something to, in order and without repeats.
#[must_use]
pub fn audiences(frames: &[Frame]) -> BTreeSet<&Audience> {
    frames.iter().flat_map(|frame| &frame.to).collect()
}

fn of_people(event: &Event, language: &Language) -> Vec<Frame> {
    let at = event.at;
    match &event.fact {
        Fact::ExerciseCreated { exercise, plan, rate, rehearsal, .. } => {
            let card = exercise_card(exercise, plan, *rate, *rehearsal, language);
            created(card, plan, language)
        }
        Fact::TeamAdded { team, name, language, cohort, alias } => {
            let card = |cohort: Option<CohortId>, alias: &Option<AliasId>| {
                let (team, name, language, alias) = (team.clone(), name.clone(), language.clone(), alias.clone());
                Card::Team(TeamCard { team, name, language, cohort, alias })
            };
            vec![
                put(control(), format!("team/{team}"), card(cohort.clone(), alias)),
                put(
                    vec![
                        Audience::Team(team.clone()),
                        Audience::Role(Role::RolePlayer),
                        Audience::Logs,
                        Audience::Scorecards,
                    ],
                    format!("team/{team}"),
                    card(None, alias),
                ),
            ]
        }
        Fact::TeamLost { team } => vec![put(control(), format!("lost/{team}"), Card::Lost { team: team.clone(), at })],
        Fact::TeamBack { team } => vec![remove(control(), format!("lost/{team}"))],
        // What is left shows nothing: once the text of an erased part is gone, whoever reads the log again
        // gets the cards without it, and the epoch of the log changes, so every client does.
        _ => Vec::new(),
    }
}

fn exercise_card(exercise: &ExerciseId, plan: &Plan, rate: Rate, rehearsal: bool, language: &Language) -> ExerciseCard {
    ExerciseCard {
        exercise: exercise.clone(),
        scenario: plan.name.clone(),
        title: plan.title.get(language).to_owned(),
        summary: plan.summary.get(language).to_owned(),
        tlp: plan.tlp,
        languages: plan.languages.clone(),
        opens_at: plan.opens_at,
        duration: plan.duration,
        rate,
        rehearsal,
        live_scores: plan.profile.live_scores,
        wall_scores: plan.profile.wall_scores,
        preset: plan.profile.preset,
        appeal_window: plan.profile.appeal_window,
    }
}

fn created(card: ExerciseCard, plan: &Plan, language: &Language) -> Vec<Frame> {
    let contacts = plan.directory.iter().map(|contact| ContactCard {
        alias: contact.alias.clone(),
        for_team: contact.for_team,
        name: contact.name.get(language).to_owned(),
        role: contact.role.get(language).to_owned(),
        address: contact.address.clone(),
    });
    let personas = plan.personas.iter().map(|persona| content::sender(persona, language)).collect();
    let teams = [Role::TeamLead, Role::Player, Role::TeamModerator].map(Audience::Role);
    let readers = teams.into_iter().chain([Audience::Control]).collect();
    vec![
        put(everybody(), "exercise".to_owned(), Card::Exercise(card)),
        put(readers, "directory".to_owned(), Card::Directory { contacts: contacts.collect() }),
        put(vec![Audience::Role(Role::RolePlayer)], "personas".to_owned(), Card::Personas { personas }),
        put(control(), "plan".to_owned(), Card::Plan { plan: Box::new(plan.clone()) }),
    ]
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

/// Everybody who hears of a call of NO DUFF: a team hears of its own.
fn told_of_call(team: Option<&TeamId>) -> Vec<Audience> {
    beside_teams().into_iter().chain(team.cloned().map(Audience::Team)).collect()
}

fn call_stands(
    item: &ItemId,
    team: Option<&TeamId>,
    standing: CallStanding,
    decision: Option<i64>,
    at: Timestamp,
) -> Frame {
    let card = Card::DuffState { item: item.clone(), standing, decision, at };
    put(told_of_call(team), format!("duff_state/{item}"), card)
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
    team.map_or_else(|| key.to_owned(), |team| [key, team.as_str()].join("/"))
}

fn cell(key: &str, inject: &InjectId, team: &TeamId) -> String {
    // Of these a release makes seven for each team: put together without the machinery of formatting.
    [key, inject.as_str(), team.as_str()].join("/")
}
