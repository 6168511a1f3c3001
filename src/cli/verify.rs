//! `drillhall verify`: has anybody changed a log or an archive?

use std::{fmt::Write as _, path::PathBuf};

use anyhow::bail;
use clap::Args;

use super::{Outcome, audit, log_file, say, shown, warn};
use crate::{
    archive::{
        Refused,
        manifest::{Manifest, Why},
    },
    engine::event::{Event, Fact},
};

/// Check, without a server, that nobody changed an exported log or archive; prints its head to compare with a report
#[derive(Debug, Args)]
pub(super) struct Verify {
    /// The exported log (JSON lines) or archive (ZIP)
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Fingerprint of the key that an archive must be signed with
    #[arg(long, value_name = "FINGERPRINT")]
    key: Option<String>,
}

impl Verify {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        if let Some(head) = audit::verified(&self.file)? {
            if self.key.is_some() {
                bail!("{} is a log, and logs are not signed", self.file.display());
            }
            say(&format!(
                "{} holds together\naudit log\nrows {}\nhead {}\n",
                self.file.display(),
                head.seq,
                head.hash
            ))?;
            return Ok(Outcome::Done);
        }
        let mut found = log_file::inspect(&self.file)?;
        if let Some(expected) = self.key {
            match &found.fingerprint {
                Some(known) if *known == expected => {}
                Some(known) => found.faults.push(Refused::OtherKey { found: known.clone(), expected }),
                None if found.manifest.is_none() && found.faults.is_empty() => {
                    bail!("{} is a log, and logs are not signed: ask for the archive", self.file.display())
                }
                None => {}
            }
        }
        if !found.faults.is_empty() {
            let holds = log_file::what_holds(&found);
            let faults = found.faults.into_iter().map(|fault| shown(&log_file::told(&self.file, fault)));
            warn(&(faults.collect::<String>() + &holds))?;
            return Ok(Outcome::Refused);
        }
        let Some(log) = &found.log else { bail!("{} holds no log", self.file.display()) };
        let head = &log.head;
        let mut text = format!("{} holds together\nrows {}\nhead {}\n", self.file.display(), head.seq, head.hash);
        if rehearsed(&log.events) {
            text.push_str("REHEARSAL: not the drill itself\n");
        }
        if !log.erased.is_empty() {
            let _infallible = writeln!(text, "texts erased for data protection {}", log.erased.len());
        }
        if let Some(manifest) = &found.manifest {
            text.push_str(&of_archive(manifest, found.fingerprint.as_deref().unwrap_or_default()));
        }
        say(&text)?;
        Ok(Outcome::Done)
    }
}

fn of_archive(manifest: &Manifest, fingerprint: &str) -> String {
    let mut text = String::new();
    for erased in &manifest.erased_texts {
        let _infallible = writeln!(text, "  {erased}");
    }
    let _infallible = writeln!(
        text,
        "exercise {}\nfiles {}, each as the manifest says\nsigned with the key {fingerprint}\n  \
         compare it with what the people of that server tell you; whoever has another key can sign another log",
        manifest.exercise,
        manifest.files.len(),
    );
    for (why, called) in [
        (Why::Erased, "files erased for data protection"),
        (Why::Missing, "files that the server did not have"),
        (Why::Altered, "files that were altered on the server and left out"),
    ] {
        let absent: Vec<_> = manifest.absent_files.iter().filter(|file| file.why == why).collect();
        if !absent.is_empty() {
            let _infallible = writeln!(text, "{called} {}", absent.len());
        }
        for file in absent {
            let _infallible = writeln!(text, "  {}", file.sha256);
        }
    }
    text
}

/// Whether a log says of itself that it is a rehearsal.
fn rehearsed(events: &[(i64, Event)]) -> bool {
    events.iter().any(|(_, event)| matches!(event.fact, Fact::ExerciseCreated { rehearsal: true, .. }))
}
