//! The board of the hot wash: everybody writes, whoever leads it puts in order.

use std::collections::BTreeSet;

use super::Texts;
use crate::engine::{
    command::{Actor, AddToHotWash, Command, MergeInHotWash, MoveInHotWash},
    decide::TEXT_LIMIT,
    event::{Copied, Fact, HotWashAdded, HotWashMerged, HotWashMoved, HotWashWithdrawn},
    id::{ItemId, TeamId},
    rejection::{AfterAction, Rejection},
    role::Action,
    state::{Grant, HotWashNote, Stage, State},
};

impl State {
    pub(super) fn add_to_hot_wash(&self, command: &Command, wanted: &AddToHotWash) -> Result<Vec<Fact>, Rejection> {
        let grant = self.allow(&command.actor, Action::AddToHotWash)?;
        self.in_stage(&[Stage::Ended])?;
        wanted.team.iter().try_for_each(|team| self.seen_team(grant, team))?;
        Ok(vec![Fact::HotWashAdded(HotWashAdded {
            item: command.mint.item(0),
            kind: wanted.kind,
            text: Texts::new(command.mint).next(&wanted.text, TEXT_LIMIT)?,
            capability: wanted.capability,
            team: wanted.team.clone(),
            anonymous: wanted.anonymous,
            by_team: grant.team.clone().filter(|_| !wanted.anonymous),
        })])
    }

    /// Who sees a team's affairs may name it; for everybody else there is no such team.
    fn seen_team(&self, grant: &Grant, team: &TeamId) -> Result<(), Rejection> {
        if grant.may(Action::SeeTeam, grant.relation(Some(team))) {
            self.known_team(team).map(|_| ())
        } else {
            Err(Rejection::UnknownTeam(team.clone()))
        }
    }

    pub(super) fn move_in_hot_wash(&self, command: &Command, wanted: &MoveInHotWash) -> Result<Vec<Fact>, Rejection> {
        self.allow(&command.actor, Action::RunHotWash)?;
        let note = self.hot_wash_note(&wanted.item)?;
        let of = note.added.text.part.clone();
        let text = note.added.text.text().map(|text| Copied { of: of.clone(), text: command.mint.prose(0, text) });
        Ok(vec![Fact::HotWashMoved(HotWashMoved {
            item: wanted.item.clone(),
            kind: wanted.kind,
            capability: wanted.capability,
            hidden: wanted.hidden,
            written_at: note.at,
            of,
            text,
        })])
    }

    pub(super) fn merge_in_hot_wash(&self, actor: &Actor, wanted: &MergeInHotWash) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::RunHotWash)?;
        self.hot_wash_note(&wanted.item)?;
        let mut items = BTreeSet::from([wanted.item.clone()]);
        if let Some(into) = &wanted.into {
            // Notes stand under one that stands alone, so nothing lies deeper than that.
            if self.hot_wash_note(into)?.into.is_some() || *into == wanted.item {
                return Err(AfterAction::UnknownNote(into.clone()).into());
            }
            items.extend(self.under(&wanted.item));
        }
        Ok(vec![Fact::HotWashMerged(HotWashMerged { items, into: wanted.into.clone() })])
    }

    pub(super) fn withdraw_from_hot_wash(&self, actor: &Actor, item: &ItemId) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::AddToHotWash)?;
        let note = self.hot_wash_note(item)?;
        if note.author.is_none() || note.author.as_ref() != actor.person() {
            return Err(AfterAction::NotAuthor(item.clone()).into());
        }
        let (item, by_team) = (item.clone(), note.added.by_team.clone());
        let freed = self.under(&item);
        Ok(vec![Fact::HotWashWithdrawn(HotWashWithdrawn { item, by_team, freed })])
    }

    fn hot_wash_note(&self, item: &ItemId) -> Result<&HotWashNote, Rejection> {
        self.after_action.hot_wash.get(item).ok_or_else(|| AfterAction::UnknownNote(item.clone()).into())
    }

    fn under(&self, item: &ItemId) -> BTreeSet<ItemId> {
        let notes = self.after_action.hot_wash.iter();
        notes.filter(|(_, note)| note.into.as_ref() == Some(item)).map(|(id, _)| id.clone()).collect()
    }
}
