//! `drillhall load`: how fast this server is on this machine, and whether it loses anything.
//!
//! Injects are released by the plan's clock and answers are sent on a fixed schedule, so a server
//! that falls behind cannot slow its own measurement down: times count from when things were due.

mod crowd;
mod figures;
mod hall;
mod line;
mod server;
mod sign_in;

use std::{collections::BTreeMap, sync::atomic::Ordering::Relaxed, time::Duration};

use clap::Args;
use tokio::{
    signal::unix::{SignalKind, signal},
    time::Instant,
};

pub use figures::Spread;

use super::{Outcome, say};
use crate::engine::{
    command::{Act, AnswerInput},
    id::{FieldId, InjectId, OptionId},
    text::Text,
};
use crowd::Crowd;
use figures::{Figures, Flood, Reconnect, float, micros_each, millis, per_second, rounded};
use hall::{ASKED, Hall};
use line::{Heard, Receipt};
use server::{Server, make_room, since};
use sign_in::try_to_sign_in;

/// Measure this server under load on this machine
#[derive(Debug, Args)]
pub(super) struct Load {
    /// How many people are connected. One address has ports for no more than 28,000
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=28_000))]
    connections: u32,
    /// How many teams they are in [default: 40, or one for each person if there are fewer]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    teams: Option<u32>,
    /// How many injects are released, one a second
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    injects: u32,
    /// How many answers are sent [default: 1,000, or one for each person if there are more]
    #[arg(long, value_name = "N")]
    answers: Option<u32>,
    /// How many answers are sent in a second
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    rate: u32,
    /// How many messages go to everybody as fast as they are taken, in the flood and again for
    /// everybody to miss before they come back
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    messages: u32,
    /// How many attempts to sign in come while as many injects again go out, spread over that time
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    login_flood: Option<u32>,
    /// Processor to keep the server on; run `taskset -c 1 drillhall load --server-cpu 0` to keep them apart
    #[arg(long, value_name = "N")]
    server_cpu: Option<u32>,
    /// Print the figures as JSON
    #[arg(long)]
    json: bool,
}

/// The answers that were sent.
struct Sent {
    first: Instant,
    rate: u32,
    by_team: BTreeMap<u32, u64>,
}

impl Sent {
    /// When an answer was to be sent, whether or not that succeeded.
    fn due(&self, number: u32) -> Instant {
        self.first + Duration::from_secs(1) * number / self.rate
    }
}

/// One inject's way to everybody, from the instant at which it was due.
struct Course {
    /// Until the latest instant that the server put on it: teams with clocks of their own have one each.
    stamped: Duration,
    first: Duration,
    last: Duration,
}

impl Course {
    fn of(receipt: &Receipt) -> Self {
        Self { stamped: receipt.late, first: receipt.delivery, last: receipt.delivery }
    }

    fn take(&mut self, receipt: &Receipt) {
        self.stamped = self.stamped.max(receipt.late);
        self.first = self.first.min(receipt.delivery);
        self.last = self.last.max(receipt.delivery);
    }
}

impl Load {
    /// A short measurement with so many people, each of whom answers once.
    pub(super) fn short(connections: u32) -> Self {
        let (injects, messages) = (5, 10);
        let answers = Some(connections);
        // A hall does not type faster.
        let rate = (connections / 5).max(10);
        Self {
            connections,
            teams: None,
            injects,
            answers,
            rate,
            messages,
            server_cpu: None,
            login_flood: None,
            json: false,
        }
    }

    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let figures = self.figures()?;
        let json = || serde_json::to_string_pretty(&figures).map(|json| json + "\n");
        say(&if self.json { json()? } else { figures.table() })?;
        Ok(if figures.is_clean() { Outcome::Done } else { Outcome::Refused })
    }

    /// Measures.
    pub(super) fn figures(&self) -> anyhow::Result<Figures> {
        tokio::runtime::Runtime::new()?.block_on(async {
            let mut terminated = signal(SignalKind::terminate())?;
            make_room(self.connections).await?;
            let server = Server::start(self.server_cpu).await?;
            let broken_off = || Err(anyhow::anyhow!("the measurement was broken off"));
            let figures = tokio::select! {
                figures = self.measure(&server) => figures,
                _ = tokio::signal::ctrl_c() => broken_off(),
                _ = terminated.recv() => broken_off(),
            };
            server.stop().await;
            figures
        })
    }

    async fn measure(&self, server: &Server) -> anyhow::Result<Figures> {
        let teams = self.teams.unwrap_or(40).min(self.connections);
        let started = now();
        let hall = Hall::open(server, self.connections, teams, self.all_injects()).await?;
        let (connections, injects) = (self.connections, self.injects);
        let mut figures = Figures { connections, teams, injects, ..Figures::default() };
        figures.ready_ms = millis(server.ready_after);
        figures.joins_per_second = per_second(connections.into(), since(started));
        let mut crowd = connect(&mut figures, server, &hall).await?;
        self.fan_out(&mut figures, server, &hall, &crowd).await?;
        let answered = self.answer(&mut figures, server, &mut crowd).await?;
        self.flood(&mut figures, server, &hall, &crowd).await?;
        let heard = crowd.leave().await?;
        self.judge(&mut figures, &heard, &answered);
        self.come_back(&mut figures, server, &hall, heard).await?;
        figures.server_kib = server.memory_kib()?;
        Ok(figures)
    }

    async fn fan_out(&self, figures: &mut Figures, server: &Server, hall: &Hall, crowd: &Crowd) -> anyhow::Result<()> {
        let used = server.cpu()?;
        hall.direct("start", &Act::StartEx).await?;
        let deliveries = u64::from(self.connections) * u64::from(self.injects);
        let length = Duration::from_secs(self.injects.into());
        let delivered = |times| {
            crowd.until(move |progress| progress.injects.load(Relaxed) >= times * deliveries, length + crowd::PATIENCE)
        };
        delivered(1).await?;
        figures.cpu_us_per_delivery = micros_each(server.cpu()?.saturating_sub(used), deliveries);
        if let Some(attempts) = self.login_flood {
            let flood = try_to_sign_in(&server.base, attempts, length);
            let ((), flood) = tokio::try_join!(delivered(2), flood)?;
            figures.login_flood = Some(flood);
        }
        Ok(())
    }

    /// Injects before and during attempts to sign in.
    fn all_injects(&self) -> u32 {
        if self.login_flood.is_some() { self.injects * 2 } else { self.injects }
    }

    /// Sends answers on a fixed schedule. Returns how many each team sent.
    async fn answer(&self, figures: &mut Figures, server: &Server, crowd: &mut Crowd) -> anyhow::Result<Sent> {
        let answers = self.answers.unwrap_or(self.connections.max(1_000));
        let answer = AnswerInput::Choice(OptionId::from("phishing"));
        let answers_of_form = BTreeMap::from([(FieldId::from("answer"), answer)]);
        let act = Act::Submit { inject: InjectId::from(ASKED), answers: answers_of_form, composed_at: None };
        let act = serde_json::to_string(&act)?;
        let used = server.cpu()?;
        let mut sent = Sent { first: now(), rate: self.rate, by_team: BTreeMap::new() };
        for number in 0..answers {
            tokio::time::sleep_until(sent.due(number)).await;
            let frame = format!(r#"{{"type":"command","key":"answer-{number}","act":{act}}}"#);
            crowd.say(number % self.connections, frame).await?;
            *sent.by_team.entry(number % self.connections % figures.teams).or_default() += 1;
        }
        crowd.until(|progress| progress.answered.load(Relaxed) >= answers.into(), crowd::PATIENCE).await?;
        let people = |team: u32| u64::from((self.connections - team).div_ceil(figures.teams));
        let expected: u64 = sent.by_team.iter().map(|(team, sent)| sent * people(*team)).sum();
        crowd.until(|progress| progress.responses.load(Relaxed) >= expected, crowd::PATIENCE).await?;
        figures.cpu_us_per_answer = micros_each(server.cpu()?.saturating_sub(used), answers.into());
        figures.answers = answers;
        Ok(sent)
    }

    async fn flood(&self, figures: &mut Figures, server: &Server, hall: &Hall, crowd: &Crowd) -> anyhow::Result<()> {
        let (used, started) = (server.cpu()?, now());
        hall.direct_all(self.messages("flood")).await?;
        let deliveries = u64::from(self.connections) * u64::from(self.messages);
        crowd.until(|progress| progress.messages.load(Relaxed) >= deliveries, crowd::PATIENCE).await?;
        figures.flood = Flood {
            messages: self.messages,
            deliveries_per_second: per_second(deliveries, since(started)),
            cpu_us_per_delivery: micros_each(server.cpu()?.saturating_sub(used), deliveries),
        };
        Ok(())
    }

    /// Everybody is away, misses messages and comes back at once.
    async fn come_back(
        &self,
        figures: &mut Figures,
        server: &Server,
        hall: &Hall,
        heard: Vec<Heard>,
    ) -> anyhow::Result<()> {
        hall.direct_all(self.messages("missed")).await?;
        let (used, started) = (server.cpu()?, now());
        let positions = heard.into_iter().map(|heard| Some(heard.position)).collect();
        let crowd = Crowd::connect(&hall.places, positions, crowd::COMING_BACK).await?;
        let rows = u64::from(self.connections) * u64::from(self.messages);
        crowd.until(|progress| progress.messages.load(Relaxed) >= rows, crowd::PATIENCE).await?;
        figures.reconnect = Reconnect {
            missed_each: self.messages,
            seconds: rounded(since(started).as_secs_f64()),
            cpu_us_per_connection: micros_each(server.cpu()?.saturating_sub(used), self.connections.into()),
        };
        for heard in crowd.leave().await? {
            figures.lost += u64::from(self.messages).saturating_sub(heard.messages) + heard.miscounted;
            figures.doubled += heard.doubled + heard.messages.saturating_sub(self.messages.into());
        }
        Ok(())
    }

    fn messages(&self, name: &str) -> impl Iterator<Item = (String, Act)> {
        let (title, body) = (Text::new("en", "To all"), Text::new("en", &"All teams, please note. ".repeat(8)));
        let message = Act::SendMessage { team: None, title, body, persona: None };
        (0..self.messages).map(move |number| (format!("{name}-{number}"), message.clone()))
    }

    /// What everybody should have received and what they did.
    fn judge(&self, figures: &mut Figures, heard: &[Heard], sent: &Sent) {
        let messages = u64::from(self.messages);
        let mut courses: BTreeMap<u32, Course> = BTreeMap::new();
        for (person, heard) in (0..).zip(heard) {
            let responses = sent.by_team.get(&(person % figures.teams)).copied().unwrap_or_default();
            let injects = heard.injects.len() as u64;
            for (expected, got) in
                [(self.all_injects().into(), injects), (messages, heard.messages), (responses, heard.responses)]
            {
                figures.lost += u64::saturating_sub(expected, got);
                figures.doubled += u64::saturating_sub(got, expected);
            }
            figures.doubled += heard.doubled;
            figures.lost += heard.miscounted;
            for receipt in heard.injects.iter().filter(|receipt| receipt.inject < self.injects) {
                courses.entry(receipt.inject).or_insert_with(|| Course::of(receipt)).take(receipt);
            }
        }
        let of_injects = |what: fn(&Course) -> Duration| Spread::of(courses.values().map(what).collect());
        figures.stamped_ms = of_injects(|course| course.stamped);
        figures.first_has_it_ms = of_injects(|course| course.first);
        figures.all_have_it_ms = of_injects(|course| course.last);
        let receipts = || heard.iter().flat_map(|heard| &heard.injects);
        let (quiet, flooded): (Vec<_>, Vec<_>) = receipts().partition(|receipt| receipt.inject < self.injects);
        let spread =
            |receipts: Vec<&Receipt>| Spread::of(receipts.into_iter().map(|receipt| receipt.delivery).collect());
        figures.delivery_ms = spread(quiet);
        if let Some(flood) = &mut figures.login_flood {
            flood.delivery_ms = spread(flooded);
            flood.p99_ratio = rounded(flood.delivery_ms.p99 / figures.delivery_ms.p99);
        }
        let answers = || heard.iter().flat_map(|heard| &heard.answers);
        let waited = |(number, at): &(u32, Instant)| at.saturating_duration_since(sent.due(*number));
        figures.ack_ms = Spread::of(answers().map(waited).collect());
        let last = answers().map(|(_, at)| *at).max().unwrap_or(sent.first);
        figures.accepted_per_second = per_second(figures.answers.into(), last.saturating_duration_since(sent.first));
    }
}

/// Connects everybody, who then hear nothing for a moment.
async fn connect(figures: &mut Figures, server: &Server, hall: &Hall) -> anyhow::Result<Crowd> {
    let (before, started) = (server.memory_kib()?, now());
    let crowd = Crowd::connect(&hall.places, vec![None; hall.places.len()], crowd::ARRIVING).await?;
    figures.connects_per_second = per_second(figures.connections.into(), since(started));
    let grown = server.memory_kib()?.saturating_sub(before);
    figures.kib_per_connection = rounded(float(grown) / f64::from(figures.connections));
    Ok(crowd)
}

#[expect(clippy::disallowed_methods, reason = "a measurement is of real time; no rule depends on it")]
fn now() -> Instant {
    Instant::now()
}
