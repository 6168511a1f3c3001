//! The running exercise: one runner a task decides, one hub shows, and they meet only through
//! *submit command* and *committed rows after seq*.
//!
//! ```text
//! socket, route -> Exercise::ask -> runner -> store -> hub -> outboxes -> people
//! ```

pub mod api;
pub mod coming;
pub mod door;
pub mod http;
pub mod marking;
pub mod outbox;
pub mod personal;
pub mod replay;
pub mod wire;

mod committed;
mod events;
mod hub;
mod intake;
mod load;
mod preview;
mod quiet;
mod refusal;
mod runner;
mod socket;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use sha2::{Digest, Sha256};
use tokio::sync::{Mutex, mpsc, oneshot};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

pub use intake::Intake;
pub use load::LoadError;
pub use refusal::Refusal;

use crate::{
    account::Watch,
    clock::Clock,
    engine::{
        codec,
        command::{Act, Actor, Command, Creation, HandedIn, Order, Seat},
        event::ReadyState,
        id::{ExerciseId, PersonId, TeamId},
        plan::Plan,
        role::Role,
        state::{Stage, State},
        text::Language,
        time::{Rate, Timestamp},
        view::Viewer,
    },
    hook::Hooks,
    id::Random,
    store::{
        AppendError, Batch, Person, Store, StoreError,
        chain::{self, Head},
        record,
    },
};
use committed::Committed;
use hub::Hub;
use runner::{CommandKey, Outcome, Request, Runner};

/// Commands that may wait for a runner.
const INBOX: usize = 4_096;

/// Every exercise of this server. Clones share them.
#[derive(Clone)]
pub struct Live(Arc<Inner>);

struct Inner {
    store: Store,
    clock: Clock,
    random: Random,
    exercises: Mutex<HashMap<ExerciseId, Arc<Exercise>>>,
    hooks: Hooks,
    tasks: TaskTracker,
    stop: CancellationToken,
}

/// An exercise that could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum LiveError {
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Its log cannot be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// Its first rows could not be stored.
    #[error(transparent)]
    Append(#[from] AppendError),
    /// It was refused.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

impl Live {
    /// No exercise is loaded yet.
    #[must_use]
    pub fn new(store: Store, clock: Clock, random: Random) -> Self {
        Self::telling(Hooks::default(), store, clock, random)
    }

    /// The same, with hooks that are told of what happens.
    #[must_use]
    pub fn telling(hooks: Hooks, store: Store, clock: Clock, random: Random) -> Self {
        let (exercises, tasks, stop) = (Mutex::default(), TaskTracker::new(), CancellationToken::new());
        Self(Arc::new(Inner { store, clock, random, exercises, hooks, tasks, stop }))
    }

    /// Loads the exercises that were in play when the server stopped, and gives their teams the lost
    /// time back. The others load on demand.
    pub async fn recover(&self) -> Result<(), LiveError> {
        for exercise in self.0.store.exercises().await? {
            if [Stage::Running, Stage::Paused, Stage::Suspended].iter().any(|stage| stage.to_string() == exercise.state)
            {
                // One that cannot be read must not keep the others from being played.
                if let Err(error) = self.exercise(&exercise.id).await {
                    tracing::error!(exercise = %exercise.id, error = &error as &dyn std::error::Error,
                        "an exercise that was in play could not be loaded");
                }
            }
        }
        Ok(())
    }

    /// Opens the log of a new exercise.
    pub async fn create(
        &self,
        plan: Plan,
        plan_hash: String,
        rate: Rate,
        rehearsal: bool,
    ) -> Result<Arc<Exercise>, LiveError> {
        let Inner { store, clock, random, .. } = &*self.0;
        let id = ExerciseId(random.uuid().to_string());
        let now = clock.now();
        let summary = crate::store::Exercise {
            id: id.clone(),
            title: serde_json::to_string(&plan.title).unwrap_or_default(),
            scenario: plan.name.clone(),
            state: Stage::Ready.to_string(),
            rate,
            created_at: now,
        };
        let order = Order::Create(Box::new(Creation { exercise: id.clone(), plan, plan_hash, rate, rehearsal }));
        let command = Command { actor: Actor::System, received_at: now, mint: random.mint(), order };
        let event = State::create(&command, now).map_err(Refusal::from)?;
        let stream = record::stream_of(&id);
        store.create_exercise(&summary).await?;
        let claim = store.claim_stream(&stream, now).await?;
        let (row, parts) = record::new_row(1, &event);
        let rows = chain::seal(&claim.head.hash, &stream, 1, vec![row]);
        let head = rows.first().map_or_else(Head::genesis, |row| Head { seq: row.seq, hash: row.hash.clone() });
        let batch = Batch {
            stream,
            term: claim.term,
            expected_seq: claim.head.seq,
            rows,
            parts,
            keys: Vec::new(),
            outbox: Vec::new(),
            erase: Vec::new(),
            state: None,
            alive_at: now,
        };
        store.append(batch).await?;
        let committed = Committed::open(&event, &head, claim.generation, BTreeMap::new())
            .ok_or_else(|| LoadError::NoBeginning(id.clone()))?;
        let exercise = self.start(id.clone(), claim.term, committed, None);
        self.0.exercises.lock().await.insert(id, Arc::clone(&exercise));
        Ok(exercise)
    }

    /// An exercise, loaded if it was not; none if there is no such exercise.
    pub async fn exercise(&self, id: &ExerciseId) -> Result<Option<Arc<Exercise>>, LiveError> {
        let mut exercises = self.0.exercises.lock().await;
        if let Some(exercise) = exercises.get(id) {
            // Claiming it back unasked would have two servers throw each other out for ever.
            if exercise.taken_over.is_cancelled() {
                return Err(Refusal::TakenOver.into());
            }
            if !exercise.inbox.is_closed() || self.0.stop.is_cancelled() {
                return Ok(Some(Arc::clone(exercise)));
            }
        }
        let Inner { store, clock, .. } = &*self.0;
        if store.exercise(id).await?.is_none() {
            return Ok(None);
        }
        let now = clock.now();
        let claim = store.claim_stream(&record::stream_of(id), now).await?;
        let committed = load::committed(store, id, claim.generation).await?;
        let exercise = self.start(id.clone(), claim.term, committed, Some(claim.alive_at));
        exercises.insert(id.clone(), Arc::clone(&exercise));
        Ok(Some(exercise))
    }

    /// How many exercises are loaded, and how many commands wait for their runners; none while one is being
    /// loaded.
    #[must_use]
    pub fn waiting(&self) -> Option<(usize, usize)> {
        let exercises = self.0.exercises.try_lock().ok()?;
        let waiting = exercises.values().map(|exercise| exercise.inbox.max_capacity() - exercise.inbox.capacity());
        Some((exercises.len(), waiting.sum()))
    }

    /// Starts the runner. `alive_until` is when another process that ran the exercise was last known
    /// to be alive; none if the exercise begins here.
    fn start(&self, id: ExerciseId, term: i64, committed: Committed, alive_until: Option<Timestamp>) -> Arc<Exercise> {
        let Inner { store, clock, random, hooks, tasks, stop, .. } = &*self.0;
        let down_since = alive_until.filter(|_| committed.state.stage() == Stage::Running);
        let hub = Arc::new(Hub::new(committed));
        let (inbox, requests) = mpsc::channel(INBOX);
        let taken_over = CancellationToken::new();
        let runner = Runner {
            exercise: id.clone(),
            term,
            store: store.clone(),
            clock: clock.clone(),
            hub: Arc::clone(&hub),
            hooks: hooks.clone(),
            inbox: requests,
            down_since,
            stored: Arc::default(),
            stop: stop.clone(),
            taken_over: taken_over.clone(),
        };
        tasks.spawn(runner.heartbeat());
        tasks.spawn(runner.run());
        Arc::new(Exercise {
            id,
            inbox,
            hub,
            store: store.clone(),
            clock: clock.clone(),
            random: random.clone(),
            tasks: tasks.clone(),
            stop: stop.clone(),
            taken_over,
            has_past: alive_until.is_some(),
        })
    }

    /// Ends every connection, stores what is decided, and stops.
    pub async fn stop(&self) {
        self.0.stop.cancel();
        self.0.tasks.close();
        self.0.tasks.wait().await;
    }
}

/// An exercise in play: where commands go in and committed facts can be read.
pub struct Exercise {
    /// Which.
    pub id: ExerciseId,
    inbox: mpsc::Sender<Request>,
    hub: Arc<Hub>,
    store: Store,
    clock: Clock,
    random: Random,
    tasks: TaskTracker,
    stop: CancellationToken,
    taken_over: CancellationToken,
    /// Whether its log began before this process: then keys may have been used that it does not hold.
    has_past: bool,
}

impl Exercise {
    /// Asks for a person's act to happen. Returns the head of the log after it, once it is stored.
    pub async fn ask(&self, person: &PersonId, key: &str, act: Act, received_at: Timestamp) -> Result<i64, Refusal> {
        answer(self.hand_in(person, key, act, received_at).await?).await
    }

    /// Hands a person's act in, behind whatever was handed in before; [`answer`] waits for what
    /// becomes of it.
    async fn hand_in(
        &self,
        person: &PersonId,
        key: &str,
        act: Act,
        received_at: Timestamp,
    ) -> Result<oneshot::Receiver<Outcome>, Refusal> {
        if !is_key(key) {
            return Err(Refusal::BadKey);
        }
        let actor = Actor::Person(person.clone());
        let name = codec::actor_text(&actor);
        let body_hash = hex::encode(Sha256::digest(serde_json::to_string(&act).unwrap_or_default()));
        if self.has_past
            && let Some(used) = self.used(&name, key).await?
            // What is stored and not shown yet the runner answers, behind its frames.
            && used.seq <= self.read(|_, head| head.seq)
        {
            let (reply, outcome) = oneshot::channel();
            // The receiver is right here, so the answer cannot fail to arrive.
            reply.send(if used.body_hash == body_hash { Ok(used.seq) } else { Err(Refusal::KeyReused) }).ok();
            return Ok(outcome);
        }
        let command = Command { actor, received_at, mint: self.random.mint(), order: Order::Act(act) };
        self.send(command, Some(CommandKey { actor: name, key: key.to_owned(), body_hash })).await
    }

    /// Seats somebody who may take a role. Returns who they are in the exercise.
    pub async fn seat(
        &self,
        role: Role,
        team: Option<&TeamId>,
        name: &str,
        language: &Language,
        organisation: Option<&str>,
    ) -> Result<PersonId, LiveError> {
        let person = PersonId(self.random.uuid().simple().to_string());
        self.seat_as(&person, (role, team), name, language, organisation).await?;
        Ok(person)
    }

    /// Seats somebody under an id that was chosen before. Whoever holds a role already gets no other one.
    pub async fn seat_as(
        &self,
        person: &PersonId,
        (role, team): (Role, Option<&TeamId>),
        name: &str,
        language: &Language,
        organisation: Option<&str>,
    ) -> Result<(), LiveError> {
        let kept = Person { id: person.clone(), name: name.to_owned(), language: language.clone() };
        self.store.put_person(&self.id, &kept).await?;
        let organisation = organisation.map(str::to_owned);
        self.order(Order::Seat(Seat { person: person.clone(), role, team: team.cloned(), organisation })).await?;
        self.hub.name(person, name);
        Ok(())
    }

    /// Adds a team of the programme that the exercise belongs to.
    pub async fn enrol(&self, team: &TeamId, name: &str, language: &Language) -> Result<i64, Refusal> {
        let (team, name, language) = (team.clone(), name.to_owned(), language.clone());
        self.order(Order::Enrol { team, name, language }).await
    }

    /// Takes the role of somebody away whom the programme had seated; that ends the connections, too.
    pub async fn unseat(&self, person: &PersonId) -> Result<i64, Refusal> {
        self.order(Order::Unseat { person: person.clone() }).await
    }

    /// Notes a file that a person hands in for the own team, once its bytes are kept.
    pub async fn take_file(&self, person: &PersonId, file: HandedIn, received_at: Timestamp) -> Result<i64, Refusal> {
        let (actor, mint) = (Actor::Person(person.clone()), self.random.mint());
        answer(self.send(Command { actor, received_at, mint, order: Order::NoteFile(file) }, None).await?).await
    }

    /// Has the director sign the go/no-go list as the server has found it.
    pub(crate) async fn sign_ready(
        &self,
        person: &PersonId,
        lines: Vec<ReadyState>,
        note: Option<String>,
        received_at: Timestamp,
    ) -> Result<i64, Refusal> {
        let (actor, mint) = (Actor::Person(person.clone()), self.random.mint());
        let order = Order::SignReady { lines, note };
        answer(self.send(Command { actor, received_at, mint, order }, None).await?).await
    }

    /// Who is connected, staff included.
    #[must_use]
    pub fn online(&self) -> BTreeSet<PersonId> {
        self.hub.online()
    }

    /// What a person is in the exercise now.
    #[must_use]
    pub fn viewer(&self, person: &PersonId) -> Option<Viewer> {
        let now = self.clock.now();
        // What has ended is over also where the server was down and has not said so yet.
        let lasts = |state: &State| state.grants.get(person)?.until.is_none_or(|until| now < until).then_some(());
        self.hub.read(|committed| lasts(&committed.state).and_then(|()| committed.viewer(person)))
    }

    /// Looks at the committed state and where the log ends.
    pub fn read<T>(&self, look: impl FnOnce(&State, &Head) -> T) -> T {
        self.hub.read(|committed| look(&committed.state, &committed.head))
    }

    /// Everything a person may see, as a client starts from it; none without a role.
    #[must_use]
    pub fn snapshot(&self, person: &PersonId, language: &Language) -> Option<wire::ServerFrame> {
        let now = self.clock.now();
        self.hub.read(|committed| {
            let viewer = committed.viewer(person)?;
            Some(committed.reset(&viewer, &committed.language(language), now))
        })
    }

    /// What an act would lead to now; nothing happens.
    #[must_use]
    pub fn preview(&self, person: &PersonId, act: Act, language: &Language) -> api::Preview {
        let now = self.clock.now();
        let state = self.read(|state, _| state.clone());
        let actor = Actor::Person(person.clone());
        let command = Command { actor, received_at: now, mint: self.random.mint(), order: Order::Act(act) };
        let name_of = |person: &PersonId| self.hub.read(|committed| committed.name_of(person));
        preview::preview(state, &command, language, now, name_of)
    }

    /// The language that cards come in for somebody who wants one.
    #[must_use]
    pub fn language(&self, wanted: &Language) -> Language {
        self.hub.read(|committed| committed.language(wanted))
    }

    /// Ends a person's connections: the seat was taken away.
    pub fn disconnect(&self, person: &PersonId) {
        self.hub.end_person(person);
    }

    async fn order(&self, order: Order) -> Result<i64, Refusal> {
        self.order_by(Actor::System, order).await
    }

    async fn order_by(&self, actor: Actor, order: Order) -> Result<i64, Refusal> {
        let now = self.clock.now();
        let command = Command { actor, received_at: now, mint: self.random.mint(), order };
        answer(self.send(command, None).await?).await
    }

    async fn send(&self, command: Command, key: Option<CommandKey>) -> Result<oneshot::Receiver<Outcome>, Refusal> {
        let (reply, outcome) = oneshot::channel();
        // A closed inbox means that the runner is gone.
        self.inbox.send(Request { command, key, reply }).await.map_err(|_gone| Refusal::Unavailable)?;
        Ok(outcome)
    }

    async fn used(&self, actor: &str, key: &str) -> Result<Option<crate::store::KeyUse>, Refusal> {
        self.store.find_key(&record::stream_of(&self.id), actor, key).await.map_err(|error| {
            tracing::error!(error = &error as &dyn std::error::Error, "a command key could not be looked up");
            Refusal::Unavailable
        })
    }
}

/// Returns once the session is over that a connection rests on; never without one.
async fn ended(watch: Option<&Watch>) {
    match watch {
        Some(watch) => watch.ended().await,
        None => std::future::pending().await,
    }
}

/// Waits for the runner's answer. A dropped reply means that the runner is gone.
async fn answer(outcome: oneshot::Receiver<Outcome>) -> Result<i64, Refusal> {
    outcome.await.map_err(|_gone| Refusal::Unavailable)?
}

/// Control characters, and those that turn or hide what stands beside them.
pub(crate) fn is_deceptive(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Whether a client may name a command so: short, and storable anywhere.
fn is_key(key: &str) -> bool {
    (1..=100).contains(&key.len()) && key.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}
