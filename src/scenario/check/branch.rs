//! What differs from team to team, and what stops play: flags, other words, hints, breaks, cut lines.

use std::collections::BTreeMap;

use super::{Checker, known};
use crate::{
    engine::{
        plan::{Alternative, Break, Condition, Content, Cut, Flag, Form, Hint, HintOffer, InjectKind},
        time::Millis,
    },
    scenario::{
        model,
        value::{At, Id},
    },
};

/// What the hints of an inject may cost together, in percent: scores take off no more.
const MOST_FOR_HINTS: u32 = 30;

impl Checker<'_> {
    /// The flags of the plan.
    pub(super) fn all_flags(&mut self, flags: &[model::Flag]) -> Vec<Flag> {
        self.unique(flags.iter().map(|flag| &flag.id));
        let compile = |flag: &model::Flag| Flag {
            id: flag.id.0.as_str().into(),
            title: self.text(&flag.title),
            when: flag.when.as_ref().map(|condition| self.condition(condition)),
        };
        flags.iter().map(compile).collect()
    }

    /// Planned breaks, which stand in order of time.
    pub(super) fn all_breaks(&mut self, breaks: &[model::Break]) -> Vec<Break> {
        self.unique(breaks.iter().map(|pause| &pause.id));
        let mut compiled: Vec<Break> = Vec::new();
        for pause in breaks {
            let (at, length) = (self.length(&pause.at), self.forward_length(&pause.length));
            if length == Millis::default() {
                self.findings.error("out_of_range", pause.length.place, "A break must be longer than nothing.");
            }
            if compiled.last().is_some_and(|before| at <= before.at) {
                self.findings
                    .error("out_of_order", pause.at.place, "This break begins no later than the one before it.")
                    .suggest("put breaks in order of time");
            }
            self.not_after_end(at, &pause.at, "This break begins");
            let (id, title) = (pause.id.0.as_str().into(), self.fixed_text(&pause.title));
            compiled.push(Break { id, title, at, length });
        }
        compiled
    }

    /// Cut lines, which stand in order of time.
    pub(super) fn all_cuts(&mut self, cuts: &[model::Cut]) -> Vec<Cut> {
        let mut compiled: Vec<Cut> = Vec::new();
        for cut in cuts {
            let (at, until) = (self.length(&cut.at), self.length(&cut.until));
            if until <= at {
                self.findings
                    .error("out_of_range", cut.until.place, "The line is restored no later than it is cut.")
                    .suggest("give until a later plan time than at");
            }
            if compiled.last().is_some_and(|before| at < before.at) {
                self.findings
                    .error("out_of_order", cut.at.place, "This line is cut before the one above it.")
                    .suggest("put cuts in order of time");
            }
            self.not_after_end(until, &cut.until, "This line is restored");
            if let Some(cohort) = &cut.cohort {
                known(self.findings, cohort, "cohort", self.cohorts.iter().map(String::as_str));
            }
            let cohort = cut.cohort.as_ref().map(|id| id.0.as_str().into());
            compiled.push(Cut { cohort, at, until, notice: self.fixed_text(&cut.notice) });
        }
        compiled
    }

    /// What must hold when an inject falls due.
    pub(super) fn only_if(&mut self, inject: &model::Inject) -> Option<Condition> {
        let condition = inject.only_if.as_ref()?;
        if inject.kind.value == InjectKind::ExpectedAction {
            self.findings
                .error("trigger_not_allowed", condition.place, "An expected action is watched for, never sent.")
                .suggest("take only_if out");
        }
        Some(self.condition(condition))
    }

    /// Other words for an inject whose ordinary content is given.
    pub(super) fn alternatives(&mut self, others: &[model::Alternative], ordinary: &Content) -> Vec<Alternative> {
        self.unique(others.iter().map(|other| &other.id));
        let compile = |other: &model::Alternative| Alternative {
            id: other.id.0.as_str().into(),
            when: self.condition(&other.when),
            content: self.other_words(&other.player, ordinary),
        };
        others.iter().map(compile).collect()
    }

    fn other_words(&mut self, words: &model::OtherWords, ordinary: &Content) -> Content {
        let from = words.from.as_ref().map(|id| self.persona(id));
        let files = words.attachments.as_ref();
        let files = files.map(|files| files.iter().filter_map(|file| self.attachment(file)).collect());
        let for_guests = words.for_guests.as_ref().map(|guests| self.text_with_words(guests));
        Content {
            title: self.text_with_words(&words.title),
            body: self.text_with_words(&words.body),
            channel: words.channel.unwrap_or(ordinary.channel),
            from: from.unwrap_or_else(|| ordinary.from.clone()),
            attachments: files.unwrap_or_else(|| ordinary.attachments.clone()),
            form: ordinary.form.clone(),
            for_guests: for_guests.or_else(|| ordinary.for_guests.clone()),
            corrects: None,
        }
    }

    /// What teams see of hints before they open them.
    pub(super) fn hint_offers(&mut self, hints: &[model::HintOffer]) -> Vec<HintOffer> {
        self.unique(hints.iter().map(|hint| &hint.id));
        let mut together = 0;
        let mut offers = Vec::new();
        for hint in hints {
            let percent = self.at_most(&hint.price_percent, 100);
            let before = together;
            together += percent;
            let place = hint.price_percent.place;
            if together > MOST_FOR_HINTS && before <= MOST_FOR_HINTS {
                let message =
                    format!("From here on the hints of this inject cost more than {MOST_FOR_HINTS} % together.");
                self.findings
                    .error("hints_too_dear", place, message)
                    .suggest("make them cheaper: whoever needs help shall dare to ask");
            }
            offers.push(HintOffer {
                id: hint.id.0.as_str().into(),
                label: self.fixed_text(&hint.label),
                price_permille: percent * 10,
            });
        }
        for hint in hints.iter().filter(|hint| !self.hint_texts.contains(&hint.id.0)) {
            self.findings
                .error("hint_without_text", hint.id.place, format!("The hint '{}' has no text.", hint.id.value))
                .suggest(format!("write it under staff.hints, as {}: …", hint.id.value));
        }
        offers
    }

    /// The hints themselves, in the order in which they are offered.
    pub(super) fn hints(&mut self, texts: &BTreeMap<At<Id>, model::Text>, form: Option<&Form>) -> Vec<Hint> {
        let offers = form.map_or(&[][..], |form| &form.hints);
        for id in texts.keys() {
            known(self.findings, id, "hint", offers.iter().map(|offer| offer.id.as_str()));
        }
        let text_of = |offer: &HintOffer| texts.iter().find(|(id, _)| id.0 == offer.id.0).map(|(_, text)| text);
        let given = offers.iter().filter_map(|offer| Some((offer, text_of(offer)?)));
        given.map(|(offer, text)| Hint { id: offer.id.clone(), text: self.fixed_text(text) }).collect()
    }
}
