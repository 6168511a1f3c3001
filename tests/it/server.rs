//! A server in this process, without a socket: the shell around the routes of accounts and a few
//! routes for tests, over a store in a directory of its own, with a clock that stands until moved.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{ConnectInfo, State},
    http::{HeaderMap, Method, Request, StatusCode, header, request::Parts},
    routing::get,
};
use drillhall::{
    account::{self, Accounts, PlatformRole, Terms},
    clock::ManualClock,
    config::Policy,
    engine::{
        id::{ExerciseId, PersonId},
        role::Role,
        text::Language,
        time::{Rate, Timestamp},
    },
    http::{Json, Monitor, Path, Ready, Shell, Site, limits::Limits, shell},
    id::Random,
    problem::Problem,
    store::{Exercise, Location, Person, Store},
};
use serde_json::{Value, json};
use tower::ServiceExt;
use utoipa::openapi::OpenApi;

pub(crate) const NOW: Timestamp = Timestamp(1_795_000_000_000);
pub(crate) const HOST: &str = "hall.example:8080";
pub(crate) const ORIGIN: &str = "http://hall.example:8080";
pub(crate) const PASSWORD: &str = "canary password of the director";
pub(crate) const METRICS_TOKEN: &str = "canary token of the monitors";
const PROXY: [u8; 4] = [10, 0, 0, 1];

pub(crate) struct Server {
    pub(crate) accounts: Accounts,
    pub(crate) store: Store,
    pub(crate) time: ManualClock,
    router: Router,
    _directory: tempfile::TempDir,
}

/// An answer that was read to its end.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Server {
    pub(crate) async fn start() -> Self {
        Self::with(Site::default(), Limits::default()).await
    }

    pub(crate) async fn with(site: Site, limits: Limits) -> Self {
        Self::on(site, limits, Terms::default()).await
    }

    /// A server with another policy.
    pub(crate) async fn under(policy: Policy) -> Self {
        Self::on(Site::default(), Limits::default(), Terms { policy, ..Terms::default() }).await
    }

    /// A server that takes no passwords over plain HTTP from other machines.
    pub(crate) async fn without_plain_sign_in(site: Site, limits: Limits) -> Self {
        Self::open(site, limits, Terms::default()).await
    }

    async fn on(site: Site, limits: Limits, terms: Terms) -> Self {
        // Requests of tests come from no address, as from another machine.
        Self::open(site, limits, Terms { allow_plain_sign_in: true, ..terms }).await
    }

    async fn open(site: Site, limits: Limits, terms: Terms) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::open(&Location::Sqlite(directory.path().join("test.sqlite"))).await.unwrap();
        let time = ManualClock::starting_at(NOW);
        let random = Random::seeded(7);
        let accounts = Accounts::open(store.clone(), time.clock(), random.clone(), limits, terms).await.unwrap();
        let (api, openapi) = account::http::routes().with_state(accounts.clone()).split_for_parts();
        let around = Shell { clock: time.clock(), random, site: Arc::new(site), openapi, ..defaults() };
        let router = shell(api.merge(test_routes(accounts.clone())), around);
        Self { accounts, store, time, router, _directory: directory }
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Reply {
        send(&self.router, request).await
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.send(request(Method::GET, path, &[], Body::empty())).await
    }

    /// Sends what a page of this server would.
    pub(crate) async fn post(&self, path: &str, body: &Value) -> Reply {
        let headers = [("content-type", "application/json"), ("origin", ORIGIN)];
        self.send(request(Method::POST, path, &headers, Body::from(body.to_string()))).await
    }

    /// Sends what a page of this server would for somebody who is signed in.
    pub(crate) async fn ask(&self, cookie: &str, method: Method, path: &str, body: &Value) -> Reply {
        let headers = [("content-type", "application/json"), ("origin", ORIGIN), ("cookie", cookie)];
        self.send(request(method, path, &headers, Body::from(body.to_string()))).await
    }

    pub(crate) async fn get_with(&self, path: &str, header: &str, value: &str) -> Reply {
        self.send(request(Method::GET, path, &[(header, value)], Body::empty())).await
    }

    /// An account `director` that needs no second factor and is signed in: its cookie.
    pub(crate) async fn director(&self) -> String {
        self.create_director().await;
        self.sign_in().await
    }

    pub(crate) async fn create_director(&self) {
        self.accounts.create("director", PlatformRole::Account, PASSWORD.as_bytes()).await.unwrap();
    }

    pub(crate) async fn sign_in(&self) -> String {
        let reply = self.post("/api/v1/sessions", &json!({"login": "director", "password": PASSWORD})).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.body);
        reply.cookie()
    }

    /// An exercise with one player in it.
    pub(crate) async fn exercise(&self, id: &str) -> (ExerciseId, PersonId) {
        let exercise = Exercise {
            id: id.into(),
            title: "Port outage".to_owned(),
            scenario: "port-outage".to_owned(),
            state: "ready".to_owned(),
            rate: Rate::REAL,
            created_at: NOW,
        };
        self.store.create_exercise(&exercise).await.unwrap();
        let person = Person { id: "ada".into(), name: "Ada".to_owned(), language: Language::from("en") };
        self.store.put_person(&exercise.id, &person).await.unwrap();
        (exercise.id, person.id)
    }

    /// The id of a new seat of that player, and its cookie.
    pub(crate) async fn seat(&self, exercise: &ExerciseId, person: &PersonId) -> (String, String) {
        let (seat, cookie) = self
            .accounts
            .open_seat(Random::system().uuid().to_string(), exercise, person, Role::Player, None)
            .await
            .unwrap();
        (seat, name_and_value(&cookie))
    }
}

impl Reply {
    /// The body of a problem, with its request id checked and taken out.
    pub(crate) fn problem(&self) -> Value {
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.body);
        let mut problem: Value = serde_json::from_str(&self.body).unwrap();
        let id = problem.as_object_mut().unwrap().remove("request_id").unwrap();
        assert_eq!(id, self.header("x-request-id"));
        assert_eq!(problem["status"], self.status.as_u16());
        problem
    }

    pub(crate) fn code(&self) -> String {
        self.problem()["code"].as_str().unwrap().to_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Name and value of the cookie that was set.
    pub(crate) fn cookie(&self) -> String {
        name_and_value(self.header("set-cookie"))
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// A shell of its own around other routes.
pub(crate) fn shell_around(api: Router, request_timeout: Duration, ready: bool) -> Router {
    shell(api, Shell { request_timeout, ready: Ready::new(move || async move { ready }), ..defaults() })
}

fn defaults() -> Shell {
    Shell {
        clock: ManualClock::starting_at(NOW).clock(),
        random: Random::seeded(1),
        site: Arc::default(),
        trusted_proxies: Arc::new([PROXY.into()]),
        request_timeout: Duration::from_secs(20),
        patient: &[],
        openapi: OpenApi::default(),
        ready: Ready::new(|| async { true }),
        monitor: Monitor::new(Some(METRICS_TOKEN), || ()),
    }
}

pub(crate) async fn send(router: &Router, request: Request<Body>) -> Reply {
    let (parts, body) = router.clone().oneshot(request).await.unwrap().into_parts();
    let body = String::from_utf8(to_bytes(body, usize::MAX).await.unwrap().to_vec()).unwrap();
    Reply { status: parts.status, headers: parts.headers, body }
}

pub(crate) fn request(method: Method, path: &str, headers: &[(&str, &str)], body: Body) -> Request<Body> {
    let request = Request::builder().method(method).uri(path).header(header::HOST, HOST);
    headers.iter().fold(request, |request, (name, value)| request.header(*name, *value)).body(body).unwrap()
}

/// The request as it comes through the proxy that the server trusts, or from somewhere else.
pub(crate) fn from_address(address: [u8; 4], mut request: Request<Body>) -> Request<Body> {
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from((address, 40_000))));
    request
}

pub(crate) const fn proxy() -> [u8; 4] {
    PROXY
}

fn name_and_value(cookie: &str) -> String {
    cookie.split(';').next().unwrap().to_owned()
}

fn test_routes(accounts: Accounts) -> Router {
    Router::new()
        .route("/api/v1/exercises/{exercise}/whoami", get(whoami).post(whoami))
        .with_state(accounts)
        .route("/api/v1/panic", get(|| async { fail("canary in a panic") }))
        .route("/api/v1/broken", get(|| async { Problem::internal(std::io::Error::other("canary in a cause")) }))
}

fn fail(message: &str) {
    assert!(message.is_empty(), "{message}");
}

async fn whoami(
    State(accounts): State<Accounts>,
    Path(exercise): Path<String>,
    parts: Parts,
) -> Result<Json<Value>, Problem> {
    let caller = accounts.caller(&parts, Some(&ExerciseId(exercise))).await?;
    Ok(Json(json!({"account": caller.account.is_some(), "seat": caller.seat, "person": caller.person})))
}
