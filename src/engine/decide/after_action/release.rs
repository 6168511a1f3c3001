//! The release of reports. What goes out is the report as the log had it when it was proposed, so nothing
//! gets out that the second person has not seen.

use super::OVER;
use crate::engine::{
    command::{Actor, Command, DeclineRelease, ProposeRelease},
    decide::{TEXT_LIMIT, mark::reasoned},
    event::{Fact, ReleaseDeclined, ReportProposed},
    id::{ItemId, PersonId},
    rejection::{AfterAction, Judging, Rejection},
    role::{Action, Role},
    state::State,
};

impl State {
    pub(super) fn propose_release(&self, command: &Command, wanted: &ProposeRelease) -> Result<Vec<Fact>, Rejection> {
        self.allow(&command.actor, Action::PublishReport)?;
        self.in_stage(&OVER)?;
        let ProposeRelease { version, teams, people } = wanted.clone();
        if teams.is_empty() == version.is_of_a_team() {
            return Err(AfterAction::ReleaseTeams.into());
        }
        let name = |id| Ok::<_, Rejection>((Clone::clone(id), self.known_team(id)?.name.clone()));
        let names = teams.iter().map(name).collect::<Result<_, _>>()?;
        people.iter().try_for_each(|person| self.is_reader(person))?;
        let item = command.mint.item(0);
        let proposed = ReportProposed { item, version, teams, people, at_seq: self.seq, names };
        Ok(vec![if self.plan.profile.publish_needs_second {
            Fact::ReportProposed(proposed)
        } else {
            Fact::ReportReleased(proposed)
        }])
    }

    pub(super) fn approve_release(&self, actor: &Actor, item: &ItemId) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::PublishReport)?;
        self.in_stage(&OVER)?;
        let unknown = || AfterAction::UnknownProposal(item.clone());
        let proposal = self.after_action.proposals.get(item).ok_or_else(unknown)?;
        if proposal.by.as_ref() == actor.person() {
            return Err(Judging::SecondPersonNeeded.into());
        }
        Ok(vec![Fact::ReportReleased(proposal.proposed.clone())])
    }

    /// A director declines; everybody else takes back what they proposed themselves. Whoever proposes anew says
    /// what the report is then.
    pub(super) fn decline_release(&self, command: &Command, wanted: &DeclineRelease) -> Result<Vec<Fact>, Rejection> {
        let grant = self.allow(&command.actor, Action::PublishReport)?;
        self.in_stage(&OVER)?;
        let unknown = || AfterAction::UnknownProposal(wanted.item.clone());
        let proposal = self.after_action.proposals.get(&wanted.item).ok_or_else(unknown)?;
        if grant.role != Role::ExerciseDirector && proposal.by.as_ref() != command.actor.person() {
            return Err(Rejection::Forbidden);
        }
        let reason = command.mint.prose(0, reasoned(&wanted.reason, TEXT_LIMIT)?);
        Ok(vec![Fact::ReleaseDeclined(ReleaseDeclined { item: wanted.item.clone(), reason })])
    }

    fn is_reader(&self, person: &PersonId) -> Result<(), Rejection> {
        let grant = self.grants.get(person).ok_or_else(|| Rejection::UnknownPerson(person.clone()))?;
        let reads = matches!(grant.role, Role::Reviewer | Role::Observer);
        if reads { Ok(()) } else { Err(AfterAction::NotReader(person.clone()).into()) }
    }
}
