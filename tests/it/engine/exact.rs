//! Exact fractions, and the one rounding of scores.

use drillhall::engine::score::exact::{Exact, half_even, part_of, ratio};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};
use proptest::{collection::vec, prelude::*};

use crate::random::cases;

#[test]
fn halves_go_to_the_even_neighbour() {
    let rounded = |n: i64, d: i64| half_even(&ratio(n, d));
    assert_eq!([rounded(1, 2), rounded(3, 2), rounded(5, 2), rounded(-1, 2), rounded(-3, 2)], [0, 2, 2, 0, -2]);
    assert_eq!([rounded(2, 3), rounded(1, 3), rounded(7, 1)], [1, 0, 7]);
    assert_eq!(part_of(100_000, 1, 3), 33_333);
}

#[test]
fn what_fits_no_more_is_as_exact_and_comes_back_when_it_fits_again() {
    let huge = ratio(i64::MAX, 3) * ratio(i64::MAX, 7);
    let back = huge.clone() * ratio(21, i64::MAX) * ratio(1, i64::MAX);
    assert_eq!(back, Exact::one());
    assert_eq!(huge.clone() - huge.clone(), Exact::zero());
    assert!(huge > ratio(i64::MAX, 1) && half_even(&huge) == i64::MAX);
    assert_eq!(ratio(1, 0), Exact::zero());
}

/// What fits into 64 bits, what just does not, and everything between.
fn part() -> impl Strategy<Value = (i64, i64)> {
    let denominator = prop_oneof![1_i64..=1_000, 1..=i64::MAX];
    (prop_oneof![-1_000_i64..=1_000, any::<i64>()], denominator)
}

fn large((numerator, denominator): (i64, i64)) -> BigRational {
    BigRational::new(numerator.into(), denominator.into())
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn fractions_calculate_as_numbers_of_any_length_do(parts in vec(part(), 1..6)) {
        let (mut exact, mut wanted) = (Exact::zero(), BigRational::zero());
        for (n, part) in parts.into_iter().enumerate() {
            let (one, other) = (ratio(part.0, part.1), large(part));
            (exact, wanted) = match n % 3 {
                0 => (exact + one, wanted + other),
                1 => (exact * one, wanted * other),
                _ => (exact - one, wanted - other),
            };
            prop_assert_eq!(&exact, &Exact::from(wanted.clone()));
        }
        let rounded = half_even(&exact);
        let off = (wanted - BigRational::from(BigInt::from(rounded))).abs() * BigInt::from(2);
        let one = BigRational::from(BigInt::from(1));
        prop_assert!(off < one || (off == one && rounded % 2 == 0) || rounded == i64::MAX, "{rounded}");
    }
}
