//! The lists that incident response classifies by, as anybody reads them.

use drillhall::engine::taxonomy::{attack, rsit};
use reqwest::Response;
use serde_json::Value;

use super::fixture::Server;

async fn get(server: &Server, path: &str) -> Response {
    reqwest::get(format!("{}/api/v1/taxonomies/{path}", server.base)).await.unwrap()
}

async fn found(server: &Server, query: &str) -> Vec<String> {
    let list: Value = get(server, &format!("attack?{query}")).await.json().await.unwrap();
    let id = |technique: &Value| technique["id"].as_str().unwrap().to_owned();
    list["techniques"].as_array().unwrap().iter().map(id).collect()
}

#[tokio::test]
async fn techniques_are_found_without_a_seat_and_may_be_kept() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let reply = get(&server, "attack?q=spearphishing%20link&limit=1").await;
    assert_eq!(reply.headers()["cache-control"], "public, max-age=3600");
    let list: Value = reply.json().await.unwrap();
    assert_eq!((list["version"].as_str(), list["notice"].as_str()), (Some(attack::VERSION), Some(attack::NOTICE)));
    assert_eq!(list["tactics"].as_array().unwrap().len(), 15);
    assert_eq!(
        list["techniques"],
        serde_json::json!([{ "id": "T1566.002", "name": "Spearphishing Link", "tactics": ["initial-access"],
            "parent": { "id": "T1566", "name": "Phishing" } }])
    );
    assert_eq!(found(&server, "q=T1562.001").await, ["T1685"]);
    assert_eq!(found(&server, "q=t1").await.len(), 20);
    assert_eq!(found(&server, "limit=99999").await.len(), attack::all().len());
    assert_eq!(get(&server, "attack?limit=many").await.status(), 400);
    server.stop().await;
}

#[tokio::test]
async fn classes_come_with_their_types() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path()).await;
    let reply = get(&server, "rsit").await;
    assert_eq!(reply.headers()["cache-control"], "public, max-age=3600");
    let list: Value = reply.json().await.unwrap();
    assert_eq!(list["version"], rsit::VERSION);
    assert_eq!(list["classes"], serde_json::to_value(rsit::CLASSES).unwrap());
    server.stop().await;
}
