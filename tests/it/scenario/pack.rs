//! What a pack on disk becomes.

use std::fs;

use drillhall::{
    engine::{
        id::OptionId,
        plan::{AnswerKey, InjectAudience, Trigger},
        time::Millis,
    },
    scenario::{MAIN_FILE, load, load_shipped, plan_hash, shipped, source::Shipped, source::Source},
};
use sha2::{Digest, Sha256};

use super::fixture::{TWO_INJECTS, load_text, two_injects};

#[test]
fn a_folder_and_its_file_give_the_same_plan() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(MAIN_FILE), TWO_INJECTS).unwrap();
    let from_folder = load(folder.path()).unwrap().plan;
    let from_file = load(&folder.path().join(MAIN_FILE)).unwrap().plan;
    assert_eq!(from_folder, from_file);
    assert_eq!(from_folder, two_injects());
    let missing = load(&folder.path().join("other.yaml")).unwrap_err().0;
    assert_eq!((missing[0].code, missing[0].file.as_str()), ("missing_file", "other.yaml"));
}

#[test]
fn an_attachment_is_named_by_its_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let attach = "      channel: phone\n      attachments:\n        - {file: files/roster.eml, alt: The roster}\n        \
                  - {file: files/roster.eml, alt: The roster again}\n";
    fs::write(folder.path().join(MAIN_FILE), TWO_INJECTS.replacen("      channel: phone\n", attach, 1)).unwrap();
    fs::create_dir(folder.path().join("files")).unwrap();
    fs::write(folder.path().join("files/roster.eml"), "Subject: Roster\n\nEnclosed.\n").unwrap();
    let pack = load(folder.path()).unwrap_or_else(|wrong| panic!("{wrong}"));
    let hash = hex::encode(Sha256::digest("Subject: Roster\n\nEnclosed.\n"));
    let attachments = &pack.plan.injects[1].content.attachments;
    assert_eq!((attachments[0].hash.as_str(), attachments[0].name.as_str()), (hash.as_str(), "roster.eml"));
    assert_eq!((attachments[0].media_type.as_str(), attachments[0].bytes), ("message/rfc822", 27));
    assert_eq!((pack.files.len(), pack.plan.files.len(), attachments.len()), (1, 1, 2));
    assert_eq!(pack.plan.files[0].path, "files/roster.eml");
}

#[test]
fn triggers_audiences_and_keys_are_compiled() {
    let plan = load_text(&TWO_INJECTS.replacen("audience: all", "audience: {cohorts: [b]}", 1)).unwrap().plan;
    let [alert, call] = plan.injects.as_slice() else { panic!("{:?}", plan.injects) };
    assert_eq!(alert.trigger, Trigger::At { at: Millis::minutes(1) });
    assert_eq!(alert.audience, InjectAudience::Cohorts(vec!["b".into()]));
    assert_eq!(call.trigger, Trigger::After { inject: "alert".into(), delay: Millis::minutes(5) });
    let key = &alert.staff.keys[&"class".into()];
    assert_eq!(*key, AnswerKey::Options([(OptionId::from("guessing"), 1000)].into()));
    assert_eq!(plan.profile.late_credit_permille, 500);
}

#[test]
fn the_hash_of_a_plan_changes_with_the_plan() {
    let plan = two_injects();
    let mut other = plan.clone();
    other.duration = Millis::minutes(31);
    assert_eq!(plan_hash(&plan), plan_hash(&plan.clone()));
    assert_ne!(plan_hash(&plan), plan_hash(&other));
    assert_eq!(plan_hash(&plan).len(), 64);
}

#[test]
fn every_shipped_pack_is_right() {
    for name in shipped() {
        load_shipped(&name).unwrap_or_else(|wrong| panic!("{name}\n{wrong}"));
    }
    assert_eq!(load_shipped("no-such-pack").unwrap_err().0[0].code, "missing_file");
    assert!(Shipped::new("..").read("Cargo.toml", 1_000_000).is_err());
    assert!(Shipped::new("a").read("../../Cargo.toml", 1_000_000).is_err());
}
