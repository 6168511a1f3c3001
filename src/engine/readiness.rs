//! The go/no-go list before `StartEx`: what stands on it, from the state and from who is connected. Nothing here
//! forbids a start; the list is for the director, who signs it as it stands.

use std::collections::BTreeSet;

use super::{
    event::{ReadyLine, ReadyState},
    id::PersonId,
    role::Role,
    state::{State, Team},
    time::Millis,
};

/// How far two clocks may be apart.
const CLOCKS: Millis = Millis::minutes(2);
/// How many of those that are missing are named.
const NAMED: usize = 50;

/// What the log does not hold.
#[derive(Clone, Debug, Default)]
pub struct Present {
    /// Who is connected.
    pub people: BTreeSet<PersonId>,
    /// How far the clock of whoever looks is from the server's; none if it was not said.
    pub clock_off: Option<Millis>,
    /// Whether the server's clock is behind what the log holds already, or outside the calendar.
    pub clock_wrong: bool,
}

/// Every line of the list.
#[must_use]
pub fn lines(state: &State, present: &Present) -> Vec<ReadyState> {
    ReadyLine::ALL.into_iter().map(|line| of(state, present, line)).collect()
}

fn of(state: &State, present: &Present, line: ReadyLine) -> ReadyState {
    match line {
        ReadyLine::Teams => of_teams(state, line, |team| is_there(state, present, team, |_| true)),
        ReadyLine::Leads => of_teams(state, line, |team| is_there(state, present, team, |role| role == Role::TeamLead)),
        ReadyLine::Languages => of_teams(state, line, |team| state.plan.languages.contains(&team.language)),
        ReadyLine::Comcheck => of_teams(state, line, |team| {
            state.preparation.comcheck.as_ref().is_some_and(|comcheck| comcheck.is_done_by(&team.id))
        }),
        ReadyLine::Evaluators => evaluators(state),
        ReadyLine::Contacts => counted(line, u32::from(state.hall_contact.is_some()), 1),
        ReadyLine::Standby => {
            let runs = |person: &&PersonId| {
                let role = state.grants.get(*person).map(|grant| grant.role);
                matches!(role, Some(Role::ExerciseDirector | Role::Facilitator))
            };
            counted(line, number(present.people.iter().filter(runs).count()), 2)
        }
        ReadyLine::Clock => {
            let apart = present.clock_off.map_or(0, |off| off.0.abs());
            let go = !present.clock_wrong && present.clock_off.is_some() && apart <= CLOCKS.0;
            ReadyState { go, ..counted(line, u32::try_from(apart / 1000).unwrap_or(u32::MAX), 0) }
        }
        ReadyLine::Briefing | ReadyLine::Paper | ReadyLine::Power | ReadyLine::Safety | ReadyLine::Deconfliction => {
            counted(line, u32::from(state.preparation.ticks.contains_key(&line)), 1)
        }
    }
}

fn of_teams(state: &State, line: ReadyLine, is_well: impl Fn(&Team) -> bool) -> ReadyState {
    let missing: Vec<String> =
        state.teams.iter().filter(|team| !is_well(team)).map(|team| team.id.to_string()).collect();
    let (all, bad) = (number(state.teams.len()), number(missing.len()));
    // An exercise without a team is not ready.
    ReadyState { go: bad == 0 && all > 0, missing: first(missing), ..counted(line, all - bad, all) }
}

fn is_there(state: &State, present: &Present, team: &Team, as_what: impl Fn(Role) -> bool) -> bool {
    present.people.iter().any(|person| {
        let grant = state.grants.get(person);
        grant.is_some_and(|grant| grant.team.as_ref() == Some(&team.id) && as_what(grant.role))
    })
}

/// Each inject that people mark, for each team that gets it: a paper. The lead evaluator marks everything.
fn evaluators(state: &State) -> ReadyState {
    let (mut all, mut bad, mut missing) = (0, 0, Vec::new());
    for inject in state.plan.injects.iter().filter(|inject| !inject.criteria().is_empty()) {
        let uncovered = state.teams.iter().filter(|team| State::is_for(inject, team)).filter(|team| {
            all += 1;
            !state.grants.iter().any(|(person, grant)| match grant.role {
                Role::LeadEvaluator => true,
                Role::Evaluator => {
                    let home = state.assignments.get(person).and_then(|assignment| assignment.home.as_ref());
                    home != Some(&team.id) && state.is_assigned(person, team, inject)
                }
                _ => false,
            })
        });
        let uncovered = number(uncovered.count());
        if uncovered > 0 {
            bad += uncovered;
            missing.push(inject.id.to_string());
        }
    }
    ReadyState { go: bad == 0, missing: first(missing), ..counted(ReadyLine::Evaluators, all - bad, all) }
}

fn counted(line: ReadyLine, count: u32, of: u32) -> ReadyState {
    ReadyState { line, go: count >= of, count, of, missing: Vec::new(), note: None }
}

fn first(mut missing: Vec<String>) -> Vec<String> {
    missing.truncate(NAMED);
    missing
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
