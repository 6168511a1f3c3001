//! What the state holds of a team: its clocks, what it received, and what waits for it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Adjustment, Appeal, Markings, Noted, Rated};
use crate::engine::{
    clock::Clock,
    event::{Answer, Verdict},
    id::{
        ActionId, AlternativeId, CohortId, FieldId, FileHash, FlagId, HintId, ItemId, ObjectiveId, PersonId, PersonaId,
        TeamId, VariableId,
    },
    plan::Variable,
    prose::Prose,
    text::{Language, Text},
    time::{Millis, Timestamp},
};

/// A team.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about a team")]
pub struct Team {
    /// Id.
    pub id: TeamId,
    /// Name.
    pub name: String,
    /// The language it works in.
    pub language: Language,
    /// Its cohort.
    pub cohort: Option<CohortId>,
    /// Its clocks.
    pub clock: Clock,
    /// Whether it alone is paused.
    pub paused: bool,
    /// Whether it alone is suspended.
    pub suspended: bool,
    /// How many phases have begun for it, in order of their time.
    pub phases_begun: usize,
    /// What it received, by position of the inject in the plan.
    pub deliveries: BTreeMap<usize, Delivery>,
    /// What staff decided not to send it.
    pub skipped: BTreeSet<usize>,
    /// What waits in the missed tray.
    pub missed: BTreeMap<usize, Missed>,
    /// What staff keep from going out, and when it would have been due.
    pub held: BTreeMap<usize, Option<Millis>>,
    /// What was due while its line was cut in the play, and when.
    pub detained: BTreeMap<usize, Timestamp>,
    /// What fell due when its condition did not hold.
    pub passed_over: BTreeSet<usize>,
    /// Releases to it that can still be undone.
    pub armed: BTreeMap<usize, Armed>,
    /// Whether anybody of it is connected.
    pub connected: bool,
    /// Which cuts of the plan it is under; none is one by hand.
    pub cuts: BTreeSet<Option<u32>>,
    /// Flags that are set.
    pub flags: BTreeSet<FlagId>,
    /// Words of its own, where they differ from the plan's.
    pub variables: BTreeMap<VariableId, Text>,
    /// Entries of its log.
    pub entries: BTreeSet<ItemId>,
    /// Messages that it wrote to other teams.
    pub peer_messages: u32,
    /// Files that it handed in: its answers may name these.
    pub files: BTreeMap<FileHash, TakenFile>,
    /// Who besides the lead may send its official answers.
    pub delegates: BTreeSet<PersonId>,
    /// Whether it may be named where standings are shown.
    pub named: bool,
    /// The organisation or country that it is of.
    pub organisation: Option<String>,
    /// Whether its players may read its scorecard.
    pub scorecard_shown: bool,
    /// What became of expected actions, by position of the inject.
    pub noted: BTreeMap<usize, BTreeMap<ActionId, Noted>>,
    /// What evaluators say of objectives.
    pub ratings: BTreeMap<ObjectiveId, Rated>,
    /// Adjustments of its score that were proposed.
    pub adjustments: BTreeMap<ItemId, Adjustment>,
    /// Its appeals, by position of the inject: one each.
    pub appeals: BTreeMap<usize, Appeal>,
    /// Since when nobody of it was connected, and until when.
    pub absences: Vec<(Timestamp, Option<Timestamp>)>,
    /// Stretches of those that staff have given back.
    pub credited: Vec<(Timestamp, Timestamp)>,
    /// What staff gave a time: conditions leave it alone.
    pub(in crate::engine) timed_by_hand: BTreeSet<usize>,
    /// What the last fitting to another end gave another time or dropped, and its time before; none
    /// for what follows another that was not sent yet.
    pub(in crate::engine) fitted: BTreeMap<usize, Option<Millis>>,
    /// When its line would have been cut and restored before that.
    pub(in crate::engine) fitted_lines: BTreeMap<usize, Millis>,
    /// Simulated senders that it has heard from: it may answer those.
    pub(in crate::engine) met: BTreeSet<PersonaId>,
    /// Flags that staff cleared, by position: conditions leave them alone.
    pub(in crate::engine) cleared_flags: BTreeSet<usize>,
    /// Flags whose condition has come true and that are not set yet, by position.
    pub(in crate::engine) ripe_flags: BTreeSet<usize>,
    /// What will fall due on its plan clock.
    pub(in crate::engine) due: Agenda,
    /// Which answers will close on its active clock.
    pub(in crate::engine) closing: Agenda,
    /// When its line is cut (twice the position) and restored (one more), on its plan clock.
    pub(in crate::engine) cutting: Agenda,
    /// Silences that conditions wait for: active time, inject, length.
    pub(in crate::engine) silences: BTreeSet<(Millis, usize, Millis)>,
}

impl Team {
    /// A team that has received nothing yet.
    pub(in crate::engine) fn new(
        id: &TeamId,
        name: &str,
        language: &Language,
        cohort: Option<CohortId>,
        clock: Clock,
    ) -> Self {
        Self {
            id: id.clone(),
            name: name.to_owned(),
            language: language.clone(),
            cohort,
            clock,
            paused: false,
            suspended: false,
            phases_begun: 0,
            deliveries: BTreeMap::new(),
            skipped: BTreeSet::new(),
            missed: BTreeMap::new(),
            held: BTreeMap::new(),
            detained: BTreeMap::new(),
            passed_over: BTreeSet::new(),
            armed: BTreeMap::new(),
            connected: false,
            cuts: BTreeSet::new(),
            flags: BTreeSet::new(),
            variables: BTreeMap::new(),
            entries: BTreeSet::new(),
            peer_messages: 0,
            files: BTreeMap::new(),
            delegates: BTreeSet::new(),
            named: false,
            organisation: None,
            scorecard_shown: false,
            noted: BTreeMap::new(),
            ratings: BTreeMap::new(),
            adjustments: BTreeMap::new(),
            appeals: BTreeMap::new(),
            absences: Vec::new(),
            credited: Vec::new(),
            timed_by_hand: BTreeSet::new(),
            fitted: BTreeMap::new(),
            fitted_lines: BTreeMap::new(),
            met: BTreeSet::new(),
            cleared_flags: BTreeSet::new(),
            ripe_flags: BTreeSet::new(),
            due: Agenda::default(),
            closing: Agenda::default(),
            cutting: Agenda::default(),
            silences: BTreeSet::new(),
        }
    }

    /// Whether an inject has a time or a fate already, which the release of another leaves alone.
    pub(in crate::engine) fn is_settled(&self, inject: usize) -> bool {
        self.has_fate(inject) || self.due.holds(inject)
    }

    /// Whether an inject was sent, or something other than time decides on it.
    pub(in crate::engine) fn has_fate(&self, inject: usize) -> bool {
        self.deliveries.contains_key(&inject)
            || self.skipped.contains(&inject)
            || self.missed.contains_key(&inject)
            || self.held.contains_key(&inject)
            || self.detained.contains_key(&inject)
            || self.passed_over.contains(&inject)
            || self.armed.contains_key(&inject)
    }

    /// Takes an inject off every list on which it waits.
    pub(in crate::engine) fn unlist(&mut self, inject: usize) {
        self.due.remove(inject);
        self.skipped.remove(&inject);
        self.missed.remove(&inject);
        self.held.remove(&inject);
        self.detained.remove(&inject);
        self.passed_over.remove(&inject);
        self.armed.remove(&inject);
        self.fitted.remove(&inject);
    }

    /// Plan time at which an inject comes to it by itself, as things stand.
    #[must_use]
    pub fn due_at(&self, inject: usize) -> Option<Millis> {
        self.due.time_of(inject)
    }

    /// Its word for a variable of the plan.
    #[must_use]
    pub fn word<'a>(&'a self, variable: &'a Variable) -> &'a Text {
        self.variables.get(&variable.id).unwrap_or(&variable.default)
    }
}

/// Items by the clock reading at which they fall due, then by file order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::engine) struct Agenda {
    by_time: BTreeSet<(Millis, usize)>,
    times: BTreeMap<usize, Millis>,
}

impl Agenda {
    pub(in crate::engine) fn put(&mut self, item: usize, time: Millis) {
        self.remove(item);
        self.by_time.insert((time, item));
        self.times.insert(item, time);
    }

    pub(in crate::engine) fn remove(&mut self, item: usize) {
        if let Some(time) = self.times.remove(&item) {
            self.by_time.remove(&(time, item));
        }
    }

    pub(in crate::engine) fn holds(&self, item: usize) -> bool {
        self.times.contains_key(&item)
    }

    pub(in crate::engine) fn time_of(&self, item: usize) -> Option<Millis> {
        self.times.get(&item).copied()
    }

    /// Every item with its time, earliest first.
    pub(in crate::engine) fn all(&self) -> impl Iterator<Item = (Millis, usize)> + '_ {
        self.by_time.iter().copied()
    }

    /// Moves every item.
    pub(in crate::engine) fn shift(&mut self, by: Millis) {
        let moved: Vec<_> = self.times.iter().map(|(item, time)| (*item, time.plus(by))).collect();
        for (item, time) in moved {
            self.put(item, time);
        }
    }

    /// What falls due after a reading.
    pub(in crate::engine) fn after(&self, now: Millis) -> impl Iterator<Item = (Millis, usize)> + '_ {
        self.by_time.range((now.plus(Millis(1)), 0)..).copied()
    }

    /// How long it is from a reading until something falls due after it.
    pub(in crate::engine) fn ahead(&self, now: Millis) -> Option<Millis> {
        self.after(now).next().map(|(time, _)| time.minus(now))
    }

    pub(in crate::engine) fn first(&self) -> Option<Millis> {
        self.by_time.first().map(|(time, _)| *time)
    }

    pub(in crate::engine) fn until(&self, now: Millis) -> impl Iterator<Item = (Millis, usize)> + '_ {
        self.by_time.range(..=(now, usize::MAX)).copied()
    }
}

/// What fell due and was not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    /// When it was due; the moment of the jump if it was jumped over.
    pub due: Timestamp,
    /// The plan time at which it would have gone out, if it had one: settles what comes first.
    pub plan_time: Option<Millis>,
}

/// A release that can still be undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Armed {
    /// Who released it.
    pub by: Option<PersonId>,
    /// When it goes out.
    pub goes_at: Timestamp,
    /// When the plan would have sent it: undoing gives the time back.
    pub(in crate::engine) due: Option<Millis>,
}

/// An inject that a team received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// When it was sent.
    pub released_at: Timestamp,
    /// Which alternative the team received, if not the ordinary content.
    pub alternative: Option<AlternativeId>,
    /// What the team's active clock read then.
    pub clock_at_release: Millis,
    /// When it first reached a device of the team, by active time since release.
    pub delivered_after: Option<Millis>,
    /// When somebody first opened it.
    pub opened_after: Option<Millis>,
    /// When it was acknowledged.
    pub acknowledged_after: Option<Millis>,
    /// Revisions of the answer, in order.
    pub responses: Vec<Response>,
    /// Whether the deadline has passed.
    pub closed: bool,
    /// Who released it, if somebody did.
    pub released_by: Option<PersonId>,
    /// Whether it was taken back: it counts for nothing.
    pub recalled: bool,
    /// Why the team need not answer it.
    pub excused: Option<String>,
    /// How much longer than the form says the team may take.
    pub extension: Millis,
    /// Stretches of a failed line that staff gave back, by active time since release; the extension has them too.
    pub credits: Vec<(Millis, Millis)>,
    /// Hints that the team opened, and what each cost in permille.
    pub hints: BTreeMap<HintId, u32>,
    /// What evaluators gave.
    pub markings: Markings,
    /// The longest silence that was noted.
    pub silent_for: Millis,
    /// Who got it and who opened it, besides the first.
    pub(in crate::engine) readers: BTreeMap<PersonId, (bool, bool)>,
}

impl Delivery {
    /// One that was just sent.
    pub(in crate::engine) fn new(released_at: Timestamp, clock_at_release: Millis, by: Option<PersonId>) -> Self {
        Self {
            released_at,
            alternative: None,
            clock_at_release,
            delivered_after: None,
            opened_after: None,
            acknowledged_after: None,
            responses: Vec::new(),
            closed: false,
            released_by: by,
            recalled: false,
            excused: None,
            extension: Millis(0),
            credits: Vec::new(),
            hints: BTreeMap::new(),
            markings: Markings::default(),
            silent_for: Millis(0),
            readers: BTreeMap::new(),
        }
    }

    /// Whether an answer is still owed: none came, and the team was not let off.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        self.responses.is_empty() && !self.recalled && self.excused.is_none()
    }

    /// Whether it came to anybody of the team: on a device, or read over the phone.
    #[must_use]
    pub fn was_reached(&self) -> bool {
        let noted = [self.delivered_after, self.opened_after, self.acknowledged_after];
        noted.iter().any(Option::is_some) || !self.responses.is_empty()
    }

    /// When it first came to the team, by active time since release; if nobody noted that, at once.
    #[must_use]
    pub fn reached_after(&self) -> Millis {
        let noted = [self.delivered_after, self.opened_after, self.acknowledged_after];
        noted.into_iter().flatten().min().unwrap_or(Millis(0))
    }

    /// How much of a stretch, by active time since release, staff gave back.
    #[must_use]
    pub fn credited_between(&self, from: Millis, to: Millis) -> Millis {
        let within = |(lost, back): &(Millis, Millis)| (*back).min(to).minus((*lost).max(from)).max(Millis(0));
        self.credits.iter().map(within).fold(Millis(0), Millis::plus)
    }

    /// Revisions that count as in time once the deadline is this one.
    pub(in crate::engine) fn in_time_by(&self, deadline: Millis) -> BTreeSet<u32> {
        let accepted = self.responses.iter().filter(|response| !response.is_late_by(deadline));
        accepted.map(|response| response.revision).collect()
    }

    /// The official answer: the one that came last in time, or last of all if none was in time. What
    /// control typed in from paper counts from when it came, not from when it was typed.
    #[must_use]
    pub fn official(&self) -> Option<&Response> {
        self.responses.iter().max_by_key(|response| (!response.late, response.taken, response.revision))
    }
}

/// A file that a team handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenFile {
    /// What its sender calls it; without its text once that was erased.
    pub name: Prose,
    /// What it is, by its bytes.
    pub media_type: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// Whether it is an archive with a password.
    pub encrypted: bool,
    /// Who handed it in.
    pub by: Option<PersonId>,
    /// When.
    pub at: Timestamp,
}

/// A revision of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// Counts from 1.
    pub revision: u32,
    /// Active time since release.
    pub taken: Millis,
    /// Whether it came after the deadline or the end.
    pub late: bool,
    /// Field by field.
    pub answers: BTreeMap<FieldId, Answer>,
    /// What was found in texts that have a key.
    pub verdicts: BTreeMap<FieldId, Verdict>,
}

impl Response {
    /// Whether it counts as late once the deadline is this one: who answered a little late shall not fare
    /// worse than who waited to be given longer.
    pub(in crate::engine) fn is_late_by(&self, deadline: Millis) -> bool {
        self.late && self.taken > deadline
    }
}
