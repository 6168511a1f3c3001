//! The marking desk: what each evaluator has to read, and what they mark it by. Pure: a state in, papers out.
//!
//! Where marking is blind, an evaluator's papers name no team: each has a code name, and stands among the
//! others in an order that tells nothing.

pub mod judging;
mod question;

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

pub use question::{Checklist, ChecklistLine, Question, QuestionField, RubricLine, SampleLine};

use crate::{
    engine::{
        event::{Answer, Marked},
        id::{CriterionId, FieldId, FileHash, InjectId, PersonId, TeamId},
        plan::{Field, Inject, MarkingPolicy},
        role::{Action, Relation, Role},
        score::{self, Agreement, agreement, marks_needed},
        state::{Delivery, Stage, State, Team},
        text::Language,
        time::Timestamp,
        view::{
            Viewer,
            card::{ProseCard, RecognisedCard},
        },
    },
    report::in_words,
};

/// What somebody has to mark, and by what.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the reader")]
pub struct MarkingDesk {
    /// How carefully answers are marked.
    pub policy: MarkingPolicy,
    /// Whether the reader marks without knowing whose answers they are: teams have code names.
    pub blind: bool,
    /// Whether the reader may give levels.
    pub may_mark: bool,
    /// Whether the reader may decide where marks differ, and answer appeals.
    pub may_moderate: bool,
    /// Whether the reader assigns marking and releases scores.
    pub runs_marking: bool,
    /// Where the exercise stands.
    pub stage: Stage,
    /// When scores were released, the last time; marks are fixed then.
    pub released_at: Option<Timestamp>,
    /// How far evaluators agree; for those who run the marking.
    pub agreement: Option<Agreement>,
    /// Every inject that the reader may mark answers to, in the order of the plan.
    pub progress: Vec<InjectProgress>,
    /// Those that were asked for.
    pub questions: Vec<Question>,
    /// The answers to those.
    pub papers: Vec<Paper>,
    /// What to tick off beside a team; nothing for whoever marks blind.
    pub checklists: Vec<Checklist>,
}

/// How far the marking of an inject is.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct InjectProgress {
    /// Which inject.
    pub inject: InjectId,
    /// Its title.
    pub title: String,
    /// Answers that the reader may mark.
    pub papers: u32,
    /// Those that the reader has marked as they stand now.
    pub marked: u32,
    /// Those that wait for a mark of the reader.
    pub waiting: u32,
}

/// An answer that the reader may mark.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Paper {
    /// To which inject.
    pub inject: InjectId,
    /// Whose: the team, or a code name that acts take in its place.
    pub team: TeamId,
    /// The language that the team works in.
    pub language: Language,
    /// What the team read in place of the question, if it was something else.
    pub instead: Option<Instead>,
    /// Revision of the answer.
    pub revision: u32,
    /// Whether it came late.
    pub late: bool,
    /// The answer, field by field.
    pub answers: Vec<AnswerLine>,
    /// What the reader gave, perhaps to an earlier revision.
    pub mine: Option<MarkLine>,
    /// Whether it waits for a mark of the reader.
    pub waiting: bool,
    /// How many marks it needs.
    pub needed: u32,
    /// How many it has.
    pub there: u32,
    /// What everybody gave; for those who run the marking.
    pub lead: Option<PaperMarks>,
}

/// Other words that a team received for the same inject.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Instead {
    pub title: String,
    pub body: String,
}

/// An answer to one field, in words.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AnswerLine {
    /// Which field.
    pub field: FieldId,
    /// The question.
    pub label: String,
    /// The answer; none if there is none, or it was erased.
    pub words: Option<String>,
    /// What indicators in an answer of a team were understood as.
    pub recognised: Option<RecognisedCard>,
    /// Whether text of it was erased.
    pub erased: bool,
    /// The file that was handed in, to fetch.
    pub file: Option<FileHash>,
}

/// What somebody gave an answer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MarkLine {
    /// Revision that was read.
    pub revision: u32,
    /// Levels by criterion.
    pub levels: BTreeMap<CriterionId, u8>,
    /// What the team is told, or why it was decided so.
    pub feedback: Option<ProseCard>,
}

/// What everybody gave an answer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PaperMarks {
    /// Where its marking stands.
    pub standing: MarkStanding,
    /// Marks by person.
    pub marks: BTreeMap<PersonId, MarkLine>,
    /// What the lead evaluator decided.
    pub moderated: Option<MarkLine>,
}

/// Where the marking of an answer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MarkStanding {
    /// Marks are missing.
    Missing,
    /// Marks differ by two levels: the lead evaluator decides.
    Split,
    /// It is marked.
    Done,
}

/// What of a desk is wanted.
#[derive(Clone, Copy, Debug)]
pub enum Wanted<'a> {
    /// How far everything is, without questions and answers.
    Progress,
    /// One inject.
    Inject(&'a InjectId),
    /// Everything.
    All,
}

/// The desk of somebody who marks, or runs the marking.
#[must_use]
pub fn desk(state: &State, viewer: &Viewer, wanted: Wanted<'_>, language: &Language) -> MarkingDesk {
    let runs_marking = viewer.may(Action::RunMarking, Relation::Other);
    let mut desk = MarkingDesk {
        policy: state.marking_policy,
        blind: viewer.blind,
        may_mark: viewer.may(Action::Mark, Relation::Other) && state.scores_released_at.is_none(),
        may_moderate: viewer.may(Action::Moderate, Relation::Other),
        runs_marking,
        stage: state.stage(),
        released_at: state.scores_released_at,
        agreement: runs_marking.then(|| agreement(state)),
        progress: Vec::new(),
        questions: Vec::new(),
        papers: Vec::new(),
        checklists: Vec::new(),
    };
    for (position, inject) in state.plan.injects.iter().enumerate() {
        if !viewer.blind {
            desk.checklists.extend(question::checklist(inject, language));
        }
        if inject.criteria().is_empty() || !is_of_reader(state, viewer, inject) {
            continue;
        }
        let answered = answered(state, viewer, position, inject);
        let stands: Vec<Stand> = answered.iter().map(|answer| answer.stand(state, viewer, inject)).collect();
        let number = |is: &dyn Fn(&Stand) -> bool| count(stands.iter().filter(|stand| is(stand)).count());
        desk.progress.push(InjectProgress {
            inject: inject.id.clone(),
            title: inject.content.title.get(language).to_owned(),
            papers: count(stands.len()),
            marked: number(&|stand| stand.marked),
            waiting: number(&|stand| stand.waiting),
        });
        let is_wanted = match wanted {
            Wanted::Progress => false,
            Wanted::Inject(id) => *id == inject.id,
            Wanted::All => true,
        };
        if is_wanted {
            desk.questions.push(question::question(inject, language));
            let papers = answered.iter().zip(stands);
            desk.papers.extend(papers.map(|(answer, stand)| answer.paper(state, viewer, inject, &stand, language)));
        }
    }
    desk
}

/// An official answer of a team.
struct Answered<'a> {
    team: &'a Team,
    delivery: &'a Delivery,
    response: &'a crate::engine::state::Response,
}

/// How an answer stands with the reader.
struct Stand {
    needed: u32,
    there: u32,
    marked: bool,
    waiting: bool,
}

/// An inject nobody of whose answers the reader ever marks is not on the desk.
fn is_of_reader(state: &State, viewer: &Viewer, inject: &Inject) -> bool {
    viewer.role != Role::Evaluator || state.teams.iter().any(|team| state.is_assigned(&viewer.person, team, inject))
}

/// What the reader may mark, in an order that tells nothing.
fn answered<'a>(state: &'a State, viewer: &Viewer, position: usize, inject: &Inject) -> Vec<Answered<'a>> {
    let answered = |team: &'a Team| {
        let delivery = team.deliveries.get(&position).filter(|delivery| !delivery.recalled)?;
        Some(Answered { team, delivery, response: delivery.official()? })
    };
    let theirs = |team: &&Team| {
        !state.is_at_home(&viewer.person, team)
            && (viewer.role != Role::Evaluator || state.is_assigned(&viewer.person, team, inject))
    };
    let mut answers: Vec<Answered<'a>> = state.teams.iter().filter(theirs).filter_map(answered).collect();
    answers.sort_by_cached_key(|answer| state.shuffled(answer.team, inject));
    answers
}

impl Answered<'_> {
    fn stand(&self, state: &State, viewer: &Viewer, inject: &Inject) -> Stand {
        let revision = self.response.revision;
        let there = count(self.delivery.markings.of_revision(revision).count());
        let needed = marks_needed(state, self.team, inject);
        let mine = self.delivery.markings.marks.get(&viewer.person);
        let marked = mine.is_some_and(|mark| mark.revision == revision);
        let may = viewer.may(Action::Mark, Relation::Other) && state.scores_released_at.is_none();
        let decided = self.delivery.markings.moderated(revision).is_some();
        Stand { needed, there, marked, waiting: may && !marked && !decided && there < needed }
    }

    fn paper(&self, state: &State, viewer: &Viewer, inject: &Inject, stand: &Stand, language: &Language) -> Paper {
        let name = if viewer.blind { TeamId(state.code_name(self.team)) } else { self.team.id.clone() };
        let runs_marking = viewer.may(Action::RunMarking, Relation::Other);
        let received = self.delivery.alternative.as_ref();
        let instead = inject.alternatives.iter().find(|other| Some(&other.id) == received).map(|other| Instead {
            title: other.content.title.get(language).to_owned(),
            body: other.content.body.get(language).to_owned(),
        });
        let fields = inject.content.form.iter().flat_map(|form| &form.fields);
        Paper {
            inject: inject.id.clone(),
            team: name,
            language: self.team.language.clone(),
            instead,
            revision: self.response.revision,
            late: self.response.late,
            answers: fields.map(|field| self.line(field, language)).collect(),
            mine: self.delivery.markings.marks.get(&viewer.person).map(mark_line),
            waiting: stand.waiting,
            needed: stand.needed,
            there: stand.there,
            lead: runs_marking.then(|| self.marks(state, inject)),
        }
    }

    fn line(&self, field: &Field, language: &Language) -> AnswerLine {
        let answer = self.response.answers.get(&field.id);
        let file = match answer {
            Some(Answer::File(hash)) => Some(hash.clone()),
            _ => None,
        };
        let recognised = match answer {
            Some(Answer::Indicators(lines)) => lines.text().map(RecognisedCard::of),
            _ => None,
        };
        let words = answer.filter(|_| file.is_none());
        AnswerLine {
            field: field.id.clone(),
            label: field.label.get(language).to_owned(),
            words: words.and_then(|answer| in_words(answer, &field.kind, language)),
            recognised,
            file,
            erased: answer.and_then(Answer::prose).is_some_and(|prose| prose.text().is_none()),
        }
    }

    fn marks(&self, state: &State, inject: &Inject) -> PaperMarks {
        let markings = &self.delivery.markings;
        PaperMarks {
            standing: standing(state, self.team, inject, self.delivery),
            marks: markings.marks.iter().map(|(person, mark)| (person.clone(), mark_line(mark))).collect(),
            moderated: markings.moderated(self.response.revision).map(mark_line),
        }
    }
}

fn standing(state: &State, team: &Team, inject: &Inject, delivery: &Delivery) -> MarkStanding {
    match score::marking(state, team, inject, delivery) {
        score::Marking::Missing(_) => MarkStanding::Missing,
        score::Marking::Split => MarkStanding::Split,
        score::Marking::Done(_) | score::Marking::NotNeeded => MarkStanding::Done,
    }
}

fn mark_line(mark: &Marked) -> MarkLine {
    let feedback = mark.feedback.as_ref();
    MarkLine {
        revision: mark.revision,
        levels: mark.levels.clone(),
        feedback: feedback.map(|prose| ProseCard { part: prose.part.clone(), text: prose.text().map(str::to_owned) }),
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
