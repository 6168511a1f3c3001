//! Which font families of the Noto project write which characters, and the package that has them.

use std::ops::RangeInclusive;

/// Debian and Ubuntu call them so; other systems nearly so.
const CORE: &str = "fonts-noto-core";
const CJK: &str = "fonts-noto-cjk";

/// A script that the built-in fonts lack.
#[derive(Debug)]
pub(super) struct Script {
    /// As people say it.
    pub(super) name: &'static str,
    ranges: &'static [RangeInclusive<u32>],
    /// Beginnings of file names, the best first.
    pub(super) families: &'static [&'static str],
    pub(super) package: &'static str,
    /// Whether a text without these characters could be read all the same: signs and pictures are
    /// then shown by their numbers.
    pub(super) signs: bool,
}

const fn letters(
    name: &'static str,
    ranges: &'static [RangeInclusive<u32>],
    families: &'static [&'static str],
) -> Script {
    Script { name, ranges, families, package: CORE, signs: false }
}

static SCRIPTS: [Script; 30] = [
    letters(
        "Arabic",
        &[0x600..=0x6FF, 0x750..=0x77F, 0x870..=0x8FF, 0xFB50..=0xFDFF, 0xFE70..=0xFEFE],
        &["NotoNaskhArabic", "NotoSansArabic"],
    ),
    Script {
        package: CJK,
        ..letters(
            "Chinese, Japanese or Korean",
            &[
                0x1100..=0x11FF,
                0x2E80..=0x9FFF,
                0xA960..=0xA97F,
                0xAC00..=0xD7FF,
                0xF900..=0xFAFF,
                0xFE10..=0xFE1F,
                0xFE30..=0xFE4F,
                0xFF00..=0xFFEF,
                0x2_0000..=0x3_FFFF,
            ],
            &["NotoSerifCJK", "NotoSansCJK", "NotoSerifSC", "NotoSansSC"],
        )
    },
    letters("Hebrew", &[0x590..=0x5FF, 0xFB1D..=0xFB4F], &["NotoSerifHebrew", "NotoSansHebrew"]),
    letters("Armenian", &[0x530..=0x58F, 0xFB13..=0xFB17], &["NotoSerifArmenian", "NotoSansArmenian"]),
    letters(
        "Georgian",
        &[0x10A0..=0x10FF, 0x1C90..=0x1CBF, 0x2D00..=0x2D2F],
        &["NotoSerifGeorgian", "NotoSansGeorgian"],
    ),
    letters("Devanagari", &[0x900..=0x97F, 0xA8E0..=0xA8FF], &["NotoSerifDevanagari", "NotoSansDevanagari"]),
    letters("Bengali", &[0x980..=0x9FF], &["NotoSerifBengali", "NotoSansBengali"]),
    letters("Gurmukhi", &[0xA00..=0xA7F], &["NotoSerifGurmukhi", "NotoSansGurmukhi"]),
    letters("Gujarati", &[0xA80..=0xAFF], &["NotoSerifGujarati", "NotoSansGujarati"]),
    letters("Oriya", &[0xB00..=0xB7F], &["NotoSerifOriya", "NotoSansOriya"]),
    letters("Tamil", &[0xB80..=0xBFF], &["NotoSerifTamil", "NotoSansTamil"]),
    letters("Telugu", &[0xC00..=0xC7F], &["NotoSerifTelugu", "NotoSansTelugu"]),
    letters("Kannada", &[0xC80..=0xCFF], &["NotoSerifKannada", "NotoSansKannada"]),
    letters("Malayalam", &[0xD00..=0xD7F], &["NotoSerifMalayalam", "NotoSansMalayalam"]),
    letters("Sinhala", &[0xD80..=0xDFF], &["NotoSerifSinhala", "NotoSansSinhala"]),
    letters("Thai", &[0xE00..=0xE7F], &["NotoSerifThai", "NotoSansThai"]),
    letters("Lao", &[0xE80..=0xEFF], &["NotoSerifLao", "NotoSansLao"]),
    letters("Tibetan", &[0xF00..=0xFFF], &["NotoSerifTibetan", "NotoSansTibetan"]),
    letters("Burmese", &[0x1000..=0x109F, 0xA9E0..=0xA9FF, 0xAA60..=0xAA7F], &["NotoSerifMyanmar", "NotoSansMyanmar"]),
    letters(
        "Ethiopic",
        &[0x1200..=0x139F, 0x2D80..=0x2DDF, 0xAB00..=0xAB2F],
        &["NotoSerifEthiopic", "NotoSansEthiopic"],
    ),
    letters("Khmer", &[0x1780..=0x17FF, 0x19E0..=0x19FF], &["NotoSerifKhmer", "NotoSansKhmer"]),
    letters("Mongolian", &[0x1800..=0x18AF], &["NotoSansMongolian"]),
    letters("Thaana", &[0x780..=0x7BF], &["NotoSansThaana"]),
    letters("Syriac", &[0x700..=0x74F, 0x860..=0x86F], &["NotoSansSyriac"]),
    letters("N'Ko", &[0x7C0..=0x7FF], &["NotoSansNKo"]),
    letters("Tifinagh", &[0x2D30..=0x2D7F], &["NotoSansTifinagh"]),
    letters("Cherokee", &[0x13A0..=0x13FF, 0xAB70..=0xABBF], &["NotoSansCherokee"]),
    letters("Canadian Aboriginal", &[0x1400..=0x167F, 0x18B0..=0x18FF], &["NotoSansCanadianAboriginal"]),
    letters(
        "rarer Latin, Greek or Cyrillic",
        &[
            0xA0..=0x52F,
            0x1AB0..=0x1AFF,
            0x1C80..=0x1C8F,
            0x1D00..=0x1FFF,
            0x2C60..=0x2C7F,
            0xA640..=0xA69F,
            0xA720..=0xA7FF,
        ],
        &["NotoSerif", "NotoSans"],
    ),
    Script {
        signs: true,
        ..letters(
            "signs",
            &[0x2000..=0x2BFF, 0x1_D400..=0x1_D7FF, 0x1_F000..=0x1_FAFF],
            &["NotoSansSymbols2", "NotoSansSymbols", "NotoSansMath"],
        )
    },
];

/// The script of a character, if it is one that fonts can be named for.
pub(super) fn of(c: char) -> Option<&'static Script> {
    SCRIPTS.iter().find(|script| script.ranges.iter().any(|range| range.contains(&u32::from(c))))
}

/// Whether a letter is written from right to left.
pub(super) fn is_right_to_left(c: char) -> bool {
    matches!(u32::from(c), 0x590..=0x8FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFE | 0x1_0800..=0x1_0FFF | 0x1_E800..=0x1_EFFF)
}

/// Characters that show nothing by themselves; fonts need not have them.
pub(super) fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || matches!(u32::from(c), 0xAD | 0x34F | 0x61C | 0x180B..=0x180F | 0x200B..=0x200F | 0x2060..=0x2064)
        || matches!(u32::from(c), 0xFE00..=0xFE0F | 0xFEFF | 0xE_0100..=0xE_01EF)
}
