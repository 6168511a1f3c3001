//! Randomness: repeated from a seed, and never drawn twice.

use drillhall::id::{Random, token_hash};

#[test]
fn the_same_seed_draws_the_same_things() {
    let (one, other) = (Random::seeded(7), Random::seeded(7));
    assert_eq!((one.token(), one.uuid(), one.mint()), (other.token(), other.uuid(), other.mint()));
    assert_ne!(Random::seeded(7).token(), Random::seeded(8).token());
}

#[test]
fn clones_never_draw_the_same_thing() {
    let one = Random::seeded(7);
    let clone = one.clone();
    assert_ne!(one.token(), clone.token());
}

#[test]
fn uuids_are_version_7_and_sort_as_drawn() {
    for random in [Random::system(), Random::seeded(1)] {
        let drawn = [random.uuid(), random.uuid(), random.uuid()];
        assert!(drawn.is_sorted());
        assert!(drawn.iter().all(|uuid| uuid.get_version_num() == 7));
    }
}

#[test]
fn tokens_of_the_system_differ() {
    let random = Random::system();
    assert_eq!(random.token().len(), 40);
    assert_ne!(random.token(), random.token());
    assert_eq!(token_hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
