//! Which passwords are no good although they are long: those that everybody thinks of, those made of what the
//! person or the platform is called, runs of keys, and the same again and again. What is left of a password
//! without all that must be long enough by itself. Nothing is asked about capitals, digits or signs.

use std::ops::RangeInclusive;

use crate::id::token_hash;

/// How long a password is, in characters.
pub(super) const CHARACTERS: RangeInclusive<usize> = 15..=256;
/// What must be left of it, in characters.
const LEFT: usize = 8;
/// Shortest run of neighbouring keys, or of the alphabet, that counts as one thing.
const RUN: usize = 3;

/// Words that passwords are made of again and again; whole lists of stolen passwords are these with some digits.
const COMMON: &str = "\
    password passwort motdepasse contrasena senha parol passphrase passcode pass welcome bienvenue bienvenido \
    letmein admin administrator root user login logon guest test testing default changeme change secret master \
    server system super access account computer internet network security secure private temp temporary hello \
    iloveyou love lovely baby angel princess sunshine flower butterfly dragon monkey tiger shadow killer superman \
    batman spiderman starwars pokemon football baseball basketball soccer hockey liverpool chelsea arsenal \
    barcelona manchester united michael jennifer jessica jordan charlie daniel thomas andrew ashley nicole \
    michelle whatever trustno freedom forever google facebook linkedin microsoft windows summer winter spring \
    autumn january";

/// What this platform is and does: the first that somebody guesses here.
const OURS: &str = "\
    drillhall drill hall exercise exercice ejercicio cyber cyberdrill ciber cert csirt cirt incident response \
    inject director facilitator evaluator observer team national zephyrine startex endex";

/// Keys beside each other, and what is counted or recited.
const RUNS: &str = "\
    1234567890 qwertyuiop asdfghjkl zxcvbnm qwertzuiop azertyuiop yxcvbnm qsdfghjklm wxcvbn \
    abcdefghijklmnopqrstuvwxyz 1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p 1q2w3e4r5t6y7u8i9o0p \
    qazwsxedcrfvtgbyhnujmikolp q1w2e3r4t5y6u7i8o9p0 a1s2d3f4g5h6j7k8l9 1a2s3d4f5g6h7j8k9l qawsedrftgyhujikolp \
    12qwaszx34erdfcv56tyghbn 11223344556677889900 010203040506070809 102030405060708090";

/// The first bytes of the hashes of what people use of this length that is none of all that, among the thirty
/// thousand passwords used most.
const KNOWN: [&str; 5] =
    ["775b9c200002c4cc", "e4005e2c1578a1e8", "1c699d06d9663a03", "ae5deb865d391af1", "837035490f08cb65"];

/// Whether a password of the right length is too easy to guess, for somebody of a login.
pub(super) fn is_weak(password: &str, login: &str) -> bool {
    let plain = plain(password);
    if KNOWN.iter().any(|known| token_hash(&plain).starts_with(known)) {
        return true;
    }
    let plain = unmirrored(unrepeated(&plain));
    let login = self::plain(login);
    let parts = login.split(|c: char| !c.is_alphanumeric()).filter(|part| part.chars().count() >= RUN);
    let words: Vec<&str> = parts.chain(COMMON.split(' ')).chain(OURS.split(' ')).collect();
    left(plain, &words) < LEFT
}

/// In small letters, with digits and signs that stand for letters read as those.
fn plain(text: &str) -> String {
    let read = |c: char| match c {
        '@' => 'a',
        '$' => 's',
        '!' => 'i',
        c => c,
    };
    text.chars().flat_map(char::to_lowercase).map(read).filter(|c| !c.is_whitespace()).collect()
}

/// What is repeated, once.
fn unrepeated(text: &str) -> &str {
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let repeats = |length: usize| letters.iter().zip(&letters[length..]).all(|((_, a), (_, b))| a == b);
    match (1..=letters.len() / 2).find(|length| repeats(*length)) {
        Some(length) => &text[..letters[length].0],
        None => text,
    }
}

/// What is read the same from both sides, up to its middle.
fn unmirrored(text: &str) -> &str {
    let length = text.chars().count();
    if !text.chars().eq(text.chars().rev()) {
        return text;
    }
    text.char_indices().nth(length.div_ceil(2)).map_or(text, |(middle, _)| &text[..middle])
}

/// How many different characters are left without words and runs.
fn left(mut text: &str, words: &[&str]) -> usize {
    let mut left = Vec::new();
    while let Some(next) = text.chars().next() {
        let known = words.iter().filter(|word| starts_with_word(text, word)).map(|word| word.len()).max();
        if let Some(length) = known.max(run(text)) {
            text = &text[length..];
            continue;
        }
        if next.is_alphanumeric() && left.last() != Some(&next) {
            left.push(next);
        }
        text = &text[next.len_utf8()..];
    }
    left.len()
}

/// Whether a text begins with a word, also where digits stand for its letters.
fn starts_with_word(text: &str, word: &str) -> bool {
    let same = |(typed, letter): (char, char)| {
        typed == letter
            || matches!(
                (typed, letter),
                ('0', 'o') | ('1', 'i' | 'l') | ('3', 'e') | ('4', 'a') | ('5', 's') | ('7', 't') | ('i', 'l')
            )
    };
    text.len() >= word.len() && text.is_char_boundary(word.len()) && text.chars().zip(word.chars()).all(same)
}

/// Bytes of a run of keys that a text begins with, forwards or backwards, or of one character again and again.
fn run(text: &str) -> Option<usize> {
    let same = text.chars().next().map_or(0, |first| text.chars().take_while(|c| *c == first).count());
    let keys = RUNS.split(' ').flat_map(|keys| [keys.to_owned(), keys.chars().rev().collect()]);
    let along = keys.filter_map(|keys: String| {
        let from = keys.find(text.chars().next()?)?;
        Some(keys[from..].chars().zip(text.chars()).take_while(|(key, typed)| key == typed).count())
    });
    let length = along.chain([same]).max().filter(|length| *length >= RUN)?;
    // Runs are ASCII but for one character again and again.
    text.char_indices().nth(length).map_or(Some(text.len()), |(end, _)| Some(end))
}
