//! What the state holds of what comes after play.

use std::collections::BTreeMap;

use crate::engine::{
    event::{
        Answer, CorrectiveActionPut, CorrectiveState, FindingEdited, FindingKind, HotWashAdded, ReportProposed,
        ReportVersion, Scope,
    },
    id::{CorrectiveActionId, FieldId, FindingId, ItemId, PartId, PersonId, TeamId},
    plan::Field,
    prose::Prose,
    state::State,
    time::Timestamp,
    view::Viewer,
};

/// Feedback, hot wash, findings, the improvement plan and releases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AfterAction {
    /// What the feedback form asked at `EndEx`.
    pub form: Vec<Field>,
    /// What each person gave last.
    pub feedback: BTreeMap<PersonId, BTreeMap<FieldId, Answer>>,
    /// Notes on the board of the hot wash.
    pub hot_wash: BTreeMap<ItemId, HotWashNote>,
    /// Strengths and areas of the report.
    pub findings: BTreeMap<FindingId, FindingEdited>,
    /// Who wrote each finding last.
    pub written_by: BTreeMap<FindingId, PersonId>,
    /// The order that findings were put into.
    pub orders: BTreeMap<Scope, Vec<FindingId>>,
    /// What was signed off and not edited since.
    pub signed_off: BTreeMap<Scope, Signature>,
    /// The improvement plan.
    pub corrective_actions: BTreeMap<CorrectiveActionId, CorrectiveAction>,
    /// Releases that wait for a second person.
    pub proposals: BTreeMap<ItemId, Proposal>,
    /// What was released, in order.
    pub releases: Vec<ReportProposed>,
}

/// A note on the board of the hot wash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HotWashNote {
    /// As it was written, with the side and the capability that it has now.
    pub added: HotWashAdded,
    /// Who wrote it; where that is not to be told, only to let that person take it back.
    pub author: Option<PersonId>,
    /// When.
    pub at: Timestamp,
    /// Whether staff alone see it.
    pub hidden: bool,
    /// The note that it stands under.
    pub into: Option<ItemId>,
}

/// Who signed something off, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Signature {
    pub by: Option<PersonId>,
    pub at: Timestamp,
}

/// A corrective action and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrectiveAction {
    /// As it reads now.
    pub put: CorrectiveActionPut,
    /// Where it stands.
    pub state: CorrectiveState,
    /// What was said of that.
    pub note: Option<Prose>,
    /// Who said last that it is done.
    pub implemented_by: Option<PersonId>,
}

/// A release that waits for a second person.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Proposal {
    pub proposed: ReportProposed,
    pub by: Option<PersonId>,
}

impl AfterAction {
    /// Findings about something, in their order; those that nobody has put into one come last, by id.
    #[must_use]
    pub fn findings_of(&self, scope: &Scope) -> Vec<&FindingEdited> {
        let order = self.orders.get(scope).map_or(&[][..], Vec::as_slice);
        let ordered = order.iter().filter_map(|id| self.findings.get(id));
        let rest =
            self.findings.values().filter(|finding| finding.scope == *scope && !order.contains(&finding.finding));
        ordered.chain(rest).collect()
    }

    /// The notes that are shown on one side of the board, oldest first, each with those that stand under it.
    #[must_use]
    pub fn board(&self, kind: FindingKind) -> Vec<(&HotWashNote, Vec<&HotWashNote>)> {
        let shown = || self.hot_wash.values().filter(|note| !note.hidden);
        let mut alone: Vec<_> = shown().filter(|note| note.into.is_none() && note.added.kind == kind).collect();
        alone.sort_by_key(|note| (note.at, &note.added.item));
        let under = |item: &ItemId| shown().filter(|note| note.into.as_ref() == Some(item)).collect();
        alone.into_iter().map(|note| (note, under(&note.added.item))).collect()
    }

    /// What was released of a version, in order.
    pub(in crate::engine) fn releases_of<'a>(
        &'a self,
        version: ReportVersion,
        team: Option<&'a TeamId>,
    ) -> impl Iterator<Item = &'a ReportProposed> {
        let is_of = move |release: &&ReportProposed| {
            release.version == version
                && team.is_some_and(|team| release.teams.contains(team)) == version.is_of_a_team()
        };
        self.releases.iter().filter(is_of)
    }

    /// Drops an erased text where it is held.
    pub(in crate::engine) fn forget(&mut self, part: &PartId) {
        for prose in self.texts_mut().filter(|prose| prose.part == *part) {
            prose.content = None;
        }
    }

    fn texts_mut(&mut self) -> impl Iterator<Item = &mut Prose> {
        let given = self.feedback.values_mut().flat_map(BTreeMap::values_mut).filter_map(Answer::prose_mut);
        let notes = self.hot_wash.values_mut().map(|note| &mut note.added.text);
        let findings = self.findings.values_mut().flat_map(|finding| {
            let FindingEdited { title, observation, reference, analysis, .. } = finding;
            [title, observation].into_iter().chain(reference).chain(analysis)
        });
        let actions = self.corrective_actions.values_mut().flat_map(|action| {
            let CorrectiveAction { put, note, .. } = action;
            let CorrectiveActionPut { text, owner, contact, evidence, .. } = put;
            std::iter::once(text).chain(owner).chain(contact).chain(evidence).chain(note)
        });
        given.chain(notes).chain(findings).chain(actions)
    }
}

impl State {
    /// What the feedback form asks: as it was shown at `EndEx`, else as the plan says, else what is usual.
    #[must_use]
    pub fn feedback_form(&self) -> &[Field] {
        let shown = &self.after_action.form;
        let planned = if shown.is_empty() { &self.plan.feedback } else { shown };
        if planned.is_empty() { crate::engine::plan::usual_feedback() } else { planned }
    }

    /// Up to which row somebody reads a report who does not answer for it: that of the newest release to them.
    #[must_use]
    pub fn released_to(&self, version: ReportVersion, team: Option<&TeamId>, viewer: &Viewer) -> Option<i64> {
        if team.is_some() != version.is_of_a_team() {
            return None;
        }
        let own = team.is_some() && viewer.team.as_ref() == team;
        let to_them = |release: &&ReportProposed| team.is_none() || own || release.people.contains(&viewer.person);
        self.after_action.releases_of(version, team).filter(to_them).last().map(|release| release.at_seq)
    }
}
