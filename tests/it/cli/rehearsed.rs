//! From a scenario to a log, and from the log to the same report again.

use super::run::Desk;

#[test]
fn the_same_seed_writes_the_same_bytes() {
    let desk = Desk::rehearsed();
    let again = desk.run(&["rehearse", "small.yaml", "--teams", "2", "--log", "again.jsonl"]);
    assert_eq!(again.code, Some(0), "{again:?}");
    assert_eq!(desk.read("log.jsonl"), desk.read("again.jsonl"));
    let other = desk.run(&["rehearse", "small.yaml", "--teams", "2", "--seed", "2", "--log", "other.jsonl"]);
    assert_eq!(other.code, Some(0), "{other:?}");
    assert_ne!(desk.read("log.jsonl"), desk.read("other.jsonl"));
}

#[test]
fn a_rehearsed_log_verifies_and_says_its_head() {
    let desk = Desk::rehearsed();
    let verified = desk.run(&["verify", "log.jsonl"]);
    assert_eq!((verified.code, verified.err.as_str()), (Some(0), ""));
    let rehearsed = desk.run(&["rehearse", "small.yaml", "--teams", "2"]);
    let head = rehearsed.out.split_whitespace().last().unwrap().to_owned();
    assert!(verified.out.contains(&format!("head {head}\n")), "{} {}", verified.out, rehearsed.out);
}

#[test]
fn a_rehearsed_log_and_its_report_say_that_it_is_a_rehearsal() {
    let desk = Desk::rehearsed();
    let verified = desk.run(&["verify", "log.jsonl"]);
    assert!(verified.out.contains("\nREHEARSAL: "), "{}", verified.out);
    let shown = desk.run(&["report", "log.jsonl"]);
    assert!(shown.out.contains("EXERCISE EXERCISE EXERCISE \u{2013} REHEARSAL</strong>"), "{}", shown.out);
    assert!(shown.out.contains("@top-center { content: \"EXERCISE EXERCISE EXERCISE \u{2013} REHEARSAL "));
    let report: serde_json::Value = serde_json::from_slice(&desk.read("report.json")).unwrap();
    assert_eq!(report["rehearsal"], true);
}

#[test]
fn a_rehearsal_shows_what_teams_were_kept_busy_with() {
    let desk = Desk::rehearsed();
    let arguments =
        ["rehearse", "small.yaml", "--teams", "3", "--profiles", "fast,silent", "--runs", "20", "--quiet", "5"];
    let ran = desk.run(&arguments);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert_eq!(ran.out, desk.run(&arguments).out);
    // The head changes with every event that a release of the program adds.
    let (shown, _) = ran.out.split_once("\nrehearsed ").unwrap();
    insta::assert_snapshot!(shown, @r#"
    EXERCISE EXERCISE EXERCISE – REHEARSAL: two-injects

    Teams: points of those counted; reachable automatically, by people's marks
      Port Meridian     fast       10.0 of 10.0      10.0 + 0.0
      Isla Serena       silent      0.0 of 10.0      10.0 + 0.0
      Baie Claire       fast       10.0 of 10.0      10.0 + 0.0

    Releases: one column is 1 min; a figure counts what arrived, = something is open, . nothing, x dead time
                        T+0            T+15
      Port Meridian     .1===.1xxxxxxxxxxxxxxxxxxxxxxx
      Isla Serena       .1====1====xxxxxxxxxxxxxxxxxxx
      Baie Claire       .1===.1xxxxxxxxxxxxxxxxxxxxxxx

    Workload per quarter hour: injects arrived / open / answers due
                          T+0   T+15
      Port Meridian     2/1/1  0/0/0
      Isla Serena       2/1/1  0/0/0
      Baie Claire       2/1/1  0/0/0

    Dead time: nothing open and nothing new for more than 5 min
      Port Meridian     T+6 to T+30 (24 min)
      Isla Serena       T+11 to T+30 (19 min)
      Baie Claire       T+6 to T+30 (24 min)

    Marking by people
      0 levels at 3 min each: 0.0 h; for each of 2 evaluators 0.0 h

    Branches: what did not go out by the clock alone, and to how many of its teams
      call                         after another   3/3  all

    Never released
      nothing: every inject went out to somebody

    Released in 20 rehearsals: share of runs, of teams it is meant for
      100.0% 100.0%  alert                        by the clock
      100.0% 100.0%  call                         after another

    Never released in 20 rehearsals
      nothing: every inject went out to somebody
    "#);
}

#[test]
fn a_rehearsal_is_read_by_programs_too() {
    let desk = Desk::rehearsed();
    let ran = desk.run(&["rehearse", "small.yaml", "--json", "--runs", "3", "--evaluators", "4", "--marking", "10"]);
    let shown: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(shown["teams"], 5);
    assert_eq!(shown["profiles"]["port-meridian"], "fast");
    assert_eq!(shown["analysis"]["terms"]["evaluators"], 4);
    assert_eq!(shown["frequencies"]["runs"], 3);
    assert_eq!(shown["frequencies"]["injects"][0]["inject"], "alert");
}

#[test]
fn unknown_profiles_are_named() {
    let desk = Desk::rehearsed();
    let ran = desk.run(&["rehearse", "small.yaml", "--profiles", "fast,lazy"]);
    assert_eq!(ran.code, Some(2));
    let help = "there is no profile 'lazy': choose from fast, slow, silent, wrong, chatty";
    assert!(ran.err.contains(help), "{}", ran.err);
}

#[test]
fn reports_come_out_of_the_log_with_the_same_bytes() {
    let desk = Desk::rehearsed();
    let again = desk.run(&["report", "log.jsonl", "--format", "json", "-o", "again.json"]);
    assert_eq!(again.code, Some(0), "{again:?}");
    assert_eq!(desk.read("report.json"), desk.read("again.json"));
    for language in ["en", "fr", "es", "ar"] {
        let shown = desk.run(&["report", "log.jsonl", "--language", language]);
        desk.run(&["report", "log.jsonl", "--language", language, "--output", "page.html"]);
        assert_eq!(shown.out.into_bytes(), desk.read("page.html"), "{language}");
    }
}

#[test]
fn a_shipped_scenario_is_found_by_its_name() {
    let desk = Desk::new();
    let ran = desk.run(&["rehearse", "zephyrine", "--teams", "3", "--log", "log.jsonl"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert_eq!(desk.run(&["verify", "log.jsonl"]).code, Some(0));
}

#[test]
fn whoever_reads_only_the_beginning_gets_no_complaint() {
    let desk = Desk::rehearsed();
    let (code, err) = desk.run_unread(&["report", "log.jsonl"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
}
