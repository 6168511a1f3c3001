//! A whole drill in virtual time: a director, a facilitator and simulated teams play a plan from
//! its creation to `EndEx` in the time that the machine needs to compute it.
//!
//! Every act goes through [`step`] as it would in the hall. The log that comes out is a function
//! of (plan, cast, seed): same input, same bytes. It says of itself that it is a rehearsal.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use uuid::Builder;

use super::{
    behaviour::BotTeam,
    cast::{Cast, CastTeam},
    dice::Dice,
    facilitator::addressees,
    schedule::{half_time, releases_by_hand},
    words,
};
use crate::engine::{
    command::{Act, Actor, Command, Creation, Order, Seat},
    event::{Event, Fact},
    id::{ExerciseId, InjectId, PersonId, TeamId},
    plan::Plan,
    prose::Mint,
    rejection::Rejection,
    role::Role,
    state::State,
    step::step,
    text::Language,
    time::{Millis, Rate, Timestamp},
    view::{
        card::{Card, InjectCard},
        frames::frames,
    },
};

/// When a rehearsal is set up: 1 January 2026, 09:00 UTC. Virtual time begins here.
pub const OPENS_AT: Timestamp = Timestamp(1_767_258_000_000);
/// How long after that `StartEx` is given.
const UNTIL_START: Millis = Millis::minutes(10);
/// How long after `EndEx` late answers may still come in.
const AFTER_END: Millis = Millis::minutes(5);
/// How long staff wait to look at a clock again that stands.
const LOOKS_AGAIN: Millis = Millis::minutes(1);
/// People in each team, the lead included.
const PEOPLE: u32 = 3;

/// A drill that was rehearsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rehearsal {
    /// Its log.
    pub events: Vec<Event>,
    /// What the log folds to.
    pub state: State,
    /// What was refused. With a sound plan there is nothing: a refusal says that a sample answer
    /// does not fit its form, or the like.
    pub refusals: Vec<Refusal>,
}

/// An act that the rules refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Plan time of the exercise.
    pub plan_time: Millis,
    /// The inject that it was about, if it was about one.
    pub inject: Option<InjectId>,
    /// Why.
    pub why: Rejection,
}

/// A rehearsal that cannot begin.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RehearseError {
    /// Nobody would play.
    #[error("a rehearsal needs at least one team")]
    NoTeams,
    /// The engine refuses to set it up.
    #[error("the exercise cannot be set up")]
    SetUp(#[source] Rejection),
}

/// Plays a whole drill with a cast.
pub fn rehearse(plan: &Plan, plan_hash: &str, cast: &Cast, seed: u64) -> Result<Rehearsal, RehearseError> {
    if cast.teams.is_empty() {
        return Err(RehearseError::NoTeams);
    }
    let mut hall = Hall::open(plan, plan_hash, seed)?;
    hall.set_up(cast).map_err(RehearseError::SetUp)?;
    hall.play();
    Ok(Rehearsal { events: hall.events, state: hall.state, refusals: hall.refusals })
}

/// Something that waits to be done.
struct Todo {
    actor: Actor,
    act: Act,
    /// Plan time before which it is not done: staff go by the story, which stands in a break.
    not_before: Option<Millis>,
}

struct Hall {
    seed: u64,
    state: State,
    events: Vec<Event>,
    refusals: Vec<Refusal>,
    teams: BTreeMap<TeamId, (BotTeam, Language)>,
    /// By instant, then in the order in which they were planned.
    todo: BTreeMap<(Timestamp, u64), Todo>,
    planned: u64,
    minted: u64,
}

impl Hall {
    fn open(plan: &Plan, plan_hash: &str, seed: u64) -> Result<Self, RehearseError> {
        let random = Dice::new(seed, &["exercise"]).bytes();
        let millis = u64::try_from(OPENS_AT.0).unwrap_or_default();
        let exercise = ExerciseId(Builder::from_unix_timestamp_millis(millis, &random).into_uuid().to_string());
        let creation = Creation {
            exercise,
            plan: plan.clone(),
            plan_hash: plan_hash.to_owned(),
            rate: Rate::REAL,
            rehearsal: true,
        };
        let mint = Mint::new(Dice::new(seed, &["salt"]).bytes());
        let order = Order::Create(Box::new(creation));
        let command = Command { actor: Actor::System, received_at: OPENS_AT, mint, order };
        let created = State::create(&command, OPENS_AT).map_err(RehearseError::SetUp)?;
        let state = State::open(&created).ok_or(RehearseError::SetUp(Rejection::NotCreated))?;
        Ok(Self {
            seed,
            state,
            events: vec![created],
            refusals: Vec::new(),
            teams: BTreeMap::new(),
            todo: BTreeMap::new(),
            planned: 0,
            minted: 0,
        })
    }

    /// Seats the staff and the teams, gives `StartEx` and plans what staff will do.
    fn set_up(&mut self, cast: &Cast) -> Result<(), Rejection> {
        self.seat("director", Role::ExerciseDirector, None)?;
        self.seat("facilitator", Role::Facilitator, None)?;
        for CastTeam { team, name, language, cohort, alias, profile } in &cast.teams {
            let act = Act::AddTeam {
                team: team.clone(),
                name: name.clone(),
                language: language.clone(),
                cohort: cohort.clone(),
                alias: alias.clone(),
            };
            self.do_now(self.person("director"), Order::Act(act), OPENS_AT)?;
            for person in 0..PEOPLE {
                let role = if person == 0 { Role::TeamLead } else { Role::Player };
                self.seat(&seat_name(team, person), role, Some(team))?;
            }
            self.do_now(Actor::System, Order::NoteConnection { team: team.clone(), connected: true }, OPENS_AT)?;
            self.teams.insert(team.clone(), (BotTeam::new(self.seed, team, PEOPLE, *profile), language.clone()));
        }
        let start = OPENS_AT.plus(UNTIL_START);
        self.do_now(self.person("director"), Order::Act(Act::StartEx), start)?;
        self.plan_staff();
        Ok(())
    }

    fn seat(&mut self, name: &str, role: Role, team: Option<&TeamId>) -> Result<(), Rejection> {
        let Actor::Person(person) = self.person(name) else { return Ok(()) };
        self.do_now(
            Actor::System,
            Order::Seat(Seat { person, role, team: team.cloned(), organisation: None }),
            OPENS_AT,
        )
    }

    fn plan_staff(&mut self) {
        let plan = Arc::clone(&self.state.plan);
        for (time, inject) in releases_by_hand(&plan) {
            let act = Act::Release { inject, teams: None, grace: false };
            self.plan_at(time, self.person("facilitator"), act);
        }
        let half = Millis(i64::midpoint(plan.opens_at.0, plan.duration.0));
        let (title, body) = half_time();
        let message = Act::SendMessage { team: None, title, body, persona: None };
        self.plan_at(half, self.person("facilitator"), message);
        self.plan_at(plan.duration, self.person("director"), Act::EndEx);
    }

    /// Whatever comes first: something due, or somebody's act. At one instant the due comes first.
    fn play(&mut self) {
        loop {
            let next = self.todo.first_key_value().map(|(key, _)| key.0);
            match (self.state.next_deadline(), next) {
                (Some(due), next) if next.is_none_or(|next| due <= next) => {
                    // A pulse is never refused.
                    if self.do_now(Actor::System, Order::Pulse, due).is_err() {
                        return;
                    }
                }
                (_, Some(at)) if self.state.ended_at.is_none_or(|ended| at <= ended.plus(AFTER_END)) => self.do_next(),
                (_, _) => return,
            }
        }
    }

    fn do_next(&mut self) {
        let Some(((at, _), mut todo)) = self.todo.pop_first() else { return };
        if let Some(time) = todo.not_before.filter(|time| self.state.clock.plan(at) < *time) {
            let later = self.state.clock.plan_due(time).unwrap_or_else(|| at.plus(LOOKS_AGAIN));
            self.planned += 1;
            self.todo.insert((later, self.planned), todo);
            return;
        }
        let inject = inject_of(&todo.act).cloned();
        if let Act::Release { inject, teams, .. } = &mut todo.act {
            let asks = |team: &TeamId| self.teams.get(team).is_some_and(|(bots, _)| bots.requests(inject));
            let to = addressees(&self.state, inject, at, asks);
            if to.is_empty() {
                return;
            }
            *teams = Some(to);
        }
        if let Err(why) = self.do_now(todo.actor, Order::Act(todo.act), at)
            // A line that is cut is part of play.
            && why != Rejection::LinkDown
        {
            self.refusals.push(Refusal { plan_time: self.state.clock.plan(at), inject, why });
        }
    }

    fn do_now(&mut self, actor: Actor, order: Order, at: Timestamp) -> Result<(), Rejection> {
        self.minted += 1;
        let mint = Mint::new(Dice::new(self.seed, &["mint", &self.minted.to_string()]).bytes());
        let events = step(&mut self.state, &Command { actor, received_at: at, mint, order }, at)?;
        for event in events {
            self.events.push(event);
            self.react();
        }
        Ok(())
    }

    /// What people do about the event that was written last.
    fn react(&mut self) {
        let Some(event) = self.events.last() else { return };
        let (at, seq) = (event.at, i64::try_from(self.events.len()).unwrap_or(i64::MAX));
        match &event.fact {
            Fact::InjectReleased { inject, teams, .. } => {
                let inject = inject.clone();
                let readings = teams.clone();
                let cards = cards(seq, event, self.teams.values().map(|(_, language)| language));
                for (team, reading) in readings {
                    self.plan_answers(&inject, &team, reading, &cards, at);
                }
            }
            Fact::Said { team, from_control: false, .. } => {
                let team = team.clone();
                let mut dice = Dice::new(self.seed, &["reply", &seq.to_string()]);
                let language = self.teams.get(&team).map_or_else(|| Language::from("en"), |(_, l)| l.clone());
                let text = words::of(&language).reply(&mut dice);
                let after = dice.time(Millis::seconds(30), Millis::seconds(120));
                self.plan_act(
                    at.plus(after),
                    self.person("facilitator"),
                    Act::Say { team: Some(team), text, persona: None },
                );
            }
            _ => {}
        }
    }

    fn plan_answers(
        &mut self,
        inject: &InjectId,
        team: &TeamId,
        clock_at_release: Millis,
        cards: &BTreeMap<Language, InjectCard>,
        at: Timestamp,
    ) {
        let plan = Arc::clone(&self.state.plan);
        let Some((bots, language)) = self.teams.get(team) else { return };
        let Some(card) = cards.get(language) else { return };
        let samples = plan.injects.iter().find(|known| known.id == *inject).map_or(&[][..], |i| &i.staff.samples);
        let mut acts = bots.acts(card, samples);
        // Whom the directory does not know cannot write to others.
        let known = self.state.aliases.values().any(|holder| holder == team);
        let others = self.state.aliases.iter().filter(|(_, holder)| known && *holder != team);
        let peers = others.map(|(alias, _)| alias.clone());
        acts.extend(bots.letter(card, &peers.collect::<Vec<_>>()));
        let Some(clock) = self.state.team(team).map(|team| team.clock.clone()) else { return };
        for planned in acts {
            let instant = clock.active_due(clock_at_release.plus(planned.after)).unwrap_or(at.plus(planned.after));
            self.plan_act(instant, self.person(&seat_name(team, planned.person)), planned.act);
        }
    }

    fn plan_act(&mut self, at: Timestamp, actor: Actor, act: Act) {
        self.planned += 1;
        self.todo.insert((at, self.planned), Todo { actor, act, not_before: None });
    }

    /// Plans what staff do at a plan time.
    fn plan_at(&mut self, time: Millis, actor: Actor, act: Act) {
        let at = self.state.clock.plan_due(time).unwrap_or(OPENS_AT);
        self.planned += 1;
        self.todo.insert((at, self.planned), Todo { actor, act, not_before: Some(time) });
    }

    fn person(&self, name: &str) -> Actor {
        Actor::Person(PersonId(hex::encode(Dice::new(self.seed, &["person", name]).bytes::<16>())))
    }
}

fn seat_name(team: &TeamId, person: u32) -> String {
    format!("{team}/{person}")
}

/// The card of a released inject in each language: what a team's screen shows, and no more.
fn cards<'a>(seq: i64, event: &Event, languages: impl Iterator<Item = &'a Language>) -> BTreeMap<Language, InjectCard> {
    let languages: BTreeSet<&Language> = languages.collect();
    let card = |language: &Language| {
        frames(seq, event, language).into_iter().find_map(|frame| match frame.card {
            Some(Card::Inject(card)) => Some(*card),
            _ => None,
        })
    };
    languages.into_iter().filter_map(|language| Some((language.clone(), card(language)?))).collect()
}

fn inject_of(act: &Act) -> Option<&InjectId> {
    match act {
        Act::Release { inject, .. }
        | Act::NoteDelivered { inject }
        | Act::NoteOpened { inject }
        | Act::Acknowledge { inject }
        | Act::Submit { inject, .. } => Some(inject),
        Act::WriteLog { inject, .. } => inject.as_ref(),
        _ => None,
    }
}
