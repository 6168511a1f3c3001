//! Places the blocks of a kit: each block goes to one part of the scenario or is listed.

use super::{
    Unplaced,
    outline::{Block, Kind},
    words::{self, Part, Section},
};
use crate::engine::time::Millis;

/// A kit, sorted into parts.
#[derive(Default)]
pub(super) struct Kit {
    pub(super) title: String,
    pub(super) authors: Vec<String>,
    pub(super) licence: Option<String>,
    pub(super) tlp: Option<&'static str>,
    pub(super) level: Option<&'static str>,
    pub(super) duration: Option<Millis>,
    /// For everybody.
    pub(super) summary: Vec<String>,
    /// For staff.
    pub(super) ground_truth: Vec<String>,
    /// For staff, on who takes part.
    pub(super) participants: Vec<String>,
    pub(super) objectives: Vec<String>,
    pub(super) hot_wash: Vec<String>,
    pub(super) injects: Vec<KitInject>,
    pub(super) unplaced: Vec<Unplaced>,
    /// The kit as a whole is for facilitators.
    for_staff: bool,
}

/// An inject of a kit.
#[derive(Default)]
pub(super) struct KitInject {
    pub(super) title: String,
    pub(super) at: Option<Millis>,
    pub(super) body: Vec<String>,
    pub(super) question: Vec<String>,
    /// How the kit calls its further questions.
    pub(super) probes_label: String,
    pub(super) probes: Vec<String>,
    pub(super) expected: Vec<String>,
    pub(super) notes: Vec<String>,
}

/// Where the reader stands.
enum Position {
    /// Before the first section.
    Head,
    /// In an inject, whose heading has this level, under a label or under none yet.
    Inject(usize, Option<Part>),
    /// In another section.
    Section(Section),
}

impl Kit {
    /// Sorts blocks into parts.
    pub(super) fn read(blocks: &[Block]) -> Self {
        let mut kit = Self::default();
        let mut position = Position::Head;
        for (n, block) in blocks.iter().enumerate() {
            if let Kind::Heading(level, heading) = &block.kind {
                position = kit.heading(block, *level, heading, &position);
                continue;
            }
            match &mut position {
                Position::Head => kit.metadata(block),
                Position::Inject(_, part) => kit.inject_block(block, part),
                Position::Section(Section::Overview) => kit.overview(block, &blocks[..n]),
                Position::Section(Section::Participants) => kit.participants.push(rows_as_list(block)),
                Position::Section(Section::Outcomes) => kit.outcomes(block),
                Position::Section(Section::HotWash) => match &block.kind {
                    Kind::List(items) => kit.hot_wash.extend(items.iter().cloned()),
                    _ => kit.leave(block),
                },
                Position::Section(Section::Inject(_) | Section::Unknown) => kit.leave(block),
            }
        }
        kit
    }

    fn leave(&mut self, block: &Block) {
        self.unplaced.push(Unplaced { line: block.line, text: block.source.clone() });
    }

    fn heading(&mut self, block: &Block, level: usize, heading: &str, position: &Position) -> Position {
        let section = words::section(heading);
        if let Section::Inject(title) = section {
            self.injects.push(KitInject { title, at: words::offset(heading), ..KitInject::default() });
            return Position::Inject(level, None);
        }
        match position {
            Position::Head if self.title.is_empty() => {
                heading.clone_into(&mut self.title);
                return Position::Head;
            }
            // A heading inside an inject is a label.
            Position::Inject(outer, _) if level > *outer => {
                let part = words::part(heading);
                if part == Part::Unknown {
                    self.leave(block);
                } else if part == Part::Probes
                    && let Some(inject) = self.injects.last_mut()
                {
                    heading.clone_into(&mut inject.probes_label);
                }
                return Position::Inject(*outer, Some(part));
            }
            _ => {}
        }
        if section == Section::Unknown {
            self.leave(block);
        }
        Position::Section(section)
    }

    /// What stands before the first section: labelled lines.
    fn metadata(&mut self, block: &Block) {
        let Kind::Paragraph(text) = &block.kind else { return self.leave(block) };
        for (n, line) in text.lines().enumerate() {
            let line = line.trim().trim_end_matches('\\');
            let placed = words::label(line).is_some_and(|(label, value)| self.fact(label, value));
            if !placed {
                self.unplaced.push(Unplaced { line: block.line + n, text: line.trim().to_owned() });
            }
        }
    }

    /// Takes in one fact about the kit, if it has a place.
    fn fact(&mut self, label: &str, value: &str) -> bool {
        let label = label.to_lowercase();
        if label.contains("classification") || label.contains("tlp") || label.contains("handling") {
            self.for_staff |= words::is_for_staff(value);
            // "Restricted" and its like have a meaning of their own; only TLP speaks of colours.
            let speaks_of_tlp = label.contains("tlp") || value.to_lowercase().contains("tlp");
            self.tlp = words::named(words::TLP, value).filter(|_| speaks_of_tlp);
            self.tlp.is_some()
        } else if label.contains("duration") || label == "length" {
            self.duration = words::length(value);
            self.duration.is_some()
        } else if label.contains("difficulty") || label.contains("level") {
            self.level = words::named(words::LEVELS, value);
            self.level.is_some()
        } else if label.contains("author") {
            self.authors
                .extend(value.split([',', ';']).map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()));
            !self.authors.is_empty()
        } else if label.contains("licen") {
            self.licence = Some(value.to_owned());
            true
        } else {
            false
        }
    }

    fn overview(&mut self, block: &Block, before: &[Block]) {
        let section = before.iter().rev().take_while(|block| !matches!(block.kind, Kind::Heading(..)));
        let said = section.chain([block]).any(|block| words::is_for_staff(&block.source));
        let text = match &block.kind {
            Kind::Paragraph(text) => text.clone(),
            _ => block.source.clone(),
        };
        // Once a section says that it is for staff, so is what follows it.
        self.for_staff |= said;
        if self.for_staff { self.ground_truth.push(text) } else { self.summary.push(text) }
    }

    /// Outcomes are the first column of a table or the items of a list.
    fn outcomes(&mut self, block: &Block) {
        match &block.kind {
            Kind::List(items) => self.objectives.extend(items.iter().cloned()),
            Kind::Table(rows) => {
                let (head, body) =
                    rows.split_first().map_or((&[][..], &[][..]), |(head, body)| (head.as_slice(), body));
                self.objectives
                    .extend(body.iter().filter_map(|row| row.first()).filter(|cell| !cell.is_empty()).cloned());
                if head.len() > 1 {
                    self.unplaced
                        .push(Unplaced { line: block.line, text: format!("Columns: {}", head[1..].join(", ")) });
                }
            }
            _ => self.leave(block),
        }
    }

    fn inject_block(&mut self, block: &Block, part: &mut Option<Part>) {
        match &block.kind {
            Kind::Paragraph(text) => self.inject_paragraph(block.line, text, part),
            Kind::List(items) if matches!(part, Some(Part::Probes | Part::Expected | Part::Question)) => {
                for item in items {
                    self.put(block.line, item, *part);
                }
            }
            _ => self.put(block.line, &block.source, *part),
        }
    }

    /// A paragraph of an inject: a line may begin with a label, and is part of what it announces.
    fn inject_paragraph(&mut self, line: usize, text: &str, part: &mut Option<Part>) {
        let mut waiting: Vec<&str> = Vec::new();
        let mut begins = line;
        for (n, words) in text.lines().map(str::trim).enumerate() {
            if let Some((label, rest)) = words::label(words) {
                self.put(begins, &std::mem::take(&mut waiting).join("\n"), *part);
                begins = line + n;
                *part = Some(words::part(label));
                match (*part, self.injects.last_mut()) {
                    (Some(Part::Probes), Some(inject)) => label.clone_into(&mut inject.probes_label),
                    (Some(Part::Unknown), _) => {
                        self.unplaced.push(Unplaced { line: begins, text: words.to_owned() });
                        continue;
                    }
                    _ => {}
                }
                waiting.push(rest);
            } else {
                waiting.push(words);
            }
        }
        self.put(begins, &waiting.join("\n"), *part);
    }

    /// Adds a text to a part of the last inject. Without a label it is what teams hear, unless it
    /// says otherwise.
    fn put(&mut self, line: usize, text: &str, part: Option<Part>) {
        let text = text.trim();
        let Some(inject) = self.injects.last_mut().filter(|_| !text.is_empty()) else { return };
        let texts = match part {
            None if words::is_for_staff(text) => &mut inject.notes,
            None | Some(Part::Body) => &mut inject.body,
            Some(Part::Question) => &mut inject.question,
            Some(Part::Probes) => &mut inject.probes,
            Some(Part::Expected) => &mut inject.expected,
            Some(Part::Notes) => &mut inject.notes,
            Some(Part::Time) if inject.at.is_none() && words::offset(text).is_some() => {
                inject.at = words::offset(text);
                return;
            }
            Some(Part::Time | Part::Unknown) => {
                self.unplaced.push(Unplaced { line, text: text.to_owned() });
                return;
            }
        };
        texts.push(text.to_owned());
    }
}

/// A table as a list, its head and each row on a line: staff notes are read, not filled in.
fn rows_as_list(block: &Block) -> String {
    match &block.kind {
        Kind::Table(rows) => rows.iter().map(|row| format!("- {}", row.join("; "))).collect::<Vec<_>>().join("\n"),
        _ => block.source.clone(),
    }
}
