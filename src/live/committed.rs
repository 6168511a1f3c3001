//! The committed side of an exercise: what the store holds, ready to be shown. Readers see nothing
//! that a power cut could undo, because rows come in here only after they are stored.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, VecDeque},
    sync::Arc,
};

use super::{
    socket::FrameText,
    wire::{KeyedCard, KeyedValue, Reader, ServerFrame},
};
use crate::{
    engine::{
        event::{Event, Fact, RoleGranted, RoleRevoked},
        id::{InjectId, PersonId, TeamId},
        score::board::ScoreBoard,
        state::State,
        text::Language,
        time::Timestamp,
        view::{
            Audience, Viewer,
            board::Board,
            card::LastValue,
            coming::coming,
            frames::{Frame, frames},
            value,
        },
    },
    store::chain::Head,
};

/// How many rows are kept encoded for readers that come back. One that was away for longer gets
/// the whole board instead.
const RING_ROWS: usize = 8_192;

/// State, boards and recent rows of an exercise, all at the same sequence number.
pub(super) struct Committed {
    pub(super) state: State,
    pub(super) head: Head,
    /// Names of people, kept beside the log.
    names: BTreeMap<PersonId, String>,
    /// The same by team: a team asks for its own whenever one of its people comes back.
    team_names: BTreeMap<TeamId, BTreeMap<PersonId, String>>,
    pub(super) generation: i64,
    /// Parts erased so far: each erasure makes every client start afresh.
    erased: u64,
    /// The row since which each person sees what that person sees now.
    granted_at: BTreeMap<PersonId, i64>,
    boards: BTreeMap<Language, Board>,
    /// Scores, at the same row.
    scores: ScoreBoard,
    ring: VecDeque<Recent>,
}

/// A recent row with what was encoded of it.
struct Recent {
    seq: i64,
    at: Timestamp,
    kind: &'static str,
    /// Whether people of one role and team may see different things of it.
    personal: bool,
    shown: Arc<Shown>,
    /// Positions of the frames for each audience; the same in every language.
    for_audience: BTreeMap<Audience, Vec<usize>>,
    encoded: HashMap<(Language, BTreeSet<usize>), FrameText>,
}

impl Committed {
    /// From a log's first event.
    pub(super) fn open(event: &Event, head: &Head, generation: i64, names: BTreeMap<PersonId, String>) -> Option<Self> {
        let state = State::open(event)?;
        let boards = state.plan.languages.iter().map(|language| (language.clone(), Board::default())).collect();
        let (team_names, granted_at, ring) = (BTreeMap::new(), BTreeMap::new(), VecDeque::new());
        let head = head.clone();
        let (scores, erased) = (ScoreBoard::new(&state), 0);
        let mut committed =
            Self { state, head, names, team_names, generation, erased, granted_at, boards, scores, ring };
        let row = Stored { head: committed.head.clone(), event: Arc::new(event.clone()), shown: None };
        committed.show(&row);
        committed.finish(&row);
        Some(committed)
    }

    /// Takes a stored row in.
    pub(super) fn take(&mut self, row: &Stored) {
        drop(self.begin(row));
        self.finish(row);
    }

    /// Takes so much of a stored row in that it can be shown: whoever waits for it waits for no more.
    /// [`Self::finish`] has to follow before anybody else looks. Returns who sees something else from now on.
    pub(super) fn begin(&mut self, row: &Stored) -> Vec<PersonId> {
        let Stored { head, event, .. } = row;
        let concerned = self.state.concerned(&event.fact);
        let before: Vec<_> = concerned.into_iter().map(|person| (self.state.viewer(&person), person)).collect();
        self.state.apply(event);
        let others = before.into_iter().filter(|(before, person)| *before != self.state.viewer(person));
        let changed: Vec<PersonId> = others.map(|(_, person)| person).collect();
        self.granted_at.extend(changed.iter().map(|person| (person.clone(), head.seq)));
        match &event.fact {
            Fact::RoleGranted(RoleGranted { person, left, .. }) => {
                self.forget_name(person, left.as_ref());
                if let Some(name) = self.names.get(person).cloned() {
                    self.name(person, &name);
                }
            }
            Fact::RoleRevoked(RoleRevoked { person, team, .. }) => self.forget_name(person, team.as_ref()),
            Fact::PartErased { .. } => self.erased += 1,
            _ => {}
        }
        self.show(row);
        self.head = head.clone();
        changed
    }

    fn forget_name(&mut self, person: &PersonId, of: Option<&TeamId>) {
        if let Some(names) = of.and_then(|team| self.team_names.get_mut(team)) {
            names.remove(person);
        }
    }

    /// Lets boards and scores follow.
    pub(super) fn finish(&mut self, Stored { head, event, .. }: &Stored) {
        self.scores.follow(&self.state, event);
        let Some(recent) = self.place(head.seq).and_then(|place| self.ring.get(place)) else { return };
        for (language, board) in &mut self.boards {
            let shown = recent.shown.get(language);
            shown.into_iter().flatten().for_each(|frame| board.take(frame));
        }
    }

    /// Keeps a person's name.
    pub(super) fn name(&mut self, person: &PersonId, name: &str) {
        if let Some(team) = self.state.grants.get(person).and_then(|grant| grant.team.as_ref()) {
            self.team_names.entry(team.clone()).or_default().insert(person.clone(), name.to_owned());
        }
        self.names.insert(person.clone(), name.to_owned());
    }

    fn show(&mut self, Stored { head, event, shown }: &Stored) {
        let seq = head.seq;
        let shown = shown.clone().unwrap_or_else(|| Arc::new(shown_of(seq, event, self.boards.keys())));
        let mut for_audience: BTreeMap<Audience, Vec<usize>> = BTreeMap::new();
        for (position, frame) in shown.values().next().into_iter().flatten().enumerate() {
            for audience in &frame.to {
                for_audience.entry(audience.clone()).or_default().push(position);
            }
        }
        let personal = for_audience.keys().any(|to| matches!(to, Audience::Person(_)));
        let (at, kind, encoded) = (event.at, event.fact.kind(), HashMap::new());
        self.ring.push_back(Recent { seq, at, kind, personal, shown, for_audience, encoded });
        if self.ring.len() > RING_ROWS {
            self.ring.pop_front();
        }
    }

    /// The language that a reader gets cards in: the wanted one if the plan has it, else its first.
    pub(super) fn language(&self, wanted: &Language) -> Language {
        let primary = Language::from(wanted.0.split('-').next().unwrap_or_default());
        let languages = &self.state.plan.languages;
        [wanted, &primary]
            .into_iter()
            .find(|language| languages.contains(language))
            .cloned()
            .unwrap_or_else(|| languages.first().cloned().unwrap_or_else(|| Language::from("en")))
    }

    /// A person's name.
    pub(super) fn name_of(&self, person: &PersonId) -> Option<String> {
        self.names.get(person).cloned()
    }

    /// Whether a team has an inject.
    pub(super) fn has_received(&self, team: Option<&TeamId>, inject: &InjectId) -> bool {
        let team = team.and_then(|team| self.state.team(team));
        let position = self.state.inject(inject).map(|(position, _)| position);
        team.zip(position).is_some_and(|(team, position)| team.deliveries.contains_key(&position))
    }

    /// What a person is in the exercise now.
    pub(super) fn viewer(&self, person: &PersonId) -> Option<Viewer> {
        self.state.viewer(person)
    }

    /// Names the log, the grant and the language that a client's sequence numbers belong to. Whatever lets somebody
    /// see other cards than before is like another grant.
    pub(super) fn epoch(&self, viewer: &Viewer, language: &Language) -> String {
        let granted_at = self.granted_at.get(&viewer.person).copied().unwrap_or_default();
        format!("{}.{}.{granted_at}.{}", self.generation, self.erased, language.0)
    }

    /// The row at `seq` as a viewer sees it, encoded once for all who see the same.
    pub(super) fn encoded(&mut self, seq: i64, viewer: &Viewer, language: &Language) -> Option<FrameText> {
        let place = self.place(seq)?;
        self.ring.get_mut(place)?.encoded(viewer, language)
    }

    /// Where the row at `seq` stands among the recent ones, if it still does.
    fn place(&self, seq: i64) -> Option<usize> {
        usize::try_from(seq - self.ring.front()?.seq).ok()
    }

    /// Whether people of one role and team may see different things of the row at `seq`.
    pub(super) fn is_personal(&self, seq: i64) -> bool {
        self.place(seq).and_then(|place| self.ring.get(place)).is_some_and(|recent| recent.personal)
    }

    /// Whether every row after `seq` is still at hand.
    pub(super) fn holds_after(&self, seq: i64) -> bool {
        seq <= self.head.seq && self.ring.front().is_some_and(|first| first.seq <= seq + 1)
    }

    /// Everything a viewer may see, as a client starts from it.
    pub(super) fn reset(&self, viewer: &Viewer, language: &Language, at: Timestamp) -> ServerFrame {
        let cards = self.boards.get(language).into_iter().flat_map(|board| board.seen_by(viewer));
        ServerFrame::Reset {
            protocol: super::wire::PROTOCOL,
            reader: self.reader(viewer, language),
            epoch: self.epoch(viewer, language),
            seq: self.head.seq,
            server_time: at,
            cards: cards.map(|(key, card)| KeyedCard { key: key.to_owned(), card: Some(card.clone()) }).collect(),
            values: self.values(viewer, at),
        }
    }

    /// That a client's position is known, and the rows after it follow.
    pub(super) fn welcome(&self, viewer: &Viewer, language: &Language, at: Timestamp) -> ServerFrame {
        ServerFrame::Welcome {
            protocol: super::wire::PROTOCOL,
            reader: self.reader(viewer, language),
            epoch: self.epoch(viewer, language),
            seq: self.head.seq,
            server_time: at,
            values: self.values(viewer, at),
        }
    }

    /// Current last values for a viewer, without presence.
    fn values(&self, viewer: &Viewer, at: Timestamp) -> Vec<KeyedValue> {
        let (clocks, standing, people) = (self.clocks(viewer, at), self.standing(viewer), self.people(viewer));
        clocks.into_iter().chain(standing).chain(people).collect()
    }

    /// Readings of the clocks in a viewer's sight.
    pub(super) fn clocks(&self, viewer: &Viewer, at: Timestamp) -> Vec<KeyedValue> {
        keyed(value::clocks(&self.state, viewer, at)).collect()
    }

    /// Scores, and what comes by itself.
    pub(super) fn standing(&self, viewer: &Viewer) -> Vec<KeyedValue> {
        keyed(value::scores(&self.state, self.scores.teams(), viewer))
            .chain(keyed(value::agenda(&self.state, viewer)))
            .chain(keyed(value::feedback(&self.state, viewer)))
            .chain(keyed(coming(&self.state, viewer)))
            .collect()
    }

    /// Names of the people that a viewer may know.
    pub(super) fn people(&self, viewer: &Viewer) -> Option<KeyedValue> {
        let names = match &viewer.team {
            Some(team) => self.team_names.get(team),
            None => Some(&self.names),
        };
        keyed(names.and_then(|names| value::people(&self.state, viewer, names))).next()
    }

    fn reader(&self, viewer: &Viewer, language: &Language) -> Reader {
        Reader {
            exercise: self.state.exercise.clone(),
            person: viewer.person.clone(),
            role: viewer.role,
            team: viewer.team.clone(),
            language: language.clone(),
        }
    }
}

impl Recent {
    fn encoded(&mut self, viewer: &Viewer, language: &Language) -> Option<FrameText> {
        let frames = self.shown.get(language)?;
        let seen = viewer.audiences();
        let selection: BTreeSet<usize> =
            seen.iter().filter_map(|audience| self.for_audience.get(audience)).flatten().copied().collect();
        if selection.is_empty() {
            return None;
        }
        let key = (language.clone(), selection);
        if let Some(bytes) = self.encoded.get(&key) {
            return Some(bytes.clone());
        }
        let chosen = key.1.iter().filter_map(|index| frames.get(*index));
        let cards = chosen.map(|frame| KeyedCard { key: frame.key.clone(), card: frame.card.clone() }).collect();
        let bytes = encode(&ServerFrame::Frame { seq: self.seq, at: self.at, kind: self.kind.to_owned(), cards });
        self.encoded.insert(key, bytes.clone());
        Some(bytes)
    }
}

fn keyed(values: impl IntoIterator<Item = (String, LastValue)>) -> impl Iterator<Item = KeyedValue> {
    values.into_iter().map(|(key, value)| KeyedValue { key, value })
}

/// A frame as it goes over the wire.
pub(super) fn encode(frame: &ServerFrame) -> FrameText {
    // Frames hold nothing that JSON cannot: string keys and integers only.
    FrameText::from(serde_json::to_string(frame).unwrap_or_default())
}

/// A row that the store holds now, and the event in it.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    pub(super) head: Head,
    pub(super) event: Arc<Event>,
    /// What it shows, if whoever decided it has worked that out.
    pub(super) shown: Option<Arc<Shown>>,
}

/// What a row shows, in each language of the plan.
pub(super) type Shown = BTreeMap<Language, Vec<Frame>>;

/// Works out what a row shows.
pub(super) fn shown_of<'a>(seq: i64, event: &Event, languages: impl IntoIterator<Item = &'a Language>) -> Shown {
    languages.into_iter().map(|language| (language.clone(), frames(seq, event, language))).collect()
}
