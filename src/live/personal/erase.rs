//! Erasing what somebody is called and what somebody wrote.

use std::collections::BTreeSet;

use super::pseudonym;
use crate::{
    engine::{
        command::{Actor, Order},
        event::Fact,
        id::{FileHash, PartId, PersonId},
    },
    live::{Exercise, LiveError, load},
    store::Person,
};

/// Texts that one command erases at most, so that none keeps others waiting.
const AT_ONCE: usize = 500;

/// What was erased.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::live) struct Erased {
    /// Texts that stood in the log until now.
    pub(in crate::live) texts: usize,
    /// Files whose bytes are gone.
    pub(in crate::live) files: usize,
}

impl Exercise {
    /// Puts a pseudonym in place of a person's name, and drops what the person has typed and not sent.
    pub(in crate::live) async fn erase_name(&self, person: &PersonId) -> Result<(), LiveError> {
        let Some(known) = self.store.person(&self.id, person).await? else { return Ok(()) };
        let name = pseudonym(person);
        self.store.put_person(&self.id, &Person { name: name.clone(), ..known }).await?;
        self.store.erase_day_name(&self.id, person).await?;
        self.store.drop_drafts_of(&self.id, person).await?;
        self.hub.name(person, &name);
        Ok(())
    }

    /// Erases every text that a person wrote, or that all people did, and the files they handed in. The log says that
    /// it was done, by whom and why.
    pub(in crate::live) async fn erase_texts(
        &self,
        by: Actor,
        of: Option<&PersonId>,
        reason: &str,
    ) -> Result<Erased, LiveError> {
        let (parts, files) = self.written(of).await?;
        let mut erased = Erased { texts: parts.len(), files: 0 };
        for parts in parts.chunks(AT_ONCE) {
            let order = Order::Erase { parts: parts.to_vec(), reason: reason.to_owned() };
            self.order_by(by.clone(), order).await?;
        }
        for file in &files {
            erased.files += usize::from(self.store.drop_handed_in(file).await?);
        }
        Ok(erased)
    }

    /// The texts that a person wrote, or that all people did, and that are still there; and the files.
    async fn written(&self, of: Option<&PersonId>) -> Result<(Vec<PartId>, BTreeSet<FileHash>), LiveError> {
        let (mut parts, mut files) = (Vec::new(), BTreeSet::new());
        for row in load::rows_after(&self.store, &self.id, 0).await? {
            let is_theirs = row.event.actor.person().is_some_and(|author| of.is_none_or(|of| of == author));
            if !is_theirs {
                continue;
            }
            let texts = row.event.fact.prose().into_iter().filter(|prose| prose.content.is_some());
            parts.extend(texts.map(|prose| prose.part.clone()));
            if let Fact::FileTaken(taken) = &row.event.fact {
                files.insert(taken.hash.clone());
            }
        }
        Ok((parts, files))
    }
}
