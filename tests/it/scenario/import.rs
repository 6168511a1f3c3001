//! Tabletop kits in Markdown become packs that pass the check, and lose nothing on the way.

use std::path::PathBuf;

use drillhall::{
    engine::{
        plan::{FieldKind, Inject, InjectKind, Plan, Tlp, Trigger},
        text::{Language, Text},
        time::Millis,
    },
    scenario::{
        MAIN_FILE, load_from,
        markdown::{Imported, import_markdown, import_markdown_in},
    },
};

/// A kit with other words and other habits than the one that the importer was first written for.
const OTHER_KIT: &str = "\
# The Silent Printer

**TLP:** GREEN
**Length:** 1.5 hours
**Level:** Advanced
**Author:** R. Okafor
**Budget code:** 7781

## Background

A printer firm's update server was taken over.

## Who takes part: roles

- Duty officer
- Press officer

## Event 1 (T+00:05) - Pages nobody printed

> At dawn the printers of the ministry print the same page.
> It names a date.

### Questions

1. What do you tell the ministry?
2. Who else has these printers?

### Expected actions

- Ask for one printer to be kept as evidence
- Warn other ministries

### Music

Play something sombre.

## Event 2: The firm calls

Timing: 40 min

**Situation**: The firm says that its update server sent the page.

**Question:** Do you publish an advisory now?

**Facilitator notes:** The firm will deny it tomorrow.

## Learning objectives

- Keep evidence before cleaning
- Publish an advisory in time

## Debrief

- What would you do first next time?

## Catering

Coffee at ten.
";

fn plan_of(imported: &Imported) -> Plan {
    let pack = load_from(&imported.files, MAIN_FILE);
    pack.unwrap_or_else(|wrong| panic!("{wrong}\n\n{}", imported.files[MAIN_FILE])).plan
}

fn en(text: &Text) -> &str {
    text.get(&Language::from("en"))
}

fn questions(inject: &Inject) -> Vec<String> {
    let fields = inject.content.form.iter().flat_map(|form| &form.fields);
    fields.map(|field| format!("{}|{}", en(&field.label), field.help.as_ref().map_or("", en))).collect()
}

#[test]
fn a_kit_in_other_words_finds_its_places() {
    let plan = plan_of(&import_markdown(OTHER_KIT));
    assert_eq!((plan.name.as_str(), en(&plan.title)), ("the-silent-printer", "The Silent Printer"));
    assert_eq!((plan.tlp, plan.duration), (Tlp::Green, Millis::minutes(90)));
    assert_eq!(en(&plan.summary), "A printer firm's update server was taken over.");
    let objectives: Vec<_> = plan.objectives.iter().map(|objective| en(&objective.title)).collect();
    assert_eq!(objectives, ["Keep evidence before cleaning", "Publish an advisory in time"]);
    assert_eq!(plan.hot_wash.iter().map(en).collect::<Vec<_>>(), ["What would you do first next time?"]);

    let [pages, calls] = plan.injects.as_slice() else { panic!("{:#?}", plan.injects) };
    assert_eq!(en(&pages.content.title), "Pages nobody printed");
    assert_eq!(pages.trigger, Trigger::At { at: Millis::minutes(5) });
    assert_eq!(en(&pages.content.body), "At dawn the printers of the ministry print the same page.\nIt names a date.");
    assert_eq!(questions(pages), ["Questions|- What do you tell the ministry?\n- Who else has these printers?"]);
    assert_eq!(pages.staff.expected.len(), 2);
    assert!(en(&pages.staff.notes).contains("Duty officer"), "participants are for staff");
    assert_eq!(en(&calls.content.title), "The firm calls");
    assert_eq!(calls.trigger, Trigger::At { at: Millis::minutes(40) });
    assert_eq!(en(&calls.content.body), "The firm says that its update server sent the page.");
    assert_eq!(questions(calls), ["Do you publish an advisory now?|"]);
    assert_eq!(en(&calls.staff.notes), "The firm will deny it tomorrow.");
}

#[test]
fn what_finds_no_place_is_listed_with_its_line() {
    let unplaced = import_markdown(OTHER_KIT).unplaced;
    let listed: Vec<_> = unplaced.iter().map(|left| (left.line, left.text.as_str())).collect();
    let line = |text: &str| OTHER_KIT.lines().position(|line| line == text).unwrap() + 1;
    let expected = ["**Budget code:** 7781", "### Music", "Play something sombre.", "## Catering", "Coffee at ten."];
    assert_eq!(listed, expected.map(|text| (line(text), text)));
}

/// Every word of a kit is in the pack or in the list; marks and labels aside.
#[test]
fn no_word_is_lost() {
    let imported = import_markdown(OTHER_KIT);
    let listed: Vec<_> = imported.unplaced.iter().map(|left| left.text.as_str()).collect();
    let kept = format!("{:?} {} {}", plan_of(&imported), imported.files[MAIN_FILE], listed.join(" ")).to_lowercase();
    for sentence in [
        "taken over",
        "same page",
        "a date",
        "the ministry?",
        "these printers",
        "kept as evidence",
        "other ministries",
        "sombre",
        "sent the page",
        "advisory now",
        "deny it tomorrow",
        "before cleaning",
        "in time",
        "next time",
        "at ten",
        "r. okafor",
        "press officer",
    ] {
        assert!(kept.contains(sentence), "{sentence}");
    }
}

#[test]
fn text_for_facilitators_never_reaches_players() {
    let kit = "# T\n\n## Overview\n\n**For the facilitator only.**\n\nThe intern did it.\n\n## Inject 1: A call\n\n\
               Note to the facilitator: smile.\n\n**Read aloud:** Somebody calls.\n\n**Listen for:**\n- Doubt\n\n\
               **Situation (facilitator only):** The intern hides.\n\n**What staff already know:** He ran.\n";
    let plan = plan_of(&import_markdown(kit));
    assert!(en(&plan.ground_truth).contains("The intern did it."));
    assert!(plan.summary.is_empty());
    let inject = &plan.injects[0];
    assert_eq!(en(&inject.content.body), "Somebody calls.");
    assert_eq!(inject.kind, InjectKind::Contextual);
    for note in ["smile", "The intern hides.", "He ran."] {
        assert!(en(&inject.staff.notes).contains(note), "{note}");
    }
}

#[test]
fn times_that_a_kit_does_not_give_are_spread_over_its_duration() {
    let kit = "# T\n\n**Duration:** 60-80 minutes\n\n## Inject 1\n\nA\n\n## Inject 2\n\nB\n\n## Inject 3 T+70\n\nC\n\n## Inject 4\n\nD\n";
    let at: Vec<_> = plan_of(&import_markdown(kit)).injects.iter().map(|inject| inject.trigger.clone()).collect();
    assert_eq!(at, [0, 20, 70, 60].map(|minutes| Trigger::At { at: Millis::minutes(minutes) }));
}

#[test]
fn odd_documents_still_make_a_pack() {
    let long = format!("# {}\n\n## Inject 1\n\nx\n\n## Inject 1\n\n\u{7}: [yes]\t\n", "word ".repeat(50));
    for odd in [
        "",
        "no heading",
        "# \n",
        "## Inject 99999999999999999999 T+99999999999:1\n\n**Time:** 999999999 hours",
        "## Inject 1\n\n**Read:** x: y # z, and so on and so on and so on and so on and so on and so on and so on\n",
        "| a |\n|---|\n| b |",
        &long,
    ] {
        plan_of(&import_markdown(odd));
        plan_of(&import_markdown_in(odd, "FR"));
    }
}

/// A real kit, which is not part of this repository: `DRILLHALL_EXAMPLES` names the folder of examples.
#[test]
fn a_real_kit_finds_its_places() {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/examples");
    let examples = std::env::var_os("DRILLHALL_EXAMPLES").map_or(beside, PathBuf::from);
    let path = examples.join("medcaribe-ttx-kit/scenario-1-bec.md");
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("SKIPPED: {} is not there, so the importer was not tried on a real kit", path.display());
        return;
    };
    let imported = import_markdown(&text);
    let plan = plan_of(&imported);
    assert_eq!(plan.duration, Millis::minutes(90));
    assert!(plan.summary.is_empty() && !plan.ground_truth.is_empty(), "the overview is for the facilitator");
    assert_eq!(plan.objectives.len(), 12);
    assert_eq!(plan.injects.len(), 5);
    for (n, inject) in (0..).zip(&plan.injects) {
        assert_eq!(inject.trigger, Trigger::At { at: Millis::minutes(18 * n) });
        assert_eq!(inject.kind, InjectKind::Task);
        let form = inject.content.form.as_ref().unwrap();
        let [answer, follow_up] = form.fields.as_slice() else { panic!("{form:#?}") };
        assert!(matches!(answer.kind, FieldKind::LongText { .. }) && answer.required);
        assert!(en(&answer.label).ends_with(['?', '.']) && !en(&answer.label).contains('"'), "{:?}", answer.label);
        assert!(en(follow_up.help.as_ref().unwrap()).lines().count() >= 5);
        assert!(inject.staff.expected.len() >= 5);
        assert!(!en(&inject.content.body).starts_with('"') && en(&inject.content.body).len() > 100);
    }
    assert!(en(&plan.injects[0].staff.notes).contains("Incident Coordinator"));
    let listed: Vec<_> = imported.unplaced.iter().map(|left| left.line).collect();
    let lines: Vec<&str> = text.lines().collect();
    assert!(listed.iter().any(|line| lines[line - 1].contains("Threat Vector")));
    assert!(listed.iter().any(|line| lines[line - 1].contains("Document Control")));
}
