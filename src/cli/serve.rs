//! `drillhall serve`: the server.

use std::{env, net::SocketAddr, path::Path};

use clap::Args;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};

use super::{Outcome, say, start_tracing, warn};
use crate::{
    app::{App, listen},
    clock::Clock,
    config::{Config, ConfigArgs, unknown_variables},
    id::Random,
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
    let app = App::open(config, Clock::system(), Random::system()).await?;
    say(&format!("Drillhall serves at {}\n", base(address)))?;
    if let Some(path) = app.doors.accounts.setup_link().await? {
        say(&format!("There is no account yet. Make the first one within a day:\n  {}{path}\n", base(address)))?;
    }
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
pub(super) fn base(address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        return format!("http://localhost:{}", address.port());
    }
    format!("http://{address}")
}
