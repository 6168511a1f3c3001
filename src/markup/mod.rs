//! Pages of HTML that stand alone: what the report and the printed material write with. No script,
//! nothing to fetch, and no data ever becomes markup. Every page of an exercise is marked as one.

pub(crate) mod catalogue;
pub mod figures;
pub mod page;
pub mod phrase;

use self::page::Page;
use crate::engine::plan::Tlp;

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

/// How material may be passed on, as it is written.
pub(crate) fn handling(tlp: Tlp) -> &'static str {
    match tlp {
        Tlp::Red => "TLP:RED",
        Tlp::AmberStrict => "TLP:AMBER+STRICT",
        Tlp::Amber => "TLP:AMBER",
        Tlp::Green => "TLP:GREEN",
        Tlp::Clear => "TLP:CLEAR",
    }
}

/// The marking in the margins of every printed page, as part of a style sheet.
pub(crate) fn print_marking(page: &mut Page, marking: &'static str, tlp: Tlp) {
    let handling = handling(tlp);
    page.raw("@page {\n");
    for margin in ["@top-center", "@bottom-center"] {
        page.raw("  ").raw(margin).raw(" { content: \"").raw(marking).raw(" \\2013 ").raw(handling).raw("\"; }\n");
    }
    page.raw("  @bottom-right { content: counter(page) \" / \" counter(pages); }\n}\n");
}
