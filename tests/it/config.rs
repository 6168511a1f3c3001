//! Settings: which layer wins, what is refused, and what is never printed.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::Parser;
use drillhall::config::{Config, ConfigArgs, LogFormat, Policy, Tls, unknown_variables};

const MIB: u64 = 1024 * 1024;

#[derive(Parser)]
struct Command {
    #[command(flatten)]
    args: ConfigArgs,
}

fn args(flags: &[&str]) -> ConfigArgs {
    Command::try_parse_from([&["drillhall"], flags].concat()).unwrap().args
}

fn directory_with(file: &str) -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("drillhall.yaml"), file).unwrap();
    directory
}

#[test]
fn without_anything_it_serves_this_machine_only() {
    let config = Config::load(ConfigArgs::default(), tempfile::tempdir().unwrap().path()).unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.data_dir, Path::new("drillhall-data"));
    assert_eq!(config.database_url, None);
}

#[test]
fn flags_win_over_the_file_and_the_file_over_defaults() {
    let directory = directory_with("listen: 0.0.0.0:80\nlog_format: json\npublic_url: https://Drill.example:443\n");
    let config = Config::load(args(&["--listen", "127.0.0.1:9000"]), directory.path()).unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:9000");
    assert_eq!(config.log_format, LogFormat::Json);
    assert_eq!(config.public_url.unwrap().to_string(), "https://drill.example");
}

#[test]
fn a_file_has_at_most_so_many_mebibytes_as_is_set() {
    let limit = |flags: &[&str]| Config::load(args(flags), Path::new("/nowhere")).map(|config| config.upload_limit);
    assert_eq!(limit(&[]).unwrap(), 10 * MIB);
    assert_eq!(limit(&["--upload-limit", "25"]).unwrap(), 25 * MIB);
    for wrong in ["0", "101", "18446744073709551615"] {
        assert!(limit(&["--upload-limit", wrong]).unwrap_err().to_string().contains("upload_limit"), "{wrong}");
    }
}

#[test]
fn the_policy_and_plain_sign_in_are_said_and_are_cautious_by_themselves() {
    let config = |flags: &[&str]| Config::load(args(flags), Path::new("/nowhere")).unwrap();
    let usual = config(&[]);
    assert_eq!((usual.policy, usual.allow_plain_sign_in), (Policy::Small, false));
    let said = config(&["--policy", "strict", "--allow-plain-sign-in"]);
    assert_eq!((said.policy, said.allow_plain_sign_in), (Policy::Strict, true));
    let file = directory_with("policy: national\nallow_plain_sign_in: true\n");
    let read = Config::load(args(&["--allow-plain-sign-in=false"]), file.path()).unwrap();
    assert_eq!((read.policy, read.allow_plain_sign_in), (Policy::National, false));
}

#[test]
fn what_is_wrong_is_named() {
    for (file, key) in [
        ("lisen: 0.0.0.0:80", "lisen"),
        ("listen: nowhere", "line 1"),
        ("listen: 0.0.0.0:80\nlisten: 0.0.0.0:81", "listen"),
        ("database_url: mysql://db", "database_url"),
        ("policy: relaxed", "line 1"),
        ("public_url: drill.example/path", "drill.example/path"),
    ] {
        let error = Config::load(ConfigArgs::default(), directory_with(file).path()).unwrap_err().to_string();
        assert!(error.contains(key), "{file}: {error}");
    }
}

#[test]
fn tls_takes_a_certificate_with_its_key_or_makes_its_own() {
    let load = |flags: &[&str]| Config::load(args(flags), Path::new("/nowhere"));
    assert_eq!(load(&[]).unwrap().tls, Tls::Off);
    let config = load(&["--tls-cert", "a.crt", "--tls-key", "a.key", "--http-listen", "0.0.0.0:80"]).unwrap();
    assert_eq!(config.tls, Tls::Files { certificate: "a.crt".into(), key: "a.key".into() });
    let hall = load(&["--hall", "--hall-names", "drill.lan,192.0.2.7"]).unwrap();
    assert_eq!(hall.tls, Tls::Hall { names: vec!["drill.lan".to_owned(), "192.0.2.7".to_owned()] });
    assert_eq!(hall.listen.to_string(), "0.0.0.0:8443", "others in the room reach it");
    assert_eq!(hall.http_listen.unwrap().to_string(), "0.0.0.0:8080");
    let directory = directory_with("hall: true\nlisten: 192.0.2.7:443\n");
    let config = Config::load(args(&[]), directory.path()).unwrap();
    assert_eq!((config.listen.port(), config.tls), (443, Tls::Hall { names: Vec::new() }));
    assert_eq!(Config::load(args(&["--hall=false"]), directory.path()).unwrap().tls, Tls::Off);
    for (flags, key) in [
        (&["--tls-cert", "a.crt"][..], "tls_key"),
        (&["--tls-key", "a.key"], "tls_cert"),
        (&["--hall", "--tls-cert", "a.crt", "--tls-key", "a.key"], "hall"),
        (&["--hall-names", "x"], "hall_names"),
        (&["--http-listen", "127.0.0.1:80"], "http_listen"),
        (&["--hall", "--public-url", "http://drill.example"], "public_url"),
        (&["--metrics-token", "short"], "metrics_token"),
    ] {
        let error = load(flags).unwrap_err().to_string();
        assert!(error.contains(&format!("'{key}'")), "{flags:?}: {error}");
    }
}

#[test]
fn a_password_in_a_database_url_is_never_printed() {
    let config = Config::load(args(&["--database-url", "postgres://user:canary@db/drill"]), Path::new(".")).unwrap();
    assert!(!format!("{config:?} {:?}", config.location(PathBuf::new())).contains("canary"));
    let wrong = directory_with("database_url: mysql://user:canary@db\nlog_format: json\n");
    let error = Config::load(ConfigArgs::default(), wrong.path()).unwrap_err();
    assert!(!format!("{error} {error:?}").contains("canary"));
    let wrong = directory_with("database_url: postgres://user:canary@db\nlog_format: jsonn\n");
    let error = Config::load(ConfigArgs::default(), wrong.path()).unwrap_err();
    assert!(!format!("{error} {error:?}").contains("canary"), "{error}");
}

#[test]
fn misspelt_variables_are_found() {
    let names = ["DRILLHALL_LISTEN", "DRILLHALL_LISEN", "PATH"].map(ToOwned::to_owned);
    assert_eq!(unknown_variables(names.into_iter()), ["DRILLHALL_LISEN"]);
}
