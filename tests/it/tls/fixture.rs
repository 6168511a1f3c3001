//! A certificate authority for tests, certificates of it in files, and clients that trust it.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};

use drillhall::config::Settings;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring::default_provider,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_rustls::{TlsConnector, client::TlsStream};

/// Years that a certificate is valid from and until.
pub(crate) const GOOD: (i32, i32) = (2020, 2090);
pub(crate) const EXPIRED: (i32, i32) = (2020, 2021);
pub(crate) const FUTURE: (i32, i32) = (2089, 2090);

pub(crate) struct Root(CertifiedIssuer<'static, KeyPair>);

impl Root {
    pub(crate) fn new() -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    /// A certificate for the loopback address, and its key, in PEM.
    pub(crate) fn issue(&self, years: (i32, i32)) -> (String, String) {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(["127.0.0.1".to_owned(), "drill.example".to_owned()]).unwrap();
        (params.not_before, params.not_after) = (date_time_ymd(years.0, 1, 1), date_time_ymd(years.1, 1, 1));
        (params.signed_by(&key, &self.0).unwrap().pem(), key.serialize_pem())
    }

    pub(crate) fn pem(&self) -> String {
        self.0.pem()
    }
}

/// Two files with a certificate and its key.
pub(crate) struct Files {
    pub(crate) certificate: PathBuf,
    pub(crate) key: PathBuf,
}

impl Files {
    pub(crate) fn in_folder(folder: &Path, pair: &(String, String)) -> Self {
        let files = Self { certificate: folder.join("tls.crt"), key: folder.join("tls.key") };
        files.put(pair);
        files
    }

    pub(crate) fn put(&self, (certificate, key): &(String, String)) {
        fs::write(&self.certificate, certificate).unwrap();
        fs::write(&self.key, key).unwrap();
    }

    pub(crate) fn settings(&self) -> Settings {
        Settings { tls_cert: Some(self.certificate.clone()), tls_key: Some(self.key.clone()), ..Settings::default() }
    }
}

/// A client that trusts the authority of this certificate and no other.
pub(crate) fn connector(root: &str) -> TlsConnector {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(root.as_bytes()).unwrap()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    TlsConnector::from(Arc::new(config))
}

/// A connection to a server by the name that it is to prove.
pub(crate) async fn connect(root: &str, address: SocketAddr, name: &str) -> std::io::Result<TlsStream<TcpStream>> {
    let stream = TcpStream::connect(address).await?;
    connector(root).connect(ServerName::try_from(name.to_owned()).unwrap(), stream).await
}

/// The address in `https://127.0.0.1:8443`.
pub(crate) fn address(base: &str) -> SocketAddr {
    base.split_once("://").unwrap().1.parse().unwrap()
}

/// Sends a request and reads the answer to its end.
pub(crate) async fn ask(root: &str, base: &str, request: &str) -> String {
    let mut stream = connect(root, address(base), "127.0.0.1").await.unwrap();
    let host = base.split_once("://").unwrap().1;
    let request = request.replace("\r\n\r\n", &format!("\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8(answer).unwrap()
}

/// SHA-256 of the certificate that a server shows to those who connect now.
pub(crate) async fn shown(root: &str, base: &str) -> Vec<u8> {
    let stream = connect(root, address(base), "127.0.0.1").await.unwrap();
    stream.get_ref().1.peer_certificates().unwrap()[0].to_vec()
}
