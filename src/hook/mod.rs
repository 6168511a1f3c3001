//! Telling other programs of an organisation when a drill starts, pauses, ends, is a real emergency, or has
//! results. Off unless the operator names a hook, and hosts that hooks may reach.
//!
//! - What is to be told is stored in the transaction of the event, so it is told at least once, with an id that
//!   stays the same; and only of what is decided, so never on replay.
//! - Each hook has a task of its own: one that does not answer delays neither play nor other hooks.
//! - No hook reaches what the operator has not listed: not by its host, by what that name resolves to at the
//!   moment of connecting, by a redirect, nor by a proxy of the environment.
//! - A body says what happened where and when. It holds no name, no word that anybody wrote, and no score.

mod address;
mod send;
mod told;

use std::{fmt, sync::Arc};

use reqwest::Url;

pub use address::is_public;
pub use send::{Sender, signature};
pub use told::told;

use crate::{
    config::{HookSetting, Secret},
    engine::event::Fact,
};

/// Most hooks of a server.
const MOST: usize = 20;
/// Shortest secret, in bytes: 128 bits as hexadecimal digits.
const SHORTEST_SECRET: usize = 32;

/// A hook that was found right.
#[derive(Clone)]
pub struct Hook {
    /// What logs call it. Its address may hold a secret, so that is in none.
    pub name: String,
    url: Url,
    events: Vec<Occasion>,
    secret: Secret,
}

impl fmt::Debug for Hook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hook").field("name", &self.name).field("events", &self.events).finish_non_exhaustive()
    }
}

/// What hooks are told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// StartEx.
    Started,
    /// Play was paused for everybody.
    Paused,
    /// Play goes on for everybody.
    Resumed,
    /// EndEx.
    Ended,
    /// Somebody called NO DUFF.
    NoDuff,
    /// Scores may be seen.
    ScoresReleased,
    /// A report may be read.
    ReportReleased,
}

impl Occasion {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Started,
        Self::Paused,
        Self::Resumed,
        Self::Ended,
        Self::NoDuff,
        Self::ScoresReleased,
        Self::ReportReleased,
    ];

    /// Its name in settings and bodies.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Started => "exercise_started",
            Self::Paused => "exercise_paused",
            Self::Resumed => "exercise_resumed",
            Self::Ended => "exercise_ended",
            Self::NoDuff => "no_duff",
            Self::ScoresReleased => "scores_released",
            Self::ReportReleased => "report_released",
        }
    }

    fn of(fact: &Fact) -> Option<Self> {
        match fact {
            Fact::ExerciseStarted(_) => Some(Self::Started),
            Fact::Paused { team: None, .. } => Some(Self::Paused),
            Fact::Resumed { team: None } => Some(Self::Resumed),
            Fact::ExerciseEnded { .. } => Some(Self::Ended),
            Fact::NoDuffRaised { .. } => Some(Self::NoDuff),
            Fact::ScoresReleased { .. } => Some(Self::ScoresReleased),
            Fact::ReportReleased(_) => Some(Self::ReportReleased),
            _ => None,
        }
    }
}

/// All hooks of a server, and where they may go.
#[derive(Clone, Debug, Default)]
pub struct Hooks {
    hooks: Arc<[Hook]>,
    hosts: Arc<[String]>,
}

/// Hooks that cannot be used. Their addresses are not repeated: they may hold secrets.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum HookError {
    #[error("the setting 'hooks' is wrong: there are more than {MOST}")]
    TooMany,
    #[error(
        "the setting 'hooks' is wrong: a name is 1 to 40 small letters, digits and hyphens, each once; '{0}' is none"
    )]
    Name(String),
    #[error("the setting 'hooks' is wrong: the address of '{0}' is not as http://host.example/path")]
    Url(String),
    #[error("the setting 'hooks' is wrong: '{hook}' goes to '{host}', which hook_hosts does not list")]
    Host { hook: String, host: String },
    #[error("the setting 'hooks' is wrong: '{hook}' wants '{event}', and there is no such event")]
    Event { hook: String, event: String },
    #[error("the setting 'hooks' is wrong: the secret of '{0}' has fewer than {SHORTEST_SECRET} characters")]
    Secret(String),
}

impl Hooks {
    /// Checks what the operator set. `hosts` are names and addresses that hooks may go to.
    ///
    /// # Errors
    /// When one of them cannot be used.
    pub fn new(settings: &[HookSetting], hosts: &[String]) -> Result<Self, HookError> {
        if settings.len() > MOST {
            return Err(HookError::TooMany);
        }
        let hosts: Arc<[String]> = hosts.iter().map(|host| host.to_ascii_lowercase()).collect();
        let mut hooks: Vec<Hook> = Vec::with_capacity(settings.len());
        for setting in settings {
            let hook = checked(setting, &hosts)?;
            if hooks.iter().any(|other| other.name == hook.name) {
                return Err(HookError::Name(hook.name));
            }
            hooks.push(hook);
        }
        Ok(Self { hooks: hooks.into(), hosts })
    }

    /// Each of them.
    #[must_use]
    pub fn all(&self) -> &[Hook] {
        &self.hooks
    }
}

fn checked(setting: &HookSetting, hosts: &[String]) -> Result<Hook, HookError> {
    let name = setting.name.clone();
    let is_name = (1..=40).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if !is_name {
        return Err(HookError::Name(name));
    }
    let url = Url::parse(setting.url.expose()).ok().filter(|url| {
        url.scheme() == "http" && url.username().is_empty() && url.password().is_none() && url.fragment().is_none()
    });
    let Some(url) = url else { return Err(HookError::Url(name)) };
    let host = host_of(&url);
    if !hosts.contains(&host) {
        return Err(HookError::Host { hook: name, host });
    }
    let mut events = Vec::with_capacity(setting.events.len());
    for event in &setting.events {
        let known = Occasion::ALL.into_iter().find(|known| known.name() == event);
        events.push(known.ok_or_else(|| HookError::Event { hook: name.clone(), event: event.clone() })?);
    }
    if setting.secret.expose().len() < SHORTEST_SECRET {
        return Err(HookError::Secret(name));
    }
    Ok(Hook { name, url, events, secret: setting.secret.clone() })
}

/// The host that an address names, as it is listed: small letters, no brackets, no full stop behind.
fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    bare.trim_end_matches('.').to_ascii_lowercase()
}
