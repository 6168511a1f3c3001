//! What comes after marking: the release of scores, appeals, adjustments; and what is given back to a team
//! whose line failed.

use std::collections::BTreeMap;

use super::{
    TEXT_LIMIT, checked,
    mark::{reasoned, reasoned_line},
};
use crate::engine::{
    command::{Actor, AnswerAppeal, Appeal, Command, CreditOutage, DecideAdjustment, ProposeAdjustment},
    event::{AdjustmentDecided, AdjustmentProposed, AppealAnswered, AppealRaised, Fact, OutageCredited, ScoresVetoed},
    id::{InjectId, ItemId},
    rejection::{Granting, Judging, Rejection},
    role::{Action, Relation},
    score::{Outcome, RULES, released, team_score},
    state::{Stage, State, Team},
    time::{Millis, Timestamp},
};

/// Adjustments move a score by at most so much in all, in thousandths of a point of the hundred.
const MOST_ADJUSTMENT: i64 = 5_000;

impl State {
    /// Scores are final: each team gets its own, with reasons and feedback. After appeals they are
    /// released again.
    pub(super) fn release_scores(&self, command: &Command, unfinished: bool) -> Result<Vec<Fact>, Rejection> {
        self.allow_release(&command.actor)?;
        self.in_stage(&[Stage::Ended])?;
        if self.veto.is_some() {
            return Err(Granting::ScoresVetoed.into());
        }
        let waits = |outcome: &Outcome| matches!(outcome, Outcome::Unmarked { .. } | Outcome::Split);
        let scores = self.teams.iter().map(|team| team_score(self, team));
        let left = scores.flat_map(|score| score.injects).filter(|inject| waits(&inject.outcome)).count();
        if left > 0 && !unfinished {
            return Err(Judging::UnmarkedAnswers(u32::try_from(left).unwrap_or(u32::MAX)).into());
        }
        let results = released(self, command.mint).into_iter().map(Fact::TeamScoreReleased);
        Ok(results.chain([Fact::ScoresReleased { rules: RULES }]).collect())
    }

    /// The lead evaluator releases; the director does where nobody is that.
    fn allow_release(&self, actor: &Actor) -> Result<(), Rejection> {
        let grant = self.grant(actor).ok_or(Rejection::Forbidden)?;
        let unled = self.grants.values().all(|grant| !grant.may(Action::ReleaseScores, Relation::Other));
        let stands_in = unled && grant.may(Action::VetoScores, Relation::Other);
        let may = grant.may(Action::ReleaseScores, Relation::Other) || stands_in;
        may.then_some(()).ok_or(Rejection::Forbidden)
    }

    /// The director keeps scores from going out, also again after appeals, or frees them.
    pub(super) fn veto_scores(&self, actor: &Actor, reason: Option<&str>) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::VetoScores)?;
        if reason.is_none() && self.veto.is_none() {
            return Err(Granting::NotVetoed.into());
        }
        let reason = reason.map(reasoned_line).transpose()?.map(str::to_owned);
        Ok(vec![Fact::ScoresVetoed(ScoresVetoed { reason })])
    }

    /// A team asks once for each inject that a mark be looked at again.
    pub(super) fn appeal(&self, command: &Command, appeal: &Appeal, at: Timestamp) -> Result<Vec<Fact>, Rejection> {
        let (team, _) = self.allow_own(&command.actor, Action::LeadTeam)?;
        let released = self.scores_released_at.ok_or(Judging::ScoresNotOut)?;
        self.received(team, &appeal.inject)?;
        if at > released.plus(self.plan.profile.appeal_window) {
            return Err(Judging::AppealsClosed.into());
        }
        let position = self.inject(&appeal.inject).map(|(position, _)| position);
        if position.is_some_and(|position| team.appeals.contains_key(&position)) {
            return Err(Judging::AlreadyAppealed(appeal.inject.clone()).into());
        }
        Ok(vec![Fact::AppealRaised(AppealRaised {
            item: command.mint.item(0),
            team: team.id.clone(),
            inject: appeal.inject.clone(),
            text: command.mint.prose(0, checked(&appeal.text, TEXT_LIMIT)?),
        })])
    }

    pub(super) fn answer_appeal(&self, command: &Command, wanted: &AnswerAppeal) -> Result<Vec<Fact>, Rejection> {
        self.allow(&command.actor, Action::Moderate)?;
        let (team, position) = self.appeal_of(&wanted.item)?;
        self.not_at_home(&command.actor, &team.id)?;
        let inject = self.plan.injects.get(position).ok_or_else(|| Judging::UnknownAppeal(wanted.item.clone()))?;
        if team.appeals.get(&position).is_some_and(|appeal| appeal.answered) {
            return Err(Rejection::AlreadyAnswered);
        }
        Ok(vec![Fact::AppealAnswered(AppealAnswered {
            item: wanted.item.clone(),
            team: team.id.clone(),
            inject: inject.id.clone(),
            upheld: wanted.upheld,
            answer: command.mint.prose(0, reasoned(&wanted.answer, TEXT_LIMIT)?),
        })])
    }

    fn appeal_of(&self, item: &ItemId) -> Result<(&Team, usize), Rejection> {
        let of_team = |team: &Team| {
            let found = team.appeals.iter().find(|(_, appeal)| appeal.item == *item);
            found.map(|(position, _)| *position)
        };
        let mut found = self.teams.iter().filter_map(|team| Some((team, of_team(team)?)));
        found.next().ok_or_else(|| Judging::UnknownAppeal(item.clone()).into())
    }

    pub(super) fn propose_adjustment(
        &self,
        command: &Command,
        wanted: &ProposeAdjustment,
    ) -> Result<Vec<Fact>, Rejection> {
        self.allow(&command.actor, Action::RunMarking)?;
        let team = self.known_team(&wanted.team)?;
        self.not_at_home(&command.actor, &team.id)?;
        let reason = reasoned(&wanted.reason, TEXT_LIMIT)?;
        within_bounds(team, wanted.milli)?;
        Ok(vec![Fact::AdjustmentProposed(AdjustmentProposed {
            item: command.mint.item(0),
            team: wanted.team.clone(),
            milli: wanted.milli,
            reason: command.mint.prose(0, reason),
        })])
    }

    /// Nobody decides on a proposal of their own.
    pub(super) fn decide_adjustment(&self, actor: &Actor, wanted: &DecideAdjustment) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::RunMarking)?;
        let mut found = self.teams.iter().filter_map(|team| Some((team, team.adjustments.get(&wanted.item)?)));
        let (team, adjustment) = found.next().ok_or_else(|| Judging::UnknownAdjustment(wanted.item.clone()))?;
        self.not_at_home(actor, &team.id)?;
        if adjustment.accepted.is_some() {
            return Err(Judging::AlreadyDecided.into());
        }
        if adjustment.by.as_ref() == actor.person() {
            return Err(Judging::SecondPersonNeeded.into());
        }
        if wanted.accepted {
            within_bounds(team, adjustment.milli)?;
        }
        let (item, team) = (wanted.item.clone(), team.id.clone());
        Ok(vec![Fact::AdjustmentDecided(AdjustmentDecided { item, team, accepted: wanted.accepted })])
    }

    /// Staff confirm that a team's line had failed: the stretch lies within an absence that the server
    /// noted, and all that a team is given back stays below the profile's limit.
    pub(super) fn credit_outage_rule(
        &self,
        actor: &Actor,
        wanted: &CreditOutage,
        at: Timestamp,
    ) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::ControlInjects)?;
        let CreditOutage { team, from, to, reason } = wanted;
        let team = self.known_team(team)?;
        if from >= to || *to > at {
            return Err(Judging::BadStretch.into());
        }
        let covers =
            |(lost, back): &(Timestamp, Option<Timestamp>)| lost <= from && back.is_none_or(|back| back >= *to);
        if !team.absences.iter().any(covers) {
            return Err(Judging::NotAbsent(team.id.clone()).into());
        }
        if team.credited.iter().any(|(known, until)| known < to && from < until) {
            return Err(Judging::AlreadyCredited(team.id.clone()).into());
        }
        let given = |(from, to): &(Timestamp, Timestamp)| team.clock.active(*to).minus(team.clock.active(*from));
        let sum = team.credited.iter().map(given).fold(given(&(*from, *to)), Millis::plus);
        let limit = self.plan.profile.outage_limit;
        if sum > limit {
            return Err(Judging::OutageLimit { limit }.into());
        }
        Ok(vec![Fact::OutageCredited(OutageCredited {
            team: team.id.clone(),
            from: *from,
            to: *to,
            reason: reasoned_line(reason)?.to_owned(),
            credits: self.credits(team, *from, *to),
        })])
    }

    /// What each inject that the team had, and had not answered by then, gets of a stretch.
    fn credits(&self, team: &Team, from: Timestamp, to: Timestamp) -> BTreeMap<InjectId, Millis> {
        let credit = |(position, delivery): (&usize, &crate::engine::state::Delivery)| {
            let inject = self.plan.injects.get(*position)?;
            let form = inject.content.form.as_ref()?;
            let released = delivery.clock_at_release;
            let answered = delivery.responses.iter().map(|response| response.taken).min();
            let closes = form.deadline.map(|deadline| deadline.plus(delivery.extension));
            let until = [answered, closes].into_iter().flatten().min().map(|until| released.plus(until));
            let begins = team.clock.active(from).max(released);
            let ends = until.map_or(team.clock.active(to), |until| until.min(team.clock.active(to)));
            let credit = ends.minus(begins);
            (credit > Millis(0)).then(|| (inject.id.clone(), credit))
        };
        team.deliveries.iter().filter_map(credit).collect()
    }

    pub(super) fn give_consent(&self, actor: &Actor, named: bool) -> Result<Vec<Fact>, Rejection> {
        let (team, _) = self.allow_own(actor, Action::LeadTeam)?;
        let fact = || Fact::ConsentGiven { team: team.id.clone(), named };
        Ok((team.named != named).then(fact).into_iter().collect())
    }
}

fn within_bounds(team: &Team, milli: i64) -> Result<(), Rejection> {
    let bounds = -MOST_ADJUSTMENT..=MOST_ADJUSTMENT;
    let sum = team.adjustment().saturating_add(milli);
    if milli != 0 && bounds.contains(&milli) && bounds.contains(&sum) {
        Ok(())
    } else {
        Err(Judging::AdjustmentLimit.into())
    }
}
