//! The words of a report. Each language is one file of plain data; a report in a language that has
//! none is in English.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use crate::{engine::text::Language, markup::catalogue::Catalogue};

/// Words of one language. What stands in braces is filled in by [`crate::markup::phrase::fill`].
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::report) struct Words {
    pub(in crate::report) dir: String,
    pub(in crate::report) decimal: String,
    pub(in crate::report) report: String,
    pub(in crate::report) invented: String,
    pub(in crate::report) rehearsal: String,
    pub(in crate::report) contents: String,
    pub(in crate::report) exercise: String,
    pub(in crate::report) start_ex: String,
    pub(in crate::report) end_ex: String,
    pub(in crate::report) lasted: String,
    pub(in crate::report) languages: String,
    pub(in crate::report) teams: String,
    pub(in crate::report) pace: String,
    pub(in crate::report) real_time: String,
    pub(in crate::report) times_real_time: String,
    pub(in crate::report) not_yet: String,
    pub(in crate::report) glance: String,
    pub(in crate::report) glance_note: String,
    pub(in crate::report) glance_caption: String,
    pub(in crate::report) how_to_read: String,
    pub(in crate::report) bar_given: String,
    pub(in crate::report) bar_counted: String,
    pub(in crate::report) bar_waits: String,
    pub(in crate::report) bar_open: String,
    pub(in crate::report) team: String,
    pub(in crate::report) points: String,
    pub(in crate::report) points_of_counted: String,
    pub(in crate::report) coverage: String,
    pub(in crate::report) waiting: String,
    pub(in crate::report) answered: String,
    pub(in crate::report) log_entries: String,
    pub(in crate::report) of: String,
    pub(in crate::report) counted_of_asked: String,
    pub(in crate::report) nothing_counted: String,
    pub(in crate::report) objectives: String,
    pub(in crate::report) objectives_caption: String,
    pub(in crate::report) objective: String,
    pub(in crate::report) capability: String,
    pub(in crate::report) critical: String,
    pub(in crate::report) injects: String,
    pub(in crate::report) limits: String,
    pub(in crate::report) no_limits: String,
    pub(in crate::report) incomplete: String,
    pub(in crate::report) incomplete_archive: String,
    pub(in crate::report) not_ended: String,
    pub(in crate::report) unmarked: String,
    pub(in crate::report) outage: String,
    pub(in crate::report) erased_parts: String,
    pub(in crate::report) timeline: String,
    pub(in crate::report) timeline_note: String,
    pub(in crate::report) timeline_caption: String,
    pub(in crate::report) time: String,
    pub(in crate::report) story_time: String,
    pub(in crate::report) event: String,
    pub(in crate::report) details: String,
    pub(in crate::report) row: String,
    pub(in crate::report) late_by: String,
    pub(in crate::report) all_teams: String,
    pub(in crate::report) scorecards: String,
    pub(in crate::report) scorecard: String,
    pub(in crate::report) inject: String,
    pub(in crate::report) sent: String,
    pub(in crate::report) opened: String,
    pub(in crate::report) acknowledged: String,
    pub(in crate::report) answered_after: String,
    pub(in crate::report) time_allowed: String,
    pub(in crate::report) injects_caption: String,
    pub(in crate::report) not_done: String,
    pub(in crate::report) none_set: String,
    pub(in crate::report) late: String,
    pub(in crate::report) answers_sent: String,
    pub(in crate::report) answers: String,
    pub(in crate::report) question: String,
    pub(in crate::report) answer: String,
    pub(in crate::report) reason: String,
    pub(in crate::report) no_answer: String,
    pub(in crate::report) erased: String,
    pub(in crate::report) expected: String,
    pub(in crate::report) sent_row: String,
    pub(in crate::report) answer_row: String,
    pub(in crate::report) not_scored: String,
    pub(in crate::report) record: String,
    pub(in crate::report) record_caption: String,
    pub(in crate::report) right: String,
    pub(in crate::report) partial: String,
    pub(in crate::report) overlap: String,
    pub(in crate::report) wrong: String,
    pub(in crate::report) not_yet_marked: String,
    pub(in crate::report) left_empty: String,
    pub(in crate::report) not_answered: String,
    pub(in crate::report) still_open: String,
    pub(in crate::report) recalled: String,
    pub(in crate::report) excused: String,
    pub(in crate::report) late_part: String,
    pub(in crate::report) by_people: String,
    pub(in crate::report) team_offline: String,
    pub(in crate::report) not_delivered: String,
    pub(in crate::report) not_observed: String,
    pub(in crate::report) split: String,
    pub(in crate::report) excused_kept: String,
    pub(in crate::report) hot_wash: String,
    pub(in crate::report) origin: String,
    pub(in crate::report) origin_note: String,
    pub(in crate::report) last_row: String,
    pub(in crate::report) head_hash: String,
    pub(in crate::report) plan_hash: String,
    pub(in crate::report) no_hash: String,
    pub(in crate::report) draft: String,
    /// Across each page of what is not released; on paper only.
    #[cfg_attr(not(feature = "pdf"), expect(dead_code, reason = "only paper has it"))]
    pub(in crate::report) watermark: String,
    pub(in crate::report) too_few_teams: String,
    /// By version.
    pub(in crate::report) versions: BTreeMap<String, String>,
    pub(in crate::report) findings: FindingWords,
    pub(in crate::report) figures: FigureWords,
    pub(in crate::report) brief: BriefWords,
    pub(in crate::report) improvement: ImprovementWords,
    pub(in crate::report) earlier: EarlierWords,
    pub(in crate::report) preparation: PreparationWords,
    pub(in crate::report) after: AfterWords,
    pub(in crate::report) programme: ProgrammeWords,
    #[cfg_attr(not(feature = "pdf"), expect(dead_code, reason = "certificates are printed"))]
    pub(in crate::report) certificate: CertificateWords,
    /// By kind of fact.
    pub(in crate::report) happened: BTreeMap<String, String>,
    pub(in crate::report) capabilities: BTreeMap<String, String>,
    pub(in crate::report) kinds: BTreeMap<String, String>,
}

/// What the rules found, in sentences by rule.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::report) struct FindingWords {
    pub(in crate::report) heading: String,
    pub(in crate::report) note: String,
    pub(in crate::report) strengths: String,
    pub(in crate::report) areas: String,
    pub(in crate::report) signed_off: String,
    pub(in crate::report) not_signed_off: String,
    pub(in crate::report) reference: String,
    pub(in crate::report) analysis: String,
    pub(in crate::report) by_rules: String,
    pub(in crate::report) none: String,
    pub(in crate::report) rows: String,
    pub(in crate::report) more_rows: String,
    pub(in crate::report) of_teams: BTreeMap<String, String>,
    pub(in crate::report) of_team: BTreeMap<String, String>,
}

/// Tables of figures.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::report) struct FigureWords {
    pub(in crate::report) score: String,
    pub(in crate::report) of_hundred: String,
    pub(in crate::report) median: String,
    pub(in crate::report) teams_with: String,
    pub(in crate::report) capabilities: String,
    pub(in crate::report) capabilities_caption: String,
    pub(in crate::report) rating: String,
    pub(in crate::report) decided: String,
    pub(in crate::report) suggested: String,
    pub(in crate::report) not_rated: String,
    pub(in crate::report) ratings: BTreeMap<String, String>,
    pub(in crate::report) ratings_note: String,
    pub(in crate::report) heat: String,
    pub(in crate::report) heat_caption: String,
    pub(in crate::report) timings: String,
    pub(in crate::report) timings_caption: String,
    pub(in crate::report) metrics: BTreeMap<String, String>,
    pub(in crate::report) what: String,
    pub(in crate::report) ninth: String,
    pub(in crate::report) times: String,
    pub(in crate::report) never: String,
    pub(in crate::report) pace: String,
    pub(in crate::report) pace_caption: String,
    pub(in crate::report) target: String,
    pub(in crate::report) within: String,
    pub(in crate::report) late: String,
    pub(in crate::report) unanswered: String,
    pub(in crate::report) asked: String,
    pub(in crate::report) course: String,
    pub(in crate::report) course_caption: String,
    pub(in crate::report) planned: String,
    pub(in crate::report) first_sent: String,
    pub(in crate::report) apart: String,
    pub(in crate::report) unplanned: String,
    pub(in crate::report) unsent: String,
    pub(in crate::report) got_it: String,
    pub(in crate::report) peers: String,
    pub(in crate::report) peers_caption: String,
    pub(in crate::report) peers_total: String,
    pub(in crate::report) peers_none: String,
    pub(in crate::report) from: String,
    #[cfg_attr(not(feature = "pdf"), expect(dead_code, reason = "only paper has it"))]
    pub(in crate::report) to: String,
    #[cfg_attr(not(feature = "pdf"), expect(dead_code, reason = "only paper has it"))]
    pub(in crate::report) messages: String,
    pub(in crate::report) another: String,
    pub(in crate::report) agreement: String,
    pub(in crate::report) agreement_text: String,
    pub(in crate::report) agreement_none: String,
    pub(in crate::report) criteria: String,
    pub(in crate::report) levels: String,
    pub(in crate::report) feedback: String,
}

/// The page for whoever decides.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::report) struct BriefWords {
    pub(in crate::report) tested: String,
    pub(in crate::report) strengths: String,
    pub(in crate::report) gaps: String,
    pub(in crate::report) decisions: String,
    pub(in crate::report) quote: String,
    pub(in crate::report) quote_text: String,
    pub(in crate::report) no_rank: String,
    /// Where there is neither a strength nor a gap.
    pub(in crate::report) none: String,
}

/// The improvement plan.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::report) struct ImprovementWords {
    pub(in crate::report) heading: String,
    pub(in crate::report) caption: String,
    pub(in crate::report) none: String,
    pub(in crate::report) action: String,
    pub(in crate::report) element: String,
    pub(in crate::report) owner: String,
    pub(in crate::report) until: String,
    pub(in crate::report) state: String,
    pub(in crate::report) priority: String,
    pub(in crate::report) overdue: String,
    pub(in crate::report) cost: String,
    pub(in crate::report) cost_note: String,
    pub(in crate::report) elements: BTreeMap<String, String>,
    pub(in crate::report) states: BTreeMap<String, String>,
    pub(in crate::report) priorities: BTreeMap<String, String>,
    pub(in crate::report) costs: BTreeMap<String, String>,
}

/// What earlier exercises showed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::report) struct EarlierWords {
    pub(in crate::report) heading: String,
    pub(in crate::report) note: String,
    pub(in crate::report) caption: String,
    pub(in crate::report) day: String,
    pub(in crate::report) before: String,
    pub(in crate::report) actions: String,
}

/// How the exercise was made ready.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::report) struct PreparationWords {
    pub(in crate::report) heading: String,
    pub(in crate::report) comcheck: String,
    pub(in crate::report) unsigned: String,
    pub(in crate::report) signed: String,
    pub(in crate::report) caption: String,
    pub(in crate::report) line: String,
    pub(in crate::report) state: String,
    pub(in crate::report) remarks: String,
    pub(in crate::report) go: String,
    pub(in crate::report) no_go: String,
    /// By line of the list.
    pub(in crate::report) lines: BTreeMap<String, String>,
}

/// What people said once it was over.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::report) struct AfterWords {
    pub(in crate::report) notes: String,
    pub(in crate::report) feedback: String,
    pub(in crate::report) responses: String,
    pub(in crate::report) question: String,
    pub(in crate::report) answers: String,
}

/// The report of a drill day.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::report) struct ProgrammeWords {
    pub(in crate::report) report: String,
    pub(in crate::report) exercises: String,
    pub(in crate::report) exercises_caption: String,
    pub(in crate::report) stage: String,
    pub(in crate::report) stages: BTreeMap<String, String>,
    pub(in crate::report) withheld: String,
    pub(in crate::report) withheld_note: String,
    pub(in crate::report) suppressed: String,
    pub(in crate::report) unmarked: String,
    pub(in crate::report) scores: String,
    pub(in crate::report) scores_note: String,
    pub(in crate::report) scores_caption: String,
    pub(in crate::report) day: String,
    pub(in crate::report) absent: String,
    pub(in crate::report) capabilities_caption: String,
    pub(in crate::report) of_teams: String,
    pub(in crate::report) of_teams_caption: String,
}

/// What a certificate of participation says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(feature = "pdf"), expect(dead_code, reason = "certificates are printed"))]
pub(in crate::report) struct CertificateWords {
    pub(in crate::report) title: String,
    pub(in crate::report) took_part: String,
    pub(in crate::report) role: String,
    pub(in crate::report) present: String,
    pub(in crate::report) marked_after: String,
    pub(in crate::report) organiser: String,
    pub(in crate::report) check: String,
    pub(in crate::report) key: String,
    pub(in crate::report) rehearsal: String,
    pub(in crate::report) roles: BTreeMap<String, String>,
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

/// Languages that reports can be written in, by their tags.
pub fn languages() -> impl Iterator<Item = &'static str> {
    CATALOGUE.languages()
}

/// The words of a language or of its primary tag, and the tag that they really are in.
pub(in crate::report) fn of(language: &Language) -> (&'static str, &'static Words) {
    CATALOGUE.of(language)
}
