//! Plans for tests, and the acts that people ask for in them.

use drillhall::engine::{
    id::{FieldId, InjectId},
    plan::{
        Channel, Content, Field, FieldKind, Form, Inject, InjectAudience, InjectKind, Plan, Priority, Profile,
        StaffNotes, Tlp, Trigger,
    },
    text::{Language, Text},
    time::Millis,
};
use serde_json::{Value, json};

pub(crate) fn plan(injects: Vec<Inject>) -> Plan {
    Plan {
        name: "test".to_owned(),
        title: Text::new("en", "A test"),
        summary: Text::new("en", "What it is about"),
        tlp: Tlp::Clear,
        languages: vec![Language::from("en"), Language::from("fr")],
        opens_at: Millis(0),
        duration: Millis::minutes(60),
        profile: Profile { live_scores: true, wall_scores: true, ..Profile::default() },
        cohorts: Vec::new(),
        objectives: Vec::new(),
        personas: Vec::new(),
        flags: Vec::new(),
        variables: Vec::new(),
        breaks: Vec::new(),
        cuts: Vec::new(),
        directory: Vec::new(),
        phases: Vec::new(),
        injects,
        files: Vec::new(),
        ground_truth: Text::new("en", "The intern did it"),
        hot_wash: Vec::new(),
        feedback: Vec::new(),
    }
}

/// An inject for every team that asks for one text.
pub(crate) fn inject(id: &str, trigger: Trigger) -> Inject {
    let field = Field {
        id: FieldId::from("answer"),
        label: Text::new("en", "What do you do?"),
        help: None,
        kind: FieldKind::LongText { max_chars: 4_000 },
        required: true,
        wanted: false,
        section: None,
        points: 10,
    };
    let form = Form {
        acknowledge: true,
        target: None,
        deadline: Some(Millis::minutes(20)),
        fields: vec![field],
        sections: Vec::new(),
        hints: Vec::new(),
    };
    Inject {
        id: InjectId::from(id),
        kind: InjectKind::Task,
        trigger,
        audience: InjectAudience::All,
        priority: Priority::Must,
        content: Content {
            title: Text::new("en", id),
            body: Text::new("en", "Something has happened."),
            channel: Channel::Mail,
            from: None,
            attachments: Vec::new(),
            form: Some(form),
            for_guests: None,
            corrects: None,
        },
        only_if: None,
        alternatives: Vec::new(),
        staff: StaffNotes::default(),
    }
}

/// A plan with one inject that control releases.
pub(crate) fn one_manual_inject() -> Plan {
    plan(vec![inject("call", Trigger::Manual)])
}

pub(crate) fn start() -> Value {
    json!({ "type": "start_ex" })
}

pub(crate) fn release(inject: &str) -> Value {
    json!({ "type": "release", "inject": inject, "teams": null })
}

pub(crate) fn submit(inject: &str, text: &str) -> Value {
    json!({ "type": "submit", "inject": inject, "answers": { "answer": { "text": text } }, "composed_at": null })
}

pub(crate) fn write_log(text: &str) -> Value {
    json!({ "type": "write_log", "text": text, "happened_at": null, "inject": null })
}
