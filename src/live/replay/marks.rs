//! Where a viewer saw something happen: the marks of a slider over the time of an exercise. Told
//! from the cards alone, so a mark says nothing that its viewer was not shown.

use std::{collections::BTreeMap, ops::ControlFlow};

use serde_json::Value;

use super::Lens;
use crate::{
    engine::{
        event::Event,
        id::{InjectId, TeamId},
        plan::Plan,
        time::Timestamp,
        view::{card::Card, frames::Frame},
    },
    live::api::ReplayMark,
};

/// Most marks of a log. Of a longer one the kind that there is most of keeps every second, fourth,
/// eighth …: what happens seldom is always there.
pub const MOST_MARKS: usize = 1_000;
/// Longest gist, in characters.
const GIST: usize = 120;
/// What a slider need not stop at: receipts, and people who come and go.
const QUIET: [&str; 5] = ["inject_delivered", "inject_opened", "receipts_noted", "role_granted", "role_revoked"];

/// How the marks of one kind are thinned out.
#[derive(Debug)]
struct Kind {
    seen: u64,
    kept: u64,
    /// One in so many is kept.
    one_in: u64,
}

/// Gathers marks while a log goes by.
#[derive(Debug)]
pub struct Marks {
    lens: Lens,
    /// Titles of injects, as the viewer was shown them.
    titles: BTreeMap<InjectId, String>,
    kept: Vec<ReplayMark>,
    kinds: BTreeMap<&'static str, Kind>,
    first_at: Option<Timestamp>,
}

impl Marks {
    /// For somebody's eyes.
    #[must_use]
    pub fn new(lens: Lens) -> Self {
        Self { lens, titles: BTreeMap::new(), kept: Vec::new(), kinds: BTreeMap::new(), first_at: None }
    }

    /// Takes the next row in. Every row matters.
    pub fn take(&mut self, seq: i64, event: &Event) -> ControlFlow<()> {
        self.first_at.get_or_insert(event.at);
        let kind = event.fact.kind();
        let frames = self.lens.frames(seq, event);
        if !frames.is_empty() && !QUIET.contains(&kind) {
            let mark = self.mark(seq, event, &frames);
            self.keep(kind, mark);
        }
        ControlFlow::Continue(())
    }

    /// When the log begins, the marks in order, and how many were left out between them.
    #[must_use]
    pub fn finish(self) -> (Option<Timestamp>, Vec<ReplayMark>, u64) {
        let left_out = self.kinds.values().map(|kind| kind.seen - kind.kept).sum();
        (self.first_at, self.kept, left_out)
    }

    fn mark(&mut self, seq: i64, event: &Event, frames: &[Frame]) -> ReplayMark {
        let mut cards: Vec<Value> = Vec::new();
        for card in frames.iter().filter_map(|frame| frame.card.as_ref()) {
            match card {
                // It names every inject for those who see it; nothing else in it makes a mark.
                Card::Plan { plan } => self.learn(plan),
                _ => cards.extend(serde_json::to_value(card)),
            }
        }
        let inject = cards.iter().find_map(|card| card["inject"].as_str()).map(InjectId::from);
        let title = cards.iter().find_map(|card| card["title"].as_str());
        let text = cards.iter().find_map(|card| {
            let words = [&card["text"]["text"], &card["text"], &card["reason"]];
            words.into_iter().find_map(Value::as_str).filter(|words| !words.is_empty())
        });
        if let Some((inject, title)) = inject.as_ref().zip(title) {
            self.titles.insert(inject.clone(), title.to_owned());
        }
        let title = title.or_else(|| self.titles.get(inject.as_ref()?).map(String::as_str));
        ReplayMark {
            seq,
            at: event.at,
            kind: event.fact.kind().to_owned(),
            team: only_team(&cards),
            title: title.map(shortened),
            text: text.map(shortened),
            inject,
        }
    }

    fn learn(&mut self, plan: &Plan) {
        for inject in &plan.injects {
            let title = inject.content.title.get(&self.lens.language);
            self.titles.insert(inject.id.clone(), title.to_owned());
        }
    }

    fn keep(&mut self, kind: &'static str, mark: ReplayMark) {
        let counted = self.kinds.entry(kind).or_insert(Kind { seen: 0, kept: 0, one_in: 1 });
        if counted.seen.is_multiple_of(counted.one_in) {
            counted.kept += 1;
            self.kept.push(mark);
        }
        counted.seen += 1;
        if self.kept.len() > MOST_MARKS {
            self.thin();
        }
    }

    fn thin(&mut self) {
        let Some((kind, counted)) = self.kinds.iter_mut().max_by_key(|(_, kind)| kind.kept) else { return };
        counted.one_in *= 2;
        let mut position = 0;
        self.kept.retain(|mark| {
            position += u64::from(mark.kind == *kind);
            mark.kind != *kind || position % 2 == 1
        });
        counted.kept = position.div_ceil(2);
    }
}

/// The team that cards are about, if it is one.
fn only_team(cards: &[Value]) -> Option<TeamId> {
    let mut teams = cards.iter().filter_map(|card| card["team"].as_str());
    let first = teams.next()?;
    teams.all(|team| team == first).then(|| TeamId::from(first))
}

fn shortened(words: &str) -> String {
    match words.char_indices().nth(GIST) {
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or_default().trim_end()),
        None => words.to_owned(),
    }
}
