//! Conditions: that what they read is there, and can be asked for at all.

use super::{Checker, document::part_id, known, listed::Listed};
use crate::{
    engine::{
        id::InjectId,
        plan::{Condition, InjectKind, Quantity, Subject},
    },
    scenario::{
        document::{self, PartKind},
        model::{self, HowMany},
        value::{At, Code, Id},
    },
};

/// How deep conditions may lie in each other.
const MAX_DEPTH: usize = 8;

impl Checker<'_> {
    /// A condition. One that is wrong gives one that never holds.
    pub(super) fn condition(&mut self, condition: &At<model::Condition>) -> Condition {
        self.condition_at(condition, 1)
    }

    fn condition_at(&mut self, condition: &At<model::Condition>, depth: usize) -> Condition {
        if depth > MAX_DEPTH {
            self.findings
                .error("too_deep", condition.place, format!("Conditions may lie {MAX_DEPTH} deep in each other."))
                .suggest("set a flag by one part of it, and ask for the flag");
            return Condition::Any(Vec::new());
        }
        match &condition.value {
            model::Condition::All(list) => Condition::All(self.conditions(condition, list, depth)),
            model::Condition::Any(list) => Condition::Any(self.conditions(condition, list, depth)),
            model::Condition::Not(inner) => Condition::Not(Box::new(self.condition_at(inner, depth + 1))),
            model::Condition::Flag(id) => {
                known(self.findings, id, "flag", self.flags.iter().map(String::as_str));
                Condition::Flag(id.0.as_str().into())
            }
            model::Condition::Received(id) => Condition::Received(self.sent(id)),
            model::Condition::Opened(id) => Condition::Opened(self.sent(id)),
            model::Condition::Acknowledged(id) => Condition::Acknowledged(self.acknowledgeable(id)),
            model::Condition::Answered(id) => Condition::Answered(self.answerable(id)),
            model::Condition::Answer(answer) => self.answer_includes(answer),
            model::Condition::Silent(silence) => {
                let length = self.forward_length(&silence.length);
                Condition::Silent { inject: self.answerable(&silence.inject), length }
            }
            model::Condition::Score(share) => self.score(share, condition),
            model::Condition::Logged(count) => Condition::Logged(self.some(count)),
            model::Condition::ToldPeers(count) => {
                if self.team_aliases < 2 {
                    self.findings
                        .error("no_peers", count.place, "Teams cannot write to each other: they have no aliases.")
                        .suggest("give two contacts of the directory alias: … and for_team: true");
                }
                Condition::ToldPeers(self.some(count))
            }
            model::Condition::Teams(teams) => {
                let quantity = self.quantity(teams, depth);
                self.no_teams_in_teams(condition, quantity)
            }
        }
    }

    /// Each level would ask every team about every team: a few of them would stop play.
    fn no_teams_in_teams(&mut self, place: &At<model::Condition>, condition: Condition) -> Condition {
        let Condition::Teams(quantity) = &condition else { return condition };
        if !quantity.meet.asks_others() {
            return condition;
        }
        self.findings
            .error("teams_in_teams", place.place, "A condition on teams may not lie in another one.")
            .suggest("set a flag by the inner one, and ask for the flag");
        Condition::Any(Vec::new())
    }

    fn conditions(
        &mut self,
        outer: &At<model::Condition>,
        list: &[At<model::Condition>],
        depth: usize,
    ) -> Vec<Condition> {
        if list.is_empty() {
            self.findings
                .error("empty_condition", outer.place, "This condition asks for nothing.")
                .suggest("put a condition into the list");
        }
        list.iter().map(|part| self.condition_at(part, depth + 1)).collect()
    }

    /// An inject that can be received.
    fn sent(&mut self, id: &At<Id>) -> InjectId {
        known(self.findings, id, "inject", self.injects.keys().copied());
        let watched = |inject: &&model::Inject| inject.kind.value == InjectKind::ExpectedAction;
        if self.injects.get(id.0.as_str()).is_some_and(watched) {
            let message = format!("'{}' is an expected action and is never sent, so this never holds.", id.value);
            self.findings.error("unreachable", id.place, message).suggest("let staff set a flag when they see it");
        }
        id.0.as_str().into()
    }

    fn acknowledgeable(&mut self, id: &At<Id>) -> InjectId {
        if let Some(inject) = self.injects.get(id.0.as_str())
            && !inject.player.form.as_ref().is_some_and(|form| form.acknowledge)
        {
            let message = format!("Nobody can acknowledge '{}'.", id.value);
            self.findings
                .error("nothing_to_acknowledge", id.place, message)
                .suggest("write acknowledge: true in its form, or ask for opened:");
        }
        self.sent(id)
    }

    fn answerable(&mut self, id: &At<Id>) -> InjectId {
        if let Some(inject) = self.injects.get(id.0.as_str())
            && inject.player.form.as_ref().is_none_or(|form| form.fields.is_empty())
        {
            let message = format!("Nobody can answer '{}': it has no fields.", id.value);
            self.findings
                .error("nothing_to_answer", id.place, message)
                .suggest("give its form a field, or ask for acknowledged: or opened:");
        }
        self.sent(id)
    }

    fn answer_includes(&mut self, answer: &model::AnswerIncludes) -> Condition {
        let form = self.injects.get(answer.inject.0.as_str()).and_then(|inject| inject.player.form.as_ref());
        if let Some(form) = form {
            let asked = asked(form);
            known(self.findings, &answer.field, "field", asked.iter().map(|(id, _)| id.as_str()));
            if let Some((_, listed)) = asked.iter().find(|(id, _)| *id == answer.field.0) {
                self.known_option(&answer.field, listed.as_ref(), &answer.includes);
            }
        }
        Condition::Answer {
            inject: self.answerable(&answer.inject),
            field: answer.field.0.as_str().into(),
            includes: answer.includes.0.as_str().into(),
        }
    }

    fn known_option(&mut self, field: &At<Id>, listed: Option<&Listed<'_>>, option: &At<Code>) {
        if let Some(listed) = listed {
            listed.check(self.findings, option);
            return;
        }
        let message = format!("Field '{}' has no options to choose from.", field.value);
        self.findings
            .error("no_options", option.place, message)
            .suggest("ask whether the inject was answered:, or let staff set a flag");
    }

    fn score(&mut self, share: &model::Share, condition: &At<model::Condition>) -> Condition {
        if share.at_least.is_none() && share.below.is_none() {
            self.findings
                .error("missing_key", condition.place, "This asks for no number of points.")
                .suggest("write at_least: 60, or below: 40, in percent");
        }
        let inject = share.inject.as_ref().map(|id| {
            let points = |inject: &&model::Inject| {
                let fields = inject.player.form.iter().flat_map(|form| &form.fields);
                let of_fields = fields.filter_map(|field| field.points.as_ref()).any(|n| n.value > 0);
                let whole = inject.staff.evaluation.points.as_ref().map(|points| points.value > 0);
                inject.kind.value != InjectKind::Practice && whole.unwrap_or(of_fields)
            };
            if self.injects.get(id.0.as_str()).is_some_and(|inject| !points(inject)) {
                let message = format!("'{}' gives no points.", id.value);
                self.findings.error("nothing_scored", id.place, message).suggest("give a field of it points");
            }
            self.sent(id)
        });
        let mut permille = |percent: &Option<At<u32>>| percent.as_ref().map(|percent| self.at_most(percent, 100) * 10);
        Condition::Score { inject, at_least: permille(&share.at_least), below: permille(&share.below) }
    }

    fn quantity(&mut self, teams: &model::Teams, depth: usize) -> Condition {
        if let Some(cohort) = &teams.cohort {
            known(self.findings, cohort, "cohort", self.cohorts.iter().map(String::as_str));
        }
        Condition::Teams(Box::new(Quantity {
            of: match &teams.of {
                HowMany::Any => Subject::Any,
                HowMany::All => Subject::All,
                HowMany::AtLeast(count) => Subject::AtLeast(self.some(count)),
            },
            cohort: teams.cohort.as_ref().map(|id| id.0.as_str().into()),
            meet: self.condition_at(&teams.meet, depth + 1),
            without: teams.without.clone(),
        }))
    }

    /// A number that is not nought.
    fn some(&mut self, number: &At<u32>) -> u32 {
        if number.value == 0 {
            self.findings.error("out_of_range", number.place, "This must be at least 1.");
        }
        number.value
    }
}

/// What a form asks for by id, parts of documents among it, and what there is to choose from; none where
/// people write.
fn asked(form: &model::Form) -> Vec<(String, Option<Listed<'_>>)> {
    let fields = form.fields.iter().flat_map(|field| {
        let documents = field.documents().flat_map(|(document, wanted)| {
            let kept = document::parts(document).iter();
            kept.filter(|part| !wanted.without.iter().any(|id| id.0 == part.name))
        });
        let parts: Vec<_> = documents.map(|part| (part_id(&field.id, part.name), of_part(part.kind))).collect();
        if parts.is_empty() { vec![(field.id.0.clone(), of_field(field))] } else { parts }
    });
    fields.collect()
}

fn of_part(kind: PartKind) -> Option<Listed<'static>> {
    match kind {
        PartKind::Options(ids) | PartKind::Marking(_, ids) => Some(Listed::Options(ids.to_vec())),
        PartKind::Classification => Some(Listed::Classes),
        PartKind::Severity => Some(Listed::Severities),
        PartKind::Techniques => Some(Listed::Techniques),
        _ => None,
    }
}

fn of_field(field: &model::Field) -> Option<Listed<'_>> {
    let options: Vec<&str> = [&field.choice, &field.multi_choice, &field.decision]
        .into_iter()
        .flatten()
        .flatten()
        .map(|option| option.id.0.as_str())
        .collect();
    if !options.is_empty() {
        return Some(Listed::Options(options));
    }
    let lists = [
        (field.classification.is_some(), Listed::Classes),
        (field.severity.is_some(), Listed::Severities),
        (field.techniques.is_some(), Listed::Techniques),
    ];
    lists.into_iter().find_map(|(is_it, listed)| is_it.then_some(listed))
}
