//! `drillhall certificates`: a certificate of participation for everybody who took part.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use clap::Args;

use super::{Outcome, log_file, report::known_language, say, shown, warn};
use crate::{
    archive::Inspection,
    engine::{id::TeamId, text::Language},
    report::attendance::{Attendance, Attendant, attendance},
    scenario::msel::unguarded,
    store::chain::Head,
};

/// Print certificates of participation for everybody who took part, by attendance and never by score
#[derive(Debug, Args)]
pub(super) struct Certificates {
    /// The exported log (JSON lines) or archive (ZIP)
    log: PathBuf,
    /// Names of people, which no log has: CSV with the columns person and name, as `drillhall export people` writes it
    #[arg(long, value_name = "FILE.csv")]
    names: PathBuf,
    /// One file with a page for each person; or a folder, for a file each
    #[arg(short, long, value_name = "FILE.pdf|DIR")]
    output: PathBuf,
    /// Only people of this team
    #[arg(long, value_name = "ID")]
    team: Option<TeamId>,
    /// Who issues them
    #[arg(long, value_name = "NAME")]
    organiser: Option<String>,
    /// Language of the certificates
    #[arg(long, default_value = "en", value_name = "xx", value_parser = known_language)]
    language: Language,
    /// A folder with fonts for scripts that the program has none for
    #[arg(long, value_name = "DIR")]
    fonts: Option<PathBuf>,
}

/// Somebody who took part, and their name.
type Named<'a> = (&'a Attendant, &'a str);

/// The log that certificates rest on, and what proves it.
struct Source {
    attendance: Attendance,
    head: Head,
    fingerprint: Option<String>,
}

impl Certificates {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let Some(source) = self.source()? else { return Ok(Outcome::Refused) };
        let called = names(&self.names)?;
        let there = self.there(&source.attendance)?;
        let has_name = |attendant: &&Attendant| called.contains_key(attendant.person.as_str());
        let (known, others): (Vec<&Attendant>, Vec<&Attendant>) = there.into_iter().partition(has_name);
        if !others.is_empty() {
            warn(&without_name(&others))?;
        }
        let mut people: Vec<Named<'_>> =
            known.into_iter().map(|attendant| (attendant, called[attendant.person.as_str()].as_str())).collect();
        // Who hands them out does so team by team.
        people.sort_by(|(one, _), (other, _)| one.team.cmp(&other.team));
        if people.is_empty() {
            warn("error: nobody who took part has a name, so there is no certificate to print\n")?;
            return Ok(Outcome::Refused);
        }
        for (file, people) in self.files(&people)? {
            log_file::write_whole(&file, &self.printed(&source, people)?)?;
        }
        say(&format!("certificates {}\nwrote {}\n", people.len(), self.output.display()))?;
        Ok(Outcome::Done)
    }

    /// The log; none if it has a fault, which is said.
    fn source(&self) -> anyhow::Result<Option<Source>> {
        let Inspection { log, faults, fingerprint, .. } = log_file::inspect(&self.log)?;
        let faults: String = faults.into_iter().map(|fault| shown(&log_file::told(&self.log, fault))).collect();
        let Some(log) = log.filter(|_| faults.is_empty()) else {
            warn(&faults)?;
            return Ok(None);
        };
        let attendance = attendance(&log.events)
            .with_context(|| format!("no certificates can be made of {}", self.log.display()))?;
        Ok(Some(Source { attendance, head: log.head, fingerprint }))
    }

    fn there<'a>(&self, attendance: &'a Attendance) -> anyhow::Result<Vec<&'a Attendant>> {
        let wanted = |attendant: &&Attendant| self.team.is_none() || attendant.team == self.team;
        let there: Vec<&Attendant> = attendance.people.iter().filter(wanted).collect();
        if let Some(team) = self.team.as_ref().filter(|_| there.is_empty()) {
            bail!("nobody of a team called {team} took part");
        }
        Ok(there)
    }

    /// What is written where: everybody in one file, or each in their own.
    fn files<'a, 'b>(&self, people: &'b [Named<'a>]) -> anyhow::Result<Vec<(PathBuf, &'b [Named<'a>])>> {
        if self.output.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf")) {
            return Ok(vec![(self.output.clone(), people)]);
        }
        fs::create_dir_all(&self.output)
            .with_context(|| format!("the folder {} cannot be made", self.output.display()))?;
        // Names of people may hold what no name of a file may.
        let own = people.chunks(1).enumerate();
        Ok(own.map(|(n, one)| (self.output.join(format!("EXERCISE-certificate-{:03}.pdf", n + 1)), one)).collect())
    }

    #[cfg(feature = "pdf")]
    fn printed(&self, source: &Source, people: &[Named<'_>]) -> anyhow::Result<Vec<u8>> {
        use crate::report::pdf::{Fonts, Issue, certificates};

        let issue = Issue {
            attendance: &source.attendance,
            head: &source.head,
            fingerprint: source.fingerprint.as_deref(),
            organiser: self.organiser.as_deref(),
        };
        certificates(&issue, people, &self.language, &Fonts::of_the_machine(self.fonts.clone())).map_err(|wrong| {
            let code = wrong.code();
            anyhow::Error::new(wrong).context(format!("the certificates cannot be printed ({code})"))
        })
    }

    #[cfg(not(feature = "pdf"))]
    #[expect(clippy::unused_self, reason = "as with PDF")]
    fn printed(&self, source: &Source, _: &[Named<'_>]) -> anyhow::Result<Vec<u8>> {
        let (rows, signed) = (source.head.seq, source.fingerprint.is_some());
        tracing::debug!(rows, signed, "the log holds together");
        bail!("this program was built without PDF (pdf_not_built): build it with 'make build PDF=1'")
    }
}

fn without_name(people: &[&Attendant]) -> String {
    let ids: Vec<&str> = people.iter().map(|attendant| attendant.person.as_str()).collect();
    format!(
        "note: {} who took part have no name there, or it was erased, and get no certificate: {}\n",
        ids.len(),
        ids.join(", ")
    )
}

/// Names by person. A row without a name is of somebody who was erased.
fn names(path: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let unread = || format!("the names in {} cannot be read (CSV with the columns person and name)", path.display());
    let text = fs::read_to_string(path).with_context(unread)?;
    let mut rows = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    let heads = rows.headers().with_context(unread)?.clone();
    let column = |wanted: &str| heads.iter().position(|head| head.trim() == wanted);
    let Some((person, name)) = column("person").zip(column("name")) else {
        bail!("{} has no columns person and name", path.display())
    };
    let mut names = BTreeMap::new();
    for row in rows.records() {
        let row = row.with_context(unread)?;
        if let Some((person, name)) = row.get(person).zip(row.get(name)).filter(|(_, name)| !name.trim().is_empty()) {
            names.insert(person.trim().to_owned(), unguarded(name.trim()));
        }
    }
    Ok(names)
}
