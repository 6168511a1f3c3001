//! What facilitators, teams and watchers ask for, in the words of the tests.

use std::collections::BTreeSet;

use drillhall::engine::{
    command::{AcknowledgeFor, Act, AnswerInput, Observe, Passed, SetVariable, SubmitFor},
    event::{Polarity, StaffTalk},
    id::{InjectId, ItemId, TeamId},
    plan::{Inject, Tlp},
    time::{Millis, Timestamp},
};

use super::{
    fixture::{START, submit},
    plan::{minutes, text},
};

/// An instant by its second since `StartEx`.
pub(super) fn second(second: i64) -> Timestamp {
    START.plus(Millis::seconds(second))
}

pub(super) fn minute(minute: i64) -> Timestamp {
    second(60 * minute)
}

fn some(teams: Option<&[&str]>) -> Option<BTreeSet<TeamId>> {
    teams.map(|ids| ids.iter().map(|id| TeamId::from(*id)).collect())
}

pub(super) fn schedule(at: Timestamp) -> Act {
    Act::ScheduleStart { at, zone: "Pacific/Fiji".to_owned() }
}

pub(super) fn cancel() -> Act {
    Act::Cancel { reason: "storm".to_owned() }
}

pub(super) fn jump(to_minute: i64, passed: Passed) -> Act {
    Act::Jump { to: Some(minutes(to_minute)), passed }
}

pub(super) fn jump_to_next() -> Act {
    Act::Jump { to: None, passed: Passed::Tray }
}

pub(super) fn realign(team: &str, passed: Passed) -> Act {
    Act::Realign { team: team.into(), passed }
}

pub(super) fn skip_break(id: &str) -> Act {
    Act::SkipBreak { pause: id.into() }
}

pub(super) fn cut_link(team: &str) -> Act {
    Act::CutLink { team: team.into(), reason: "cable".to_owned() }
}

pub(super) fn restore_link(team: &str) -> Act {
    Act::RestoreLink { team: team.into() }
}

pub(super) fn shift(by_minutes: i64) -> Act {
    Act::Shift { by: minutes(by_minutes) }
}

pub(super) fn rate(permille: i64) -> Act {
    Act::SetRate { permille }
}

pub(super) fn fit(end_minute: i64, keep: &[&str]) -> Act {
    Act::FitToEnd { end: minute(end_minute), keep: keep.iter().map(|id| InjectId::from(*id)).collect() }
}

pub(super) fn hold(inject: &str, teams: Option<&[&str]>) -> Act {
    Act::Hold { inject: inject.into(), teams: some(teams), reason: "not yet".to_owned() }
}

pub(super) fn free(inject: &str, teams: Option<&[&str]>) -> Act {
    Act::Free { inject: inject.into(), teams: some(teams) }
}

/// A release that can be undone for ten seconds.
pub(super) fn arm(inject: &str, teams: Option<&[&str]>) -> Act {
    Act::Release { inject: inject.into(), teams: some(teams), grace: true }
}

pub(super) fn undo(inject: &str) -> Act {
    Act::UndoRelease { inject: inject.into(), teams: None }
}

pub(super) fn recall(inject: &str, teams: Option<&[&str]>) -> Act {
    Act::Recall { inject: inject.into(), teams: some(teams), reason: "wrong file".to_owned() }
}

pub(super) fn resend(inject: &str, teams: Option<&[&str]>) -> Act {
    Act::Resend { inject: inject.into(), teams: some(teams) }
}

pub(super) fn excuse(inject: &str, teams: Option<&[&str]>) -> Act {
    Act::Excuse { inject: inject.into(), teams: some(teams), reason: "power cut".to_owned() }
}

pub(super) fn extend(inject: &str, teams: Option<&[&str]>, by_minutes: i64) -> Act {
    Act::Extend { inject: inject.into(), teams: some(teams), by: minutes(by_minutes) }
}

pub(super) fn add(inject: Inject) -> Act {
    Act::AddInject { inject: Box::new(inject), release: false }
}

pub(super) fn add_and_send(inject: Inject) -> Act {
    Act::AddInject { inject: Box::new(inject), release: true }
}

pub(super) fn amend(inject: Inject) -> Act {
    Act::Amend { inject: Box::new(inject) }
}

pub(super) fn answer_for(team: &str, inject: &str, answers: &[(&str, AnswerInput)], happened_at: Timestamp) -> Act {
    let Act::Submit { inject, answers, .. } = submit(inject, answers) else { unreachable!("submit submits") };
    Act::SubmitFor(SubmitFor { team: team.into(), inject, answers, happened_at, caller: "Ana".to_owned() })
}

pub(super) fn acknowledge_for(team: &str, inject: &str, happened_at: Timestamp) -> Act {
    Act::AcknowledgeFor(AcknowledgeFor {
        team: team.into(),
        inject: inject.into(),
        happened_at,
        caller: "Ana".to_owned(),
    })
}

pub(super) fn set_flag(flag: &str, teams: Option<&[&str]>, value: bool) -> Act {
    Act::SetFlag { flag: flag.into(), teams: some(teams), value }
}

pub(super) fn set_word(variable: &str, team: &str, value: &str) -> Act {
    Act::SetVariable(SetVariable { variable: variable.into(), team: team.into(), value: text(value) })
}

pub(super) fn open_hint(inject: &str, hint: &str) -> Act {
    Act::OpenHint { inject: inject.into(), hint: hint.into() }
}

pub(super) fn ask(words: &str) -> Act {
    Act::AskInformation { text: words.to_owned(), inject: None }
}

pub(super) fn take(item: &ItemId) -> Act {
    Act::TakeRequest { item: item.clone() }
}

pub(super) fn reply(item: &ItemId, words: Option<&str>, inject: Option<&str>) -> Act {
    Act::AnswerRequest { item: item.clone(), text: words.map(str::to_owned), inject: inject.map(Into::into) }
}

pub(super) fn write_to(aliases: &[&str], words: &str) -> Act {
    let to = aliases.iter().map(|alias| (*alias).into()).collect();
    Act::WriteToPeers { to, text: words.to_owned(), tlp: Tlp::Amber, inject: None }
}

pub(super) fn observe(team: Option<&str>, words: &str) -> Act {
    Act::Observe(Observe {
        text: words.to_owned(),
        team: team.map(Into::into),
        inject: None,
        capability: None,
        polarity: Polarity::Positive,
    })
}

pub(super) fn tell_staff(words: &str) -> Act {
    Act::SayToStaff { text: words.to_owned(), kind: StaffTalk::Message }
}

/// In the voice of a simulated sender, or to it.
pub(super) fn say_as(persona: &str, team: Option<&str>, words: &str) -> Act {
    Act::Say { team: team.map(Into::into), text: words.to_owned(), persona: Some(persona.into()) }
}
