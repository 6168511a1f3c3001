//! Every act there is, with the action that it asks for and the stages in which it is allowed, and a
//! drill in which all of them make sense.

use drillhall::engine::{
    command::{
        Act, AddTeams, ApproveRelease, Comcheck, DecideNoDuff, DeclineRelease, HandOverLead, NameOrganisation, NewTeam,
        NoteAction, Order, Passed, RemoveMember, ShowScorecard, SignOff, TickReady, VetoScores, WithdrawFinding,
        WithdrawFromHotWash,
    },
    event::{ActionStatus, CorrectiveState, DuffVerdict, Fact, FindingKind, Rating, ReadyLine, ReportVersion, Scope},
    id::{ItemId, PartId},
    plan::{MarkingPolicy, Plan, Variable},
    role::{Action, Role},
};

use super::{
    acts::{
        acknowledge_for, add, amend, answer_for, arm, ask, cancel, cut_link, excuse, extend, fit, free, hold, jump,
        minute, observe, open_hint, rate, realign, recall, reply, resend, restore_link, schedule, set_flag, set_word,
        shift, skip_break, take, tell_staff, undo, write_to,
    },
    after_action::acts::{add_note, edit, feedback, merge, move_note, order, propose, put, set_state},
    fixture::{
        Drill, acknowledge, add_team, answer, as_role, choice, given, lift, message, no_duff, pause, release, resume,
        retime, revoke, say, seat, skip, write_log,
    },
    judging::{
        adjust, answer_appeal, appeal, assign, credit, decide_adjustment, delegate, mark, moderate, note,
        rate_objective, read_by_phone, release_scores, withdraw,
    },
    plan::{at, contact, criterion, expected, flag, hinted, lagoon, manual, objective, pause_at, persona, text},
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
    let evaluation = &mut plan.injects[1].staff.evaluation;
    evaluation.criteria = vec![criterion("clear", 1, true)];
    evaluation.actions = vec![expected("told", 1, false)];
    plan.injects[1].staff.objectives = vec!["triage".into()];
    plan.objectives = vec![objective("triage", false)];
    plan.profile.marking = MarkingPolicy::National;
    plan.injects.push(manual("spare"));
    plan.directory = vec![contact("north"), contact("south")];
    plan.personas = vec![persona("minister")];
    plan.breaks = vec![pause_at("tea", 55, 10)];
    plan.flags = vec![flag("seen", None)];
    plan.variables = vec![Variable { id: "word".into(), title: text("a word"), default: text("one") }];
    plan
}

fn add_teams(teams: &[&str]) -> Act {
    let team = |id: &&str| NewTeam {
        team: (*id).into(),
        name: id.to_uppercase(),
        language: "en".into(),
        cohort: None,
        alias: None,
    };
    Act::AddTeams(AddTeams { teams: teams.iter().map(team).collect() })
}

fn tick(note: &str) -> Act {
    Act::TickReady(TickReady { line: ReadyLine::Paper, done: true, note: Some(note.to_owned()) })
}

/// Not started; fitted to fifty minutes; basin has asked and written, `spare` is held.
pub(super) fn ready() -> Drill {
    let drill = given(plan())
        .and("director", add_team("dune"))
        .and("director", schedule(minute(500)))
        .and("director", fit(50, &[]));
    let drill = drill.and("director", hold("spare", None)).and("basin-lead", write_log("seen"));
    let drill = drill.and("atoll-lead", delegate("atoll-player", true));
    let mut drill = drill.and("lead-evaluator", assign("evaluator", None, None));
    drill.order(Order::Seat(seat("second-lead", Role::LeadEvaluator, None))).expect("a seat");
    let drill = drill.and("second-lead", adjust("basin", 1_000));
    drill.and("basin-lead", ask("which?"))
}

/// Twelve minutes in: `task` is with the teams, atoll stands alone and is behind, basin is suspended
/// after a call, dune is cut off, the release of `extra` can still be undone, and `overdue` is in the tray.
pub(super) fn in_play() -> Drill {
    let drill = ready().started().at(10).connected("atoll", true).connected("atoll", false).at(11);
    let drill = drill.and("basin-lead", answer("task", "right"));
    let drill = drill.and("director", answer_for("dune", "task", &[("cause", choice("wrong"))], minute(10)));
    let drill = drill.and("evaluator", mark("dune", "task", &[("clear", 3)]));
    let drill = drill.and("lead-evaluator", mark("dune", "task", &[("clear", 2)]));
    let drill = drill.and("director", pause(Some("atoll"))).at(12);
    let drill = drill.and("basin-player", no_duff()).decided(DuffVerdict::TeamOnly);
    let drill = drill.and("director", arm("extra", None)).and("director", cut_link("dune"));
    drill.and("director", add(at("overdue", 1)))
}

/// After the end, scores are out and basin has appealed.
pub(super) fn scores_out() -> Drill {
    in_play().and("director", Act::EndEx).and("lead-evaluator", release_scores()).and("basin-lead", appeal("task"))
}

/// After the end: a note on the board, a finding, a corrective action and a release that waits.
pub(super) fn reported() -> Drill {
    let drill = in_play().and("director", Act::EndEx);
    let drill = drill.and("lead-evaluator", add_note(FindingKind::Area, "slow", false));
    let drill = drill.and("lead-evaluator", edit("late", &Scope::Event)).and("atoll-lead", put("drill", "atoll"));
    let drill = drill.and("second-lead", propose(ReportVersion::Team, &["atoll"], &[]));
    drill.and("second-lead", propose(ReportVersion::Community, &[], &[]))
}

/// Whether an act is of what comes after play.
pub(super) fn is_after_action(action: Action) -> bool {
    matches!(
        action,
        Action::GiveFeedback
            | Action::AddToHotWash
            | Action::RunHotWash
            | Action::WriteFindings
            | Action::ProposeFindings
            | Action::PlanImprovement
            | Action::PublishReport
    )
}

/// The ids of a note of the hot wash and of two releases that wait.
fn after_play() -> (ItemId, [ItemId; 2]) {
    let drill = reported();
    let find = |what: fn(&Fact) -> Option<ItemId>| drill.log.iter().find_map(|event| what(&event.fact));
    let note = find(|fact| match fact {
        Fact::HotWashAdded(added) => Some(added.item.clone()),
        _ => None,
    });
    let proposed = drill.log.iter().filter_map(|event| match &event.fact {
        Fact::ReportProposed(proposed) => Some(proposed.item.clone()),
        _ => None,
    });
    let releases: Vec<ItemId> = proposed.collect();
    (note.expect("there is one"), releases.try_into().expect("there are two"))
}

pub(super) fn remove(person: &str) -> Act {
    Act::RemoveMember(RemoveMember { person: person.into(), reason: None })
}

pub(super) fn hand_over(person: &str) -> Act {
    Act::HandOverLead(HandOverLead { person: person.into() })
}

pub(super) fn of_organisation(team: &str, organisation: &str) -> Act {
    Act::NameOrganisation(NameOrganisation { team: team.into(), organisation: Some(organisation.to_owned()) })
}

pub(super) fn veto(reason: Option<&str>) -> Act {
    Act::VetoScores(VetoScores { reason: reason.map(str::to_owned) })
}

pub(super) fn propose_action(team: &str, inject: &str, action: &str) -> Act {
    let (team, inject, action) = (team.into(), inject.into(), action.into());
    let status = ActionStatus::Met;
    Act::ProposeAction(NoteAction { team, inject, action, status, happened_at: None, evidence: None })
}

fn decline(item: &ItemId) -> Act {
    Act::DeclineRelease(DeclineRelease { item: item.clone(), reason: "Names a person".to_owned() })
}

/// The ids of a proposed adjustment and of an appeal.
fn judged(drill: &Drill) -> (ItemId, ItemId) {
    let find = |what: fn(&Fact) -> Option<ItemId>| drill.log.iter().find_map(|event| what(&event.fact));
    let adjustment = find(|fact| match fact {
        Fact::AdjustmentProposed(proposed) => Some(proposed.item.clone()),
        _ => None,
    });
    let appeal = find(|fact| match fact {
        Fact::AppealRaised(raised) => Some(raised.item.clone()),
        _ => None,
    });
    adjustment.zip(appeal).expect("there are both")
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
        AddToHotWash, AddressTeam, ControlInjects, Erase, GiveFeedback, HoldAndRelease, LeadTeam, LiftSuspension,
        ManagePeople, Mark, Moderate, NoteActions, Observe, PlanImprovement, ProposeActions, ProposeFindings,
        PublishReport, RaiseNoDuff, Receive, ReleaseScores, RunClock, RunHotWash, RunMarking, SpeakAsPersona,
        StartAndEnd, Submit, Talk, TalkToStaff, WriteFindings, WriteTeamLog, WriteToPeers,
    };
    let (note_on_board, [proposal, unwanted]) = after_play();
    let (adjustment, appealed) = judged(&scores_out());
    let policy = Act::SetMarkingPolicy { policy: MarkingPolicy::Strict };
    let rated = rate_objective("basin", "triage", Rating::Some, Some("seen myself"));
    let (part, request, call) = written(drill);
    let delivered = Act::NoteDelivered { inject: "task".into() };
    let opened = Act::NoteOpened { inject: "task".into() };
    let responsible = Act::NameResponsible { inject: "task".into(), person: "facilitator".into() };
    let test = Act::SendTest { inject: "news".into(), team: None };
    let by_phone = answer_for("atoll", "task", &[("cause", choice("right"))], minute(11));
    let Act::SendMessage { title, body, .. } = message(None) else { unreachable!("a message is one") };
    let as_persona = Act::SendMessage { team: None, title, body, persona: Some("minister".into()) };
    let decide =
        Act::DecideNoDuff(DecideNoDuff { item: call, verdict: DuffVerdict::TeamOnly, note: "we know".to_owned() });
    let erase = Act::ErasePart { part, reason: "asked to".to_owned() };
    let list: Vec<(Action, Act, &'static str)> = vec![
        //                                                     ready running paused suspended ended cancelled
        (ManagePeople, add_team("cove"), /*                  */ "y y y y - -"),
        (ManagePeople, add_teams(&["reef", "shoal"]), /*      */ "y y y y - -"),
        (ControlInjects, Act::Comcheck(Comcheck { open: true }), "y - - - - -"),
        (ControlInjects, tick("in the box"), /*               */ "y - - - - -"),
        (ManagePeople, Act::GrantRole(as_role("reviewer", Role::Observer, None)), "y y y y y y"),
        (ManagePeople, revoke("reviewer"), /*                */ "y y y y y y"),
        (ManagePeople, of_organisation("atoll", "Atoll"), /* */ "y y y y y y"),
        (LeadTeam, remove("atoll-player"), /*                */ "y y y y y y"),
        (LeadTeam, hand_over("atoll-player"), /*             */ "y y y y y y"),
        (LeadTeam, Act::ShowScorecard(ShowScorecard { shown: true }), "y y y y y y"),
        (Action::VetoScores, veto(Some("wait")), /*                  */ "y y y y y y"),
        (ProposeActions, propose_action("atoll", "task", "told"), "n y y y y y"),
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
        (HoldAndRelease, release("news", None), /*           */ "- y y - - -"),
        (HoldAndRelease, undo("extra"), /*                   */ "n y y y y y"),
        (ControlInjects, Act::ReleaseMissed, /*              */ "- y y - - -"),
        (ControlInjects, Act::SkipMissed { reason: "no time".to_owned() }, "n y y y - -"),
        (ControlInjects, skip("news", None), /*              */ "y y y y - -"),
        (ControlInjects, retime("news", None, 55), /*        */ "y y y y - -"),
        (HoldAndRelease, hold("news", None), /*              */ "y y y y - -"),
        (HoldAndRelease, free("spare", None), /*             */ "y y y y - -"),
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
        (AddressTeam, message(None), /*                   */ "y y y y y y"),
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
        (Action::DecideNoDuff, decide, /*                            */ "n y y y y y"),
        (Action::DecideNoDuff, Act::SetHallContact { text: "+1 868".to_owned() }, "y y y y y y"),
        (LiftSuspension, lift(Some("basin")), /*             */ "n y y y y y"),
        (Erase, erase, /*                                    */ "y y y y y y"),
        (Talk, say(None, "from us"), /*                      */ "y y y y y y"),
        (ControlInjects, read_by_phone("atoll", "task", minute(11)), "n y y y y y"),
        (ControlInjects, credit("atoll", minute(10), minute(11)), "n y y y y y"),
        (LeadTeam, delegate("atoll-player", false), /*       */ "y y y y y y"),
        (LeadTeam, Act::GiveConsent { named: true }, /*      */ "y y y y y y"),
        (RunMarking, policy, /*                              */ "y y y y y y"),
        (RunMarking, assign("evaluator", Some(&["task"]), None), "y y y y y y"),
        (Mark, mark("basin", "task", &[("clear", 4)]), /*    */ "n y y y y y"),
        (Mark, withdraw("dune", "task"), /*                  */ "n y y y y y"),
        (Mark, rated, /*                                     */ "y y y y y y"),
        (Moderate, moderate("dune", "task", &[("clear", 1)]), "n y y y y y"),
        (NoteActions, note("basin", "task", "told", ActionStatus::Met), "n y y y y y"),
        (RunMarking, adjust("atoll", -500), /*               */ "y y y y y y"),
        (RunMarking, decide_adjustment(&adjustment, true), /**/ "y y y y y y"),
        (ReleaseScores, release_scores(), /*                 */ "- - - - y -"),
        (LeadTeam, appeal("task"), /*                        */ "n n n n n n"),
        (Moderate, answer_appeal(&appealed, true), /*        */ "n n n n n n"),
        (GiveFeedback, feedback(&[("pace", choice("agree"))]), "- - - - y -"),
        (AddToHotWash, add_note(FindingKind::Strength, "calm", false), "- - - - y -"),
        (RunHotWash, move_note(&note_on_board, FindingKind::Strength, false), "n n n n n n"),
        (RunHotWash, merge(&note_on_board, None), /*         */ "n n n n n n"),
        (AddToHotWash, Act::WithdrawFromHotWash(WithdrawFromHotWash { item: note_on_board }), "n n n n n n"),
        (ProposeFindings, edit("slow", &Scope::Event), /*    */ "- - - - y y"),
        (WriteFindings, order(&Scope::Team("dune".into()), &[]), "- - - - y y"),
        (WriteFindings, Act::WithdrawFinding(WithdrawFinding { finding: "late".into() }), "- - - - n n"),
        (WriteFindings, Act::SignOff(SignOff { scope: Scope::Event }), "- - - - y y"),
        (PlanImprovement, put("more", "atoll"), /*           */ "y y y y y y"),
        (PlanImprovement, set_state("drill", CorrectiveState::Agreed), "n n n n n n"),
        (PublishReport, propose(ReportVersion::Public, &[], &[]), "- - - - y y"),
        (PublishReport, Act::ApproveRelease(ApproveRelease { item: proposal }), "- - - - n n"),
        (PublishReport, decline(&unwanted), /*               */ "- - - - n n"),
    ];
    list.into_iter().map(|(action, act, stages)| Tried { act, action, stages }).collect()
}

/// Somebody whose role allows it.
pub(super) fn somebody_for(tried: &Tried) -> &'static str {
    let is_feedback = tried.action == Action::GiveFeedback;
    let of_a_team = is_feedback || matches!(tried.act, Act::AskInformation { .. } | Act::Say { team: None, .. });
    match tried.action {
        Action::Receive | Action::Submit | Action::WriteTeamLog | Action::WriteToPeers | Action::LeadTeam => {
            "atoll-lead"
        }
        Action::Mark | Action::Moderate | Action::ReleaseScores => "lead-evaluator",
        Action::ProposeActions => "atoll-moderator",
        // Its author.
        _ if matches!(tried.act, Act::WithdrawFromHotWash(_)) => "lead-evaluator",
        _ if of_a_team => "atoll-lead",
        _ => "director",
    }
}
