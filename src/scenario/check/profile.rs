//! How scores are made and shown.

use super::Checker;
use crate::{
    engine::{
        plan::{Preset, Profile, Weights},
        time::Millis,
    },
    scenario::{
        model,
        value::{At, Duration},
    },
};

/// Most that a part of a score may weigh.
const MAX_WEIGHT: u32 = 1000;

impl Checker<'_> {
    /// The profile of the plan. Durations and the end are known by then.
    pub(super) fn profile(&mut self, profile: &model::Profile) -> Profile {
        let usual = Profile::default();
        let preset = profile.preset.weights();
        self.weights = profile.weights.as_ref().map_or(preset, |weights| self.some_weights(weights, preset));
        let mut length = |written: &Option<At<Duration>>| written.as_ref().map(|written| self.forward_length(written));
        let (grace, freeze) = (length(&profile.grace), length(&profile.freeze));
        let (outage_limit, appeal_window) = (length(&profile.outage_limit), length(&profile.appeal_window));
        if let (Some(written), Some(freeze)) = (&profile.freeze, freeze)
            && self.duration > Millis::default()
            && freeze > self.duration
        {
            self.findings
                .error("out_of_range", written.place, "The wall would freeze before play begins.")
                .suggest("make freeze shorter than meta.duration");
        }
        Profile {
            live_scores: profile.live_scores,
            wall_scores: profile.wall_scores,
            late_credit_permille: self.at_most(&profile.late_credit_percent, 100) * 10,
            preset: profile.preset.value,
            weights: self.weights,
            grace: grace.unwrap_or(usual.grace),
            freeze,
            outage_limit: outage_limit.unwrap_or(usual.outage_limit),
            marking: profile.marking,
            appeal_window: appeal_window.unwrap_or(usual.appeal_window),
            publish_needs_second: profile.publish_needs_second,
        }
    }

    /// Weights, those that are not named taken from others.
    pub(super) fn some_weights(&mut self, weights: &At<model::Weights>, others: Weights) -> Weights {
        let mut weight = |written: &Option<At<u32>>, other: u32| {
            written.as_ref().map_or(other, |written| self.at_most(written, MAX_WEIGHT))
        };
        let given = Weights {
            quality: weight(&weights.quality, others.quality),
            accuracy: weight(&weights.accuracy, others.accuracy),
            completeness: weight(&weights.completeness, others.completeness),
            timeliness: weight(&weights.timeliness, others.timeliness),
            collaboration: weight(&weights.collaboration, others.collaboration),
        };
        if given == Weights::NOTHING {
            self.no_weight(weights.place, "Nothing would have a score: all weights are nought.");
        }
        given
    }

    /// An error where everything weighs nothing.
    pub(super) fn no_weight(&mut self, place: crate::scenario::value::Place, message: &str) {
        let preset = serde_name(Preset::ObservationOnly);
        self.findings
            .error("no_weight", place, message)
            .suggest(format!("give one of them a weight; if nothing shall be scored, write preset: {preset}"));
    }
}

fn serde_name(preset: Preset) -> String {
    serde_json::to_value(preset).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}
