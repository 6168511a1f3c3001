//! `drillhall demo`: a drill to walk into. Four simulated teams play it over real websockets; one
//! seat is free, and the drill starts when somebody takes it.

use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use anyhow::Context;
use clap::Args;
use serde::Serialize;

use super::{Outcome, say, serve};
use crate::{
    account::LinkTerms,
    app::{App, listen},
    bot::{
        behaviour::BotTeam,
        player::{Place, play},
        profile::Profile,
    },
    clock::Clock,
    config::{Config, ConfigArgs, Settings},
    engine::{
        command::Act,
        id::{InjectId, PersonId, TeamId},
        plan::{InjectAudience, InjectKind, Plan},
        role::Role,
        state::{Stage, State},
        text::Language,
        time::{Millis, Rate, Timestamp},
    },
    id::Random,
    live::{Exercise, http::open_exercise},
    scenario,
};

/// Serve a drill with four simulated teams and one free seat
#[derive(Debug, Args)]
pub(super) struct Demo {
    /// Address and port to listen at; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDR:PORT")]
    listen: SocketAddr,
    /// Directory to keep it in [default: a temporary one, removed at the end]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Scenario pack to play, by name
    #[arg(long, default_value = "zephyrine")]
    scenario: String,
    /// How many times faster than real time the drill runs
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=1000))]
    speed: u32,
    /// Print the links as one line of JSON
    #[arg(long)]
    json: bool,
}

/// Teams of the demo: id, name, language, and how each plays. None is silent: a newcomer is to see
/// things happen.
const TEAMS: [(&str, &str, &str, Profile); 4] = [
    ("port-meridian", "Port Meridian", "en", Profile::Fast),
    ("isla-serena", "Isla Serena", "es", Profile::Chatty),
    ("saint-aurelle", "Saint Aurelle", "fr", Profile::Slow),
    ("cape-halcyon", "Cape Halcyon", "en", Profile::Wrong),
];
/// Yours.
const YOURS: (&str, &str, &str) = ("harbour-reach", "Harbour Reach", "en");
/// Simulated people in each team.
const PEOPLE: u32 = 2;
/// How long the newcomer has to look around before the drill starts.
const LOOK_AROUND: Duration = Duration::from_secs(2);

#[derive(Serialize)]
struct Links {
    facilitator: String,
    team: String,
    wall: String,
}

impl Demo {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let random = Random::system();
        let kept = self.data.clone();
        let data =
            kept.clone().unwrap_or_else(|| std::env::temp_dir().join(format!("drillhall-demo-{}", random.uuid())));
        let result = tokio::runtime::Runtime::new()?.block_on(self.serve(data.clone(), random));
        if kept.is_none() {
            // Whatever is left lies in the directory for temporary files.
            std::fs::remove_dir_all(&data).ok();
        }
        result.map(|()| Outcome::Done)
    }

    async fn serve(self, data: PathBuf, random: Random) -> anyhow::Result<()> {
        let mut pack = scenario::load_shipped(&self.scenario)
            .map_err(|problems| anyhow::anyhow!("the scenario '{}' cannot be played:\n{problems}", self.scenario))?;
        // A newcomer is to see points move. In a real drill that would tell teams the right answers.
        pack.plan.profile.live_scores = true;
        let plan = pack.plan.clone();
        let listener = listen(self.listen)?;
        let base = serve::base("http", listener.local_addr()?);
        let settings = Settings { listen: Some(self.listen), data_dir: Some(data), ..Settings::default() };
        let config = Config::load(ConfigArgs { config: None, settings }, std::path::Path::new("."))?;
        let app = App::open(config, Clock::system(), random).await?;
        let rate = Rate(self.speed * 1000);
        let exercise = open_exercise(&app.doors, pack, rate, false)
            .await
            .map_err(|problem| anyhow::anyhow!("the exercise could not be opened: {}", problem.detail()))?;
        let director = exercise.seat(Role::ExerciseDirector, None, "Demo control", &Language::from("en"), None).await?;
        let theirs = TEAMS.iter().map(|(team, name, language, _)| (*team, *name, *language));
        for (team, name, language) in theirs.chain([YOURS]) {
            add_team(&app, &exercise, &director, team, name, language).await?;
        }
        let links = Links {
            facilitator: link(&app, &exercise, Role::ExerciseDirector, None, &base).await?,
            team: link(&app, &exercise, Role::TeamLead, Some(YOURS.0), &base).await?,
            wall: link(&app, &exercise, Role::Observer, None, &base).await?,
        };
        let mut seats = Vec::new();
        for (team, name, language, profile) in TEAMS {
            for person in 0..PEOPLE {
                let role = if person == 0 { Role::TeamLead } else { Role::Player };
                let link = link(&app, &exercise, role, Some(team), &base).await?;
                seats.push(BotSeat { link, team, name, language, profile, person });
            }
        }
        say(&greeting(&links, self.json)?)?;
        let crew = tokio::spawn(crew(base, seats, plan.clone(), rate));
        let control = Control { exercise, director, clock: app.doors.clock.clone() };
        let starter = tokio::spawn(control.run(plan));
        let served = serve::run(app, listener).await;
        starter.abort();
        crew.abort();
        served
    }
}

struct BotSeat {
    link: String,
    team: &'static str,
    name: &'static str,
    language: &'static str,
    profile: Profile,
    person: u32,
}

async fn add_team(
    app: &App,
    exercise: &Exercise,
    director: &PersonId,
    team: &str,
    name: &str,
    language: &str,
) -> anyhow::Result<()> {
    let act = Act::AddTeam {
        team: TeamId::from(team),
        name: name.to_owned(),
        language: Language::from(language),
        cohort: None,
        alias: None,
    };
    exercise.ask(director, &format!("team-{team}"), act, app.doors.clock.now()).await.context(name.to_owned())?;
    Ok(())
}

async fn link(app: &App, exercise: &Exercise, role: Role, team: Option<&str>, base: &str) -> anyhow::Result<String> {
    let terms = LinkTerms {
        role,
        team: team.map(TeamId::from),
        label: "demo".to_owned(),
        // Room for a second try, and for a friend.
        max_uses: Some(20),
        expires_at: None,
    };
    let (_, secret) = app.doors.accounts.mint_link(&exercise.id, terms).await?;
    Ok(format!("{base}/join#{secret}"))
}

fn greeting(links: &Links, json: bool) -> anyhow::Result<String> {
    if json {
        return Ok(format!("{}\n", serde_json::to_string(links)?));
    }
    Ok(format!(
        "A drill is ready. Open these links; it starts when you join your team.\n\n  \
         Facilitator  {}\n  Your team    {}\n  Wall         {}\n\nCtrl-C ends it.\n",
        links.facilitator, links.team, links.wall
    ))
}

/// The simulated people, each with a connection of their own.
async fn crew(base: String, seats: Vec<BotSeat>, plan: Plan, rate: Rate) {
    let plan = Arc::new(plan);
    let mut people = tokio::task::JoinSet::new();
    for seat in seats {
        let (base, plan) = (base.clone(), Arc::clone(&plan));
        people.spawn(async move {
            let who = format!("{} {}", seat.name, seat.person + 1);
            if let Err(error) = one_person(&base, &seat, &who, &plan, rate).await {
                tracing::warn!(%who, error = &error as &dyn std::error::Error, "a simulated person left");
            }
        });
    }
    while people.join_next().await.is_some() {}
}

async fn one_person(
    base: &str,
    seat: &BotSeat,
    who: &str,
    plan: &Plan,
    rate: Rate,
) -> Result<(), crate::bot::player::PlayerError> {
    let (_, secret) = seat.link.split_once('#').unwrap_or_default();
    let place = Place::join(base, secret, who, seat.language).await?;
    let team = BotTeam::new(1, &TeamId::from(seat.team), PEOPLE, seat.profile);
    play(&place, seat.language, rate, |card| {
        let staff = plan.injects.iter().find(|inject| inject.id == card.inject).map(|inject| &inject.staff);
        let acts = team.acts(card, staff.map_or(&[], |staff| &staff.samples));
        acts.into_iter().filter(|act| act.person == seat.person).map(|act| (act.after, act.act)).collect()
    })
    .await
}

/// The demo's own director.
struct Control {
    exercise: Arc<Exercise>,
    director: PersonId,
    clock: Clock,
}

impl Control {
    /// Gives `StartEx` once somebody has taken the free seat, and sends the first scored inject
    /// along with what is due, so that there is something to answer at once. Ends when the plan says.
    async fn run(self, plan: Plan) {
        let yours = TeamId::from(YOURS.0);
        let taken = |state: &State| state.grants.values().any(|grant| grant.team.as_ref() == Some(&yours));
        while !self.exercise.read(|state, _| taken(state)) {
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
        tokio::time::sleep(LOOK_AROUND).await;
        if self.exercise.read(|state, _| state.stage()) == Stage::Ready {
            self.ask("start", Act::StartEx).await;
            if let Some(inject) = first_scored(&plan) {
                self.ask("first", Act::Release { inject, teams: None, grace: false }).await;
            }
        }
        while self.exercise.read(|state, _| state.over_at().is_none() && !is_due_to_end(state, self.clock.now())) {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        if self.exercise.read(|state, _| state.over_at().is_none()) {
            self.ask("end", Act::EndEx).await;
        }
    }

    async fn ask(&self, key: &str, act: Act) {
        if let Err(refusal) = self.exercise.ask(&self.director, key, act, self.clock.now()).await {
            tracing::warn!(error = &refusal as &dyn std::error::Error, "the demo could not go on by itself");
        }
    }
}

/// A minute after the planned end, wherever that was shifted or fitted to.
fn is_due_to_end(state: &State, at: Timestamp) -> bool {
    state.clock.plan(at) >= state.planned_end.plus(Millis::minutes(1))
}

fn first_scored(plan: &Plan) -> Option<InjectId> {
    let scored = plan.injects.iter().find(|inject| {
        inject.kind == InjectKind::Task && inject.audience == InjectAudience::All && !inject.staff.keys.is_empty()
    });
    scored.map(|inject| inject.id.clone())
}
