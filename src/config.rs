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
/// Fewer characters could be guessed.
const SHORTEST_TOKEN: usize = 16;
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

/// What is asked of people who sign in, and how long that holds. `account::policy` says what each asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum Policy {
    /// One team or one hall: a second factor for administrators and directors.
    #[default]
    Small,
    /// A national team: a second factor for every account.
    National,
    /// As national, and for a short time only.
    Strict,
}

/// What may be set, in the file and by flags alike. Nothing in it is needed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, clap::Args)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Address and port to listen at [default: 127.0.0.1:8080, for a hall 0.0.0.0:8443]
    #[arg(long, env = "DRILLHALL_LISTEN", value_name = "ADDR:PORT")]
    pub listen: Option<SocketAddr>,
    /// File with the certificate to serve over TLS with, and those that lead to its root, in PEM
    #[arg(long, env = "DRILLHALL_TLS_CERT", value_name = "FILE")]
    pub tls_cert: Option<PathBuf>,
    /// File with the key of that certificate, in PEM
    #[arg(long, env = "DRILLHALL_TLS_KEY", value_name = "FILE")]
    pub tls_key: Option<PathBuf>,
    /// Serve a hall without internet over TLS, with a certificate authority of its own that is made at the
    /// first start and kept with the data
    #[arg(long, env = "DRILLHALL_HALL", num_args = 0..=1, require_equals = true, default_missing_value = "true",
        value_name = "BOOL")]
    pub hall: Option<bool>,
    /// Names and addresses that the hall's certificate is to be good for besides those that this machine
    /// knows it has; parted by commas
    #[arg(long, env = "DRILLHALL_HALL_NAMES", value_delimiter = ',', value_name = "NAME")]
    pub hall_names: Option<Vec<String>>,
    /// Address and port of a listener without TLS that sends browsers on to the one with it
    /// [default for a hall: port 8080]
    #[arg(long, env = "DRILLHALL_HTTP_LISTEN", value_name = "ADDR:PORT")]
    pub http_listen: Option<SocketAddr>,
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
    /// A secret that opens `/metrics` to monitors on other machines, sent as `Authorization: Bearer`
    #[arg(long, env = "DRILLHALL_METRICS_TOKEN", hide_env_values = true)]
    pub metrics_token: Option<Secret>,
    /// Days behind the end of play that names are kept, unless a director says otherwise [default: 365]
    #[arg(long, env = "DRILLHALL_RETENTION_DAYS", value_name = "DAYS")]
    pub retention_days: Option<u32>,
    /// Whom people may ask about what is kept of them: an address, shown at the door
    #[arg(long, env = "DRILLHALL_PRIVACY_CONTACT")]
    pub privacy_contact: Option<String>,
    /// What is asked of people who sign in [default: small]
    #[arg(long, env = "DRILLHALL_POLICY", value_enum)]
    pub policy: Option<Policy>,
    /// Let people sign in over plain HTTP from other machines, where anybody on the way can read passwords
    #[arg(long, env = "DRILLHALL_ALLOW_PLAIN_SIGN_IN", num_args = 0..=1, default_missing_value = "true")]
    pub allow_plain_sign_in: Option<bool>,
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

impl ConfigArgs {
    /// The settings file: the one that is named, else the default one in `directory` if it is there.
    #[must_use]
    pub fn file(&self, directory: &Path) -> Option<PathBuf> {
        let default_file = || Some(directory.join(DEFAULT_FILE)).filter(|file| file.exists());
        self.config.clone().or_else(default_file)
    }
}

/// Where the certificate comes from that the server shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Tls {
    /// Nowhere: the server speaks plain HTTP.
    #[default]
    Off,
    /// Two files of the operator.
    Files {
        /// The certificate, and those that lead to its root.
        certificate: PathBuf,
        /// Its key.
        key: PathBuf,
    },
    /// The hall's own authority.
    Hall {
        /// Names and addresses besides those that the machine knows it has.
        names: Vec<String>,
    },
}

/// How this server is set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Where it listens.
    pub listen: SocketAddr,
    /// Whether it speaks TLS there.
    pub tls: Tls,
    /// Where it listens without TLS besides, to send browsers on.
    pub http_listen: Option<SocketAddr>,
    /// What opens the figures to other machines.
    pub metrics_token: Option<Secret>,
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
    /// Days that names are kept behind the end of play, where no director says otherwise.
    pub retention_days: u32,
    /// Whom people may ask about what is kept of them.
    pub privacy_contact: Option<String>,
    /// What is asked of people who sign in.
    pub policy: Policy,
    /// Whether people may sign in over plain HTTP from other machines.
    pub allow_plain_sign_in: bool,
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
        let file = args.file(directory).map_or_else(|| Ok(Settings::default()), |path| read(&path))?;
        let given = args.settings;
        let is_hall = given.hall.or(file.hall).unwrap_or_default();
        let tls = tls(
            is_hall,
            given.tls_cert.or(file.tls_cert),
            given.tls_key.or(file.tls_key),
            given.hall_names.or(file.hall_names),
        )?;
        let everywhere = |port| SocketAddr::from((Ipv4Addr::UNSPECIFIED, port));
        let listen = if is_hall { everywhere(8443) } else { SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)) };
        Self {
            listen: given.listen.or(file.listen).unwrap_or(listen),
            tls,
            http_listen: given.http_listen.or(file.http_listen).or_else(|| is_hall.then(|| everywhere(8080))),
            metrics_token: given.metrics_token.or(file.metrics_token),
            data_dir: given.data_dir.or(file.data_dir).unwrap_or("drillhall-data".into()),
            database_url: given.database_url.or(file.database_url),
            public_url: given.public_url.or(file.public_url),
            allowed_origins: given.allowed_origins.or(file.allowed_origins).unwrap_or_default(),
            trusted_proxies: given.trusted_proxies.or(file.trusted_proxies).unwrap_or_default(),
            upload_limit: given.upload_limit.or(file.upload_limit).unwrap_or(10).saturating_mul(MIB),
            retention_days: given.retention_days.or(file.retention_days).unwrap_or(365),
            privacy_contact: given.privacy_contact.or(file.privacy_contact),
            policy: given.policy.or(file.policy).unwrap_or_default(),
            allow_plain_sign_in: given.allow_plain_sign_in.or(file.allow_plain_sign_in).unwrap_or_default(),
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
        if !(1..=3_660).contains(&self.retention_days) {
            return Err(ConfigError::Value { key: "retention_days", reason: "it must be 1 to 3660 days" });
        }
        if self.data_dir.as_os_str().is_empty() {
            return Err(ConfigError::Value { key: "data_dir", reason: "it is empty" });
        }
        if self.tls != Tls::Off && self.public_url.as_ref().is_some_and(|url| !url.is_https()) {
            return Err(ConfigError::Value {
                key: "public_url",
                reason: "it must begin with https, for this server speaks TLS",
            });
        }
        if self.tls == Tls::Off && self.http_listen.is_some() {
            return Err(ConfigError::Value {
                key: "http_listen",
                reason: "it goes with tls_cert or hall; without TLS there is nothing to send browsers on to",
            });
        }
        if self.metrics_token.as_ref().is_some_and(|token| token.expose().len() < SHORTEST_TOKEN) {
            return Err(ConfigError::Value { key: "metrics_token", reason: "it must have at least 16 characters" });
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

fn tls(
    is_hall: bool,
    certificate: Option<PathBuf>,
    key: Option<PathBuf>,
    names: Option<Vec<String>>,
) -> Result<Tls, ConfigError> {
    let wrong = |key, reason| Err(ConfigError::Value { key, reason });
    match (is_hall, certificate, key) {
        (true, None, None) => Ok(Tls::Hall { names: names.unwrap_or_default() }),
        (true, ..) => wrong("hall", "a hall makes its own certificate: leave out tls_cert and tls_key, or hall"),
        (false, ..) if names.is_some() => wrong("hall_names", "it goes with hall"),
        (false, Some(certificate), Some(key)) => Ok(Tls::Files { certificate, key }),
        (false, None, None) => Ok(Tls::Off),
        (false, Some(_), None) => wrong("tls_key", "it is missing: a certificate needs its key"),
        (false, None, Some(_)) => wrong("tls_cert", "it is missing: a key needs its certificate"),
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
