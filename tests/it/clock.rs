//! A clock tells the time that it is handed, and wakes whoever sleeps until then.

use drillhall::{
    clock::{Clock, ManualClock},
    engine::time::{Millis, Timestamp},
};

#[test]
fn clones_tell_the_time_that_was_set() {
    let time = ManualClock::starting_at(Timestamp(1_000));
    let clock = time.clock();
    let clone = clock.clone();
    time.advance(Millis(5));
    assert_eq!(clock.now(), Timestamp(1_005));
    time.set(Timestamp(7));
    assert_eq!(clone.now(), Timestamp(7));
}

#[tokio::test]
async fn a_sleeper_wakes_when_its_time_comes_and_not_before() {
    let time = ManualClock::starting_at(Timestamp(0));
    let clock = time.clock();
    let sleeper = tokio::spawn(async move {
        clock.sleep_until(Timestamp(10)).await;
        clock.now()
    });
    time.set(Timestamp(9));
    tokio::task::yield_now().await;
    assert!(!sleeper.is_finished());
    time.set(Timestamp(12));
    assert_eq!(sleeper.await.unwrap(), Timestamp(12));
}

#[tokio::test]
async fn an_instant_of_the_past_is_not_waited_for() {
    Clock::system().sleep_until(Timestamp(1)).await;
    assert!(Clock::system().now() > Timestamp(1_700_000_000_000));
}
