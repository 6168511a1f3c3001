//! The key that a server signs its archives with: made at first use, kept with the settings that the server
//! makes for itself, and never shown. Its public half goes into every archive.

use std::fmt;

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

use super::{PackError, Refused};
use crate::{id::Random, store::Store};

/// Where the store keeps it.
const SETTING: &str = "archive_key";

/// A key to sign with.
#[derive(Clone)]
pub struct Key(SigningKey);

impl fmt::Debug for Key {
    /// Without the secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({})", self.fingerprint())
    }
}

impl Key {
    /// The key of a store; the first time, one is made.
    pub async fn of(store: &Store, random: &Random) -> Result<Self, PackError> {
        let fresh = hex::encode(random.bytes::<32>());
        let kept = store.setting_or_insert(SETTING, &fresh).await?;
        let mut seed = [0; 32];
        // The source is left out: it would repeat letters of the secret.
        hex::decode_to_slice(kept, &mut seed).map_err(|_not_hex| PackError::BadKey)?;
        Ok(Self(SigningKey::from_bytes(&seed)))
    }

    /// What the key is recognised by: SHA-256 of its public half.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        fingerprint(&self.0.verifying_key())
    }

    /// The public half, as an archive has it.
    pub(super) fn public(&self) -> String {
        format!("{}\n", hex::encode(self.0.verifying_key().as_bytes()))
    }

    /// A signature, as an archive has it.
    pub(super) fn sign(&self, bytes: &[u8]) -> String {
        format!("{}\n", hex::encode(self.0.sign(bytes).to_bytes()))
    }
}

/// The fingerprint of a public key, if its signature over these bytes is good.
pub(super) fn check(public: &[u8], signature: &[u8], bytes: &[u8]) -> Result<String, Refused> {
    let key =
        lower_hex::<32>(public).and_then(|key| VerifyingKey::from_bytes(&key).ok()).ok_or(Refused::KeyMalformed)?;
    let signature = lower_hex::<64>(signature).ok_or(Refused::SignatureWrong)?;
    key.verify_strict(bytes, &Signature::from_bytes(&signature)).map_err(|_wrong| Refused::SignatureWrong)?;
    Ok(fingerprint(&key))
}

fn fingerprint(key: &VerifyingKey) -> String {
    hex::encode(Sha256::digest(key.as_bytes()))
}

/// A line of lower-case hexadecimal: no two texts stand for the same bytes.
fn lower_hex<const N: usize>(line: &[u8]) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    let text = line.strip_suffix(b"\n")?;
    hex::decode_to_slice(text, &mut bytes).ok()?;
    (hex::encode(bytes).as_bytes() == text).then_some(bytes)
}
