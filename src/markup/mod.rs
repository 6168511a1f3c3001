//! Pages of HTML that stand alone: what the report and the printed material write with. No script,
//! nothing to fetch, and no data ever becomes markup. Every page of an exercise is marked as one.

pub(crate) mod catalogue;
pub(crate) mod figures;
pub(crate) mod page;
pub(crate) mod phrase;

use self::page::Page;
use crate::engine::plan::Tlp;

/// What every page says first and last.
pub(crate) const MARKING: &str = "EXERCISE EXERCISE EXERCISE";
/// What every page of a rehearsal says first and last.
pub(crate) const REHEARSAL_MARKING: &str = "EXERCISE EXERCISE EXERCISE \u{2013} REHEARSAL";

/// Exercise marking and handling, over and under what is written.
pub(crate) fn banner(page: &mut Page, marking: &str, tlp: Tlp) {
    page.put("<p class=\"marking\"><strong>", marking, "</strong> ").raw(tlp_mark(tlp)).raw("</p>\n");
}

/// How material may be passed on, as a mark.
pub(crate) fn tlp_mark(tlp: Tlp) -> &'static str {
    match tlp {
        Tlp::Red => "<span class=\"tlp red\">TLP:RED</span>",
        Tlp::AmberStrict => "<span class=\"tlp amber\">TLP:AMBER+STRICT</span>",
        Tlp::Amber => "<span class=\"tlp amber\">TLP:AMBER</span>",
        Tlp::Green => "<span class=\"tlp green\">TLP:GREEN</span>",
        Tlp::Clear => "<span class=\"tlp clear\">TLP:CLEAR</span>",
    }
}

/// The marking in the margins of every printed page.
pub(crate) fn print_marking(tlp: Tlp) -> &'static str {
    macro_rules! margins {
        ($label:literal) => {
            concat!(
                "@page {\n  @top-center { content: \"EXERCISE EXERCISE EXERCISE \\2013 ",
                $label,
                "\"; }\n  @bottom-center { content: \"EXERCISE EXERCISE EXERCISE \\2013 ",
                $label,
                "\"; }\n  @bottom-right { content: counter(page) \" / \" counter(pages); }\n}\n"
            )
        };
    }
    match tlp {
        Tlp::Red => margins!("TLP:RED"),
        Tlp::AmberStrict => margins!("TLP:AMBER+STRICT"),
        Tlp::Amber => margins!("TLP:AMBER"),
        Tlp::Green => margins!("TLP:GREEN"),
        Tlp::Clear => margins!("TLP:CLEAR"),
    }
}
