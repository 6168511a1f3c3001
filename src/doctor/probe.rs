//! Looking at this machine and at what the settings name. Nothing is changed, but for a file in the data
//! directory that is written to measure the disk, and removed.

use std::{
    fs,
    io::{self, Write},
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    time::Duration,
};

use rustix::process::{Resource, getrlimit};
use tokio::process::Command;

use super::{
    Finding,
    check::{self, Database, Port},
    host::{self, ClockSeen, SleepSeen},
};
use crate::{
    clock::{Clock, Stopwatch},
    config::{Config, Tls},
    engine::time::{Millis, Timestamp},
    scenario,
    store::{
        DataDirError, Location,
        data_dir::{DataDir, free_bytes, hall_of, last_backup},
        dump::Snapshot,
    },
    tls::{
        TlsError,
        certificate::{Facts, Pair},
        lan,
    },
};

/// Durable writes that are measured.
const WRITES: usize = 20;
/// How long a command of the system may take to answer.
const COMMAND_WITHIN: Duration = Duration::from_secs(5);
/// Fonts that PDF needs for scripts beyond those in the program, and the packages that bring them.
const FONTS: [(&str, &str); 2] = [("NotoNaskhArabic", "fonts-noto-core"), ("CJK", "fonts-noto-cjk")];
const FONT_FOLDERS: [&str; 2] = ["/usr/share/fonts", "/usr/local/share/fonts"];

/// Looks at everything, and judges it for so many people.
pub async fn examine(config: &Config, players: u32, clock: &Clock) -> Vec<Finding> {
    let (began, watch) = (clock.now(), Stopwatch::start());
    let addresses = lan::addresses();
    let has_proxy = !config.trusted_proxies.is_empty();
    let is_tls = config.tls != Tls::Off;
    let public = config.public_url.as_ref();
    let is_serving = matches!(held(&config.data_dir), Some(DataDirError::InUse { .. }));
    let database = database(config).await;
    let has_data = matches!(database, Database::Good { .. });
    let mut findings = vec![
        check::network(&addresses, config.listen, has_proxy),
        check::origins(public, &config.allowed_origins, &addresses, config.listen, is_tls, has_proxy),
    ];
    let ports = [Some(config.listen), config.http_listen];
    findings.extend(ports.into_iter().flatten().map(|address| check::port(address, port(address, is_serving))));
    findings.push(certificate(config, clock.now()));
    let folder = nearest(&config.data_dir);
    findings.push(match free_bytes(&folder) {
        Ok(free) => check::disk(free),
        Err(error) => Finding::red("disk space", error.to_string(), "check the path of the data directory (--data)"),
    });
    findings.push(match writes(&folder) {
        Ok(took) => check::sync(took),
        Err(error) => Finding::red(
            "disk speed",
            format!("{} cannot be written: {error}", folder.display()),
            "run this as the user that serves, or give that user the directory",
        ),
    });
    findings.push(check::database(&database));
    findings.push(check::backup(last_backup(&config.data_dir), has_data, clock.now()));
    findings.push(check::packs(&packs()));
    findings.push(host::fonts(cfg!(feature = "pdf"), &missing_fonts()));
    findings.push(host::sleep(&sleep().await));
    let limit = getrlimit(Resource::Nofile);
    let unlimited = u64::MAX;
    findings.push(host::descriptors(limit.current.unwrap_or(unlimited), limit.maximum.unwrap_or(unlimited), players));
    findings.push(host::backlog(number("/proc/sys/net/core/somaxconn"), players));
    let synchronised = synchronised().await;
    let year = year(clock.now());
    let passed = Millis(i64::try_from(watch.elapsed().as_millis()).unwrap_or(i64::MAX));
    let stepped = Millis(clock.now().since(began).0 - passed.0);
    findings.push(host::clock(ClockSeen { stepped, synchronised, year }));
    findings
}

fn year(now: Timestamp) -> i16 {
    jiff::Timestamp::from_millisecond(now.0).map_or(0, |now| now.to_zoned(jiff::tz::TimeZone::UTC).year())
}

/// The nearest folder on the way to a path that is there already.
fn nearest(path: &Path) -> PathBuf {
    let found = path.ancestors().find(|folder| folder.is_dir()).unwrap_or(Path::new("."));
    if found.as_os_str().is_empty() { PathBuf::from(".") } else { found.to_owned() }
}

/// Why the data directory cannot be held, if it is there; it is let go at once.
fn held(path: &Path) -> Option<DataDirError> {
    path.is_dir().then(|| DataDir::open(path).err()).flatten()
}

fn port(address: SocketAddr, is_serving: bool) -> Port {
    match TcpListener::bind(address) {
        Ok(_) => Port::Free,
        Err(error) => match error.kind() {
            io::ErrorKind::AddrInUse if is_serving => Port::Ours,
            io::ErrorKind::AddrInUse => Port::Taken,
            io::ErrorKind::PermissionDenied => Port::Forbidden,
            _ => Port::NotHere,
        },
    }
}

fn certificate(config: &Config, now: Timestamp) -> Finding {
    const WHAT: &str = "certificate";
    let read = |path: &Path| fs::read(path).map_err(|source| TlsError::Read { path: path.to_owned(), source });
    let facts = |certificate: &Path, key: &Path| -> Result<Facts, TlsError> {
        let names = [certificate.display().to_string(), key.display().to_string()];
        let pair = Pair::from_pem(&read(certificate)?, &read(key)?, [&names[0], &names[1]])?;
        pair.check(now)?;
        Ok(pair.facts)
    };
    match &config.tls {
        Tls::Off => {
            let is_local = config.listen.ip().is_loopback();
            Finding::when(
                is_local || !config.trusted_proxies.is_empty(),
                WHAT,
                if is_local {
                    "the server speaks plain HTTP, to this machine or a proxy on it"
                } else {
                    "the server speaks plain HTTP to others"
                },
                "set tls_cert and tls_key, start with --hall, or put a proxy with TLS in front and name it in trusted_proxies",
            )
        }
        Tls::Files { certificate, key } => {
            check::certificate(facts(certificate, key).as_ref(), config.public_url.as_ref(), now)
        }
        Tls::Hall { .. } => {
            let hall = hall_of(&config.data_dir);
            if !hall.join("ca.crt").exists() {
                return Finding::green(
                    WHAT,
                    "the hall's own authority is made at the first start; devices trust it once",
                );
            }
            // A certificate of the hall is renewed by itself, so only the authority can end.
            let authority = read(&hall.join("ca.crt")).and_then(|pem| Facts::of_pem(&pem, "ca.crt"));
            check::certificate(authority.as_ref(), None, now)
        }
    }
}

/// Milliseconds that each of several durable writes took.
fn writes(folder: &Path) -> io::Result<Vec<f64>> {
    let path = folder.join(format!(".drillhall-doctor-{}", std::process::id()));
    let mut file = fs::File::create_new(&path)?;
    let measured = (0..WRITES).map(|_| {
        let watch = Stopwatch::start();
        file.write_all(&[0; 4096])?;
        file.sync_data()?;
        Ok(watch.elapsed().as_secs_f64() * 1_000.0)
    });
    let measured = measured.collect();
    fs::remove_file(&path)?;
    measured
}

async fn database(config: &Config) -> Database {
    let location = config.location(crate::store::data_dir::database_in(&config.data_dir));
    if let Location::Sqlite(path) = &location
        && !path.exists()
    {
        return Database::New;
    }
    let bad = |error: crate::store::StoreError| {
        let mut text = error.to_string();
        if let Some(cause) = std::error::Error::source(&error) {
            text.push_str(": ");
            text.push_str(&cause.to_string());
        }
        Database::Bad(text)
    };
    let look = async {
        let mut snapshot = Snapshot::open(&location).await?;
        let is_new = snapshot.tables().await?.is_empty();
        let seen = if is_new { Ok(None) } else { snapshot.health().await.map(Some) };
        snapshot.close().await;
        seen
    };
    match look.await {
        Ok(None) => Database::New,
        Ok(Some(health)) if health.is_newer => Database::Newer,
        Ok(Some(health)) => match health.damage {
            None => Database::Good { pending: health.pending },
            Some(damage) => Database::Bad(format!("the database is damaged: {damage}")),
        },
        Err(error) => bad(error),
    }
}

fn packs() -> Vec<(String, Option<String>)> {
    let checked = |name: String| {
        let wrong = scenario::load_shipped(&name).err().map(|problems| problems.to_string());
        (name, wrong)
    };
    scenario::shipped().into_iter().map(checked).collect()
}

fn missing_fonts() -> Vec<&'static str> {
    let home = std::env::var_os("HOME").map(PathBuf::from);
    let own = home.into_iter().flat_map(|home| [home.join(".local/share/fonts"), home.join(".fonts")]);
    let folders: Vec<PathBuf> = FONT_FOLDERS.iter().map(PathBuf::from).chain(own).collect();
    let mut names = Vec::new();
    for folder in folders {
        collect_names(&folder, 6, &mut names);
    }
    let is_missing = |font: &&(&str, &str)| !names.iter().any(|name| name.contains("Noto") && name.contains(font.0));
    FONTS.iter().filter(is_missing).map(|(_, package)| *package).collect()
}

fn collect_names(folder: &Path, depth: u32, names: &mut Vec<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let kind = entry.file_type();
        if depth > 0 && kind.as_ref().is_ok_and(fs::FileType::is_dir) {
            collect_names(&entry.path(), depth - 1, names);
        } else {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
}

async fn sleep() -> SleepSeen {
    let masked = said("systemctl", &["is-enabled", "suspend.target"]).await;
    let files = ["/usr/lib/systemd/logind.conf", "/etc/systemd/logind.conf"].map(PathBuf::from).into_iter();
    let mut dropped: Vec<PathBuf> = ["/usr/lib/systemd/logind.conf.d", "/etc/systemd/logind.conf.d"]
        .iter()
        .flat_map(|folder| fs::read_dir(folder).into_iter().flatten().flatten())
        .map(|entry| entry.path())
        .collect();
    dropped.sort();
    let texts: Vec<String> = files.chain(dropped).filter_map(|path| fs::read_to_string(path).ok()).collect();
    let logind = texts.join("\n");
    let schema = "org.gnome.settings-daemon.plugins.power";
    let desktop = said("gsettings", &["get", schema, "sleep-inactive-ac-type"]).await;
    SleepSeen {
        masked: masked.as_deref() == Some("masked"),
        has_lid: Path::new("/proc/acpi/button/lid").exists() || has_battery(),
        lid: set_to(&logind, "HandleLidSwitchExternalPower").or_else(|| set_to(&logind, "HandleLidSwitch")),
        idle: set_to(&logind, "IdleAction"),
        desktop: desktop.map(|action| action.trim_matches('\'').to_owned()),
        known: masked.is_some() || !texts.is_empty(),
    }
}

/// The last value that a text gives to a key, in lines of `KEY=VALUE`.
fn set_to(text: &str, key: &str) -> Option<String> {
    let mut values = text.lines().filter_map(|line| line.trim().strip_prefix(key)?.trim_start().strip_prefix('='));
    values.next_back().map(|value| value.trim().to_owned())
}

fn has_battery() -> bool {
    let supplies = fs::read_dir("/sys/class/power_supply").into_iter().flatten().flatten();
    supplies.map(|supply| supply.file_name()).any(|name| name.to_string_lossy().starts_with("BAT"))
}

async fn synchronised() -> Option<bool> {
    let answer = said("timedatectl", &["show", "--property=NTPSynchronized", "--value"]).await?;
    match answer.as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

fn number(path: &str) -> Option<u32> {
    fs::read_to_string(path).ok()?.trim().parse().ok()
}

/// What a command of the system says, if it is there and answers in time. It may say it with any exit code.
async fn said(program: &str, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(std::process::Stdio::null()).kill_on_drop(true);
    let output = tokio::time::timeout(COMMAND_WITHIN, command.output()).await.ok()?.ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    (!text.is_empty()).then_some(text)
}
