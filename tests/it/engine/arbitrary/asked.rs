//! What people may ask for at random. What only staff may read says `canary-staff`; what a team writes
//! names the team.

use std::collections::BTreeMap;

use drillhall::engine::{
    command::{
        AcknowledgeFor, Act, AnswerInput, Comcheck, GrantRole, HandedIn, LiftSuspension, Observe, Order, Passed,
        SetVariable, ShowScorecard, SubmitFor, TickReady,
    },
    event::{ActionStatus, DuffVerdict, EntryKind, Polarity, ReadyLine, StaffTalk},
    id::{FieldId, TeamId},
    plan::{MarkingPolicy, Tlp},
    role::{Role, Sight},
    text::Language,
    time::{Millis, Timestamp},
};
use proptest::{collection::vec, option, prelude::*, sample::select};

use super::{
    super::{
        acts::{free, hold},
        every::{hand_over, of_organisation, remove, veto},
        fixture::{START, as_role, release, revoke},
        judging::{adjust, assign, credit, mark, note, release_scores, withdraw},
        plan::text,
    },
    About, Numbers, TEAMS, Wish, a_team, after, an_id,
    plan::{FLAGS, INJECTS, an_inject},
    teams,
};

fn staff_only() -> String {
    "canary-staff".to_owned()
}

fn reason() -> String {
    "a good reason".to_owned()
}

/// Words for a team, or for all of them.
fn words(team: Option<&TeamId>) -> String {
    team.map_or_else(|| "for all".to_owned(), |team| format!("for {team}"))
}

pub(super) fn by_staff(numbers: Numbers) -> impl Strategy<Value = (&'static str, Wish)> {
    let who = prop_oneof![
        8 => Just("director"),
        2 => select(vec!["facilitator", "observer", "planner", "reviewer", "actor"]),
        2 => select(vec!["evaluator", "lead-evaluator"]),
    ];
    let wish = prop_oneof![
        14 => with_time(numbers).prop_map(Wish::act).boxed(),
        24 => with_injects(numbers).prop_map(Wish::act).boxed(),
        7 => with_branches().prop_map(Wish::act).boxed(),
        9 => in_words().prop_map(Wish::act).boxed(),
        9 => with_judging(numbers).prop_map(Wish::act).boxed(),
        9 => after::of_staff().prop_map(Wish::act).boxed(),
        3 => (after::about(), 0usize..4).prop_map(|(what, nth)| Wish::About { what, nth }).boxed(),
        8 => (an_about(), 0usize..6).prop_map(|(what, nth)| Wish::About { what, nth }).boxed(),
    ];
    (who, wish)
}

fn an_about() -> impl Strategy<Value = About> {
    let verdict = select(vec![DuffVerdict::SuspendAll, DuffVerdict::TeamOnly, DuffVerdict::StandDown]);
    prop_oneof![
        2 => Just(About::Erase),
        2 => Just(About::Undo),
        1 => Just(About::Take),
        2 => option::of(an_id()).prop_map(About::Reply),
        3 => verdict.prop_map(About::Decide),
        4 => a_team().prop_map(About::Lift),
    ]
}

fn with_time(numbers: Numbers) -> impl Strategy<Value = Act> {
    let passed = || select(vec![Passed::Tray, Passed::Release, Passed::Skip]);
    let instant = move || numbers.pick(START.0..START.0 + 1_800_000).prop_map(Timestamp);
    let keep = some_ids();
    prop_oneof![
        4 => Just(Act::StartEx),
        3 => prop::bool::ANY.prop_map(|open| Act::Comcheck(Comcheck { open })),
        2 => prop::bool::ANY.prop_map(|done| {
            Act::TickReady(TickReady { line: ReadyLine::Paper, done, note: Some("in the box".to_owned()) })
        }),
        9 => instant().prop_map(|at| Act::ScheduleStart { at, zone: "Etc/UTC".to_owned() }),
        9 => Just(Act::UnscheduleStart),
        4 => a_team().prop_map(|team| Act::Pause { team, reason: reason() }),
        20 => a_team().prop_map(|team| Act::Resume { team }),
        1 => select(vec![Act::EndEx, Act::Cancel { reason: reason() }]),
        4 => numbers.pick(100..4_000).prop_map(|permille| Act::SetRate { permille }),
        5 => (option::weighted(0.7, numbers.minutes(0..20)), passed()).prop_map(|(to, passed)| Act::Jump { to, passed }),
        5 => (select(TEAMS.to_vec()), passed()).prop_map(|(team, passed)| Act::Realign { team: team.into(), passed }),
        5 => numbers.minutes(-5..6).prop_map(|by| Act::Shift { by }),
        3 => select(vec!["tea", "lunch", "none"]).prop_map(|id| Act::SkipBreak { pause: id.into() }),
        4 => select(TEAMS.to_vec()).prop_map(|team| Act::CutLink { team: team.into(), reason: reason() }),
        4 => select(TEAMS.to_vec()).prop_map(|team| Act::RestoreLink { team: team.into() }),
        7 => (instant(), keep).prop_map(|(end, keep)| Act::FitToEnd { end, keep }),
        7 => Just(Act::UndoFit),
        8 => a_team().prop_map(|team| Act::LiftSuspension(LiftSuspension { team, decision: "all safe".to_owned(), calls: None })),
    ]
}

/// Marks of what may or may not have been answered, and all that comes of them.
fn with_judging(numbers: Numbers) -> impl Strategy<Value = Act> {
    let team = || select(TEAMS.to_vec());
    let status = select(vec![ActionStatus::Met, ActionStatus::Partly, ActionStatus::NotMet, ActionStatus::NotObserved]);
    let policy = select(vec![MarkingPolicy::Small, MarkingPolicy::National, MarkingPolicy::Strict]);
    let stretch = (numbers.pick(START.0..START.0 + 900_000), numbers.pick(1..120_000));
    prop_oneof![
        6 => (team(), an_id(), 0u8..6).prop_map(|(team, inject, level)| {
            let levels = ["note", "call", "marks"].map(|id| (id, level));
            mark(team, inject.as_str(), &levels)
        }),
        1 => (team(), an_id()).prop_map(|(team, inject)| withdraw(team, inject.as_str())),
        3 => (team(), an_id(), status).prop_map(|(team, inject, status)| {
            note(team, inject.as_str(), "expected-1", status)
        }),
        1 => policy.prop_map(|policy| Act::SetMarkingPolicy { policy }),
        1 => option::of(team()).prop_map(|home| assign("evaluator", None, home)),
        2 => (team(), stretch).prop_map(|(team, (from, long))| {
            credit(team, Timestamp(from), Timestamp(from.saturating_add(long)))
        }),
        1 => (team(), -6_000i64..6_000).prop_map(|(team, milli)| adjust(team, milli)),
        1 => Just(release_scores()),
    ]
}

fn some_ids() -> impl Strategy<Value = std::collections::BTreeSet<drillhall::engine::id::InjectId>> {
    vec(an_id(), 0..3).prop_map(|ids| ids.into_iter().collect())
}

fn with_injects(numbers: Numbers) -> impl Strategy<Value = Act> {
    let of_some = || (an_id(), teams());
    let release = (of_some(), prop::bool::weighted(0.4));
    let answer = move || (select(TEAMS.to_vec()), an_id(), numbers.pick(START.0..START.0 + 900_000));
    let draft = || an_inject(numbers);
    prop_oneof![
        18 => release.prop_map(|((inject, teams), grace)| Act::Release { inject, teams, grace }),
        3 => of_some().prop_map(|(inject, teams)| Act::UndoRelease { inject, teams }),
        1 => Just(Act::ReleaseMissed),
        1 => Just(Act::SkipMissed { reason: staff_only() }),
        5 => of_some().prop_map(|(inject, teams)| Act::Skip { inject, teams, reason: staff_only() }),
        5 => (of_some(), numbers.minutes(0..30)).prop_map(|((inject, teams), at)| Act::Retime { inject, teams, at }),
        6 => of_some().prop_map(|(inject, teams)| Act::Hold { inject, teams, reason: staff_only() }),
        6 => of_some().prop_map(|(inject, teams)| Act::Free { inject, teams }),
        4 => of_some().prop_map(|(inject, teams)| Act::Recall { inject, teams, reason: reason() }),
        2 => of_some().prop_map(|(inject, teams)| Act::Resend { inject, teams }),
        3 => of_some().prop_map(|(inject, teams)| Act::Excuse { inject, teams, reason: reason() }),
        5 => (of_some(), numbers.minutes(0..9)).prop_map(|((inject, teams), by)| Act::Extend { inject, teams, by }),
        3 => (0..INJECTS, draft()).prop_map(|(n, draft)| Act::Amend { inject: Box::new(draft.named(n)) }),
        3 => (draft(), any::<bool>()).prop_map(|(draft, release)| Act::AddInject { inject: Box::new(draft.named(INJECTS)), release }),
        1 => an_id().prop_map(|inject| Act::NameResponsible { inject, person: "facilitator".into() }),
        1 => (an_id(), a_team()).prop_map(|(inject, team)| Act::SendTest { inject, team }),
        4 => (answer(), answers("by phone".to_owned())).prop_map(|((team, inject, at), answers)| Act::SubmitFor(SubmitFor {
            team: team.into(),
            inject,
            answers,
            happened_at: Timestamp(at),
            caller: format!("one of {team}"),
        })),
        2 => answer().prop_map(|(team, inject, at)| Act::AcknowledgeFor(AcknowledgeFor {
            team: team.into(),
            inject,
            happened_at: Timestamp(at),
            caller: format!("one of {team}"),
        })),
    ]
}

fn with_branches() -> impl Strategy<Value = Act> {
    let flag = (select(FLAGS.to_vec()), teams(), prop::bool::weighted(0.7));
    prop_oneof![
        4 => flag.prop_map(|(flag, teams, value)| Act::SetFlag { flag: flag.into(), teams, value }),
        1 => select(TEAMS.to_vec()).prop_map(|team| Act::SetVariable(SetVariable {
            variable: "word".into(),
            team: team.into(),
            value: text(&format!("for {team}")),
        })),
    ]
}

fn in_words() -> impl Strategy<Value = Act> {
    let voice = || option::weighted(0.3, Just("minister".into()));
    let note = (option::of(select(TEAMS.to_vec())), option::of(an_id()));
    prop_oneof![
        2 => (a_team(), voice()).prop_map(|(team, persona)| Act::SendMessage {
            title: text(&words(team.as_ref())),
            body: text(&words(team.as_ref())),
            team,
            persona,
        }),
        2 => (select(TEAMS.to_vec()), voice()).prop_map(|(team, persona)| Act::Say {
            team: Some(team.into()),
            text: format!("to {team}"),
            persona,
        }),
        1 => select(vec![StaffTalk::Message, StaffTalk::HandOver])
            .prop_map(|kind| Act::SayToStaff { text: staff_only(), kind }),
        1 => note.prop_map(|(team, inject)| Act::Observe(Observe {
            text: staff_only(),
            team: team.map(Into::into),
            inject,
            capability: None,
            polarity: Polarity::Negative,
        })),
        1 => Just(Act::RaiseNoDuff { text: staff_only(), call_back: staff_only() }),
        1 => Just(Act::SetHallContact { text: "the desk".to_owned() }),
        3 => Just(Act::AddTeam {
            team: "cove".into(),
            name: "cove".to_owned(),
            language: Language::from("en"),
            cohort: None,
            alias: None,
        }),
        1 => select(vec!["atoll-player", "basin-lead", "observer", "director"]).prop_map(revoke),
        3 => a_grant(),
        1 => Just(veto(Some("wait"))),
        1 => Just(of_organisation("atoll", "Atoll")),
    ]
}

/// Roles of all kinds, fitting or not, for a while or for good.
fn a_grant() -> impl Strategy<Value = Act> {
    let person = select(vec!["atoll-player", "basin-lead", "observer", "actor", "director", "cove-moderator"]);
    let team = option::of(select(TEAMS.to_vec()));
    let sight = option::of(select(vec![Sight::GroundTruth, Sight::TeamLogs, Sight::Scorecards]));
    let until = option::of((0..3_600_000_i64).prop_map(|ms| START.plus(Millis(ms))));
    (person, select(Role::ALL.to_vec()), team, sight, until).prop_map(|(person, role, team, sight, until)| {
        let sights = sight.filter(|_| role == Role::Observer).into_iter().collect();
        // Whoever changes teams has been shown things of both: that is for tests of its own.
        let own = |team: &&str| !TEAMS.iter().any(|other| person.starts_with(other) && other != team);
        let team = team.filter(own).filter(|_| role.is_in_team());
        Act::GrantRole(GrantRole { until, sights, ..as_role(person, role, team) })
    })
}

/// What a lead does about the people of the team, and a moderator about what comes to it.
fn of_own_team(team: &'static str) -> impl Strategy<Value = Act> {
    let person = select(vec![format!("{team}-player"), format!("{team}-lead"), format!("{team}-new")]);
    prop_oneof![
        1 => person.clone().prop_map(|person| remove(&person)),
        1 => person.prop_map(|person| hand_over(&person)),
        1 => any::<bool>().prop_map(|shown| Act::ShowScorecard(ShowScorecard { shown })),
        2 => an_id().prop_map(|inject| hold(inject.as_str(), None)),
        2 => an_id().prop_map(|inject| free(inject.as_str(), None)),
        2 => an_id().prop_map(|inject| release(inject.as_str(), None)),
    ]
}

/// People of a team act; whatever they write names the team.
pub(super) fn by_team(numbers: Numbers) -> impl Strategy<Value = (String, Wish)> {
    let who = (select(TEAMS.to_vec()), select(vec!["lead", "lead", "player", "moderator", "new"]));
    who.prop_flat_map(move |(team, person)| {
        let own = format!("words of {team}");
        let file = a_file(own.clone());
        let wish = prop_oneof![
            14 => reading(numbers, own.clone()).prop_map(Wish::act).boxed(),
            6 => writing(numbers, own).prop_map(Wish::act).boxed(),
            5 => after::of_team(team).prop_map(Wish::act).boxed(),
            3 => of_own_team(team).prop_map(Wish::act).boxed(),
            1 => (0usize..4).prop_map(|nth| Wish::About { what: About::Withdraw, nth }),
            1 => (0usize..6).prop_map(|nth| Wish::About { what: About::Correct, nth }),
            1 => file,
        ];
        (Just(format!("{team}-{person}")), wish)
    })
}

/// One of a few files, so that a team hands one in twice and two teams the same.
fn a_file(name: String) -> impl Strategy<Value = Wish> {
    (0..3_u8, 0..400_u64 << 20, any::<bool>()).prop_map(move |(n, bytes, encrypted)| {
        let (hash, media_type) = (format!("{n:064}").as_str().into(), "application/zip".to_owned());
        Wish::Order(Order::NoteFile(HandedIn { hash, name: name.clone(), media_type, bytes, encrypted }))
    })
}

fn reading(numbers: Numbers, own: String) -> impl Strategy<Value = Act> {
    prop_oneof![
        3 => an_id().prop_map(|inject| Act::NoteDelivered { inject }),
        4 => an_id().prop_map(|inject| Act::NoteOpened { inject }),
        4 => an_id().prop_map(|inject| Act::Acknowledge { inject }),
        3 => an_id().prop_map(|inject| Act::OpenHint { inject, hint: "hint".into() }),
        12 => (an_id(), answers(own), an_instant(numbers))
            .prop_map(|(inject, answers, composed_at)| Act::Submit { inject, answers, composed_at }),
    ]
}

fn writing(numbers: Numbers, own: String) -> impl Strategy<Value = Act> {
    let (log, said, alarm, asked, letter, seen) =
        (own.clone(), own.clone(), own.clone(), own.clone(), own.clone(), own);
    let kind = select(vec![EntryKind::Observation, EntryKind::Decision, EntryKind::Action, EntryKind::Communication]);
    let to = vec(select(vec!["north", "south", "east"]), 1..3);
    prop_oneof![
        3 => (option::weighted(0.3, an_id()), an_instant(numbers), kind).prop_map(move |(inject, happened_at, kind)| {
            Act::WriteLog { text: log.clone(), happened_at, inject, kind, tlp: Some(Tlp::Green), corrects: None }
        }),
        2 => (option::weighted(0.3, select(TEAMS.to_vec())), option::weighted(0.3, Just("minister".into()))).prop_map(
            move |(to, persona)| Act::Say { team: to.map(Into::into), text: said.clone(), persona },
        ),
        2 => option::weighted(0.3, an_id())
            .prop_map(move |inject| Act::AskInformation { text: asked.clone(), inject }),
        4 => (to, option::weighted(0.3, an_id())).prop_map(move |(to, inject)| Act::WriteToPeers {
            to: to.into_iter().map(Into::into).collect(),
            text: letter.clone(),
            tlp: Tlp::Amber,
            inject,
        }),
        1 => select(TEAMS.to_vec()).prop_map(move |team| Act::Observe(Observe {
            text: seen.clone(),
            team: Some(team.into()),
            inject: None,
            capability: None,
            polarity: Polarity::Neutral,
        })),
        1 => Just(Act::RaiseNoDuff { text: alarm.clone(), call_back: alarm }),
    ]
}

fn an_instant(numbers: Numbers) -> impl Strategy<Value = Option<Timestamp>> {
    option::of(numbers.pick(START.0..START.0 + 3_600_000).prop_map(Timestamp))
}

fn answers(words: String) -> impl Strategy<Value = BTreeMap<FieldId, AnswerInput>> {
    let cause = select(vec!["right", "right", "wrong", "blue"]).prop_map(|id| AnswerInput::Choice(id.into()));
    let signs = vec(select(vec!["a", "b", "c"]), 0..3)
        .prop_map(|ids| AnswerInput::Choices(ids.into_iter().map(Into::into).collect()));
    (option::weighted(0.7, cause), option::of(signs), option::of(Just(AnswerInput::Text(words)))).prop_map(
        |(cause, signs, note)| {
            let given = [("cause", cause), ("signs", signs), ("note", note)];
            given.into_iter().filter_map(|(field, answer)| Some((field.into(), answer?))).collect()
        },
    )
}
