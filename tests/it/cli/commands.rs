//! Exit codes and messages: 0 done, 1 refused, 2 wrong usage; every message says what to do.

use super::run::Desk;

#[test]
fn check_sums_up_what_is_right() {
    let desk = Desk::new();
    desk.write("small.yaml", crate::scenario::fixture::TWO_INJECTS);
    let ran = desk.run(&["check", "small.yaml"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.starts_with("two-injects: en\n"), "{}", ran.out);
}

#[test]
fn check_says_what_is_wrong_and_where() {
    let desk = Desk::new();
    desk.write("bad.yaml", crate::scenario::fixture::TWO_INJECTS.replace("deadline: 10m", "dedline: 10m"));
    let ran = desk.run(&["check", "bad.yaml"]);
    assert_eq!(ran.out, "");
    insta::assert_snapshot!(ran.refusal(), @r"
    exit Some(1)
    error: the scenario 'bad.yaml' cannot be used until this is mended

    error[unknown_key]: bad.yaml:25:9: There is no key 'dedline' here.
     25 |         dedline: 10m
        |         ^
    help: did you mean 'deadline'?
    ");
}

#[test]
fn warnings_fail_only_when_asked() {
    let desk = Desk::new();
    let idle = "objectives:\n  - {id: idle, title: Never observed, capability: crisis_decision_making}\n";
    desk.write("idle.yaml", crate::scenario::fixture::TWO_INJECTS.replace("objectives:\n", idle));
    let lenient = desk.run(&["check", "idle.yaml"]);
    assert_eq!(lenient.code, Some(0), "{lenient:?}");
    assert!(lenient.err.contains("warning["), "{lenient:?}");
    assert_eq!(desk.run(&["check", "--strict", "idle.yaml"]).code, Some(1));
}

#[test]
fn what_is_not_there_is_said_to_be_missing() {
    let desk = Desk::new();
    let shipped = drillhall::scenario::shipped().join(", ");
    insta::assert_snapshot!(desk.run(&["check", "nowhere.yaml"]).refusal().replace(&shipped, "[names]"), @r"
    exit Some(1)
    error: there is no file or folder 'nowhere.yaml' here, and no scenario of that name came with this program (it has: [names]). Check the spelling, or give the path of a scenario.yaml or of its folder
    ");
    insta::assert_snapshot!(desk.run(&["verify", "nowhere.jsonl"]).refusal(), @r"
    exit Some(1)
    error: the log nowhere.jsonl cannot be opened (check the path, and that you may read it): No such file or directory (os error 2)
    ");
    insta::assert_snapshot!(desk.run(&["import", "markdown", "nowhere.md", "-o", "kit"]).refusal(), @r"
    exit Some(1)
    error: nowhere.md cannot be read (check the path, and that it is text in UTF-8): No such file or directory (os error 2)
    ");
}

#[test]
fn a_folder_that_is_not_there_cannot_be_written_to() {
    let desk = Desk::rehearsed();
    insta::assert_snapshot!(desk.run(&["report", "log.jsonl", "-o", "nowhere/report.html"]).refusal(), @r"
    exit Some(1)
    error: nowhere/report.html cannot be written (does the folder exist, may you write there?): No such file or directory (os error 2)
    ");
}

#[test]
fn wrong_usage_is_told_apart_from_refusals() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["chekc", "small.yaml"]).code, Some(2));
    assert_eq!(desk.run(&["rehearse", "small.yaml", "--teams", "0"]).code, Some(2));
    let language = desk.run(&["report", "log.jsonl", "--language", "tlh"]);
    assert_eq!(language.code, Some(2));
    assert!(language.err.contains("reports are written in ar, en, es, fr, pt, ru, zh"), "{}", language.err);
    assert_eq!(desk.run(&["--help"]).code, Some(0));
    assert_eq!(desk.run(&["--version"]).out, format!("drillhall {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn the_schema_is_json() {
    let desk = Desk::new();
    let ran = desk.run(&["schema"]);
    let schema: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(schema["title"], "Scenario");
}

const KIT: &str = "# A small kit\n\nSome words.\n\n## Scenario\n\nA bank loses its mail.\n\n### Inject 1: Mail is down\n\n**Time:** T+5\n\nNobody can send mail.\n";

#[test]
fn an_imported_kit_passes_the_check() {
    let desk = Desk::new();
    desk.write("kit.md", KIT);
    let ran = desk.run(&["import", "markdown", "kit.md", "-o", "kit"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.contains("next: drillhall check kit"), "{}", ran.out);
    let checked = desk.run(&["check", "kit"]);
    assert_eq!(checked.code, Some(0), "{checked:?}");
}

#[test]
fn an_import_never_writes_over_anything_unasked() {
    let desk = Desk::new();
    desk.write("kit.md", KIT);
    assert_eq!(desk.run(&["import", "markdown", "kit.md", "-o", "kit"]).code, Some(0));
    desk.write("kit/scenario.yaml", "mine");
    insta::assert_snapshot!(desk.run(&["import", "markdown", "kit.md", "-o", "kit"]).refusal(), @r"
    exit Some(1)
    error: kit/scenario.yaml is there already and was left as it is: choose another folder, or add --force
    ");
    assert_eq!(desk.read("kit/scenario.yaml"), b"mine");
    assert_eq!(desk.run(&["import", "markdown", "kit.md", "-o", "kit", "--force"]).code, Some(0));
    assert_ne!(desk.read("kit/scenario.yaml"), b"mine");
}
