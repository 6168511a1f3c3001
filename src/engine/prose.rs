//! Free text that people write during play. The event holds a salted hash and a length; the bytes
//! are a *part* beside the log, so that they can be erased without breaking the chain.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use super::id::{ItemId, PartId};

/// Randomness that came with a command: ids and salts are derived from it, so deciding the same
/// command again gives the same events.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Mint([u8; 32]);

impl std::fmt::Debug for Mint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mint(..)")
    }
}

impl Mint {
    /// From 32 random bytes.
    #[must_use]
    pub fn new(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// The `n`th id.
    #[must_use]
    pub fn item(&self, n: u32) -> ItemId {
        ItemId(hex::encode(&self.derive(b"item", n)[..16]))
    }

    /// The `n`th piece of text, with an id and a salt of its own.
    #[must_use]
    pub fn prose(&self, n: u32, text: &str) -> Prose {
        let mut salt = [0; 16];
        salt.copy_from_slice(&self.derive(b"salt", n)[..16]);
        Prose {
            part: PartId(hex::encode(&self.derive(b"part", n)[..16])),
            sha256: part_hash(&salt, text),
            bytes: text.len() as u64,
            content: Some(PartContent { salt, text: text.to_owned() }),
        }
    }

    /// A code to read back over the phone: letters and digits that are not mistaken for others.
    #[must_use]
    pub fn code(&self) -> String {
        const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
        let letter = |byte: &u8| char::from(LETTERS[usize::from(byte % 32)]);
        let letters: String = self.derive(b"code", 0).iter().take(6).map(letter).collect();
        format!("{}-{}", &letters[..3], &letters[3..])
    }

    fn derive(&self, label: &[u8], n: u32) -> [u8; 32] {
        Sha256::new().chain_update(self.0).chain_update(label).chain_update(n.to_be_bytes()).finalize().into()
    }
}

/// SHA-256 of salt and text in lower-case hexadecimal.
#[must_use]
pub fn part_hash(salt: &[u8; 16], text: &str) -> String {
    hex::encode(Sha256::new().chain_update(salt).chain_update(text.as_bytes()).finalize())
}

/// A piece of free text as an event holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Prose {
    /// Which part it is.
    pub part: PartId,
    /// SHA-256 of salt and text.
    pub sha256: String,
    /// Length of the text in bytes (UTF-8).
    pub bytes: u64,
    /// The text, joined from the parts when the log is read; none once erased.
    #[serde(skip)]
    pub content: Option<PartContent>,
}

impl Prose {
    /// The text, or none if it was erased.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        self.content.as_ref().map(|content| content.text.as_str())
    }
}

/// What the parts table holds for a piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartContent {
    /// Random salt, so that a short text cannot be guessed from its hash after erasure.
    pub salt: [u8; 16],
    /// The text.
    pub text: String,
}
