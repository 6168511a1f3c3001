//! `drillhall account`: accounts of the people who set exercises up.

use std::{io, path::Path};

use clap::{Args, Subcommand};

use super::{Outcome, say};
use crate::{
    account::Accounts,
    clock::Clock,
    config::{Config, ConfigArgs},
    http::limits::Limits,
    id::Random,
    store::{Store, data_dir::DataDir},
};

/// Manage accounts of the people who set exercises up
#[derive(Debug, Subcommand)]
pub(super) enum Account {
    Add(Add),
}

/// Add an account; its password is read from standard input
#[derive(Debug, Args)]
pub(super) struct Add {
    /// Name to sign in with
    login: String,
    #[command(flatten)]
    args: ConfigArgs,
}

impl Account {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let Self::Add(Add { login, args }) = self;
        let config = Config::load(args, Path::new("."))?;
        tokio::runtime::Runtime::new()?.block_on(add(&config, &login))?;
        Ok(Outcome::Done)
    }
}

async fn add(config: &Config, login: &str) -> anyhow::Result<()> {
    let data = DataDir::open(&config.data_dir)?;
    let store = Store::open(&config.location(data.database())).await?;
    let accounts = Accounts::open(store.clone(), Clock::system(), Random::system(), Limits::default()).await?;
    let account = accounts.create_admin(login, io::stdin().lock()).await?;
    say(&format!("added account {}\n", account.login))?;
    store.close().await;
    Ok(())
}
