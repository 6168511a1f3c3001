//! The only file that draws randomness. Everybody else asks a [`Random`] that was handed to them, so
//! a simulation is repeated from its seed.

use std::sync::{Arc, Mutex, PoisonError};

use rand_chacha::{
    ChaCha20Rng,
    rand_core::{Rng, SeedableRng},
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::engine::prose::Mint;

/// Bytes in a token: 160 bits, out of reach of guessing.
const TOKEN_BYTES: usize = 20;

/// A source of ids, secrets and salts. Clones draw from the same source.
#[derive(Clone, Debug)]
pub struct Random(Source);

#[derive(Clone)]
enum Source {
    System,
    Seeded(Arc<Mutex<Seeded>>),
}

struct Seeded {
    generator: ChaCha20Rng,
    /// Stands for the time in version 7 UUIDs, so that they sort in the order of drawing.
    uuids: u64,
}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::System => "System",
            Self::Seeded(_) => "Seeded",
        })
    }
}

impl Random {
    /// Randomness of the operating system.
    #[must_use]
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// The same sequence for the same seed. For tests and simulations: whoever knows the seed knows
    /// every secret drawn.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        let generator = ChaCha20Rng::seed_from_u64(seed);
        Self(Source::Seeded(Arc::new(Mutex::new(Seeded { generator, uuids: 0 }))))
    }

    /// What a command needs to derive its ids and salts.
    #[must_use]
    pub fn mint(&self) -> Mint {
        Mint::new(self.bytes())
    }

    /// A secret for a link or a cookie, in lower-case hexadecimal.
    #[must_use]
    pub fn token(&self) -> String {
        hex::encode(self.bytes::<TOKEN_BYTES>())
    }

    /// A version 7 UUID: later ones sort behind earlier ones.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "here ids are made, and nowhere else")]
    pub fn uuid(&self) -> Uuid {
        match &self.0 {
            Source::System => Uuid::now_v7(),
            Source::Seeded(seeded) => {
                let mut seeded = seeded.lock().unwrap_or_else(PoisonError::into_inner);
                let mut bytes = [0; 10];
                seeded.generator.fill_bytes(&mut bytes);
                seeded.uuids += 1;
                uuid::Builder::from_unix_timestamp_millis(seeded.uuids, &bytes).into_uuid()
            }
        }
    }

    /// So many random bytes.
    ///
    /// # Panics
    /// If the operating system has no randomness to give: nothing safe could be done without.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "here randomness is drawn, and nowhere else")]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        match &self.0 {
            Source::System => getrandom::fill(&mut bytes).expect("the operating system gives randomness"),
            Source::Seeded(seeded) => {
                seeded.lock().unwrap_or_else(PoisonError::into_inner).generator.fill_bytes(&mut bytes);
            }
        }
        bytes
    }
}

/// What the store keeps of a token: its SHA-256 in lower-case hexadecimal. Tokens are random, so
/// they need no slow hash.
#[must_use]
pub fn token_hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}
