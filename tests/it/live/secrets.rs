//! Nothing secret is in what a server says: a word that nobody else writes stands in everything that is secret or
//! somebody's own, the real program runs and says all that it can say, and that is looked through for the words; so
//! are its errors and its metrics.

use std::{
    fs,
    path::Path,
    process::{Command as Once, Stdio},
    time::Duration,
};

use drillhall::{
    account::totp,
    bot::player::{Place, cookie_of},
    clock::Clock,
};
use reqwest::{
    Method,
    header::{COOKIE, ORIGIN},
};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

use super::client::{Client, ask};

const PATIENCE: Duration = Duration::from_mins(1);
const PASSWORD: &str = "canary password of several words";
const HOOK_SECRET: &str = "canary-hook-0123456789abcdef0123456789";
const SCENARIO: &str = "format: 1\nmeta: {name: quiet, title: Quiet, tlp: clear, languages: [en], duration: 60m}\n\
    injects:\n  - id: call\n    kind: task\n    manual: true\n    player:\n      title: canary title\n      body: canary body\n      \
    form:\n        fields: [{id: answer, label: What now?, long_text: {max_chars: 200}}]\n";

/// The real program, saying everything into a file.
struct Server {
    child: Child,
    base: String,
    setup: String,
}

impl Server {
    async fn start(folder: &Path) -> Self {
        let log = fs::File::create(folder.join("log")).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_drillhall"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data", "data"])
            .env("DRILLHALL_LOG", "trace")
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
        let (mut base, mut setup) = (String::new(), String::new());
        while setup.is_empty() {
            let line = tokio::time::timeout(PATIENCE, said.next_line()).await.expect("it starts").unwrap();
            let line = line.expect("it says where it serves");
            if let Some(at) = line.strip_prefix("Drillhall serves at ") {
                at.clone_into(&mut base);
            }
            if let Some((_, token)) = line.split_once("/setup#") {
                token.clone_into(&mut setup);
            }
        }
        Self { child, base, setup }
    }

    /// Sends what a page would; the status, the cookie that came, and the body.
    async fn post(&self, path: &str, body: &Value, cookie: &str) -> (u16, String, String) {
        let request = reqwest::Client::new().post(format!("{}/api/v1/{path}", self.base)).json(body);
        let answer = request.header(ORIGIN, &self.base).header(COOKIE, cookie).send().await.unwrap();
        let (status, given) = (answer.status().as_u16(), cookie_of(answer.headers()));
        (status, given, answer.text().await.unwrap())
    }

    /// The same for what a page puts in place of something; the answer, and the cookie that came.
    async fn put(&self, path: &str, body: &Value, cookie: &str) -> (Value, String) {
        let request = reqwest::Client::new().put(format!("{}/api/v1/{path}", self.base)).json(body);
        let answer = request.header(ORIGIN, &self.base).header(COOKIE, cookie).send().await.unwrap();
        let given = cookie_of(answer.headers());
        (answer.json().await.unwrap(), given)
    }

    async fn made(&self, path: &str, body: &Value, cookie: &str) -> Value {
        let (status, _, body) = self.post(path, body, cookie).await;
        assert!((200..300).contains(&status), "{path}: {status} {body}");
        serde_json::from_str(&body).unwrap()
    }
}

fn value_of(cookie: &str) -> String {
    cookie.split_once('=').unwrap().1.to_owned()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// Everything that somebody types or is given in a drill. Returns the secrets that the server made, and what it said when
/// something was wrong.
async fn play(server: &Server) -> (Vec<String>, String) {
    let mut secrets = vec![server.setup.clone()];
    let mut refusals = String::new();
    let account = json!({ "token": server.setup, "login": "ana", "password": PASSWORD });
    let (status, session, body) = server.post("setup", &account, "").await;
    assert_eq!(status, 201, "{body}");
    secrets.push(value_of(&session));
    for wrong in [
        json!({ "login": "ana", "password": "canary wrong password" }),
        json!({ "login": "ana", "password": ["canary in a list"] }),
        json!({ "login": "ana", "password": { "canary": 1 } }),
        json!({ "login": 7, "password": "canary after a fault" }),
    ] {
        let (status, _, body) = server.post("sessions", &wrong, "").await;
        assert!(status >= 400);
        refusals.push_str(&body);
    }
    let secret = text(&server.made("me/totp", &json!({}), &session).await["secret"]);
    let code = json!({ "code": totp::code(&secret, Clock::system().now()).unwrap() });
    let (enrolled, session) = server.put("me/totp", &code, &session).await;
    let recovery = enrolled["codes"].as_array().unwrap().iter().map(text);
    secrets.extend(recovery.chain([secret, value_of(&session)]));
    secrets.push(text(&server.made("tokens", &json!({}), &session).await["token"]));
    let exercise = text(&server.made("exercises", &json!({ "yaml": SCENARIO }), &session).await["exercise"]);
    let here = format!("exercises/{exercise}");
    let team = json!({ "key": "t", "team": "reds", "name": "canary team", "language": "en" });
    server.made(&format!("{here}/teams"), &team, &session).await;
    let terms = json!({ "role": "team_lead", "team": "reds", "label": "canary label" });
    let link = server.made(&format!("{here}/links"), &terms, &session).await;
    let link = text(&link["path"]).split_once('#').unwrap().1.to_owned();
    let lead = Place::join(&server.base, &link, "canary name", "en").await.unwrap();
    secrets.extend([link, value_of(&lead.cookie)]);
    for act in [json!({ "type": "start_ex" }), json!({ "type": "release", "inject": "call", "teams": null })] {
        let key = act["type"].clone();
        server.made(&format!("{here}/commands"), &json!({ "key": key, "act": act }), &session).await;
    }
    let ticket = ask(&lead, Method::POST, "tickets", Vec::new()).await.json();
    secrets.push(text(&ticket["ticket"]));
    let mut client = Client::open_without_cookie(&lead).await;
    client.say(&json!({ "type": "hello", "ticket": ticket["ticket"], "language": "en" })).await;
    client.wait_for("a board", |frame| frame["type"] == "reset").await;
    let answers = json!({ "answer": { "text": "canary answer" } });
    client.act(json!({ "type": "submit", "inject": "call", "answers": answers, "composed_at": null })).await;
    client.act(json!({ "type": "write_log", "text": "canary entry", "happened_at": null, "inject": null })).await;
    client.act(json!({ "type": "say", "team": null, "text": "canary said" })).await;
    client.act(json!({ "type": "raise_no_duff", "text": "canary duff", "call_back": "canary number" })).await;
    let refused = client.ask("canary-key", &json!({ "type": "write_log", "text": { "canary": "in a frame" } })).await;
    assert_eq!(refused["code"], "bad_frame");
    let draft = json!({ "answers": { "answer": { "text": "canary draft" } } }).to_string().into_bytes();
    assert_eq!(ask(&lead, Method::PUT, "drafts/call", draft).await.status, 200);
    let file = ask(&lead, Method::POST, "uploads?name=canary-name.txt", b"canary in a file\n".to_vec()).await;
    assert_eq!(file.status, 201);
    (secrets, refusals)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_secret_and_nothing_that_people_write_is_in_log_errors_or_metrics() {
    let folder = tempfile::tempdir().unwrap();
    // Nobody listens there: that the hook fails is said, too.
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let settings = format!(
        "hook_hosts: [127.0.0.1]\nhooks: [{{name: duty, url: 'http://{closed}/canary-in-path?key=canary', \
         events: [exercise_started, no_duff], secret: {HOOK_SECRET}}}]\n"
    );
    fs::write(folder.path().join("drillhall.yaml"), settings).unwrap();
    let mut server = Server::start(folder.path()).await;
    let (secrets, refusals) = play(&server).await;
    let metrics = reqwest::get(format!("{}/metrics", server.base)).await.unwrap().text().await.unwrap();
    let pid = server.child.id().unwrap().to_string();
    assert!(Once::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    assert!(server.child.wait().await.unwrap().success());

    let log = fs::read_to_string(folder.path().join("log")).unwrap();
    assert!(log.contains("TRACE") || log.contains("DEBUG") || log.contains("INFO"), "it said nothing");
    assert!(log.contains("/api/v1/sessions"), "requests are logged");
    assert!(log.contains("a hook was not told") && log.contains("duty"), "{log}");
    assert!(metrics.contains("drillhall_http_requests_total"));
    for (what, said) in [("the log", &log), ("an error", &refusals), ("the metrics", &metrics)] {
        for secret in secrets.iter().map(String::as_str).chain(["canary"]) {
            let found = said.to_lowercase().find(&secret.to_lowercase()).map(|at| {
                let from = said.floor_char_boundary(at.saturating_sub(300));
                &said[from..said.ceil_char_boundary(at + 80)]
            });
            assert!(found.is_none(), "{secret} is in {what}: …{}…", found.unwrap_or_default());
        }
    }
}

#[test]
fn the_address_of_a_database_that_is_not_there_is_not_said() {
    let folder = tempfile::tempdir().unwrap();
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let ran = Once::new(env!("CARGO_BIN_EXE_drillhall"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data", "data"])
        .env("DRILLHALL_DATABASE_URL", format!("postgres://canary-user:canary-password@{closed}/canary"))
        .env("DRILLHALL_LOG", "trace")
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(!ran.status.success());
    let said = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(said.contains("error"), "{said}");
    assert!(!said.contains("canary"), "{said}");
}
