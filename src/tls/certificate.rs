//! A certificate with its key, and what it says of itself.

use std::{net::IpAddr, sync::Arc};

use rustls::{
    Error, InconsistentKeys,
    crypto::ring::default_provider,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    sign::CertifiedKey,
};
use sha2::{Digest, Sha256};
use x509_cert::{
    Certificate,
    der::Decode,
    ext::pkix::{SubjectAltName, name::GeneralName},
};

use super::TlsError;
use crate::engine::time::Timestamp;

/// What a certificate says of itself, as far as an operator must know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Names and addresses that it is good for.
    pub names: Vec<String>,
    /// Valid from.
    pub not_before: Timestamp,
    /// Valid until.
    pub not_after: Timestamp,
    /// SHA-256 of the certificate, in pairs of hexadecimal digits as browsers show it.
    pub fingerprint: String,
}

/// A certificate with the key that fits it.
#[derive(Clone, Debug)]
pub struct Pair {
    /// As handshakes need it.
    pub(super) certified: Arc<CertifiedKey>,
    /// What it says of itself.
    pub facts: Facts,
}

impl Pair {
    /// From two texts in PEM: the certificate, followed by those that lead to its root, and the key. `names`
    /// says where each came from.
    pub fn from_pem(chain: &[u8], key: &[u8], names: [&str; 2]) -> Result<Self, TlsError> {
        let no_certificate = || TlsError::NoCertificate { from: names[0].to_owned() };
        let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(chain).collect();
        let found = found.ok().filter(|found| !found.is_empty()).ok_or_else(no_certificate)?;
        let facts = Facts::of(found.first().ok_or_else(no_certificate)?)?;
        // The source is left out: it might repeat letters of the key.
        let key =
            PrivateKeyDer::from_pem_slice(key).map_err(|_unreadable| TlsError::NoKey { from: names[1].to_owned() })?;
        let certified = CertifiedKey::from_der(found, key, &default_provider()).map_err(|error| match error {
            Error::InconsistentKeys(InconsistentKeys::KeyMismatch) => TlsError::KeyDoesNotFit,
            other => TlsError::Unusable(other.to_string()),
        })?;
        Ok(Self { certified: Arc::new(certified), facts })
    }

    /// Refuses what nobody's browser would take at this instant.
    pub fn check(&self, now: Timestamp) -> Result<(), TlsError> {
        let Facts { not_before, not_after, .. } = self.facts;
        if now < not_before {
            return Err(TlsError::NotYetValid { at: not_before });
        }
        if now >= not_after {
            return Err(TlsError::Expired { at: not_after });
        }
        Ok(())
    }
}

impl Facts {
    /// What a certificate in DER says.
    pub fn of(certificate: &[u8]) -> Result<Self, TlsError> {
        let unusable = |error: x509_cert::der::Error| TlsError::Unusable(error.to_string());
        let parsed = Certificate::from_der(certificate).map_err(unusable)?;
        let body = &parsed.tbs_certificate;
        let names = body.get::<SubjectAltName>().map_err(unusable)?.map(|(_, names)| names.0).unwrap_or_default();
        let instant = |time: x509_cert::time::Time| {
            Timestamp(i64::try_from(time.to_unix_duration().as_millis()).unwrap_or(i64::MAX))
        };
        Ok(Self {
            names: names.iter().filter_map(written).collect(),
            not_before: instant(body.validity.not_before),
            not_after: instant(body.validity.not_after),
            fingerprint: fingerprint(certificate),
        })
    }

    /// What the first certificate in a text says.
    pub fn of_pem(pem: &[u8], from: &str) -> Result<Self, TlsError> {
        let none = |_unreadable| TlsError::NoCertificate { from: from.to_owned() };
        Self::of(&CertificateDer::from_pem_slice(pem).map_err(none)?)
    }

    /// Whether it is good for a host name or an address; `*.drill.example` is good for one more label.
    #[must_use]
    pub fn covers(&self, host: &str) -> bool {
        let host = host.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
        self.names.iter().map(|name| name.to_ascii_lowercase()).any(|name| {
            let wildcard = name.strip_prefix("*.").zip(host.split_once('.'));
            name == host || wildcard.is_some_and(|(domain, (_, rest))| domain == rest)
        })
    }
}

/// SHA-256 as browsers show it.
pub(super) fn fingerprint(der: &[u8]) -> String {
    let pairs: Vec<String> = Sha256::digest(der).iter().map(|byte| format!("{byte:02X}")).collect();
    pairs.join(":")
}

fn written(name: &GeneralName) -> Option<String> {
    match name {
        GeneralName::DnsName(name) => Some(name.to_string()),
        GeneralName::IpAddress(bytes) => {
            let bytes = bytes.as_bytes();
            let v4 = <[u8; 4]>::try_from(bytes).ok().map(IpAddr::from);
            v4.or_else(|| <[u8; 16]>::try_from(bytes).ok().map(IpAddr::from)).map(|address| address.to_string())
        }
        _ => None,
    }
}
