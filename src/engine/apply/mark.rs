//! How judging changes the state.

use crate::engine::{
    event::{Event, Fact, OutageCredited},
    id::{InjectId, TeamId},
    state::{Adjustment, Appeal, Assignment, Delivery, Noted, State},
    time::{Millis, Timestamp},
};

impl State {
    pub(super) fn apply_mark(&mut self, event: &Event) {
        let by = || event.actor.person().cloned();
        match &event.fact {
            Fact::DelegateNamed(named) => self.with_team(&named.team, |team| {
                if named.may_submit {
                    team.delegates.insert(named.person.clone());
                } else {
                    team.delegates.remove(&named.person);
                }
            }),
            Fact::ConsentGiven { team, named } => self.with_team(team, |team| team.named = *named),
            Fact::OutageCredited(credited) => self.credit_outage(credited, event.at),
            Fact::MarkingPolicySet(set) => {
                self.marking_policy = set.policy;
                self.marking_salt = Some(set.salt.clone());
            }
            Fact::MarkingAssigned(assigned) => {
                let (injects, languages, home) =
                    (assigned.injects.clone(), assigned.languages.clone(), assigned.home.clone());
                self.assignments.insert(assigned.person.clone(), Assignment { injects, languages, home });
            }
            Fact::AnswerMarked(marked) => {
                if let Some((delivery, by)) = self.marked(&marked.inject, &marked.team).zip(by()) {
                    delivery.markings.marks.insert(by, marked.mark.clone());
                }
            }
            Fact::MarkWithdrawn { team, inject } => {
                if let Some((delivery, by)) = self.marked(inject, team).zip(by()) {
                    delivery.markings.marks.remove(&by);
                }
            }
            Fact::AnswerModerated(marked) => {
                if let Some(delivery) = self.marked(&marked.inject, &marked.team) {
                    delivery.markings.moderated = Some(marked.mark.clone());
                }
            }
            Fact::ActionNoted(noted) => {
                let Some((position, _)) = self.inject(&noted.inject) else { return };
                let (action, status, happened_at) = (noted.action.clone(), noted.status, noted.happened_at);
                self.with_team(&noted.team, |team| {
                    team.noted.entry(position).or_default().insert(action, Noted { status, happened_at });
                });
            }
            Fact::ObjectiveRated(rated) => self.with_team(&rated.team, |team| {
                team.ratings.insert(rated.objective.clone(), rated.into());
            }),
            Fact::AdjustmentProposed(proposed) => {
                let adjustment = Adjustment { milli: proposed.milli, by: by(), accepted: None };
                let item = proposed.item.clone();
                self.with_team(&proposed.team, |team| _ = team.adjustments.insert(item, adjustment));
            }
            Fact::AdjustmentDecided(decided) => self.with_team(&decided.team, |team| {
                if let Some(adjustment) = team.adjustments.get_mut(&decided.item) {
                    adjustment.accepted = Some(decided.accepted);
                }
            }),
            Fact::TeamScoreReleased(released) => {
                for copied in released.feedback.values().flatten() {
                    self.copies.entry(copied.of.clone()).or_default().insert(copied.text.part.clone());
                }
            }
            Fact::StandingsFrozen { standings } => self.frozen = Some(standings.clone()),
            Fact::ScoresReleased { .. } => {
                self.scores_released_at = Some(event.at);
                self.frozen = None;
            }
            Fact::AppealRaised(raised) => {
                let Some((position, _)) = self.inject(&raised.inject) else { return };
                let appeal = Appeal { item: raised.item.clone(), answered: false };
                self.with_team(&raised.team, |team| _ = team.appeals.insert(position, appeal));
            }
            Fact::AppealAnswered(answered) => {
                let Some((position, _)) = self.inject(&answered.inject) else { return };
                self.with_team(&answered.team, |team| {
                    if let Some(appeal) = team.appeals.get_mut(&position) {
                        appeal.answered = true;
                    }
                });
            }
            _ => {}
        }
    }

    fn marked(&mut self, inject: &InjectId, team: &TeamId) -> Option<&mut Delivery> {
        self.delivery_mut(inject, team)
    }

    /// What a team lost is taken out of its timings and put behind its deadlines.
    fn credit_outage(&mut self, credited: &OutageCredited, at: Timestamp) {
        let OutageCredited { team, from, to, credits, .. } = credited;
        for (inject, credit) in credits {
            let Some((position, form)) =
                self.inject(inject).map(|(position, inject)| (position, inject.content.form.clone()))
            else {
                continue;
            };
            let deadline = form.and_then(|form| form.deadline);
            self.with_team(team, |team| {
                let Some(delivery) = team.deliveries.get_mut(&position) else { return };
                let lost = team.clock.active(*from).minus(delivery.clock_at_release).max(Millis(0));
                delivery.credits.push((lost, lost.plus(*credit)));
                delivery.extension = delivery.extension.plus(*credit);
                let Some(ends) = deadline.map(|deadline| deadline.plus(delivery.extension)) else { return };
                delivery.responses.iter_mut().for_each(|response| response.late = response.is_late_by(ends));
                if delivery.clock_at_release.plus(ends) > team.clock.active(at) && !delivery.recalled {
                    delivery.closed = false;
                    team.closing.put(position, delivery.clock_at_release.plus(ends));
                }
            });
        }
        self.with_team(team, |team| team.credited.push((*from, *to)));
    }
}
