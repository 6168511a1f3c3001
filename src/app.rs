//! The whole server: its parts, its router, and its life from the first accept to the last goodbye.

use std::{future::Future, net::SocketAddr, time::Duration};

use anyhow::Context;
use axum::{Router, serve::ListenerExt};
use tokio::net::{TcpListener, TcpSocket};
use tokio_util::sync::CancellationToken;
use utoipa::OpenApi;

use crate::{
    account::{self, Accounts},
    bot,
    clock::Clock,
    config::Config,
    engine::plan::{Absent, Quantity, Subject},
    hook::{self, Hooks},
    http::{
        Ready, Shell, Site,
        limits::Limits,
        openapi::with_problems,
        serve::{HEAD_WITHIN, serve},
    },
    id::Random,
    live::{
        Intake, Live,
        http::{self as exercises, Doors, PATIENT},
        wire::{ClientFrame, ServerFrame},
    },
    store::{Store, data_dir::DataDir},
};

/// Connections that may wait to be accepted: a whole hall comes back at once after a Wi-Fi drop.
const BACKLOG: u32 = 4_096;
/// How long queued answers may take to be written when the server stops.
const GOODBYE_WITHIN: Duration = Duration::from_secs(5);
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

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
    hooks: Hooks,
    /// Held as long as the server lives: nobody else may serve from the directory.
    _data: DataDir,
}

impl App {
    /// Opens the data directory and the store, and loads what is in play.
    pub async fn open(config: Config, clock: Clock, random: Random) -> anyhow::Result<Self> {
        let hooks = Hooks::new(&config.hooks, &config.hook_hosts)?;
        let data = DataDir::open(&config.data_dir)?;
        let store = Store::open(&config.location(data.database())).await?;
        let accounts = Accounts::open(store.clone(), clock.clone(), random.clone(), Limits::default()).await?;
        let live = Live::telling(hooks.clone(), store.clone(), clock.clone(), random.clone());
        live.recover().await?;
        let intake = Intake::new(config.upload_limit);
        Ok(Self { doors: Doors { live, accounts, store, clock, random, intake }, config, hooks, _data: data })
    }

    /// Every route of the server.
    pub fn router(&self) -> Router {
        let (accounts, _) = account::http::routes().with_state(self.doors.accounts.clone()).split_for_parts();
        let (exercises, _) = exercises::routes().with_state(self.doors.clone()).split_for_parts();
        let (rehearsals, _) = bot::http::routes().with_state(self.doors.clone()).split_for_parts();
        let store = self.doors.store.clone();
        let site = Site { public: self.config.public_url.clone(), allowed: self.config.allowed_origins.clone() };
        let shell = Shell {
            clock: self.doors.clock.clone(),
            random: self.doors.random.clone(),
            site: site.into(),
            trusted_proxies: self.config.trusted_proxies.clone().into(),
            request_timeout: REQUEST_TIMEOUT,
            patient: &PATIENT,
            openapi: document(),
            ready: Ready::new(move || {
                let store = store.clone();
                async move { store.exercises().await.is_ok() }
            }),
        };
        crate::http::shell(accounts.merge(exercises).merge(rehearsals), shell)
    }

    /// Serves until `shutdown` comes, then says goodbye to everybody and stores what is decided.
    pub async fn serve(
        self,
        listener: TcpListener,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> anyhow::Result<()> {
        let router = self.router();
        // Injects are small and must not wait for more to send.
        let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
        let closing = CancellationToken::new();
        let serving = serve(listener, router, HEAD_WITHIN, closing.clone().cancelled_owned());
        let mut serving = std::pin::pin!(serving);
        let sender = hook::Sender::new(self.hooks.clone(), self.doors.store.clone(), self.doors.clock.clone())?;
        let sending = tokio::spawn(sender.run());
        let upkeep = tokio::spawn(crate::http::metrics::upkeep());
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
        sending.abort();
        self.doors.store.close().await;
        Ok(())
    }
}

/// The description of the API, from which clients generate their types.
#[must_use]
pub fn document() -> utoipa::openapi::OpenApi {
    let mut document = Document::openapi();
    document.merge(account::http::routes().into_openapi());
    document.merge(exercises::routes().into_openapi());
    document.merge(bot::http::routes().into_openapi());
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
