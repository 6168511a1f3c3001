//! Which passwords are refused: short ones, those that everybody takes, those made of what person and platform are
//! called. ASVS 6.2.1, 6.2.4 to 6.2.6, 6.2.9, 6.2.11.

use drillhall::account::{AccountError, PlatformRole};

use crate::server::Server;

async fn outcome(server: &Server, login: &str, password: &str) -> &'static str {
    match server.accounts.create(login, PlatformRole::Account, format!("{password}\n").as_bytes()).await {
        Ok(_) => "taken",
        Err(AccountError::BadPassword) => "length",
        Err(AccountError::WeakPassword) => "weak",
        Err(error) => panic!("{password}: {error}"),
    }
}

#[tokio::test]
async fn passwords_that_everybody_takes_are_refused_however_long() {
    let server = Server::start().await;
    for password in [
        "passwordpassword",
        "password123456789",
        "P@ssw0rd123456789",
        "Passw0rd!Passw0rd!",
        "qwertyuiopasdfgh",
        "1qaz2wsx3edc4rfv",
        "1q2w3e4r5t6y7u8i",
        "123456789012345",
        "987654321098765",
        "111111111111111",
        "abcdefghijklmnop",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "letmeinletmeinletmein",
        "iloveyouiloveyou",
        "abcabcabcabcabcabc",
        "welcome2026welcome2026",
        "adminadminadmin123",
        "q1w2e3r4t5y6u7i8",
        "112233445566778899",
        "racecarrrrracecar",
        // Of lists of stolen passwords.
        "Mailcreated5240",
        "23176djivanfros",
        "               x               ",
    ] {
        assert_eq!(outcome(&server, "ana", password).await, "weak", "{password}");
    }
}

#[tokio::test]
async fn passwords_made_of_what_everybody_knows_here_are_refused() {
    let server = Server::start().await;
    for (login, password) in [
        ("amara.okafor", "amara.okafor.2026"),
        ("amara.okafor", "okafor okafor amara"),
        ("ana", "drillhall exercise"),
        ("ana", "Cyber-Exercise-2026!"),
        ("ana", "national csirt drill"),
        ("ana", "zephyrine zephyrine 1"),
        ("ana", "IncidentResponseTeam1"),
    ] {
        assert_eq!(outcome(&server, login, password).await, "weak", "{password}");
    }
}

/// No capitals, digits or signs are asked for; any character counts, spaces too; 256 are taken whole.
#[tokio::test]
async fn any_sentence_of_ones_own_is_taken() {
    let server = Server::start().await;
    let long = "heron on a quiet lake, ".repeat(12)[..256].to_owned();
    let passwords = [
        "correct horse battery staple",
        "seven quiet herons by a lake",
        "мы идём домой по снегу",
        "七只安静的苍鹭站在湖边等着雨停下来",
        "kvqzrw tplmgd xnh",
        &long,
    ];
    for (number, password) in passwords.into_iter().enumerate() {
        assert_eq!(outcome(&server, &format!("somebody-{number}"), password).await, "taken", "{password}");
    }
    assert_eq!(outcome(&server, "ana", &format!("{long}x")).await, "length");
    assert_eq!(outcome(&server, "ana", "heron on a la ").await, "length");
}
