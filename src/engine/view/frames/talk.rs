//! What people write shows.

use super::{Audience, Frame, call_stands, control, everybody, put, shared, told_of_call};
use crate::engine::{
    event::{Event, Fact, FileTaken, NoDuffDecided, ObservationNoted},
    role::Role,
    state::CallStanding,
    text::Language,
    view::{
        card::{Card, EntryCard, FileCard, ObservationCard, PeerCard, RequestCard},
        content,
    },
};

pub(super) fn frames(event: &Event, language: &Language) -> Option<Vec<Frame>> {
    of_teams(event, language).or_else(|| of_staff(event)).or_else(|| of_safety(event))
}

fn of_teams(event: &Event, language: &Language) -> Option<Vec<Frame>> {
    let at = event.at;
    let by = || event.actor.person().cloned();
    Some(match &event.fact {
        Fact::MessageSent { item, team, title, body, from } => {
            let to = team.as_ref().map_or_else(everybody, shared);
            let card = Card::Message {
                item: item.clone(),
                team: team.clone(),
                title: title.get(language).to_owned(),
                body: body.get(language).to_owned(),
                from: from.as_ref().map(|persona| content::sender(persona, language)),
                at,
            };
            vec![put(to, format!("message/{item}"), card)]
        }
        Fact::LogWritten { item, team, text, happened_at, inject, kind, tlp, corrects } => {
            let card = EntryCard {
                item: item.clone(),
                team: team.clone(),
                by: by(),
                text: content::prose(text),
                kind: *kind,
                tlp: *tlp,
                happened_at: *happened_at,
                at,
                inject: inject.clone(),
                corrects: corrects.clone(),
            };
            let to = shared(team).into_iter().chain([Audience::Logs]).collect();
            vec![put(to, format!("entry/{item}"), Card::Entry(card))]
        }
        Fact::FileTaken(FileTaken { team, hash, name, media_type, bytes, encrypted }) => {
            let card = FileCard {
                team: team.clone(),
                hash: hash.clone(),
                name: content::prose(name),
                media_type: media_type.clone(),
                bytes: *bytes,
                encrypted: *encrypted,
                by: by(),
                at,
            };
            vec![put(shared(team), format!("file/{team}/{hash}"), Card::File(card))]
        }
        Fact::Said { item, team, text, from_control, persona } => {
            let card = |by| Card::Said {
                item: item.clone(),
                team: team.clone(),
                by,
                from_control: *from_control,
                persona: persona.as_ref().map(|persona| content::sender(persona, language)),
                text: content::prose(text),
                at,
            };
            // Players learn that control spoke, not who in control.
            let for_team = card(by().filter(|_| !from_control));
            let actors = persona.is_some().then_some(Audience::Role(Role::RolePlayer));
            vec![
                put(control().into_iter().chain(actors).collect(), format!("said/{item}"), card(by())),
                put(vec![Audience::Team(team.clone())], format!("said/{item}"), for_team),
            ]
        }
        Fact::PeerSent { item, from, from_name, to, text, tlp, inject } => {
            let card = PeerCard {
                item: item.clone(),
                from_name: from_name.get(language).to_owned(),
                to_names: to.values().map(|name| name.get(language).to_owned()).collect(),
                from: Some(from.clone()),
                to: to.keys().cloned().collect(),
                by: by(),
                text: content::prose(text),
                tlp: *tlp,
                inject: inject.clone(),
                at,
            };
            let of_sender = PeerCard { to: Vec::new(), ..card.clone() };
            let of_addressees = PeerCard { from: None, by: None, inject: None, ..of_sender.clone() };
            let key = || format!("peer/{item}");
            vec![
                put(control(), key(), Card::Peer(card)),
                put(vec![Audience::Team(from.clone())], key(), Card::Peer(of_sender)),
                put(to.keys().cloned().map(Audience::Team).collect(), key(), Card::Peer(of_addressees)),
            ]
        }
        Fact::InformationAsked { item, team, text, inject } => {
            let card = Card::Request(RequestCard {
                item: item.clone(),
                team: team.clone(),
                by: by(),
                text: content::prose(text),
                inject: inject.clone(),
                at,
            });
            vec![put(shared(team), format!("request/{item}"), card)]
        }
        Fact::RequestAnswered { item, team, text, inject } => {
            let card = Card::RequestAnswer {
                item: item.clone(),
                text: text.as_ref().map(content::prose),
                inject: inject.clone(),
                at,
            };
            vec![put(shared(team), format!("request_answer/{item}"), card)]
        }
        _ => return None,
    })
}

fn of_staff(event: &Event) -> Option<Vec<Frame>> {
    let at = event.at;
    let by = || event.actor.person().cloned();
    Some(match &event.fact {
        Fact::RequestTaken { item, .. } => {
            let card = Card::RequestOwner { item: item.clone(), by: by(), at };
            vec![put(control(), format!("request_owner/{item}"), card)]
        }
        Fact::StaffSaid { item, kind, text } => {
            let card = Card::Staff { item: item.clone(), by: by(), kind: *kind, text: content::prose(text), at };
            let to = [Role::ExerciseDirector, Role::Facilitator, Role::RolePlayer].map(Audience::Role);
            vec![put(to.into(), format!("staff/{item}"), card)]
        }
        Fact::ObservationNoted(ObservationNoted { item, text, team, inject, capability, polarity }) => {
            let card = ObservationCard {
                item: item.clone(),
                by: by(),
                text: content::prose(text),
                team: team.clone(),
                inject: inject.clone(),
                capability: *capability,
                polarity: *polarity,
                at,
            };
            let author = by().map(Audience::Person);
            let to = control().into_iter().chain(author).collect();
            vec![put(to, format!("observation/{item}"), Card::Observation(card))]
        }
        _ => return None,
    })
}

fn of_safety(event: &Event) -> Option<Vec<Frame>> {
    let at = event.at;
    Some(match &event.fact {
        Fact::NoDuffRaised { item, team, text, call_back, escalates_at } => {
            let card = Card::Duff {
                item: item.clone(),
                team: team.clone(),
                by: event.actor.person().cloned(),
                text: content::prose(text),
                call_back: content::prose(call_back),
                escalates_at: *escalates_at,
                at,
            };
            let raised = put(told_of_call(team.as_ref()), format!("duff/{item}"), card);
            vec![raised, call_stands(item, team.as_ref(), CallStanding::Open, None, at)]
        }
        Fact::HallContactSet { text } => {
            let card = Card::HallContact { text: content::prose(text), at };
            vec![put(everybody(), "hall_contact".to_owned(), card)]
        }
        Fact::NoDuffDecided(NoDuffDecided { item, team, verdict, note }) => {
            let card = Card::DuffDecided { item: item.clone(), verdict: *verdict, note: content::prose(note), at };
            let decided = put(told_of_call(team.as_ref()), format!("duff_decided/{item}"), card);
            vec![decided, call_stands(item, team.as_ref(), CallStanding::after(*verdict), None, at)]
        }
        _ => return None,
    })
}
