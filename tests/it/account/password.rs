//! Passwords: what is kept of them, how they are verified, and how many at a time.

use std::{future::poll_fn, task::Poll};

use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};
use drillhall::{
    account::password::{PasswordError, Passwords, QUEUE_PER_THREAD, Verdict, threads},
    id::Random,
};

fn passwords() -> Passwords {
    Passwords::new(Random::seeded(1))
}

#[tokio::test]
async fn a_password_verifies_against_its_own_hash_only() {
    let passwords = passwords();
    let hash = passwords.hash("correct horse battery".to_owned()).await.unwrap();
    assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
    let verify = |password: &str, hash: Option<String>| passwords.verify(password.to_owned(), hash);
    assert_eq!(verify("correct horse battery", Some(hash.clone())).await.unwrap(), Verdict::Right);
    assert_eq!(verify("correct horse batterY", Some(hash)).await.unwrap(), Verdict::Wrong);
    assert_eq!(verify("", None).await.unwrap(), Verdict::Wrong);
}

#[tokio::test]
async fn a_hash_with_other_parameters_is_to_be_made_again() {
    let weak = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8, 1, 1, None).unwrap());
    let hash = weak.hash_password_with_salt(b"correct horse battery", &[7; 16]).unwrap().to_string();
    let verdict = passwords().verify("correct horse battery".to_owned(), Some(hash)).await.unwrap();
    assert_eq!(verdict, Verdict::RightButOld);
}

#[tokio::test]
async fn a_full_queue_turns_away_at_once() {
    let passwords = passwords();
    let places = threads() * (QUEUE_PER_THREAD + 1);
    let mut waiting = Vec::with_capacity(places);
    while waiting.len() < places {
        let mut sign_in = Box::pin(passwords.verify("anything".to_owned(), None));
        let begun = poll_fn(|context| Poll::Ready(sign_in.as_mut().poll(context))).await;
        match begun {
            Poll::Pending => waiting.push(sign_in),
            // So quick that it waits no more, on a machine with much to do.
            Poll::Ready(verdict) => assert_eq!(verdict.unwrap(), Verdict::Wrong),
        }
    }
    let refused = passwords.verify("anything".to_owned(), None).await;
    assert!(matches!(refused, Err(PasswordError::Busy)), "{refused:?}");
}
