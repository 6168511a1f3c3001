//! What to look at again when something changes: for each thing that conditions read, the injects
//! and flags that hang on it. So no command asks every condition of every team.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    id::{FlagId, InjectId},
    plan::{Condition, Plan, Trigger},
    time::Millis,
};

/// Something that conditions read and that changes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::engine) enum Source {
    /// What a team has done with an inject, by position.
    Inject(usize),
    /// A flag.
    Flag(FlagId),
    /// The points of a team.
    Points,
    /// A team's log.
    Log,
    /// Messages between teams.
    Peers,
    /// Whether teams play: paused, connected, and which there are.
    Presence,
}

/// What hangs on a condition, by position in the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::engine) enum Hanging {
    Inject(usize),
    Flag(usize),
}

/// Who reads what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::engine) struct Watch {
    readers: BTreeMap<Source, BTreeSet<Hanging>>,
    /// Everything that hangs on a condition, also on one that reads nothing.
    all: BTreeSet<Hanging>,
    /// Those that ask something of other teams too.
    of_all: BTreeSet<Hanging>,
    /// Lengths of silence that are waited for, by inject.
    silences: BTreeMap<usize, BTreeSet<Millis>>,
}

impl Watch {
    pub(in crate::engine) fn new(plan: &Plan) -> Self {
        let mut watch = Self::default();
        let positions = plan.injects.iter().enumerate().map(|(position, inject)| (&inject.id, position)).collect();
        for (position, inject) in plan.injects.iter().enumerate() {
            if let Trigger::When { condition, .. } = &inject.trigger {
                watch.add(Hanging::Inject(position), condition, &positions);
            }
            let asked = inject.only_if.iter().chain(inject.alternatives.iter().map(|other| &other.when));
            asked.for_each(|condition| watch.listen(condition, &positions));
        }
        for (position, flag) in plan.flags.iter().enumerate() {
            if let Some(condition) = &flag.when {
                watch.add(Hanging::Flag(position), condition, &positions);
            }
        }
        watch
    }

    /// Everything that hangs on a condition.
    pub(in crate::engine) fn everything(&self) -> BTreeSet<Hanging> {
        self.all.clone()
    }

    pub(in crate::engine) fn readers(&self, source: &Source) -> impl Iterator<Item = Hanging> + '_ {
        self.readers.get(source).into_iter().flatten().copied()
    }

    pub(in crate::engine) fn asks_others(&self, hanging: Hanging) -> bool {
        self.of_all.contains(&hanging)
    }

    pub(in crate::engine) fn silences(&self, inject: usize) -> impl Iterator<Item = Millis> + '_ {
        self.silences.get(&inject).into_iter().flatten().copied()
    }

    fn add(&mut self, hanging: Hanging, condition: &Condition, positions: &BTreeMap<&InjectId, usize>) {
        self.all.insert(hanging);
        if condition.asks_others() {
            self.of_all.insert(hanging);
        }
        for source in sources(condition, positions) {
            self.readers.entry(source).or_default().insert(hanging);
        }
        self.listen(condition, positions);
    }

    /// A silence has to be noted, whoever asks about it.
    fn listen(&mut self, condition: &Condition, positions: &BTreeMap<&InjectId, usize>) {
        for (inject, length) in condition.silences() {
            if let Some(position) = positions.get(inject) {
                self.silences.entry(*position).or_default().insert(length);
            }
        }
    }
}

fn sources(condition: &Condition, positions: &BTreeMap<&InjectId, usize>) -> BTreeSet<Source> {
    let own = match condition {
        Condition::Flag(flag) => Some(Source::Flag(flag.clone())),
        Condition::Score { inject: None, .. } => Some(Source::Points),
        Condition::Logged(_) => Some(Source::Log),
        Condition::ToldPeers(_) => Some(Source::Peers),
        Condition::Teams(_) => Some(Source::Presence),
        _ => None,
    };
    let injects = condition.injects().into_iter().filter_map(|inject| positions.get(inject).copied());
    let inner = condition.parts().into_iter().flat_map(|part| sources(part, positions));
    own.into_iter().chain(injects.map(Source::Inject)).chain(inner).collect()
}
