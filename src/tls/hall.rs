//! The hall's own certificate authority, for a laptop on a network without names and without internet.
//!
//! It lies in the data directory, readable by its owner only, and makes one certificate for the
//! addresses and names of this machine, anew whenever they change. Whoever trusts the authority trusts it
//! for little: it is limited, by constraints in its own certificate, to addresses of local networks, to
//! names that no public site has, and to what the operator named when it was made.

use std::{
    collections::BTreeSet,
    fs::{self, OpenOptions},
    io::Write,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    path::{Path, PathBuf},
};

use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DistinguishedName, DnType, ExtendedKeyUsagePurpose,
    GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose, NameConstraints, SanType, date_time_ymd,
};
use rustls::pki_types::{CertificateDer, pem::PemObject};
use sha2::{Digest, Sha256};

use super::{TlsError, certificate::Facts, certificate::Pair, lan, read};
use crate::engine::time::{Millis, Timestamp};

const DAY: i64 = 24 * 60 * 60 * 1_000;
/// Long enough for a year of drills with devices that were set up once.
const AUTHORITY_DAYS: i64 = 730;
/// Browsers take certificates of authorities that people added for 825 days at most; it is renewed long before.
const CERTIFICATE_DAYS: i64 = 90;
/// So long before its end a certificate is made anew.
const RENEW_DAYS: i64 = 30;
/// Endings of names that no public site has.
const LOCAL_DOMAINS: [&str; 5] = ["localhost", "local", "lan", "internal", "home.arpa"];

/// What a certificate has to be good for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Names of this machine.
    pub hosts: BTreeSet<String>,
    /// Addresses of this machine.
    pub addresses: BTreeSet<IpAddr>,
}

impl Names {
    /// What this machine is reached by now, and names that the operator gives it.
    #[must_use]
    pub fn now(given: &[String]) -> Self {
        let mut hosts: BTreeSet<String> = given.iter().map(|name| name.to_ascii_lowercase()).collect();
        hosts.insert("localhost".to_owned());
        if let Some(name) = lan::host_name() {
            // Machines that announce themselves on the local network are found under this one.
            let label = name.split('.').next().unwrap_or_default();
            hosts.insert(format!("{label}.local"));
            hosts.insert(name);
        }
        let mut addresses: BTreeSet<IpAddr> = lan::addresses().into_iter().collect();
        addresses.extend([IpAddr::from(Ipv4Addr::LOCALHOST), IpAddr::from(Ipv6Addr::LOCALHOST)]);
        // A name may be an address that this machine does not know it has, behind a router.
        let given: Vec<String> = hosts.iter().filter(|name| name.parse::<IpAddr>().is_ok()).cloned().collect();
        for name in given {
            hosts.remove(&name);
            addresses.extend(name.parse::<IpAddr>());
        }
        Self { hosts, addresses }
    }

    fn written(&self) -> BTreeSet<String> {
        let addresses = self.addresses.iter().map(ToString::to_string);
        self.hosts.iter().cloned().chain(addresses).collect()
    }

    /// What an authority for local networks is not good for without saying so.
    fn beyond_local(&self) -> BTreeSet<String> {
        let hosts = self.hosts.iter().filter(|name| !is_local_name(name)).cloned();
        let addresses = self.addresses.iter().filter(|ip| !is_local(**ip)).map(ToString::to_string);
        hosts.chain(addresses).collect()
    }
}

/// A certificate authority of one hall.
pub struct Authority {
    directory: PathBuf,
    key: KeyPair,
    pem: String,
    fingerprint: String,
    /// When it ends.
    not_after: Timestamp,
}

impl Authority {
    /// The authority in a directory. A new one is made if there is none, if it ends soon, or if it is not good
    /// for one of these names; then every device has to trust it anew.
    pub fn open(directory: &Path, names: &Names, now: Timestamp) -> Result<Self, TlsError> {
        if let Some(known) = Self::load(directory)? {
            let lines = String::from_utf8_lossy(&read(&directory.join("ca.names"))?).into_owned();
            let permitted: BTreeSet<String> = lines.lines().map(ToOwned::to_owned).collect();
            let is_good = names.beyond_local().is_subset(&permitted);
            if is_good && known.not_after.since(now) > Millis(RENEW_DAYS * DAY) {
                return Ok(known);
            }
            tracing::warn!("the hall's authority is made anew: every device has to trust it again");
        }
        Self::make(directory, names, now)
    }

    fn load(directory: &Path) -> Result<Option<Self>, TlsError> {
        let (certificate, key) = (directory.join("ca.crt"), directory.join("ca.key"));
        if !certificate.exists() || !key.exists() {
            return Ok(None);
        }
        let pem = String::from_utf8_lossy(&read(&certificate)?).into_owned();
        let key = KeyPair::from_pem(&String::from_utf8_lossy(&read(&key)?))
            .map_err(|_unreadable| TlsError::NoKey { from: key.display().to_string() })?;
        Self::of(directory, key, pem).map(Some)
    }

    fn of(directory: &Path, key: KeyPair, pem: String) -> Result<Self, TlsError> {
        let der = CertificateDer::from_pem_slice(pem.as_bytes())
            .map_err(|_unreadable| TlsError::NoCertificate { from: directory.join("ca.crt").display().to_string() })?;
        let Facts { fingerprint, not_after, .. } = Facts::of(&der)?;
        Ok(Self { directory: directory.to_owned(), key, pem, fingerprint, not_after })
    }

    fn make(directory: &Path, names: &Names, now: Timestamp) -> Result<Self, TlsError> {
        let key = KeyPair::generate().map_err(not_made)?;
        let mut params = CertificateParams::default();
        params.distinguished_name = called(&key);
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::DigitalSignature];
        params.name_constraints =
            Some(NameConstraints { permitted_subtrees: permitted(names), excluded_subtrees: Vec::new() });
        set_days(&mut params, now, AUTHORITY_DAYS)?;
        let pem = params.self_signed(&key).map_err(not_made)?.pem();
        create_private(directory)?;
        let beyond: Vec<String> = names.beyond_local().into_iter().collect();
        write(&directory.join("ca.names"), beyond.join("\n").as_bytes())?;
        write(&directory.join("ca.key"), key.serialize_pem().as_bytes())?;
        write(&directory.join("ca.crt"), pem.as_bytes())?;
        Self::of(directory, key, pem)
    }

    /// The certificate of the authority, for devices that are to trust it.
    #[must_use]
    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// What the authority is recognised by: SHA-256 of its certificate.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// A certificate for these names: the one that is there if it still fits, else a new one.
    pub fn pair(&self, names: &Names, now: Timestamp) -> Result<Pair, TlsError> {
        let (certificate, key) = (self.directory.join("server.crt"), self.directory.join("server.key"));
        if certificate.exists() && key.exists() {
            let pair = Pair::from_pem(&read(&certificate)?, &read(&key)?, ["server.crt", "server.key"]);
            if let Ok(pair) = pair
                && self.is_current(&pair, names, now)
            {
                return Ok(pair);
            }
        }
        let (chain, secret) = self.issue(names, now)?;
        write(&key, secret.as_bytes())?;
        write(&certificate, chain.as_bytes())?;
        Pair::from_pem(chain.as_bytes(), secret.as_bytes(), ["server.crt", "server.key"])
    }

    fn is_current(&self, pair: &Pair, names: &Names, now: Timestamp) -> bool {
        let covered: BTreeSet<String> = pair.facts.names.iter().cloned().collect();
        let is_ours = pair
            .certified
            .cert
            .get(1)
            .is_some_and(|issuer| Facts::of(issuer).is_ok_and(|issuer| issuer.fingerprint == self.fingerprint));
        is_ours
            && covered == names.written()
            && pair.facts.not_before <= now
            && pair.facts.not_after.since(now) > Millis(RENEW_DAYS * DAY)
    }

    fn issue(&self, names: &Names, now: Timestamp) -> Result<(String, String), TlsError> {
        let key = KeyPair::generate().map_err(not_made)?;
        let mut params = CertificateParams::default();
        params.distinguished_name = DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, "Drillhall in this hall");
        let hosts = names.hosts.iter().map(|name| {
            name.as_str()
                .try_into()
                .map(SanType::DnsName)
                .map_err(|_unfit| TlsError::NotMade(format!("'{name}' is no name that a certificate can hold")))
        });
        params.subject_alt_names = hosts.collect::<Result<_, _>>()?;
        params.subject_alt_names.extend(names.addresses.iter().copied().map(SanType::IpAddress));
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        set_days(&mut params, now, CERTIFICATE_DAYS)?;
        let mut authority = CertificateParams::default();
        authority.distinguished_name = called(&self.key);
        authority.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        let issuer = Issuer::from_params(&authority, &self.key);
        let certificate = params.signed_by(&key, &issuer).map_err(not_made)?;
        // The authority goes along, so that it is seen from the file alone who issued it.
        Ok((certificate.pem() + &self.pem, key.serialize_pem()))
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it goes where errors are mapped")]
fn not_made(error: rcgen::Error) -> TlsError {
    TlsError::NotMade(error.to_string())
}

/// The name of an authority: each has one of its own, so that devices tell them apart.
fn called(key: &KeyPair) -> DistinguishedName {
    let short = hex::encode(&Sha256::digest(key.public_key_raw())[..4]);
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, format!("Drillhall hall authority {short}"));
    name.push(DnType::OrganizationName, "EXERCISE only");
    name
}

/// Valid since yesterday, for a phone's clock may be behind, and for so many days.
fn set_days(params: &mut CertificateParams, now: Timestamp, days: i64) -> Result<(), TlsError> {
    let date = |days: i64| {
        let at = jiff::Timestamp::from_millisecond(now.0.saturating_add(days * DAY));
        at.map(|at| at.to_zoned(jiff::tz::TimeZone::UTC).date())
            .map(|date| date_time_ymd(date.year().into(), date.month().unsigned_abs(), date.day().unsigned_abs()))
            .map_err(|error| TlsError::NotMade(error.to_string()))
    };
    (params.not_before, params.not_after) = (date(-1)?, date(days)?);
    Ok(())
}

fn permitted(names: &Names) -> Vec<GeneralSubtree> {
    let v4 = [
        ([10, 0, 0, 0], 8),
        ([172, 16, 0, 0], 12),
        ([192, 168, 0, 0], 16),
        ([169, 254, 0, 0], 16),
        ([127, 0, 0, 0], 8),
    ];
    let v6 = [(0xfc00_u16, 7), (0xfe80, 10)];
    let domains = LOCAL_DOMAINS.iter().map(|domain| GeneralSubtree::DnsName((*domain).to_owned()));
    let v4 = v4.into_iter().map(|(net, bits)| GeneralSubtree::IpAddress(CidrSubnet::from_v4_prefix(net, bits)));
    let v6 = v6.into_iter().map(|(first, bits)| {
        let net = Ipv6Addr::new(first, 0, 0, 0, 0, 0, 0, 0).octets();
        GeneralSubtree::IpAddress(CidrSubnet::from_v6_prefix(net, bits))
    });
    let own = GeneralSubtree::IpAddress(CidrSubnet::from_addr_prefix(Ipv6Addr::LOCALHOST.into(), 128));
    let beyond = names.beyond_local().into_iter().map(|name| match name.parse::<IpAddr>() {
        Ok(address) => {
            let bits = if address.is_ipv4() { 32 } else { 128 };
            GeneralSubtree::IpAddress(CidrSubnet::from_addr_prefix(address, bits))
        }
        Err(_) => GeneralSubtree::DnsName(name),
    });
    domains.chain(v4).chain(v6).chain([own]).chain(beyond).collect()
}

fn is_local_name(name: &str) -> bool {
    LOCAL_DOMAINS
        .iter()
        .any(|domain| name.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}

fn is_local(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_private() || address.is_link_local() || address.is_loopback(),
        IpAddr::V6(address) => address.is_unique_local() || address.is_unicast_link_local() || address.is_loopback(),
    }
}

fn create_private(directory: &Path) -> Result<(), TlsError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory).map_err(|source| TlsError::Write { path: directory.to_owned(), source })
}

/// Writes a file that only its owner may read, whole or not at all.
fn write(path: &Path, bytes: &[u8]) -> Result<(), TlsError> {
    let aside = path.with_extension("new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = || {
        let mut file = options.open(&aside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&aside, path)
    };
    written().map_err(|source| TlsError::Write { path: path.to_owned(), source })
}
