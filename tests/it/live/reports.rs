//! Who may read which report: staff all of them, as drafts too; everybody else what two people released to them.

use drillhall::{
    bot::player::Place,
    engine::{role::Role, time::Rate},
};
use serde_json::{Value, json};

use super::{
    client::{Client, get},
    drill::{one_manual_inject, release, start, submit},
    fixture::{Hall, Server},
};

/// Two teams have answered, and play is over. With a second person who may release.
async fn over(data: &tempfile::TempDir) -> (Hall, Client, [Place; 2]) {
    let server = Server::start(data.path()).await;
    let mut hall = Hall::open(server, one_manual_inject(), Vec::new(), Rate::REAL, &["reds", "blues"]).await;
    let places = [hall.player("reds").await, hall.player("blues").await];
    hall.director.act(start()).await;
    hall.director.act(release("call")).await;
    for (place, says) in places.iter().zip(["What the red ones said", "What the blue ones said"]) {
        Client::enter(place).await.act(submit("call", says)).await;
    }
    hall.director.act(json!({ "type": "end_ex" })).await;
    let lead = Client::enter(&hall.seat(Role::LeadEvaluator, None, "Lead").await).await;
    (hall, lead, places)
}

async fn code(place: &Place, path: &str) -> Value {
    get(place, path).await.json()["type"].clone()
}

/// Proposes a release and has a second person approve it.
async fn let_out(hall: &mut Hall, lead: &mut Client, proposal: Value) {
    hall.director.act(proposal).await;
    let card = lead.wait_for("a proposal", |frame| frame["kind"] == json!("report_proposed")).await;
    let item = card["cards"][0]["card"]["item"].clone();
    lead.act(json!({ "type": "approve_release", "item": item })).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_team_reads_its_own_report_once_it_is_released_and_no_other() {
    let data = tempfile::tempdir().unwrap();
    let (mut hall, mut lead, [red, blue]) = over(&data).await;
    let draft = get(&hall.control, "report?for=team&team=reds").await.json();
    assert_eq!((&draft["draft"], &draft["tlp"]), (&json!(true), &json!("amber")));
    for path in ["report", "report.html?for=team&team=reds", "report?for=staff", "report.csv?for=community"] {
        assert_eq!(code(&red, path).await, json!("urn:drillhall:problem:forbidden"), "{path}");
    }

    let_out(&mut hall, &mut lead, json!({ "type": "propose_release", "version": "team", "teams": ["reds"] })).await;
    let own = get(&red, "report").await.json();
    assert_eq!((&own["version"], &own["draft"]), (&json!({ "for": "team", "team": "reds" }), &json!(false)));
    assert!(own.to_string().contains("What the red ones said"));
    assert!(!own.to_string().contains("blue"), "{own}");
    let page = String::from_utf8(get(&red, "report.html").await.bytes).unwrap();
    assert!(page.contains("What the red ones said") && !page.contains("blue") && !page.contains("DRAFT"));
    for path in ["report?for=team&team=blues", "report?for=staff", "report?for=community", "report?for=brief&team=reds"]
    {
        assert_eq!(code(&red, path).await, json!("urn:drillhall:problem:forbidden"), "{path}");
    }
    assert_eq!(code(&blue, "report").await, json!("urn:drillhall:problem:forbidden"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_released_is_what_the_second_person_read() {
    let data = tempfile::tempdir().unwrap();
    let (mut hall, mut lead, [red, _]) = over(&data).await;
    let finding = |title: &str| {
        json!({ "type": "edit_finding", "finding": "calm", "scope": { "team": "reds" }, "kind": "strength",
                "title": title, "observation": "Seen at the desk.", "rows": [1] })
    };
    hall.director.act(finding("They kept calm")).await;
    hall.director.act(json!({ "type": "propose_release", "version": "team", "teams": ["reds"] })).await;
    hall.director.act(finding("They panicked")).await;
    let card = lead.wait_for("a proposal", |frame| frame["kind"] == json!("report_proposed")).await;
    let item = card["cards"][0]["card"]["item"].clone();
    lead.act(json!({ "type": "approve_release", "item": item })).await;
    let own = get(&red, "report").await.json();
    assert_eq!(own["teams"][0]["edited"][0]["title"], json!("They kept calm"));
    assert!(!own.to_string().contains("panicked"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn versions_and_tables_that_do_not_exist_are_refused_with_what_there_is() {
    let data = tempfile::tempdir().unwrap();
    let (hall, ..) = over(&data).await;
    for (path, expected) in [
        ("report?for=press", "unknown_version"),
        ("report?for=team", "no_team_named"),
        ("report?for=brief&team=greens", "unknown_team"),
        ("report.csv?table=scores", "unknown_table"),
    ] {
        assert_eq!(code(&hall.control, path).await, json!(format!("urn:drillhall:problem:{expected}")), "{path}");
    }
    let table = get(&hall.control, "report.csv?table=teams").await;
    assert_eq!(table.header("content-type"), "text/csv; charset=utf-8");
    assert!(table.header("content-disposition").starts_with("attachment; filename=\"EXERCISE"));
    assert!(String::from_utf8_lossy(&table.bytes).contains("reds,reds,"));
    assert!(get(&hall.control, "report.xlsx").await.bytes.starts_with(b"PK"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_writes_the_report_gets_drafts_in_words_until_they_are_adopted() {
    let data = tempfile::tempdir().unwrap();
    let (mut hall, _, [red, _]) = over(&data).await;
    assert_eq!(code(&red, "findings").await, json!("urn:drillhall:problem:forbidden"));
    let drafts = get(&hall.control, "findings?language=fr").await.json();
    let drafts = drafts.as_array().unwrap();
    let no_log = drafts.iter().find(|one| one["from"]["rule"] == json!("no_log")).unwrap();
    assert_eq!((&no_log["scope"], &no_log["kind"]), (&json!("event"), &json!("area")));
    assert!(no_log["text"].as_str().unwrap().contains("journal"), "{no_log}");
    assert!(drafts.iter().any(|one| one["scope"] == json!({ "team": "reds" })), "{drafts:?}");

    let adopted = json!({ "type": "edit_finding", "finding": "logs", "scope": "event", "kind": "area", "title": "No logs",
                          "observation": no_log["text"], "rows": no_log["rows"], "drafted_from": no_log["from"] });
    hall.director.act(adopted).await;
    let left = get(&hall.control, "findings?language=fr").await.json();
    let left = left.as_array().unwrap();
    assert!(
        left.iter().all(|one| one["scope"] != json!("event") || one["from"]["rule"] != json!("no_log")),
        "{left:?}"
    );
    assert_eq!(left.len(), drafts.len() - 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_report_on_paper_is_for_those_who_may_read_the_page() {
    let data = tempfile::tempdir().unwrap();
    let (hall, _, [red, _]) = over(&data).await;
    for path in ["report.pdf", "report.pdf?for=team&team=reds"] {
        assert_eq!(code(&red, path).await, json!("urn:drillhall:problem:forbidden"), "{path}");
    }
    let paper = get(&hall.control, "report.pdf?for=team&team=reds&language=fr").await;
    if cfg!(feature = "pdf") {
        assert_eq!(paper.header("content-type"), "application/pdf");
        assert!(paper.header("content-disposition").starts_with("attachment; filename=\"EXERCISE"));
        assert!(paper.bytes.starts_with(b"%PDF-"));
    } else {
        assert_eq!(paper.json()["type"], json!("urn:drillhall:problem:pdf_not_built"));
        assert!(paper.json()["detail"].to_string().contains("make build PDF=1"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_of_no_row_at_all_is_refused() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let hall = Hall::open(server, one_manual_inject(), Vec::new(), Rate::REAL, &["reds"]).await;
    for path in ["report?at=0", "report.html?at=-1", "report.csv?at=0"] {
        let answer = get(&hall.control, path).await;
        assert_eq!((answer.status, &answer.json()["code"]), (422, &json!("bad_at")), "{path}");
    }
    assert_eq!(get(&hall.control, "report?at=1").await.status, 200);
}
