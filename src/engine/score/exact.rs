//! Exact fractions, and the one rounding.

use std::{
    cmp::Ordering,
    ops::{Add, Mul, Sub},
};

use num_bigint::BigInt;
use num_rational::{BigRational, Ratio};
use num_traits::{CheckedAdd, CheckedMul, CheckedSub, Euclid, One, ToPrimitive, Zero};

/// An exact fraction, in lowest terms.
///
/// Nearly all fit into two words and need no memory of their own; what does not fit is as exact. Each
/// fraction has one form only, so equal ones are equal by their parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exact(Form);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Form {
    Small(Ratio<i64>),
    /// One whose parts do not both fit into 64 bits, or are the least number that has no opposite there.
    Large(BigRational),
}

impl Exact {
    /// Nothing.
    #[must_use]
    pub fn zero() -> Self {
        Self(Form::Small(Ratio::zero()))
    }

    /// The whole.
    #[must_use]
    pub fn one() -> Self {
        Self(Form::Small(Ratio::one()))
    }

    fn large(&self) -> BigRational {
        match &self.0 {
            Form::Small(small) => BigRational::new_raw((*small.numer()).into(), (*small.denom()).into()),
            Form::Large(large) => large.clone(),
        }
    }

    /// Calculates with small fractions as long as all fits.
    fn with(
        &self,
        other: &Self,
        small: impl Fn(&Ratio<i64>, &Ratio<i64>) -> Option<Ratio<i64>>,
        large: impl Fn(BigRational, BigRational) -> BigRational,
    ) -> Self {
        match (&self.0, &other.0) {
            (Form::Small(one), Form::Small(another)) => small(one, another).filter(|it| *it.numer() != i64::MIN),
            _ => None,
        }
        .map_or_else(|| large(self.large(), other.large()).into(), |small| Self(Form::Small(small)))
    }
}

impl From<BigRational> for Exact {
    fn from(value: BigRational) -> Self {
        match (value.numer().to_i64(), value.denom().to_i64()) {
            (Some(numerator), Some(denominator)) if numerator != i64::MIN => {
                Self(Form::Small(Ratio::new_raw(numerator, denominator)))
            }
            _ => Self(Form::Large(value)),
        }
    }
}

impl Add for Exact {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        self.with(&other, CheckedAdd::checked_add, |one, another| one + another)
    }
}

impl Sub for Exact {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self.with(&other, CheckedSub::checked_sub, |one, another| one - another)
    }
}

impl Mul for Exact {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        self.with(&other, CheckedMul::checked_mul, |one, another| one * another)
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Form::Small(one), Form::Small(another)) => one.cmp(another),
            _ => self.large().cmp(&other.large()),
        }
    }
}

/// A fraction of whole numbers; nought if the denominator is.
#[must_use]
pub fn ratio(numerator: impl TryInto<i128>, denominator: impl TryInto<i128>) -> Exact {
    let parts = numerator.try_into().ok().zip(denominator.try_into().ok()).filter(|(_, denominator)| *denominator != 0);
    let Some((numerator, denominator)) = parts else { return Exact::zero() };
    let fits = |part: i128| i64::try_from(part).ok().filter(|part| *part != i64::MIN);
    match (fits(numerator), fits(denominator)) {
        (Some(numerator), Some(denominator)) => Exact(Form::Small(Ratio::new(numerator, denominator))),
        _ => BigRational::new(numerator.into(), denominator.into()).into(),
    }
}

/// So many thousandths.
pub(super) fn permille(n: u32) -> Exact {
    ratio(n, 1000)
}

/// The mean of shares by their weights; none if nothing weighs anything.
pub(super) fn weighted(shares: impl IntoIterator<Item = (u32, Exact)>) -> Option<Exact> {
    let (weights, sum) = shares
        .into_iter()
        .filter(|(weight, _)| *weight > 0)
        .fold((0_u64, Exact::zero()), |(weights, sum), (weight, share)| {
            (weights + u64::from(weight), sum + share * ratio(weight, 1))
        });
    (weights > 0).then(|| sum * ratio(1, weights))
}

/// The nearest whole number; of two that are equally near, the even one. What is too large for 64 bits is
/// `i64::MAX`.
#[must_use]
pub fn half_even(value: &Exact) -> i64 {
    match &value.0 {
        Form::Small(small) => {
            let (numerator, denominator) = (i128::from(*small.numer()), i128::from(*small.denom()));
            let (whole, rest) = numerator.div_rem_euclid(&denominator);
            let up = match (2 * rest).cmp(&denominator) {
                Ordering::Less => false,
                Ordering::Equal => whole % 2 != 0,
                Ordering::Greater => true,
            };
            i64::try_from(whole + i128::from(up)).unwrap_or(i64::MAX)
        }
        Form::Large(large) => {
            let floor = large.floor();
            let (whole, rest) = (floor.to_integer(), large - floor);
            let half = BigRational::new_raw(BigInt::one(), BigInt::from(2));
            let odd = !(&whole % BigInt::from(2)).is_zero();
            let up = rest > half || (rest == half && odd);
            (whole + BigInt::from(u8::from(up))).to_i64().unwrap_or(i64::MAX)
        }
    }
}

/// A share in permille, for people to read; never calculated with.
pub(super) fn shown(share: &Exact) -> u32 {
    u32::try_from(half_even(&(share.clone() * ratio(1000, 1)))).unwrap_or(0)
}

/// `whole * part / all`, half to even; `all` is more than nought.
#[must_use]
pub fn part_of(whole: i64, part: i64, all: i64) -> i64 {
    half_even(&ratio(i128::from(whole) * i128::from(part), all))
}
