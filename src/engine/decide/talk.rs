//! The team's log and its thread with control. Open at any time: nothing that people write is lost.

use super::{LINE_LIMIT, TEXT_LIMIT, checked};
use crate::engine::{
    command::{Actor, Command},
    event::Fact,
    id::{InjectId, PartId, TeamId},
    rejection::Rejection,
    role::{Action, Relation, may},
    state::State,
    time::{Millis, Timestamp},
};

/// How far ahead of the server a client's clock may be.
const CLOCK_SKEW: Millis = Millis::minutes(2);

impl State {
    pub(super) fn write_log(
        &self,
        command: &Command,
        text: &str,
        happened_at: Option<Timestamp>,
        inject: Option<&InjectId>,
        at: Timestamp,
    ) -> Result<Vec<Fact>, Rejection> {
        let (team, _) = self.allow_own(&command.actor, Action::WriteTeamLog)?;
        if let Some(inject) = inject {
            self.received(team, inject)?;
        }
        let happened_at = happened_at.unwrap_or(at);
        if happened_at > at.plus(CLOCK_SKEW) {
            return Err(Rejection::FutureTime);
        }
        if !happened_at.is_in_calendar() {
            return Err(Rejection::TimeOutOfRange);
        }
        Ok(vec![Fact::LogWritten {
            item: command.mint.item(0),
            team: team.id.clone(),
            text: command.mint.prose(0, checked(text, TEXT_LIMIT)?),
            happened_at,
            inject: inject.cloned(),
        }])
    }

    /// Control names the team; a team's own people write into their own thread only.
    pub(super) fn say(&self, command: &Command, team: Option<&TeamId>, text: &str) -> Result<Vec<Fact>, Rejection> {
        let grant = self.grant(&command.actor).ok_or(Rejection::Forbidden)?;
        let team = team.or(grant.team.as_ref()).ok_or(Rejection::TeamMismatch)?;
        let relation = if grant.team.as_ref() == Some(team) { Relation::Own } else { Relation::Other };
        if !may(grant.role, Action::Talk, relation) {
            return Err(Rejection::Forbidden);
        }
        self.known_team(team)?;
        Ok(vec![Fact::Said {
            item: command.mint.item(0),
            team: team.clone(),
            text: command.mint.prose(0, checked(text, TEXT_LIMIT)?),
            from_control: relation == Relation::Other,
        }])
    }

    pub(super) fn erase_part(&self, actor: &Actor, part: &PartId, reason: &str) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::Erase)?;
        if !self.parts.contains(part) {
            return Err(Rejection::UnknownPart(part.clone()));
        }
        Ok(vec![Fact::PartErased { part: part.clone(), reason: checked(reason, LINE_LIMIT)?.to_owned() }])
    }
}
