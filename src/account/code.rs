//! Re-entry: a person takes the own seat, with its drafts, along to another device by a short code.
//!
//! Eight characters of Crockford's base 32 are 40 bits: 1.1 · 10^12 codes. Whoever guesses meets two walls (see
//! [`Limits::enter_code`]): 300 tries a minute from an address, 1,500 a minute in all. In the ten minutes that a code
//! lives that is 15,000 tries; with 500 codes out at once, which is a hall that moves house, the chance that any of
//! them is hit is 15,000 · 500 / 1.1 · 10^12, less than one in a hundred thousand. A flood that never ends, for a year,
//! against the five codes that are out on an ordinary day, has 7.9 · 10^8 tries: four in a thousand, for one seat of
//! one player, who is told at once because the seat on the own device ends. Codes work once, and the store keeps their
//! hashes.
//!
//! What a camera reads is a token of 160 bits behind `/join#`: nobody guesses that, so no limit of addresses counts
//! it, and a hall whose typed codes somebody has flooded still moves its seats by pointing a camera at them.
//!
//! The seat on the old device ends. A lost, lent or stolen device must not go on answering for somebody, and one
//! person on two devices looks to the team like two. Whoever wants to work on two devices takes two seats.
//!
//! [`Limits::enter_code`]: crate::http::limits::Limits::enter_code

use super::{Accounts, SeatId};
use crate::{
    engine::{
        id::{ExerciseId, PersonId},
        role::Role,
        time::{Millis, Timestamp},
    },
    id::{Random, token_hash},
    store::{SeatCode, StoreError},
};

/// Digits and letters without those that look like others (Crockford).
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 8;
/// Long enough to walk over to the other device.
const CODE_LENGTH: Millis = Millis::minutes(10);

/// A code as it is shown, once.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct NewCode {
    /// To be typed: two groups of four.
    pub code: String,
    /// To be read by a camera, behind `/join#`.
    pub token: String,
    pub expires_at: Timestamp,
}

impl Accounts {
    /// A new code for a person's seat; the one before works no more.
    pub async fn mint_code(
        &self,
        exercise: &ExerciseId,
        person: &PersonId,
        link: Option<String>,
    ) -> Result<NewCode, StoreError> {
        let now = self.0.clock.now();
        let (code, token) = (drawn(&self.0.random), format!("seat-{}", self.0.random.token()));
        let expires_at = now.plus(CODE_LENGTH);
        let kept = SeatCode {
            code_hash: token_hash(&code),
            token_hash: token_hash(&token),
            exercise: exercise.clone(),
            person: person.clone(),
            link,
            created_at: now,
            expires_at,
        };
        self.0.store.put_code(&kept).await?;
        Ok(NewCode { code: format!("{}-{}", &code[..LENGTH / 2], &code[LENGTH / 2..]), token, expires_at })
    }

    /// Opens a person's seat on another device, and ends those that the person has.
    pub async fn move_seat(&self, id: SeatId, code: &SeatCode, role: Role) -> Result<(SeatId, String), StoreError> {
        self.0.store.revoke_seats_of_person(&code.exercise, &code.person, self.0.clock.now()).await?;
        self.open_seat(id, &code.exercise, &code.person, role, code.link.as_deref()).await
    }
}

fn drawn(random: &Random) -> String {
    // 256 is a multiple of 32: each letter is as likely as any other.
    random.bytes::<LENGTH>().iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect()
}

/// A code as it was meant, however it was typed: small letters, spaces and hyphens do not matter, and what looks like
/// a digit is one. None if it cannot be a code.
#[must_use]
pub fn meant(typed: &str) -> Option<String> {
    let letters = typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}'));
    let read = |letter: char| match letter.to_ascii_uppercase() {
        'O' => Some('0'),
        'I' | 'L' => Some('1'),
        'U' => Some('V'),
        other => u8::try_from(other).ok().filter(|byte| LETTERS.contains(byte)).map(char::from),
    };
    let code: String = letters.take(LENGTH + 1).map(read).collect::<Option<_>>()?;
    (code.len() == LENGTH).then_some(code)
}
