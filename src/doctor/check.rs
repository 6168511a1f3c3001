//! Judging what belongs to the server: where it is reached, its certificate, its data, its packs.

use std::net::{IpAddr, SocketAddr};

use super::Finding;
use crate::{
    engine::time::{Millis, Timestamp},
    http::Origin,
    tls::{TlsError, certificate::Facts, instant},
};

const GIB: u64 = 1024 * 1024 * 1024;
/// A drill with files handed in stays far below; what is left is for everything else on the machine.
const DISK_WANTED: u64 = 2 * GIB;
/// Each answer waits for one write to the disk: beyond this people notice.
const SYNC_WANTED_MS: f64 = 20.0;
const SYNC_WORST_MS: f64 = 250.0;
const DAY: i64 = 24 * 60 * 60 * 1_000;
/// Time to renew a certificate without haste.
const CERTIFICATE_LASTS: Millis = Millis(14 * DAY);
const BACKUP_NO_OLDER: Millis = Millis(DAY);

/// Whether others in the room reach this machine at all.
#[must_use]
pub fn network(addresses: &[IpAddr], listen: SocketAddr, has_proxy: bool) -> Finding {
    const WHAT: &str = "network";
    if listen.ip().is_loopback() && !has_proxy {
        let port = listen.port();
        return Finding::red(
            WHAT,
            format!("it listens at {listen}: nobody but this machine reaches it"),
            format!(
                "set listen to 0.0.0.0:{port} (or start with --hall); behind a proxy on this machine name it in trusted_proxies"
            ),
        );
    }
    if addresses.is_empty() {
        return Finding::red(
            WHAT,
            "this machine has no address in any network",
            "plug the cable in or join the Wi-Fi of the hall",
        );
    }
    let ours: Vec<String> = addresses.iter().map(ToString::to_string).collect();
    let is_ours = listen.ip().is_unspecified() || listen.ip().is_loopback() || addresses.contains(&listen.ip());
    Finding::when(
        is_ours,
        WHAT,
        format!("listens at {listen}; this machine is {}", ours.join(", ")),
        format!("the address {} is none of this machine's now: set listen to 0.0.0.0:{}", listen.ip(), listen.port()),
    )
}

/// Whether the addresses that people and pages use are those of this machine.
#[must_use]
pub fn origins(
    public: Option<&Origin>,
    allowed: &[Origin],
    addresses: &[IpAddr],
    listen: SocketAddr,
    is_tls: bool,
    has_proxy: bool,
) -> Finding {
    const WHAT: &str = "addresses";
    let is_gone = |origin: &&Origin| {
        let host = origin.host().trim_start_matches('[').trim_end_matches(']');
        host.parse::<IpAddr>().is_ok_and(|address| !address.is_loopback() && !addresses.contains(&address))
    };
    if let Some(gone) = public.iter().copied().chain(allowed).find(is_gone) {
        let first = addresses.first().map_or_else(|| "its new address".to_owned(), ToString::to_string);
        return Finding::red(
            WHAT,
            format!("{gone} is set, and this machine does not have that address now"),
            format!("set it to {first}, or to a name; links and QR codes that were handed out have to be made anew"),
        );
    }
    let Some(public) = public else {
        return Finding::green(
            WHAT,
            "no public_url is set: pages of the address that people ask for may act, and no others",
        );
    };
    if public.is_https() && !is_tls && !has_proxy {
        return Finding::red(
            WHAT,
            format!("public_url is {public}, and neither this server speaks TLS nor is a proxy named that does"),
            "set tls_cert and tls_key, or name the proxy in trusted_proxies",
        );
    }
    if !has_proxy && public.port() != listen.port() {
        return Finding::red(
            WHAT,
            format!(
                "public_url is {public}, which is port {}, and the server listens at port {}",
                public.port(),
                listen.port()
            ),
            "make both the same; behind a proxy name it in trusted_proxies",
        );
    }
    Finding::green(WHAT, format!("people use {public}; pages of {} other addresses may act", allowed.len()))
}

/// What is at a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Port {
    /// Nothing listens there.
    Free,
    /// The server of this data directory runs, and something listens there.
    Ours,
    /// Something else listens there.
    Taken,
    /// This user may not listen there.
    Forbidden,
    /// It is no address of this machine.
    NotHere,
}

/// Whether the server can listen at an address.
#[must_use]
pub fn port(address: SocketAddr, state: Port) -> Finding {
    const WHAT: &str = "port";
    let port = address.port();
    match state {
        Port::Free => Finding::green(WHAT, format!("{address} is free")),
        Port::Ours => Finding::green(WHAT, format!("{address}: the server that runs from this data directory")),
        Port::Taken => Finding::red(
            WHAT,
            format!("something else listens at {address}"),
            format!("find it with `ss -ltnp sport = :{port}` and end it, or choose another port"),
        ),
        Port::Forbidden => Finding::red(
            WHAT,
            format!("this user may not listen at {address}"),
            "ports below 1024 need a right: AmbientCapabilities=CAP_NET_BIND_SERVICE in the unit, or choose a higher port",
        ),
        Port::NotHere => {
            Finding::red(WHAT, format!("{address} is no address of this machine"), format!("use 0.0.0.0:{port}"))
        }
    }
}

/// Whether the disk holds another day.
#[must_use]
pub fn disk(free: u64) -> Finding {
    let seen = format!("{:.1} GiB free where the data lies", gib(free));
    let fix = format!("make room until {:.0} GiB are free, or move the data (--data)", gib(DISK_WANTED));
    Finding::when(free >= DISK_WANTED, "disk space", seen, fix)
}

/// Whether writes to the disk are quick: how long each of several took, in milliseconds.
#[must_use]
pub fn sync(mut took: Vec<f64>) -> Finding {
    took.sort_by(f64::total_cmp);
    let (Some(median), Some(worst)) = (took.get(took.len() / 2), took.last()) else {
        return Finding::not_checked(
            "disk speed",
            "no write was measured",
            "look at the disk space and the rights first",
        );
    };
    Finding::when(
        *median <= SYNC_WANTED_MS && *worst <= SYNC_WORST_MS,
        "disk speed",
        format!("a durable write takes {median:.1} ms, at worst {worst:.1} ms of {}", took.len()),
        "put the data on a local solid-state disk: no network share, no USB stick, no memory card",
    )
}

/// Whether the certificate is good for tomorrow and for the address that people use.
#[must_use]
pub fn certificate(found: Result<&Facts, &TlsError>, public: Option<&Origin>, now: Timestamp) -> Finding {
    const WHAT: &str = "certificate";
    let facts = match found {
        Ok(facts) => facts,
        Err(error) => {
            return Finding::red(
                WHAT,
                error.to_string(),
                "put another certificate with its key in place; a running server takes it up by itself",
            );
        }
    };
    if let Some(public) = public
        && !facts.covers(public.host())
    {
        let seen = format!("people use {public}, and the certificate is for {}", facts.names.join(", "));
        return Finding::red(WHAT, seen, "get one for that name, or set public_url to a name that it is for");
    }
    Finding::when(
        facts.not_after.since(now) >= CERTIFICATE_LASTS && facts.not_before <= now,
        WHAT,
        format!("for {}; until {}", facts.names.join(", "), instant(facts.not_after)),
        "renew it: it ends within two weeks, or has not begun; check the clock as well",
    )
}

/// Whether every scenario that came along can be played: name and what is wrong.
#[must_use]
pub fn packs(found: &[(String, Option<String>)]) -> Finding {
    let wrong: Vec<String> =
        found.iter().filter_map(|(name, wrong)| Some(format!("{name}: {}", wrong.as_ref()?.lines().next()?))).collect();
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    if found.is_empty() {
        return Finding::red("packs", "no scenario is there", "check the folder; a whole program has at least one");
    }
    let seen = if wrong.is_empty() { format!("{} can be played", names.join(", ")) } else { wrong.join("; ") };
    Finding::when(wrong.is_empty(), "packs", seen, "run `drillhall check NAME` and mend what it says")
}

/// What a look at the database showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// It is made at the first start.
    New,
    /// It is whole, and as this program knows it or older.
    Good {
        /// Migrations that the next start brings.
        pending: usize,
    },
    /// A newer program wrote it.
    Newer,
    /// It cannot be opened or read, or is damaged.
    Bad(String),
}

/// Whether the database can be served.
#[must_use]
pub fn database(found: &Database) -> Finding {
    const WHAT: &str = "database";
    match found {
        Database::New => Finding::green(WHAT, "there is none yet: it is made at the first start"),
        Database::Good { pending: 0 } => Finding::green(WHAT, "it opens, and is whole"),
        Database::Good { pending } => Finding::green(
            WHAT,
            format!("it opens, and is whole; the next start brings {pending} changes to its tables"),
        ),
        Database::Newer => {
            Finding::red(WHAT, "a newer drillhall wrote it", "use that version, or restore a backup of this one")
        }
        Database::Bad(why) => Finding::red(
            WHAT,
            why.clone(),
            "check path, address and rights; if it is damaged, restore the last backup: `drillhall restore`",
        ),
    }
}

/// Whether there is a fresh backup of what is there to lose.
#[must_use]
pub fn backup(last: Option<Timestamp>, has_data: bool, now: Timestamp) -> Finding {
    const WHAT: &str = "backup";
    let fix = "run `drillhall backup FILE`, keep it on another machine, and try `drillhall restore FILE --check` there";
    match last {
        _ if !has_data => Finding::green(WHAT, "there is nothing to lose yet"),
        None => Finding::red(WHAT, "no backup was ever made", fix),
        Some(at) => {
            Finding::when(now.since(at) <= BACKUP_NO_OLDER, WHAT, format!("the last one is of {}", instant(at)), fix)
        }
    }
}

/// What the built-in measurement showed.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Load {
    pub players: u32,
    pub lost: u64,
    pub doubled: u64,
    /// Of a hundred deliveries of an inject 99 are no later, in milliseconds.
    pub delivery_p99_ms: f64,
    /// Of a hundred answers 99 are acknowledged no later, in milliseconds.
    pub ack_p99_ms: f64,
}

/// Later than this and the first team has read an inject while the last has none.
const DELIVERY_WANTED_MS: f64 = 1_000.0;
const ACK_WANTED_MS: f64 = 2_000.0;

/// Whether this machine carries as many people as are planned.
#[must_use]
pub fn load(found: Load) -> Finding {
    let Load { players, lost, doubled, delivery_p99_ms, ack_p99_ms } = found;
    Finding::when(
        lost == 0 && doubled == 0 && delivery_p99_ms <= DELIVERY_WANTED_MS && ack_p99_ms <= ACK_WANTED_MS,
        "load",
        format!(
            "{players} people: {lost} lost, {doubled} doubled; an inject is with 99 of 100 after {delivery_p99_ms:.0} ms, \
             an answer is stored after {ack_p99_ms:.0} ms"
        ),
        "end other programs, use mains power, and look at disk speed above; else take a bigger machine",
    )
}

#[expect(clippy::cast_precision_loss, reason = "a figure for people")]
fn gib(bytes: u64) -> f64 {
    bytes as f64 / GIB as f64
}
