//! A real server in this process, and people who join it by real links.

use std::{path::Path, sync::Arc};

use drillhall::{
    account::LinkTerms,
    app::App,
    bot::player::Place,
    clock::Clock,
    config::{Config, ConfigArgs, Secret, Settings},
    engine::{
        id::{ExerciseId, TeamId},
        plan::Plan,
        role::Role,
        time::Rate,
    },
    id::Random,
    live::http::{Doors, open_exercise},
    scenario::{Pack, PackFile},
    tls::Keeper,
};
use serde_json::json;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

use super::client::Client;

/// A server that listens at a port of its own.
pub(crate) struct Server {
    pub(crate) base: String,
    /// Of the listener without TLS, beside one with it.
    pub(crate) plain_base: String,
    pub(crate) tls: Option<Arc<Keeper>>,
    pub(crate) doors: Doors,
    stop: oneshot::Sender<()>,
    served: JoinHandle<()>,
}

impl Server {
    /// On SQLite, in a directory that outlives it.
    pub(crate) async fn start(data: &Path) -> Self {
        Self::start_with(data, None, Clock::system()).await
    }

    /// On the database that a URL names, by any clock.
    pub(crate) async fn start_with(data: &Path, database_url: Option<&str>, clock: Clock) -> Self {
        let settings = Settings { database_url: database_url.map(Secret::from), ..Settings::default() };
        Self::start_as(data, settings, clock).await
    }

    /// Set up in any way; where it listens is its own.
    pub(crate) async fn start_as(data: &Path, settings: Settings, clock: Clock) -> Self {
        let settings = Settings { data_dir: Some(data.to_owned()), ..settings };
        let config = Config::load(ConfigArgs { config: None, settings }, data).unwrap();
        let plain = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let plain_base = format!("http://{}", plain.local_addr().unwrap());
        let app = App::open(config, clock, Random::system()).await.unwrap().sending_on(Some(plain));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let tls = app.tls().cloned();
        let scheme = if tls.is_some() { "https" } else { "http" };
        let base = format!("{scheme}://{}", listener.local_addr().unwrap());
        let doors = app.doors.clone();
        let (stop, stopped) = oneshot::channel();
        let served = tokio::spawn(async move {
            app.serve(listener, async { drop(stopped.await) }).await.unwrap();
        });
        Self { base, plain_base, tls, doors, stop, served }
    }

    /// Lets it say goodbye and waits until it is gone.
    pub(crate) async fn stop(self) {
        self.stop.send(()).unwrap();
        self.served.await.unwrap();
    }

    /// A seat, taken by a join link as everybody does.
    pub(crate) async fn seat(&self, exercise: &ExerciseId, role: Role, team: Option<&str>, name: &str) -> Place {
        let terms =
            LinkTerms { role, team: team.map(TeamId::from), label: String::new(), max_uses: None, expires_at: None };
        let (_, secret) = self.doors.accounts.mint_link(exercise, terms).await.unwrap();
        Place::join(&self.base, &secret, name, "en").await.unwrap()
    }

    /// The same seat at this server, which listens somewhere else than the one before.
    pub(crate) fn again(&self, place: &Place) -> Place {
        Place { base: self.base.clone(), ..place.clone() }
    }
}

/// An exercise with teams, and its director on the line.
pub(crate) struct Hall {
    pub(crate) server: Server,
    pub(crate) exercise: ExerciseId,
    pub(crate) control: Place,
    pub(crate) director: Client,
}

impl Hall {
    pub(crate) async fn open(server: Server, plan: Plan, files: Vec<PackFile>, rate: Rate, teams: &[&str]) -> Self {
        let pack = Pack { plan, files, warnings: Vec::new(), hints: Vec::new() };
        let exercise = open_exercise(&server.doors, pack, rate, false).await.unwrap().id.clone();
        let control = server.seat(&exercise, Role::ExerciseDirector, None, "Control").await;
        let mut director = Client::enter(&control).await;
        for team in teams {
            let add = json!({ "type": "add_team", "team": team, "name": team, "language": "en", "cohort": null });
            director.act(add).await;
        }
        Self { server, exercise, control, director }
    }

    pub(crate) async fn seat(&self, role: Role, team: Option<&str>, name: &str) -> Place {
        self.server.seat(&self.exercise, role, team, name).await
    }

    /// A player of a team.
    pub(crate) async fn player(&self, team: &str) -> Place {
        self.seat(Role::Player, Some(team), &format!("Player of {team}")).await
    }
}
