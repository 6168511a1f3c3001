//! What was good and what was not, the improvement plan; and the one page for whoever decides.

use super::sheet::{Block, Cell, Column, Look, Run, Section};
use crate::{
    engine::text::Language,
    markup::phrase::{fill, named},
    report::{
        after,
        html::Context,
        model::{EditedFinding, Finding, FindingKind, ImprovementLine, Scorecard},
        wording,
    },
};

/// So many of each fit on a page and in a head.
const THREE: usize = 3;

/// What people and rules say of all teams together.
pub(super) fn sections(context: &Context<'_>, language: &str) -> Vec<Section> {
    let (report, words) = (context.report, context.words);
    let mut sections = Vec::new();
    if report.teams_in_all > 1 && !matches!(report.version, crate::report::model::Version::Team { .. }) {
        let mut blocks = vec![Block::text(Look::Quiet, &words.findings.note)];
        blocks.extend(found(context, language, (&report.edited, &report.findings, report.signed_off), false));
        sections.push(Section::following(&words.findings.heading, blocks));
        sections.push(Section::following(&words.improvement.heading, vec![plan(context, &report.improvement)]));
    }
    sections
}

/// Findings and corrective actions of one team.
pub(super) fn of_team(context: &Context<'_>, language: &str, team: &Scorecard) -> Vec<Block> {
    let words = context.words;
    let mut blocks = vec![Block::Heading { text: words.findings.heading.clone() }];
    blocks.extend(found(context, language, (&team.edited, &team.findings, team.signed_off), true));
    blocks.push(Block::Heading { text: words.improvement.heading.clone() });
    blocks.push(plan(context, &team.improvement));
    blocks
}

fn found(
    context: &Context<'_>,
    language: &str,
    (edited, drafts, signed_off): (&[EditedFinding], &[Finding], bool),
    of_one_team: bool,
) -> Vec<Block> {
    let words = &context.words.findings;
    let mut blocks = vec![Block::text(Look::Quiet, if signed_off { &words.signed_off } else { &words.not_signed_off })];
    for (kind, title) in [(FindingKind::Strength, &words.strengths), (FindingKind::Area, &words.areas)] {
        let reader = Language::from(language);
        let written = edited.iter().filter(|finding| finding.kind == kind).map(|finding| in_full(context, finding));
        let drafted = drafts.iter().filter(|finding| finding.kind == kind).map(|finding| {
            let rows = wording::rows(finding, context.words).unwrap_or_default();
            let sentence = wording::sentence(finding, context.words, &reader, of_one_team);
            Run::own(Look::Plain, format!("{sentence} {rows}").trim())
        });
        let written = written.map(|text| Run::new(Look::Plain, text.trim()));
        let items: Vec<Run> = written.chain(drafted).collect();
        let none = items.is_empty().then(|| Run::new(Look::Quiet, &words.none));
        blocks.push(Block::Aside { title: title.clone(), items: items.into_iter().chain(none).collect() });
    }
    blocks
}

fn in_full(context: &Context<'_>, finding: &EditedFinding) -> String {
    let words = &context.words.findings;
    let erased = || context.words.erased.clone();
    let title = finding.title.clone().unwrap_or_else(erased);
    let observation = finding.observation.clone().unwrap_or_else(erased);
    let reference = finding.reference.as_ref().map(|said| format!("{}: {said}", words.reference));
    let analysis = finding.analysis.as_ref().map(|said| format!("{}: {said}", words.analysis));
    let rows = wording::named_rows(&finding.rows, context.words);
    let rest = [reference, analysis, rows].into_iter().flatten();
    [format!("{title}: {observation}")].into_iter().chain(rest).collect::<Vec<_>>().join("\n")
}

fn plan(context: &Context<'_>, lines: &[ImprovementLine]) -> Block {
    let words = &context.words.improvement;
    if lines.is_empty() {
        return Block::text(Look::Quiet, &words.none);
    }
    let columns = vec![
        Column::words(&words.action, 5),
        Column::words(&words.owner, 3),
        Column::words(&words.until, 2),
        Column::words(&words.cost, 2),
        Column::words(&words.priority, 2),
        Column::words(&words.state, 2),
    ];
    let row = |line: &ImprovementLine| {
        let text = line.text.clone().unwrap_or_else(|| context.words.erased.clone());
        let element = Run::new(Look::Quiet, named(&words.elements, line.element));
        let who: Vec<&str> = [&line.owner, &line.contact].into_iter().flatten().map(String::as_str).collect();
        let more = [&line.evidence, &line.note].into_iter().flatten().map(|said| Run::new(Look::Quiet, said.as_str()));
        let overdue = line.overdue.then(|| Run::new(Look::Tag, &words.overdue));
        let state = Run::new(Look::Plain, named(&words.states, line.state));
        vec![
            Cell::of([Run::new(Look::Strong, text), element].into_iter().chain(more)),
            Cell::plain(who.join(", ")),
            Cell::plain(line.completion.as_ref().map_or("\u{2013}", |day| day.0.as_str())),
            Cell::plain(line.cost.map_or_else(|| "\u{2013}".to_owned(), |cost| named(&words.costs, cost))),
            Cell::plain(named(&words.priorities, line.priority)),
            Cell::of([state].into_iter().chain(overdue)),
        ]
    };
    let caption = vec![Run::new(Look::Quiet, &words.caption)];
    Block::Table { caption, columns, rows: lines.iter().map(row).collect() }
}

/// What was tested, three strengths, three gaps, what is asked for, and what may be quoted.
pub(super) fn brief(context: &Context<'_>, language: &str, team: &Scorecard) -> Section {
    let (report, words) = (context.report, &context.words.brief);
    let reader = Language::from(language);
    let tested = report.objectives.iter().map(|objective| Run::local(Look::Plain, &objective.title, language));
    let mut blocks = vec![Block::Aside { title: words.tested.clone(), items: tested.collect() }];
    for (kind, title) in [(FindingKind::Strength, &words.strengths), (FindingKind::Area, &words.gaps)] {
        let written = team.edited.iter().filter(|finding| finding.kind == kind);
        let written = written.map(|finding| Run::new(Look::Plain, after::in_brief(finding)));
        let drafted = team.findings.iter().filter(|finding| finding.kind == kind);
        let drafted =
            drafted.map(|finding| Run::own(Look::Plain, wording::sentence(finding, context.words, &reader, true)));
        let items = written.chain(drafted).take(THREE).collect();
        blocks.push(Block::Aside { title: title.clone(), items });
    }
    let asked: Vec<ImprovementLine> = after::asked_for(&team.improvement, THREE).cloned().collect();
    blocks.push(Block::Heading { text: words.decisions.clone() });
    blocks.push(plan(context, &asked));
    let title = report.title.get(&reader).to_owned();
    let quote = fill(&words.quote_text, &[("team", &team.name), ("title", &title)]);
    blocks.push(Block::Aside { title: words.quote.clone(), items: vec![Run::own(Look::Plain, quote)] });
    blocks.push(Block::text(Look::Quiet, &words.no_rank));
    Section::following(&team.name, blocks)
}
