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
async fn a_last_moment_is_waited_out_until_it_is_over_or_time_is_set_back() {
    let time = ManualClock::starting_at(Timestamp(95));
    let waiter = || {
        let clock = time.clock();
        tokio::spawn(async move { clock.wait_out(Millis(10), Timestamp(100)).await })
    };
    let first = waiter();
    tokio::task::yield_now().await;
    time.set(Timestamp(99));
    tokio::task::yield_now().await;
    assert!(!first.is_finished());
    time.set(Timestamp(100));
    first.await.unwrap();

    time.set(Timestamp(95));
    let second = waiter();
    tokio::task::yield_now().await;
    assert!(!second.is_finished());
    time.set(Timestamp(3));
    second.await.unwrap();

    let clock = Clock::system();
    let due = clock.now().plus(Millis(20));
    clock.wait_out(Millis(1_000), due).await;
    assert!(clock.now() >= due);
}

#[tokio::test]
async fn an_instant_of_the_past_is_not_waited_for() {
    Clock::system().sleep_until(Timestamp(1)).await;
    assert!(Clock::system().now() > Timestamp(1_700_000_000_000));
}
