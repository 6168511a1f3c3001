//! Indicators as people type them, and what holds for everything that anybody may type.

use std::collections::BTreeSet;

use drillhall::engine::indicator::{Indicator, Kind, f1, parse, parse_all, parse_in_order};
use proptest::prelude::*;

use crate::random::cases;

#[track_caller]
fn assert_read(table: &[(&str, Kind, &str)]) {
    for (typed, kind, value) in table {
        let found = parse(typed);
        assert_eq!((found.kind, found.value.as_str()), (*kind, *value), "{typed:?}");
        assert_holds(typed);
    }
}

#[track_caller]
fn assert_holds(typed: &str) {
    let found = parse(typed);
    assert_eq!(parse(&found.value), found, "the normal form of {typed:?} is its own");
    assert_eq!(parse(&found.defanged()), found, "{:?} means what {typed:?} does", found.defanged());
}

#[test]
fn addresses_and_networks_are_canonical() {
    assert_read(&[
        ("192.0.2.1", Kind::Ipv4, "192.0.2.1"),
        ("192[.]0[.]2[.]1", Kind::Ipv4, "192.0.2.1"),
        ("192(.)0{.}2[dot]1", Kind::Ipv4, "192.0.2.1"),
        ("192\\.0\\.2\\.1", Kind::Ipv4, "192.0.2.1"),
        ("１９２．０．２．１", Kind::Ipv4, "192.0.2.1"),
        ("192。0。2。1", Kind::Ipv4, "192.0.2.1"),
        (" - “192.0.2.1”, ", Kind::Ipv4, "192.0.2.1"),
        ("IP: 192.0.2.1.", Kind::Ipv4, "192.0.2.1"),
        ("192.0.2.1:8080", Kind::Ipv4, "192.0.2.1"),
        ("192.0.2.1/32", Kind::Ipv4, "192.0.2.1"),
        ("192.0.2.010", Kind::Other, "192.0.2.010"),
        ("192.0.2.256", Kind::Other, "192.0.2.256"),
        ("192.0.2", Kind::Other, "192.0.2"),
        ("192.0.2.77/24", Kind::Network, "192.0.2.0/24"),
        ("192.0.2.77/0", Kind::Network, "0.0.0.0/0"),
        ("192.0.2.77/33", Kind::Other, "192.0.2.77/33"),
        ("2001:DB8:0:0::0001", Kind::Ipv6, "2001:db8::1"),
        ("2001[:]db8::1", Kind::Ipv6, "2001:db8::1"),
        ("[2001:db8::1]", Kind::Ipv6, "2001:db8::1"),
        ("[2001:db8::1]:443", Kind::Ipv6, "2001:db8::1"),
        ("2001:db8::", Kind::Ipv6, "2001:db8::"),
        ("2001:db8::1/128", Kind::Ipv6, "2001:db8::1"),
        ("2001:db8:ffff::1/33", Kind::Network, "2001:db8:8000::/33"),
        ("2001:db8::1/129", Kind::Other, "2001:db8::1/129"),
        ("aa:bb:cc:dd:ee:ff", Kind::Other, "aa:bb:cc:dd:ee:ff"),
    ]);
}

#[test]
fn names_and_urls_are_read_through_their_defanging() {
    assert_read(&[
        ("Evil.Example", Kind::Domain, "evil.example"),
        ("evil[.]example", Kind::Domain, "evil.example"),
        ("evil [dot] example (DOT) org", Kind::Domain, "evil.example.org"),
        ("evil.exa\u{200b}mple", Kind::Domain, "evil.example"),
        ("`evil.example`", Kind::Domain, "evil.example"),
        ("(evil.example)", Kind::Domain, "evil.example"),
        ("evil.example.", Kind::Domain, "evil.example"),
        ("evil.example/", Kind::Domain, "evil.example"),
        ("evil.example:8443", Kind::Domain, "evil.example"),
        ("_dmarc.evil.example", Kind::Domain, "_dmarc.evil.example"),
        ("مثال.إختبار", Kind::Domain, "مثال.إختبار"),
        ("Пример.Испытание", Kind::Domain, "пример.испытание"),
        ("xn--e1afmkfd.example", Kind::Domain, "xn--e1afmkfd.example"),
        ("evil..example", Kind::Other, "evil..example"),
        ("-evil.example", Kind::Other, "-evil.example"),
        ("localhost", Kind::Other, "localhost"),
        ("hxxp://Evil[.]Example/Path/", Kind::Url, "http://evil.example/Path"),
        ("hXXps[://]evil[.]example", Kind::Url, "https://evil.example"),
        ("HTTPS://evil.example:443/", Kind::Url, "https://evil.example"),
        ("https[:]//evil.example:8443/", Kind::Url, "https://evil.example:8443"),
        ("h**p://evil.example/a.b?q=A#F", Kind::Url, "http://evil.example/a.b?q=A#F"),
        ("http://evil.example?q=1", Kind::Url, "http://evil.example/?q=1"),
        ("<http://evil.example/a_(b)>", Kind::Url, "http://evil.example/a_(b)"),
        ("fxp://user@evil.example/x", Kind::Url, "ftp://user@evil.example/x"),
        ("ssh://evil.example:22", Kind::Url, "ssh://evil.example"),
        ("hxxp://192.0.2.1:8080/a", Kind::Url, "http://192.0.2.1:8080/a"),
        ("http://[2001:DB8::1]:80/a", Kind::Url, "http://[2001:db8::1]/a"),
        ("url: hxxp://evil[.]example/a.", Kind::Url, "http://evil.example/a"),
        ("evil[.]example/login", Kind::Url, "http://evil.example/login"),
        ("http://evil.example/.)/", Kind::Url, "http://evil.example"),
        ("http://evil example/", Kind::Other, "http://evil example/"),
        ("http://", Kind::Other, "http://"),
    ]);
}

#[test]
fn people_hashes_and_numbers() {
    assert_read(&[
        ("Ann.B@Evil.Example", Kind::Email, "Ann.B@evil.example"),
        ("ann[at]evil[.]example", Kind::Email, "ann@evil.example"),
        ("ann (at) evil (dot) example", Kind::Email, "ann@evil.example"),
        ("mailto:ann[@]evil.example", Kind::Email, "ann@evil.example"),
        ("Ann B <ann@evil.example>", Kind::Email, "ann@evil.example"),
        ("ann@localhost", Kind::Other, "ann@localhost"),
        ("MD5: D41D8CD98F00B204E9800998ECF8427E", Kind::Md5, "d41d8cd98f00b204e9800998ecf8427e"),
        ("da39a3ee5e6b4b0d3255bfef95601890afd80709", Kind::Sha1, "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
        (&"AB".repeat(32), Kind::Sha256, &"ab".repeat(32)),
        (&format!("sha-512 = {}", "0".repeat(128)), Kind::Sha512, &"0".repeat(128)),
        (&"ab".repeat(31), Kind::Other, &"ab".repeat(31)),
        ("cve-2024-12345", Kind::Cve, "CVE-2024-12345"),
        ("CVE 2024 1234", Kind::Cve, "CVE-2024-1234"),
        ("CVE‑2024–1234", Kind::Cve, "CVE-2024-1234"),
        ("CVE-24-1234", Kind::Other, "CVE-24-1234"),
        ("as64496", Kind::Asn, "AS64496"),
        ("ASN 064496", Kind::Asn, "AS64496"),
        ("AS4294967296", Kind::Other, "AS4294967296"),
    ]);
}

#[test]
fn files_and_keys() {
    assert_read(&[
        ("Invoice.PDF.exe", Kind::FileName, "invoice.pdf.exe"),
        ("payload.zip", Kind::FileName, "payload.zip"),
        ("www.payload.zip", Kind::Domain, "www.payload.zip"),
        ("C:\\Windows\\Temp\\A.exe", Kind::FilePath, "c:\\windows\\temp\\a.exe"),
        ("c:/windows/temp/", Kind::FilePath, "c:\\windows\\temp"),
        ("C:\\.ssh\\.keys", Kind::FilePath, "c:\\.ssh\\.keys"),
        ("\"C:\\Program Files (x86)\"", Kind::FilePath, "c:\\program files (x86)"),
        ("%AppData%\\x", Kind::FilePath, "%appdata%\\x"),
        ("\\\\Host\\share", Kind::FilePath, "\\\\host\\share"),
        ("/tmp/.X/Run", Kind::FilePath, "/tmp/.X/Run"),
        ("./a/b.txt", Kind::FilePath, "./a/b.txt"),
        ("HKEY_LOCAL_MACHINE\\Software\\Run\\", Kind::RegistryKey, "HKLM\\software\\run"),
        ("hkcu:\\Software\\.X", Kind::RegistryKey, "HKCU\\software\\.x"),
        ("Computer\\HKEY_USERS\\S-1-5", Kind::RegistryKey, "HKU\\s-1-5"),
        ("CORP\\ann", Kind::Other, "CORP\\ann"),
    ]);
}

#[test]
fn what_is_not_understood_stays_as_it_was_typed() {
    assert_read(&[
        ("", Kind::Other, ""),
        (" \u{200b} ", Kind::Other, ""),
        ("“ ( ", Kind::Other, ""),
        ("Global\\Mutex  X", Kind::Other, "Global\\Mutex X"),
        ("we saw nothing.", Kind::Other, "we saw nothing"),
    ]);
    let long = format!("http://evil.example/{}", "a".repeat(480));
    assert_eq!(parse(&long).kind, Kind::Url, "500 characters are not too long");
    assert_holds(&long);
    let longer = format!("{long}a");
    assert_eq!(parse(&longer), Indicator { kind: Kind::Other, value: longer.clone() });
    assert_holds(&longer);
    assert_holds(&format!(" {}", "(".repeat(10_000)));
}

#[test]
fn what_is_wrapped_without_end_is_not_unwrapped_for_ever() {
    assert_read(&[("ip: domain: url = (“hxxp://evil[.]example/.)/”)", Kind::Url, "http://evil.example")]);
    for wrapped in ["ip:".repeat(150) + "192.0.2.1", "http://evil.example".to_owned() + &"/.)".repeat(150)] {
        assert_eq!(parse(&wrapped), Indicator { kind: Kind::Other, value: wrapped.clone() });
        assert_holds(&wrapped);
    }
}

#[test]
fn the_same_thing_typed_twice_is_one_indicator() {
    let lines = ["evil.example", "Evil[.]Example", "", "192.0.2.1, 192.0.2.2;cve-2024-1234", "nothing else, ok"];
    let found: Vec<_> = parse_all(lines).into_iter().map(|found| found.value).collect();
    assert_eq!(found, ["192.0.2.1", "192.0.2.2", "evil.example", "CVE-2024-1234", "nothing else, ok"]);
    let found: Vec<_> = parse_in_order(lines).into_iter().map(|found| found.value).collect();
    assert_eq!(found, ["evil.example", "192.0.2.1", "192.0.2.2", "CVE-2024-1234", "nothing else, ok"]);
}

#[test]
fn shown_indicators_lead_nowhere() {
    let shown = [
        ("evil.example", "evil[.]example"),
        ("192.0.2.1", "192[.]0[.]2[.]1"),
        ("192.0.2.0/24", "192[.]0[.]2[.]0/24"),
        ("2001:db8::1", "2001[:]db8::1"),
        ("ann.b@evil.example", "ann.b[@]evil[.]example"),
        ("https://evil.example/a.b", "hxxps://evil[.]example/a.b"),
        ("ftp://a.b@evil.example", "fxp://a.b@evil[.]example"),
        ("ws://evil.example:81", "ws[://]evil[.]example:81"),
        ("CVE-2024-1234", "CVE-2024-1234"),
    ];
    for (typed, wanted) in shown {
        assert_eq!(parse(typed).defanged(), wanted);
    }
}

#[test]
fn an_overlap_says_what_is_missing_and_what_is_too_much() {
    let right = parse_all(["a.example", "b.example", "c.example"]);
    let given = parse_all(["b[.]example", "C.EXAMPLE", "d.example"]);
    let overlap = f1(&right, &given);
    assert_eq!(overlap.matched, parse_all(["b.example", "c.example"]));
    assert_eq!(overlap.missing, parse_all(["a.example"]));
    assert_eq!(overlap.extra, parse_all(["d.example"]));
    assert_eq!(overlap.permille(), 666, "precision and recall are two thirds");
    assert_eq!(f1(&right, &right).permille(), 1000);
    assert_eq!(f1(&right, &BTreeSet::new()).permille(), 0);
    assert_eq!(f1(&BTreeSet::new(), &given).permille(), 0);
    assert_eq!(f1(&BTreeSet::new(), &BTreeSet::new()).permille(), 1000);
}

/// Text that is made of what indicators and their wrappings are made of.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "(hxxps?|https?|fxp|ssh|file|ip|url|cve|as|hklm|c)",
        "(://|\\[://\\]|:|\\[:\\]|::|/|\\\\|\\\\\\.|@|\\[at\\]|%|#|\\?|=)",
        "(\\.|\\[\\.\\]|\\(dot\\)|\\{\\.\\}|。|,|;|!)",
        "(\\[|\\]|\\(|\\)|<|>|\"|'|“|”|`|- |\\* | |\u{200b}|\u{ad})",
        "[a-zA-Z0-9_-]{1,4}",
        "(evil|example|192\\.0\\.2\\.1|2001:db8::1|exe|zip|2024-1234|/24|مثال|İ|ß|Σ|ａ．ｂ)",
        "[[:any:]]",
    ];
    proptest::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(cases(1_000))]

    #[test]
    fn everything_typed_has_a_normal_form_that_is_its_own(
        typed in prop_oneof![pieces(), any::<String>(), "\\PC{0,600}"],
    ) {
        let found = parse(&typed);
        prop_assert_eq!(&parse(&found.value), &found);
        prop_assert_eq!(&parse(&found.defanged()), &found);
    }
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn each_indicator_is_either_right_or_not(
        right in proptest::collection::vec(pieces(), 0..6),
        given in proptest::collection::vec(pieces(), 0..6),
    ) {
        let (right, given) = (parse_all(right.iter().map(String::as_str)), parse_all(given.iter().map(String::as_str)));
        let overlap = f1(&right, &given);
        prop_assert_eq!(overlap.matched.len() + overlap.missing.len(), right.len());
        prop_assert_eq!(overlap.matched.len() + overlap.extra.len(), given.len());
        prop_assert!(overlap.permille() <= 1000);
        prop_assert_eq!(overlap.permille() == 1000, right == given);
    }
}
