//! What is wrong with a scenario, where, and what to do about it.
//!
//! Codes are stable: tools and translations may rely on them. Nothing that a file says can drive
//! the terminal it is shown on: control characters are replaced.

use std::fmt;

use serde::Serialize;

use super::value::Place;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The pack cannot be used.
    Error,
    /// The pack can be used, but somebody should look.
    Warning,
    /// The pack can be used; this is good to know.
    Hint,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Stable name of the mistake.
    pub code: &'static str,
    /// File, as a path inside the pack.
    pub file: String,
    /// Line from 1; zero if it is about the whole file.
    pub line: u32,
    /// Column from 1, in characters; zero if it is about the whole file.
    pub column: u32,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub suggestion: Option<String>,
    /// The line itself.
    pub line_text: Option<String>,
}

impl Diagnostic {
    /// Says what to do.
    pub(super) fn suggest(&mut self, suggestion: impl Into<String>) {
        self.suggestion = Some(printable(&suggestion.into()));
    }

    /// Proposes the known name nearest to a wrong one or, where none is near, lists them all.
    pub(super) fn suggest_nearest<'a>(&mut self, wrong: &str, known: impl IntoIterator<Item = &'a str>) {
        let known: Vec<&str> = known.into_iter().collect();
        let near = known
            .iter()
            .take(MOST_COMPARED)
            .map(|name| (strsim::damerau_levenshtein(wrong, name), name))
            .filter(|(distance, name)| *distance < wrong.len() && *distance <= (name.len() / 3).max(1))
            .min_by_key(|(distance, _)| *distance);
        match near {
            Some((_, name)) => self.suggest(format!("did you mean '{name}'?")),
            None if (1..=20).contains(&known.len()) => self.suggest(format!("known here: {}", known.join(", "))),
            None => {}
        }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "hint",
        };
        write!(f, "{severity}[{}]: {}", self.code, self.file)?;
        if self.line > 0 {
            write!(f, ":{}:{}", self.line, self.column)?;
        }
        write!(f, ": {}", self.message)?;
        if let Some(text) = &self.line_text {
            let number = self.line.to_string();
            let gutter = " ".repeat(number.len());
            // A tab before the caret stays a tab, so that the caret stands under its column.
            let before = text.chars().take(self.column.saturating_sub(1) as usize);
            let indent: String = before.map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
            write!(f, "\n {number} | {text}\n {gutter} | {indent}^")?;
        }
        if let Some(suggestion) = &self.suggestion {
            write!(f, "\nhelp: {suggestion}")?;
        }
        Ok(())
    }
}

/// Everything that is wrong with a pack: at least one error, and what else was found on the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Diagnostics(pub Vec<Diagnostic>);

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, diagnostic) in self.0.iter().enumerate() {
            if n > 0 {
                f.write_str("\n\n")?;
            }
            diagnostic.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}

/// Longest message, in characters: a wrong name may be as long as a file.
const MAX_MESSAGE: usize = 500;
/// Most names that a wrong one is compared with.
const MOST_COMPARED: usize = 300;
/// Longest line that is shown with a diagnostic, in characters.
const SHOWN_LINE: usize = 160;
/// Most diagnostics of one pack; more help nobody.
const MAX_FOUND: usize = 500;
/// Most lines from the start of a text in which a word of it is looked for.
const LINES_OF_TEXT: usize = 200;

/// A file that was read.
struct ReadFile {
    name: String,
    lines: Vec<String>,
}

/// Collects diagnostics while files are read and checked. It has one file open at a time; places
/// are places in that file.
#[derive(Default)]
pub(super) struct Findings {
    files: Vec<ReadFile>,
    open: usize,
    found: Vec<Diagnostic>,
}

impl Findings {
    /// Opens a file that was read, and says under which number to come back to it.
    pub(super) fn add_file(&mut self, name: &str, text: &str) -> usize {
        let lines = text.lines().map(str::to_owned).collect();
        self.files.push(ReadFile { name: name.to_owned(), lines });
        self.open = self.files.len() - 1;
        self.open
    }

    /// Comes back to a file.
    pub(super) fn open(&mut self, file: usize) {
        self.open = file;
    }

    /// Notes an error at a place of the open file.
    pub(super) fn error(&mut self, code: &'static str, place: Place, message: impl Into<String>) -> &mut Diagnostic {
        self.note(Severity::Error, code, place, &message.into())
    }

    /// Notes a warning at a place of the open file.
    pub(super) fn warn(&mut self, code: &'static str, place: Place, message: impl Into<String>) -> &mut Diagnostic {
        self.note(Severity::Warning, code, place, &message.into())
    }

    /// Notes something good to know at a place of the open file.
    pub(super) fn hint(&mut self, code: &'static str, place: Place, message: impl Into<String>) -> &mut Diagnostic {
        self.note(Severity::Hint, code, place, &message.into())
    }

    /// Notes an error about a whole file that could not be opened.
    pub(super) fn error_in(&mut self, file: &str, code: &'static str, message: impl Into<String>) -> &mut Diagnostic {
        let diagnostic = self.error(code, Place::default(), message);
        printable(file).clone_into(&mut diagnostic.file);
        diagnostic
    }

    /// First place at or after another one where a word stands, or else that other place: leads from
    /// the start of a long text to the word in it.
    pub(super) fn find(&self, from: Place, word: &str) -> Place {
        let lines = self.files.get(self.open).map_or(&[][..], |file| &file.lines);
        let first = from.line.saturating_sub(1) as usize;
        let mut text = lines.iter().enumerate().skip(first).take(LINES_OF_TEXT);
        let hit = text.find_map(|(n, line)| Some((n, line, line.find(word)?)));
        hit.map_or(from, |(n, line, byte)| Place {
            line: u32::try_from(n + 1).unwrap_or(u32::MAX),
            column: u32::try_from(line[..byte].chars().count() + 1).unwrap_or(u32::MAX),
        })
    }

    /// Whether so much was found that looking for more is no use.
    pub(super) fn is_full(&self) -> bool {
        self.found.len() >= MAX_FOUND
    }

    /// Whether there is an error among what was found.
    pub(super) fn has_errors(&self) -> bool {
        self.found.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Everything found: errors first, each in the order of files and lines.
    pub(super) fn into_sorted(mut self) -> Vec<Diagnostic> {
        let order = |file: &str| self.files.iter().position(|read| read.name == file);
        self.found.sort_by_key(|d| (d.severity, order(&d.file), d.line, d.column));
        self.found
    }

    fn note(&mut self, severity: Severity, code: &'static str, place: Place, message: &str) -> &mut Diagnostic {
        let file = self.files.get(self.open);
        let line_text = file.zip(place.line.checked_sub(1)).and_then(|(file, n)| file.lines.get(n as usize));
        let diagnostic = Diagnostic {
            severity,
            code,
            file: file.map_or_else(String::new, |file| printable(&file.name)),
            line: place.line,
            column: place.column,
            message: shortened(&printable(message)),
            suggestion: None,
            line_text: line_text
                .filter(|_| (place.column as usize) < SHOWN_LINE)
                .map(|line| printable(line).chars().take(SHOWN_LINE).collect()),
        };
        if self.is_full() {
            self.found.pop();
        }
        self.found.push(diagnostic);
        self.found.last_mut().expect("just pushed")
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(MAX_MESSAGE) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\t' { '\u{FFFD}' } else { c }).collect()
}
