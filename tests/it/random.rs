//! How many cases a property test tries, and from which seed.

use proptest::test_runner::{Config, RngSeed};

/// So many cases of a property, unless `PROPTEST_CASES` says otherwise. The seed is that of
/// `PROPTEST_RNG_SEED`, else a new one; it is printed, so that a failure can be had again.
pub(crate) fn cases(cases: u32) -> Config {
    let given = Config::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { given.cases } else { cases };
    let seed = match given.rng_seed {
        RngSeed::Fixed(seed) => seed,
        RngSeed::Random => getrandom::u64().unwrap(),
    };
    eprintln!("to repeat this property test: PROPTEST_RNG_SEED={seed} PROPTEST_CASES={cases}");
    Config { cases, rng_seed: RngSeed::Fixed(seed), failure_persistence: None, ..given }
}
