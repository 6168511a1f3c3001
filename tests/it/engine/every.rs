//! Every act there is, with the action that it asks for and the stages in which it is allowed, and a
//! drill in which all of them make sense.

use drillhall::engine::{
    command::{Act, Passed},
    event::{DuffVerdict, Fact},
    id::{ItemId, PartId},
    plan::{Plan, Variable},
    role::Action,
};

use super::{
    acts::{
        acknowledge_for, add, amend, answer_for, arm, ask, cancel, cut_link, excuse, extend, fit, free, hold, jump,
        minute, observe, open_hint, rate, realign, recall, reply, resend, restore_link, schedule, set_flag, set_word,
        shift, skip_break, take, tell_staff, undo, write_to,
    },
    fixture::{
        Drill, acknowledge, add_team, answer, choice, given, lift, message, no_duff, pause, release, resume, retime,
        say, skip, write_log,
    },
    plan::{at, contact, flag, hinted, lagoon, manual, pause_at, persona, text},
};

/// An act that succeeds in [`in_play`], and where else.
pub(super) struct Tried {
    pub(super) act: Act,
    /// What it asks the matrix for.
    pub(super) action: Action,
    /// For each stage (ready, running, paused, suspended, ended, cancelled): `y` it is allowed, `-` it is
    /// refused because of the stage, `n` for another reason: nothing there yet that it could be about.
    pub(super) stages: &'static str,
}

fn plan() -> Plan {
    let mut plan = lagoon();
    plan.injects[1] = hinted(plan.injects[1].clone(), "where", 100);
    plan.injects.push(manual("spare"));
    plan.directory = vec![contact("north"), contact("south")];
    plan.personas = vec![persona("minister")];
    plan.breaks = vec![pause_at("tea", 55, 10)];
    plan.flags = vec![flag("seen", None)];
    plan.variables = vec![Variable { id: "word".into(), title: text("a word"), default: text("one") }];
    plan
}

/// Not started; fitted to fifty minutes; basin has asked and written, `spare` is held.
pub(super) fn ready() -> Drill {
    let drill = given(plan())
        .and("director", add_team("dune"))
        .and("director", schedule(minute(500)))
        .and("director", fit(50, &[]));
    let drill = drill.and("director", hold("spare", None)).and("basin-lead", write_log("seen"));
    drill.and("basin-lead", ask("which?"))
}

/// Twelve minutes in: `task` is with the teams, atoll stands alone and is behind, basin is suspended
/// after a call, dune is cut off, the release of `extra` can still be undone, and `overdue` is in the tray.
pub(super) fn in_play() -> Drill {
    let drill = ready().started().at(11).and("director", pause(Some("atoll"))).at(12);
    let drill = drill.and("basin-player", no_duff()).decided(DuffVerdict::TeamOnly);
    let drill = drill.and("director", arm("extra", None)).and("director", cut_link("dune"));
    drill.and("director", add(at("overdue", 1)))
}

/// The ids of what basin wrote: a text, a request and, in play, a call.
fn written(drill: &Drill) -> (PartId, ItemId, ItemId) {
    let find = |what: fn(&Fact) -> Option<ItemId>| drill.log.iter().find_map(|event| what(&event.fact));
    let part = drill.log.iter().find_map(|event| match &event.fact {
        Fact::LogWritten { text, .. } => Some(text.part.clone()),
        _ => None,
    });
    let request = find(|fact| match fact {
        Fact::InformationAsked { item, .. } => Some(item.clone()),
        _ => None,
    });
    let call = find(|fact| match fact {
        Fact::NoDuffRaised { item, .. } => Some(item.clone()),
        _ => None,
    });
    (part.expect("written"), request.expect("asked"), call.unwrap_or_else(|| "none".into()))
}

/// In this drill, all there are.
pub(super) fn every_act(drill: &Drill) -> Vec<Tried> {
    use Action::{
        ControlInjects, DecideNoDuff, Erase, LiftSuspension, ManagePeople, Observe, RaiseNoDuff, Receive, RunClock,
        SpeakAsPersona, StartAndEnd, Submit, Talk, TalkToStaff, WriteTeamLog, WriteToPeers,
    };
    let (part, request, call) = written(drill);
    let delivered = Act::NoteDelivered { inject: "task".into() };
    let opened = Act::NoteOpened { inject: "task".into() };
    let responsible = Act::NameResponsible { inject: "task".into(), person: "facilitator".into() };
    let test = Act::SendTest { inject: "news".into(), team: None };
    let by_phone = answer_for("atoll", "task", &[("cause", choice("right"))], minute(11));
    let Act::SendMessage { title, body, .. } = message(None) else { unreachable!("a message is one") };
    let as_persona = Act::SendMessage { team: None, title, body, persona: Some("minister".into()) };
    let decide = Act::DecideNoDuff { item: call, verdict: DuffVerdict::TeamOnly, note: "we know".to_owned() };
    let erase = Act::ErasePart { part, reason: "asked to".to_owned() };
    let list: [(Action, Act, &'static str); 59] = [
        //                                                     ready running paused suspended ended cancelled
        (ManagePeople, add_team("cove"), /*                  */ "y y y y - -"),
        (ManagePeople, Act::RevokeGrant { person: "reviewer".into() }, "y y y y y y"),
        (StartAndEnd, Act::StartEx, /*                       */ "y - - - - -"),
        (StartAndEnd, schedule(minute(900)), /*              */ "y - - - - -"),
        (StartAndEnd, Act::UnscheduleStart, /*               */ "y n n n n n"),
        (StartAndEnd, Act::EndEx, /*                         */ "- y y y - -"),
        (StartAndEnd, cancel(), /*                           */ "y y y y - -"),
        (RunClock, pause(Some("basin")), /*                  */ "- y y y - -"),
        (RunClock, resume(Some("atoll")), /*                 */ "- y y y - -"),
        (RunClock, rate(2000), /*                            */ "y y y y - -"),
        (RunClock, jump(40, Passed::Tray), /*                */ "- y y - - -"),
        (RunClock, realign("atoll", Passed::Tray), /*        */ "- y y - - -"),
        (RunClock, shift(5), /*                              */ "y y y y - -"),
        (RunClock, fit(40, &[]), /*                          */ "y y y y - -"),
        (RunClock, Act::UndoFit, /*                          */ "y y y y - -"),
        (RunClock, skip_break("tea"), /*                     */ "y y y y - -"),
        (ControlInjects, cut_link("atoll"), /*              */ "- y y y - -"),
        (ControlInjects, restore_link("dune"), /*           */ "- y y y - -"),
        (ControlInjects, release("news", None), /*           */ "- y y - - -"),
        (ControlInjects, undo("extra"), /*                   */ "n y y y y y"),
        (ControlInjects, Act::ReleaseMissed, /*              */ "- y y - - -"),
        (ControlInjects, Act::SkipMissed { reason: "no time".to_owned() }, "n y y y - -"),
        (ControlInjects, skip("news", None), /*              */ "y y y y - -"),
        (ControlInjects, retime("news", None, 55), /*        */ "y y y y - -"),
        (ControlInjects, hold("news", None), /*              */ "y y y y - -"),
        (ControlInjects, free("spare", None), /*             */ "y y y y - -"),
        (ControlInjects, recall("task", None), /*            */ "- y y y - -"),
        (ControlInjects, resend("task", None), /*            */ "- y y y - -"),
        (ControlInjects, excuse("task", None), /*            */ "n y y y y y"),
        (ControlInjects, extend("task", None, 5), /*         */ "- y y y - -"),
        (ControlInjects, amend(manual("news")), /*           */ "y y y y - -"),
        (ControlInjects, add(manual("new")), /*              */ "y y y y - -"),
        (ControlInjects, responsible, /*                     */ "y y y y y y"),
        (ControlInjects, test, /*                            */ "y y y y y y"),
        (ControlInjects, by_phone, /*                        */ "n y y y y y"),
        (ControlInjects, acknowledge_for("atoll", "task", minute(11)), "n y y y y y"),
        (ControlInjects, set_flag("seen", None, true), /*    */ "y y y y y y"),
        (ControlInjects, set_word("word", "atoll", "two"), /**/ "y y y y y y"),
        (ControlInjects, take(&request), /*                  */ "y y y y y y"),
        (ControlInjects, reply(&request, Some("this"), None), "y y y y y y"),
        (ControlInjects, message(None), /*                   */ "y y y y y y"),
        (SpeakAsPersona, as_persona, /*                      */ "y y y y y y"),
        (Receive, delivered, /*                              */ "n y y y y y"),
        (Receive, opened, /*                                 */ "n y y y y y"),
        (Receive, acknowledge("task"), /*                    */ "n y y y y y"),
        (Submit, answer("task", "right"), /*                 */ "n y y y y y"),
        (Submit, open_hint("task", "where"), /*              */ "- y y y - -"),
        (WriteTeamLog, write_log("seen"), /*                 */ "y y y y y y"),
        (WriteToPeers, write_to(&["south"], "beware"), /*    */ "- y y - - -"),
        (Talk, say(Some("atoll"), "hello"), /*               */ "y y y y y y"),
        (Talk, ask("which?"), /*                             */ "y y y y y y"),
        (TalkToStaff, tell_staff("hello"), /*                */ "y y y y y y"),
        (Observe, observe(Some("atoll"), "calm"), /*         */ "y y y y y y"),
        (RaiseNoDuff, no_duff(), /*                          */ "y y y y y y"),
        (DecideNoDuff, decide, /*                            */ "n y y y y y"),
        (DecideNoDuff, Act::SetHallContact { text: "+1 868".to_owned() }, "y y y y y y"),
        (LiftSuspension, lift(Some("basin")), /*             */ "n y y y y y"),
        (Erase, erase, /*                                    */ "y y y y y y"),
        (Talk, say(None, "from us"), /*                      */ "y y y y y y"),
    ];
    list.into_iter().map(|(action, act, stages)| Tried { act, action, stages }).collect()
}

/// Somebody whose role allows it.
pub(super) fn somebody_for(tried: &Tried) -> &'static str {
    let of_a_team = matches!(tried.act, Act::AskInformation { .. } | Act::Say { team: None, .. });
    match tried.action {
        Action::Receive | Action::Submit | Action::WriteTeamLog | Action::WriteToPeers => "atoll-lead",
        _ if of_a_team => "atoll-lead",
        _ => "director",
    }
}
