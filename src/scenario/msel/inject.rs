//! One row of a sheet as an inject. What a cell says is put where the format has a place for it;
//! what the format has no key for goes to staff under its heading; the rest is listed.

use std::collections::BTreeMap;

use super::{
    super::{naming::fold, node::Node, source::stays_inside, value::Duration},
    cast::{Cast, everywhere, is_capability, is_id},
    cell,
    grid::{Cell, Sheet},
    import::Notes,
    outline::Column,
    table::split_language,
    time,
    words::{self, PLANNING, Role},
};
use crate::engine::time::Millis;

/// Most characters of an answer to a question of a sheet.
const ANSWER_CHARS: i64 = 4000;

/// Reads rows as injects.
pub(super) struct Reader<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) columns: &'a [Column],
    pub(super) languages: &'a [String],
    /// Whether this program wrote the sheet, so that cells mean exactly what they say.
    pub(super) exact: bool,
    pub(super) cast: &'a mut Cast,
    pub(super) notes: &'a mut Notes,
    /// Ids of injects by their numbers and titles.
    pub(super) names: &'a BTreeMap<String, String>,
}

impl Reader<'_> {
    /// The inject of a row, which falls due at a time unless something else makes it due.
    pub(super) fn inject(&mut self, row: usize, id: &str, at: Option<Millis>) -> Node {
        let mut inject = Node::map(vec![("id", Node::text(id)), ("kind", Node::text(""))]);
        let mut remarks = Vec::new();
        self.trigger(row, at, &mut inject, &mut remarks);
        self.audience(row, &mut inject);
        self.named(row, Role::Priority, words::PRIORITIES, &mut inject, &["priority"]);
        self.player(row, &mut inject);
        self.form(row, &mut inject);
        self.staff(row, &mut inject, remarks);
        self.others(row, &mut inject);
        self.kind(row, &mut inject);
        inject
    }

    /// What a cell of a role says, spaces around it cut off, and its column.
    fn one(&self, row: usize, role: Role) -> Option<(usize, String)> {
        let column = self.columns.iter().find(|column| column.role == Some(role))?;
        let cell = self.sheet.cell(row, column.index);
        (!cell.is_blank()).then(|| (column.index, cell.shown().trim().to_owned()))
    }

    fn trigger(&mut self, row: usize, at: Option<Millis>, inject: &mut Node, remarks: &mut Vec<String>) {
        if let Some(at) = at {
            inject.put(&["at"], Node::text(&time::duration(at)));
        }
        let Some((column, text)) = self.one(row, Role::Depends) else {
            // Whoever wrote no time meant to send it by hand; a sheet of ours may say it in columns of its own.
            if at.is_none() && !self.exact {
                inject.put(&["manual"], Node::Truth(true));
            }
            return;
        };
        let is_manual =
            matches!(time::read(&Cell::Text(text.clone()), time::Style::Either), Some(time::Moment::Manual));
        if text.starts_with('{') {
            match Node::read(&text) {
                Some(condition) => inject.put(&["when"], condition),
                None => self.notes.add(self.sheet, row, column, "is no condition in YAML"),
            }
        } else if is_manual && at.is_none() {
            inject.put(&["manual"], Node::Truth(true));
        } else if let (None, Some(after)) = (at, self.after(&text)) {
            inject.put(&["after"], after);
        } else {
            remarks.push(format!("{}: {text}", self.columns[column].heading));
            self.notes.add(self.sheet, row, column, "names no other row; it was put into the notes for staff");
            if at.is_none() {
                inject.put(&["manual"], Node::Truth(true));
            }
        }
    }

    /// `after sign-ins + 20m`, `inject 3`, `après 3 + 10 min`.
    fn after(&self, text: &str) -> Option<Node> {
        let (name, delay) = text.split_once('+').map_or((text, None), |(name, delay)| (name, Some(delay.trim())));
        let mut name = name.trim();
        for word in ["after", "apres", "despues de", "inject", "event", "n°", "no.", "#"] {
            if fold(name).starts_with(word) {
                // Accents take more bytes than the letters they fold to: characters are counted.
                name = name.char_indices().nth(word.chars().count()).map_or("", |(at, _)| &name[at..]).trim();
            }
        }
        let id = self.names.get(name).or_else(|| self.names.get(&words::flat(name)))?;
        let mut after = Node::map(vec![("inject", Node::text(id))]);
        if let Some(delay) = delay {
            let literal = Duration(delay.to_owned()).millis().map(|_| delay.to_owned());
            let length = || time::length(&Cell::Text(delay.to_owned())).map(time::duration);
            after.put(&["delay"], Node::Text(literal.or_else(length)?));
        }
        Some(after.flow())
    }

    fn audience(&mut self, row: usize, inject: &mut Node) {
        let Some((_, text)) = self.one(row, Role::To) else { return };
        if words::is_all(&text) {
            inject.put(&["audience"], Node::text("all"));
            return;
        }
        let (key, names) = text.split_once(':').map_or(("", text.as_str()), |(key, names)| (key.trim(), names));
        let (key, names) = if matches!(key, "cohorts" | "teams") { (key, names) } else { ("", text.as_str()) };
        let names = names.split([';', '\n', ',', '/']).map(str::trim).filter(|name| !name.is_empty());
        let ids = names.map(|name| if key == "teams" { name.to_owned() } else { self.cast.cohort(name) });
        let ids = ids.map(|id| Node::text(&id)).collect();
        let key = if key.is_empty() { "cohorts" } else { key };
        inject.put(&["audience", key], Node::List(ids));
    }

    /// Puts the format's name for what a cell says.
    fn named(&mut self, row: usize, role: Role, names: words::Names, inject: &mut Node, path: &[&str]) {
        let Some((column, text)) = self.one(row, role) else { return };
        let known = names.iter().map(|(name, _)| *name).find(|name| *name == text);
        match known.or_else(|| words::named(names, &text)) {
            // What the format has learnt since is left to the check.
            _ if self.exact => inject.put(path, Node::Text(text)),
            Some(name) => inject.put(path, Node::text(name)),
            None => self.notes.add(self.sheet, row, column, "is no value that the format knows"),
        }
    }

    fn player(&mut self, row: usize, inject: &mut Node) {
        let title = self.words(row, Role::Title, false);
        let body = self.words(row, Role::Body, false);
        // What is sent needs both; where a sheet has one, it is all that there is to say.
        if let Some(title) = title.clone().or_else(|| body.as_ref().map(first_line)) {
            inject.put(&["player", "title"], title);
        }
        if let Some(body) = body.or_else(|| title.filter(|_| !self.exact)) {
            inject.put(&["player", "body"], body);
        }
        self.named(row, Role::Channel, words::CHANNELS, inject, &["player", "channel"]);
        if let Some((_, name)) = self.one(row, Role::From) {
            let id = self.cast.persona(&name);
            inject.put(&["player", "from"], Node::text(&id));
        }
        self.attachments(row, inject);
        if let Some(guests) = self.words(row, Role::Guests, false) {
            inject.put(&["player", "for_guests"], guests);
        }
    }

    fn attachments(&mut self, row: usize, inject: &mut Node) {
        let Some((column, text)) = self.one(row, Role::Attachments) else { return };
        let path = ["player", "attachments"];
        if let Some(list @ Node::List(_)) = cell::read_words(&text) {
            inject.put(&path, list);
            return;
        }
        let files: Vec<String> = text
            .split(['\n', ';'])
            .map(|file| file.trim().replace('\\', "/"))
            .filter(|file| !file.is_empty())
            .collect();
        if let Some(bad) = files.iter().find(|file| !stays_inside(file)) {
            let why = format!("names '{bad}', which is no path inside the scenario's folder");
            self.notes.add(self.sheet, row, column, &why);
            return;
        }
        let alts: Vec<(String, Vec<String>)> = self
            .columns
            .iter()
            .filter(|column| column.role == Some(Role::AltText))
            .map(|column| {
                let lines = self.sheet.cell(row, column.index).shown();
                let language = column.language.clone().unwrap_or_else(|| self.languages[0].clone());
                (language, lines.split('\n').map(str::to_owned).collect())
            })
            .collect();
        let attachment = |(n, file): (usize, &String)| {
            let mut attachment = Node::map(vec![("file", Node::text(file))]);
            for (language, lines) in &alts {
                if let Some(alt) = lines.get(n).filter(|alt| !alt.trim().is_empty()) {
                    let path: &[&str] = if self.languages.len() > 1 { &["alt", language] } else { &["alt"] };
                    attachment.put(path, Node::text(alt));
                }
            }
            attachment
        };
        let list = files.iter().enumerate().map(attachment).collect();
        inject.put(&path, Node::List(list));
    }

    fn form(&mut self, row: usize, inject: &mut Node) {
        if let Some((column, text)) = self.one(row, Role::Acknowledge) {
            match words::yes(&text) {
                Some(yes) => inject.put(&["player", "form", "acknowledge"], Node::Truth(yes)),
                None => self.notes.add(self.sheet, row, column, "says neither yes nor no"),
            }
        }
        for (role, key) in [(Role::Target, "target"), (Role::Deadline, "deadline")] {
            let Some((column, _)) = self.one(row, role) else { continue };
            match time::length(self.sheet.cell(row, column)) {
                Some(length) => inject.put(&["player", "form", key], Node::Text(time::duration(length))),
                None => self.notes.add(self.sheet, row, column, "is no number of minutes"),
            }
        }
        let yaml = [
            (Role::Fields, ["player", "form", "fields"]),
            (Role::Keys, ["staff", "keys", ""]),
            (Role::Samples, ["staff", "samples", ""]),
        ];
        for (role, path) in yaml {
            let Some((column, text)) = self.one(row, role) else { continue };
            let path: Vec<&str> = path.into_iter().filter(|key| !key.is_empty()).collect();
            match Node::read(&text) {
                Some(value @ (Node::List(_) | Node::Map(_))) => inject.put(&path, value),
                _ => self.notes.add(self.sheet, row, column, "is no list or map in YAML"),
            }
        }
        if inject.get("player").and_then(|player| player.get("form")?.get("fields")).is_none() && !self.exact {
            self.question(row, inject);
        }
    }

    /// A field for a question, for a poll whose options stand between bars, or for points alone.
    fn question(&mut self, row: usize, inject: &mut Node) {
        let question = self.one(row, Role::Question);
        let points = self.one(row, Role::Points).and_then(|(column, text)| {
            let points = text.parse::<u32>().ok().map(|points| Node::Number(points.into()));
            if points.is_none() {
                self.notes.add(self.sheet, row, column, "is no whole number of points");
            }
            points
        });
        let title = inject.get("player").and_then(|player| player.get("title")).cloned();
        let label = match &question {
            Some((_, text)) if !text.contains('|') => everywhere(text, self.languages),
            _ => title.unwrap_or_else(|| Node::text("")),
        };
        let mut field = Node::map(vec![("id", Node::text("answer")), ("label", label)]);
        match (question, points) {
            (None, None) => {
                // A deadline needs something that can be late.
                if inject.get("player").is_some_and(|player| player.get("form").is_some()) {
                    inject.put(&["player", "form", "acknowledge"], Node::Truth(true));
                }
                return;
            }
            (question, points) => {
                if let Some(points) = points {
                    field.put(&["points"], points);
                }
                let poll = question.map(|(_, text)| text).filter(|text| text.contains('|'));
                match poll {
                    Some(options) => field.put(&["choice"], self.options(&options)),
                    None => field.put(&["long_text", "max_chars"], Node::Number(ANSWER_CHARS)),
                }
            }
        }
        inject.put(&["player", "form", "fields"], Node::List(vec![field]));
    }

    fn options(&self, poll: &str) -> Node {
        let mut taken = std::collections::BTreeSet::new();
        let labels = poll.split('|').map(str::trim).filter(|label| !label.is_empty());
        let option = |label| {
            let id = super::super::naming::unique(label, "option", &mut taken);
            Node::map(vec![("id", Node::Text(id)), ("label", everywhere(label, self.languages))])
        };
        Node::List(labels.map(option).collect())
    }

    fn staff(&mut self, row: usize, inject: &mut Node, mut remarks: Vec<String>) {
        for column in self.columns.iter().filter(|column| column.role == Some(Role::Remark)) {
            let cell = self.sheet.cell(row, column.index);
            if !cell.is_blank() {
                remarks.push(format!("{}: {}", column.heading, cell.shown().trim()));
            }
        }
        let notes = self.words(row, Role::Notes, true);
        if let Some(notes) = with_remarks(notes, &remarks.join("\n"), self.languages) {
            inject.put(&["staff", "notes"], notes);
        }
        if let Some(expected) = self.lines(row) {
            inject.put(&["staff", "expected"], expected);
        }
        let capability = self.one(row, Role::Capability).map(|(_, text)| text);
        let objectives = match (self.one(row, Role::Objectives), &capability) {
            (Some((_, text)), _) => text,
            // A sheet that names only capabilities means them as objectives.
            (None, Some(capability)) if !self.exact => capability.clone(),
            (None, _) => String::new(),
        };
        let titles = objectives.split([';', '\n']).map(str::trim).filter(|title| !title.is_empty());
        let named = capability.unwrap_or_default();
        let ids: Vec<Node> = titles.map(|title| Node::Text(self.cast.objective(title, &named))).collect();
        if !ids.is_empty() {
            inject.put(&["staff", "objectives"], Node::List(ids));
        }
        self.plain(row, Role::Responsible, inject, &["staff", "responsible"]);
        for (_, role, key) in PLANNING {
            self.plain(row, role, inject, &["staff", "planning", key]);
        }
        // What the format calls a capability goes with the objectives; planners may have names of their own.
        if self.one(row, Role::Capability).is_some_and(|(_, text)| !is_capability(&text)) {
            self.plain(row, Role::Capability, inject, &["staff", "planning", "capability"]);
        }
    }

    /// Puts the words of a cell as they are.
    fn plain(&self, row: usize, role: Role, inject: &mut Node, path: &[&str]) {
        let Some((_, text)) = self.one(row, role) else { return };
        let read = if self.exact { cell::read_words(&text) } else { Some(Node::Text(text)) };
        if let Some(text) = read {
            inject.put(path, text);
        }
    }

    /// Columns that no role is known for: a path of keys in a sheet of ours, else no place.
    fn others(&mut self, row: usize, inject: &mut Node) {
        for column in self.columns.iter().filter(|column| column.role.is_none()) {
            let cell = self.sheet.cell(row, column.index);
            if cell.is_blank() {
                continue;
            }
            let (path, language) = split_language(&column.heading);
            let keys: Vec<&str> = path.split('.').chain(language).collect();
            let is_path =
                |key: &&str| !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase() || b"_-".contains(&b));
            let read = if language.is_some() { cell::read_words } else { cell::read_value };
            match read(&cell.shown()) {
                Some(value) if self.exact && keys.iter().all(is_path) => inject.put(&keys, value),
                _ => self.notes.add(self.sheet, row, column.index, "found no place"),
            }
        }
    }

    fn kind(&mut self, row: usize, inject: &mut Node) {
        self.named(row, Role::Kind, words::KINDS, inject, &["kind"]);
        if !self.exact && self.one(row, Role::ContingencyFor).is_some() {
            inject.put(&["kind"], Node::text("contingency"));
        }
        if inject.get("kind") == Some(&Node::text("")) {
            let has_form = inject.get("player").is_some_and(|player| player.get("form").is_some());
            inject.put(&["kind"], Node::text(if has_form { "task" } else { "contextual" }));
        }
    }

    /// A text in the languages that have a column for it. A text for staff that stands in one
    /// language only is given to the others, too.
    fn words(&self, row: usize, role: Role, for_staff: bool) -> Option<Node> {
        let mut texts: BTreeMap<&str, String> = BTreeMap::new();
        for column in self.columns.iter().filter(|column| column.role == Some(role)) {
            let cell = self.sheet.cell(row, column.index);
            let shown = cell.shown();
            let text = match (self.exact, cell.is_blank()) {
                (true, _) => match cell::read_words(&shown) {
                    None => continue,
                    Some(Node::Text(text)) => text,
                    Some(other) => return Some(other),
                },
                (false, true) => continue,
                (false, false) => shown.trim().to_owned(),
            };
            let language = column.language.as_deref().unwrap_or(&self.languages[0]);
            texts.entry(language).and_modify(|known| *known = format!("{known}\n\n{text}")).or_insert(text);
        }
        let first = self.languages.iter().find_map(|language| texts.get(language.as_str()))?.clone();
        if self.languages.len() == 1 {
            return Some(Node::Text(first));
        }
        let given = |language: &String| match texts.get(language.as_str()) {
            Some(text) => Some((language.clone(), Node::text(text))),
            None => for_staff.then(|| (language.clone(), Node::text(&first))),
        };
        Some(Node::Map(self.languages.iter().filter_map(given).collect()))
    }

    /// Expected actions, one a line.
    fn lines(&self, row: usize) -> Option<Node> {
        let whole = match self.words(row, Role::Expected, true)? {
            Node::Text(text) => Node::Map(vec![(self.languages[0].clone(), Node::Text(text))]),
            list @ Node::List(_) => return Some(list),
            whole => whole,
        };
        let Node::Map(entries) = whole else { return None };
        let cut = |text: &str| -> Vec<String> {
            let lines = text.split('\n').map(|line| if self.exact { line } else { bare(line) });
            lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()
        };
        let mut columns: Vec<(String, Vec<String>)> = entries
            .iter()
            .map(|(language, text)| (language.clone(), cut(text.as_text().unwrap_or_default())))
            .collect();
        // Lines that do not pair up are one text.
        if columns.iter().any(|(_, lines)| lines.len() != columns[0].1.len()) {
            for (_, lines) in &mut columns {
                *lines = vec![lines.join("\n")];
            }
        }
        let item = |n: usize| match columns.as_slice() {
            [(_, lines)] => Node::text(&lines[n]),
            columns => {
                Node::Map(columns.iter().map(|(language, lines)| (language.clone(), Node::text(&lines[n]))).collect())
            }
        };
        Some(Node::List((0..columns[0].1.len()).map(item).collect()))
    }
}

/// A line without the bullet or the number before it.
fn bare(line: &str) -> &str {
    let line = line.trim().trim_start_matches(['-', '•', '*', '·', '–']).trim_start();
    let after = line.trim_start_matches(|c: char| c.is_ascii_digit());
    match after.strip_prefix(['.', ')']) {
        Some(rest) if after.len() < line.len() && rest.starts_with(' ') => rest.trim_start(),
        _ => line,
    }
}

/// The first line of a text, as a title.
fn first_line(text: &Node) -> Node {
    let line = |text: &str| -> String { text.lines().next().unwrap_or_default().chars().take(80).collect() };
    match text {
        Node::Text(text) => Node::Text(line(text)),
        Node::Map(texts) => {
            let texts = texts
                .iter()
                .map(|(language, text)| (language.clone(), Node::Text(line(text.as_text().unwrap_or_default()))));
            Node::Map(texts.collect())
        }
        other => other.clone(),
    }
}

/// Notes for staff with remarks below them in each language.
fn with_remarks(notes: Option<Node>, remarks: &str, languages: &[String]) -> Option<Node> {
    let below = |text: &str| if text.is_empty() { remarks.to_owned() } else { format!("{text}\n\n{remarks}") };
    match notes {
        notes if remarks.is_empty() => notes,
        None => Some(everywhere(remarks, languages)),
        Some(Node::Text(text)) => Some(Node::Text(below(&text))),
        Some(Node::Map(texts)) => {
            let texts = texts.into_iter().map(|(language, text)| {
                let text = Node::Text(below(text.as_text().unwrap_or_default()));
                (language, text)
            });
            Some(Node::Map(texts.collect()))
        }
        other => other,
    }
}

/// The id that a row asks for: its own, its number if that is more than a number, or its title.
pub(super) fn wanted_id(sheet: &Sheet, columns: &[Column], row: usize) -> String {
    let text = |role| {
        let mut cells =
            columns.iter().filter(|column| column.role == Some(role)).map(|column| sheet.cell(row, column.index));
        cells.find(|cell| !cell.is_blank()).map(|cell| cell.shown().trim().to_owned())
    };
    let telling = |number: &String| number.chars().any(char::is_alphabetic);
    let own = text(Role::Id).or_else(|| text(Role::Number).filter(telling));
    own.filter(|id| is_id(id) || !super::super::naming::slug(id).is_empty())
        .or_else(|| text(Role::Title))
        .unwrap_or_default()
}
