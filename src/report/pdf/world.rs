//! What the typesetter may see: the files of layout, the report's data and the fonts. No disk, no
//! network, no clock.

use std::sync::LazyLock;

use typst::{
    Feature, Library, LibraryExt, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

/// Layout by the path under which it knows itself.
const LAYOUT: [(&str, &str); 5] = [
    ("/certificate.typ", include_str!("certificate.typ")),
    ("/report.typ", include_str!("report.typ")),
    ("/blocks.typ", include_str!("blocks.typ")),
    ("/charts.typ", include_str!("charts.typ")),
    ("/palette.typ", include_str!("palette.typ")),
];

/// Parsed once. Numbers of files are never given back, so there are only these few.
static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| {
    LAYOUT.iter().filter_map(|(path, text)| Some(Source::new(id(path)?, (*text).to_owned()))).collect()
});
static DATA: LazyLock<Option<FileId>> = LazyLock::new(|| id("/data.json"));

/// Row headers in tables for screen readers are still behind a switch.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    LazyHash::new(Library::builder().with_features([Feature::A11yExtras].into_iter().collect()).build())
});

/// The world of one document.
pub(super) struct Desk {
    main: FileId,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    data: Bytes,
}

impl Desk {
    /// With these fonts and this JSON; none only if there is no such layout.
    pub(super) fn new(layout: &str, fonts: Vec<Font>, data: String) -> Option<Self> {
        let (_, source) = LAYOUT.iter().zip(SOURCES.iter()).find(|((path, _), _)| *path == layout)?;
        let main = source.id();
        Some(Self { main, book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts, data: Bytes::from_string(data) })
    }
}

fn id(path: &str) -> Option<FileId> {
    VirtualPath::new(path).ok().map(|path| FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

fn absent() -> FileError {
    FileError::Other(Some("a report has no such file".into()))
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        SOURCES.iter().find(|source| source.id() == id).cloned().ok_or_else(absent)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        (Some(id) == *DATA).then(|| self.data.clone()).ok_or_else(absent)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
