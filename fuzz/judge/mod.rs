//! What must hold of any bytes whatever: nothing falls over, and what is taken says the same when it is read
//! again. The fuzz targets look for bytes of which it does not; `tests/it/fuzz.rs` puts those that were kept
//! through the same functions on each run of the tests.

mod packed;
mod played;

use std::io::Cursor;

use drillhall::{
    archive::{Inspection, inspect, inspect_log},
    engine::{indicator, text::Language},
    intake,
    report::{build, html},
    scenario::{
        MAIN_FILE, load_from, load_text,
        markdown::import_markdown,
        msel::{Choices, import_msel},
        plan_hash, summary,
    },
};

pub(crate) use played::{frame, log};

use self::packed::packed;

/// What looks at bytes, and falls over if something does not hold.
type Judge = fn(&[u8]);

/// Every target by its name, which is that of its folder in `corpus/`.
pub(crate) const TARGETS: [(&str, Judge); 8] = [
    ("scenario", scenario),
    ("frame", frame),
    ("log", log),
    ("archive", archive),
    ("sheet", sheet),
    ("kit", kit),
    ("intake", intake),
    ("indicator", indicator),
];

/// A scenario is read and says the same as JSON, or every complaint about it has a place and words.
pub(crate) fn scenario(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    match load_text(text) {
        Ok(pack) => {
            let json = serde_json::to_vec(&pack.plan).expect("a plan can be written");
            let again = serde_json::from_slice(&json).expect("a plan that was written can be read");
            assert_eq!(pack.plan, again);
            assert_eq!(plan_hash(&pack.plan), plan_hash(&again));
            assert!(!summary(&pack).is_empty());
        }
        Err(wrong) => {
            assert!(!wrong.0.is_empty());
            assert!(wrong.0.iter().all(|one| !one.to_string().is_empty()));
        }
    }
}

/// Nothing of an archive is believed that is not so; a report of what holds can be made.
pub(crate) fn archive(data: &[u8]) {
    let bytes = packed(data);
    judge(&inspect(Cursor::new(bytes.as_ref())));
    judge(&inspect_log(data));
}

fn judge(found: &Inspection) {
    assert!(found.faults.iter().all(|fault| !fault.code().is_empty() && !fault.advice().is_empty()));
    assert!(found.log.is_some() || !found.faults.is_empty(), "neither a log nor a reason why not");
    let Some(log) = &found.log else { return };
    if let Ok(report) = build(&log.events, Some(log.head.hash.clone())) {
        assert!(html::render(&report, &Language::from("en")).contains("EXERCISE"));
    }
}

/// A spreadsheet becomes a scenario that can be read or is complained about, or is refused with advice.
pub(crate) fn sheet(data: &[u8]) {
    match import_msel(&packed(data), "fuzz", &Choices::default()) {
        Ok(imported) => {
            assert!(imported.files.contains_key(MAIN_FILE));
            let _right_or_told = load_from(&imported.files, MAIN_FILE);
        }
        Err(error) => assert!(!error.code().is_empty() && !error.advice().is_empty()),
    }
}

/// A kit always becomes a scenario without an error in it.
pub(crate) fn kit(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let imported = import_markdown(text);
    if let Err(wrong) = load_from(&imported.files, MAIN_FILE) {
        panic!("{wrong}\n{:?}", imported.files);
    }
}

/// A file is one kind, always the same, or refused.
pub(crate) fn intake(data: &[u8]) {
    let bytes = packed(data);
    assert_eq!(intake::inspect(&bytes), intake::inspect(&bytes));
}

/// The normal form of an indicator is its own normal form, and so is what is shown of it.
pub(crate) fn indicator(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for line in text.lines() {
        let found = indicator::parse(line);
        assert_eq!(indicator::parse(&found.value), found, "{line:?}");
        assert_eq!(indicator::parse(&found.defanged()), found, "{line:?}");
    }
    let all = indicator::parse_all(text.lines());
    let in_order = indicator::parse_in_order(text.lines());
    assert_eq!(in_order.len(), all.len());
    assert_eq!(indicator::f1(&all, &all).permille(), 1000);
}
