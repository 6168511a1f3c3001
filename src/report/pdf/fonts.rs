//! Fonts: those in the program write Latin, Greek and Cyrillic; others are looked for on the machine,
//! and only when a text needs them.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use typst::{
    foundations::Bytes,
    text::{Font, FontInfo},
};

use super::{
    PdfError,
    scripts::{self, Script, is_invisible},
};

/// What text is set in, and what hashes are set in.
const SERIF: &str = "Libertinus Serif";
const MONO: &str = "DejaVu Sans Mono";

/// Where systems keep fonts. Below the person's own folder: the second list.
const SYSTEM: [&str; 5] =
    ["/usr/local/share/fonts", "/usr/share/fonts", "/Library/Fonts", "/System/Library/Fonts", "C:\\Windows\\Fonts"];
const HOME: [&str; 3] = [".local/share/fonts", ".fonts", "Library/Fonts"];

/// Folders within folders, at most so deep.
const DEPTH: usize = 6;

static BUILT_IN: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let fonts = typst_assets::fonts().filter_map(|data| Font::new(Bytes::new(data), 0));
    fonts.filter(|font| [SERIF, MONO].contains(&font.info().family.as_str())).collect()
});

/// Where fonts may be found that are not in the program.
#[derive(Clone, Debug, Default)]
pub struct Fonts {
    /// A folder that somebody named: any font in it may serve.
    pub own: Option<PathBuf>,
    /// Folders in which only fonts of the Noto project are looked at.
    pub system: Vec<PathBuf>,
}

impl Fonts {
    /// The folder that somebody named, before the usual ones of the system.
    #[must_use]
    pub fn of_the_machine(own: Option<PathBuf>) -> Self {
        let home = std::env::home_dir();
        let below_home = home.iter().flat_map(|home| HOME.map(|folder| home.join(folder)));
        Self { own, system: below_home.chain(SYSTEM.map(PathBuf::from)).collect() }
    }

    /// Finds a font for each of these characters, or says for which script there is none.
    pub(super) fn shelf(&self, needed: &BTreeSet<char>) -> Result<Shelf, PdfError> {
        let mut chosen = Shelf { found: Vec::new(), unwritable: BTreeSet::new() };
        let mut missing: BTreeSet<char> =
            needed.iter().copied().filter(|c| !is_invisible(*c) && !is_built_in(*c)).collect();
        if missing.is_empty() {
            return Ok(chosen);
        }
        let own = self.own.as_deref().map(own_files).transpose()?.unwrap_or_default();
        let system = self.system.iter().flat_map(|folder| files(folder, DEPTH));
        let all: Vec<PathBuf> = own.iter().cloned().chain(system).collect();
        while let Some(c) = missing.pop_first() {
            let found = match scripts::of(c) {
                Some(script) => faces_by_name(script, c, &all),
                None => Vec::new(),
            };
            let found = if found.is_empty() { faces_by_letter(c, &own) } else { found };
            match scripts::of(c).filter(|script| !script.signs) {
                _ if !found.is_empty() => {
                    missing.retain(|c| !found.iter().any(|font| has(font, *c)));
                    chosen.found.extend(found);
                }
                Some(script) => return Err(PdfError::no_font(script, c)),
                None => {
                    chosen.unwritable.insert(c);
                }
            }
        }
        Ok(chosen)
    }
}

/// The fonts for one report.
pub(super) struct Shelf {
    found: Vec<Font>,
    /// Signs that no font has: they are shown by their numbers.
    pub(super) unwritable: BTreeSet<char>,
}

impl Shelf {
    /// Names of families in the order in which a letter is looked for.
    pub(super) fn families(&self) -> Vec<String> {
        let mut found = vec![SERIF.to_owned()];
        for font in &self.found {
            if !found.contains(&font.info().family) {
                found.push(font.info().family.clone());
            }
        }
        found.push(MONO.to_owned());
        found
    }

    /// All of them.
    pub(super) fn into_fonts(self) -> Vec<Font> {
        BUILT_IN.iter().cloned().chain(self.found).collect()
    }
}

/// Letters come from the serif; signs may come from the other one, which has more of them.
fn is_built_in(c: char) -> bool {
    let by = |family: &str| BUILT_IN.iter().any(|font| font.info().family == family && has(font, c));
    by(SERIF) || (!c.is_alphabetic() && scripts::of(c).is_none_or(|script| script.signs) && by(MONO))
}

fn has(font: &Font, c: char) -> bool {
    font.info().coverage.contains(u32::from(c))
}

/// Regular and bold of the first family of a script that is there and has the letter.
fn faces_by_name(script: &Script, c: char, files: &[PathBuf]) -> Vec<Font> {
    for family in script.families {
        let mut faces = Vec::new();
        for weight in ["Regular", "Bold"] {
            let named = files.iter().find(|file| is_face(file, family, weight));
            faces.extend(named.and_then(|file| open(file, c)));
        }
        faces.dedup();
        if !faces.is_empty() {
            return faces;
        }
    }
    Vec::new()
}

/// Faces in a folder that somebody named, whatever they are called.
fn faces_by_letter(c: char, files: &[PathBuf]) -> Vec<Font> {
    let Some(first) = files.iter().find_map(|file| open(file, c)) else { return Vec::new() };
    let family = first.info().family.clone();
    files.iter().filter_map(|file| open(file, c)).filter(|font| font.info().family == family).collect()
}

/// Whether a file is a family's face of a weight, or holds all weights.
fn is_face(file: &Path, family: &str, weight: &str) -> bool {
    let name = file.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
    let Some(rest) = name.strip_prefix(family) else { return false };
    rest.strip_prefix('-') == Some(weight) || ["", "-VF", "[wght]", "[wdth,wght]"].contains(&rest)
}

/// Reads the face of a file that has a letter. A collection holds one face a region: of those the
/// simplified Chinese one, for it is the language of the United Nations.
fn open(file: &Path, c: char) -> Option<Font> {
    let data = fs::read(file).ok()?;
    let faces: Vec<(u32, String)> = (0..)
        .map_while(|index| FontInfo::new(&data, index).map(|info| (index, info)))
        .filter(|(_, info)| info.coverage.contains(u32::from(c)))
        .map(|(index, info)| (index, info.family))
        .collect();
    let index = faces.iter().find(|(_, family)| family.ends_with(" SC")).or(faces.first()).map(|(index, _)| *index)?;
    Font::new(Bytes::new(data), index)
}

fn own_files(folder: &Path) -> Result<Vec<PathBuf>, PdfError> {
    fs::read_dir(folder).map_err(|source| PdfError::Folder { folder: folder.to_owned(), source })?;
    Ok(files(folder, DEPTH))
}

/// Font files below a folder, in the order of their paths.
fn files(folder: &Path, depth: usize) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
        if ending.is_some_and(|ending| ["ttf", "otf", "ttc", "otc"].contains(&ending.as_str())) {
            found.push(path);
        } else if depth > 0 && path.is_dir() {
            found.extend(files(&path, depth - 1));
        }
    }
    found
}
