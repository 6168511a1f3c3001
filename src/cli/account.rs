//! `drillhall account`: who may sign in, managed on the server's machine, also beside a running server. What takes
//! rights away closes what is open by them there within a second.

use std::{io, path::Path};

use clap::{Args, Subcommand};

use super::{Outcome, say};
use crate::{
    account::{
        Accounts, PlatformRole, Terms,
        api::{AccountAct, AccountLine},
    },
    audit::By,
    clock::Clock,
    config::{Config, ConfigArgs, Tls},
    http::limits::Limits,
    id::Random,
    store::{Store, data_dir::DataDir},
};

/// Manage accounts of the people who set exercises up; a server may go on meanwhile
#[derive(Debug, Subcommand)]
pub(super) enum Account {
    #[command(alias = "add")]
    Create(Create),
    List(List),
    Invite(Invite),
    Disable(One),
    Enable(One),
    Password(Password),
    ResetMfa(One),
    RevokeSessions(One),
    Role(SetRole),
}

/// Make an account; its password is read from standard input
#[derive(Debug, Args)]
pub(super) struct Create {
    /// Name to sign in with
    login: String,
    /// What it may do on the platform
    #[arg(long, value_enum, default_value_t = PlatformRole::PlatformAdmin)]
    role: PlatformRole,
    #[command(flatten)]
    args: ConfigArgs,
}

/// List every account, one a line
#[derive(Debug, Args)]
pub(super) struct List {
    #[command(flatten)]
    args: ConfigArgs,
}

/// Make a personal invitation: whoever opens its link makes an account, once
#[derive(Debug, Args)]
pub(super) struct Invite {
    /// What the account will be
    #[arg(long, value_enum, default_value_t = PlatformRole::Account)]
    role: PlatformRole,
    /// For whom it is
    #[arg(long, default_value = "")]
    label: String,
    #[command(flatten)]
    args: ConfigArgs,
}

/// Give an account another password, read from standard input; its sessions end
#[derive(Debug, Args)]
pub(super) struct Password {
    /// Name of the account
    login: String,
    #[command(flatten)]
    args: ConfigArgs,
}

/// Do this to an account; its sessions end
#[derive(Debug, Args)]
pub(super) struct One {
    /// Name of the account
    login: String,
    #[command(flatten)]
    args: ConfigArgs,
}

/// Give an account another platform role; its sessions end
#[derive(Debug, Args)]
pub(super) struct SetRole {
    /// Name of the account
    login: String,
    /// What it may do on the platform
    #[arg(value_enum)]
    role: PlatformRole,
    #[command(flatten)]
    args: ConfigArgs,
}

impl Account {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let runtime = tokio::runtime::Runtime::new()?;
        runtime.block_on(async {
            match self {
                Self::Create(wanted) => wanted.create().await,
                Self::List(List { args }) => list(args).await,
                Self::Invite(wanted) => wanted.invite().await,
                Self::Disable(one) => one.act(AccountAct::Disable, "disabled").await,
                Self::Enable(one) => one.act(AccountAct::Enable, "enabled").await,
                Self::Password(wanted) => wanted.set().await,
                Self::ResetMfa(one) => one.act(AccountAct::ResetSecondFactor, "took the second factors off").await,
                Self::RevokeSessions(one) => one.act(AccountAct::RevokeSessions, "ended the sessions of").await,
                Self::Role(SetRole { login, role, args }) => {
                    One { login, args }.act(AccountAct::SetRole { role }, role.name()).await
                }
            }
        })?;
        Ok(Outcome::Done)
    }
}

impl Create {
    async fn create(self) -> anyhow::Result<()> {
        let desk = Desk::open(self.args).await?;
        let account = desk.accounts.create(&self.login, self.role, io::stdin().lock()).await?;
        say(&format!("created account {}: {}\n", account.login, account.role.name()))?;
        if account.must_enrol {
            say("It needs a second factor, which is enrolled at the first sign-in.\n")?;
        }
        desk.close().await;
        Ok(())
    }
}

impl Invite {
    async fn invite(self) -> anyhow::Result<()> {
        let desk = Desk::open(self.args).await?;
        let (invitation, path) = desk.accounts.invite(self.role, &self.label, &By::OPERATOR).await?;
        let scheme = if matches!(desk.config.tls, Tls::Off) { "http" } else { "https" };
        let here = || super::serve::base(scheme, desk.config.listen);
        let base = desk.config.public_url.as_ref().map_or_else(here, ToString::to_string);
        let until = jiff::Timestamp::from_millisecond(invitation.expires_at.0)?;
        say(&format!("An invitation for one person ({}), until {until}:\n  {base}{path}\n", self.role.name()))?;
        desk.close().await;
        Ok(())
    }
}

impl Password {
    async fn set(self) -> anyhow::Result<()> {
        let desk = Desk::open(self.args).await?;
        let account = desk.accounts.named(&self.login).await?;
        desk.accounts.set_password(&account, io::stdin().lock()).await?;
        say(&format!("gave account {} another password\n", self.login))?;
        desk.close().await;
        Ok(())
    }
}

impl One {
    async fn act(self, act: AccountAct, done: &str) -> anyhow::Result<()> {
        let desk = Desk::open(self.args).await?;
        let account = desk.accounts.named(&self.login).await?;
        desk.accounts.act(&account, act, &By::OPERATOR).await?;
        say(&format!("{done}: {}\n", self.login))?;
        desk.close().await;
        Ok(())
    }
}

async fn list(args: ConfigArgs) -> anyhow::Result<()> {
    let desk = Desk::open(args).await?;
    for AccountLine { login, role, second_factor, disabled_at, sessions, .. } in desk.accounts.list().await? {
        let factor = if second_factor { "second factor" } else { "password only" };
        let state = if disabled_at.is_some() { "disabled" } else { "enabled" };
        say(&format!("{login}\t{}\t{factor}\t{state}\t{sessions} sessions\n", role.name()))?;
    }
    desk.close().await;
    Ok(())
}

/// The accounts of the data directory or database, which a server may have open, too.
struct Desk {
    config: Config,
    store: Store,
    accounts: Accounts,
}

impl Desk {
    async fn open(args: ConfigArgs) -> anyhow::Result<Self> {
        let config = Config::load(args, Path::new("."))?;
        let store = Store::open(&config.location(DataDir::shared_database(&config.data_dir)?)).await?;
        let (clock, random) = (Clock::system(), Random::system());
        let accounts = Accounts::open(store.clone(), clock, random, Limits::default(), Terms::from(&config)).await?;
        Ok(Self { config, store, accounts })
    }

    async fn close(self) {
        self.store.close().await;
    }
}
