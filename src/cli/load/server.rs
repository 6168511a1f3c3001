//! The server under load: a process of its own, so that its processor time and memory are its own.
//! It lives in a temporary directory and is gone, with the directory, when the measurement is over.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use anyhow::{Context, bail};
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
    time::Instant,
};

use super::now;
use crate::{cli::LOG_FILTER, id::Random};

/// Descriptors that a process needs beside its connections.
const SPARE_DESCRIPTORS: u64 = 200;
/// Linux tells processor time to programs in hundredths of a second, on every machine.
const TICK: Duration = Duration::from_millis(10);

/// A server that was started for the measurement.
pub(super) struct Server {
    /// Its address, as `http://127.0.0.1:8080`.
    pub(super) base: String,
    /// Secret of the link that makes the first account.
    pub(super) setup_token: String,
    /// From its start until it accepted connections.
    pub(super) ready_after: Duration,
    process: Child,
    /// Held open: a server that cannot print fails.
    _output: Lines<BufReader<ChildStdout>>,
    data: PathBuf,
}

impl Server {
    /// Starts this very program as a server, on one processor if one is named.
    pub(super) async fn start(cpu: Option<u32>) -> anyhow::Result<Self> {
        let data = env::temp_dir().join(format!("drillhall-load-{}", Random::system().uuid()));
        fs::create_dir_all(&data)?;
        let program = env::current_exe().context("where this program lies cannot be found out")?;
        let mut command = match cpu {
            None => Command::new(program),
            Some(cpu) => {
                let mut command = Command::new("taskset");
                command.arg("--cpu-list").arg(cpu.to_string()).arg(program);
                command
            }
        };
        // Nothing of how this machine's own server is set up shall reach it.
        for (name, _) in env::vars().filter(|(name, _)| name.starts_with("DRILLHALL_")) {
            command.env_remove(name);
        }
        command
            .args(["serve", "--listen", "127.0.0.1:0", "--trusted-proxies", "127.0.0.1"])
            // Those who try to sign in come from everywhere.
            .args(["--allow-plain-sign-in", "true", "--data"])
            .arg(data.join("data"))
            // Thousands of requests at once wait for their turn; that is measured here, and not a fault.
            .env(LOG_FILTER, "warn,sqlx=error")
            .current_dir(&data)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true);
        let started = now();
        let mut process = command.spawn().context("the server could not be started")?;
        let mut output = BufReader::new(process.stdout.take().context("the server's output is not to be had")?).lines();
        let base = after(&mut output, "Drillhall serves at ").await?;
        let ready_after = now().saturating_duration_since(started);
        let setup_token = after(&mut output, "/setup#").await?;
        Ok(Self { base, setup_token, ready_after, process, _output: output, data })
    }

    /// Processor time that it has used.
    pub(super) fn cpu(&self) -> anyhow::Result<Duration> {
        let stat = self.read("stat")?;
        // The name before the bracket may hold anything; user and system time are fields 14 and 15.
        let fields = stat.rsplit_once(')').map(|(_, fields)| fields).unwrap_or_default();
        let ticks = fields.split_whitespace().skip(11).take(2).map(str::parse::<u32>);
        Ok(TICK * ticks.sum::<Result<u32, _>>().context("the server's processor time cannot be read")?)
    }

    /// Memory that it occupies, in KiB.
    pub(super) fn memory_kib(&self) -> anyhow::Result<u64> {
        let status = self.read("status")?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
        let number = line.split_whitespace().next().unwrap_or_default();
        number.parse().context("the server's memory cannot be read")
    }

    /// Ends it, and waits until it has ended.
    pub(super) async fn stop(mut self) {
        // It may have ended by itself, which was said where it was noticed.
        self.process.kill().await.ok();
    }

    fn read(&self, name: &str) -> anyhow::Result<String> {
        let id = self.process.id().context("the server has ended by itself")?;
        fs::read_to_string(Path::new("/proc").join(id.to_string()).join(name))
            .context("the server has ended by itself, or this system has no /proc")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended; what is left then lies in the directory for temporary files.
        self.process.start_kill().ok();
        fs::remove_dir_all(&self.data).ok();
    }
}

/// The rest of the first line that holds `mark`, behind it.
async fn after(output: &mut Lines<BufReader<ChildStdout>>, mark: &str) -> anyhow::Result<String> {
    while let Some(line) = output.next_line().await? {
        if let Some((_, rest)) = line.split_once(mark) {
            return Ok(rest.trim().to_owned());
        }
    }
    bail!("the server ended before it served; it said why above")
}

/// Makes room for the descriptors of so many connections, here and in the server.
pub(super) async fn make_room(connections: u32) -> anyhow::Result<()> {
    let needed = u64::from(connections) + SPARE_DESCRIPTORS;
    let (soft, hard) = descriptors()?;
    if soft >= needed {
        return Ok(());
    }
    if hard < needed {
        bail!("this needs {needed} open files and the system allows {hard}: raise the hard limit (ulimit -Hn)");
    }
    let me = std::process::id().to_string();
    let raised = Command::new("prlimit").args(["--pid", &me, &format!("--nofile={hard}:{hard}")]).status().await;
    match raised {
        Ok(status) if status.success() => Ok(()),
        _ => bail!("this needs {needed} open files and {soft} are allowed: run `ulimit -n {hard}` first"),
    }
}

/// How many files this process may open, and how many it may allow itself.
fn descriptors() -> anyhow::Result<(u64, u64)> {
    let limits = fs::read_to_string("/proc/self/limits").context("this system has no /proc")?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files")).unwrap_or_default();
    let mut numbers = line.split_whitespace().map(|number| number.parse().unwrap_or(u64::MAX));
    Ok((numbers.next().unwrap_or(u64::MAX), numbers.next().unwrap_or(u64::MAX)))
}

/// Time that has passed since an instant.
pub(super) fn since(start: Instant) -> Duration {
    now().saturating_duration_since(start)
}
