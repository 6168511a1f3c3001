//! What a team receives, put into one language. Only [`Content`] comes in here: staff notes have
//! no way to a player's card.

use super::card::{
    AnswerCard, AttachmentCard, ChoiceCard, FieldCard, FieldKindCard, FormCard, HintCard, InjectCard, ProseCard,
    RecognisedCard, SectionCard, SenderCard,
};
use crate::engine::{
    event::Answer,
    id::InjectId,
    plan::{Attachment, Choice, Content, Field, FieldKind, Form, HintOffer, Persona, Section},
    prose::Prose,
    text::Language,
    time::{Millis, Timestamp},
};

pub(super) fn inject(
    id: &InjectId,
    content: &Content,
    released_at: Timestamp,
    clock_at_release: Millis,
    language: &Language,
) -> InjectCard {
    let (read_in, body) = content.body.read(language).unwrap_or((language, ""));
    InjectCard {
        inject: id.clone(),
        title: content.title.get(language).to_owned(),
        body: body.to_owned(),
        language: read_in.clone(),
        channel: content.channel,
        from: content.from.as_ref().map(|persona| sender(persona, language)),
        attachments: content.attachments.iter().map(|file| attachment(file, language)).collect(),
        form: content.form.as_ref().map(|asked| form(asked, language)),
        released_at,
        clock_at_release,
        corrects: content.corrects.clone(),
    }
}

pub(super) fn sender(persona: &Persona, language: &Language) -> SenderCard {
    SenderCard {
        id: persona.id.clone(),
        name: persona.name.get(language).to_owned(),
        organisation: persona.organisation.as_ref().map(|organisation| organisation.get(language).to_owned()),
    }
}

fn attachment(file: &Attachment, language: &Language) -> AttachmentCard {
    AttachmentCard {
        hash: file.hash.clone(),
        name: file.name.clone(),
        media_type: file.media_type.clone(),
        bytes: file.bytes,
        alt: file.alt.get(language).to_owned(),
    }
}

fn form(form: &Form, language: &Language) -> FormCard {
    FormCard {
        acknowledge: form.acknowledge,
        target: form.target,
        deadline: form.deadline,
        fields: form.fields.iter().map(|asked| field(asked, language)).collect(),
        sections: form.sections.iter().map(|made| section(made, language)).collect(),
        hints: form.hints.iter().map(|offer| hint(offer, language)).collect(),
    }
}

fn section(section: &Section, language: &Language) -> SectionCard {
    SectionCard { id: section.id.clone(), document: section.document, title: section.title.get(language).to_owned() }
}

fn hint(offer: &HintOffer, language: &Language) -> HintCard {
    HintCard { id: offer.id.clone(), label: offer.label.get(language).to_owned(), price_permille: offer.price_permille }
}

pub(super) fn field(field: &Field, language: &Language) -> FieldCard {
    let options = |options: &[Choice]| options.iter().map(|option| choice(option, language)).collect();
    FieldCard {
        id: field.id.clone(),
        label: field.label.get(language).to_owned(),
        help: field.help.as_ref().map(|help| help.get(language).to_owned()),
        required: field.required,
        wanted: field.wanted,
        section: field.section.clone(),
        points: field.points,
        kind: match &field.kind {
            FieldKind::Choice { options: list } => FieldKindCard::Choice { options: options(list) },
            FieldKind::MultiChoice { options: list } => FieldKindCard::MultiChoice { options: options(list) },
            FieldKind::LongText { max_chars } => FieldKindCard::LongText { max_chars: *max_chars },
            FieldKind::Decision { options: list } => FieldKindCard::Decision { options: options(list) },
            FieldKind::Indicators { max_lines } => FieldKindCard::Indicators { max_lines: *max_lines },
            FieldKind::Number { least, most, unit } => FieldKindCard::Number {
                least: *least,
                most: *most,
                unit: unit.as_ref().map(|unit| unit.get(language).to_owned()),
            },
            FieldKind::ShortText { max_chars } => FieldKindCard::ShortText { max_chars: *max_chars },
            FieldKind::Classification => FieldKindCard::Classification,
            FieldKind::Severity => FieldKindCard::Severity,
            FieldKind::Techniques { most } => FieldKindCard::Techniques { most: *most },
            FieldKind::Timestamp => FieldKindCard::Timestamp,
            FieldKind::File => FieldKindCard::File,
        },
    }
}

fn choice(choice: &Choice, language: &Language) -> ChoiceCard {
    ChoiceCard { id: choice.id.clone(), label: choice.label.get(language).to_owned() }
}

pub(super) fn prose(prose: &Prose) -> ProseCard {
    ProseCard { part: prose.part.clone(), text: prose.text().map(str::to_owned) }
}

pub(super) fn answer(answer: &Answer) -> AnswerCard {
    match answer {
        Answer::Choice(option) => AnswerCard::Choice { option: option.clone() },
        Answer::Choices(options) => AnswerCard::Choices { options: options.iter().cloned().collect() },
        Answer::Text(text) => AnswerCard::Text { text: prose(text) },
        Answer::Decision { option, rationale } => {
            AnswerCard::Decision { option: option.clone(), rationale: prose(rationale) }
        }
        Answer::Indicators(lines) => {
            AnswerCard::Indicators { lines: prose(lines), recognised: lines.text().map(RecognisedCard::of) }
        }
        Answer::Number(number) => AnswerCard::Number { number: *number },
        Answer::Time { at, offset } => AnswerCard::Time { time: *at, offset: *offset },
        Answer::File(hash) => AnswerCard::File { hash: hash.clone() },
    }
}
