//! Gaps of sentences, and what fills them.

use drillhall::markup::phrase::fill;

#[test]
fn what_fills_a_gap_is_never_a_gap_itself() {
    assert_eq!(fill("{a} of {b}", &[("a", "{b}"), ("b", "2")]), "{b} of 2");
    assert_eq!(fill("no gap", &[]), "no gap");
    assert_eq!(fill("left {open", &[]), "left ");
}
