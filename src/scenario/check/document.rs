//! Documents in answer forms: each becomes a section and ordinary fields.

use super::{Checker, known};
use crate::{
    engine::plan::{Document, Field, Section},
    scenario::{
        document::{self, Part},
        model::{self, DocumentParts},
        value::{At, Id},
    },
};

/// Most characters of an id.
const ID_CHARS: usize = 40;

impl Checker<'_> {
    /// A document and its parts.
    pub(super) fn document(
        &mut self,
        field: &model::Field,
        document: Document,
        wanted: &DocumentParts,
    ) -> (Section, Vec<Field>) {
        self.document_keys(field, document);
        let all = document::parts(document);
        self.named_parts(all, &wanted.without);
        self.named_parts(all, &wanted.required);
        let names = |list: &[At<Id>], part: &Part| list.iter().any(|id| id.0 == part.name);
        let kept: Vec<&Part> = all.iter().filter(|part| !names(&wanted.without, part)).collect();
        for id in wanted.required.iter().filter(|id| wanted.without.contains(id)) {
            self.findings
                .error("part_left_out", id.place, format!("The part '{}' is left out and required.", id.value))
                .suggest("take it out of without, or out of required");
        }
        if kept.is_empty() {
            self.findings.error("part_left_out", field.id.place, "Nothing is left of this document.");
        }
        let section = Section {
            id: field.id.0.as_str().into(),
            document,
            title: match &field.label {
                Some(label) => self.fixed_text(label),
                None => document::title(document, &self.languages),
            },
        };
        let points = self.points_of_parts(field, document, &kept);
        let part = |(part, points): (&&Part, u32)| {
            let required = names(&wanted.required, part);
            Field {
                id: part_id(&field.id, part.name).as_str().into(),
                label: document::label(part.name, &self.languages),
                help: document::help(part.name, &self.languages),
                kind: part.kind.field(&self.languages),
                required,
                wanted: part.wanted || required,
                section: Some(section.id.clone()),
                points,
            }
        };
        let fields = kept.iter().zip(points).map(part).collect();
        (section, fields)
    }

    /// What can be said of a field, but not of a document.
    fn document_keys(&mut self, field: &model::Field, document: Document) {
        let (name, main) = (document::name(document), document::main_part(document));
        let longest = document::parts(document).iter().map(|part| part.name.len()).max().unwrap_or_default();
        if field.id.0.len() + 1 + longest > ID_CHARS {
            let message =
                format!("The parts of '{}' would have ids of more than {ID_CHARS} characters.", field.id.value);
            self.findings.error("bad_id", field.id.place, message).suggest("give the document a shorter id");
        }
        let given = [("help", field.help.is_some()), ("required", field.required), ("wanted", field.wanted)];
        for (key, _) in given.into_iter().filter(|(_, is_given)| *is_given) {
            self.findings
                .error("key_not_allowed", field.id.place, format!("A document takes no '{key}'."))
                .suggest(format!("its parts bring their own; {name}: {{required: [{main}]}} requires some"));
        }
        let unspoken: Vec<&str> =
            document::unspoken(&self.languages).iter().map(|language| language.0.as_str()).collect();
        if !unspoken.is_empty() {
            let message = format!("The parts of this document have no words in: {}.", unspoken.join(", "));
            self.findings
                .warn("missing_translation", field.id.place, message)
                .suggest("teams read them in English; write fields of your own to translate them");
        }
    }

    fn named_parts(&mut self, all: &[Part], named: &[At<Id>]) {
        self.unique(named.iter());
        for id in named {
            known(self.findings, id, "part", all.iter().map(|part| part.name));
        }
    }

    /// What each part is worth: as equal shares of the whole for parts with a right answer, else all of it
    /// for the main text, which people mark.
    fn points_of_parts(&mut self, field: &model::Field, document: Document, kept: &[&Part]) -> Vec<u32> {
        let whole = self.field_points(field);
        let keyed: Vec<bool> = kept.iter().map(|part| self.keyed.contains(&part_id(&field.id, part.name))).collect();
        let count = u32::try_from(keyed.iter().filter(|is_keyed| **is_keyed).count()).unwrap_or(u32::MAX);
        if count == 0 {
            let main = kept.iter().position(|part| part.name == document::main_part(document)).unwrap_or_default();
            return (0..kept.len()).map(|n| if n == main { whole } else { 0 }).collect();
        }
        let mut nth = 0;
        let share = |is_keyed: bool| {
            if !is_keyed {
                return 0;
            }
            nth += 1;
            whole / count + u32::from(nth <= whole % count)
        };
        keyed.into_iter().map(share).collect()
    }
}

/// The id of a part's field.
pub(super) fn part_id(document: &At<Id>, part: &str) -> String {
    format!("{}-{part}", document.0)
}
