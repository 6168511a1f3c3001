//! What people made of an exercise, in its report: in the place of drafts, for whom it is meant, and no further.

use drillhall::{
    engine::{command::Act, role::Role, text::Language},
    report::{
        html::render,
        model::{FindingKind, Report, Version},
    },
};
use serde_json::{Value, json};

use super::hall::{Hall, TASK, choice};

fn act(value: Value) -> Act {
    serde_json::from_value(value).unwrap()
}

/// Four teams, of which three have answered right; over.
fn over() -> Hall {
    let teams = [("a-1", "Alpha", "en"), ("b-2", "Beta", "fr"), ("c-3", "Gamma", "fr"), ("d-4", "Delta", "en")];
    let scenario = TASK.lines().filter(|line| !line.contains("id: why")).collect::<Vec<_>>().join("\n") + "\n";
    let mut hall = Hall::playing(&scenario, &teams);
    hall.join("lead", Role::LeadEvaluator);
    for team in ["a-1", "b-2", "c-3"] {
        hall.answer(120, team, &[("class", choice("guessing"))]);
    }
    hall.act(1_800, "director", Act::EndEx);
    hall
}

fn html(report: &Report) -> String {
    render(report, &Language::from("en"))
}

#[test]
fn what_people_wrote_stands_in_the_place_of_its_draft() {
    let mut hall = over();
    assert!(hall.report().findings.iter().any(|draft| draft.key == "in_target/alert"));
    let edit = |title: &str| {
        act(json!({ "type": "edit_finding", "finding": "prompt", "scope": "event", "kind": "strength", "title": title,
                    "observation": "Three of four were prompt.", "analysis": "They had drilled it.", "rows": [8],
                    "drafted_from": { "rule": "in_target", "key": "in_target/alert" } }))
    };
    hall.act(1_900, "lead", edit("Prompt <b>answers</b>"));
    let report = hall.report();
    assert!(!report.findings.iter().any(|draft| draft.key == "in_target/alert"));
    let [edited] = report.edited.as_slice() else { panic!("{:?}", report.edited) };
    assert_eq!((edited.kind, edited.rows.as_slice()), (FindingKind::Strength, &[8][..]));
    assert!(!report.signed_off && report.draft);
    let page = html(&report);
    assert!(
        page.contains("Prompt &lt;b&gt;answers&lt;/b&gt;")
            && page.contains("They had drilled it.")
            && page.contains("Not signed off")
    );

    hall.act(1_910, "lead", act(json!({ "type": "sign_off", "scope": "event" })));
    let signed = hall.report().for_readers(&Version::Staff).unwrap();
    assert!(signed.signed_off && !signed.draft);
    hall.act(1_920, "lead", edit("Prompt at last"));
    assert!(hall.report().for_readers(&Version::Staff).unwrap().draft, "an edit lifts the signature");
}

#[test]
fn the_improvement_plan_says_who_until_when_and_what_is_overdue() {
    let mut hall = over();
    let put = |id: &str, scope: Value, completion: &str, priority: &str| {
        act(json!({ "type": "put_corrective_action", "action": id, "scope": scope, "text": format!("Do {id}"),
                    "element": "training", "owner": "Ministry", "contact": "Desk 5", "completion": completion,
                    "priority": priority }))
    };
    // The drill is of New Year's Day 2026.
    hall.act(1_900, "director", put("later", json!("event"), "2026-06-30", "low"));
    hall.act(1_901, "director", put("urgent", json!("event"), "2025-12-01", "high"));
    hall.act(1_902, "director", put("own", json!({ "team": "a-1" }), "2026-03-31", "medium"));
    let report = hall.report();
    let lines: Vec<_> = report.improvement.iter().map(|line| (line.action.as_str(), line.overdue)).collect();
    assert_eq!(lines, [("urgent", true), ("later", false)]);
    assert_eq!(report.teams[0].improvement.len(), 1);
    let brief = report.clone().for_readers(&Version::Brief { team: "a-1".into() }).unwrap();
    let page = html(&brief);
    assert!(page.contains("Do own") && page.contains("Ministry, Desk 5") && page.contains("2026-03-31"));
    assert!(!page.contains("Do urgent"));
    let public = report.for_readers(&Version::Community).unwrap();
    assert!(public.improvement.iter().all(|line| line.owner.is_none() && line.contact.is_none()));
    assert!(!serde_json::to_string(&public).unwrap().contains("Ministry"));
}

/// Three decisions, each with who, until when and what it costs: what is agreed already needs none.
#[test]
fn the_brief_asks_for_what_nobody_has_decided() {
    let mut hall = over();
    let wanted =
        [("one", "low", "low"), ("two", "high", "high"), ("three", "medium", "medium"), ("four", "high", "low")];
    for (second, (id, priority, cost)) in (1_900..).zip(wanted) {
        let put = json!({ "type": "put_corrective_action", "action": id, "scope": { "team": "a-1" },
                          "text": format!("Do {id}"), "element": "planning", "owner": "Ministry",
                          "completion": "2026-06-30", "priority": priority, "cost": cost });
        hall.act(second, "a-1", act(put));
    }
    let agreed = json!({ "type": "set_corrective_state", "action": "two", "state": "agreed" });
    hall.act(1_910, "director", act(agreed));
    let brief = hall.report().for_readers(&Version::Brief { team: "a-1".into() }).unwrap();
    let page = html(&brief);
    let (_, asked) = page.split_once("Decisions asked for").unwrap();
    let (asked, quoted) = asked.split_once("What may be quoted").unwrap();
    assert!(!asked.contains("Do two"), "it is agreed");
    let places: Vec<_> = ["Do four", "Do three", "Do one"].map(|text| asked.find(text).unwrap()).into();
    assert!(places.is_sorted(), "the most urgent first");
    let (_, row) = asked.split_once("Do three").unwrap();
    let (row, _) = row.split_once("</li>").unwrap();
    assert!(row.contains("Ministry") && row.contains("2026-06-30") && row.contains("<bdi>medium</bdi>"), "{row}");
    assert!(asked.contains("high – new funds, or a decision above the owner"), "bands are said in words");
    assert!(quoted.contains("Nothing else on this page may be quoted"));
    for language in drillhall::report::html::languages() {
        let page = render(&brief, &Language::from(language));
        assert!(page.contains("Do four") && !page.contains("Do two"), "{language}");
    }
}

#[test]
fn the_hot_wash_and_feedback_name_nobody_and_stay_with_those_who_were_there() {
    let mut hall = over();
    let note = |text: &str| {
        act(
            json!({ "type": "add_to_hot_wash", "kind": "area", "text": text, "anonymous": true, "capability": null, "team": null }),
        )
    };
    hall.act(1_900, "a-1", note("We had no phone list"));
    hall.act(1_901, "b-2", note("Alpha was slow to tell us"));
    let form: Vec<_> = hall.state.feedback_form().iter().map(|field| field.id.to_string()).collect();
    let text = hall.state.feedback_form().iter().find(|field| field.kind.options().is_empty()).unwrap().id.to_string();
    hall.act(
        1_902,
        "a-1",
        act(json!({ "type": "give_feedback", "answers": { text: { "text": "More time, please" } } })),
    );
    let report = hall.report();
    assert_eq!(report.notes.len(), 2);
    let feedback = report.feedback.clone().unwrap();
    assert_eq!((feedback.given, feedback.questions.len()), (1, form.len()));
    assert!(feedback.questions.iter().any(|question| question.texts == ["More time, please"]));
    assert!(html(&report).contains("More time, please"));

    let own = report.clone().for_readers(&Version::Team { team: "b-2".into() }).unwrap();
    let notes: Vec<_> = own.notes.iter().filter_map(|note| note.text.as_deref()).collect();
    assert_eq!(notes, ["We had no phone list"], "what names another team is left out");
    assert!(own.feedback.is_none());
    for version in [Version::Community, Version::Public] {
        let shared = serde_json::to_string(&report.clone().for_readers(&version).unwrap()).unwrap();
        assert!(!shared.contains("phone list") && !shared.contains("More time"), "{version:?}");
    }
}
