//! Timeliness: how soon an answer came after it reached the team.

use super::{
    exact::{Exact, ratio},
    result::Band,
};
use crate::engine::{
    plan::{Form, Profile},
    state::{Delivery, Response},
    time::Millis,
};

/// How soon the answer to an inject came. All on the team's active clock, in which pauses do not exist.
pub(super) struct Pace {
    /// From delivery to the answer, without credited outages.
    pub(super) tau: Millis,
    pub(super) band: Option<Band>,
    /// Share of timeliness; none if the form says nothing about time.
    pub(super) share: Option<Exact>,
}

/// What is left of timeliness at the deadline, and in the grace after it, in permille.
const AT_DEADLINE: i64 = 400;
const IN_GRACE: i64 = 200;

/// The pace of an answer that came so long after the release; `late` if it came after the deadline or
/// after the end.
pub(super) fn pace(form: &Form, profile: &Profile, delivery: &Delivery, taken: Millis, late: bool) -> Pace {
    let reached = delivery.reached_after();
    // What was lost before it reached the team is no part of this anyway.
    let since = |time: Millis| time.minus(reached).minus(delivery.credited_between(reached, time)).max(Millis(0));
    let tau = since(taken);
    // The deadline runs from the release; what is left of it runs from delivery.
    let ends = form.deadline.map(|deadline| deadline.plus(delivery.extension));
    let left = ends.map(since);
    if late {
        let in_grace = ends.is_some_and(|ends| taken > ends && taken <= ends.plus(profile.grace));
        let (band, share) = if in_grace { (Band::Grace, ratio(IN_GRACE, 1000)) } else { (Band::Late, Exact::zero()) };
        return Pace { tau, band: Some(band), share: Some(share) };
    }
    let Some(target) = form.target.or(left) else { return Pace { tau, band: None, share: None } };
    if tau <= target {
        return Pace { tau, band: Some(Band::Prompt), share: Some(Exact::one()) };
    }
    // Without a deadline it has fallen as far as it will after twice the target.
    let until = left.unwrap_or(target.plus(target));
    let (past, whole) = (tau.minus(target).0, until.minus(target).0.max(1));
    let fallen = ratio(past.min(whole), whole) * ratio(1000 - AT_DEADLINE, 1000);
    Pace { tau, band: Some(Band::Falling), share: Some(Exact::one() - fallen) }
}

/// The pace of the official answer.
pub(super) fn of_response(form: &Form, profile: &Profile, delivery: &Delivery, response: &Response) -> Pace {
    pace(form, profile, delivery, response.taken, response.late)
}
