//! Runs the program and gathers what it says.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use tempfile::TempDir;

/// What a run of the program came to.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// Exit code and standard error, for snapshots.
    pub(crate) fn refusal(&self) -> String {
        format!("exit {:?}\n{}", self.code, self.err)
    }
}

/// A folder that the program runs in.
pub(crate) struct Desk(TempDir);

impl Desk {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(name), bytes).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    /// Runs the program here.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        let output = Command::new(env!("CARGO_BIN_EXE_drillhall"))
            .args(arguments)
            .current_dir(self.0.path())
            .env_remove("DRILLHALL_LOG")
            .output()
            .unwrap();
        let text = |bytes| redacted(&String::from_utf8(bytes).unwrap(), self.0.path());
        Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Runs the program with nobody reading what it says; gives exit code and standard error.
    pub(crate) fn run_unread(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_drillhall"))
            .args(arguments)
            .current_dir(self.0.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    }

    /// A drill of the small scenario with two teams, rehearsed into `log.jsonl`.
    pub(crate) fn rehearsed() -> Self {
        let desk = Self::new();
        desk.write("small.yaml", crate::scenario::fixture::TWO_INJECTS);
        let ran =
            desk.run(&["rehearse", "small.yaml", "--teams", "2", "--log", "log.jsonl", "--report", "report.json"]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        desk
    }
}

fn redacted(text: &str, folder: &Path) -> String {
    text.replace(&folder.display().to_string(), "[folder]")
}
