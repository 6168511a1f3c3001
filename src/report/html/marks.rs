//! Small pictures beside figures: a bar, marks on a line. They show in black and white; the figures beside
//! them say the same in words, so no reader needs them.

use crate::markup::page::Page;

/// Where a value stands between nought and the most, in thousandths of the width.
fn place(value: i64, most: i64) -> i64 {
    if most <= 0 { 0 } else { value.clamp(0, most).saturating_mul(1000) / most }
}

/// A bar up to a value, with a mark for each of some others.
pub(super) fn bar_with_marks(page: &mut Page, bar: Option<i64>, marks: impl IntoIterator<Item = i64>, most: i64) {
    open(page);
    page.raw("<rect class=\"asked\" y=\"25\" width=\"1000\" height=\"30\"/>");
    if let Some(bar) = bar {
        page.put("<rect class=\"counted\" y=\"25\" width=\"", &place(bar, most).to_string(), "\" height=\"30\"/>");
    }
    for mark in marks {
        let at = place(mark, most).to_string();
        page.put("<rect class=\"mark\" x=\"", &at, "\" y=\"10\" width=\"5\" height=\"60\"/>");
    }
    page.raw("</svg>");
}

/// A line with a ring where something was planned and a dot where it happened.
pub(super) fn ring_and_dot(page: &mut Page, ring: Option<i64>, dot: Option<i64>, most: i64) {
    open(page);
    page.raw("<rect class=\"asked\" y=\"38\" width=\"1000\" height=\"4\"/>");
    if let Some(ring) = ring {
        let at = (place(ring, most) * 960 / 1000 + 20).to_string();
        page.put("<circle class=\"ring\" cx=\"", &at, "\" cy=\"40\" r=\"17\"/>");
    }
    if let Some(dot) = dot {
        let at = (place(dot, most) * 960 / 1000 + 20).to_string();
        page.put("<circle class=\"mark\" cx=\"", &at, "\" cy=\"40\" r=\"10\"/>");
    }
    page.raw("</svg>");
}

fn open(page: &mut Page) {
    page.raw("<svg class=\"marks\" viewBox=\"0 0 1005 80\" aria-hidden=\"true\">");
}
