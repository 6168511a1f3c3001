//! Somebody with an account, who signs in over HTTP, sets an exercise up and takes a seat in it.

use drillhall::{account::totp, bot::player::Place, clock::Clock};
use reqwest::{
    Method, StatusCode,
    header::{COOKIE, ORIGIN, SET_COOKIE},
};
use serde_json::{Value, json};

pub(crate) const PASSWORD: &str = "correct horse battery staple";

/// Somebody who is signed in.
pub(crate) struct Staff {
    pub(crate) base: String,
    pub(crate) session: String,
    pub(crate) account: String,
    /// What codes are made from.
    pub(crate) secret: String,
}

impl Staff {
    /// Signs in for the first time with an account that needs a second factor, and enrols one.
    pub(crate) async fn enrol(base: &str, login: &str) -> Self {
        let mut staff =
            Self { base: base.to_owned(), session: String::new(), account: String::new(), secret: String::new() };
        let (signed_in, cookie) =
            staff.ask(Method::POST, "sessions", json!({ "login": login, "password": PASSWORD })).await;
        (staff.session, staff.account) = (cookie.unwrap(), signed_in["account"].as_str().unwrap().to_owned());
        let (begun, _) = staff.ask(Method::POST, "me/totp", json!({})).await;
        begun["secret"].as_str().unwrap().clone_into(&mut staff.secret);
        let code = totp::code(&staff.secret, Clock::system().now()).unwrap();
        let (_, cookie) = staff.ask(Method::PUT, "me/totp", json!({ "code": code })).await;
        staff.session = cookie.unwrap();
        staff
    }

    /// Something that must succeed: its answer, and the cookie that came with it.
    pub(crate) async fn ask(&self, method: Method, path: &str, body: Value) -> (Value, Option<String>) {
        let (status, answer, cookie) = self.try_to(method, path, body).await;
        assert!(status.is_success(), "{path}: {status} {answer}");
        (answer, cookie)
    }

    pub(crate) async fn try_to(&self, method: Method, path: &str, body: Value) -> (StatusCode, Value, Option<String>) {
        let request = reqwest::Client::new().request(method, format!("{}/api/v1/{path}", self.base));
        let request = request.header(ORIGIN, &self.base).header(COOKIE, &self.session).json(&body);
        let answer = request.send().await.unwrap();
        let cookie = answer.headers().get(SET_COOKIE).map(|given| given.to_str().unwrap().to_owned());
        let cookie = cookie.map(|given| given.split(';').next().unwrap().to_owned());
        let status = answer.status();
        (status, serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap_or_default(), cookie)
    }

    /// Creates an exercise, and takes the director's seat in it.
    pub(crate) async fn exercise(&self, yaml: &str, rate: u32) -> Place {
        let (created, _) = self.ask(Method::POST, "exercises", json!({ "yaml": yaml, "rate": rate })).await;
        self.seat(created["exercise"].as_str().unwrap()).await
    }

    /// Takes a seat in an exercise that the account is in.
    pub(crate) async fn seat(&self, exercise: &str) -> Place {
        let (taken, cookie) = self.ask(Method::POST, &format!("exercises/{exercise}/seats"), json!({})).await;
        let seat = taken["seat"].as_str().unwrap().to_owned();
        Place { base: self.base.clone(), exercise: exercise.into(), seat, cookie: cookie.unwrap() }
    }
}
