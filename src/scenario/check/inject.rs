//! Injects: whom they reach, what teams receive and what staff know.

use std::collections::BTreeMap;

use super::{Checker, known};
use crate::{
    engine::plan::{Channel, Content, Inject, InjectAudience, InjectKind, Persona, Priority, StaffNotes},
    scenario::{
        model::{self, Audience},
        value::{At, Id},
    },
};

impl Checker<'_> {
    /// All injects in file order.
    pub(super) fn all_injects(&mut self, models: &[(usize, model::Inject)]) -> Vec<Inject> {
        let mut first: BTreeMap<&str, u32> = BTreeMap::new();
        let mut injects = Vec::new();
        for (file, model) in models {
            self.findings.open(*file);
            self.id(&model.id);
            if let Some(line) = first.insert(&model.id.0, model.id.place.line) {
                let message = format!("The id '{}' is already taken by the inject on line {line}.", model.id.value);
                self.findings.error("duplicate_id", model.id.place, message);
            }
            injects.push(self.inject(model));
        }
        self.chains(models, &injects);
        injects
    }

    fn inject(&mut self, model: &model::Inject) -> Inject {
        self.hint_texts = model.staff.hints.keys().map(|id| id.0.clone()).collect();
        self.keyed = model.staff.keys.keys().map(|id| id.0.clone()).collect();
        let content = self.content(model);
        Inject {
            id: model.id.0.as_str().into(),
            kind: model.kind.value,
            trigger: self.trigger(model),
            only_if: self.only_if(model),
            audience: self.audience(model.audience.as_ref()),
            priority: model.priority.unwrap_or(Priority::Should),
            staff: self.staff(&model.staff, &content),
            alternatives: self.alternatives(&model.alternatives, &content),
            content,
        }
    }

    fn content(&mut self, model: &model::Inject) -> Content {
        let player = &model.player;
        let watched = model.kind.value == InjectKind::ExpectedAction;
        if player.body.is_none() && !watched {
            let message = format!("Inject '{}' has no body to send.", model.id.value);
            self.findings.error("missing_key", model.id.place, message).suggest("write player.body");
        }
        if player.form.is_some() && watched {
            self.findings
                .error(
                    "form_not_allowed",
                    model.id.place,
                    "An expected action is watched for; nobody can fill in its form.",
                )
                .suggest("take the form out, or make it a task");
        }
        Content {
            title: self.text_with_words(&player.title),
            body: player.body.as_ref().map(|body| self.text_with_words(body)).unwrap_or_default(),
            channel: player.channel.unwrap_or(Channel::Control),
            from: player.from.as_ref().and_then(|id| self.persona(id)),
            attachments: player.attachments.iter().filter_map(|file| self.attachment(file)).collect(),
            form: player.form.as_ref().map(|form| self.form(form)),
            for_guests: player.for_guests.as_ref().map(|guests| self.text_with_words(guests)),
            corrects: None,
        }
    }

    pub(super) fn persona(&mut self, id: &At<Id>) -> Option<Persona> {
        known(self.findings, id, "persona", self.personas.keys().map(String::as_str));
        self.personas.get(&id.0).cloned()
    }

    fn audience(&mut self, audience: Option<&At<Audience>>) -> InjectAudience {
        let Some(audience) = audience else { return InjectAudience::All };
        match &audience.value {
            Audience::All => InjectAudience::All,
            Audience::Cohorts(ids) => {
                self.named(audience, ids);
                for id in ids {
                    known(self.findings, id, "cohort", self.cohorts.iter().map(String::as_str));
                }
                InjectAudience::Cohorts(ids.iter().map(|id| id.0.as_str().into()).collect())
            }
            // Teams join later, so their names can only be checked for how they are written.
            Audience::Teams(ids) => {
                self.named(audience, ids);
                InjectAudience::Teams(ids.iter().map(|id| id.0.as_str().into()).collect())
            }
        }
    }

    fn named(&mut self, audience: &At<Audience>, ids: &[At<Id>]) {
        self.unique(ids.iter());
        if ids.is_empty() {
            self.findings
                .error("empty_audience", audience.place, "This audience is nobody.")
                .suggest("write audience: all");
        }
    }

    fn staff(&mut self, staff: &model::Staff, content: &Content) -> StaffNotes {
        self.unique(staff.objectives.iter());
        for id in &staff.objectives {
            known(self.findings, id, "objective", self.objectives.iter().map(String::as_str));
        }
        let fields = content.form.as_ref().map_or(&[][..], |form| &form.fields);
        StaffNotes {
            notes: self.optional_text(staff.notes.as_ref()).unwrap_or_default(),
            expected: staff.expected.iter().map(|action| self.text(action)).collect(),
            objectives: staff.objectives.iter().map(|id| id.0.as_str().into()).collect(),
            responsible: staff.responsible.clone(),
            planning: staff.planning.clone(),
            keys: self.keys(&staff.keys, fields),
            samples: self.samples(&staff.samples, fields),
            hints: self.hints(&staff.hints, content.form.as_ref()),
            evaluation: self.evaluation(&staff.evaluation, fields),
        }
    }
}
