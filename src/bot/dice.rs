//! Chance that can be repeated: the same seed and labels give the same throws on every machine.

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};
use sha2::{Digest, Sha256};

use crate::engine::time::Millis;

/// A run of throws.
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    /// The throws that belong to a seed and to what the labels name. Throws for one thing never
    /// depend on how many were made for another.
    pub(super) fn new(seed: u64, labels: &[&str]) -> Self {
        let mut hash = Sha256::new().chain_update(seed.to_be_bytes());
        for label in labels {
            hash.update((label.len() as u64).to_be_bytes());
            hash.update(label);
        }
        Self(ChaCha8Rng::from_seed(hash.finalize().into()))
    }

    /// A number below `n`; nought if there is none.
    pub(super) fn below(&mut self, n: u32) -> u32 {
        let scaled = u64::from(self.0.next_u32()) * u64::from(n);
        u32::try_from(scaled >> 32).unwrap_or_default()
    }

    /// Whether something happens that happens in so many of a thousand cases.
    pub(super) fn happens(&mut self, permille: u32) -> bool {
        self.below(1000) < permille
    }

    /// A number from `low` up to, not including, `high`.
    pub(super) fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high.saturating_sub(low))
    }

    /// A length of time from `low` up to `high`; `low` if there is nothing between.
    pub(super) fn time(&mut self, low: Millis, high: Millis) -> Millis {
        let span = u32::try_from(high.minus(low).0.max(0)).unwrap_or(u32::MAX);
        low.plus(Millis(i64::from(self.below(span))))
    }

    /// One of several; none if there are none.
    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let count = u32::try_from(from.len()).unwrap_or(u32::MAX);
        from.get(usize::try_from(self.below(count)).unwrap_or_default())
    }

    /// Bytes for ids and salts.
    pub(super) fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.fill_bytes(&mut bytes);
        bytes
    }
}
