//! The further tables of a sheet that this program wrote: everything in a scenario that is no
//! inject. With them a sheet is read exactly; without them it is somebody's own.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{MAIN_FILE, naming::fold, node::Node},
    grid::{Cell, Sheet},
    import::Notes,
    outline::Column,
    table::{self, Table},
    words::{self, Role},
};

/// Name of the sheet with the injects.
pub(super) const INJECTS: &str = "Injects";
/// Name of the sheet with single values.
const SCENARIO: &str = "Scenario";
/// Keys of a scenario file in their usual order; others come between the people and the story.
const FIRST: [&str; 5] = ["format", "meta", "profile", "cohorts", "objectives"];
const LAST: [&str; 5] = ["ground_truth", "hot_wash", "feedback", "inject_files", "injects"];

/// The tables of everything but the injects.
pub(super) fn tables(scenario: &Node, languages: &[String]) -> Vec<Table> {
    let mut single =
        Table { name: SCENARIO.to_owned(), headings: vec!["key".to_owned(), "value".to_owned()], ..Table::default() };
    let mut lists = Vec::new();
    let Node::Map(entries) = scenario else { return vec![single] };
    for (key, value) in entries.iter().filter(|(key, _)| !matches!(key.as_str(), "injects" | "inject_files")) {
        if value.items().iter().any(|item| matches!(item, Node::Map(_))) {
            lists.push(table::of_list(&sheet_name(key), value.items(), languages));
        } else {
            let mut cells = Vec::new();
            table::flatten(key, value, languages, &mut cells);
            single.rows.extend(cells.into_iter().map(|(key, value)| vec![key, value]));
        }
    }
    std::iter::once(single).chain(lists).collect()
}

/// The scenario that these tables tell, without its injects; none if they are not ours.
pub(super) fn read(sheets: &[Sheet], notes: &mut Notes) -> Option<Node> {
    let single =
        sheets.iter().find(|sheet| sheet.name == SCENARIO && sheet.cell(0, 0) == &Cell::Text("key".to_owned()))?;
    let rows: Vec<(String, String)> =
        (1..single.rows.len()).map(|row| (single.cell(row, 0).shown(), single.cell(row, 1).shown())).collect();
    let (mut scenario, unread) = table::unflatten(rows.iter().map(|(key, value)| (key.as_str(), value.as_str())));
    for key in unread {
        let row = rows.iter().position(|(known, _)| known == key).map_or(0, |row| row + 1);
        notes.add(single, row, 1, "is no YAML");
    }
    scenario.get("format")?;
    for sheet in sheets.iter().filter(|sheet| sheet.name != SCENARIO && !sheet.rows.is_empty()) {
        let (items, unread) = table::to_list(sheet);
        for (row, column) in unread {
            notes.add(sheet, row, column, "is no YAML");
        }
        if !items.is_empty() {
            scenario.put(&[&key(&sheet.name)], Node::List(items));
        }
    }
    Some(scenario)
}

/// The languages of a scenario.
pub(super) fn languages(scenario: &Node) -> Vec<String> {
    let listed = scenario.get("meta").and_then(|meta| meta.get("languages")).map(Node::items).unwrap_or_default();
    let languages: Vec<String> = listed.iter().filter_map(Node::as_text).map(str::to_owned).collect();
    if languages.is_empty() { vec!["en".to_owned()] } else { languages }
}

/// Leaves aside what follows from other columns, and takes paths of keys as such.
pub(super) fn settle(columns: &mut [Column]) {
    for column in columns {
        let follows = matches!(column.role, Some(Role::Number | Role::Phase | Role::Clock | Role::Points))
            || words::flat(&column.heading) == "critical";
        if column.heading.starts_with(|c: char| c.is_ascii_lowercase()) {
            column.role = None;
        } else if follows {
            column.role = Some(Role::Derived);
        }
    }
}

/// The files of a pack: the scenario with the injects that name no file, and the other files; and
/// which attachments they name.
pub(super) fn files(
    mut scenario: Node,
    play: Vec<(Option<String>, Node)>,
) -> (BTreeMap<String, String>, BTreeSet<String>) {
    let attached = |inject: &Node| -> Vec<String> {
        let list =
            inject.get("player").and_then(|player| player.get("attachments")).map(Node::items).unwrap_or_default();
        let samples = inject.get("staff").and_then(|staff| staff.get("samples"));
        let answers = samples.into_iter().flat_map(Node::values).flat_map(Node::values);
        list.iter().chain(answers).filter_map(|file| file.get("file")?.as_text().map(str::to_owned)).collect()
    };
    let attachments = play.iter().flat_map(|(_, inject)| attached(inject)).collect();
    let mut order: Vec<Option<String>> = Vec::new();
    let mut lists: BTreeMap<Option<String>, Vec<Node>> = BTreeMap::new();
    for (file, inject) in play {
        if !order.contains(&file) {
            order.push(file.clone());
        }
        lists.entry(file).or_default().push(compact(inject, 0).spaced());
    }
    let named: Vec<Node> = order.iter().flatten().map(|file| Node::text(file)).collect();
    if !named.is_empty() {
        scenario.put(&["inject_files"], Node::List(named));
    }
    if let Some(injects) = lists.remove(&None) {
        scenario.put(&["injects"], Node::List(injects));
    }
    let mut files: BTreeMap<String, String> = lists
        .into_iter()
        .filter_map(|(file, injects)| Some((file?, written(&Node::map(vec![("injects", Node::List(injects))])))))
        .collect();
    if let Node::Map(entries) = &mut scenario {
        entries.sort_by_key(|(key, _)| rank(key));
        for (key, value) in entries.iter_mut().filter(|(key, _)| key != "injects") {
            let shallow = usize::from(matches!(key.as_str(), "meta"));
            *value = compact(std::mem::replace(value, Node::Truth(false)), shallow).spaced();
        }
    }
    files.insert(MAIN_FILE.to_owned(), written(&scenario));
    (files, attachments)
}

fn written(node: &Node) -> String {
    format!(
        "# Imported from a spreadsheet. Read it through before play: the format is in docs/SCENARIO.md.\n{}\n",
        node.to_yaml().trim_end()
    )
}

/// Short lists and maps inside others on one line each, so that a file stays easy to read.
fn compact(node: Node, depth: usize) -> Node {
    const SHORT: usize = 90;
    match node {
        Node::List(items) if items.is_empty() => Node::List(items).flow(),
        node @ (Node::List(_) | Node::Map(_)) if depth > 1 && node.to_line().chars().count() <= SHORT => node.flow(),
        Node::List(items) => Node::List(items.into_iter().map(|item| compact(item, depth + 1)).collect()),
        Node::Map(entries) => {
            Node::Map(entries.into_iter().map(|(key, value)| (key, compact(value, depth + 1))).collect())
        }
        leaf => leaf,
    }
}

fn rank(key: &str) -> usize {
    let last = LAST.iter().position(|known| *known == key).map(|n| FIRST.len() + 1 + n);
    FIRST.iter().position(|known| *known == key).or(last).unwrap_or(FIRST.len())
}

/// `hot_wash` as `Hot wash`.
fn sheet_name(key: &str) -> String {
    let mut letters = key.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase()).into_iter();
    first.chain(letters).map(|c| if c == '_' { ' ' } else { c }).take(31).collect()
}

fn key(sheet_name: &str) -> String {
    fold(sheet_name).replace(' ', "_")
}
