//! Codes that a device makes from a shared secret and the time (RFC 6238): six digits, half a minute each, by
//! SHA-1, which is what every app knows. A clock may be one step off. That a code works once is the store's to
//! see to: [`Store::take_totp_step`](crate::store::Store::take_totp_step).

use std::fmt::Write;

use totp_rs::{Builder, Secret, Totp};

use crate::engine::time::Timestamp;

/// Who asks for the code, in the list of an app.
const ISSUER: &str = "Drillhall";
/// As many as the hash has: RFC 4226 recommends it.
pub(super) const SECRET_BYTES: usize = 20;

/// A new secret in base32, as people may type it.
pub(super) fn secret(bytes: [u8; SECRET_BYTES]) -> String {
    Secret::from(bytes).to_base32()
}

/// What an app reads out of a QR code.
pub(super) fn uri(login: &str, secret: &str) -> String {
    let mut label = String::new();
    for byte in login.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            label.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(label, "%{byte:02X}");
        }
    }
    format!("otpauth://totp/{ISSUER}:{label}?secret={secret}&issuer={ISSUER}&algorithm=SHA1&digits=6&period=30")
}

/// The code that a device shows at an instant; none without a secret in base32.
#[must_use]
pub fn code(secret: &str, at: Timestamp) -> Option<String> {
    Some(totp(secret)?.generate(seconds(at)).to_string())
}

/// The step of time that a code is of, if it is one that the device may show now.
pub(super) fn step(secret: &str, code: &str, now: Timestamp) -> Option<i64> {
    totp(secret)?.check(code, seconds(now)).and_then(|step| i64::try_from(step).ok())
}

fn totp(secret: &str) -> Option<Totp> {
    let secret = Secret::try_from_base32(secret).ok()?;
    Builder::new().with_secret(secret).build().ok()
}

fn seconds(at: Timestamp) -> u64 {
    u64::try_from(at.0.div_euclid(1000)).unwrap_or_default()
}
