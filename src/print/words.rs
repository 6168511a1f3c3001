//! The words of what is printed. Each language is one file of plain data.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use crate::{engine::text::Language, markup::catalogue::Catalogue};

/// Words of one language. What stands in braces is filled in by [`crate::markup::phrase::fill`].
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) dir: String,
    pub(super) invented: String,
    pub(super) inject_book: String,
    pub(super) answer_sheet: String,
    pub(super) contact_card: String,
    pub(super) staff_only: String,
    pub(super) book_note: String,
    pub(super) overview: String,
    pub(super) number: String,
    pub(super) inject: String,
    pub(super) plan_time: String,
    pub(super) no_time: String,
    pub(super) trigger: String,
    pub(super) audience: String,
    pub(super) all_teams: String,
    pub(super) cohorts: String,
    pub(super) channel: String,
    pub(super) sender: String,
    pub(super) priority: String,
    pub(super) responsible: String,
    pub(super) objectives: String,
    pub(super) never_sent: String,
    pub(super) read_out: String,
    pub(super) read_instead: String,
    pub(super) say_per_team: String,
    pub(super) unless_differs: String,
    pub(super) attachments: String,
    pub(super) asked: String,
    pub(super) keys: String,
    pub(super) credit: String,
    pub(super) worth: String,
    pub(super) hints: String,
    pub(super) hint_price: String,
    pub(super) expected: String,
    pub(super) rubric: String,
    pub(super) critical: String,
    pub(super) notes: String,
    pub(super) target: String,
    pub(super) deadline: String,
    pub(super) by_hand: String,
    pub(super) team: String,
    pub(super) sent_at: String,
    pub(super) sent_by: String,
    pub(super) code: String,
    pub(super) skipped: String,
    pub(super) held: String,
    pub(super) moved: String,
    pub(super) at: String,
    pub(super) after: String,
    pub(super) when: String,
    pub(super) when_after: String,
    pub(super) manual: String,
    pub(super) only_if: String,
    pub(super) all_of: String,
    pub(super) any_of: String,
    pub(super) not: String,
    pub(super) flag: String,
    pub(super) received: String,
    pub(super) opened: String,
    pub(super) acknowledged: String,
    pub(super) answered: String,
    pub(super) answer_includes: String,
    pub(super) silent: String,
    pub(super) score_from: String,
    pub(super) score_below: String,
    pub(super) score_between: String,
    pub(super) logged: String,
    pub(super) told_peers: String,
    pub(super) any_team: String,
    pub(super) every_team: String,
    pub(super) some_teams: String,
    pub(super) without: String,
    pub(super) everything: String,
    pub(super) sheet_lead: String,
    pub(super) title_blank: String,
    pub(super) caller: String,
    pub(super) time: String,
    pub(super) to_control: String,
    pub(super) code_note: String,
    pub(super) acknowledge: String,
    pub(super) choose_one: String,
    pub(super) choose_any: String,
    pub(super) reasons: String,
    pub(super) one_a_line: String,
    pub(super) number_between: String,
    pub(super) unit: String,
    pub(super) time_zone: String,
    pub(super) technique_ids: String,
    pub(super) file_later: String,
    pub(super) one_class: String,
    pub(super) must: String,
    pub(super) hint_ask: String,
    pub(super) no_sheets: String,
    pub(super) control_phone: String,
    pub(super) call_sign: String,
    pub(super) our_team: String,
    pub(super) fold: String,
    pub(super) no_duff_when: String,
    pub(super) no_duff_steps: Vec<String>,
    pub(super) in_english: String,
    pub(super) by_phone: String,
    pub(super) phone_steps: Vec<String>,
    pub(super) directory: String,
    pub(super) alias: String,
    pub(super) channels: BTreeMap<String, String>,
    pub(super) priorities: BTreeMap<String, String>,
    pub(super) absent: BTreeMap<String, String>,
    pub(super) severities: BTreeMap<String, String>,
}

static CATALOGUE: LazyLock<Catalogue<Words>> = LazyLock::new(|| {
    Catalogue::read([
        ("ar", include_str!("words/ar.json")),
        ("en", include_str!("words/en.json")),
        ("es", include_str!("words/es.json")),
        ("fr", include_str!("words/fr.json")),
        ("pt", include_str!("words/pt.json")),
        ("ru", include_str!("words/ru.json")),
        ("zh", include_str!("words/zh.json")),
    ])
});

/// Languages that can be printed in, by their tags.
pub fn languages() -> impl Iterator<Item = &'static str> {
    CATALOGUE.languages()
}

/// The words of a language or of its primary tag, and the tag that they really are in.
pub(super) fn of(language: &Language) -> (&'static str, &'static Words) {
    CATALOGUE.of(language)
}
