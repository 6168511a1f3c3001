//! Answer forms and their fields.

use super::{Checker, known};
use crate::{
    engine::plan::{Choice, Field, FieldKind, Form, Section},
    scenario::{
        model,
        value::{At, Decimal, Id, Place},
    },
};

/// Most points of one field.
const MAX_POINTS: u32 = 1000;
/// Most characters of a free text.
const MAX_CHARS: u32 = 8_000;
/// Most characters of a line.
const MAX_LINE_CHARS: u32 = 300;
/// Most lines of indicators.
const MAX_LINES: u32 = 500;
/// Most techniques.
const MAX_TECHNIQUES: u32 = 100;

/// Types of fields, as the format names them.
const TYPES: [&str; 12] = [
    "choice",
    "multi_choice",
    "number",
    "short_text",
    "long_text",
    "decision",
    "indicators",
    "classification",
    "severity",
    "techniques",
    "timestamp",
    "file",
];

/// Documents, as the format names them.
const DOCUMENTS: [&str; 5] = ["early_warning", "notification", "final_report", "advisory", "sitrep"];

impl Checker<'_> {
    /// What teams are asked for.
    pub(super) fn form(&mut self, form: &model::Form) -> Form {
        let target = form.target.as_ref().map(|target| self.forward_length(target));
        let deadline = form.deadline.as_ref().map(|deadline| self.forward_length(deadline));
        if let (Some(written), Some(target), Some(deadline)) = (&form.target, target, deadline)
            && target > deadline
        {
            self.findings
                .error("target_after_deadline", written.place, "The target lies after the deadline.")
                .suggest("make the target the shorter of the two");
        }
        self.unique(form.fields.iter().map(|field| &field.id));
        let (fields, sections) = self.fields(&form.fields);
        Form { acknowledge: form.acknowledge, target, deadline, fields, sections, hints: self.hint_offers(&form.hints) }
    }

    /// The fields that are written, and the parts of the documents among them.
    fn fields(&mut self, written: &[model::Field]) -> (Vec<Field>, Vec<Section>) {
        let (mut fields, mut sections): (Vec<Field>, Vec<Section>) = (Vec::new(), Vec::new());
        for field in written {
            let mut documents = field.documents();
            let Some((document, parts)) = documents.next() else {
                fields.push(self.field(field));
                continue;
            };
            let others = documents.count() + self.kinds(field).len();
            if others > 0 {
                self.one_type(field, 1 + others);
            }
            let (section, parts) = self.document(field, document, parts);
            sections.push(section);
            fields.extend(parts);
        }
        self.apart(written, &fields);
        (fields, sections)
    }

    /// A part of a document may have the id of a field.
    fn apart(&mut self, written: &[model::Field], fields: &[Field]) {
        let parts = || fields.iter().filter(|field| field.section.is_some());
        let plain = written.iter().filter(|field| field.documents().next().is_none());
        for field in plain.filter(|field| parts().any(|part| part.id.0 == field.id.0)) {
            let message = format!("The id '{}' is already taken by a part of a document.", field.id.value);
            self.findings.error("duplicate_id", field.id.place, message);
        }
    }

    /// What the feedback form asks. Whoever fills it in has handed in no file, and answers are counted, not
    /// judged: nothing has points.
    pub(super) fn feedback(&mut self, written: &[model::Field]) -> Vec<Field> {
        const TYPES: [&str; 5] = ["choice", "multi_choice", "number", "short_text", "long_text"];
        self.unique(written.iter().map(|field| &field.id));
        let (fields, _) = self.fields(written);
        for (field, known) in fields.iter().zip(written) {
            if !TYPES.contains(&field.kind.name()) || field.section.is_some() {
                self.findings
                    .error("bad_field", known.id.place, "The feedback form cannot ask for this type of answer.")
                    .suggest(format!("use one of {}", TYPES.join(", ")));
            }
            if field.points > 0 {
                self.findings
                    .error("bad_field", known.id.place, "An answer to the feedback form is worth no points.")
                    .suggest("leave points: out");
            }
        }
        fields
    }

    fn field(&mut self, field: &model::Field) -> Field {
        let label = field.label.as_ref().map(|label| self.text_with_words(label));
        if label.is_none() {
            let message = format!("Field '{}' has no label.", field.id.value);
            self.findings.error("missing_key", field.id.place, message).suggest("write label:, the question");
        }
        Field {
            id: field.id.0.as_str().into(),
            label: label.unwrap_or_default(),
            help: field.help.as_ref().map(|help| self.text_with_words(help)),
            kind: self.field_kind(field),
            required: field.required,
            wanted: field.wanted,
            section: None,
            points: self.field_points(field),
        }
    }

    /// What a field or a document says it is worth.
    pub(super) fn field_points(&mut self, field: &model::Field) -> u32 {
        field.points.as_ref().map_or(0, |points| self.at_most(points, MAX_POINTS))
    }

    fn field_kind(&mut self, field: &model::Field) -> FieldKind {
        let kinds = self.kinds(field);
        if kinds.len() != 1 {
            self.one_type(field, kinds.len());
        }
        kinds.into_iter().next().unwrap_or(FieldKind::Decision { options: Vec::new() })
    }

    fn one_type(&mut self, field: &model::Field, count: usize) {
        let message = format!("Field '{}' has {count} types and needs exactly one.", field.id.value);
        let advice = format!("give it one of {}; or make it a document: {}", TYPES.join(", "), DOCUMENTS.join(", "));
        self.findings.error("one_field_type", field.id.place, message).suggest(advice);
    }

    /// Every type that a field says it has.
    fn kinds(&mut self, field: &model::Field) -> Vec<FieldKind> {
        let place = Some(field.id.place);
        let mut kinds = Vec::new();
        if let Some(options) = &field.choice {
            kinds.push(FieldKind::Choice { options: self.options(options, place) });
        }
        if let Some(options) = &field.multi_choice {
            kinds.push(FieldKind::MultiChoice { options: self.options(options, place) });
        }
        if let Some(number) = &field.number {
            kinds.push(self.number_field(number));
        }
        if let Some(text) = &field.short_text {
            kinds.push(FieldKind::ShortText { max_chars: self.count(&text.max_chars, MAX_LINE_CHARS) });
        }
        if let Some(text) = &field.long_text {
            kinds.push(FieldKind::LongText { max_chars: self.count(&text.max_chars, MAX_CHARS) });
        }
        if let Some(options) = &field.decision {
            kinds.push(FieldKind::Decision { options: self.options(options, None) });
        }
        if let Some(lines) = &field.indicators {
            kinds.push(FieldKind::Indicators { max_lines: self.count(&lines.max_lines, MAX_LINES) });
        }
        if let Some(techniques) = &field.techniques {
            kinds.push(FieldKind::Techniques { most: self.count(&techniques.most, MAX_TECHNIQUES) });
        }
        let plain = [
            (&field.classification, FieldKind::Classification),
            (&field.severity, FieldKind::Severity),
            (&field.timestamp, FieldKind::Timestamp),
            (&field.file, FieldKind::File),
        ];
        kinds.extend(plain.into_iter().filter_map(|(given, kind)| given.as_ref().map(|_| kind)));
        kinds
    }

    fn number_field(&mut self, number: &model::NumberRange) -> FieldKind {
        let bound = |checker: &mut Self, bound: &Option<At<Decimal>>| {
            bound.as_ref().and_then(|written| checker.number(written))
        };
        let (least, most) = (bound(self, &number.least), bound(self, &number.most));
        if let (Some(written), true) = (&number.most, most.is_some() && least > most) {
            self.findings
                .error("out_of_range", written.place, "The most is less than the least.")
                .suggest("exchange the two");
        }
        FieldKind::Number { least, most, unit: number.unit.as_ref().map(|unit| self.fixed_text(unit)) }
    }

    fn options(&mut self, options: &[model::Choice], needed_at: Option<Place>) -> Vec<Choice> {
        if let Some(place) = needed_at
            && options.len() < 2
        {
            self.findings.error("too_few_options", place, "A choice needs two options at least.");
        }
        self.unique(options.iter().map(|option| &option.id));
        options
            .iter()
            .map(|option| Choice { id: option.id.0.as_str().into(), label: self.fixed_text(&option.label) })
            .collect()
    }

    fn count(&mut self, number: &At<u32>, most: u32) -> u32 {
        if number.value == 0 {
            self.findings.error("out_of_range", number.place, "This must be at least 1.");
        }
        self.at_most(number, most)
    }

    /// The field that a key or a sample speaks of.
    pub(super) fn field_of<'f>(&mut self, id: &At<Id>, fields: &'f [Field]) -> Option<&'f Field> {
        known(self.findings, id, "field", fields.iter().map(|field| field.id.as_str()));
        fields.iter().find(|field| field.id.0 == id.0)
    }
}
