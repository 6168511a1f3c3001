//! Breaks and cut lines: what they do to each other and to what falls due meanwhile.

use crate::{
    engine::{
        plan::{Cut, Inject, InjectAudience, Plan},
        time::Millis,
    },
    scenario::{diagnostic::Findings, parse::Parsed},
};

/// Looks over the breaks and the cut lines of a pack that has no errors.
pub(super) fn look(parsed: &Parsed, plan: &Plan, due: &[Option<Millis>], findings: &mut Findings) {
    findings.open(parsed.main);
    for (n, (model, cut)) in parsed.scenario.cuts.iter().zip(&plan.cuts).enumerate() {
        let same = |other: &&Cut| other.cohort.is_none() || cut.cohort.is_none() || other.cohort == cut.cohort;
        if plan.cuts.iter().take(n).filter(same).any(|other| other.until > cut.at) {
            findings
                .warn("overlap", model.at.place, "This line is cut while it is still cut.")
                .suggest("make one cut of the two, or let the first end before");
        }
        let inside = plan.breaks.iter().find(|pause| cut.at < pause.at && pause.at < cut.until);
        if let Some(pause) = inside {
            let message =
                format!("The break '{}' begins while this line is cut, and the line stays cut in it.", pause.id);
            findings
                .warn("overlap", model.at.place, message)
                .suggest("end the cut before the break, or begin it after");
        }
    }
    for (((file, model), inject), due) in parsed.injects.iter().zip(&plan.injects).zip(due) {
        if let Some(until) = due.and_then(|due| waits_until(inject, due, plan)) {
            findings.open(*file);
            let message = format!(
                "This falls due while the line of everybody it is for is cut, and waits until {}m.",
                until.0 / 60_000
            );
            findings
                .hint("waits_for_line", model.id.place, message)
                .suggest("that may be meant; if not, let it come by phone, or at another time");
        }
    }
}

/// When what falls due gets through at last, if nobody whom it is for has a line at first.
fn waits_until(inject: &Inject, due: Millis, plan: &Plan) -> Option<Millis> {
    if !inject.is_sent() || !inject.content.channel.needs_the_line() {
        return None;
    }
    let mut cuts = plan.cuts.iter().filter(|cut| cut.at <= due && due < cut.until);
    let covers = |cut: &Cut| match (&inject.audience, &cut.cohort) {
        (_, None) => true,
        (InjectAudience::Cohorts(cohorts), Some(cut)) => cohorts.iter().all(|cohort| cohort == cut),
        (InjectAudience::All, Some(cut)) => plan.cohorts.iter().all(|cohort| cohort == cut),
        (InjectAudience::Teams(_), Some(_)) => false,
    };
    cuts.find(|cut| covers(cut)).map(|cut| cut.until)
}
