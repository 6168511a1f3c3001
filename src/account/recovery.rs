//! Recovery codes: on paper, for the day that the device is gone. Random, so a plain hash is enough to keep, and
//! shown once.

use crate::id::{Random, token_hash};

/// How many are made together.
pub(super) const CODES: usize = 10;
/// 120 bits: a code cannot be found from its hash.
const BYTES: usize = 15;
/// Letters and digits that nobody takes for one another.
const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";
/// Letters between two hyphens.
const GROUP: usize = 4;

/// A new code, in groups, as people copy it.
pub(super) fn new_code(random: &Random) -> String {
    let bytes: [u8; BYTES] = random.bytes();
    let mut code = String::new();
    // Five bytes are eight letters of five bits each.
    for (at, bits) in bytes.chunks(5).flat_map(eight_letters).enumerate() {
        if at > 0 && at % GROUP == 0 {
            code.push('-');
        }
        code.push(bits);
    }
    code
}

fn eight_letters(five: &[u8]) -> [char; 8] {
    let bits = five.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
    std::array::from_fn(|at| char::from(LETTERS[(bits >> (35 - 5 * at) & 31) as usize]))
}

/// What the store keeps of a code, however it was typed.
pub(super) fn hash(code: &str) -> String {
    let letters: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    token_hash(&letters.to_ascii_lowercase())
}
