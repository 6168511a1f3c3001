//! Who is what shows: to control everybody, to a team its own people.

use super::{Audience, Frame, control, put, remove, shared};
use crate::engine::{
    event::{Event, Fact, RoleGranted, RoleRevoked},
    id::{PersonId, TeamId},
    role::Role,
    view::card::{Card, GrantedCard, OrganisationCard, PersonCard, ScorecardShownCard, VetoCard},
};

pub(super) fn frames(event: &Event) -> Option<Vec<Frame>> {
    Some(match &event.fact {
        Fact::RoleGranted(granted) => became(event, granted),
        Fact::RoleRevoked(RoleRevoked { person, team, .. }) => {
            let of_team = team.iter().flat_map(|team| left(person, team));
            [remove(control(), key(person)), remove(control(), granted_key(person))]
                .into_iter()
                .chain(of_team)
                .collect()
        }
        Fact::OrganisationNamed(named) => {
            let (team, organisation) = (named.team.clone(), named.organisation.clone());
            let key = format!("organisation/{team}");
            vec![match organisation {
                Some(organisation) => put(control(), key, Card::Organisation(OrganisationCard { team, organisation })),
                None => remove(control(), key),
            }]
        }
        Fact::ScorecardShown(shown) => {
            let key = format!("scorecard_shown/{}", shown.team);
            let card = Card::ScorecardShown(ScorecardShownCard { team: shown.team.clone() });
            let to = shared(&shown.team);
            vec![if shown.shown { put(to, key, card) } else { remove(to, key) }]
        }
        Fact::ScoresVetoed(vetoed) => {
            let card = |reason| Card::Veto(VetoCard { reason, by: event.actor.person().cloned(), at: event.at });
            let veto = vetoed.reason.clone().map(card);
            vec![Frame { to: control(), key: "veto".to_owned(), card: veto }]
        }
        _ => return None,
    })
}

fn became(event: &Event, granted: &RoleGranted) -> Vec<Frame> {
    let RoleGranted { person, role, team, until, sights, personas, organisation, reason, left: before } =
        granted.clone();
    let gone = before.iter().flat_map(|team| left(&person, team));
    let card = || Card::Person(PersonCard { person: person.clone(), role, team: team.clone() });
    let of_team = team.iter().flat_map(|team| {
        // Who leads sends answers anyway; who moderates, never.
        let delegate = (role != Role::Player).then(|| remove(shared(team), delegate_key(&person, team)));
        [put(vec![Audience::Team(team.clone())], key(&person), card())].into_iter().chain(delegate)
    });
    let (by, at) = (event.actor.person().cloned(), event.at);
    let terms = GrantedCard { person: person.clone(), until, sights, personas, organisation, reason, by, at };
    let to_control =
        [put(control(), key(&person), card()), put(control(), granted_key(&person), Card::Granted(Box::new(terms)))];
    gone.chain(to_control).chain(of_team).collect()
}

/// What a team no longer holds of somebody.
fn left(person: &PersonId, team: &TeamId) -> [Frame; 2] {
    [remove(vec![Audience::Team(team.clone())], key(person)), remove(shared(team), delegate_key(person, team))]
}

fn key(person: &PersonId) -> String {
    format!("person/{person}")
}

fn granted_key(person: &PersonId) -> String {
    format!("granted/{person}")
}

fn delegate_key(person: &PersonId, team: &TeamId) -> String {
    format!("delegate/{team}/{person}")
}
