//! What a rehearsal showed, for a terminal: plain characters, narrow enough for eighty columns.

use std::collections::BTreeMap;

use crate::{
    bot::profile::Profile,
    engine::{id::TeamId, time::Millis},
    markup::figures,
    report::rehearsal::model::{Analysis, Frequencies, Quarter, Stretch, TeamPlayed, TriggerKind},
};

/// Columns of the chart of releases.
const COLUMNS: i64 = 60;
/// Quarter hours beside one another.
const QUARTERS: usize = 8;
/// Longest name that is shown whole.
const NAME: usize = 16;

/// The analysis of one rehearsal.
pub(super) fn analysis(analysis: &Analysis, profiles: &BTreeMap<TeamId, Profile>) -> String {
    let mut page = Page::default();
    page.line(&format!("{}: {}", analysis.marking, analysis.scenario));
    teams(&mut page, analysis, profiles);
    chart(&mut page, analysis);
    workload(&mut page, analysis);
    dead(&mut page, analysis);
    marking(&mut page, analysis);
    branches(&mut page, analysis);
    page.heading("Never released");
    page.list(analysis.never.iter().map(ToString::to_string), "nothing: every inject went out to somebody");
    page.0
}

/// How often each inject went out in many rehearsals.
pub(super) fn frequencies(counted: &Frequencies) -> String {
    let mut page = Page::default();
    page.heading(&format!("Released in {} rehearsals: share of runs, of teams it is meant for", counted.runs));
    for line in &counted.injects {
        let runs = percent(u64::from(line.runs), u64::from(counted.runs));
        let teams = percent(line.sent_to, line.meant_for);
        page.line(&format!("  {runs:>6} {teams:>6}  {:<28} {}", line.inject.as_str(), trigger(line.trigger)));
    }
    page.heading(&format!("Never released in {} rehearsals", counted.runs));
    page.list(counted.never.iter().map(ToString::to_string), "nothing: every inject went out to somebody");
    page.0
}

/// Lines of text.
#[derive(Default)]
struct Page(String);

impl Page {
    fn line(&mut self, text: &str) {
        self.0.push_str(text.trim_end());
        self.0.push('\n');
    }

    fn heading(&mut self, text: &str) {
        self.line("");
        self.line(text);
    }

    /// A name and cells of seven columns.
    fn row(&mut self, name: &str, cells: impl Iterator<Item = String>) {
        let row = cells.fold(format!("  {}", shortened(name)), |row, cell| format!("{row}{cell:>7}"));
        self.line(&row);
    }

    fn list(&mut self, items: impl Iterator<Item = String>, otherwise: &str) {
        let mut items = items.peekable();
        if items.peek().is_none() {
            self.line(&format!("  {otherwise}"));
        }
        items.for_each(|item| self.line(&format!("  {item}")));
    }
}

fn teams(page: &mut Page, analysis: &Analysis, profiles: &BTreeMap<TeamId, Profile>) {
    page.heading("Teams: points of those counted; reachable automatically, by people's marks");
    for team in &analysis.teams {
        let profile = profiles.get(&team.team).map_or_else(String::new, ToString::to_string);
        let reach = team.reach;
        page.line(&format!(
            "  {}  {profile:<7}  {:>6} of {:<6}  {:>6} + {:<6}",
            name(team),
            points(reach.points_milli),
            points(reach.counted_milli),
            points(reach.automatic_milli),
            points(reach.by_people_milli)
        ));
    }
}

fn chart(page: &mut Page, analysis: &Analysis) {
    let minutes = analysis.until.minus(analysis.from).0.max(1).div_euclid(60_000) + 1;
    let column = Millis::minutes((minutes + COLUMNS - 1).div_euclid(COLUMNS).max(1));
    page.heading(&format!(
        "Releases: one column is {}; a figure counts what arrived, = something is open, . nothing, x dead time",
        minutes_of(column)
    ));
    page.line(&format!("  {:NAME$}  {}", "", ruler(analysis, column)));
    for team in &analysis.teams {
        let columns = (0..).map(|n| Millis(analysis.from.0 + n * column.0)).take_while(|from| *from < analysis.until);
        let signs: String = columns.map(|from| sign(team, Stretch { from, until: from.plus(column) })).collect();
        page.line(&format!("  {}  {signs}", name(team)));
    }
}

fn sign(team: &TeamPlayed, column: Stretch) -> char {
    let within = |time: Millis| column.from <= time && time < column.until;
    let arrived = team.releases.iter().filter(|release| within(release.at)).count();
    let open = |until: Millis, at: Millis| at < column.until && until > column.from;
    match u32::try_from(arrived).ok().and_then(|n| char::from_digit(n, 10)) {
        None => '+',
        Some(figure) if arrived > 0 => figure,
        Some(_) if team.releases.iter().any(|it| it.open_until.is_some_and(|until| open(until, it.at))) => '=',
        Some(_) if team.dead.iter().any(|dead| open(dead.until, dead.from)) => 'x',
        Some(_) => '.',
    }
}

/// Plan times over the columns in which a quarter hour begins, where there is room.
fn ruler(analysis: &Analysis, column: Millis) -> String {
    let mut line = String::new();
    let first = analysis.from.0.div_euclid(900_000);
    for time in (first..).map(|n| Millis(n * 900_000)).take_while(|time| *time < analysis.until) {
        let at = usize::try_from(time.max(analysis.from).minus(analysis.from).0 / column.0).unwrap_or(0);
        let is_free = line.is_empty() || line.len() < at;
        if is_free && time >= analysis.from {
            line.push_str(&" ".repeat(at.saturating_sub(line.len())));
            line.push_str(&plan_time(time));
        }
    }
    line
}

fn workload(page: &mut Page, analysis: &Analysis) {
    page.heading("Workload per quarter hour: injects arrived / open / answers due");
    let quarters = analysis.teams.first().map_or(0, |team| team.quarters.len());
    for block in (0..quarters).step_by(QUARTERS) {
        let of =
            |team: &TeamPlayed| -> Vec<Quarter> { team.quarters.iter().skip(block).take(QUARTERS).copied().collect() };
        let starts = analysis.teams.first().map(of).unwrap_or_default();
        page.row("", starts.iter().map(|quarter| plan_time(quarter.from)));
        for team in &analysis.teams {
            page.row(&team.name, of(team).iter().map(|it| format!("{}/{}/{}", it.arrived, it.open, it.due)));
        }
    }
}

fn dead(page: &mut Page, analysis: &Analysis) {
    let quiet = minutes_of(analysis.terms.quiet_after);
    page.heading(&format!("Dead time: nothing open and nothing new for more than {quiet}"));
    let lines = analysis.teams.iter().flat_map(|team| {
        team.dead.iter().map(|stretch| {
            let length = minutes_of(stretch.until.minus(stretch.from));
            format!("{}  {} to {} ({length})", name(team), plan_time(stretch.from), plan_time(stretch.until))
        })
    });
    page.list(lines, "none");
}

fn marking(page: &mut Page, analysis: &Analysis) {
    let (work, terms) = (analysis.marking_work, analysis.terms);
    page.heading("Marking by people");
    page.line(&format!(
        "  {} levels at {} min each: {}; for each of {} evaluators {}",
        work.fields,
        terms.minutes_a_field,
        hours(work.minutes),
        terms.evaluators,
        hours(work.minutes_each)
    ));
}

fn branches(page: &mut Page, analysis: &Analysis) {
    page.heading("Branches: what did not go out by the clock alone, and to how many of its teams");
    let lines = analysis.injects.iter().filter(|inject| inject.trigger != TriggerKind::Clock).map(|inject| {
        let teams: Vec<_> = inject.sent_to.iter().map(ToString::to_string).collect();
        let to = if teams.len() < analysis.teams.len() { teams.join(", ") } else { "all".to_owned() };
        let how = trigger(inject.trigger);
        format!("{:<28} {how:<15} {}/{}  {to}", inject.inject.as_str(), teams.len(), inject.meant_for)
    });
    page.list(lines, "none: everything goes by the clock");
}

fn trigger(kind: TriggerKind) -> &'static str {
    match kind {
        TriggerKind::Clock => "by the clock",
        TriggerKind::After => "after another",
        TriggerKind::Hand => "by hand",
        TriggerKind::Condition => "on a condition",
    }
}

fn name(team: &TeamPlayed) -> String {
    shortened(&team.name)
}

/// A name in a column.
fn shortened(name: &str) -> String {
    let short: String = name.chars().take(NAME).collect();
    format!("{short:NAME$}")
}

/// `T+75`, in minutes rounded down.
fn plan_time(Millis(time): Millis) -> String {
    let minutes = time.div_euclid(60_000);
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("T{sign}{}", minutes.abs())
}

fn minutes_of(Millis(length): Millis) -> String {
    format!("{} min", length.div_euclid(60_000))
}

/// `3.5 h`.
fn hours(minutes: u32) -> String {
    format!("{} h", figures::tenths(minutes.into(), 60))
}

/// Points to a tenth.
fn points(milli: i64) -> String {
    figures::tenths(milli, 1000)
}

/// `12.5%`; a dash of nothing.
fn percent(part: u64, whole: u64) -> String {
    let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    if whole == 0 {
        "-".to_owned()
    } else {
        format!("{}%", figures::tenths(count(part).saturating_mul(100), count(whole)))
    }
}
