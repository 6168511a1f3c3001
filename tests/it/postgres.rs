//! A private PostgreSQL for the tests: started once in a test process from the installed binaries, on
//! a socket in a directory of its own, with a database for each test. It needs no network and no
//! rights, and it ends with the process, however that ends.
//!
//! Without the binaries the tests say so and pass, unless `CI` or `DRILLHALL_NEED_POSTGRES` is set.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    os::unix::{fs::MetadataExt, process::CommandExt},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// Starts the server, says so, waits until the pipe from the test process closes, and cleans up. Only
/// the end of the test process may end it, so it hears no signals of the terminal.
const SUPERVISOR: &str = r#"
trap '' INT HUP TERM
if "$1/pg_ctl" -D "$2/data" -l "$2/log" -w -o "-c listen_addresses='' -k $2 -c max_connections=400 -c fsync=off" start >/dev/null
then
    echo started
    cat >/dev/null
    "$1/pg_ctl" -D "$2/data" -m immediate -w stop >/dev/null
else
    cat "$2/log"
fi
rm -rf "$2"
"#;

struct Server {
    directory: PathBuf,
    /// Holds the pipe whose end stops the server.
    _supervisor: Child,
}

static SERVER: OnceLock<Option<Server>> = OnceLock::new();
static DATABASES: AtomicU32 = AtomicU32::new(1);

/// The URL of a new, empty database, or none where PostgreSQL is not installed.
pub(crate) async fn database() -> Option<String> {
    let server = SERVER.get_or_init(start).as_ref()?;
    let name = format!("test_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
    let mut connection = PgConnection::connect(&server.url("postgres")).await.expect("the private PostgreSQL answers");
    let create = format!("CREATE DATABASE {name}");
    sqlx::query(AssertSqlSafe(create)).execute(&mut connection).await.expect("a database can be made");
    connection.close().await.ok();
    Some(server.url(&name))
}

impl Server {
    fn url(&self, database: &str) -> String {
        format!("postgres://drillhall@localhost/{database}?host={}", self.directory.display())
    }
}

fn start() -> Option<Server> {
    let Some(binaries) = binaries() else {
        let needed = ["CI", "DRILLHALL_NEED_POSTGRES"].iter().any(|name| std::env::var_os(name).is_some());
        assert!(
            !needed,
            "PostgreSQL is needed here, but initdb and pg_ctl are neither in PATH nor in /usr/lib/postgresql"
        );
        // Past the capture of the test harness, which keeps what a passing test prints to itself.
        writeln!(std::io::stderr(), "\n*** SKIPPED: no PostgreSQL on this machine, its tests did NOT run ***\n").ok();
        return None;
    };
    // Short, for the path of a socket is limited to about a hundred bytes.
    let directory = tempfile::Builder::new().prefix("drillhall-pg-").tempdir().expect("a directory can be made").keep();
    let user = unprivileged_user(&directory);
    if let Some((uid, gid)) = user {
        std::os::unix::fs::chown(&directory, Some(uid), Some(gid)).expect("root can give a directory away");
    }
    let as_user = |program: &Path| {
        let mut command = Command::new(program);
        command.current_dir(&directory);
        if let Some((uid, gid)) = user {
            command.uid(uid).gid(gid);
        }
        command
    };
    let made = as_user(&binaries.join("initdb"))
        .args(["--username=drillhall", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync", "-D"])
        .arg(directory.join("data"))
        .output()
        .expect("initdb can be run");
    assert!(made.status.success(), "initdb failed: {}", String::from_utf8_lossy(&made.stderr));
    let mut supervisor = as_user(Path::new("/bin/sh"))
        .args(["-c", SUPERVISOR, "supervisor"])
        .args([&binaries, &directory])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a shell can be run");
    let mut said = String::new();
    let stdout = supervisor.stdout.take().expect("it was asked for");
    BufReader::new(stdout).read_line(&mut said).expect("the supervisor can be heard");
    assert_eq!(said, "started\n", "PostgreSQL did not start");
    Some(Server { directory, _supervisor: supervisor })
}

/// The folder of `initdb` and `pg_ctl`: in PATH, or where Debian puts the newest version.
fn binaries() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut versions: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).collect();
    versions.sort();
    folders.extend(versions.into_iter().rev());
    folders.into_iter().find(|folder| folder.join("initdb").exists() && folder.join("pg_ctl").exists())
}

/// PostgreSQL refuses to run as root: then somebody else must be found, by user and group id.
fn unprivileged_user(own_file: &Path) -> Option<(u32, u32)> {
    if fs::metadata(own_file).expect("it was just made").uid() != 0 {
        return None;
    }
    let users = fs::read_to_string("/etc/passwd").expect("there is a list of users");
    let ids = |name: &str| {
        let line = users.lines().find(|line| line.starts_with(&format!("{name}:")))?;
        let mut fields = line.split(':').skip(2);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    };
    Some(ids("postgres").or_else(|| ids("nobody")).expect("there is a user without rights"))
}
