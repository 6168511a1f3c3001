//! The report of a drill day as one file of HTML: its exercises side by side.

use super::{STYLE, fact, open_table};
use crate::{
    engine::{
        id::{ExerciseId, TeamId},
        marking::marking,
        text::Language,
    },
    markup::{
        banner, figures,
        page::Page,
        phrase::{fill, named},
        print_marking,
    },
    report::{
        model::{FindingKind, Version},
        programme::model::{ExerciseLine, ProgrammeReport, TeamCapability, TeamLine},
        words::{self, Words},
    },
};

/// What the parts of the page share.
struct Context<'a> {
    report: &'a ProgrammeReport,
    words: &'static Words,
}

impl Context<'_> {
    fn points(&self, milli: Option<i64>) -> String {
        milli.map_or_else(|| "\u{2013}".to_owned(), |milli| figures::points(milli, &self.words.decimal))
    }

    /// Exercises whose figures are in the report, with their place in the day.
    fn shown(&self) -> impl Iterator<Item = (usize, &ExerciseLine)> {
        (1..).zip(&self.report.exercises).filter(|(_, one)| !one.withheld)
    }

    fn place(&self, exercise: &ExerciseId) -> String {
        let place = self.report.exercises.iter().position(|one| one.exercise == *exercise);
        place.map_or_else(String::new, |place| (place + 1).to_string())
    }

    fn name<'a>(&'a self, team: Option<&'a TeamId>) -> &'a str {
        let Some(team) = team else { return &self.words.all_teams };
        let known = self.report.teams.iter().find(|known| known.team == *team);
        known.map_or(team.as_str(), |known| &known.name)
    }
}

/// Renders the report of a day in a language; in English if there are no words for it.
#[must_use]
pub fn render(report: &ProgrammeReport, language: &Language) -> String {
    let (tag, words) = words::of(language);
    let context = Context { report, words };
    let mut page = Page::new(Language::from(tag));
    page.put("<!doctype html>\n<html lang=\"", tag, "\"").put(" dir=\"", &words.dir, "\">\n");
    page.raw("<head>\n<meta charset=\"utf-8\">\n");
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.raw("<meta name=\"robots\" content=\"noindex\">\n<title>EXERCISE \u{2013} ");
    page.text(&words.programme.report).raw(" \u{2013} ").text(&report.title).raw("</title>\n<style>\n");
    page.raw(STYLE);
    print_marking(&mut page, marking(report.rehearsal), report.tlp);
    page.raw("</style>\n</head>\n<body>\n");
    cover(&mut page, &context);
    page.raw("<main>\n");
    exercises(&mut page, &context);
    teams(&mut page, &context);
    medians(&mut page, &context);
    of_teams(&mut page, &context);
    findings(&mut page, &context);
    actions(&mut page, &context);
    page.raw("</main>\n<footer>");
    banner(&mut page, &report.marking, report.tlp);
    page.raw("</footer>\n</body>\n</html>\n");
    page.finish()
}

fn cover(page: &mut Page, context: &Context<'_>) {
    let Context { report, words } = context;
    page.raw("<header class=\"cover\">\n");
    banner(page, &report.marking, report.tlp);
    let version = match report.version {
        Version::Staff => "staff",
        Version::Team { .. } | Version::Brief { .. } => "team",
        Version::Community => "community",
        Version::Public => "public",
    };
    page.put("<p class=\"eyebrow\">", &words.programme.report, " \u{b7} ").text(&named(&words.versions, version));
    page.put("</p>\n<h1><bdi>", &report.title, "</bdi></h1>\n");
    page.put("<p class=\"invented\">", &words.invented, "</p>\n");
    if report.draft {
        page.put("<p class=\"rehearsal\"><strong>", &words.draft, "</strong></p>\n");
    }
    if report.rehearsal {
        page.put("<p class=\"rehearsal\"><strong>", &words.rehearsal, "</strong></p>\n");
    }
    page.raw("<dl class=\"facts\">\n");
    fact(page, &words.programme.exercises, &report.exercises.len().to_string());
    fact(page, &words.teams, &report.teams_in_all.to_string());
    page.raw("</dl>\n");
    limits(page, context);
    page.raw("</header>\n");
}

fn limits(page: &mut Page, context: &Context<'_>) {
    let Context { report, words } = context;
    let withheld = report.exercises.iter().filter(|one| one.withheld).count();
    let sentences = [
        (withheld > 0).then(|| fill(&words.programme.withheld_note, &[("n", &withheld.to_string())])),
        report.suppressed_below.map(|least| fill(&words.programme.suppressed, &[("n", &least.to_string())])),
        (report.unmarked > 0).then(|| fill(&words.programme.unmarked, &[("n", &report.unmarked.to_string())])),
    ];
    for sentence in sentences.into_iter().flatten() {
        page.put("<p class=\"note\">", &sentence, "</p>\n");
    }
}

fn exercises(page: &mut Page, context: &Context<'_>) {
    let Context { report, words } = context;
    page.put("<section id=\"exercises\">\n<h2>", &words.programme.exercises, "</h2>\n");
    open_table(page, &words.programme.exercises_caption);
    page.put("<thead><tr><th scope=\"col\" class=\"n\">", "#", "</th>");
    page.put("<th scope=\"col\">", &words.exercise, "</th>");
    page.put("<th scope=\"col\">", &words.start_ex, "</th>").put("<th scope=\"col\">", &words.end_ex, "</th>");
    page.put("<th scope=\"col\" class=\"n\">", &words.teams, "</th>");
    page.put("<th scope=\"col\">", &words.programme.stage, "</th></tr></thead>\n<tbody>\n");
    for (n, one) in (1..).zip(&report.exercises) {
        page.put("<tr><td class=\"n\">", &usize::to_string(&n), "</td><th scope=\"row\">").local(&one.title);
        page.raw("</th>");
        for at in [one.started_at, one.ended_at] {
            let told = at.map_or_else(|| "\u{2013}".to_owned(), figures::instant);
            page.put("<td><bdi>", &told, "</bdi></td>");
        }
        let teams = one.teams.map_or_else(|| "\u{2013}".to_owned(), |teams| teams.to_string());
        page.put("<td class=\"n\">", &teams, "</td>");
        page.put("<td>", &named(&words.programme.stages, one.stage), "");
        if one.withheld {
            page.put(" <span class=\"tag\">", &words.programme.withheld, "</span>");
        }
        page.raw("</td></tr>\n");
    }
    page.raw("</tbody>\n</table></div>\n</section>\n");
}

/// Heads of columns, one for each exercise whose figures are shown.
fn columns(page: &mut Page, context: &Context<'_>) {
    for (n, one) in context.shown() {
        page.put("<th scope=\"col\" class=\"n\">", &n.to_string(), ". ").local(&one.title).raw("</th>");
    }
}

fn teams(page: &mut Page, context: &Context<'_>) {
    let Context { report, words } = context;
    if report.teams.is_empty() {
        return;
    }
    page.put("<section id=\"teams\">\n<h2>", &words.programme.scores, "</h2>\n<p class=\"note\">");
    page.text(&words.programme.scores_note).raw("</p>\n");
    open_table(page, &words.programme.scores_caption);
    page.put("<thead><tr><th scope=\"col\">", &words.team, "</th>");
    columns(page, context);
    page.put("<th scope=\"col\" class=\"n\">", &words.programme.day, "</th></tr></thead>\n<tbody>\n");
    for team in &report.teams {
        page.put("<tr><th scope=\"row\"><bdi>", &team.name, "</bdi>");
        let from: Vec<&str> = [&team.organisation, &team.country].into_iter().flatten().map(String::as_str).collect();
        if !from.is_empty() {
            page.put(" <span class=\"quiet\"><bdi>", &from.join(", "), "</bdi></span>");
        }
        page.raw("</th>");
        for (_, one) in context.shown() {
            let played = team.exercises.iter().find(|played| played.exercise == one.exercise);
            let told =
                played.map_or_else(|| words.programme.absent.clone(), |played| context.points(played.score_milli));
            page.put("<td class=\"n\">", &told, "</td>");
        }
        page.put("<td class=\"n\"><strong>", &context.points(team.score_milli), "</strong></td></tr>\n");
    }
    page.raw("</tbody>\n</table></div>\n</section>\n");
}

fn medians(page: &mut Page, context: &Context<'_>) {
    let Context { report, words } = context;
    if report.capabilities.is_empty() {
        return;
    }
    page.put("<section id=\"capabilities\">\n<h2>", &words.figures.capabilities, "</h2>\n");
    open_table(page, &words.programme.capabilities_caption);
    page.put("<thead><tr><th scope=\"col\">", &words.capability, "</th>");
    columns(page, context);
    page.put("<th scope=\"col\" class=\"n\">", &words.programme.day, "</th></tr></thead>\n<tbody>\n");
    for line in &report.capabilities {
        page.put("<tr><th scope=\"row\">", &named(&words.capabilities, line.capability), "</th>");
        for (_, one) in context.shown() {
            let Some(figure) = line.exercises.iter().find(|figure| figure.exercise == one.exercise) else {
                page.raw("<td class=\"n\">\u{2013}</td>");
                continue;
            };
            page.put("<td class=\"n\">", &context.points(figure.median_milli), "");
            for (rating, n) in figure.ratings.iter().rev() {
                let told = named(&words.figures.ratings, rating);
                let letter: String = told.chars().take_while(|c| *c != ':').collect();
                page.put("<br><span class=\"quiet\">", &letter, " ").put("\u{d7}\u{a0}", &n.to_string(), "</span>");
            }
            page.raw("</td>");
        }
        page.put("<td class=\"n\"><strong>", &context.points(line.median_milli), "</strong></td></tr>\n");
    }
    page.put("</tbody>\n</table></div>\n<p class=\"note\">", &words.figures.ratings_note, "</p>\n</section>\n");
}

/// Each team's capabilities over the day.
fn of_teams(page: &mut Page, context: &Context<'_>) {
    let Context { report, words } = context;
    let told = |team: &&TeamLine| !team.capabilities.is_empty();
    if !report.teams.iter().any(|team| told(&team)) {
        return;
    }
    page.put("<section id=\"of-teams\">\n<h2>", &words.programme.of_teams, "</h2>\n");
    open_table(page, &words.programme.of_teams_caption);
    page.put("<thead><tr><th scope=\"col\">", &words.team, "</th>");
    page.put("<th scope=\"col\">", &words.capability, "</th>");
    columns(page, context);
    page.put("<th scope=\"col\" class=\"n\">", &words.programme.day, "</th></tr></thead>\n<tbody>\n");
    for team in report.teams.iter().filter(told) {
        for line in &team.capabilities {
            page.put("<tr><th scope=\"row\"><bdi>", &team.name, "</bdi></th><td>");
            page.text(&named(&words.capabilities, line.capability)).raw("</td>");
            for (_, one) in context.shown() {
                let played = team.exercises.iter().find(|played| played.exercise == one.exercise);
                let mine = played.and_then(|one| one.capabilities.iter().find(|one| one.capability == line.capability));
                page.put(
                    "<td class=\"n\">",
                    &mine.map_or_else(|| "\u{2013}".to_owned(), |mine| cell(context, mine)),
                    "</td>",
                );
            }
            page.put("<td class=\"n\"><strong>", &context.points(line.score_milli), "</strong></td></tr>\n");
        }
    }
    page.raw("</tbody>\n</table></div>\n</section>\n");
}

/// A score, and the rating that evaluators gave.
fn cell(context: &Context<'_>, line: &TeamCapability) -> String {
    let points = context.points(line.score_milli);
    let rated = line.rating.map(|rating| named(&context.words.figures.ratings, rating));
    let letter = rated.map(|told| told.chars().take_while(|c| *c != ':').collect::<String>());
    letter.map_or(points.clone(), |letter| format!("{points} ({letter})"))
}

fn findings(page: &mut Page, context: &Context<'_>) {
    let Context { report, words } = context;
    if report.findings.is_empty() {
        return;
    }
    page.put("<section id=\"findings\">\n<h2>", &words.findings.heading, "</h2>\n<div class=\"findings\">\n");
    for (kind, heading) in
        [(FindingKind::Strength, &words.findings.strengths), (FindingKind::Area, &words.findings.areas)]
    {
        page.put("<div><p class=\"title\">", heading, "</p>\n<ul class=\"edited\">\n");
        for one in report.findings.iter().filter(|one| one.kind == kind) {
            let text = |text: &Option<String>| text.clone().unwrap_or_else(|| words.erased.clone());
            page.put("<li><p class=\"title\" dir=\"auto\">", &text(&one.title), "</p>");
            page.put("<p class=\"words\" dir=\"auto\">", &text(&one.observation), "</p><span class=\"quiet\">");
            page.put("", &context.place(&one.exercise), ". \u{b7} <bdi>").text(context.name(one.team.as_ref()));
            page.raw("</bdi>");
            if let Some(capability) = one.capability {
                page.put(" \u{b7} ", &named(&words.capabilities, capability), "");
            }
            page.raw("</span></li>\n");
        }
        page.raw("</ul></div>\n");
    }
    page.raw("</div>\n</section>\n");
}

fn actions(page: &mut Page, context: &Context<'_>) {
    let Context { report, words } = context;
    page.put("<section id=\"improvement\">\n<h2>", &words.improvement.heading, "</h2>\n");
    if report.actions.is_empty() {
        page.put("<p class=\"quiet\">", &words.improvement.none, "</p>\n</section>\n");
        return;
    }
    page.raw("<ul>\n");
    for (state, n) in &report.action_states {
        page.put("<li>", &named(&words.improvement.states, state), ": <strong>");
        page.put("", &n.to_string(), "</strong></li>\n");
    }
    page.raw("</ul>\n");
    open_table(page, &words.improvement.caption);
    page.put("<thead><tr><th scope=\"col\" class=\"n\">", "#", "</th>");
    let heads = [&words.improvement.action, &words.team, &words.improvement.owner, &words.improvement.until];
    for head in heads.into_iter().chain([&words.improvement.priority, &words.improvement.state]) {
        page.put("<th scope=\"col\">", head, "</th>");
    }
    page.raw("</tr></thead>\n<tbody>\n");
    for one in &report.actions {
        page.put("<tr><td class=\"n\">", &context.place(&one.exercise), "</td><th scope=\"row\">");
        page.put("<span class=\"words\" dir=\"auto\">", one.text.as_ref().unwrap_or(&words.erased), "</span>");
        if let Some(capability) = one.capability {
            page.put(" <span class=\"quiet\">", &named(&words.capabilities, capability), "</span>");
        }
        page.put("</th><td><bdi>", context.name(one.team.as_ref()), "</bdi></td>");
        page.put("<td><bdi>", one.owner.as_deref().unwrap_or("\u{2013}"), "</bdi></td>");
        page.put("<td class=\"n\">", one.completion.as_ref().map_or("\u{2013}", |day| day.0.as_str()), "</td>");
        page.put("<td>", &named(&words.improvement.priorities, one.priority), "</td>");
        page.put("<td>", &named(&words.improvement.states, one.state), "");
        if one.overdue {
            page.put(" <span class=\"tag\">", &words.improvement.overdue, "</span>");
        }
        page.raw("</td></tr>\n");
    }
    page.raw("</tbody>\n</table></div>\n</section>\n");
}
