//! What the people of a simulated team do about an inject, and when.
//!
//! Pure and seeded: the acts follow from the seed, the team, the card that the team received and
//! the sample answers, if the bot was given any. Delays are active time since the release, so the
//! same acts serve virtual time and a real clock at any rate.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    dice::Dice,
    words::{self, Words},
};
use crate::engine::{
    command::{Act, AnswerInput},
    event::EntryKind,
    id::{FieldId, OptionId, TeamId},
    plan::{Sample, SampleGrade},
    time::Millis,
    view::card::{ChoiceCard, FieldCard, FieldKindCard, FormCard, InjectCard},
};

/// Within what a team means to answer where the form says nothing.
const USUAL_TARGET: Millis = Millis::minutes(4);
/// How long somebody takes at most to open what has arrived.
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

/// A simulated team. It has a temper of its own: some are quick, some are careful, some struggle.
#[derive(Clone, Debug)]
pub struct BotTeam {
    seed: u64,
    team: TeamId,
    people: u32,
    /// How often it is right, in permille.
    skill: u32,
    /// How long it takes, in permille of what is usual.
    pace: u32,
}

impl BotTeam {
    /// A team of so many people, the lead included.
    #[must_use]
    pub fn new(seed: u64, team: &TeamId, people: u32) -> Self {
        let mut dice = Dice::new(seed, &["temper", team.as_str()]);
        Self {
            seed,
            team: team.clone(),
            people: people.max(1),
            skill: dice.between(350, 950),
            pace: dice.between(700, 1250),
        }
    }

    /// What its people do about an inject, in order of time. With sample answers they answer from
    /// those, else from the form alone.
    #[must_use]
    pub fn acts(&self, card: &InjectCard, samples: &[Sample]) -> Vec<PlannedAct> {
        let mut dice = Dice::new(self.seed, &["acts", self.team.as_str(), card.inject.as_str()]);
        let mut acts = Vec::new();
        let inject = || card.inject.clone();
        let words = words::of(&card.language);
        let target = card.form.as_ref().map_or(USUAL_TARGET, target);

        let reader = dice.below(self.people);
        let delivered = dice.time(Millis(200), Millis(2_000));
        let opened = delivered.plus(dice.time(Millis(1_000), OPENED_WITHIN.min(fraction(target, 200))));
        acts.push(PlannedAct { after: delivered, person: reader, act: Act::NoteDelivered { inject: inject() } });
        acts.push(PlannedAct { after: opened, person: reader, act: Act::NoteOpened { inject: inject() } });
        if card.form.as_ref().is_some_and(|form| form.acknowledge) {
            let after = opened.plus(dice.time(Millis::seconds(2), Millis::seconds(20)));
            acts.push(PlannedAct { after, person: reader, act: Act::Acknowledge { inject: inject() } });
        }
        if dice.happens(450) {
            let after = opened.plus(dice.time(Millis::seconds(5), fraction(target, 500)));
            let text = words.log_line(&mut dice, &card.title);
            let act = Act::WriteLog {
                text,
                happened_at: None,
                inject: Some(inject()),
                kind: EntryKind::Observation,
                tlp: None,
                corrects: None,
            };
            acts.push(PlannedAct { after, person: dice.below(self.people), act });
        }
        if dice.happens(70) {
            let after = opened.plus(dice.time(Millis::seconds(5), fraction(target, 400)));
            let text = words.question(&mut dice, &card.title);
            acts.push(PlannedAct {
                after,
                person: dice.below(self.people),
                act: Act::Say { team: None, text, persona: None },
            });
        }
        if let Some(form) = card.form.as_ref().filter(|form| !form.fields.is_empty()) {
            acts.extend(self.answers(card, form, samples, opened, &mut dice, words));
        }
        acts.sort_by_key(|act| act.after);
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
        words: &Words,
    ) -> Vec<PlannedAct> {
        let submit = |after, answers| PlannedAct {
            after,
            person: 0,
            act: Act::Submit { inject: card.inject.clone(), answers, composed_at: None },
        };
        let Some(after) = self.answering_time(form, opened, dice) else { return Vec::new() };
        let grade = self.grade(dice);
        let first = submit(after, answer(form, sample(samples, grade), self.skill, dice, words));
        let mut acts = vec![first];
        if dice.happens(150) {
            let again = after.plus(dice.time(Millis::seconds(20), Millis::seconds(120)));
            acts.push(submit(again, answer(form, sample(samples, SampleGrade::Good), 1000, dice, words)));
        }
        acts.retain(|planned| matches!(&planned.act, Act::Submit { answers, .. } if !answers.is_empty()));
        acts
    }

    /// Mostly around the target, sometimes after the deadline, now and then never.
    fn answering_time(&self, form: &FormCard, opened: Millis, dice: &mut Dice) -> Option<Millis> {
        let share = dice.between(350, 1150) * self.pace / 1000;
        let usual = fraction(target(form), share);
        let luck = dice.below(1000);
        match form.deadline {
            _ if luck < 30 => None,
            Some(deadline) if luck < 90 => Some(fraction(deadline, dice.between(1_020, 1_300))),
            Some(deadline) => Some(usual.max(opened.plus(Millis::seconds(5))).min(fraction(deadline, 950))),
            None => Some(usual.max(opened.plus(Millis::seconds(5)))),
        }
    }

    fn grade(&self, dice: &mut Dice) -> SampleGrade {
        let luck = dice.below(1000);
        if luck < self.skill * 7 / 10 {
            SampleGrade::Good
        } else if luck < 850 {
            SampleGrade::Fair
        } else {
            SampleGrade::Weak
        }
    }
}

fn target(form: &FormCard) -> Millis {
    form.target.or(form.deadline.map(|deadline| fraction(deadline, 600))).unwrap_or(USUAL_TARGET)
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
    sample: Option<&Sample>,
    skill: u32,
    dice: &mut Dice,
    words: &Words,
) -> BTreeMap<FieldId, AnswerInput> {
    form.fields
        .iter()
        .filter_map(|field| {
            let answer = match sample.map(|sample| sample.answers.get(&field.id)) {
                Some(Some(known)) => Some(known.clone()),
                Some(None) if !field.required => None,
                None if !field.required && !dice.happens(skill) => None,
                Some(None) | None => made_up(field, dice, words),
            };
            Some((field.id.clone(), answer?))
        })
        .collect()
}

/// An answer from the form alone.
fn made_up(field: &FieldCard, dice: &mut Dice, words: &Words) -> Option<AnswerInput> {
    Some(match &field.kind {
        FieldKindCard::Choice { options } => AnswerInput::Choice(pick(options, dice)?),
        FieldKindCard::MultiChoice { options } => {
            let sure = pick(options, dice)?;
            let others = options.iter().map(|option| option.id.clone()).filter(|_| dice.happens(400));
            AnswerInput::Choices(others.chain([sure]).collect::<BTreeSet<_>>())
        }
        FieldKindCard::LongText { max_chars } => AnswerInput::Text(words.paragraph(dice, *max_chars)),
        FieldKindCard::Decision { options } => {
            AnswerInput::Decision { option: pick(options, dice), rationale: words.rationale(dice) }
        }
        FieldKindCard::Indicators { max_lines } => AnswerInput::Indicators(words::indicators(dice, *max_lines)),
    })
}

fn pick(options: &[ChoiceCard], dice: &mut Dice) -> Option<OptionId> {
    dice.pick(options).map(|option| option.id.clone())
}
