//! A tiny drill that a test plays by hand.

use std::collections::BTreeMap;

use drillhall::{
    engine::{
        command::{Act, Actor, AnswerInput, Command, Creation, Order, Seat},
        event::Event,
        id::{ExerciseId, FieldId, PersonId, TeamId},
        plan::Plan,
        prose::Mint,
        role::Role,
        state::State,
        step::{by_system, step},
        text::Language,
        time::{Millis, Rate, Timestamp},
    },
    report::{build, model::Report},
};

use crate::scenario::fixture::load_text;

/// When the tiny drill is created.
pub(super) const OPENED: Timestamp = Timestamp(1_767_258_000_000);

/// One scored task in both languages, worth 10 + 6 + 4 points, of which a person marks 4.
pub(super) const TASK: &str = r"format: 1
meta:
  name: tiny
  title: {en: A tiny drill, fr: Un petit exercice}
  summary: {en: One question., fr: Une question.}
  tlp: amber
  languages: [en, fr]
  duration: 30m
profile: {live_scores: true, wall_scores: false, late_credit_percent: 50}
objectives:
  - {id: triage, title: {en: Tell an incident from noise, fr: Trier}, capability: triage_and_classification, critical: true}
hot_wash: [{en: What went well?, fr: Qu'est-ce qui a marché ?}]
injects:
  - id: alert
    kind: task
    at: 1m
    player:
      title: {en: Many failed sign-ins, fr: Beaucoup d'échecs de connexion}
      body: {en: Four hundred in five minutes., fr: Quatre cents en cinq minutes.}
      channel: soc_alert
      form:
        acknowledge: true
        target: 5m
        deadline: 10m
        fields:
          - id: class
            label: {en: What is it?, fr: De quoi s'agit-il ?}
            required: true
            points: 10
            choice:
              - {id: guessing, label: {en: Password guessing, fr: Essais de mots de passe}}
              - {id: spraying, label: {en: Password spraying, fr: Pulvérisation}}
              - {id: storm, label: {en: The storm, fr: La tempête}}
          - id: signs
            label: {en: What shows it?, fr: Qu'est-ce qui le montre ?}
            points: 6
            multi_choice:
              - {id: rate, label: {en: The rate, fr: Le rythme}}
              - {id: source, label: {en: One source, fr: Une seule source}}
              - {id: hour, label: {en: The hour, fr: L'heure}}
          - {id: why, label: {en: Why?, fr: Pourquoi ?}, points: 4, long_text: {max_chars: 500}}
    staff:
      expected: [{en: Calls it guessing, fr: Parle d'essais}]
      objectives: [triage]
      keys:
        class: {options: {guessing: 100, spraying: 40}}
        signs: {set: [rate, source]}
";

/// A drill in play and its log.
pub(super) struct Hall {
    pub(super) state: State,
    pub(super) events: Vec<Event>,
    opened: Timestamp,
    minted: u8,
}

impl Hall {
    /// A drill with a director and these teams, started at [`OPENED`].
    pub(super) fn playing(scenario: &str, teams: &[(&str, &str, &str)]) -> Self {
        Self::playing_as("0190-tiny", 0, scenario, teams)
    }

    /// The same under another id, so many days later.
    pub(super) fn playing_as(exercise: &str, days: i64, scenario: &str, teams: &[(&str, &str, &str)]) -> Self {
        let opened = OPENED.plus(Millis::seconds(days * 86_400));
        let plan: Plan = load_text(scenario).unwrap_or_else(|wrong| panic!("{wrong}")).plan;
        let creation = Creation {
            exercise: ExerciseId::from(exercise),
            plan,
            plan_hash: "ab".repeat(32),
            rate: Rate::REAL,
            rehearsal: false,
        };
        let created = State::create(&by_system(Order::Create(Box::new(creation)), opened), opened).unwrap();
        let mut hall = Self { state: State::open(&created).unwrap(), events: vec![created], opened, minted: 0 };
        hall.seat("director", Role::ExerciseDirector, None);
        for (id, name, language) in teams {
            let team = TeamId::from(*id);
            let language = Language::from(*language);
            hall.act(
                0,
                "director",
                Act::AddTeam { team, name: (*name).to_owned(), language, cohort: None, alias: None },
            );
            hall.seat(id, Role::TeamLead, Some(id));
        }
        hall.act(0, "director", Act::StartEx);
        hall
    }

    fn seat(&mut self, person: &str, role: Role, team: Option<&str>) {
        let order = Order::Seat(Seat {
            person: PersonId::from(person),
            role,
            team: team.map(TeamId::from),
            organisation: None,
        });
        self.order(0, Actor::System, order);
    }

    /// Somebody of no team takes a seat.
    pub(super) fn join(&mut self, person: &str, role: Role) {
        self.seat(person, role, None);
    }

    /// Somebody acts so many seconds after the start. What falls due before happens before.
    pub(super) fn act(&mut self, second: i64, person: &str, act: Act) {
        self.order(second, Actor::Person(PersonId::from(person)), Order::Act(act));
    }

    /// The server does something.
    pub(super) fn order(&mut self, second: i64, actor: Actor, order: Order) {
        let at = self.opened.plus(Millis::seconds(second));
        while let Some(due) = self.state.next_deadline().filter(|due| *due <= at) {
            self.events.extend(step(&mut self.state, &by_system(Order::Pulse, due), due).unwrap());
        }
        self.minted += 1;
        let command = Command { actor, received_at: at, mint: Mint::new([self.minted; 32]), order };
        self.events.extend(step(&mut self.state, &command, at).unwrap());
    }

    /// A team answers.
    pub(super) fn answer(&mut self, second: i64, team: &str, answers: &[(&str, AnswerInput)]) {
        self.answer_to("alert", second, team, answers);
    }

    /// A team answers an inject.
    pub(super) fn answer_to(&mut self, inject: &str, second: i64, team: &str, answers: &[(&str, AnswerInput)]) {
        let answers: BTreeMap<FieldId, AnswerInput> =
            answers.iter().map(|(field, answer)| (FieldId::from(*field), answer.clone())).collect();
        self.act(second, team, Act::Submit { inject: inject.into(), answers, composed_at: None });
    }

    /// The log with its row numbers.
    pub(super) fn log(&self) -> Vec<(i64, Event)> {
        (1..).zip(self.events.iter().cloned()).collect()
    }

    pub(super) fn report(&self) -> Report {
        build(&self.log(), Some("cd".repeat(32))).unwrap()
    }
}

/// The tiny task three times over, without what a person marks: enough for a capability to have a score.
pub(super) fn three_tasks() -> String {
    let lines: Vec<&str> = TASK.lines().filter(|line| !line.contains("id: why")).collect();
    let scenario = lines.join("\n") + "\n";
    let (head, inject) = scenario.split_once("injects:\n").unwrap();
    let three = THREE.map(|id| inject.replace("id: alert\n", &format!("id: {id}\n")));
    format!("{head}injects:\n{}", three.concat())
}

/// Ids of the injects of [`three_tasks`].
pub(super) const THREE: [&str; 3] = ["alert", "alert-2", "alert-3"];

pub(super) fn choice(option: &str) -> AnswerInput {
    AnswerInput::Choice(option.into())
}

pub(super) fn choices(options: &[&str]) -> AnswerInput {
    AnswerInput::Choices(options.iter().map(|option| (*option).into()).collect())
}

pub(super) fn text(text: &str) -> AnswerInput {
    AnswerInput::Text(text.to_owned())
}
