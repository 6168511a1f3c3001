//! The plan as it is to be printed: as written, or as an exercise has made it up to now.

use std::{collections::BTreeMap, sync::Arc};

use crate::engine::{
    event::Event,
    id::InjectId,
    marking::{MARKING, marking},
    plan::{Inject, Plan, Trigger, Variable},
    state::{State, Team},
    text::Text,
    time::{Millis, Timestamp},
};

/// What is printed: the plan with its amendments, and how far the teams have come.
#[derive(Clone, Debug)]
pub struct Standing {
    pub(super) plan: Arc<Plan>,
    /// What every page says first and last.
    pub(super) marking: &'static str,
    /// How to reach control for real, if the exercise says so.
    pub(super) hall_contact: Option<String>,
    /// Teams in order of joining; none if no exercise has begun.
    pub(super) teams: Vec<TeamLine>,
    /// How much later than the plan says everything falls due that was not sent.
    shift: Millis,
}

/// What is printed of a team.
#[derive(Clone, Debug)]
pub(super) struct TeamLine {
    pub(super) name: String,
    /// Its words for the variables of the plan, in order of the plan.
    words: Vec<Text>,
    /// What became of each inject that is for it.
    fates: BTreeMap<InjectId, Fate>,
}

/// What became of an inject for a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It comes as the plan says, as far as that says when.
    Open,
    /// It comes at this plan time.
    Due(Millis),
    Held,
    Skipped,
    Sent(Timestamp),
}

/// One inject in the order of the book.
pub(super) struct Entry<'a> {
    /// Counts from 1; the sheet of the inject has the same.
    pub(super) number: usize,
    pub(super) inject: &'a Inject,
    /// Plan time at which it goes out, if that is known before play.
    pub(super) plan_time: Option<Millis>,
}

impl Standing {
    /// A plan that nobody plays yet.
    #[must_use]
    pub fn of_plan(plan: Plan) -> Self {
        Self { plan: Arc::new(plan), marking: MARKING, hall_contact: None, teams: Vec::new(), shift: Millis(0) }
    }

    /// The plan of an exercise after its log up to now; none if the log does not begin with one.
    #[must_use]
    pub fn of_log<'a>(events: impl IntoIterator<Item = &'a Event>) -> Option<Self> {
        let mut events = events.into_iter();
        let mut state = State::open(events.next()?)?;
        events.for_each(|event| state.apply(event));
        Some(Self::of_state(&state))
    }

    /// The plan of an exercise as it stands.
    #[must_use]
    pub fn of_state(state: &State) -> Self {
        Self {
            plan: Arc::clone(&state.plan),
            marking: marking(state.rehearsal),
            hall_contact: state.hall_contact.as_ref().and_then(|text| text.text()).map(str::to_owned),
            teams: state.teams.iter().map(|team| team_line(state, team)).collect(),
            shift: state.shift,
        }
    }

    /// The plan with its amendments.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Every inject: by plan time as far as that is known, then those that wait for a condition or
    /// a person, in file order.
    pub(super) fn entries(&self) -> Vec<Entry<'_>> {
        let mut entries: Vec<(Option<Millis>, &Inject)> =
            self.plan.injects.iter().map(|inject| (self.plan_time(inject), inject)).collect();
        entries.sort_by_key(|(time, _)| time.map_or(i64::MAX, |time| time.0));
        let numbered = (1..).zip(entries);
        numbered.map(|(number, (plan_time, inject))| Entry { number, inject, plan_time }).collect()
    }

    fn plan_time(&self, inject: &Inject) -> Option<Millis> {
        let mut time = self.shift;
        let mut inject = inject;
        // A chain is at most as long as the plan; what goes round has no time.
        for _ in 0..=self.plan.injects.len() {
            match &inject.trigger {
                Trigger::At { at } => return Some(time.plus(*at)),
                Trigger::After { inject: before, delay } => {
                    time = time.plus(*delay);
                    inject = self.plan.injects.get(self.plan.inject_position(before)?)?;
                }
                Trigger::When { .. } | Trigger::Manual => return None,
            }
        }
        None
    }

    /// The words for a variable: that of the plan first, then each team's own where it differs.
    pub(super) fn words_for<'a>(&'a self, position: usize, variable: &'a Variable) -> Vec<(Option<&'a str>, &'a Text)> {
        let own = self.teams.iter().filter_map(move |team| Some((Some(team.name.as_str()), team.words.get(position)?)));
        let differing = own.filter(|(_, word)| **word != variable.default);
        std::iter::once((None, &variable.default)).chain(differing).collect()
    }
}

impl TeamLine {
    /// What became of an inject; none if it is not for this team.
    pub(super) fn fate(&self, inject: &InjectId) -> Option<Fate> {
        self.fates.get(inject).copied()
    }
}

fn team_line(state: &State, team: &Team) -> TeamLine {
    let fate = |position: usize, inject: &Inject| {
        if let Some(delivery) = team.deliveries.get(&position) {
            return Some(Fate::Sent(delivery.released_at));
        }
        let due = team.due_at(position);
        // Staff may have given it a time for a team that the plan did not mean.
        if !State::is_for(inject, team) && due.is_none() {
            return None;
        }
        Some(match due {
            _ if team.skipped.contains(&position) => Fate::Skipped,
            _ if team.held.contains_key(&position) => Fate::Held,
            Some(time) => Fate::Due(time),
            None => Fate::Open,
        })
    };
    let injects = state.plan.injects.iter().enumerate();
    TeamLine {
        name: team.name.clone(),
        words: state.plan.variables.iter().map(|variable| team.word(variable).clone()).collect(),
        fates: injects.filter_map(|(position, inject)| Some((inject.id.clone(), fate(position, inject)?))).collect(),
    }
}
