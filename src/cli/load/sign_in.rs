//! People who try to sign in, thousands of them, while a drill goes on. Each has a login and an address of its own, so
//! that no limit on either spares the server anything.

use std::time::Duration;

use anyhow::Context;
use futures_util::{StreamExt, TryStreamExt, stream};
use reqwest::{StatusCode, header::ORIGIN};
use serde_json::json;

use super::{figures::LoginFlood, now};

/// Attempts that are under way at once.
const AT_ONCE: usize = 200;

/// So many attempts, evenly over a time; those that are late are not waited for.
pub(super) async fn try_to_sign_in(base: &str, attempts: u32, within: Duration) -> anyhow::Result<LoginFlood> {
    let client = reqwest::Client::new();
    let start = now();
    let answers = stream::iter(0..attempts).map(|number| {
        let client = &client;
        async move {
            tokio::time::sleep_until(start + within * number / attempts).await;
            let [_, high, middle, low] = number.to_be_bytes();
            let account = json!({ "login": format!("nobody-{number}"), "password": "a guess of some length" });
            let request = client.post(format!("{base}/api/v1/sessions")).header(ORIGIN, base);
            let request = request.header("X-Forwarded-For", format!("10.{high}.{middle}.{low}")).json(&account);
            Ok::<_, anyhow::Error>(request.send().await.context("an attempt to sign in was not answered")?.status())
        }
    });
    let answers: Vec<StatusCode> = answers.buffer_unordered(AT_ONCE).try_collect().await?;
    let count = |status| u32::try_from(answers.iter().filter(|answer| **answer == status).count()).unwrap_or(u32::MAX);
    Ok(LoginFlood {
        attempts,
        refused: count(StatusCode::UNAUTHORIZED),
        turned_away: count(StatusCode::TOO_MANY_REQUESTS),
        ..LoginFlood::default()
    })
}
