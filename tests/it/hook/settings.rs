//! Hooks that cannot be used are refused before anything starts, and nothing of their secrets is repeated.

use std::{fs, path::Path};

use drillhall::{
    config::{Config, ConfigArgs, HookSetting},
    hook::{HookError, Hooks, Occasion},
};

const SECRET: &str = "canary-0123456789abcdef0123456789abcdef";

fn setting(change: impl FnOnce(&mut Setting)) -> HookSetting {
    let mut setting = Setting { name: "duty", url: "http://hooks.example/drill", events: &["no_duff"], secret: SECRET };
    change(&mut setting);
    HookSetting {
        name: setting.name.to_owned(),
        url: setting.url.into(),
        events: setting.events.iter().map(|event| (*event).to_owned()).collect(),
        secret: setting.secret.into(),
    }
}

struct Setting {
    name: &'static str,
    url: &'static str,
    events: &'static [&'static str],
    secret: &'static str,
}

fn refusal(setting: HookSetting, hosts: &[&str]) -> HookError {
    let hosts: Vec<String> = hosts.iter().map(|host| (*host).to_owned()).collect();
    Hooks::new(&[setting], &hosts).unwrap_err()
}

#[test]
fn a_hook_goes_to_a_listed_host_and_nowhere_else() {
    let hosts = ["hooks.example".to_owned(), "2001:db8::1".to_owned(), "127.0.0.1".to_owned()];
    for url in [
        "http://hooks.example/drill",
        "http://HOOKS.example:8080/",
        "http://hooks.example./",
        "http://[2001:db8::1]/",
        "http://127.0.0.1:99/x?key=canary",
        // What a browser reads as the same address.
        "http://2130706433/",
    ] {
        let hooks = Hooks::new(&[setting(|it| it.url = url)], &hosts);
        assert_eq!(hooks.unwrap().all().len(), 1, "{url}");
    }
    for url in [
        "http://other.example/",
        "http://hooks.example.evil.example/",
        "http://evil.example/hooks.example",
        "http://sub.hooks.example/",
        "http://127.0.0.2/",
        "http://[::1]/",
    ] {
        let refused = Hooks::new(&[setting(|it| it.url = url)], &hosts).unwrap_err();
        assert!(matches!(refused, HookError::Host { .. }), "{url}: {refused}");
    }
}

#[test]
fn what_is_wrong_with_a_hook_is_said_without_its_secrets() {
    let all = ["hooks.example"];
    for url in [
        "https://hooks.example/canary",
        "ftp://hooks.example/",
        "file:///etc/passwd",
        "http://user:canary@hooks.example/",
        "http://canary@hooks.example/",
        "http://hooks.example/#canary",
        "hooks.example/canary",
        "",
    ] {
        let refused = refusal(setting(|it| it.url = url), &all);
        assert_eq!(refused, HookError::Url("duty".to_owned()), "{url}");
        assert!(!refused.to_string().contains("canary"), "{refused}");
    }
    for name in ["", "Duty", "du ty", "duty/officer", "a-name-of-more-characters-than-anybody-needs"] {
        assert!(matches!(refusal(setting(|it| it.name = name), &all), HookError::Name(_)), "{name}");
    }
    let event = refusal(setting(|it| it.events = &["everything"]), &all);
    assert!(matches!(event, HookError::Event { .. }), "{event}");
    let short = refusal(setting(|it| it.secret = "canary"), &all);
    assert_eq!(short, HookError::Secret("duty".to_owned()));
    assert!(!short.to_string().contains("canary"), "{short}");
    let twice = Hooks::new(&[setting(|_| ()), setting(|_| ())], &["hooks.example".to_owned()]);
    assert!(matches!(twice.unwrap_err(), HookError::Name(_)));
    let many: Vec<_> = (0..21).map(|_| setting(|_| ())).collect();
    assert_eq!(Hooks::new(&many, &["hooks.example".to_owned()]).unwrap_err(), HookError::TooMany);
}

#[test]
fn every_event_has_a_name_of_its_own() {
    let names: std::collections::BTreeSet<_> = Occasion::ALL.into_iter().map(Occasion::name).collect();
    assert_eq!(names.len(), Occasion::ALL.len());
    let document = include_str!("../../../docs/HOOKS.md");
    for name in names {
        assert!(document.contains(&format!("`{name}`")), "docs/HOOKS.md does not name {name}");
    }
}

#[test]
fn hooks_come_from_the_file_and_are_never_printed() {
    let folder = tempfile::tempdir().unwrap();
    let file = format!(
        "hook_hosts: [hooks.example]\nhooks:\n  - {{name: duty, url: 'http://hooks.example/canary-in-path', events: [no_duff], secret: {SECRET}}}\n"
    );
    fs::write(folder.path().join("drillhall.yaml"), file).unwrap();
    let config = Config::load(ConfigArgs::default(), folder.path()).unwrap();
    let hooks = Hooks::new(&config.hooks, &config.hook_hosts).unwrap();
    let printed = format!("{config:?} {hooks:?}");
    assert!(!printed.contains("canary"), "{printed}");
    assert!(printed.contains("duty"), "{printed}");
    let none = Config::load(ConfigArgs::default(), Path::new("/nowhere")).unwrap();
    assert!(Hooks::new(&none.hooks, &none.hook_hosts).unwrap().all().is_empty());
}
