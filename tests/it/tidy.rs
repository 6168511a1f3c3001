//! The rules of the house, read off its files: which room may import which, what the engine must
//! not know, how long a file may be, and what each one starts with.
//!
//! To change a rule, change its table here and say why in the commit.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Rooms from the ground up. A room imports its own floor and the floors below.
const FLOORS: [&[&str]; 15] = [
    &["engine"],
    &["clock", "id"],
    &["scenario", "incident", "store", "intake", "tls"],
    &["markup"],
    &["print", "report"],
    &["archive", "backup"],
    &["problem", "http"],
    &["config"],
    &["audit"],
    &["account", "hook"],
    &["live"],
    &["bot", "programme", "doctor"],
    &["app"],
    &["cli"],
    &["main"],
];

/// Rooms that keep to fewer than their floor allows.
const ONLY: [(&str, &[&str]); 13] = [
    ("engine", &[]),
    ("scenario", &["engine"]),
    ("incident", &["engine"]),
    ("intake", &[]),
    ("tls", &["engine"]),
    ("store", &["engine", "clock", "id"]),
    ("markup", &["engine"]),
    ("print", &["engine", "markup"]),
    ("report", &["engine", "scenario", "store", "markup", "print"]),
    ("backup", &["engine", "store"]),
    ("audit", &["engine", "clock", "store", "problem"]),
    ("archive", &["engine", "id", "scenario", "store", "report"]),
    ("hook", &["engine", "clock", "store", "config"]),
];

/// What the engine must not name: the outside world, and what differs between machines or runs.
const IMPURE: [&str; 23] = [
    "tokio",
    "sqlx",
    "axum",
    "reqwest",
    "tracing",
    "uuid",
    "rand",
    "rand_chacha",
    "getrandom",
    "SystemTime",
    "Instant",
    "HashMap",
    "HashSet",
    "f32",
    "f64",
    "async",
    "await",
    "spawn",
    "print",
    "println",
    "eprintln",
    "env",
    "unsafe",
];
/// Parts of the standard library that the engine must not reach for, and those of the calendar that know a
/// clock or the machine's time zones; reading a written time is pure.
const IMPURE_PATHS: [&str; 9] = [
    "std::time",
    "std::fs",
    "std::net",
    "std::env",
    "std::thread",
    "jiff::Timestamp",
    "jiff::Zoned",
    "jiff::tz",
    "::now(",
];

/// Names of websocket libraries, and who may say them: the server's socket and the clients; the
/// route that hands the upgrade over; and the two that hold encoded frames in its shared text type.
const SOCKETS: [&str; 3] = ["tungstenite", "tokio_tungstenite", "WebSocketUpgrade"];
const SOCKET_FILES: [&str; 3] = ["src/live/socket/", "src/bot/", "src/cli/"];

/// Most lines of a file.
const LINES: usize = 500;

struct File {
    /// Path from the root of the repository, with forward slashes.
    path: String,
    text: String,
}

impl File {
    /// The text without line comments.
    fn code(&self) -> String {
        let lines = self.text.lines().map(|line| line.split("//").next().unwrap_or_default());
        lines.collect::<Vec<_>>().join("\n")
    }

    /// The room it belongs to, if it lies under `src/`.
    fn room(&self) -> Option<&str> {
        let room = self.path.strip_prefix("src/")?.split('/').next()?;
        let room = room.strip_suffix(".rs").unwrap_or(room);
        (room != "lib").then_some(room)
    }

    /// Its module path: `src/live/hub.rs` is `live`, `hub`.
    fn modules(&self) -> Vec<&str> {
        let path = self.path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
        path.split('/').collect()
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file with one of these endings below a folder, in order; none if there is no such folder.
fn files(folder: &str, endings: &[&str]) -> Vec<File> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.expect("an entry of a folder can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted)) {
                found.push(read(&path));
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn read(path: &PathBuf) -> File {
    let text = fs::read_to_string(path).expect("a source file is readable text");
    let inside = path.strip_prefix(root()).expect("it was found under the root");
    File { path: inside.to_string_lossy().replace('\\', "/"), text }
}

fn sources() -> Vec<File> {
    let mut all = files("src", &["rs"]);
    all.extend(files("tests", &["rs"]));
    all
}

#[track_caller]
fn assert_none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

fn words(code: &str) -> BTreeSet<&str> {
    code.split(|c: char| !c.is_alphanumeric() && c != '_').collect()
}

/// Names that follow `prefix`: one, or those of a group in braces.
fn names_after<'a>(code: &'a str, prefix: &str) -> Vec<&'a str> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let name = |text: &'a str| text.split(|c| !is_name(c)).next().unwrap_or_default();
    let mut names = Vec::new();
    for (start, _) in code.match_indices(prefix) {
        if code[..start].ends_with(is_name) {
            continue;
        }
        let rest = &code[start + prefix.len()..];
        let Some(group) = rest.strip_prefix('{') else {
            names.push(name(rest));
            continue;
        };
        let mut depth = 0;
        let mut item = 0;
        for (at, c) in group.char_indices() {
            if depth == 0 && (c == ',' || c == '}') {
                names.push(name(group[item..at].trim()));
                item = at + 1;
            }
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                _ => {}
            }
        }
    }
    names
}

/// The rooms that a file imports, by `crate::`, by the crate's own name, or by climbing out of its room.
fn imports(file: &File, rooms: &BTreeSet<String>) -> BTreeSet<String> {
    let code = file.code();
    let out_of_the_room = "super::".repeat(file.modules().len());
    let prefixes = ["crate::", "drillhall::", &out_of_the_room];
    let names = prefixes.iter().flat_map(|prefix| names_after(&code, prefix));
    names.filter(|name| rooms.contains(*name)).map(str::to_owned).collect()
}

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

#[test]
fn each_room_has_a_floor() {
    let complaints: BTreeSet<String> = files("src", &["rs"])
        .iter()
        .filter_map(File::room)
        .filter(|room| floor(room).is_none())
        .map(|room| format!("src/{room} is a new room: give it a floor in tests/it/tidy.rs"))
        .collect();
    assert_none(&complaints.into_iter().collect::<Vec<_>>());
}

#[test]
fn imports_point_down() {
    let sources = files("src", &["rs"]);
    let rooms: BTreeSet<String> = sources.iter().filter_map(File::room).map(str::to_owned).collect();
    let mut complaints = Vec::new();
    for file in &sources {
        let Some(room) = file.room() else { continue };
        for import in imports(file, &rooms).iter().filter(|import| *import != room) {
            let only = ONLY.iter().find(|(name, _)| *name == room).map(|(_, only)| *only);
            if only.is_some_and(|only| !only.contains(&import.as_str())) {
                let allowed = only.unwrap_or_default().join(", ");
                complaints.push(format!("{}: {room} imports {import}, but may import only: [{allowed}]", file.path));
            } else if floor(import) > floor(room) {
                complaints.push(format!("{}: {room} imports {import}, which lies above it", file.path));
            }
        }
    }
    assert_none(&complaints);
}

#[test]
fn only_the_socket_and_the_clients_name_a_websocket_library() {
    let mut complaints = Vec::new();
    for file in files("src", &["rs"]) {
        let code = file.code();
        let named = SOCKETS.iter().any(|name| words(&code).contains(name)) || code.contains("extract::ws");
        if named && !SOCKET_FILES.iter().any(|allowed| file.path.starts_with(allowed)) {
            complaints.push(format!("{}: names a websocket library; only {SOCKET_FILES:?} may", file.path));
        }
    }
    assert_none(&complaints);
}

#[test]
fn the_engine_is_pure() {
    let mut complaints = Vec::new();
    for file in files("src/engine", &["rs"]) {
        let code = file.code();
        let words = words(&code);
        let names = IMPURE.iter().filter(|name| words.contains(*name));
        for name in names.chain(IMPURE_PATHS.iter().filter(|path| code.contains(*path))) {
            complaints.push(format!("{}: the engine is pure and must not name '{name}'", file.path));
        }
    }
    assert_none(&complaints);
}

/// The library takes no statement that was put together when the program runs, unless it is told that this is safe.
#[test]
fn no_statement_is_put_together_from_data() {
    let ways_round = ["AssertSqlSafe", "raw_sql"];
    // Copies every table there is: the names are those that the database itself has, compared with our own tables.
    let told = ["src/store/dump.rs", "src/store/refill.rs"];
    let complaints: Vec<String> = files("src", &["rs"])
        .iter()
        .filter(|file| !told.contains(&file.path.as_str()))
        .filter(|file| ways_round.iter().any(|name| words(&file.code()).contains(name)))
        .map(|file| format!("{}: bind what comes from outside, or write the statement down", file.path))
        .collect();
    assert_none(&complaints);
}

#[test]
fn no_file_is_too_long() {
    let mut all = sources();
    all.extend(files("web/src", &["ts", "js", "svelte", "css", "html"]));
    let by_hand = all.iter().filter(|file| !file.text.lines().take(3).any(|line| line.contains("auto-generated")));
    let complaints: Vec<String> = by_hand
        .map(|file| (file, file.text.lines().count()))
        .filter(|(_, lines)| *lines > LINES)
        .map(|(file, lines)| format!("{}: {lines} lines; cut it along its parts, at most {LINES}", file.path))
        .collect();
    assert_none(&complaints);
}

#[test]
fn no_test_stands_where_none_is_run() {
    let marks = ["cfg(test)", "#[test]", "tokio::test"];
    let complaints: Vec<String> = files("src", &["rs"])
        .iter()
        .filter(|file| marks.iter().any(|mark| file.code().contains(mark)))
        .map(|file| format!("{}: tests of the library are not run; put them into tests/it", file.path))
        .collect();
    assert_none(&complaints);
}

#[test]
fn each_module_says_what_it_is_for() {
    let complaints: Vec<String> = sources()
        .iter()
        .filter(|file| !file.text.starts_with("//! "))
        .map(|file| format!("{}: starts without a line of '//!' that says what it is for", file.path))
        .collect();
    assert_none(&complaints);
}

#[test]
fn nothing_is_put_off_in_a_comment() {
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME")];
    let mut all = sources();
    all.extend(files("web/src", &["ts", "js", "svelte", "css", "html"]));
    let mut complaints = Vec::new();
    for file in &all {
        for (line, text) in (1..).zip(file.text.lines()) {
            if let Some(mark) = marks.iter().find(|mark| words(text).contains(*mark)) {
                complaints.push(format!("{}:{line}: {mark}: do it, or write an issue", file.path));
            }
        }
    }
    assert_none(&complaints);
}

#[test]
fn both_databases_have_migrations_of_the_same_names() {
    let names = |database: &str| -> Option<BTreeSet<String>> {
        let entries = fs::read_dir(root().join("migrations").join(database)).ok()?;
        Some(entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect())
    };
    match (names("sqlite"), names("postgres")) {
        (None, None) => {}
        (sqlite, postgres) => assert_eq!(sqlite, postgres, "migrations/sqlite and migrations/postgres differ"),
    }
}

#[test]
fn imports_are_read_in_each_of_their_forms() {
    let file = |path: &str, text: &str| File { path: path.to_owned(), text: text.to_owned() };
    let rooms = ["engine", "store", "live", "app"].map(str::to_owned).into();
    let imports_of = |path: &str, text: &str| imports(&file(path, text), &rooms).into_iter().collect::<Vec<_>>();
    assert_eq!(imports_of("src/live/hub.rs", "use crate::store::Row;"), ["store"]);
    assert_eq!(
        imports_of("src/live/hub.rs", "use crate::{\n    engine::{id, plan::Plan},\n    store,\n};"),
        ["engine", "store"]
    );
    assert_eq!(imports_of("src/live/hub.rs", "// crate::app\nlet x = super::super::app::new();"), ["app"]);
    assert_eq!(imports_of("src/live/mod.rs", "use super::store::Row; use hub::live;"), ["store"]);
    assert_eq!(imports_of("src/live/hub.rs", "use super::store::Row; use mycrate::app;"), Vec::<String>::new());
    assert_eq!(imports_of("src/main.rs", "drillhall::app::run()"), ["app"]);
}
