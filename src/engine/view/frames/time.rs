//! What the clock and the course of the exercise show.

use super::{Audience, Frame, beside_teams, call_stands, control, everybody, put, remove, scoped, whole_or_team};
use crate::engine::{
    event::{Event, Fact},
    state::CallStanding,
    text::Language,
    view::{
        card::{Card, FeedbackCard, FitCard, MovedCard, Movement},
        content,
    },
};

pub(super) fn frames(seq: i64, event: &Event, language: &Language) -> Option<Vec<Frame>> {
    of_course(seq, event, language).or_else(|| of_clock(seq, event, language))
}

fn of_course(seq: i64, event: &Event, language: &Language) -> Option<Vec<Frame>> {
    let at = event.at;
    Some(match &event.fact {
        Fact::ExerciseStarted(_) => vec![
            put(everybody(), "started".to_owned(), Card::Started { at }),
            remove(everybody(), "scheduled".to_owned()),
            remove(control(), "start_held".to_owned()),
        ],
        Fact::StartScheduled { at: start, zone } => vec![
            put(everybody(), "scheduled".to_owned(), Card::Scheduled { at: *start, zone: zone.clone() }),
            remove(control(), "start_held".to_owned()),
        ],
        Fact::StartUnscheduled => vec![remove(everybody(), "scheduled".to_owned())],
        Fact::StartHeld { scheduled, reason } => vec![
            remove(everybody(), "scheduled".to_owned()),
            put(control(), "start_held".to_owned(), Card::StartHeld { scheduled: *scheduled, reason: *reason, at }),
        ],
        Fact::ExerciseCancelled { reason } => {
            let card = Card::Cancelled { reason: reason.clone(), at };
            let start = [remove(everybody(), "scheduled".to_owned()), remove(control(), "start_held".to_owned())];
            std::iter::once(put(everybody(), "cancelled".to_owned(), card))
                .chain(start)
                .chain(stands_no_more())
                .collect()
        }
        Fact::ExerciseEnded { hot_wash, feedback } => {
            let hot_wash = hot_wash.iter().map(|question| question.get(language).to_owned()).collect();
            let ended = put(everybody(), "ended".to_owned(), Card::Ended { at, hot_wash });
            let fields: Vec<_> = feedback.iter().map(|asked| content::field(asked, language)).collect();
            let asked = (!fields.is_empty())
                .then(|| put(everybody(), "feedback".to_owned(), Card::Feedback(FeedbackCard { fields })));
            std::iter::once(ended).chain(asked).chain(stands_no_more()).collect()
        }
        Fact::PhaseBegan { phase, title, situation, teams, for_exercise } => {
            let card = Card::Phase {
                phase: phase.clone(),
                title: title.get(language).to_owned(),
                situation: situation.get(language).to_owned(),
                at,
                seq,
            };
            let beside_teams = if *for_exercise { beside_teams() } else { Vec::new() };
            let to = beside_teams.into_iter().chain(teams.iter().cloned().map(Audience::Team)).collect();
            vec![put(to, format!("phase/{phase}"), card)]
        }
        Fact::OutageNoted { from, to } => {
            vec![put(everybody(), format!("outage/{seq}"), Card::Outage { from: *from, to: *to })]
        }
        _ => return None,
    })
}

fn of_clock(seq: i64, event: &Event, language: &Language) -> Option<Vec<Frame>> {
    let at = event.at;
    let moved = |movement| {
        let card = MovedCard { movement, by: event.actor.person().cloned(), at };
        vec![put(control(), format!("moved/{seq}"), Card::Moved(card))]
    };
    Some(match &event.fact {
        Fact::RateSet { rate } => moved(Movement::Rate { rate: *rate }),
        Fact::Jumped { team, by } => moved(Movement::Jump { team: team.clone(), length: *by }),
        Fact::Shifted { by } => moved(Movement::Shift { length: *by }),
        Fact::BreakBegan { title, ends_at, .. } => {
            let card = Card::Break { title: title.get(language).to_owned(), ends_at: *ends_at, at };
            vec![put(everybody(), "break".to_owned(), card)]
        }
        Fact::BreakSkipped { pause, title } => {
            moved(Movement::SkipBreak { pause: pause.clone(), title: title.get(language).to_owned() })
        }
        Fact::BreakEnded => vec![remove(everybody(), "break".to_owned())],
        Fact::PlanFitted { .. } => {
            let card = FitCard::of(event).map(|card| put(control(), "fit".to_owned(), Card::Fit(Box::new(card))));
            card.into_iter().collect()
        }
        Fact::FitUndone => vec![remove(control(), "fit".to_owned())],
        Fact::Paused { team, reason } => {
            let card = Card::Pause { team: team.clone(), reason: reason.clone(), at };
            let paused = put(whole_or_team(team.as_ref()), scoped("pause", team.as_ref()), card);
            let broken = team.is_none().then(|| remove(everybody(), "break".to_owned()));
            std::iter::once(paused).chain(broken).collect()
        }
        Fact::Resumed { team } => {
            let paused = remove(whole_or_team(team.as_ref()), scoped("pause", team.as_ref()));
            let broken = team.is_none().then(|| remove(everybody(), "break".to_owned()));
            std::iter::once(paused).chain(broken).collect()
        }
        Fact::Suspended { team, calls } => {
            let card = Card::Suspension { team: team.clone(), at };
            let stands = put(whole_or_team(team.as_ref()), scoped("suspension", team.as_ref()), card);
            // Where only a team stands, its calls still wait for a decision.
            let calls = calls.iter().filter(|_| team.is_none());
            let standing = CallStanding::of_suspension(&event.actor);
            let of_calls = calls.map(|(item, of)| call_stands(item, of.as_ref(), standing, None, at));
            std::iter::once(stands).chain(of_calls).collect()
        }
        Fact::SuspensionLifted { team, decision, calls } => {
            let to = whole_or_team(team.as_ref());
            let card = Card::Decision { team: team.clone(), text: content::prose(decision), at };
            let lifted =
                [remove(to.clone(), scoped("suspension", team.as_ref())), put(to, format!("decision/{seq}"), card)];
            let answered = calls.iter().flatten();
            let of_calls =
                answered.map(|(item, of)| call_stands(item, of.as_ref(), CallStanding::Lifted, Some(seq), at));
            lifted.into_iter().chain(of_calls).collect()
        }
        Fact::FaultNoted { fault } => {
            let pause = Card::Pause { team: None, reason: String::new(), at };
            vec![
                put(control(), format!("fault/{seq}"), Card::Fault { fault: *fault, at }),
                put(everybody(), "pause".to_owned(), pause),
                remove(everybody(), "break".to_owned()),
            ]
        }
        _ => return None,
    })
}

/// After the end nobody waits for time to go on.
fn stands_no_more() -> [Frame; 2] {
    ["break", "pause"].map(|key| remove(everybody(), key.to_owned()))
}
