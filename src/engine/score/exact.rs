//! Exact fractions, and the one rounding.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive, Zero};

/// An exact fraction.
pub type Exact = BigRational;

/// A fraction of whole numbers; nought if the denominator is.
#[must_use]
pub fn ratio(numerator: impl Into<BigInt>, denominator: impl Into<BigInt>) -> Exact {
    let denominator: BigInt = denominator.into();
    if denominator.is_zero() { Exact::zero() } else { Exact::new(numerator.into(), denominator) }
}

/// So many thousandths.
pub(super) fn permille(n: u32) -> Exact {
    ratio(n, 1000)
}

/// The mean of shares by their weights; none if nothing weighs anything.
pub(super) fn weighted(shares: impl IntoIterator<Item = (u32, Exact)>) -> Option<Exact> {
    let (weights, sum) = shares.into_iter().filter(|(weight, _)| *weight > 0).fold(
        (0_u64, Exact::zero()),
        |(weights, sum), (weight, share)| {
            (weights + u64::from(weight), sum + share * Exact::from(BigInt::from(weight)))
        },
    );
    (weights > 0).then(|| sum / Exact::from(BigInt::from(weights)))
}

/// The nearest whole number; of two that are equally near, the even one. What is too large for 64 bits is
/// `i64::MAX`.
#[must_use]
pub fn half_even(value: &Exact) -> i64 {
    let floor = value.floor();
    let rest = value - &floor;
    let half = ratio(1, 2);
    let even = |whole: &BigInt| (whole % BigInt::from(2)).is_zero();
    let whole = floor.to_integer();
    let up = rest > half || (rest == half && !even(&whole));
    (if up { whole + BigInt::one() } else { whole }).to_i64().unwrap_or(i64::MAX)
}

/// A share in permille, for people to read; never calculated with.
pub(super) fn shown(share: &Exact) -> u32 {
    u32::try_from(half_even(&(share * ratio(1000, 1)))).unwrap_or(0)
}

/// `whole * part / all`, half to even; `all` is more than nought.
#[must_use]
pub fn part_of(whole: i64, part: i64, all: i64) -> i64 {
    half_even(&ratio(BigInt::from(whole) * BigInt::from(part), all))
}
