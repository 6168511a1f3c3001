//! How a server is set up: defaults, then the file, then the environment, then flags; the later wins.
//!
//! Every key has the same name in the file (`listen`), in the environment (`DRILLHALL_LISTEN`) and as
//! a flag (`--listen`). What is wrong is refused before anything starts, with the name of the key.

use std::{
    fmt, fs,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

use serde::Deserialize;

use crate::{http::Origin, store::Location};

/// The file that is read if it is there and no other is named.
const DEFAULT_FILE: &str = "drillhall.yaml";
const MIB: u64 = 1024 * 1024;
const PREFIX: &str = "DRILLHALL_";

/// A text that is never printed.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The text itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

impl From<&str> for Secret {
    fn from(secret: &str) -> Self {
        Self(secret.to_owned())
    }
}

/// How lines of the log look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// For machines.
    Json,
}

/// What may be set, in the file and by flags alike. Nothing in it is needed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, clap::Args)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Address and port to listen at [default: 127.0.0.1:8080]
    #[arg(long, env = "DRILLHALL_LISTEN", value_name = "ADDR:PORT")]
    pub listen: Option<SocketAddr>,
    /// Directory that everything is kept in [default: ./drillhall-data]
    #[arg(long = "data", env = "DRILLHALL_DATA", value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// A postgres:// URL, to keep everything in PostgreSQL instead of SQLite
    #[arg(long, env = "DRILLHALL_DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<Secret>,
    /// The address that people use, as <https://drill.example>
    #[arg(long, env = "DRILLHALL_PUBLIC_URL")]
    pub public_url: Option<Origin>,
    /// Other origins whose pages may act here; parted by commas
    #[arg(long, env = "DRILLHALL_ALLOWED_ORIGINS", value_delimiter = ',')]
    pub allowed_origins: Option<Vec<Origin>>,
    /// Addresses of proxies whose X-Forwarded-For is believed; parted by commas
    #[arg(long, env = "DRILLHALL_TRUSTED_PROXIES", value_delimiter = ',')]
    pub trusted_proxies: Option<Vec<IpAddr>>,
    /// Largest file that a team may hand in, in MiB [default: 10]
    #[arg(long, env = "DRILLHALL_UPLOAD_LIMIT", value_name = "MIB")]
    pub upload_limit: Option<u64>,
    /// How lines of the log look [default: text]
    #[arg(long, env = "DRILLHALL_LOG_FORMAT", value_enum)]
    pub log_format: Option<LogFormat>,
    /// Names and addresses of machines that hooks may go to; parted by commas
    #[arg(long, env = "DRILLHALL_HOOK_HOSTS", value_delimiter = ',')]
    pub hook_hosts: Option<Vec<String>>,
    /// Programs to tell of a drill; in the file only, for a hook has a secret (`docs/HOOKS.md`)
    #[arg(skip)]
    pub hooks: Option<Vec<HookSetting>>,
}

/// A program that is told when something happens.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HookSetting {
    /// What logs call it.
    pub name: String,
    /// Where it listens. May hold a secret of its own.
    pub url: Secret,
    /// What it is told of.
    pub events: Vec<String>,
    /// What it is signed with.
    pub secret: Secret,
}

/// The flags of a command that serves. Clap reads the environment for flags that are not given.
#[derive(Clone, Debug, Default, PartialEq, Eq, clap::Args)]
pub struct ConfigArgs {
    /// File with settings, in YAML [default: drillhall.yaml, if it is there]
    #[arg(long, env = "DRILLHALL_CONFIG")]
    pub config: Option<PathBuf>,
    /// Settings of the command line and the environment.
    #[command(flatten)]
    pub settings: Settings,
}

/// How this server is set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Where it listens.
    pub listen: SocketAddr,
    /// Where everything is kept.
    pub data_dir: PathBuf,
    /// The PostgreSQL that everything is kept in instead.
    pub database_url: Option<Secret>,
    /// The address that people use.
    pub public_url: Option<Origin>,
    /// Other origins whose pages may act here.
    pub allowed_origins: Vec<Origin>,
    /// Proxies whose word on the client's address is taken.
    pub trusted_proxies: Vec<IpAddr>,
    /// Most bytes of a file that a team hands in.
    pub upload_limit: u64,
    /// How lines of the log look.
    pub log_format: LogFormat,
    /// Machines that hooks may go to.
    pub hook_hosts: Vec<String>,
    /// Programs that are told of a drill.
    pub hooks: Vec<HookSetting>,
}

/// Settings that cannot be used.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum ConfigError {
    #[error("the settings file {} could not be read", path.display())]
    Read { path: PathBuf, source: std::io::Error },
    #[error("the settings file {} is wrong: {message}", path.display())]
    File { path: PathBuf, message: String },
    #[error("the setting '{key}' is wrong: {reason}")]
    Value { key: &'static str, reason: &'static str },
}

impl Config {
    /// Puts the layers together. Looks for the default file in `directory`.
    pub fn load(args: ConfigArgs, directory: &Path) -> Result<Self, ConfigError> {
        let default_file = directory.join(DEFAULT_FILE);
        let file = match args.config {
            Some(path) => read(&path)?,
            None if default_file.exists() => read(&default_file)?,
            None => Settings::default(),
        };
        let given = args.settings;
        Self {
            listen: given.listen.or(file.listen).unwrap_or(SocketAddr::from((Ipv4Addr::LOCALHOST, 8080))),
            data_dir: given.data_dir.or(file.data_dir).unwrap_or("drillhall-data".into()),
            database_url: given.database_url.or(file.database_url),
            public_url: given.public_url.or(file.public_url),
            allowed_origins: given.allowed_origins.or(file.allowed_origins).unwrap_or_default(),
            trusted_proxies: given.trusted_proxies.or(file.trusted_proxies).unwrap_or_default(),
            upload_limit: given.upload_limit.or(file.upload_limit).unwrap_or(10).saturating_mul(MIB),
            log_format: given.log_format.or(file.log_format).unwrap_or_default(),
            hook_hosts: given.hook_hosts.or(file.hook_hosts).unwrap_or_default(),
            hooks: given.hooks.or(file.hooks).unwrap_or_default(),
        }
        .validated()
    }

    fn validated(self) -> Result<Self, ConfigError> {
        let is_postgres = |url: &Secret| ["postgres://", "postgresql://"].iter().any(|it| url.expose().starts_with(it));
        if self.database_url.as_ref().is_some_and(|url| !is_postgres(url)) {
            return Err(ConfigError::Value { key: "database_url", reason: "it must begin with postgres://" });
        }
        if !(MIB..=100 * MIB).contains(&self.upload_limit) {
            return Err(ConfigError::Value { key: "upload_limit", reason: "it must be 1 to 100 MiB" });
        }
        if self.data_dir.as_os_str().is_empty() {
            return Err(ConfigError::Value { key: "data_dir", reason: "it is empty" });
        }
        Ok(self)
    }

    /// Where the store is, if `sqlite` is the file in the data directory.
    #[must_use]
    pub fn location(&self, sqlite: PathBuf) -> Location {
        match &self.database_url {
            Some(url) => Location::Postgres(url.expose().to_owned()),
            None => Location::Sqlite(sqlite),
        }
    }
}

fn read(path: &Path) -> Result<Settings, ConfigError> {
    let text = fs::read_to_string(path).map_err(|source| ConfigError::Read { path: path.to_owned(), source })?;
    // An empty file, or one of comments, sets nothing.
    if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        return Ok(Settings::default());
    }
    // Without the offending line: it may hold a password.
    let options = serde_saphyr::options! { with_snippet: false };
    serde_saphyr::from_str_with_options(&text, options)
        .map_err(|error| ConfigError::File { path: path.to_owned(), message: error.to_string() })
}

/// Variables that look much like settings and are none: to warn of a slip of the pen.
pub fn unknown_variables(names: impl Iterator<Item = String>) -> Vec<String> {
    let command = <ConfigArgs as clap::Args>::augment_args(clap::Command::new("drillhall"));
    let known: Vec<_> = command.get_arguments().filter_map(clap::Arg::get_env).collect();
    let known: Vec<_> = known.iter().filter_map(|known| known.to_str()).collect();
    let is_slip = |name: &str| {
        let distance = known.iter().map(|known| strsim::damerau_levenshtein(known, name)).min();
        name.starts_with(PREFIX) && distance.is_some_and(|distance| (1..=2).contains(&distance))
    };
    names.filter(|name| is_slip(name)).collect()
}
