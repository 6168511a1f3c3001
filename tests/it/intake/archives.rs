//! Archives: bombs, tricks with paths, and what is in them.

use drillhall::intake::{ENTRIES_LIMIT, Refused, UNPACKED_LIMIT, inspect};

use super::samples::{locked, stored, zip};

/// Changes a number of every header of a kind.
fn claiming(mut archive: Vec<u8>, signature: [u8; 4], at: usize, value: u32) -> Vec<u8> {
    let found: Vec<usize> =
        archive.windows(4).enumerate().filter(|(_, four)| **four == signature).map(|it| it.0).collect();
    for header in found {
        archive[header + at..header + at + 4].copy_from_slice(&value.to_le_bytes());
    }
    archive
}

#[test]
fn a_bomb_is_not_unpacked() {
    let zeros = vec![0; 12 * 1024 * 1024];
    assert_eq!(inspect(&zip(&[("zeros", &zeros)])), Err(Refused::TooMuchInside), "a thousand times its size");
    let flat = zip(&[("small.txt", b"x")]);
    let limit = u32::try_from(UNPACKED_LIMIT + 1).unwrap();
    let honest = claiming(flat, *b"PK\x01\x02", 24, limit);
    assert_eq!(inspect(&honest), Err(Refused::TooMuchInside), "as it says itself");
    assert_eq!(inspect(&locked(honest)), Err(Refused::TooMuchInside), "a password does not hide it");
}

#[test]
fn a_bomb_that_lies_is_stopped_where_its_lie_ends() {
    let zeros = vec![0; 12 * 1024 * 1024];
    let lying = claiming(claiming(zip(&[("zeros", &zeros)]), *b"PK\x01\x02", 24, 1_000), *b"PK\x03\x04", 22, 1_000);
    assert!(matches!(inspect(&lying), Err(Refused::TooMuchInside | Refused::Broken)), "{:?}", inspect(&lying));
}

#[test]
fn many_entries_on_the_same_bytes_are_a_bomb() {
    // A thousand entries that all point at one packed file.
    let text = vec![b'x'; 90_000];
    let single = zip(&[("a", &text)]);
    let directory = single.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    let end = single.windows(4).position(|four| four == b"PK\x05\x06").unwrap();
    let mut bomb = single[..directory].to_vec();
    for n in 0..200_u8 {
        let mut entry = single[directory..end].to_vec();
        entry[46] = n.wrapping_add(48) % 120 + 1;
        if n % 2 == 0 {
            entry[46] = b'A' + n / 2 % 26;
        }
        bomb.extend(entry);
    }
    let size = u32::try_from(bomb.len() - directory).unwrap();
    let mut record = single[end..].to_vec();
    record[8..10].copy_from_slice(&200_u16.to_le_bytes());
    record[10..12].copy_from_slice(&200_u16.to_le_bytes());
    record[12..16].copy_from_slice(&size.to_le_bytes());
    bomb.extend(record);
    assert!(matches!(inspect(&bomb), Err(Refused::TooMuchInside | Refused::BadPaths | Refused::Broken)));
}

#[test]
fn an_archive_in_an_archive_is_refused() {
    let inner = zip(&[("a.txt", b"a")]);
    for (name, bytes) in
        [("inner.zip", &inner[..]), ("readme.txt", &inner), ("x", b"Rar!\x1a\x07\0"), ("y.gz", b"\x1f\x8b\x08\0")]
    {
        assert_eq!(inspect(&stored(&[("first.txt", b"x"), (name, bytes)])), Err(Refused::Nested), "{name}");
        assert_eq!(inspect(&zip(&[(name, bytes)])), Err(Refused::Nested), "{name}, packed");
    }
}

#[test]
fn there_may_be_a_thousand_files_and_no_more() {
    let names: Vec<String> = (0..=ENTRIES_LIMIT).map(|n| format!("{n}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    assert!(inspect(&stored(&files[..ENTRIES_LIMIT])).is_ok());
    assert_eq!(inspect(&stored(&files)), Err(Refused::TooMuchInside));
    assert_eq!(inspect(&stored(&[])), Err(Refused::Empty));
}

#[test]
fn paths_stay_in_the_folder() {
    for path in [
        "../up.txt",
        "a/../../up.txt",
        "/etc/passwd",
        "C:\\evil.txt",
        "\\\\host\\share",
        "a\\..\\..\\up",
        "bell\u{7}.txt",
    ] {
        assert_eq!(inspect(&zip(&[(path, b"x")])), Err(Refused::BadPaths), "{path}");
        assert_eq!(inspect(&locked(zip(&[(path, b"x")]))), Err(Refused::BadPaths), "{path}, with a password");
    }
    assert!(inspect(&zip(&[("a..b/c...txt", b"x"), ("\u{43b}\u{43e}\u{433}.txt", b"y")])).is_ok());
    let twice = zip(&[("a.txt", b"x"), ("b.txt", b"y")]);
    let twice: Vec<u8> = String::from_utf8_lossy(&twice).contains("b.txt").then(|| replaced(&twice)).unwrap();
    assert_eq!(inspect(&twice), Err(Refused::BadPaths), "two files of one name");
}

fn replaced(archive: &[u8]) -> Vec<u8> {
    let mut bytes = archive.to_vec();
    let found: Vec<usize> = bytes.windows(5).enumerate().filter(|(_, five)| *five == b"b.txt").map(|it| it.0).collect();
    for at in found {
        bytes[at] = b'a';
    }
    bytes
}

#[test]
fn links_macros_and_strange_packing_are_refused() {
    let link = claiming(zip(&[("link", b"/etc/passwd")]), *b"PK\x01\x02", 38, 0o120_777 << 16);
    let link = claiming_unix(link);
    assert_eq!(inspect(&link), Err(Refused::BadPaths), "a link");
    let types: &[u8] = b"<Types/>";
    let with_macros =
        zip(&[("[Content_Types].xml", types), ("word/document.xml", b"<d/>"), ("word/vbaProject.bin", b"x")]);
    assert_eq!(inspect(&with_macros), Err(Refused::Active));
    let mut strange = zip(&[("a.txt", b"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]);
    for (signature, at) in [(*b"PK\x03\x04", 8), (*b"PK\x01\x02", 10)] {
        let header = strange.windows(4).position(|four| four == signature).unwrap();
        strange[header + at] = 14;
    }
    assert_eq!(inspect(&strange), Err(Refused::Unreadable), "packed with something else than deflate");
    let mut damaged = stored(&[("a.txt", b"canary text")]);
    let at = damaged.windows(6).position(|six| six == b"canary").unwrap();
    damaged[at] = b'C';
    assert_eq!(inspect(&damaged), Err(Refused::Broken), "a wrong checksum");
}

/// Says that an archive was made where links exist.
fn claiming_unix(mut archive: Vec<u8>) -> Vec<u8> {
    let header = archive.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    archive[header + 5] = 3;
    archive
}
