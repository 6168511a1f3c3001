//! Certificates of participation: a page a person, by attendance and never by score, with what it takes to
//! check them without a server.

use serde::Serialize;

use super::{
    PdfError,
    fonts::Fonts,
    press,
    sheet::{Fact, Look, Run},
};
use crate::{
    engine::text::Language,
    markup::{figures, phrase::named},
    report::{
        attendance::{Attendance, Attendant},
        words::{self, Words},
    },
    store::chain::Head,
};

/// What all certificates of an exercise share.
#[derive(Clone, Copy, Debug)]
pub struct Issue<'a> {
    /// The exercise.
    pub attendance: &'a Attendance,
    /// The last row of the log that they rest on.
    pub head: &'a Head,
    /// Fingerprint of the key that signed the archive, if it was read from one.
    pub fingerprint: Option<&'a str>,
    /// Who issues them.
    pub organiser: Option<&'a str>,
}

#[derive(Serialize)]
struct Certificates<'a> {
    language: &'a str,
    dir: &'a str,
    name: String,
    marking: &'a str,
    heading: &'a str,
    rehearsal: Option<&'a str>,
    took_part: &'a str,
    exercise: Run,
    pages: Vec<Page>,
    proof: Vec<Fact>,
    check: &'a str,
}

#[derive(Serialize)]
struct Page {
    name: Run,
    facts: Vec<Fact>,
}

/// Prints a certificate for each of these people under the name that stands beside them.
pub fn certificates(
    issue: &Issue<'_>,
    people: &[(&Attendant, &str)],
    language: &Language,
    fonts: &Fonts,
) -> Result<Vec<u8>, PdfError> {
    let (tag, words) = words::of(language);
    let (attendance, says) = (issue.attendance, &words.certificate);
    let title = Run::local(Look::Plain, &attendance.title, tag);
    let page = |(attendant, name): &(&Attendant, &str)| Page {
        name: Run::new(Look::Plain, *name),
        facts: facts(issue, attendant, words),
    };
    let data = Certificates {
        language: tag,
        dir: &words.dir,
        name: format!("EXERCISE \u{2013} {} \u{2013} {}", says.title, title.text),
        marking: attendance.marking,
        heading: &says.title,
        rehearsal: attendance.rehearsal.then_some(says.rehearsal.as_str()),
        took_part: &says.took_part,
        exercise: title,
        pages: people.iter().map(page).collect(),
        proof: proof(issue, words),
        check: &says.check,
    };
    // Certificates of one log differ by whom they are for.
    let whom: Vec<&str> = people.iter().map(|(attendant, _)| attendant.person.as_str()).collect();
    let ident = format!("{} {} {}", attendance.exercise, issue.head.hash, whom.join(" "));
    press::print("/certificate.typ", serde_json::to_value(data)?, ident, fonts)
}

fn fact(name: &str, value: impl Into<String>) -> Fact {
    Fact { name: name.to_owned(), value: Run::new(Look::Plain, value) }
}

fn facts(issue: &Issue<'_>, attendant: &Attendant, words: &Words) -> Vec<Fact> {
    let (attendance, says) = (issue.attendance, &words.certificate);
    let present = attendant.present.map_or_else(
        || says.marked_after.clone(),
        |(from, until)| format!("{}\u{2013}{} UTC", figures::time_of_day(from), figures::time_of_day(until)),
    );
    let lasted = attendance.ended_at.since(attendance.started_at);
    let facts = [
        Some(fact(&says.role, named(&says.roles, attendant.role))),
        attendant.team_name.as_ref().map(|team| fact(&words.team, team)),
        issue.organiser.map(|organiser| fact(&says.organiser, organiser)),
        Some(fact(&words.start_ex, figures::instant(attendance.started_at))),
        Some(fact(&words.end_ex, figures::instant(attendance.ended_at))),
        Some(fact(&words.lasted, figures::length(lasted))),
        Some(fact(&says.present, present)),
    ];
    facts.into_iter().flatten().collect()
}

fn proof(issue: &Issue<'_>, words: &Words) -> Vec<Fact> {
    let key = issue.fingerprint.map(|key| fact(&words.certificate.key, key));
    let head = [
        fact(&words.exercise, issue.attendance.exercise.as_str()),
        fact(&words.last_row, issue.head.seq.to_string()),
        fact(&words.head_hash, &*issue.head.hash),
    ];
    head.into_iter().chain(key).collect()
}
