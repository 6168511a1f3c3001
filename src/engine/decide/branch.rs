//! What branches go by, and what teams ask for: flags, words, hints, information.

use std::collections::BTreeSet;

use super::{
    LINE_LIMIT, TEXT_LIMIT, checked,
    clock::IN_PLAY,
    control::{Sending, checked_languages, refuse_if_all_stand},
};
use crate::engine::{
    command::{Actor, Command},
    event::{Fact, HintOpened, ReleaseCause, VariableSet},
    id::{FlagId, HintId, InjectId, ItemId, TeamId, VariableId},
    rejection::Rejection,
    role::Action,
    state::{Request, Stage, State},
    text::Text,
    time::Timestamp,
};

impl State {
    pub(super) fn set_flag_of(
        &self,
        actor: &Actor,
        flag: &FlagId,
        teams: Option<&BTreeSet<TeamId>>,
        value: bool,
    ) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::ControlInjects)?;
        if self.plan.flags.iter().all(|known| known.id != *flag) {
            return Err(Rejection::UnknownFlag(flag.clone()));
        }
        let changed = self.addressed(teams)?.into_iter().filter(|team| team.flags.contains(flag) != value);
        let teams: BTreeSet<TeamId> = changed.map(|team| team.id.clone()).collect();
        Ok(if teams.is_empty() { Vec::new() } else { vec![Fact::FlagSet { flag: flag.clone(), teams, value }] })
    }

    pub(super) fn set_variable(
        &self,
        actor: &Actor,
        variable: &VariableId,
        team: &TeamId,
        value: &Text,
    ) -> Result<Vec<Fact>, Rejection> {
        self.allow_words(actor, team)?;
        self.known_team(team)?;
        if self.plan.variables.iter().all(|known| known.id != *variable) {
            return Err(Rejection::UnknownVariable(variable.clone()));
        }
        let value = checked_languages(value, LINE_LIMIT)?;
        Ok(vec![Fact::VariableSet(VariableSet { variable: variable.clone(), team: team.clone(), value })])
    }

    /// Staff cut a line as play, as the plan may.
    pub(super) fn cut_link(&self, actor: &Actor, id: &TeamId, reason: &str) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::ControlInjects)?;
        self.in_stage(&IN_PLAY)?;
        if self.known_team(id)?.cuts.contains(&None) {
            return Err(Rejection::AlreadyCut(id.clone()));
        }
        let language = self.plan.languages.first().map_or("en", |language| language.0.as_str());
        let notice = Text::new(language, checked(reason, LINE_LIMIT)?);
        Ok(vec![Fact::LinkCut { cut: None, teams: BTreeSet::from([id.clone()]), notice }])
    }

    /// The line is there again, whether the plan had cut it or staff.
    pub(super) fn restore_link(&self, actor: &Actor, id: &TeamId) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::ControlInjects)?;
        self.in_stage(&IN_PLAY)?;
        let cuts = &self.known_team(id)?.cuts;
        if cuts.is_empty() {
            return Err(Rejection::NotCut(id.clone()));
        }
        Ok(cuts.iter().map(|cut| Fact::LinkRestored { cut: *cut, teams: BTreeSet::from([id.clone()]) }).collect())
    }

    /// A hint costs what was said before it was opened; opening it again costs nothing.
    pub(super) fn open_hint(&self, actor: &Actor, id: &InjectId, hint: &HintId) -> Result<Vec<Fact>, Rejection> {
        let (team, _) = self.allow_own(actor, Action::Submit)?;
        self.in_stage(&IN_PLAY)?;
        let (inject, delivery) = self.received(team, id)?;
        let unknown = || Rejection::UnknownHint { inject: id.clone(), hint: hint.clone() };
        let offers = inject.content.form.iter().flat_map(|form| &form.hints);
        let offer = offers.into_iter().find(|offer| offer.id == *hint).ok_or_else(unknown)?;
        let kept = inject.staff.hints.iter().find(|kept| kept.id == *hint).ok_or_else(unknown)?;
        if delivery.hints.contains_key(hint) {
            return Ok(Vec::new());
        }
        Ok(vec![Fact::HintOpened(HintOpened {
            inject: id.clone(),
            team: team.id.clone(),
            hint: hint.clone(),
            text: kept.text.clone(),
            price_permille: offer.price_permille,
        })])
    }

    pub(super) fn ask_information(
        &self,
        command: &Command,
        text: &str,
        inject: Option<&InjectId>,
    ) -> Result<Vec<Fact>, Rejection> {
        let (team, _) = self.allow_own(&command.actor, Action::Talk)?;
        if let Some(inject) = inject {
            self.received(team, inject)?;
        }
        Ok(vec![Fact::InformationAsked {
            item: command.mint.item(0),
            team: team.id.clone(),
            text: command.mint.prose(0, checked(text, TEXT_LIMIT)?),
            inject: inject.cloned(),
        }])
    }

    pub(super) fn take_request(&self, actor: &Actor, item: &ItemId) -> Result<Vec<Fact>, Rejection> {
        self.allow(actor, Action::ControlInjects)?;
        let request = self.open_request(item)?;
        if request.owner.as_ref() == actor.person() {
            return Ok(Vec::new());
        }
        Ok(vec![Fact::RequestTaken { item: item.clone(), team: request.team.clone() }])
    }

    pub(super) fn answer_request(
        &self,
        command: &Command,
        item: &ItemId,
        text: Option<&str>,
        inject: Option<&InjectId>,
        at: Timestamp,
    ) -> Result<Vec<Fact>, Rejection> {
        self.allow(&command.actor, Action::ControlInjects)?;
        let request = self.open_request(item)?;
        let text = text.map(|text| checked(text, TEXT_LIMIT)).transpose()?;
        if text.is_none() && inject.is_none() {
            return Err(Rejection::EmptyText);
        }
        let answered = Fact::RequestAnswered {
            item: item.clone(),
            team: request.team.clone(),
            text: text.map(|text| command.mint.prose(0, text)),
            inject: inject.cloned(),
        };
        let sent = inject.map(|inject| self.handed_out(command, inject, &request.team, at)).transpose()?;
        Ok(std::iter::once(answered).chain(sent.into_iter().flatten()).collect())
    }

    /// The prepared information goes to the team that asked.
    fn handed_out(
        &self,
        command: &Command,
        id: &InjectId,
        team: &TeamId,
        at: Timestamp,
    ) -> Result<Vec<Fact>, Rejection> {
        self.in_stage(&[Stage::Running, Stage::Paused])?;
        let (_, inject, targets) = self.without_it(id, Some(&BTreeSet::from([team.clone()])))?;
        refuse_if_all_stand(&targets)?;
        let sending = Sending { cause: ReleaseCause::Request, by: command.actor.person().cloned(), due: None, at };
        Ok(self.released(inject, &targets, &sending))
    }

    fn open_request(&self, item: &ItemId) -> Result<&Request, Rejection> {
        let request = self.requests.get(item).ok_or_else(|| Rejection::UnknownRequest(item.clone()))?;
        if request.answered { Err(Rejection::AlreadyAnswered) } else { Ok(request) }
    }
}
