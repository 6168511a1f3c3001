//! What makes an inject due and whom it is for, in words.

use super::{standing::Entry, words::Words};
use crate::{
    engine::{
        id::{CohortId, FieldId, InjectId, OptionId, TeamId},
        plan::{Condition, Inject, InjectAudience, Plan, Quantity, Subject, Trigger},
        text::Language,
    },
    markup::{
        figures,
        phrase::{fill, named},
    },
};

/// Says conditions in one language.
pub(super) struct Teller<'a> {
    pub(super) plan: &'a Plan,
    pub(super) entries: &'a [Entry<'a>],
    pub(super) words: &'static Words,
    pub(super) language: &'a Language,
}

impl Teller<'_> {
    /// What makes it due, and what else must hold then.
    pub(super) fn trigger(&self, inject: &Inject) -> String {
        let words = self.words;
        let due = match &inject.trigger {
            Trigger::At { at } => fill(&words.at, &[("t", &figures::story_time(*at))]),
            Trigger::After { inject, delay } => {
                fill(&words.after, &[("t", &figures::length(*delay)), ("inject", &self.inject(inject))])
            }
            Trigger::When { condition, delay } if delay.0 == 0 => {
                fill(&words.when, &[("what", &self.condition(condition))])
            }
            Trigger::When { condition, delay } => {
                fill(&words.when_after, &[("t", &figures::length(*delay)), ("what", &self.condition(condition))])
            }
            Trigger::Manual => words.manual.clone(),
        };
        match &inject.only_if {
            Some(condition) => format!("{due} {}", fill(&words.only_if, &[("what", &self.condition(condition))])),
            None => due,
        }
    }

    pub(super) fn audience(&self, inject: &Inject) -> String {
        let list = |ids: Vec<&str>| ids.join(", ");
        match &inject.audience {
            InjectAudience::All => self.words.all_teams.clone(),
            InjectAudience::Teams(teams) => list(teams.iter().map(TeamId::as_str).collect()),
            InjectAudience::Cohorts(cohorts) => {
                let cohorts = list(cohorts.iter().map(CohortId::as_str).collect());
                fill(&self.words.cohorts, &[("list", &cohorts)])
            }
        }
    }

    pub(super) fn condition(&self, condition: &Condition) -> String {
        let words = self.words;
        let about = |sentence: &str, inject: &InjectId| fill(sentence, &[("inject", &self.inject(inject))]);
        match condition {
            Condition::All(list) => fill(&words.all_of, &[("list", &self.list(list))]),
            Condition::Any(list) => fill(&words.any_of, &[("list", &self.list(list))]),
            Condition::Not(inner) => fill(&words.not, &[("what", &self.condition(inner))]),
            Condition::Flag(id) => {
                let flag = self.plan.flags.iter().find(|flag| flag.id == *id);
                let title = flag.map_or(id.as_str(), |flag| flag.title.get(self.language));
                fill(&words.flag, &[("flag", title)])
            }
            Condition::Received(inject) => about(&words.received, inject),
            Condition::Opened(inject) => about(&words.opened, inject),
            Condition::Acknowledged(inject) => about(&words.acknowledged, inject),
            Condition::Answered(inject) => about(&words.answered, inject),
            Condition::Answer { inject, field, includes } => {
                let (field, option) = self.labels(inject, field, includes);
                let gaps = [("inject", self.inject(inject)), ("field", field), ("option", option)];
                fill(&words.answer_includes, &gaps.each_ref().map(|(gap, text)| (*gap, text.as_str())))
            }
            Condition::Silent { inject, length } => {
                fill(&words.silent, &[("inject", &self.inject(inject)), ("t", &figures::length(*length))])
            }
            Condition::Score { inject, at_least, below } => self.score(inject.as_ref(), *at_least, *below),
            Condition::Logged(n) => fill(&words.logged, &[("n", &n.to_string())]),
            Condition::ToldPeers(n) => fill(&words.told_peers, &[("n", &n.to_string())]),
            Condition::Teams(quantity) => self.teams(quantity),
        }
    }

    fn list(&self, conditions: &[Condition]) -> String {
        let said: Vec<String> = conditions.iter().map(|condition| self.condition(condition)).collect();
        format!("[{}]", said.join("; "))
    }

    fn score(&self, inject: Option<&InjectId>, at_least: Option<u32>, below: Option<u32>) -> String {
        let words = self.words;
        let what = inject.map_or_else(|| words.everything.clone(), |inject| self.inject(inject));
        let percent = |permille: u32| figures::points(i64::from(permille) * 100, ".");
        let (sentence, from, to) = match (at_least, below) {
            (Some(from), Some(to)) => (&words.score_between, from, to),
            (from, None) => (&words.score_from, from.unwrap_or(0), 0),
            (None, Some(to)) => (&words.score_below, 0, to),
        };
        fill(sentence, &[("what", &what), ("a", &percent(from)), ("b", &percent(to))])
    }

    fn teams(&self, quantity: &Quantity) -> String {
        let words = self.words;
        let what = self.condition(&quantity.meet);
        let mut said = match quantity.of {
            Subject::Any => fill(&words.any_team, &[("what", &what)]),
            Subject::All => fill(&words.every_team, &[("what", &what)]),
            Subject::AtLeast(n) => fill(&words.some_teams, &[("n", &n.to_string()), ("what", &what)]),
        };
        let cohort = quantity.cohort.iter().map(|cohort| fill(&words.cohorts, &[("list", cohort.as_str())]));
        let absent: Vec<String> = quantity.without.iter().map(|absent| named(&words.absent, absent)).collect();
        let without = (!absent.is_empty()).then(|| fill(&words.without, &[("list", &absent.join(", "))]));
        for limit in cohort.chain(without) {
            said = format!("{said} ({limit})");
        }
        said
    }

    /// Its number in the book and its id.
    fn inject(&self, id: &InjectId) -> String {
        let entry = self.entries.iter().find(|entry| entry.inject.id == *id);
        entry.map_or_else(|| id.to_string(), |entry| format!("{} ({id})", entry.number))
    }

    fn labels(&self, inject: &InjectId, field: &FieldId, option: &OptionId) -> (String, String) {
        let inject = self.entries.iter().find(|entry| entry.inject.id == *inject).map(|entry| entry.inject);
        let form = inject.and_then(|inject| inject.content.form.as_ref());
        let found = form.and_then(|form| form.fields.iter().find(|known| known.id == *field));
        let label = found.map_or_else(|| field.to_string(), |field| field.label.get(self.language).to_owned());
        (label, found.map_or(option.as_str(), |field| field.kind.label(option, self.language)).to_owned())
    }
}
