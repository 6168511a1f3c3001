//! What the people of a simulated team do about an inject, and when.
//!
//! Pure and seeded: the acts follow from the seed, the team, the card that the team received and
//! the sample answers, if the bot was given any. Delays are active time since the release, so the
//! same acts serve virtual time and a real clock at any rate.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    dice::Dice,
    profile::{Habits, Profile},
    words::{self, Words},
};
use crate::engine::{
    command::{Act, AnswerInput},
    event::EntryKind,
    id::{AliasId, FieldId, InjectId, OptionId, TeamId},
    number::Number,
    plan::{SEVERITIES, Sample, SampleGrade, Tlp},
    taxonomy::{attack, rsit},
    time::Millis,
    view::card::{ChoiceCard, FieldCard, FieldKindCard, FormCard, InjectCard},
};

/// How long somebody takes at most to open what has arrived; the real log does not tell.
const OPENED_WITHIN: Millis = Millis::seconds(60);

/// Something that somebody is going to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedAct {
    /// Active time since the release.
    pub after: Millis,
    /// Who in the team: 0 is the lead.
    pub person: u32,
    /// What.
    pub act: Act,
}

/// A simulated team. What it does follows from its profile, and a little from its own temper.
#[derive(Clone, Debug)]
pub struct BotTeam {
    seed: u64,
    team: TeamId,
    people: u32,
    habits: &'static Habits,
    /// How often it answers well, in permille.
    good: u32,
}

impl BotTeam {
    /// A team of so many people, the lead included.
    #[must_use]
    pub fn new(seed: u64, team: &TeamId, people: u32, profile: Profile) -> Self {
        let habits = profile.habits();
        let mut dice = Dice::new(seed, &["temper", team.as_str()]);
        // Teams of one kind differ by a fifth to either side.
        let good = habits.good * dice.between(800, 1200) / 1000;
        Self { seed, team: team.clone(), people: people.max(1), habits, good }
    }

    /// What its people do about an inject, in order of time. With sample answers they answer from
    /// those, else from the form alone.
    #[must_use]
    pub fn acts(&self, card: &InjectCard, samples: &[Sample]) -> Vec<PlannedAct> {
        let mut dice = Dice::new(self.seed, &["acts", self.team.as_str(), card.inject.as_str()]);
        let inject = || card.inject.clone();

        let reader = dice.below(self.people);
        let delivered = dice.time(Millis(200), Millis(2_000));
        let opened = delivered.plus(dice.time(Millis(1_000), OPENED_WITHIN));
        let mut acts = vec![
            PlannedAct { after: delivered, person: reader, act: Act::NoteDelivered { inject: inject() } },
            PlannedAct { after: opened, person: reader, act: Act::NoteOpened { inject: inject() } },
        ];
        if card.form.as_ref().is_some_and(|form| form.acknowledge) && dice.happens(self.habits.acknowledges) {
            let after = opened.plus(dice.time(Millis::seconds(2), Millis::seconds(20)));
            acts.push(PlannedAct { after, person: reader, act: Act::Acknowledge { inject: inject() } });
        }
        acts.extend(self.words(card, opened, &mut dice));
        if let Some(form) = card.form.as_ref().filter(|form| !form.fields.is_empty()) {
            acts.extend(self.answers(card, form, samples, opened, &mut dice));
        }
        acts.sort_by_key(|act| act.after);
        acts
    }

    /// Whether it asks for the data of an inject that control keeps ready.
    #[must_use]
    pub fn requests(&self, inject: &InjectId) -> bool {
        let mut dice = Dice::new(self.seed, &["requests", self.team.as_str(), inject.as_str()]);
        dice.happens(self.habits.requests)
    }

    /// What it tells another team about an inject, by an alias of the directory.
    #[must_use]
    pub fn letter(&self, card: &InjectCard, peers: &[AliasId]) -> Option<PlannedAct> {
        let mut dice = Dice::new(self.seed, &["letter", self.team.as_str(), card.inject.as_str()]);
        let to = dice.pick(peers)?.clone();
        if !dice.happens(self.habits.tells_peers) {
            return None;
        }
        let after = OPENED_WITHIN.plus(self.habits.pace.gap(&mut dice));
        let text = words::of(&card.language).log_line(&mut dice, &card.title);
        let (to, inject) = (BTreeSet::from([to]), Some(card.inject.clone()));
        Some(PlannedAct { after, person: 0, act: Act::WriteToPeers { to, text, tlp: Tlp::Amber, inject } })
    }

    /// Entries of the team's log and questions to control.
    fn words(&self, card: &InjectCard, opened: Millis, dice: &mut Dice) -> Vec<PlannedAct> {
        let words = words::of(&card.language);
        let mut acts = Vec::new();
        let mut after = opened;
        for _ in 0..self.habits.entries {
            after = after.plus(self.habits.pace.gap(dice));
            if dice.happens(self.habits.logs) {
                let text = words.log_line(dice, &card.title);
                let act = Act::WriteLog {
                    text,
                    happened_at: None,
                    inject: Some(card.inject.clone()),
                    kind: EntryKind::Observation,
                    tlp: None,
                    corrects: None,
                };
                acts.push(PlannedAct { after, person: dice.below(self.people), act });
            }
        }
        if dice.happens(self.habits.asks) {
            let after = opened.plus(self.habits.pace.gap(dice));
            let text = words.question(dice, &card.title);
            let act = Act::Say { team: None, text, persona: None };
            acts.push(PlannedAct { after, person: dice.below(self.people), act });
        }
        acts
    }

    /// The official answer and at times a revision of it; at times none at all.
    fn answers(
        &self,
        card: &InjectCard,
        form: &FormCard,
        samples: &[Sample],
        opened: Millis,
        dice: &mut Dice,
    ) -> Vec<PlannedAct> {
        let words = words::of(&card.language);
        let submit = |after, answers| PlannedAct {
            after,
            person: 0,
            act: Act::Submit { inject: card.inject.clone(), answers, composed_at: None },
        };
        let Some(after) = self.answering_time(form, opened, dice) else { return Vec::new() };
        let source = self.source(samples, dice);
        let first = submit(after, answer(form, source, self.good, dice, words));
        let mut acts = vec![first];
        if dice.happens(self.habits.revises) {
            let again = after.plus(self.habits.pace.gap(dice)).plus(Millis::seconds(1));
            let better = Source { sample: sample(samples, SampleGrade::Good), not: None };
            acts.push(submit(again, answer(form, better, 1000, dice, words)));
        }
        acts.retain(|planned| matches!(&planned.act, Act::Submit { answers, .. } if !answers.is_empty()));
        acts
    }

    /// The first field takes as long as a reply does, each other one as long as one more act. Who
    /// would come near the deadline hurries, or runs over it. Now and then there is no answer.
    fn answering_time(&self, form: &FormCard, opened: Millis, dice: &mut Dice) -> Option<Millis> {
        if !dice.happens(self.habits.answers) {
            return None;
        }
        let first = opened.plus(self.habits.pace.reply(dice)).plus(Millis::seconds(5));
        let usual = form.fields.iter().skip(1).fold(first, |after, _| after.plus(self.habits.pace.gap(dice)));
        let Some(deadline) = form.deadline.filter(|deadline| usual > fraction(*deadline, 950)) else {
            return Some(usual);
        };
        let hurried = fraction(deadline, dice.between(900, 985)).max(opened.plus(Millis::seconds(5)));
        let late = usual.max(fraction(deadline, dice.between(1_020, 1_300)));
        Some(if dice.happens(self.habits.runs_over) { late } else { hurried })
    }

    /// What the answer is made from.
    fn source<'a>(&self, samples: &'a [Sample], dice: &mut Dice) -> Source<'a> {
        if self.habits.good == 0 {
            let weak = samples.iter().find(|sample| sample.grade == SampleGrade::Weak);
            return Source { sample: weak, not: sample(samples, SampleGrade::Good) };
        }
        let luck = dice.below(1000);
        let grade = if luck < self.good {
            SampleGrade::Good
        } else if luck < self.good + self.habits.fair {
            SampleGrade::Fair
        } else {
            SampleGrade::Weak
        };
        Source { sample: sample(samples, grade), not: None }
    }
}

/// What an answer is made from: a sample, and for those who are to be wrong the one to keep away from.
#[derive(Clone, Copy)]
struct Source<'a> {
    sample: Option<&'a Sample>,
    not: Option<&'a Sample>,
}

fn fraction(time: Millis, permille: u32) -> Millis {
    Millis(time.0.saturating_mul(i64::from(permille)) / 1000)
}

/// The sample of a grade, or the next worse one, or any.
fn sample(samples: &[Sample], wanted: SampleGrade) -> Option<&Sample> {
    samples
        .iter()
        .filter(|sample| sample.grade <= wanted)
        .max_by_key(|sample| sample.grade)
        .or_else(|| samples.iter().min_by_key(|sample| sample.grade))
}

/// The answer of a sample, completed where the form requires more. Without a sample a skilled team
/// fills in more of what it may leave out.
fn answer(
    form: &FormCard,
    source: Source<'_>,
    skill: u32,
    dice: &mut Dice,
    words: &Words,
) -> BTreeMap<FieldId, AnswerInput> {
    form.fields
        .iter()
        .filter_map(|field| {
            let answer = match source.sample.map(|sample| sample.answers.get(&field.id)) {
                // The file of a sample is the scenario's; nobody has handed it in.
                Some(Some(AnswerInput::File(_))) => None,
                Some(Some(known)) => Some(known.clone()),
                Some(None) if !field.required => None,
                None if !field.required && !dice.happens(skill) => None,
                Some(None) | None => {
                    let not = source.not.and_then(|sample| sample.answers.get(&field.id));
                    made_up(field, not, dice, words)
                }
            };
            Some((field.id.clone(), answer?))
        })
        .collect()
}

/// An answer from the form alone, away from the one that is right if it is known.
fn made_up(field: &FieldCard, not: Option<&AnswerInput>, dice: &mut Dice, words: &Words) -> Option<AnswerInput> {
    Some(match &field.kind {
        FieldKindCard::Choice { options } => AnswerInput::Choice(pick(&others(options, not), dice)?),
        FieldKindCard::MultiChoice { options } => {
            let wrong = others(options, not);
            let sure = pick(&wrong, dice)?;
            let more = wrong.iter().map(|option| option.id.clone()).filter(|_| dice.happens(400));
            AnswerInput::Choices(more.chain([sure]).collect::<BTreeSet<_>>())
        }
        FieldKindCard::LongText { max_chars } => AnswerInput::Text(words.paragraph(dice, *max_chars)),
        FieldKindCard::Decision { options } => {
            AnswerInput::Decision { option: pick(&others(options, not), dice), rationale: words.rationale(dice) }
        }
        FieldKindCard::ShortText { max_chars } => AnswerInput::Text(words.paragraph(dice, (*max_chars).min(80))),
        FieldKindCard::Number { least, most, .. } => {
            let least = least.map_or(0, |least| least.0);
            let most = most.map_or(least.saturating_add(100_000), |most| most.0);
            let steps = u32::try_from(most.saturating_sub(least) / 1000).unwrap_or(100).min(100);
            AnswerInput::Number(Number(least + i64::from(dice.below(steps + 1)) * 1000).to_string())
        }
        FieldKindCard::Classification => {
            let types: Vec<&str> = rsit::types().map(|kind| kind.code).collect();
            AnswerInput::Choice((*dice.pick(&types)?).into())
        }
        FieldKindCard::Severity => AnswerInput::Choice((*dice.pick(&SEVERITIES)?).into()),
        FieldKindCard::Techniques { .. } => AnswerInput::Choices(BTreeSet::from([dice.pick(attack::all())?.id.into()])),
        // The story's own times and files are not the bot's to invent.
        FieldKindCard::Timestamp => AnswerInput::Time("2027-09-17T04:10-04:00".to_owned()),
        FieldKindCard::File => return None,
        FieldKindCard::Indicators { max_lines } => AnswerInput::Indicators(words::indicators(dice, *max_lines)),
    })
}

/// The options that an answer did not choose; all of them if it chose all.
fn others<'a>(options: &'a [ChoiceCard], not: Option<&AnswerInput>) -> Vec<&'a ChoiceCard> {
    let chosen = |option: &OptionId| match not {
        Some(AnswerInput::Choice(one) | AnswerInput::Decision { option: Some(one), .. }) => one == option,
        Some(AnswerInput::Choices(many)) => many.contains(option),
        _ => false,
    };
    let left: Vec<&ChoiceCard> = options.iter().filter(|option| !chosen(&option.id)).collect();
    if left.is_empty() { options.iter().collect() } else { left }
}

fn pick(options: &[&ChoiceCard], dice: &mut Dice) -> Option<OptionId> {
    dice.pick(options).map(|option| option.id.clone())
}
