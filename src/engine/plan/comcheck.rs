//! What a comcheck sends: a practice message on each channel of the plan, the same for every scenario, so that
//! nobody has to write it. Its words are data, in every language of the pages.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use super::{
    Channel, Choice, Content, Field, FieldKind, Form, Inject, InjectAudience, InjectKind, Plan, Priority, StaffNotes,
    Trigger,
};
use crate::engine::{
    id::InjectId,
    text::{Language, Text},
};

/// Most characters of a remark.
const REMARK: u32 = 200;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    title: BTreeMap<String, String>,
    body: BTreeMap<String, String>,
    channels: BTreeMap<Channel, BTreeMap<String, String>>,
    question: BTreeMap<String, String>,
    options: Vec<(String, BTreeMap<String, String>)>,
    remark: BTreeMap<String, String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    serde_json::from_str(include_str!("comcheck.json"))
        .unwrap_or_else(|error| unreachable!("the words of the comcheck are whole, a test reads them: {error}"))
});

/// The practice messages of a round, one for each channel that the plan uses. Their ids are none of the plan's.
#[must_use]
pub fn practice_messages(plan: &Plan, round: u32) -> Vec<Inject> {
    let sent = plan.injects.iter().filter(|inject| inject.is_sent());
    let mut channels: Vec<Channel> = sent.map(|inject| inject.content.channel).collect();
    channels.sort_unstable();
    channels.dedup();
    if channels.is_empty() {
        channels.push(Channel::Control);
    }
    channels.into_iter().map(|channel| message(plan, round, channel)).collect()
}

fn message(plan: &Plan, round: u32, channel: Channel) -> Inject {
    let said = |words: &BTreeMap<String, String>| in_languages(&plan.languages, words, channel);
    let field = |id: &str, label: &BTreeMap<String, String>, kind, required| Field {
        id: id.into(),
        label: said(label),
        help: None,
        kind,
        required,
        wanted: false,
        section: None,
        points: 0,
    };
    let options = WORDS.options.iter().map(|(id, label)| Choice { id: id.as_str().into(), label: said(label) });
    let fields = vec![
        field("reads", &WORDS.question, FieldKind::Choice { options: options.collect() }, true),
        field("remark", &WORDS.remark, FieldKind::ShortText { max_chars: REMARK }, false),
    ];
    Inject {
        id: id_of(plan, round, channel),
        kind: InjectKind::Practice,
        trigger: Trigger::Manual,
        only_if: None,
        audience: InjectAudience::All,
        priority: Priority::Must,
        content: Content {
            title: said(&WORDS.title),
            body: said(&WORDS.body),
            channel,
            from: None,
            attachments: Vec::new(),
            form: Some(Form {
                acknowledge: true,
                target: None,
                deadline: None,
                fields,
                sections: Vec::new(),
                hints: Vec::new(),
            }),
            for_guests: None,
            corrects: None,
        },
        alternatives: Vec::new(),
        staff: StaffNotes::default(),
    }
}

/// An id that no inject of the plan has.
fn id_of(plan: &Plan, round: u32, channel: Channel) -> InjectId {
    let name = serde_json::to_string(&channel).unwrap_or_default().replace('"', "").replace('_', "-");
    let taken = |id: &String| plan.injects.iter().any(|inject| inject.id.as_str() == id);
    let mut id = format!("comcheck-{round}-{name}");
    while taken(&id) {
        id.push_str("-x");
    }
    InjectId(id)
}

fn in_languages(languages: &[Language], words: &BTreeMap<String, String>, channel: Channel) -> Text {
    let of = |language: &Language| {
        let known = |words: &'static BTreeMap<String, String>| words.get(&language.0).or_else(|| words.get("en"));
        let channel = WORDS.channels.get(&channel).and_then(known).map_or("", String::as_str);
        let text = words.get(&language.0).or_else(|| words.get("en"))?;
        Some((language.clone(), text.replace("{c}", channel)))
    };
    Text(languages.iter().filter_map(of).collect())
}
