//! What the fuzzer has found worth keeping goes through the same functions as there, on each run: `make fuzz`
//! looks for more.

use std::{fs, panic, path::Path};

#[path = "../../fuzz/judge/mod.rs"]
mod judge;

/// All corpora together stay small enough to be part of the repository.
const BYTES_LIMIT: u64 = 2 * 1024 * 1024;

#[test]
fn everything_kept_by_the_fuzzer_is_judged_without_harm() {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let mut bytes = 0;
    for (target, judge) in judge::TARGETS {
        let mut kept = 0;
        for entry in fs::read_dir(corpora.join(target)).unwrap() {
            let path = entry.unwrap().path();
            let input = fs::read(&path).unwrap();
            bytes += input.len() as u64;
            kept += 1;
            let judged = panic::catch_unwind(|| judge(&input));
            assert!(judged.is_ok(), "{} is not judged without harm", path.display());
        }
        assert!(kept > 0, "nothing is kept for {target}");
    }
    assert!(bytes <= BYTES_LIMIT, "the corpora have {bytes} bytes: keep fewer");
}
