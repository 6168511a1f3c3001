//! The whole server: its parts, its router, and its life from the first accept to the last goodbye.

use std::{
    future::{Future, IntoFuture},
    net::SocketAddr,
    path::Path,
    sync::Arc,
    time::Duration,
};

use anyhow::Context;
use axum::{
    Router,
    serve::{Listener, ListenerExt},
};
use metrics::gauge;
use tokio::net::{TcpListener, TcpSocket};
use tokio_util::{sync::CancellationToken, task::AbortOnDropHandle};
use utoipa::OpenApi;

use crate::{
    account::{self, Accounts},
    audit::{By, Deed},
    bot,
    clock::Clock,
    config::{Config, Secret, Tls},
    engine::plan::{Absent, Quantity, Subject},
    hook::{self, Hooks},
    http::{
        Door, Monitor, Ready, Shell, Site,
        limits::Limits,
        openapi::with_problems,
        plain::{self, HallAuthority, Plain},
        serve::{HEAD_WITHIN, serve},
    },
    id::Random,
    live::{
        Intake, Live,
        http::{self as exercises, Doors, PATIENT},
        personal::Privacy,
        wire::{ClientFrame, ServerFrame},
    },
    programme,
    store::{Store, data_dir, data_dir::DataDir},
    tls::{
        Keeper,
        hall::{Authority, Names},
        listener::TlsListener,
    },
};

/// Connections that may wait to be accepted: a whole hall comes back at once after a Wi-Fi drop.
const BACKLOG: u32 = 4_096;
/// How long queued answers may take to be written when the server stops.
const GOODBYE_WITHIN: Duration = Duration::from_secs(5);
const RETIRE_EVERY: Duration = Duration::from_hours(1);
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);
/// How often the files of the certificate, or the addresses of the hall, are looked at.
const CERTIFICATE_LOOKED_AT: Duration = Duration::from_secs(10);

#[derive(OpenApi)]
#[openapi(
    info(title = "Drillhall", description = "Cyber drills for national incident-response teams."),
    // Conditions hold conditions, so what they are made of is not found by itself.
    components(schemas(ClientFrame, ServerFrame, Quantity, Subject, Absent))
)]
struct Document;

/// A server that is ready to serve.
pub struct App {
    /// What its routes need.
    pub doors: Doors,
    config: Config,
    tls: Option<Arc<Keeper>>,
    /// Listens without TLS, to send browsers on.
    plain: Option<TcpListener>,
    hooks: Hooks,
    /// Held as long as the server lives: nobody else may serve from the directory.
    data: DataDir,
}

impl App {
    /// Opens the data directory and the store, and loads what is in play.
    pub async fn open(config: Config, clock: Clock, random: Random) -> anyhow::Result<Self> {
        let hooks = Hooks::new(&config.hooks, &config.hook_hosts)?;
        let data = DataDir::open(&config.data_dir)?;
        let tls = keeper(&config.tls, &data, &clock)?;
        let store = Store::open(&config.location(data.database())).await?;
        let accounts = Accounts::open(
            store.clone(),
            clock.clone(),
            random.clone(),
            Limits::default(),
            account::Terms::from(&config),
        )
        .await?;
        let live = Live::telling(hooks.clone(), store.clone(), clock.clone(), random.clone());
        live.recover().await?;
        let intake = Intake::new(config.upload_limit);
        let privacy = Privacy { contact: config.privacy_contact.clone(), days: config.retention_days };
        let doors = Doors { live, accounts, store, clock, random, intake, privacy };
        Ok(Self { doors, config, tls, plain: None, hooks, data })
    }

    /// Sends browsers on that ask at this listener, which has no TLS.
    #[must_use]
    pub fn sending_on(self, plain: Option<TcpListener>) -> Self {
        Self { plain, ..self }
    }

    /// The certificate that the server shows; none if it speaks plain HTTP.
    #[must_use]
    pub fn tls(&self) -> Option<&Arc<Keeper>> {
        self.tls.as_ref()
    }

    /// Every route of the server.
    pub fn router(&self) -> Router {
        let (accounts, _) = account::http::routes().with_state(self.doors.accounts.clone()).split_for_parts();
        let (exercises, _) = exercises::routes().with_state(self.doors.clone()).split_for_parts();
        let (rehearsals, _) = bot::http::routes().with_state(self.doors.clone()).split_for_parts();
        let (programmes, _) = programme::http::routes().with_state(self.doors.clone()).split_for_parts();
        let door = match self.config.tls {
            Tls::Off => Door::Plain,
            Tls::Files { .. } => Door::Tls,
            Tls::Hall { .. } => Door::Hall,
        };
        let (public, allowed) = (self.config.public_url.clone(), self.config.allowed_origins.clone());
        let site = Site { door, public, allowed };
        let shell = Shell {
            clock: self.doors.clock.clone(),
            random: self.doors.random.clone(),
            site: site.into(),
            trusted_proxies: self.config.trusted_proxies.clone().into(),
            request_timeout: REQUEST_TIMEOUT,
            patient: &PATIENT,
            openapi: document(),
            ready: self.ready(),
            monitor: self.monitor(),
        };
        crate::http::shell(accounts.merge(exercises).merge(rehearsals).merge(programmes), shell)
    }

    fn ready(&self) -> Ready {
        let store = self.doors.store.clone();
        Ready::new(move || {
            let store = store.clone();
            async move { store.exercises().await.is_ok() }
        })
    }

    fn monitor(&self) -> Monitor {
        let (live, store) = (self.doors.live.clone(), self.doors.store.clone());
        let (data, tls) = (self.data.path().to_owned(), self.tls.clone());
        let token = self.config.metrics_token.as_ref().map(Secret::expose);
        Monitor::new(token, move || sample(&live, &store, &data, tls.as_deref()))
    }

    /// Serves until `shutdown` comes, then says goodbye to everybody and stores what is decided.
    pub async fn serve(
        self,
        listener: TcpListener,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> anyhow::Result<()> {
        let Some(keeper) = self.tls.clone() else {
            // Injects are small and must not wait for more to send.
            let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
            return self.serve_at(listener, shutdown).await;
        };
        let port = listener.local_addr()?.port();
        let listener = TlsListener::start(listener, keeper.server_config()?)?;
        let _watching = AbortOnDropHandle::new(tokio::spawn(watch(Arc::clone(&keeper), self.doors.clock.clone())));
        let mut app = self;
        let _sending_on = app.plain.take().map(|plain| {
            let authority = keeper.authority().map(|authority| HallAuthority {
                pem: authority.pem().to_owned(),
                fingerprint: authority.fingerprint().to_owned(),
            });
            let routes = plain::routes(Plain { public: app.config.public_url.clone(), port, authority }, app.ready());
            AbortOnDropHandle::new(tokio::spawn(axum::serve(plain, routes).into_future()))
        });
        // Sockets are set up before their handshakes; there is nothing left to do to them.
        app.serve_at(listener.tap_io(|_stream| ()), shutdown).await
    }

    async fn serve_at<L, F>(
        self,
        listener: axum::serve::TapIo<L, F>,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> anyhow::Result<()>
    where
        L: Listener<Addr = SocketAddr>,
        F: FnMut(&mut L::Io) + Send + 'static,
    {
        let started = Deed::ServerStarted { version: env!("CARGO_PKG_VERSION").to_owned() };
        self.doors.accounts.audit().note(&By::SERVER, &started).await?;
        let router = self.router();
        let closing = CancellationToken::new();
        let serving = serve(listener, router, HEAD_WITHIN, closing.clone().cancelled_owned());
        let mut serving = std::pin::pin!(serving);
        let sender = hook::Sender::new(self.hooks.clone(), self.doors.store.clone(), self.doors.clock.clone())?;
        let sending = tokio::spawn(sender.run());
        let upkeep = tokio::spawn(crate::http::metrics::upkeep());
        let retiring = tokio::spawn(retire_what_is_due(self.doors.clone()));
        tokio::select! {
            () = &mut serving => {}
            () = shutdown => {}
        }
        // Nobody is accepted any more. Sockets are told at once; requests come to their end, but
        // one that never ends does not keep the server.
        closing.cancel();
        let goodbye = async { tokio::join!(self.doors.live.stop(), &mut serving) };
        if tokio::time::timeout(GOODBYE_WITHIN, goodbye).await.is_err() {
            tracing::warn!("some connections did not end in time and were cut");
        }
        upkeep.abort();
        retiring.abort();
        sending.abort();
        self.doors.store.close().await;
        Ok(())
    }
}

/// Where the certificate comes from, as the settings say.
fn keeper(tls: &Tls, data: &DataDir, clock: &Clock) -> anyhow::Result<Option<Arc<Keeper>>> {
    let now = clock.now();
    Ok(match tls {
        Tls::Off => None,
        Tls::Files { certificate, key } => Some(Keeper::of_files(certificate.clone(), key.clone(), now)?),
        Tls::Hall { names } => {
            let names = names.clone();
            let authority = Authority::open(&data.hall(), &Names::now(&names), now)?;
            Some(Keeper::of_hall(authority, move || Names::now(&names), now)?)
        }
    })
}

/// Looks now and then whether there is another certificate to show. Never ends.
async fn watch(keeper: Arc<Keeper>, clock: Clock) {
    loop {
        tokio::time::sleep(CERTIFICATE_LOOKED_AT).await;
        look_again(&keeper, &clock);
    }
}

/// Shows another certificate if there is one, and says so; a bad one leaves the one before.
pub fn look_again(keeper: &Keeper, clock: &Clock) {
    match keeper.refresh(clock.now()) {
        Ok(false) => {}
        Ok(true) => {
            tracing::info!(fingerprint = keeper.facts().fingerprint, "another certificate is shown from now on");
        }
        Err(error) => tracing::error!(
            error = &error as &dyn std::error::Error,
            "the new certificate cannot be used; the one before is still shown"
        ),
    }
}

/// Notes what is not counted as it happens.
#[expect(clippy::cast_precision_loss, reason = "figures for people")]
fn sample(live: &Live, store: &Store, data: &Path, tls: Option<&Keeper>) {
    gauge!("drillhall_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
    // Without an open websocket yet it is told as nought.
    gauge!("drillhall_connections").increment(0.0);
    gauge!("drillhall_queue_length", "queue" => "writer").set(store.waiting() as f64);
    if let Some((exercises, waiting)) = live.waiting() {
        gauge!("drillhall_exercises").set(exercises as f64);
        gauge!("drillhall_queue_length", "queue" => "runners").set(waiting as f64);
    }
    if let Ok(free) = data_dir::free_bytes(data) {
        gauge!("drillhall_disk_free_bytes").set(free as f64);
    }
    let backup = data_dir::last_backup(data).map_or(0, |at| at.0);
    gauge!("drillhall_backup_timestamp_seconds").set((backup / 1000) as f64);
    if let Some(tls) = tls {
        let expires = tls.facts().not_after.0 / 1000;
        gauge!("drillhall_tls_certificate_expiry_timestamp_seconds").set(expires as f64);
    }
}

/// Erases what is personal and was kept long enough, now and every hour. Never ends.
async fn retire_what_is_due(doors: Doors) {
    let mut every = tokio::time::interval(RETIRE_EVERY);
    loop {
        every.tick().await;
        if let Err(error) = doors.live.retire_due(&doors.privacy, doors.accounts.audit()).await {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "what is personal could not be erased; it is tried again"
            );
        }
    }
}

/// The description of the API, from which clients generate their types.
#[must_use]
pub fn document() -> utoipa::openapi::OpenApi {
    let mut document = Document::openapi();
    document.merge(account::http::routes().into_openapi());
    document.merge(exercises::routes().into_openapi());
    document.merge(bot::http::routes().into_openapi());
    document.merge(programme::http::routes().into_openapi());
    with_problems(document)
}

/// Listens at an address.
pub fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    let listen = || {
        let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        socket.listen(BACKLOG)
    };
    listen().with_context(|| format!("cannot listen at {address}: is something else listening there?"))
}
