//! The plan that the rules are tried on: a few injects of each trigger, and a form with a field of
//! each kind.

use std::collections::BTreeMap;

use drillhall::engine::{
    id::{FieldId, InjectId, OptionId, TeamId},
    plan::{
        Absent, AnswerKey, Break, Capability, Channel, Choice, Condition, Contact, Content, Criterion, Cut,
        ExpectedAction, Field, FieldKind, Flag, Form, Hint, HintOffer, Inject, InjectAudience, InjectKind, Objective,
        Persona, Phase, Plan, Priority, Profile, Quantity, StaffNotes, Subject, Tlp, Trigger,
    },
    text::{Language, Text},
    time::Millis,
};

pub(super) fn minutes(n: i64) -> Millis {
    Millis::minutes(n)
}

pub(super) fn text(english: &str) -> Text {
    Text::new("en", english)
}

/// An empty plan of an hour.
pub(super) fn empty() -> Plan {
    Plan {
        name: "lagoon".to_owned(),
        title: text("Lagoon"),
        summary: text("A short drill"),
        tlp: Tlp::Clear,
        languages: vec![Language::from("en")],
        opens_at: Millis(0),
        duration: minutes(60),
        profile: Profile { live_scores: true, ..Profile::default() },
        cohorts: Vec::new(),
        objectives: Vec::new(),
        personas: Vec::new(),
        flags: Vec::new(),
        variables: Vec::new(),
        breaks: Vec::new(),
        cuts: Vec::new(),
        directory: Vec::new(),
        phases: Vec::new(),
        injects: Vec::new(),
        files: Vec::new(),
        ground_truth: Text::default(),
        hot_wash: Vec::new(),
        feedback: Vec::new(),
    }
}

/// Something for every team that asks for nothing.
pub(super) fn inject(id: &str, trigger: Trigger) -> Inject {
    Inject {
        id: InjectId::from(id),
        kind: InjectKind::Contextual,
        trigger,
        audience: InjectAudience::All,
        priority: Priority::Must,
        content: Content {
            title: text(id),
            body: text("Read this."),
            channel: Channel::Mail,
            from: None,
            attachments: Vec::new(),
            form: None,
            for_guests: None,
            corrects: None,
        },
        only_if: None,
        alternatives: Vec::new(),
        staff: StaffNotes::default(),
    }
}

pub(super) fn at(id: &str, minute: i64) -> Inject {
    inject(id, Trigger::At { at: minutes(minute) })
}

pub(super) fn after(id: &str, leader: &str, delay: Millis) -> Inject {
    inject(id, Trigger::After { inject: InjectId::from(leader), delay })
}

pub(super) fn manual(id: &str) -> Inject {
    inject(id, Trigger::Manual)
}

pub(super) fn for_teams(mut inject: Inject, teams: &[&str]) -> Inject {
    inject.audience = InjectAudience::Teams(teams.iter().map(|team| TeamId::from(*team)).collect());
    inject
}

pub(super) fn of_kind(mut inject: Inject, kind: InjectKind) -> Inject {
    inject.kind = kind;
    inject
}

pub(super) fn with_form(mut inject: Inject, deadline: Option<Millis>, fields: Vec<Field>) -> Inject {
    inject.kind = InjectKind::Task;
    inject.content.form =
        Some(Form { acknowledge: true, target: None, deadline, fields, sections: Vec::new(), hints: Vec::new() });
    inject
}

pub(super) fn field(id: &str, points: u32, kind: FieldKind) -> Field {
    Field {
        id: FieldId::from(id),
        label: text(id),
        help: None,
        kind,
        required: false,
        wanted: false,
        section: None,
        points,
    }
}

pub(super) fn options(ids: &[&str]) -> Vec<Choice> {
    ids.iter().map(|id| Choice { id: OptionId::from(*id), label: text(id) }).collect()
}

/// The form of `task`: the choice must be made, the rest may be left out.
pub(super) fn all_fields() -> Vec<Field> {
    let mut fields = vec![
        field("cause", 4, FieldKind::Choice { options: options(&["right", "near", "wrong"]) }),
        field("signs", 3, FieldKind::MultiChoice { options: options(&["a", "b", "c", "d"]) }),
        field("note", 2, FieldKind::LongText { max_chars: 20 }),
        field("call", 2, FieldKind::Decision { options: options(&["stop", "go"]) }),
        field("why", 0, FieldKind::Decision { options: Vec::new() }),
        field("marks", 1, FieldKind::Indicators { max_lines: 2 }),
    ];
    fields[0].required = true;
    fields
}

fn keys() -> BTreeMap<FieldId, AnswerKey> {
    let credits = [("right", 1000), ("near", 500)].map(|(id, credit)| (OptionId::from(id), credit));
    BTreeMap::from([
        (FieldId::from("cause"), AnswerKey::Options(BTreeMap::from(credits))),
        (FieldId::from("signs"), AnswerKey::Set(vec![OptionId::from("a"), OptionId::from("b")])),
    ])
}

/// Minute by minute: `warmup` (practice) at 1, `task` and `tie` at 10, `reef-only` at 30; `echo`
/// five minutes after `task`; `news` and `extra` by hand; `watch` is never sent.
pub(super) fn lagoon() -> Plan {
    let reef = |mut inject: Inject| {
        inject.audience = InjectAudience::Cohorts(vec!["reef".into()]);
        inject
    };
    let cause = field("cause", 4, FieldKind::Choice { options: options(&["right", "wrong"]) });
    let mut task = with_form(at("task", 10), Some(minutes(10)), all_fields());
    task.staff.keys = keys();
    let mut news = manual("news");
    news.content.for_guests = Some(text("The lights flicker."));
    Plan {
        cohorts: vec!["reef".into(), "shelf".into()],
        phases: vec![phase("quiet", 0), phase("storm", 20)],
        injects: vec![
            of_kind(with_form(at("warmup", 1), None, vec![cause]), InjectKind::Practice),
            task,
            at("tie", 10),
            after("echo", "task", minutes(5)),
            news,
            with_form(manual("extra"), None, all_fields()),
            reef(at("reef-only", 30)),
            of_kind(at("watch", 15), InjectKind::ExpectedAction),
        ],
        ..empty()
    }
}

pub(super) fn phase(id: &str, minute: i64) -> Phase {
    Phase { id: id.into(), title: text(id), from: minutes(minute), situation: text("As it stands.") }
}

/// An empty plan with these injects.
pub(super) fn with(injects: Vec<Inject>) -> Plan {
    Plan { injects, ..empty() }
}

/// Something that comes so many minutes after a condition has come true.
pub(super) fn when(id: &str, condition: Condition, delay: i64) -> Inject {
    inject(id, Trigger::When { condition, delay: minutes(delay) })
}

pub(super) fn flag(id: &str, when: Option<Condition>) -> Flag {
    Flag { id: id.into(), title: text(id), when }
}

pub(super) fn has_flag(id: &str) -> Condition {
    Condition::Flag(id.into())
}

pub(super) fn silent(inject: &str, for_minutes: i64) -> Condition {
    Condition::Silent { inject: inject.into(), length: minutes(for_minutes) }
}

pub(super) fn not(condition: Condition) -> Condition {
    Condition::Not(Box::new(condition))
}

pub(super) fn teams(of: Subject, meet: Condition, without: Vec<Absent>) -> Condition {
    Condition::Teams(Box::new(Quantity { of, cohort: None, meet, without }))
}

pub(super) fn pause_at(id: &str, minute: i64, length: i64) -> Break {
    Break { id: id.into(), title: text(id), at: minutes(minute), length: minutes(length) }
}

/// A line that is cut between two minutes, for a cohort or for everybody.
pub(super) fn cut(cohort: Option<&str>, at: i64, until: i64) -> Cut {
    Cut { cohort: cohort.map(Into::into), at: minutes(at), until: minutes(until), notice: text("The line is dead.") }
}

/// An entry of the directory that a team of the exercise answers to.
pub(super) fn contact(alias: &str) -> Contact {
    let name = text(&format!("CIRT {alias}"));
    Contact { alias: Some(alias.into()), for_team: true, name, role: text("peer"), address: "radio 1".to_owned() }
}

pub(super) fn persona(id: &str) -> Persona {
    Persona { id: id.into(), name: text(id), organisation: None }
}

/// A form with one choice of four points, `cause`, that is `right` or `wrong`.
pub(super) fn quiz(mut inject: Inject, deadline: Option<i64>) -> Inject {
    let mut cause = field("cause", 4, FieldKind::Choice { options: options(&["right", "wrong"]) });
    cause.required = true;
    inject = with_form(inject, deadline.map(minutes), vec![cause]);
    inject.staff.keys =
        BTreeMap::from([("cause".into(), AnswerKey::Options(BTreeMap::from([("right".into(), 1000)])))]);
    inject
}

/// A criterion of a rubric, without words for its levels.
pub(super) fn criterion(id: &str, weight: u32, critical: bool) -> Criterion {
    Criterion { id: id.into(), title: text(id), field: None, weight, critical, anchors: Vec::new() }
}

/// An expected action of a checklist.
pub(super) fn expected(id: &str, weight: u32, critical: bool) -> ExpectedAction {
    ExpectedAction { id: id.into(), text: text(id), weight, critical, objective: None }
}

pub(super) fn objective(id: &str, critical: bool) -> Objective {
    Objective { id: id.into(), title: text(id), capability: Capability::TriageAndClassification, weight: 1, critical }
}

/// A hint on an inject that has a form.
pub(super) fn hinted(mut inject: Inject, hint: &str, price_permille: u32) -> Inject {
    let offer = HintOffer { id: hint.into(), label: text("Where to look"), price_permille };
    inject.content.form.as_mut().expect("it has a form").hints.push(offer);
    inject.staff.hints.push(Hint { id: hint.into(), text: text("Look into the mail log.") });
    inject
}
