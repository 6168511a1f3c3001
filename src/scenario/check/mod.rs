//! Turns the model into a plan and finds every mistake in meaning on the way.
//!
//! Checking never stops at a mistake: a wrong value is noted and something harmless takes its
//! place, and a plan with any error noted is thrown away by the caller.

mod attachment;
mod branch;
mod condition;
mod document;
mod evaluation;
mod exact;
mod form;
mod inject;
mod key;
mod listed;
mod order;
mod profile;
mod sample;
mod variable;
mod word;

pub(super) use order::due_times;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    PackFile,
    diagnostic::Findings,
    model::{self, Scenario},
    parse::Parsed,
    source::Source,
    value::{At, Id, Place},
};
use crate::engine::{
    plan::{Contact, File, Objective, Persona, Phase, Plan, Tlp, Weights},
    text::Language,
    time::Millis,
};

/// What a check knows so far.
struct Checker<'a> {
    findings: &'a mut Findings,
    source: &'a dyn Source,
    /// Languages that every text must have.
    languages: Vec<Language>,
    /// Plan time of the end; zero if it is not known.
    duration: Millis,
    cohorts: BTreeSet<String>,
    objectives: BTreeSet<String>,
    personas: BTreeMap<String, Persona>,
    flags: BTreeSet<String>,
    /// Weights of the profile: those of injects begin with them.
    weights: Weights,
    /// Variables, and whether an inject uses them.
    variables: BTreeMap<String, bool>,
    /// Hints of the inject at hand that have a text.
    hint_texts: BTreeSet<String>,
    /// Fields of the inject at hand that have a key.
    keyed: BTreeSet<String>,
    /// Aliases that teams answer to.
    team_aliases: usize,
    injects: BTreeMap<&'a str, &'a model::Inject>,
    files: BTreeMap<String, PackFile>,
}

/// The plan of a scenario and the files that it attaches. It is whole only if no error was noted.
pub(super) fn compile(parsed: &Parsed, source: &dyn Source, findings: &mut Findings) -> (Plan, Vec<PackFile>) {
    let scenario = &parsed.scenario;
    findings.open(parsed.main);
    let mut checker = Checker {
        findings,
        source,
        languages: Vec::new(),
        duration: Millis::default(),
        cohorts: BTreeSet::new(),
        objectives: BTreeSet::new(),
        personas: BTreeMap::new(),
        flags: scenario.flags.iter().map(|flag| flag.id.0.clone()).collect(),
        weights: Weights::NOTHING,
        variables: scenario.variables.iter().map(|variable| (variable.id.0.clone(), false)).collect(),
        hint_texts: BTreeSet::new(),
        keyed: BTreeSet::new(),
        team_aliases: scenario.directory.iter().filter(|contact| contact.for_team).count(),
        injects: parsed.injects.iter().map(|(_, inject)| (inject.id.0.as_str(), inject)).collect(),
        files: BTreeMap::new(),
    };
    let mut plan = checker.frame(scenario);
    plan.injects = checker.all_injects(&parsed.injects);
    checker.findings.open(parsed.main);
    checker.unused_variables(&scenario.variables);
    let earliest = plan.injects.iter().filter_map(order::fixed_time).min();
    plan.opens_at = earliest.unwrap_or_default().min(Millis::default());
    let files: Vec<PackFile> = checker.files.into_values().collect();
    plan.files = files
        .iter()
        .map(|file| File {
            hash: file.hash.clone(),
            path: file.path.clone(),
            media_type: file.media_type.to_owned(),
            bytes: file.bytes.len() as u64,
        })
        .collect();
    (plan, files)
}

impl Checker<'_> {
    /// Everything but the injects.
    fn frame(&mut self, scenario: &Scenario) -> Plan {
        if scenario.format.value != 1 {
            let message = format!("This is format {}; this program reads format 1.", scenario.format.value);
            self.findings.error("unsupported_format", scenario.format.place, message);
        }
        let meta = &scenario.meta;
        // Languages come first: every text is held against them.
        self.languages = self.all_languages(meta);
        self.id(&meta.name);
        self.duration = self.length(&meta.duration);
        if self.duration <= Millis::default() {
            self.findings.error("out_of_range", meta.duration.place, "The duration must be longer than nothing.");
        }
        let profile = self.profile(&scenario.profile);
        self.unique(scenario.cohorts.iter());
        self.cohorts = scenario.cohorts.iter().map(|id| id.0.clone()).collect();
        self.learn_personas(scenario);
        Plan {
            name: meta.name.0.clone(),
            title: self.text(&meta.title),
            summary: self.optional_text(meta.summary.as_ref()).unwrap_or_default(),
            tlp: tlp(meta.tlp),
            languages: self.languages.clone(),
            opens_at: Millis::default(),
            duration: self.duration,
            profile,
            cohorts: scenario.cohorts.iter().map(|id| id.0.as_str().into()).collect(),
            objectives: self.all_objectives(scenario),
            personas: self.personas.values().cloned().collect(),
            directory: self.all_contacts(scenario),
            flags: self.all_flags(&scenario.flags),
            variables: self.all_variables(&scenario.variables),
            breaks: self.all_breaks(&scenario.breaks),
            cuts: self.all_cuts(&scenario.cuts),
            phases: self.all_phases(scenario),
            injects: Vec::new(),
            files: Vec::new(),
            ground_truth: self.optional_text(scenario.ground_truth.as_ref()).unwrap_or_default(),
            hot_wash: scenario.hot_wash.iter().map(|question| self.text(question)).collect(),
            feedback: self.feedback(&scenario.feedback),
        }
    }

    fn all_languages(&mut self, meta: &model::Meta) -> Vec<Language> {
        if meta.languages.is_empty() {
            self.findings
                .error("bad_language", meta.title.place, "The scenario names no language.")
                .suggest("write languages: [en] under meta");
        }
        let mut seen = BTreeSet::new();
        for tag in &meta.languages {
            if !is_language_tag(tag) {
                self.findings
                    .error("bad_language", tag.place, format!("'{}' is not a language tag.", tag.value))
                    .suggest("write a lower-case tag such as en, fr or pt-br");
            }
            if !seen.insert(tag.as_str()) {
                self.findings.error(
                    "duplicate_id",
                    tag.place,
                    format!("The language '{}' stands here twice.", tag.value),
                );
            }
        }
        meta.languages.iter().map(|tag| Language::from(tag.as_str())).collect()
    }

    fn all_objectives(&mut self, scenario: &Scenario) -> Vec<Objective> {
        self.unique(scenario.objectives.iter().map(|objective| &objective.id));
        self.objectives = scenario.objectives.iter().map(|objective| objective.id.0.clone()).collect();
        let compile = |objective: &model::Objective| Objective {
            id: objective.id.0.as_str().into(),
            title: self.text(&objective.title),
            capability: objective.capability,
            weight: objective.weight.as_ref().map_or(1, |weight| self.at_most(weight, 100)),
            critical: objective.critical,
        };
        scenario.objectives.iter().map(compile).collect()
    }

    /// Personas: for the plan, and for the injects that they send.
    fn learn_personas(&mut self, scenario: &Scenario) {
        self.unique(scenario.personas.iter().map(|persona| &persona.id));
        for persona in &scenario.personas {
            let name = self.text(&persona.name);
            let organisation = self.optional_text(persona.organisation.as_ref());
            let id = persona.id.0.as_str();
            self.personas.insert(id.to_owned(), Persona { id: id.into(), name, organisation });
        }
    }

    fn all_contacts(&mut self, scenario: &Scenario) -> Vec<Contact> {
        self.unique(scenario.directory.iter().filter_map(|contact| contact.alias.as_ref()));
        scenario.directory.iter().map(|contact| self.contact(contact)).collect()
    }

    fn contact(&mut self, contact: &model::Contact) -> Contact {
        if contact.for_team && contact.alias.is_none() {
            self.findings
                .error("missing_key", contact.address.place, "A team cannot answer to this contact: it has no alias.")
                .suggest("write alias:, or leave for_team out");
        }
        Contact {
            alias: contact.alias.as_ref().map(|alias| alias.0.as_str().into()),
            for_team: contact.for_team,
            name: self.text(&contact.name),
            role: self.text(&contact.role),
            address: contact.address.value.clone(),
        }
    }

    fn all_phases(&mut self, scenario: &Scenario) -> Vec<Phase> {
        self.unique(scenario.phases.iter().map(|phase| &phase.id));
        let mut phases: Vec<Phase> = Vec::new();
        for phase in &scenario.phases {
            let from = self.length(&phase.from);
            if phases.last().is_some_and(|before| from <= before.from) {
                self.findings
                    .error("out_of_order", phase.from.place, "This phase begins no later than the one before it.")
                    .suggest("put phases in order of time");
            }
            self.not_after_end(from, &phase.from, "This phase begins");
            phases.push(Phase {
                id: phase.id.0.as_str().into(),
                title: self.fixed_text(&phase.title),
                from,
                situation: self.fixed_text(&phase.situation),
            });
        }
        phases
    }
}

/// Checks a reference to something by id.
fn known<'k>(findings: &mut Findings, id: &At<Id>, what: &str, known: impl IntoIterator<Item = &'k str>) {
    known_name(findings, &id.0, id.place, what, known);
}

/// Checks a reference to something by a name that stands at a place.
fn known_name<'k>(
    findings: &mut Findings,
    name: &str,
    place: Place,
    what: &str,
    known: impl IntoIterator<Item = &'k str>,
) {
    // Looking for near names costs time, which a hostile file must not buy.
    if findings.is_full() {
        return;
    }
    let known: Vec<&str> = known.into_iter().collect();
    if !known.contains(&name) {
        findings
            .error("unknown_reference", place, format!("There is no {what} '{name}'."))
            .suggest_nearest(name, known);
    }
}

fn tlp(tlp: model::Tlp) -> Tlp {
    match tlp {
        model::Tlp::Red => Tlp::Red,
        model::Tlp::AmberStrict => Tlp::AmberStrict,
        model::Tlp::Amber => Tlp::Amber,
        model::Tlp::Green => Tlp::Green,
        model::Tlp::Clear => Tlp::Clear,
    }
}

fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let lower = |part: &str| part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    parts.next().is_some_and(|first| matches!(first.len(), 2 | 3) && first.bytes().all(|b| b.is_ascii_lowercase()))
        && parts.all(|part| (2..=8).contains(&part.len()) && lower(part))
}
