//! One report for each reader: what it leaves out is left out here, before anything is written, so that no
//! format can let it slip.

mod shared;
mod team;
pub(in crate::report) mod veil;

use super::model::{Limit, ReleaseLine, Report, Version};
use crate::engine::{event::ReportVersion, id::TeamId, plan::Tlp};

/// Figures of fewer teams would tell how one of them did.
pub const LEAST_TEAMS: u32 = 5;

/// Names of the versions, as commands and addresses say them.
pub const READERS: [&str; 5] = ["staff", "team", "brief", "community", "public"];

/// A version that cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VersionError {
    /// No version has this name.
    #[error("no version is called {0}: a report is for {list}", list = READERS.join(", "))]
    NoSuchVersion(String),
    /// A version about one team does not say which.
    #[error("a report for {0} is about one team: say which")]
    WhichTeam(String),
    /// No team has this id.
    #[error("no team is called {team}: the teams are {}", known.join(", "))]
    NoSuchTeam {
        /// What was asked for.
        team: TeamId,
        /// Ids of the teams that took part.
        known: Vec<String>,
    },
}

impl Version {
    /// The version that a name of [`READERS`] means.
    ///
    /// # Errors
    /// If there is none, or if it is about a team and none is named.
    pub fn named(readers: &str, team: Option<TeamId>) -> Result<Self, VersionError> {
        let team = || team.ok_or_else(|| VersionError::WhichTeam(readers.to_owned()));
        match readers {
            "staff" => Ok(Self::Staff),
            "team" => Ok(Self::Team { team: team()? }),
            "brief" => Ok(Self::Brief { team: team()? }),
            "community" => Ok(Self::Community),
            "public" => Ok(Self::Public),
            unknown => Err(VersionError::NoSuchVersion(unknown.to_owned())),
        }
    }

    /// What it is released as, and of which team; what staff have is not released to anybody.
    #[must_use]
    pub fn released_as(&self) -> Option<(ReportVersion, Option<&TeamId>)> {
        match self {
            Self::Staff => None,
            Self::Team { team } => Some((ReportVersion::Team, Some(team))),
            Self::Brief { team } => Some((ReportVersion::NationalBrief, Some(team))),
            Self::Community => Some((ReportVersion::Community, None)),
            Self::Public => Some((ReportVersion::Public, None)),
        }
    }
}

impl Report {
    /// The same report for other eyes. Only a report for staff has everything that another version needs.
    ///
    /// # Errors
    /// If no team has the id.
    pub fn for_readers(self, version: &Version) -> Result<Self, VersionError> {
        let mut report = match version {
            Version::Staff => {
                let draft = !self.signed_off;
                return Ok(Self { draft, ..self });
            }
            Version::Team { team } => team::own(self, team)?,
            Version::Brief { team } => team::brief(team::own(self, team)?),
            Version::Community => shared::community(self),
            Version::Public => shared::public(self),
        };
        sign(&mut report);
        report.version = version.clone();
        report.draft = !is_released(&report, version);
        report.releases = Vec::new();
        report.preparation = None;
        report.tlp = handling(&report);
        Ok(report)
    }
}

/// Whoever signs findings off answers for them and for no others: drafts that nobody took over go.
fn sign(report: &mut Report) {
    if report.signed_off {
        report.findings = Vec::new();
    }
    for team in report.teams.iter_mut().filter(|team| team.signed_off) {
        team.findings = Vec::new();
    }
}

/// Whether a version was released as it is now: what was edited since is a draft again.
fn is_released(report: &Report, version: &Version) -> bool {
    let Some((version, team)) = version.released_as() else { return false };
    let is_this = |release: &&ReleaseLine| release.version == version && release.at_seq >= report.last_change;
    report.releases.iter().filter(is_this).any(|release| team.is_none_or(|team| release.teams.contains(team)))
}

/// A version for peers or for everybody is made to be passed on; one for a team is as strict as the exercise,
/// and never laxer than TLP:AMBER.
fn handling(report: &Report) -> Tlp {
    match report.version {
        Version::Staff => report.tlp,
        Version::Team { .. } | Version::Brief { .. } => match report.tlp {
            Tlp::Green | Tlp::Clear => Tlp::Amber,
            strict => strict,
        },
        Version::Community => Tlp::Green,
        Version::Public => Tlp::Clear,
    }
}

/// Answers that wait for a mark, counted anew.
fn recount(report: &mut Report) {
    report.limits.retain(|limit| !matches!(limit, Limit::Unmarked { .. }));
    report.limits.extend(super::build::unmarked(&report.teams));
}
