//! Branches: whether a condition holds for a team, and what hangs on it then.
//!
//! Invariant: an inject that waits for a condition is on a team's agenda exactly while the condition
//! holds for the team, unless staff gave it a time or a fate.

use std::sync::Arc;

use super::{
    id::InjectId,
    plan::{Absent, Condition, Content, Inject, InjectKind, Quantity, Subject, Trigger},
    score::{InjectScore, Outcome, team_score},
    state::{Stage, State, Team},
    text::Language,
    time::{Millis, Timestamp},
    watch::{Hanging, Source},
};

impl State {
    /// Whether a condition holds for a team.
    #[must_use]
    pub fn holds(&self, condition: &Condition, team: &Team) -> bool {
        let delivery = |inject| self.inject(inject).and_then(|(position, _)| team.deliveries.get(&position));
        match condition {
            Condition::All(list) => list.iter().all(|part| self.holds(part, team)),
            Condition::Any(list) => list.iter().any(|part| self.holds(part, team)),
            Condition::Not(part) => !self.holds(part, team),
            Condition::Flag(flag) => team.flags.contains(flag),
            Condition::Received(inject) => delivery(inject).is_some_and(|delivery| !delivery.recalled),
            Condition::Opened(inject) => delivery(inject).is_some_and(|delivery| delivery.opened_after.is_some()),
            Condition::Acknowledged(inject) => {
                delivery(inject).is_some_and(|delivery| delivery.acknowledged_after.is_some())
            }
            Condition::Answered(inject) => delivery(inject).is_some_and(|delivery| !delivery.responses.is_empty()),
            Condition::Answer { inject, field, includes } => delivery(inject)
                .and_then(|delivery| delivery.official()?.answers.get(field))
                .is_some_and(|answer| answer.includes(includes)),
            Condition::Silent { inject, length } => {
                delivery(inject).is_some_and(|delivery| delivery.is_silent() && delivery.silent_for >= *length)
            }
            Condition::Score { inject, at_least, below } => {
                let share = self.score_permille(team, inject.as_ref());
                share.is_some_and(|share| {
                    at_least.is_none_or(|bound| share >= bound) && below.is_none_or(|bound| share < bound)
                })
            }
            Condition::Logged(count) => team.entries.len() >= *count as usize,
            Condition::ToldPeers(count) => team.peer_messages >= *count,
            Condition::Teams(quantity) => self.quantity_holds(quantity),
        }
    }

    fn quantity_holds(&self, quantity: &Quantity) -> bool {
        let counts = |team: &&Team| {
            let in_cohort = quantity.cohort.is_none() || team.cohort == quantity.cohort;
            in_cohort && !quantity.without.iter().any(|absent| self.is_absent(team, *absent, &quantity.meet))
        };
        let asked: Vec<&Team> = self.teams.iter().filter(counts).collect();
        let meeting = asked.iter().filter(|team| self.holds(&quantity.meet, team)).count();
        match quantity.of {
            Subject::Any => meeting > 0,
            Subject::All => meeting > 0 && meeting == asked.len(),
            Subject::AtLeast(count) => meeting >= count as usize,
        }
    }

    fn is_absent(&self, team: &Team, absent: Absent, condition: &Condition) -> bool {
        match absent {
            Absent::Paused => team.paused || team.suspended,
            Absent::Offline => !team.connected,
            Absent::Excused => condition.injects().into_iter().any(|inject| {
                let position = self.inject(inject).map(|(position, _)| position);
                position.and_then(|it| team.deliveries.get(&it)).is_some_and(|delivery| delivery.excused.is_some())
            }),
        }
    }

    /// What a team has earned of what could be scored so far, in permille.
    fn score_permille(&self, team: &Team, only: Option<&InjectId>) -> Option<u32> {
        let asked = |inject: &&InjectScore| only.is_none_or(|id| *id == inject.inject);
        let score = team_score(self, team);
        let items = score.injects.iter().filter(asked).filter_map(so_far);
        let (points, attainable) = items.fold((0, 0), |(points, all), (item, of)| (points + item, all + of));
        (attainable > 0).then(|| u32::try_from(points * 1000 / attainable).unwrap_or(0))
    }

    /// What a team gets of an inject: the first alternative whose condition holds, or the ordinary
    /// content, with the team's own words for the plan's variables. What it corrects is told to whom that
    /// was recalled from.
    #[must_use]
    pub fn content_for<'a>(&self, inject: &'a Inject, team: &Team) -> (Option<&'a super::plan::Alternative>, Content) {
        let alternative = inject.alternatives.iter().find(|other| self.holds(&other.when, team));
        let content = alternative.map_or(&inject.content, |other| &other.content);
        let form = inject.content.form.clone();
        let corrects = inject.content.corrects.clone().filter(|corrected| self.is_recalled(corrected, team));
        (alternative, self.in_words_of(team, Content { form, corrects, ..content.clone() }))
    }

    /// Whether a team has had an inject that was taken back.
    pub(super) fn is_recalled(&self, inject: &InjectId, team: &Team) -> bool {
        let delivery = self.inject(inject).and_then(|(position, _)| team.deliveries.get(&position));
        delivery.is_some_and(|delivery| delivery.recalled)
    }

    /// Plan time at which an inject comes to a team by itself, as far as that is known.
    pub(super) fn planned_time(&self, inject: &Inject, team: &Team) -> Option<Millis> {
        if !inject.is_sent() || !Self::is_for(inject, team) {
            return None;
        }
        match &inject.trigger {
            Trigger::At { at } => Some(self.shifted(*at)),
            Trigger::After { inject: leader, delay } => {
                let delivery = team.deliveries.get(&self.inject(leader)?.0)?;
                Some(team.clock.plan(delivery.released_at).plus(*delay))
            }
            Trigger::When { .. } | Trigger::Manual => None,
        }
    }

    /// The teams that an inject gives a time of its own once it is added or amended so, and which. Whoever
    /// it comes to already keeps the time: other words are no reason to come at another one.
    pub(super) fn given_anew(&self, inject: &Inject) -> Vec<(usize, Option<Millis>)> {
        let before = self.inject(&inject.id);
        let keeps = |team: &Team| {
            before.is_some_and(|(position, before)| {
                let same = before.trigger == inject.trigger && before.is_sent() == inject.is_sent();
                let same = same && Self::is_for(before, team) == Self::is_for(inject, team);
                same || team.has_fate(position) || team.timed_by_hand.contains(&position)
            })
        };
        let anew = self.teams.iter().enumerate().filter(|(_, team)| !keeps(team));
        anew.map(|(index, team)| (index, self.planned_time(inject, team))).collect()
    }

    /// Plan time at which a follower comes to a team that has what it follows.
    pub(super) fn follows_at(&self, follower: usize, team: &Team) -> Option<Millis> {
        let Trigger::After { inject: leader, delay } = &self.plan.injects.get(follower)?.trigger else { return None };
        let delivery = team.deliveries.get(&self.inject(leader)?.0)?;
        Some(team.clock.plan(delivery.released_at).plus(self.delay(follower, *delay)))
    }

    /// Content with a team's own words for the plan's variables.
    #[must_use]
    pub fn in_words_of(&self, team: &Team, mut content: Content) -> Content {
        for text in content.texts_mut() {
            for (language, text) in &mut text.0 {
                if text.contains("{{") {
                    *text = self.filled(text, team, language);
                }
            }
        }
        content
    }

    /// A text with its gaps filled from left to right: what fills one is never taken for another, or a
    /// few words that name each other would grow without end.
    fn filled(&self, text: &str, team: &Team, language: &Language) -> String {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            filled.push_str(before);
            let gap = after.split_once("}}").and_then(|(name, tail)| {
                let variable = self.plan.variables.iter().find(|variable| variable.id.as_str() == name)?;
                Some((team.word(variable).get(language), tail))
            });
            let (word, tail) = gap.unwrap_or(("{{", after));
            filled.push_str(word);
            rest = tail;
        }
        filled + rest
    }

    /// Looks again at what hangs on a source, for one team or, if it asks about others, for all.
    pub(super) fn look_again(&mut self, source: &Source, team: Option<usize>, at: Timestamp) {
        let hanging: Vec<Hanging> = self.watch.readers(source).collect();
        for hanging in hanging {
            let one = team.filter(|_| !self.watch.asks_others(hanging));
            let teams = one.map_or(0..self.teams.len(), |team| team..team + 1);
            teams.for_each(|team| self.settle(hanging, team, at));
        }
    }

    /// Looks at everything that hangs on a condition, for one team or for all.
    pub(super) fn look_at_everything(&mut self, at: Timestamp) {
        for hanging in self.watch.everything() {
            (0..self.teams.len()).for_each(|team| self.settle(hanging, team, at));
        }
    }

    fn settle(&mut self, hanging: Hanging, team: usize, at: Timestamp) {
        if self.stage() == Stage::Ready {
            return;
        }
        match hanging {
            Hanging::Inject(position) => self.settle_inject(position, team, at),
            Hanging::Flag(position) => self.settle_flag(position, team),
        }
    }

    fn settle_inject(&mut self, position: usize, index: usize, at: Timestamp) {
        let plan = Arc::clone(&self.plan);
        let Some(inject) = plan.injects.get(position) else { return };
        let Trigger::When { condition, delay } = &inject.trigger else { return };
        let Some(team) = self.teams.get(index) else { return };
        if !inject.is_sent() || !Self::is_for(inject, team) || team.has_fate(position) {
            return;
        }
        let by_hand = team.timed_by_hand.contains(&position);
        let (waits, holds) = (team.due.holds(position), self.holds(condition, team));
        let Some(team) = self.teams.get_mut(index).filter(|_| !by_hand && waits != holds) else { return };
        if holds {
            team.due.put(position, team.clock.plan(at).plus(*delay));
        } else {
            team.due.remove(position);
        }
    }

    fn settle_flag(&mut self, position: usize, index: usize) {
        let plan = Arc::clone(&self.plan);
        let Some((flag, condition)) = plan.flags.get(position).and_then(|flag| Some((flag, flag.when.as_ref()?)))
        else {
            return;
        };
        let Some(team) = self.teams.get(index) else { return };
        let is_free = !team.flags.contains(&flag.id) && !team.cleared_flags.contains(&position);
        let ripe = is_free && self.holds(condition, team);
        if let Some(team) = self.teams.get_mut(index) {
            if ripe {
                team.ripe_flags.insert(position);
            } else {
                team.ripe_flags.remove(&position);
            }
        }
    }

    /// Whether an inject comes because a team is silent: then a team that is not connected is not
    /// silent but absent, and staff decide.
    pub(super) fn comes_of_silence(inject: &Inject) -> bool {
        let of_trigger = match &inject.trigger {
            Trigger::When { condition, .. } => Some(condition),
            Trigger::At { .. } | Trigger::After { .. } | Trigger::Manual => None,
        };
        let conditions = of_trigger.into_iter().chain(&inject.only_if);
        inject.kind == InjectKind::Contingency && conditions.flat_map(Condition::silences).count() > 0
    }

    /// How much plan time is left until the first of the teams will receive something by itself.
    pub(super) fn next_release(&self, at: Timestamp) -> Option<Millis> {
        // A team that stands alone would receive nothing at the end of the jump.
        let teams = self.teams.iter().filter(|team| !team.paused && !team.suspended);
        teams.filter_map(|team| team.due.ahead(team.clock.plan(at))).min()
    }
}

/// What an inject says so far: its points, or while people mark it what its keys say alone.
fn so_far(score: &InjectScore) -> Option<(i64, i64)> {
    match score.outcome {
        Outcome::Excused { .. } => None,
        Outcome::Unmarked { .. } | Outcome::Split => {
            let keyed = score.fields.iter().filter_map(|field| Some((field.credit_permille?, field.points)));
            let (given, all) = keyed.fold((0, 0), |(given, all), (credit, points)| {
                (given + i64::from(credit) * i64::from(points), all + 1000 * i64::from(points))
            });
            (all > 0).then_some((given, all))
        }
        _ => Some((score.points_milli?, score.attainable_milli)),
    }
}
