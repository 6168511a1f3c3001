//! `drillhall serve`: the server.

use std::{env, net::SocketAddr, path::Path};

use clap::Args;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};
use tokio_util::task::AbortOnDropHandle;

use super::{Outcome, hall, say, start_tracing, warn};
use crate::{
    app::{App, listen, look_again},
    clock::Clock,
    config::{Config, ConfigArgs, unknown_variables},
    id::Random,
    tls::lan,
};

/// Serve exercises until Ctrl-C
#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    args: ConfigArgs,
}

impl Serve {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let names = env::vars().map(|(name, _)| name);
        for name in unknown_variables(names) {
            warn(&format!("warning: {name} looks like a setting, but there is none of that name\n"))?;
        }
        let config = Config::load(self.args, Path::new("."))?;
        start_tracing("info", config.log_format);
        tokio::runtime::Runtime::new()?.block_on(serve(config))?;
        Ok(Outcome::Done)
    }
}

async fn serve(config: Config) -> anyhow::Result<()> {
    let listener = listen(config.listen)?;
    let address = listener.local_addr()?;
    let plain = config.http_listen.map(listen).transpose()?;
    let plain_port = plain.as_ref().map(TcpListener::local_addr).transpose()?.map(|address| address.port());
    let clock = Clock::system();
    let app = App::open(config, clock.clone(), Random::system()).await?.sending_on(plain);
    let keeper = app.tls().cloned();
    let base = base(if keeper.is_some() { "https" } else { "http" }, address);
    say(&format!("Drillhall serves at {base}\n"))?;
    if let Some(path) = app.doors.accounts.setup_link().await? {
        say(&format!("There is no account yet. Make the first one within a day:\n  {base}{path}\n"))?;
    }
    if let (Some(authority), Some(port)) = (keeper.as_ref().and_then(|keeper| keeper.authority()), plain_port) {
        say(&hall::poster(&lan::addresses(), address.port(), port, authority.fingerprint()))?;
    }
    // Without TLS there is nothing to read again, and the signal must not end the server.
    let mut hangup = signal(SignalKind::hangup())?;
    let _reloading = AbortOnDropHandle::new(tokio::spawn(async move {
        while hangup.recv().await.is_some() {
            if let Some(keeper) = &keeper {
                look_again(keeper, &clock);
            }
        }
    }));
    run(app, listener).await
}

/// Serves until Ctrl-C or a request to stop.
pub(super) async fn run(app: App, listener: TcpListener) -> anyhow::Result<()> {
    let mut terminated = signal(SignalKind::terminate())?;
    let shutdown = async move {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminated.recv() => {}
        }
        tracing::info!("stopping: no answer that was given is lost");
    };
    app.serve(listener, shutdown).await
}

/// Address for a browser on this machine.
pub(super) fn base(scheme: &str, address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        return format!("{scheme}://localhost:{}", address.port());
    }
    format!("{scheme}://{address}")
}
