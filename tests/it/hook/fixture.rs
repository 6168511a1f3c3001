//! A server with hooks, an exercise on it, and programs that are told.

use std::{path::Path, sync::Arc};

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::any,
};
use drillhall::{
    app::App,
    clock::Clock,
    config::{Config, ConfigArgs, HookSetting, Settings},
    engine::{command::Act, id::PersonId, role::Role, text::Language, time::Rate},
    hook::Occasion,
    id::Random,
    live::{
        Exercise,
        http::{Doors, open_exercise},
    },
    scenario::Pack,
};
use tokio::{
    net::TcpListener,
    sync::{Mutex, mpsc, oneshot},
    task::JoinHandle,
};

use crate::live::drill::one_manual_inject;

pub(super) const SECRET: &str = "0123456789abcdef0123456789abcdef";

/// What a program was told.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl Told {
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }

    pub(super) fn value(&self, name: &str) -> serde_json::Value {
        serde_json::from_str::<serde_json::Value>(&self.body).unwrap()[name].clone()
    }
}

/// A program that is told, and answers what it was given to answer; 204 when that is used up.
pub(super) struct Program {
    pub(super) base: String,
    told: Mutex<mpsc::UnboundedReceiver<Told>>,
    _serving: tokio_util::task::AbortOnDropHandle<()>,
}

type Answers = Arc<Mutex<Vec<(StatusCode, String)>>>;

impl Program {
    /// The answers in order; a status of 3xx goes with where it points to.
    pub(super) async fn start(answers: &[(u16, &str)]) -> Self {
        let (tell, told) = mpsc::unbounded_channel();
        let mut answers: Vec<_> =
            answers.iter().map(|(status, to)| (StatusCode::from_u16(*status).unwrap(), (*to).to_owned())).collect();
        answers.reverse();
        let answers: Answers = Arc::new(Mutex::new(answers));
        let router = Router::new().fallback(any(hear)).with_state((tell, answers));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { base, told: Mutex::new(told), _serving: tokio_util::task::AbortOnDropHandle::new(serving) }
    }

    /// The next that it is told.
    pub(super) async fn hears(&self) -> Told {
        let mut told = self.told.lock().await;
        let next = tokio::time::timeout(std::time::Duration::from_mins(1), told.recv()).await;
        next.expect("it is told in time").unwrap()
    }

    /// Whether it was told something that nobody has looked at.
    pub(super) async fn was_told_more(&self) -> bool {
        self.told.lock().await.try_recv().is_ok()
    }
}

async fn hear(
    State((tell, answers)): State<(mpsc::UnboundedSender<Told>, Answers)>,
    headers: HeaderMap,
    body: String,
) -> Response {
    let (status, to) = answers.lock().await.pop().unwrap_or((StatusCode::NO_CONTENT, String::new()));
    tell.send(Told { headers, body }).unwrap();
    (status, [(header::LOCATION, to)]).into_response()
}

/// A server with hooks that is being served.
pub(super) struct Server {
    pub(super) doors: Doors,
    stop: oneshot::Sender<()>,
    served: JoinHandle<()>,
}

impl Server {
    pub(super) async fn start(data: &Path, clock: Clock, hosts: &[&str], hooks: &[(&str, String)]) -> Self {
        let events: Vec<String> = Occasion::ALL.iter().map(|occasion| occasion.name().to_owned()).collect();
        let hook = |(name, url): &(&str, String)| HookSetting {
            name: (*name).to_owned(),
            url: url.as_str().into(),
            events: events.clone(),
            secret: SECRET.into(),
        };
        let settings = Settings {
            data_dir: Some(data.to_owned()),
            hook_hosts: Some(hosts.iter().map(|host| (*host).to_owned()).collect()),
            hooks: Some(hooks.iter().map(hook).collect()),
            ..Settings::default()
        };
        let config = Config::load(ConfigArgs { config: None, settings }, data).unwrap();
        let app = App::open(config, clock, Random::system()).await.unwrap();
        let doors = app.doors.clone();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (stop, stopped) = oneshot::channel();
        let served = tokio::spawn(async move {
            app.serve(listener, async { drop(stopped.await) }).await.unwrap();
        });
        Self { doors, stop, served }
    }

    pub(super) async fn stop(self) {
        self.stop.send(()).unwrap();
        self.served.await.unwrap();
    }

    /// An exercise and its director.
    pub(super) async fn exercise(&self) -> (Arc<Exercise>, PersonId) {
        let pack = Pack { plan: one_manual_inject(), files: Vec::new(), warnings: Vec::new(), hints: Vec::new() };
        let exercise = open_exercise(&self.doors, pack, Rate::REAL, false).await.unwrap();
        let director =
            exercise.seat(Role::ExerciseDirector, None, "Canary Name", &Language::from("en"), None).await.unwrap();
        let team: Act = serde_json::from_value(serde_json::json!({
            "type": "add_team", "team": "reds", "name": "Canary Team", "language": "en", "cohort": null
        }))
        .unwrap();
        self.act(&exercise, &director, team).await;
        (exercise, director)
    }

    pub(super) async fn act(&self, exercise: &Exercise, person: &PersonId, act: Act) -> i64 {
        let key = Random::system().token();
        exercise.ask(person, &key, act, self.doors.clock.now()).await.unwrap()
    }

    /// How much waits for a hook.
    pub(super) async fn waiting(&self, hook: &str) -> usize {
        self.doors.store.pending_effects_of(&format!("hook/{hook}"), 100).await.unwrap().len()
    }
}
