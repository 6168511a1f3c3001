//! The real binary in a process of its own, which can be killed.

use std::{path::PathBuf, process::Stdio, time::Duration};

use drillhall::bot::player::Place;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    process::{Child, Command},
};

use super::staff::{PASSWORD, Staff};

const LOGIN: &str = "director";
/// How long a server may take to start, on a machine that is busy.
const START_WITHIN: Duration = Duration::from_mins(1);

/// Where a server keeps its data, and how to start it there again and again.
pub(crate) struct Site {
    pub(crate) data: PathBuf,
    pub(crate) database_url: Option<String>,
}

pub(crate) struct Process {
    child: Child,
    pub(crate) base: String,
}

impl Site {
    fn arguments(&self) -> Vec<String> {
        let mut arguments = vec!["--data".to_owned(), self.data.display().to_string()];
        if let Some(url) = &self.database_url {
            arguments.extend(["--database-url".to_owned(), url.clone()]);
        }
        arguments
    }

    /// Adds the account that sets exercises up.
    pub(crate) async fn add_account(&self) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_drillhall"))
            .args(["account", "create", LOGIN, "--role", "director"])
            .args(self.arguments())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(format!("{PASSWORD}\n").as_bytes()).await.unwrap();
        assert!(child.wait().await.unwrap().success());
    }

    /// Starts a server that outlives the signal for a file that may not grow, as the disk being full
    /// does not kill it either.
    pub(crate) async fn serve(&self) -> Process {
        let mut child = Command::new("/bin/sh")
            .args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_drillhall")])
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(self.arguments())
            .env("DRILLHALL_LOG", "off")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut said = String::new();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        tokio::time::timeout(START_WITHIN, stdout.read_line(&mut said)).await.expect("it starts in time").unwrap();
        let base = said.trim().strip_prefix("Drillhall serves at ").unwrap_or_else(|| panic!("it said {said:?}"));
        Process { base: base.to_owned(), child }
    }
}

impl Process {
    /// Kills it as a power cut would.
    pub(crate) async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id().unwrap()
    }

    pub(crate) fn at(&self, place: &Place) -> Place {
        Place { base: self.base.clone(), ..place.clone() }
    }

    /// Creates an exercise as a person does who signs in for the first time, and takes the director's seat in it.
    pub(crate) async fn exercise(&self, yaml: &str, rate: u32) -> Place {
        Staff::enrol(&self.base, LOGIN).await.exercise(yaml, rate).await
    }
}
