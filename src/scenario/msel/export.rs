//! From a scenario to a spreadsheet, working on the tree of its files: what this code has never
//! heard of gets a column of its own, named by its path of keys.

use super::{
    super::{Pack, node::Node, source::Source, value::Duration},
    FileKind,
    cast::is_capability,
    cell,
    error::SheetError,
    own,
    table::{self, Table},
    time,
    words::PLANNING,
};
use crate::engine::{
    marking::MARKING,
    plan::{Inject, Plan, Trigger},
    time::Millis,
};

/// Most bytes of one YAML file; a pack that was loaded has no larger one.
const MAX_YAML_BYTES: u64 = 1024 * 1024;

/// Writes a scenario as a spreadsheet. `pack` is what was loaded from the same source; with a start
/// on the clock, wall times are written, too.
pub fn export_msel(
    source: &dyn Source,
    main: &str,
    pack: &Pack,
    kind: FileKind,
    start: Option<Millis>,
) -> Result<Vec<u8>, SheetError> {
    let scenario = read(source, main)?;
    let languages = own::languages(&scenario);
    let mut injects: Vec<(String, Node)> =
        list(&scenario, "injects").iter().map(|inject| (String::new(), inject.clone())).collect();
    for file in list(&scenario, "inject_files").iter().filter_map(Node::as_text) {
        injects.extend(list(&read(source, file)?, "injects").iter().map(|inject| (file.to_owned(), inject.clone())));
    }
    let mut table = Table {
        name: own::INJECTS.to_owned(),
        above: vec![vec![MARKING.to_owned()]],
        headings: headings(&languages),
        ..Table::default()
    };
    for (n, ((file, inject), planned)) in injects.into_iter().zip(&pack.plan.injects).enumerate() {
        let mut cells = derived(n, &pack.plan, planned, start);
        cells.push(("File".to_owned(), file));
        cells.extend(row(inject, &languages));
        table.push(cells);
    }
    let tables: Vec<Table> = std::iter::once(table).chain(own::tables(&scenario, &languages)).collect();
    kind.write(MARKING, &tables)
}

fn read(source: &dyn Source, path: &str) -> Result<Node, SheetError> {
    let bytes = source.read(path, MAX_YAML_BYTES).map_err(|error| SheetError::Unreadable(error.to_string()))?;
    let text = String::from_utf8_lossy(&bytes);
    Node::read(text.trim_start_matches('\u{feff}'))
        .ok_or_else(|| SheetError::Unreadable(format!("{path} has changed since it was checked")))
}

fn list<'n>(node: &'n Node, key: &str) -> &'n [Node] {
    node.get(key).map(Node::items).unwrap_or_default()
}

/// The headings of every sheet, in the order that planners know.
fn headings(languages: &[String]) -> Vec<String> {
    let each = |heading: &str| languages.iter().map(|language| format!("{heading} ({language})")).collect::<Vec<_>>();
    let one = |headings: &[&str]| headings.iter().map(|heading| (*heading).to_owned()).collect::<Vec<_>>();
    [
        one(&["No.", "ID"]),
        each("Title"),
        one(&["Exercise time", "Wall time", "Phase", "Storyline", "Kind", "Channel", "From", "To", "Responsible"]),
        each("Message"),
        one(&["Attachments"]),
        each("Attachment text"),
        each("Expected actions"),
        one(&[
            "Critical",
            "Priority",
            "Objectives",
            "Capability",
            "Plan/policy tested",
            "Target minutes",
            "Deadline minutes",
        ]),
        one(&["Points", "Depends on / condition", "Contingency for"]),
        each("Controller notes"),
        one(&["Evaluator notes", "Approval status"]),
        each("For guests"),
        one(&["Acknowledge", "Answer form", "Answer keys", "Sample answers", "File"]),
    ]
    .concat()
}

/// What follows from other parts of the plan.
pub(crate) fn derived(n: usize, plan: &Plan, inject: &Inject, start: Option<Millis>) -> Vec<(String, String)> {
    let at = if let Trigger::At { at } = inject.trigger { Some(at) } else { None };
    let phase = at.and_then(|at| plan.phases.iter().rev().find(|phase| phase.from <= at));
    let mut objectives = plan.objectives.iter().filter(|objective| inject.staff.objectives.contains(&objective.id));
    let mut capabilities: Vec<String> = objectives
        .clone()
        .filter_map(|objective| serde_json::to_value(objective.capability).ok()?.as_str().map(str::to_owned))
        .collect();
    capabilities.dedup();
    let points = inject.worth();
    let wall = start.zip(at).map(|(start, at)| time::wall(start.plus(at)));
    let cells = [
        ("No.", (n + 1).to_string()),
        ("Wall time", wall.unwrap_or_default()),
        ("Phase", phase.map(|phase| phase.id.to_string()).unwrap_or_default()),
        ("Critical", if objectives.any(|objective| objective.critical) { "yes".to_owned() } else { String::new() }),
        ("Capability", capabilities.join("; ")),
        ("Points", if points > 0 { points.to_string() } else { String::new() }),
    ];
    cells.map(|(heading, text)| (heading.to_owned(), text)).into()
}

/// The cells of an inject, by heading.
pub(super) fn row(mut inject: Node, languages: &[String]) -> Vec<(String, String)> {
    let mut cells = Vec::new();
    trigger(&mut inject, &mut cells);
    plain(&mut inject, &mut cells);
    for (heading, path) in [
        ("Title", ["player", "title"]),
        ("Message", ["player", "body"]),
        ("For guests", ["player", "for_guests"]),
        ("Controller notes", ["staff", "notes"]),
    ] {
        if let Some(text) = inject.take(&path) {
            words(heading, &text, languages, &mut cells);
        }
    }
    attachments(&mut inject, languages, &mut cells);
    expected(&mut inject, languages, &mut cells);
    for (heading, path) in [
        ("Answer form", &["player", "form", "fields"][..]),
        ("Answer keys", &["staff", "keys"]),
        ("Sample answers", &["staff", "samples"]),
    ] {
        if let Some(value) = inject.take(path) {
            cells.push((heading.to_owned(), value.to_line()));
        }
    }
    // Whatever the format has learnt since.
    if inject != Node::Map(Vec::new()) {
        table::flatten("", &inject, languages, &mut cells);
    }
    cells
}

fn trigger(inject: &mut Node, cells: &mut Vec<(String, String)>) {
    let at = inject.get("at").and_then(Node::as_text).and_then(|at| Duration(at.to_owned()).millis());
    if let Some(at) = at {
        inject.take(&["at"]);
        cells.push(("Exercise time".to_owned(), time::written(at)));
    }
    let after = inject.get("after").and_then(|after| {
        let Node::Map(entries) = after else { return None };
        let delay = after.get("delay").and_then(Node::as_text);
        let other = after.get("inject")?.as_text()?;
        (entries.len() == 1 + usize::from(delay.is_some())).then(|| match delay {
            Some(delay) => format!("after {other} + {delay}"),
            None => format!("after {other}"),
        })
    });
    let (key, text) = match (after, inject.get("manual"), inject.get("when")) {
        (Some(after), ..) => ("after", after),
        (None, Some(Node::Truth(true)), _) => ("manual", "manual".to_owned()),
        (None, _, Some(condition @ Node::Map(_))) => ("when", condition.to_line()),
        _ => return,
    };
    inject.take(&[key]);
    cells.push(("Depends on / condition".to_owned(), text));
}

/// Cells that hold one plain word or a list of ids.
fn plain(inject: &mut Node, cells: &mut Vec<(String, String)>) {
    let mut push = |heading: &str, text: String| cells.push((heading.to_owned(), text));
    for (heading, path) in [
        ("ID", &["id"][..]),
        ("Kind", &["kind"]),
        ("Channel", &["player", "channel"]),
        ("From", &["player", "from"]),
        ("Priority", &["priority"]),
    ] {
        match inject.take(path) {
            Some(Node::Text(text)) => push(heading, text),
            Some(other) => push(heading, other.to_line()),
            None => {}
        }
    }
    match inject.take(&["audience"]) {
        Some(Node::Map(entries)) => {
            let all = entries.iter().map(|(key, ids)| format!("{key}: {}", ids_of(ids, ", "))).collect::<Vec<_>>();
            push("To", all.join("; "));
        }
        Some(all) => push("To", all.as_text().unwrap_or_default().to_owned()),
        None => {}
    }
    if let Some(ids) = inject.take(&["staff", "objectives"]) {
        push("Objectives", ids_of(&ids, "; "));
    }
    // A capability that the format has a name for would be taken for that of the objectives.
    let own = inject.get("staff").and_then(|staff| staff.get("planning")?.get("capability")?.as_text());
    let own = own.filter(|text| !is_capability(text)).map(|_| ("Capability", &["staff", "planning", "capability"][..]));
    let planning: Vec<_> = PLANNING.iter().map(|(heading, _, key)| (*heading, ["staff", "planning", *key])).collect();
    let planning = planning.iter().map(|(heading, path)| (*heading, &path[..]));
    for (heading, path) in planning.chain(own).chain([("Responsible", &["staff", "responsible"][..])]) {
        match inject.take(path) {
            Some(Node::Text(name)) if name.trim() == name => push(heading, cell::words(&name)),
            Some(name) => push(heading, cell::yaml(&Node::text(name.as_text().unwrap_or(&name.to_line())))),
            None => {}
        }
    }
    for (heading, key) in [("Target minutes", "target"), ("Deadline minutes", "deadline")] {
        let Some(Node::Text(text)) = inject.take(&["player", "form", key]) else { continue };
        let length = Duration(text.clone()).millis();
        push(
            heading,
            length.map_or(text, |length| match length.0 % 60_000 {
                0 => (length.0 / 60_000).to_string(),
                _ => time::duration(length),
            }),
        );
    }
    if let Some(Node::Truth(acknowledge)) = inject.take(&["player", "form", "acknowledge"]) {
        push("Acknowledge", if acknowledge { "yes" } else { "no" }.to_owned());
    }
}

fn ids_of(ids: &Node, between: &str) -> String {
    ids.items()
        .iter()
        .map(|id| id.as_text().map_or_else(|| id.to_line(), str::to_owned))
        .collect::<Vec<_>>()
        .join(between)
}

/// A text in its languages.
fn words(heading: &str, text: &Node, languages: &[String], cells: &mut Vec<(String, String)>) {
    let Some(first) = languages.first() else { return };
    match text {
        Node::Text(text) => cells.push((format!("{heading} ({first})"), cell::words(text))),
        Node::Map(texts) if table::is_by_language(&Node::Map(texts.clone()), languages) => {
            for (language, text) in texts {
                cells.push((format!("{heading} ({language})"), cell::words(text.as_text().unwrap_or_default())));
            }
        }
        other => cells.push((format!("{heading} ({first})"), cell::yaml(other))),
    }
}

/// Files, one a line, with what they show beside them in lines that match; or as YAML where that
/// could be misread.
fn attachments(inject: &mut Node, languages: &[String], cells: &mut Vec<(String, String)>) {
    let Some(list) = inject.take(&["player", "attachments"]) else { return };
    let texts = |attachment: &Node| -> Option<Vec<String>> {
        let Node::Map(entries) = attachment else { return None };
        let known = entries.iter().all(|(key, _)| key == "file" || key == "alt");
        let file = attachment.get("file")?.as_text()?.to_owned();
        let alts = match attachment.get("alt") {
            None => vec![String::new(); languages.len()],
            Some(alt) => {
                let alts = in_each(alt, languages)?;
                alts.iter().all(|alt| !alt.trim().is_empty()).then_some(alts)?
            }
        };
        let lines: Vec<String> = std::iter::once(file).chain(alts).collect();
        let safe = lines.iter().all(|line| !line.contains('\n')) && !lines[0].contains([';', '\\']);
        (known && safe && lines[0].trim() == lines[0] && !lines[0].starts_with('!')).then_some(lines)
    };
    let columns: Option<Vec<Vec<String>>> = list.items().iter().map(texts).collect();
    let Some(rows) = columns.filter(|rows| !rows.is_empty()) else {
        cells.push(("Attachments".to_owned(), cell::yaml(&list)));
        return;
    };
    let column = |n: usize| rows.iter().map(|row| row[n].as_str()).collect::<Vec<_>>().join("\n");
    cells.push(("Attachments".to_owned(), column(0)));
    for (n, language) in (1..).zip(languages) {
        let alts = column(n);
        if !alts.trim().is_empty() {
            cells.push((format!("Attachment text ({language})"), alts));
        }
    }
}

/// Expected actions, one a line in each language; or as YAML where that could be misread.
fn expected(inject: &mut Node, languages: &[String], cells: &mut Vec<(String, String)>) {
    let Some(list) = inject.take(&["staff", "expected"]) else { return };
    let line =
        |text: &String| !text.is_empty() && !text.contains('\n') && text.trim() == text && !text.starts_with('!');
    let texts: Option<Vec<Vec<String>>> =
        list.items().iter().map(|item| in_each(item, languages).filter(|texts| texts.iter().all(line))).collect();
    let Some(rows) = texts.filter(|rows| !rows.is_empty()) else {
        let first = languages.first().map_or("", String::as_str);
        cells.push((format!("Expected actions ({first})"), cell::yaml(&list)));
        return;
    };
    for (n, language) in languages.iter().enumerate() {
        let lines: Vec<&str> = rows.iter().map(|row| row[n].as_str()).collect();
        cells.push((format!("Expected actions ({language})"), lines.join("\n")));
    }
}

/// A text in each of some languages; none if it lacks one, or has more.
fn in_each(text: &Node, languages: &[String]) -> Option<Vec<String>> {
    match text {
        Node::Text(text) if languages.len() == 1 => Some(vec![text.clone()]),
        Node::Map(texts) if texts.len() == languages.len() => {
            languages.iter().map(|language| text.get(language)?.as_text().map(str::to_owned)).collect()
        }
        _ => None,
    }
}
