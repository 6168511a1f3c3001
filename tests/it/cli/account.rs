//! `drillhall account`: what it says, what it refuses, and that passwords come by standard input only.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use super::run::{Desk, Ran};

const SENTENCE: &str = "seven quiet herons by a lake";

fn account(desk: &Desk, arguments: &[&str], input: &str) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_drillhall"))
        .arg("account")
        .args(arguments)
        .arg("--data")
        .arg(desk.path("data"))
        .current_dir(desk.path(""))
        .env_remove("DRILLHALL_LOG")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Whoever refuses before reading has closed it.
    drop(child.stdin.take().unwrap().write_all(input.as_bytes()));
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

#[test]
fn accounts_are_made_listed_and_managed() {
    let desk = Desk::new();
    let made = account(&desk, &["create", "Ana"], SENTENCE);
    assert_eq!(made.code, Some(0), "{made:?}");
    assert!(made.out.starts_with("created account ana: platform_admin\n"), "{}", made.out);
    assert!(made.out.contains("second factor"), "{}", made.out);
    assert_eq!(account(&desk, &["create", "ben", "--role", "director"], SENTENCE).code, Some(0));
    assert_eq!(account(&desk, &["disable", "ben"], "").out, "disabled: ben\n");
    assert_eq!(account(&desk, &["role", "ben", "auditor"], "").out, "auditor: ben\n");
    assert_eq!(
        account(&desk, &["list"], "").out,
        "ana\tplatform_admin\tpassword only\tenabled\t0 sessions\nben\tauditor\tpassword only\tdisabled\t0 sessions\n"
    );
    for act in ["enable", "reset-mfa", "revoke-sessions"] {
        assert_eq!(account(&desk, &[act, "ben"], "").code, Some(0), "{act}");
    }
    assert_eq!(account(&desk, &["password", "ben"], "another quiet sentence of words").code, Some(0));
    let invited = account(&desk, &["invite", "--role", "director", "--label", "Cleo"], "");
    assert!(invited.out.contains("http://127.0.0.1:8080/invited#"), "{}", invited.out);

    let log = desk.run(&["audit", "show", "--data", "data"]).out;
    for noted in ["account_created", "account_disabled", "account_role_changed", "password_changed", "account_invited"]
    {
        assert!(log.contains(noted), "{noted} in {log}");
    }
    assert!(log.contains("operator") && !log.contains(SENTENCE), "{log}");
}

#[test]
fn what_cannot_be_is_refused_with_a_reason() {
    let desk = Desk::new();
    account(&desk, &["create", "ana"], SENTENCE);
    for (arguments, input, says) in [
        (&["create", "ana"][..], SENTENCE, "already"),
        (&["create", "ben"], "drillhall drillhall", "easy to guess"),
        (&["create", "ben"], "", "15 to 256 characters"),
        (&["disable", "nobody"], "", "no such account"),
        (&["disable", "ana"], "", "last administrator"),
        (&["password", "ana"], "short", "15 to 256 characters"),
    ] {
        let refused = account(&desk, arguments, input);
        assert_eq!(refused.code, Some(1), "{arguments:?}: {refused:?}");
        assert!(refused.err.contains(says), "{arguments:?}: {}", refused.err);
    }
    // A password on the command line would stand in the list of processes.
    assert_eq!(account(&desk, &["create", "ben", "--password", SENTENCE], "").code, Some(2));
}
