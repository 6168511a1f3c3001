//! Judgements of the machine, each good and bad.

use drillhall::{
    doctor::{
        Verdict,
        host::{ClockSeen, SleepSeen, backlog, clock, descriptors, fonts, sleep},
    },
    engine::time::Millis,
};

use super::server::{green, red};

#[test]
fn the_clock_runs_evenly_and_is_right() {
    let good = ClockSeen { stepped: Millis(20), synchronised: Some(true), year: 2026 };
    green(&clock(good));
    red(&clock(ClockSeen { synchronised: Some(false), ..good }), "no time server", "set-ntp");
    red(&clock(ClockSeen { stepped: Millis(-4_000), ..good }), "-4000 ms", "what sets it");
    red(&clock(ClockSeen { stepped: Millis(501), ..good }), "501 ms", "only one");
    red(&clock(ClockSeen { year: 1970, ..good }), "1970", "timedatectl");
    let unknown = clock(ClockSeen { synchronised: None, ..good });
    assert_eq!(unknown.verdict, Verdict::NotChecked);
    assert!(unknown.fix.unwrap().contains("watch"));
}

#[test]
fn the_machine_stays_awake() {
    let laptop = SleepSeen { known: true, has_lid: true, ..SleepSeen::default() };
    let said = |text: &str| Some(text.to_owned());
    green(&sleep(&SleepSeen { lid: said("ignore"), ..laptop.clone() }));
    green(&sleep(&SleepSeen { lid: said("lock"), idle: said("ignore"), desktop: said("nothing"), ..laptop.clone() }));
    green(&sleep(&SleepSeen { has_lid: false, ..laptop.clone() }));
    green(&sleep(&SleepSeen { masked: true, idle: said("suspend"), ..laptop.clone() }));
    red(&sleep(&laptop), "closing the lid makes it suspend", "mask");
    red(&sleep(&SleepSeen { lid: said("hibernate"), ..laptop.clone() }), "hibernate", "mask");
    red(&sleep(&SleepSeen { lid: said("ignore"), idle: said("suspend"), ..laptop.clone() }), "idle", "mask");
    red(&sleep(&SleepSeen { lid: said("ignore"), desktop: said("suspend"), ..laptop }), "desktop", "mask");
    assert_eq!(sleep(&SleepSeen::default()).verdict, Verdict::NotChecked);
}

#[test]
fn fonts_are_needed_for_pdf_only() {
    green(&fonts(false, &["fonts-noto-cjk"]));
    green(&fonts(true, &[]));
    red(&fonts(true, &["fonts-noto-cjk"]), "fonts-noto-cjk", "apt install fonts-noto-cjk");
}

#[test]
fn limits_are_those_of_the_planned_size() {
    green(&descriptors(1_024, 4_096, 200));
    red(&descriptors(1_024, 4_096, 500), "2200", "ulimit -n 4096");
    red(&descriptors(1_024, 1_024, 500), "2200", "LimitNOFILE=2200");
    green(&backlog(Some(4_096), 5_000));
    green(&backlog(Some(128), 50));
    red(&backlog(Some(128), 200), "128", "somaxconn=4096");
    assert_eq!(backlog(None, 200).verdict, Verdict::NotChecked);
}
