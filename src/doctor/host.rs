//! Judging the machine: its clock, whether it falls asleep, its fonts and its limits.

use super::Finding;
use crate::engine::time::Millis;

/// A clock that was set by so much while somebody looked was set by somebody.
const STEP: Millis = Millis(500);

/// What a look at the clock showed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClockSeen {
    /// How far wall time ran from real time while this was looked at.
    pub stepped: Millis,
    /// Whether the system says that its time is that of a time server.
    pub synchronised: Option<bool>,
    /// The year it shows.
    pub year: i16,
}

/// Whether the clock can be relied on.
#[must_use]
pub fn clock(seen: ClockSeen) -> Finding {
    const WHAT: &str = "clock";
    if seen.year < 2026 {
        return Finding::red(
            WHAT,
            format!("it shows the year {}", seen.year),
            "set it: `timedatectl set-time 'YYYY-MM-DD HH:MM'`",
        );
    }
    let Millis(stepped) = seen.stepped;
    if stepped.abs() > STEP.0 {
        return Finding::red(
            WHAT,
            format!("it was set by {stepped} ms while this ran"),
            "find out what sets it (two time services, a virtual machine's host) and leave only one",
        );
    }
    match seen.synchronised {
        Some(true) => Finding::green(WHAT, "it follows a time server and runs evenly"),
        Some(false) => Finding::red(
            WHAT,
            "it follows no time server",
            "`timedatectl set-ntp true`; in a hall without internet compare it with a watch, and do not set it during the drill",
        ),
        None => Finding::not_checked(
            WHAT,
            "it runs evenly; whether it is right is not known here",
            "compare it with a watch",
        ),
    }
}

/// What keeps the machine awake, or does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SleepSeen {
    /// The system's sleep is switched off altogether.
    pub masked: bool,
    /// It has a lid.
    pub has_lid: bool,
    /// What closing the lid does, as logind is set up; none if nobody says.
    pub lid: Option<String>,
    /// What being idle does, as logind is set up.
    pub idle: Option<String>,
    /// What the desktop does when nobody touches the machine on mains power.
    pub desktop: Option<String>,
    /// Whether anything of this could be found out.
    pub known: bool,
}

/// Whether the machine stays awake.
#[must_use]
pub fn sleep(seen: &SleepSeen) -> Finding {
    const WHAT: &str = "sleep";
    const FIX: &str = "sudo systemctl mask sleep.target suspend.target hibernate.target hybrid-sleep.target";
    if seen.masked {
        return Finding::green(WHAT, "the system cannot fall asleep");
    }
    if !seen.known {
        return Finding::not_checked(
            WHAT,
            "what makes this machine sleep is not known here",
            "switch sleep and lid off in its settings",
        );
    }
    let falls_asleep = |action: &str| {
        [
            "suspend",
            "hibernate",
            "hybrid-sleep",
            "suspend-then-hibernate",
            "sleep",
            "poweroff",
            "halt",
            "shutdown",
            "logout",
        ]
        .contains(&action)
    };
    // Without a word of its own, logind suspends when a lid is closed.
    let lid = seen.lid.as_deref().unwrap_or("suspend");
    let complaints = [
        (seen.has_lid && falls_asleep(lid)).then(|| format!("closing the lid makes it {lid}")),
        seen.idle.as_deref().filter(|idle| falls_asleep(idle)).map(|idle| format!("being idle makes it {idle}")),
        seen.desktop
            .as_deref()
            .filter(|action| falls_asleep(action))
            .map(|action| format!("the desktop makes it {action} when nobody touches it")),
    ];
    let complaints: Vec<String> = complaints.into_iter().flatten().collect();
    let is_awake = complaints.is_empty();
    let seen = if is_awake { "nothing makes it fall asleep".to_owned() } else { complaints.join("; ") };
    Finding::when(is_awake, WHAT, seen, FIX)
}

/// Whether reports as PDF can be set in every script. `missing` are packages that bring what is not there.
#[must_use]
pub fn fonts(has_pdf: bool, missing: &[&str]) -> Finding {
    const WHAT: &str = "fonts";
    if !has_pdf {
        return Finding::green(WHAT, "this program writes reports for browsers, which bring their own");
    }
    Finding::when(
        missing.is_empty(),
        WHAT,
        if missing.is_empty() {
            "there are fonts for every script".to_owned()
        } else {
            format!("PDF lacks {}", missing.join(", "))
        },
        format!("apt install {}", missing.join(" ")),
    )
}

/// Descriptors beside those of connections: database, logs, files that are served.
const SPARE: u64 = 200;
/// A person's browser opens a socket, and a few connections for pages.
const EACH: u64 = 4;

/// Whether so many people may be connected. The limits of this process, the most that may be asked for, and
/// how many are planned.
#[must_use]
pub fn descriptors(soft: u64, hard: u64, players: u32) -> Finding {
    let wanted = u64::from(players) * EACH + SPARE;
    let fix = if hard >= wanted {
        format!("run `ulimit -n {hard}` in the shell that starts it, or set LimitNOFILE={wanted} in the unit")
    } else {
        format!("set LimitNOFILE={wanted} in the unit, or raise the hard limit in /etc/security/limits.conf")
    };
    let seen = format!("{soft} files may be open at once; {players} people need {wanted}");
    Finding::when(soft >= wanted, "open files", seen, fix)
}

/// Whether a hall that comes back at once is let in. What the system allows to wait at a port.
#[must_use]
pub fn backlog(allowed: Option<u32>, players: u32) -> Finding {
    const WHAT: &str = "queue at the port";
    // Each browser knocks more than once.
    let wanted = (players * 2).clamp(128, 4_096);
    match allowed {
        None => Finding::not_checked(
            WHAT,
            "how many connections may wait is not known here",
            "on Linux: sysctl net.core.somaxconn",
        ),
        Some(allowed) => Finding::when(
            allowed >= wanted,
            WHAT,
            format!("{allowed} connections may wait to be let in; {wanted} may come at once"),
            "sudo sysctl -w net.core.somaxconn=4096, and in /etc/sysctl.d/ for good",
        ),
    }
}
