//! Holds the certificate that is shown, and replaces it while people are connected.

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use rustls::{
    ServerConfig,
    crypto::ring::default_provider,
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
    version::{TLS12, TLS13},
};

use super::{
    TlsError,
    certificate::{Facts, Pair},
    hall::{Authority, Names},
    read,
};
use crate::engine::time::Timestamp;

/// Shows the newest good certificate to everybody who connects.
pub struct Keeper {
    source: Source,
    current: RwLock<Pair>,
    /// What was read last, good or bad, so that a bad file is complained of once.
    seen: Mutex<Vec<u8>>,
}

enum Source {
    /// Two files of the operator.
    Files { certificate: PathBuf, key: PathBuf },
    /// The hall's own authority, and what the certificate has to be good for now.
    Hall { authority: Box<Authority>, names: Box<dyn Fn() -> Names + Send + Sync> },
}

impl fmt::Debug for Keeper {
    /// Without the key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keeper({})", self.facts().fingerprint)
    }
}

impl Keeper {
    /// From two files: a certificate with those that lead to its root, and its key.
    pub fn of_files(certificate: PathBuf, key: PathBuf, now: Timestamp) -> Result<Arc<Self>, TlsError> {
        let (bytes, pair) = read_pair(&certificate, &key)?;
        let pair = pair?;
        pair.check(now)?;
        let source = Source::Files { certificate, key };
        Ok(Arc::new(Self { source, current: RwLock::new(pair), seen: Mutex::new(bytes) }))
    }

    /// From the hall's own authority, good for what `names` says whenever it is asked.
    pub fn of_hall(
        authority: Authority,
        names: impl Fn() -> Names + Send + Sync + 'static,
        now: Timestamp,
    ) -> Result<Arc<Self>, TlsError> {
        let pair = authority.pair(&names(), now)?;
        let source = Source::Hall { authority: Box::new(authority), names: Box::new(names) };
        Ok(Arc::new(Self { source, current: RwLock::new(pair), seen: Mutex::default() }))
    }

    /// What the certificate that is shown now says of itself.
    #[must_use]
    pub fn facts(&self) -> Facts {
        self.current.read().unwrap_or_else(PoisonError::into_inner).facts.clone()
    }

    /// The hall's own authority, if the certificate comes from it.
    #[must_use]
    pub fn authority(&self) -> Option<&Authority> {
        match &self.source {
            Source::Hall { authority, .. } => Some(authority),
            Source::Files { .. } => None,
        }
    }

    /// Looks whether there is another certificate to show. True if it was replaced. What is wrong is said
    /// once; meanwhile the one before is shown.
    pub fn refresh(&self, now: Timestamp) -> Result<bool, TlsError> {
        let fresh = match &self.source {
            Source::Files { certificate, key } => {
                let (bytes, pair) = read_pair(certificate, key)?;
                let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
                if *seen == bytes {
                    return Ok(false);
                }
                *seen = bytes;
                pair?
            }
            Source::Hall { authority, names } => authority.pair(&names(), now)?,
        };
        fresh.check(now)?;
        if fresh.facts == self.facts() {
            return Ok(false);
        }
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(true)
    }

    /// What handshakes go by: TLS 1.2 or 1.3, HTTP/1.1, no client certificates.
    pub fn server_config(self: &Arc<Self>) -> Result<Arc<ServerConfig>, TlsError> {
        let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_protocol_versions(&[&TLS13, &TLS12])
            .map_err(|error| TlsError::Unusable(error.to_string()))?
            .with_no_client_auth()
            .with_cert_resolver(Arc::<Self>::clone(self));
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Arc::new(config))
    }
}

impl ResolvesServerCert for Keeper {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner).certified))
    }
}

/// Both files as they are, and what they are worth.
fn read_pair(certificate: &Path, key: &Path) -> Result<(Vec<u8>, Result<Pair, TlsError>), TlsError> {
    let (chain, secret) = (read(certificate)?, read(key)?);
    let names = [certificate.display().to_string(), key.display().to_string()];
    let pair = Pair::from_pem(&chain, &secret, [&names[0], &names[1]]);
    // A hash, so that the key is not kept twice.
    Ok((super::certificate::fingerprint(&[chain, secret].concat()).into_bytes(), pair))
}
