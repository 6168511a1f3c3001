//! The words of a report. Each language is one file of plain data; a report in a language that has
//! none is in English.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use crate::{engine::text::Language, markup::catalogue::Catalogue};

/// Words of one language. What stands in braces is filled in by [`crate::markup::phrase::fill`].
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) dir: String,
    pub(super) decimal: String,
    pub(super) report: String,
    pub(super) invented: String,
    pub(super) rehearsal: String,
    pub(super) contents: String,
    pub(super) exercise: String,
    pub(super) start_ex: String,
    pub(super) end_ex: String,
    pub(super) lasted: String,
    pub(super) languages: String,
    pub(super) teams: String,
    pub(super) pace: String,
    pub(super) real_time: String,
    pub(super) times_real_time: String,
    pub(super) not_yet: String,
    pub(super) glance: String,
    pub(super) glance_note: String,
    pub(super) glance_caption: String,
    pub(super) how_to_read: String,
    pub(super) bar_given: String,
    pub(super) bar_counted: String,
    pub(super) bar_waits: String,
    pub(super) bar_open: String,
    pub(super) team: String,
    pub(super) points: String,
    pub(super) points_of_counted: String,
    pub(super) coverage: String,
    pub(super) waiting: String,
    pub(super) answered: String,
    pub(super) log_entries: String,
    pub(super) of: String,
    pub(super) counted_of_asked: String,
    pub(super) nothing_counted: String,
    pub(super) objectives: String,
    pub(super) objectives_caption: String,
    pub(super) objective: String,
    pub(super) capability: String,
    pub(super) critical: String,
    pub(super) injects: String,
    pub(super) limits: String,
    pub(super) no_limits: String,
    pub(super) incomplete: String,
    pub(super) incomplete_archive: String,
    pub(super) not_ended: String,
    pub(super) unmarked: String,
    pub(super) outage: String,
    pub(super) erased_parts: String,
    pub(super) timeline: String,
    pub(super) timeline_note: String,
    pub(super) timeline_caption: String,
    pub(super) time: String,
    pub(super) story_time: String,
    pub(super) event: String,
    pub(super) details: String,
    pub(super) row: String,
    pub(super) late_by: String,
    pub(super) all_teams: String,
    pub(super) scorecards: String,
    pub(super) scorecard: String,
    pub(super) inject: String,
    pub(super) sent: String,
    pub(super) opened: String,
    pub(super) acknowledged: String,
    pub(super) answered_after: String,
    pub(super) time_allowed: String,
    pub(super) injects_caption: String,
    pub(super) not_done: String,
    pub(super) none_set: String,
    pub(super) late: String,
    pub(super) answers_sent: String,
    pub(super) answers: String,
    pub(super) question: String,
    pub(super) answer: String,
    pub(super) reason: String,
    pub(super) no_answer: String,
    pub(super) erased: String,
    pub(super) expected: String,
    pub(super) sent_row: String,
    pub(super) answer_row: String,
    pub(super) not_scored: String,
    pub(super) record: String,
    pub(super) record_caption: String,
    pub(super) right: String,
    pub(super) partial: String,
    pub(super) overlap: String,
    pub(super) wrong: String,
    pub(super) not_yet_marked: String,
    pub(super) left_empty: String,
    pub(super) not_answered: String,
    pub(super) still_open: String,
    pub(super) recalled: String,
    pub(super) excused: String,
    pub(super) late_part: String,
    pub(super) by_people: String,
    pub(super) team_offline: String,
    pub(super) not_delivered: String,
    pub(super) not_observed: String,
    pub(super) split: String,
    pub(super) excused_kept: String,
    pub(super) hot_wash: String,
    pub(super) origin: String,
    pub(super) origin_note: String,
    pub(super) last_row: String,
    pub(super) head_hash: String,
    pub(super) plan_hash: String,
    pub(super) no_hash: String,
    pub(super) draft: String,
    pub(super) too_few_teams: String,
    /// By version.
    pub(super) versions: BTreeMap<String, String>,
    pub(super) findings: FindingWords,
    pub(super) figures: FigureWords,
    pub(super) brief: BriefWords,
    pub(super) improvement: ImprovementWords,
    pub(super) after: AfterWords,
    /// By kind of fact.
    pub(super) happened: BTreeMap<String, String>,
    pub(super) capabilities: BTreeMap<String, String>,
    pub(super) kinds: BTreeMap<String, String>,
}

/// What the rules found, in sentences by rule.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FindingWords {
    pub(super) heading: String,
    pub(super) note: String,
    pub(super) strengths: String,
    pub(super) areas: String,
    pub(super) signed_off: String,
    pub(super) not_signed_off: String,
    pub(super) reference: String,
    pub(super) analysis: String,
    pub(super) by_rules: String,
    pub(super) none: String,
    pub(super) rows: String,
    pub(super) more_rows: String,
    pub(super) of_teams: BTreeMap<String, String>,
    pub(super) of_team: BTreeMap<String, String>,
}

/// Tables of figures.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FigureWords {
    pub(super) score: String,
    pub(super) of_hundred: String,
    pub(super) median: String,
    pub(super) teams_with: String,
    pub(super) capabilities: String,
    pub(super) capabilities_caption: String,
    pub(super) rating: String,
    pub(super) decided: String,
    pub(super) suggested: String,
    pub(super) not_rated: String,
    pub(super) ratings: BTreeMap<String, String>,
    pub(super) ratings_note: String,
    pub(super) heat: String,
    pub(super) heat_caption: String,
    pub(super) timings: String,
    pub(super) timings_caption: String,
    pub(super) metrics: BTreeMap<String, String>,
    pub(super) what: String,
    pub(super) ninth: String,
    pub(super) times: String,
    pub(super) never: String,
    pub(super) pace: String,
    pub(super) pace_caption: String,
    pub(super) target: String,
    pub(super) within: String,
    pub(super) late: String,
    pub(super) unanswered: String,
    pub(super) asked: String,
    pub(super) course: String,
    pub(super) course_caption: String,
    pub(super) planned: String,
    pub(super) first_sent: String,
    pub(super) apart: String,
    pub(super) unplanned: String,
    pub(super) unsent: String,
    pub(super) got_it: String,
    pub(super) peers: String,
    pub(super) peers_caption: String,
    pub(super) peers_total: String,
    pub(super) peers_none: String,
    pub(super) from: String,
    pub(super) another: String,
    pub(super) agreement: String,
    pub(super) agreement_text: String,
    pub(super) agreement_none: String,
    pub(super) criteria: String,
    pub(super) levels: String,
    pub(super) feedback: String,
}

/// The page for whoever decides.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BriefWords {
    pub(super) tested: String,
    pub(super) strengths: String,
    pub(super) gaps: String,
    pub(super) decisions: String,
    pub(super) quote: String,
    pub(super) quote_text: String,
    pub(super) no_rank: String,
}

/// The improvement plan.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ImprovementWords {
    pub(super) heading: String,
    pub(super) caption: String,
    pub(super) none: String,
    pub(super) action: String,
    pub(super) element: String,
    pub(super) owner: String,
    pub(super) until: String,
    pub(super) state: String,
    pub(super) priority: String,
    pub(super) overdue: String,
    pub(super) elements: BTreeMap<String, String>,
    pub(super) states: BTreeMap<String, String>,
    pub(super) priorities: BTreeMap<String, String>,
}

/// What people said once it was over.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AfterWords {
    pub(super) notes: String,
    pub(super) feedback: String,
    pub(super) responses: String,
    pub(super) question: String,
    pub(super) answers: String,
}

static CATALOGUE: LazyLock<Catalogue<Words>> = LazyLock::new(|| {
    Catalogue::read([
        ("ar", include_str!("words/ar.json")),
        ("en", include_str!("words/en.json")),
        ("es", include_str!("words/es.json")),
        ("fr", include_str!("words/fr.json")),
    ])
});

/// Languages that reports can be written in, by their tags.
pub fn languages() -> impl Iterator<Item = &'static str> {
    CATALOGUE.languages()
}

/// The words of a language or of its primary tag, and the tag that they really are in.
pub(super) fn of(language: &Language) -> (&'static str, &'static Words) {
    CATALOGUE.of(language)
}
