//! The hub: who is connected to an exercise, and what goes to whom. It meets the runner in one
//! place, *committed rows after seq*, and never waits: a frame is put into outboxes or not at all.
//!
//! Readers with the same role, team and language see the same, so each row is encoded once for all
//! of them and the same bytes go to all their connections.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{
    committed::{Committed, Stored, encode},
    door::LineMeasured,
    outbox::{Ending, Outbox},
    socket::FrameText,
    wire::{KeyedValue, ServerFrame},
};
use crate::engine::{
    event::{Event, Fact},
    id::{InjectId, PersonId, TeamId},
    role::{Action, Relation, Role},
    state::State,
    text::Language,
    time::Timestamp,
    view::{
        Extras, Viewer,
        card::{LastValue, LineValue},
        value::visible_teams,
    },
};

/// Rows that go out together, at most: far fewer than are kept encoded, and than fit into an outbox.
const ROWS_TOGETHER: usize = 256;

/// Connections and the committed exercise behind one lock. It is held for synchronous work only.
pub(super) struct Hub(Mutex<Inner>);

struct Inner {
    committed: Committed,
    next_connection: u64,
    groups: BTreeMap<GroupKey, Group>,
    /// Who of each team is connected, by connection, and what they write.
    present: BTreeMap<TeamId, BTreeMap<u64, Present>>,
    /// Who is connected and in no team, by connection.
    staff: BTreeMap<u64, PersonId>,
    /// Whether scores, presence or the agenda have changed since they were last sent.
    stale: bool,
    /// Whether names have: who is in which team, or what they are called.
    stale_names: bool,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct GroupKey {
    role: Role,
    blind: bool,
    team: Option<TeamId>,
    extras: Extras,
    language: Language,
}

#[derive(Default)]
struct Group {
    connections: BTreeMap<u64, (Viewer, Arc<Outbox>)>,
    /// Last values as sent to the group.
    sent: BTreeMap<String, LastValue>,
}

struct Present {
    person: PersonId,
    writing: Option<InjectId>,
    /// The language that the person's client asked for.
    language: Language,
    line: LineMeasured,
}

/// A connection's place in the hub.
#[derive(Clone)]
pub(super) struct Connection {
    id: u64,
    group: GroupKey,
    pub(super) viewer: Viewer,
}

/// What a client says of itself in `hello`.
pub(super) struct Hello {
    pub(super) person: PersonId,
    pub(super) epoch: Option<String>,
    pub(super) last_seq: i64,
    pub(super) language: Language,
}

impl Hub {
    pub(super) fn new(committed: Committed) -> Self {
        let (groups, present, staff) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let (next_connection, stale, stale_names) = (0, false, false);
        Self(Mutex::new(Inner { committed, next_connection, groups, present, staff, stale, stale_names }))
    }

    /// Connects a reader: everything after its position, or everything. None without a role.
    pub(super) fn connect(&self, hello: &Hello, outbox: &Arc<Outbox>, at: Timestamp) -> Option<Connection> {
        let mut guard = self.lock();
        let inner = &mut *guard;
        let viewer = inner.committed.viewer(&hello.person)?;
        let language = inner.committed.language(&hello.language);
        let known = hello.epoch.as_deref() == Some(inner.committed.epoch(&viewer, &language).as_str());
        if known && inner.committed.holds_after(hello.last_seq) {
            let mut opening = vec![encode(&inner.committed.welcome(&viewer, &language, at))];
            let missed = hello.last_seq + 1..=inner.committed.head.seq;
            opening.extend(missed.filter_map(|seq| inner.committed.encoded(seq, &viewer, &language)));
            let rows = opening.len() as u64 - 1;
            outbox.open(opening, rows);
        } else {
            outbox.open(vec![encode(&inner.committed.reset(&viewer, &language, at))], 0);
        }
        let id = inner.next_connection;
        inner.next_connection += 1;
        let Viewer { role, team, blind, extras, .. } = viewer.clone();
        let group = GroupKey { role, blind, team, extras, language };
        let connections = &mut inner.groups.entry(group.clone()).or_default().connections;
        connections.insert(id, (viewer.clone(), Arc::clone(outbox)));
        if let Some(team) = &viewer.team {
            let (person, language, line) = (viewer.person.clone(), hello.language.clone(), LineMeasured::default());
            let present = Present { person, writing: None, language, line };
            inner.present.entry(team.clone()).or_default().insert(id, present);
        } else {
            inner.staff.insert(id, viewer.person.clone());
        }
        for KeyedValue { key, value } in inner.presence_for(&viewer).into_iter().chain(inner.lines_for(&viewer)) {
            outbox.put_other(encode(&ServerFrame::Value { key, as_of: inner.committed.head.seq, value }));
        }
        inner.stale = true;
        Some(Connection { id, group, viewer })
    }

    /// Forgets a connection.
    pub(super) fn disconnect(&self, connection: &Connection) {
        let mut inner = self.lock();
        if let Some(group) = inner.groups.get_mut(&connection.group) {
            group.connections.remove(&connection.id);
            if group.connections.is_empty() {
                inner.groups.remove(&connection.group);
            }
        }
        if let Some(present) = connection.viewer.team.as_ref().and_then(|team| inner.present.get_mut(team)) {
            present.remove(&connection.id);
        }
        inner.staff.remove(&connection.id);
        inner.stale = true;
    }

    /// Notes what a reader is writing, if the team has it to answer. Never stored.
    pub(super) fn note_writing(&self, connection: &Connection, writing: Option<InjectId>) {
        let mut inner = self.lock();
        let writing = writing.filter(|inject| inner.committed.has_received(connection.viewer.team.as_ref(), inject));
        let of_team = connection.viewer.team.as_ref().and_then(|team| inner.present.get_mut(team));
        if let Some(present) = of_team.and_then(|present| present.get_mut(&connection.id))
            && present.writing != writing
        {
            present.writing = writing;
            inner.stale = true;
        }
    }

    /// Notes how a reader's line was measured. Never stored.
    pub(super) fn note_line(&self, connection: &Connection, measured: LineMeasured) {
        let mut inner = self.lock();
        let of_team = connection.viewer.team.as_ref().and_then(|team| inner.present.get_mut(team));
        if let Some(present) = of_team.and_then(|present| present.get_mut(&connection.id)) {
            present.line.round_trip = measured.round_trip.or(present.line.round_trip);
            present.line.bandwidth = measured.bandwidth.or(present.line.bandwidth);
            inner.stale = true;
        }
    }

    /// Everybody who is connected.
    pub(super) fn online(&self) -> BTreeSet<PersonId> {
        let inner = self.lock();
        let readers = inner.groups.values().flat_map(|group| group.connections.values());
        readers.map(|(viewer, _)| viewer.person.clone()).collect()
    }

    /// Shows rows that are stored now.
    pub(super) fn publish(&self, rows: &[Stored], at: Timestamp) {
        let mut inner = self.lock();
        for together in rows.chunks(ROWS_TOGETHER) {
            inner.show(together);
        }
        if rows.iter().any(|row| moves_a_clock(&row.event)) {
            inner.send_values(|inner, viewer| inner.committed.clocks(viewer, at));
        }
    }

    /// Sends scores, names and presence that have changed. Called a few times a second.
    pub(super) fn send_stale_values(&self) {
        let mut inner = self.lock();
        let (stale, names) = (std::mem::take(&mut inner.stale), std::mem::take(&mut inner.stale_names));
        if stale || names {
            inner.send_values(|inner, viewer| {
                let people = if names { inner.committed.people(viewer) } else { None };
                let presence = inner.presence_for(viewer);
                let lines = inner.lines_for(viewer);
                inner.committed.standing(viewer).into_iter().chain(people).chain(presence).chain(lines).collect()
            });
        }
    }

    /// Keeps a person's name, to show beside what they do.
    pub(super) fn name(&self, person: &PersonId, name: &str) {
        let mut inner = self.lock();
        inner.committed.name(person, name);
        inner.stale_names = true;
    }

    /// Puts another reading of the log in place. Everybody comes back and starts afresh.
    pub(super) fn replace(&self, committed: Committed) {
        let mut inner = self.lock();
        inner.committed = committed;
        inner.end_all(Ending::Renewed);
    }

    /// Ends every connection.
    pub(super) fn end_all(&self, ending: Ending) {
        self.lock().end_all(ending);
    }

    /// Ends the connections of a person whose seat was taken away.
    pub(super) fn end_person(&self, person: &PersonId) {
        self.lock().end_person(person);
    }

    /// The teams of which somebody is connected.
    pub(super) fn connected_teams(&self) -> BTreeSet<TeamId> {
        let inner = self.lock();
        let connected = inner.present.iter().filter(|(_, present)| !present.is_empty());
        connected.map(|(team, _)| team.clone()).collect()
    }

    /// Looks at the committed exercise.
    pub(super) fn read<T>(&self, look: impl FnOnce(&Committed) -> T) -> T {
        look(&self.lock().committed)
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn show(&mut self, rows: &[Stored]) {
        for row @ Stored { event, .. } in rows {
            let changed = self.committed.begin(row);
            self.stale |= concerns_values(event);
            self.stale_names |= matches!(event.fact, Fact::RoleGranted(_) | Fact::RoleRevoked(_));
            // Whoever may see no more sees nothing of these rows.
            for person in &changed {
                self.end_changed(person);
            }
        }
        self.send_rows(rows);
        for row in rows {
            self.committed.finish(row);
        }
    }

    /// All rows to one connection, then to the next: what is looked at to write to it is looked at once.
    fn send_rows(&mut self, rows: &[Stored]) {
        let Self { committed, groups, .. } = self;
        let rows: Vec<(i64, bool)> =
            rows.iter().map(|row| (row.head.seq, committed.is_personal(row.head.seq))).collect();
        for (key, group) in groups {
            let mut shared: Vec<Option<FrameText>> = Vec::new();
            for (viewer, outbox) in group.connections.values() {
                if shared.is_empty() {
                    shared = rows.iter().map(|(seq, _)| committed.encoded(*seq, viewer, &key.language)).collect();
                }
                outbox.put_rows(rows.iter().zip(&shared).filter_map(|((seq, personal), frame)| {
                    if *personal { committed.encoded(*seq, viewer, &key.language) } else { frame.clone() }
                }));
            }
        }
    }

    fn send_values(&mut self, of: impl Fn(&Self, &Viewer) -> Vec<KeyedValue>) {
        let as_of = self.committed.head.seq;
        let mut groups = std::mem::take(&mut self.groups);
        for group in groups.values_mut() {
            let Some((viewer, _)) = group.connections.values().next() else { continue };
            for KeyedValue { key, value } in of(self, viewer) {
                if group.sent.get(&key) == Some(&value) {
                    continue;
                }
                let frame = encode(&ServerFrame::Value { key: key.clone(), as_of, value: value.clone() });
                group.connections.values().for_each(|(_, outbox)| outbox.put_other(frame.clone()));
                group.sent.insert(key, value);
            }
        }
        self.groups = groups;
    }

    fn presence_for(&self, viewer: &Viewer) -> Vec<KeyedValue> {
        let state: &State = &self.committed.state;
        visible_teams(state, viewer)
            .map(|team| KeyedValue { key: format!("presence/{}", team.id), value: self.presence(&team.id) })
            .chain(viewer.may(Action::SeeGroundTruth, Relation::Other).then(|| self.online_staff()))
            .collect()
    }

    /// How the lines of teams are, for staff.
    fn lines_for(&self, viewer: &Viewer) -> Vec<KeyedValue> {
        if !viewer.may(Action::SeeGroundTruth, Relation::Other) {
            return Vec::new();
        }
        let teams = visible_teams(&self.committed.state, viewer);
        teams.map(|team| KeyedValue { key: format!("lines/{}", team.id), value: self.lines(&team.id) }).collect()
    }

    fn lines(&self, team: &TeamId) -> LastValue {
        let of_team = self.present.get(team).into_iter().flat_map(BTreeMap::values);
        let line = |present: &Present| LineValue {
            language: present.language.clone(),
            round_trip: present.line.round_trip,
            bandwidth: present.line.bandwidth,
        };
        let people = of_team.map(|present| (present.person.clone(), line(present))).collect();
        LastValue::Lines { team: team.clone(), people }
    }

    fn online_staff(&self) -> KeyedValue {
        let online: BTreeSet<&PersonId> = self.staff.values().collect();
        let value = LastValue::Staff { online: online.into_iter().cloned().collect() };
        KeyedValue { key: "staff".to_owned(), value }
    }

    fn presence(&self, team: &TeamId) -> LastValue {
        let of_team = || self.present.get(team).into_iter().flat_map(BTreeMap::values);
        let online: BTreeSet<&PersonId> = of_team().map(|present| &present.person).collect();
        let mut writing: BTreeMap<&InjectId, BTreeSet<&PersonId>> = BTreeMap::new();
        for present in of_team() {
            if let Some(inject) = &present.writing {
                writing.entry(inject).or_default().insert(&present.person);
            }
        }
        LastValue::Presence {
            team: team.clone(),
            online: online.into_iter().cloned().collect(),
            writing: writing
                .into_iter()
                .map(|(inject, people)| (inject.clone(), people.into_iter().cloned().collect()))
                .collect(),
        }
    }

    /// Ends the connections of somebody who sees something else now than on coming, or nothing: they come back, and
    /// start afresh. Until then nothing more goes to them.
    fn end_changed(&mut self, person: &PersonId) {
        let ending = if self.committed.viewer(person).is_some() { Ending::Renewed } else { Ending::Revoked };
        for group in self.groups.values_mut() {
            group.connections.retain(|_, (viewer, outbox)| {
                let stays = viewer.person != *person;
                if !stays {
                    outbox.end(ending);
                }
                stays
            });
        }
        self.groups.retain(|_, group| !group.connections.is_empty());
    }

    fn end_person(&mut self, person: &PersonId) {
        for (viewer, outbox) in self.groups.values().flat_map(|group| group.connections.values()) {
            if viewer.person == *person {
                outbox.end(Ending::Revoked);
            }
        }
    }

    fn end_all(&mut self, ending: Ending) {
        self.groups.values().flat_map(|group| group.connections.values()).for_each(|(_, outbox)| outbox.end(ending));
    }
}

fn moves_a_clock(event: &Event) -> bool {
    matches!(
        event.fact,
        Fact::TeamAdded { .. }
            | Fact::ExerciseStarted(_)
            | Fact::ExerciseEnded { .. }
            | Fact::Paused { .. }
            | Fact::Resumed { .. }
            | Fact::Suspended { .. }
            | Fact::SuspensionLifted { .. }
            | Fact::OutageNoted { .. }
            | Fact::FaultNoted { .. }
            | Fact::ExerciseCancelled { .. }
            | Fact::RateSet { .. }
            | Fact::Jumped { .. }
            | Fact::Shifted { .. }
            | Fact::BreakBegan { .. }
            | Fact::BreakEnded
            | Fact::PlanFitted { .. }
            | Fact::FitUndone
    )
}

/// Scores, names and the agenda follow from almost everything; what people read and write is most of a
/// log and changes none of them.
fn concerns_values(event: &Event) -> bool {
    !matches!(
        event.fact,
        Fact::InjectDelivered { .. }
            | Fact::InjectOpened { .. }
            | Fact::ReceiptsNoted { .. }
            | Fact::Said { .. }
            | Fact::StaffSaid { .. }
            | Fact::MessageSent { .. }
            | Fact::ObservationNoted(_)
            | Fact::HallContactSet { .. }
            | Fact::HotWashAdded(_)
            | Fact::HotWashMoved(_)
            | Fact::HotWashMerged(_)
            | Fact::HotWashWithdrawn(_)
            | Fact::FindingEdited(_)
            | Fact::FindingsOrdered(_)
            | Fact::FindingWithdrawn(_)
            | Fact::SignedOff(_)
            | Fact::CorrectiveActionPut(_)
            | Fact::CorrectiveStateSet(_)
            | Fact::ReportProposed(_)
            | Fact::ReleaseDeclined(_)
            | Fact::ReportReleased(_)
    )
}
