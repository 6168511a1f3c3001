//! Corrections: an inject that stands beside one that was recalled.

use drillhall::engine::{plan::Inject, rejection::Rejection, view::card::Card};

use super::{
    acts::{add, amend, recall},
    fixture::{Drill, given, release},
    plan::{for_teams, lagoon, manual},
    views::cards,
};

fn asked() -> Drill {
    given(lagoon()).started().at(12)
}

fn correction(of: &str, inject: Inject) -> Inject {
    let mut inject = inject;
    inject.content.corrects = Some(of.into());
    inject
}

/// What the card of an inject says that it corrects.
fn corrected(drill: &Drill, person: &str, inject: &str) -> Option<String> {
    match &cards(drill, person)[&format!("inject/{inject}")] {
        Card::Inject(card) => card.corrects.as_ref().map(ToString::to_string),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_correction_names_what_was_recalled_to_whoever_had_it() {
    let drill = asked().and("director", recall("task", Some(&["atoll"])));
    let fixed = correction("task", for_teams(manual("fixed"), &["atoll"]));
    let drill = drill.and("facilitator", add(fixed));
    let drill = drill.when("facilitator", release("fixed", Some(&["atoll", "basin"])));
    let drill = drill.then(&["fixed to atoll by hand", "fixed to basin by hand"]);
    assert_eq!(corrected(&drill, "atoll-player", "fixed"), Some("task".to_owned()));
    assert_eq!(corrected(&drill, "basin-player", "fixed"), None, "nothing was recalled from basin");
}

#[test]
fn a_correction_is_for_teams_that_what_it_corrects_was_recalled_from() {
    let not_recalled = || Rejection::NotRecalled("task".into());
    let drill = asked().when("director", add(correction("task", manual("fixed")))).refused(not_recalled());
    let drill = drill.and("director", recall("task", Some(&["atoll"])));
    let drill = drill.when("director", add(correction("task", manual("fixed")))).refused(not_recalled());
    let for_nobody = correction("task", for_teams(manual("fixed"), &[]));
    let drill = drill.when("director", add(for_nobody)).refused(not_recalled());
    let unknown = Rejection::UnknownInject("nowhere".into());
    let drill = drill.when("director", add(correction("nowhere", manual("fixed")))).refused(unknown);
    let drill = drill.and("director", add(manual("fixed")));
    let drill = drill.when("director", amend(correction("task", manual("fixed")))).refused(not_recalled());
    let drill = drill.and("director", recall("task", Some(&["basin"])));
    let drill = drill.when("director", amend(correction("task", manual("fixed")))).then(&["fixed amended"]);
    let said = not_recalled();
    assert_eq!(said.code(), "not_recalled");
    assert!(said.to_string().contains("recall it first"), "{said}");
    let drill = drill.and("director", release("fixed", None));
    assert_eq!(corrected(&drill, "basin-lead", "fixed"), Some("task".to_owned()));
}
