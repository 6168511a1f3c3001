//! Whatever comes in, looking at it never panics, and takes no longer than its bytes are worth.

use drillhall::intake::inspect;
use proptest::prelude::*;

use super::samples::{every, locked, zip};
use crate::random::cases;

/// A file of any kind with some bytes changed, cut off, doubled or joined with those of another.
fn mangled() -> impl Strategy<Value = Vec<u8>> {
    let samples: Vec<Vec<u8>> = every().into_iter().map(|(_, bytes)| bytes).collect();
    let one = prop::sample::select(samples.clone());
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8);
    (one, changes, any::<prop::sample::Index>(), prop::option::of(prop::sample::select(samples)), any::<bool>())
        .prop_map(|(mut bytes, changes, cut, other, cuts)| {
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            if cuts {
                bytes.truncate(cut.index(bytes.len()) + 1);
            }
            bytes.extend(other.unwrap_or_default());
            bytes
        })
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn a_mangled_file_is_looked_at_without_harm(bytes in mangled()) {
        let found = inspect(&bytes);
        prop_assert_eq!(found, inspect(&bytes), "the same bytes are the same file");
    }

    #[test]
    fn bytes_behind_any_magic_are_looked_at_without_harm(kind in 0..15_usize, head in 1..12_usize, rest in prop::collection::vec(any::<u8>(), 0..300)) {
        let sample = &every()[kind].1;
        let mut bytes = sample[..head.min(sample.len())].to_vec();
        bytes.extend(rest);
        let _either = inspect(&bytes);
    }
}

#[test]
fn the_worst_cases_are_linear() {
    const MIB: usize = 1024 * 1024;
    let jpeg = [&[0xff, 0xd8, 0xff][..], &vec![0xff; MIB]].concat();
    let ends = b"PK\x05\x06".repeat(MIB / 4);
    let zip_of_ends = [&zip(&[("a", b"a")])[..], &ends].concat();
    let gif = [&b"GIF89a\x01\0\x01\0\0\0\0"[..], &[0x21, 0xfe, 0].repeat(MIB / 3)].concat();
    let markup = [b"GIF89a".to_vec(), b"<".repeat(MIB)].concat();
    for bytes in
        [jpeg, ends, zip_of_ends, gif, markup, b"[".repeat(MIB), b"a,".repeat(MIB / 2), b"%PDF-%%EOF".repeat(MIB / 10)]
    {
        assert!(inspect(&bytes).is_err() || !bytes.starts_with(b"PK"));
    }
    let crowd: Vec<(String, Vec<u8>)> = (0..900).map(|n| (format!("{n}"), vec![b'x'; 1_000])).collect();
    let crowd: Vec<(&str, &[u8])> = crowd.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    assert!(inspect(&locked(zip(&crowd))).unwrap().encrypted);
}
