//! Who may read what administrators did: auditors, and nobody else.

use axum::http::{Method, StatusCode};
use drillhall::{
    account::PlatformRole,
    store::{chain, jsonl},
};
use serde_json::Value;

use super::people::{Enrolled, enrolled};
use crate::server::{Reply, Server};

const LOG: &str = "/api/v1/audit";
const FILE: &str = "/api/v1/audit.jsonl";

async fn read(server: &Server, who: &Enrolled, path: &str) -> Reply {
    who.ask(server, Method::GET, path, &Value::Null).await
}

#[tokio::test]
async fn an_auditor_reads_the_log_in_pages_and_is_noted_for_taking_it_away() {
    let server = Server::start().await;
    let admin = enrolled(&server, "ana", PlatformRole::PlatformAdmin).await;
    let auditor = enrolled(&server, "eve", PlatformRole::Auditor).await;
    let page = read(&server, &auditor, LOG).await.json();
    let entries = page["entries"].as_array().unwrap();
    assert_eq!(i64::try_from(entries.len()).unwrap(), page["head"].as_i64().unwrap());
    assert!(entries.iter().any(|entry| entry["kind"] == "account_created"));
    assert_eq!(page["logins"][&admin.account], "ana");
    let rest = read(&server, &auditor, "/api/v1/audit?after=1").await.json();
    assert_eq!(rest["entries"][0]["seq"], 2);

    let file = read(&server, &auditor, FILE).await;
    assert_eq!(file.headers["content-disposition"], "attachment; filename=\"audit.jsonl\"");
    let export = jsonl::read(file.body.as_bytes()).unwrap();
    assert_eq!(chain::verify(&export.rows).unwrap().head, export.head);
    let last = &export.rows.last().unwrap().row;
    assert_eq!((last.kind.as_str(), last.actor.clone()), ("audit_read", format!("account/{}", auditor.account)));
}

#[tokio::test]
async fn nobody_else_reads_it() {
    let server = Server::start().await;
    for path in [LOG, FILE] {
        assert_eq!(server.get(path).await.status, StatusCode::UNAUTHORIZED);
    }
    for (login, role) in
        [("ana", PlatformRole::PlatformAdmin), ("ben", PlatformRole::Director), ("cyd", PlatformRole::Account)]
    {
        let somebody = enrolled(&server, login, role).await;
        for path in [LOG, FILE] {
            assert_eq!(read(&server, &somebody, path).await.status, StatusCode::FORBIDDEN, "{login} {path}");
        }
    }
}
