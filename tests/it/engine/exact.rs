//! The one rounding of scores.

use drillhall::engine::score::exact::{half_even, part_of, ratio};

#[test]
fn halves_go_to_the_even_neighbour() {
    let rounded = |n: i64, d: i64| half_even(&ratio(n, d));
    assert_eq!([rounded(1, 2), rounded(3, 2), rounded(5, 2), rounded(-1, 2), rounded(-3, 2)], [0, 2, 2, 0, -2]);
    assert_eq!([rounded(2, 3), rounded(1, 3), rounded(7, 1)], [1, 0, 7]);
    assert_eq!(part_of(100_000, 1, 3), 33_333);
}
