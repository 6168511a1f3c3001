//! What this machine is called and where it is reached from the same network.

use std::{
    collections::BTreeSet,
    net::{IpAddr, SocketAddr},
};

/// Addresses of this machine that others on its networks can reach: no loopback, and none that is good
/// for one cable only. IPv4 first, for those are read out.
#[must_use]
pub fn addresses() -> Vec<IpAddr> {
    let found = if_addrs::get_if_addrs().unwrap_or_default();
    let found: BTreeSet<IpAddr> = found.iter().map(if_addrs::Interface::ip).filter(|ip| is_reachable(*ip)).collect();
    found.into_iter().collect()
}

fn is_reachable(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !address.is_loopback() && !address.is_link_local() && !address.is_unspecified(),
        IpAddr::V6(address) => !address.is_loopback() && !address.is_unicast_link_local() && !address.is_unspecified(),
    }
}

/// The name of this machine, if it is one that can stand in an address.
#[must_use]
pub fn host_name() -> Option<String> {
    let name = rustix::system::uname().nodename().to_string_lossy().to_ascii_lowercase();
    let fits = name.split('.').all(|label| !label.is_empty() && label.len() < 64)
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte));
    (fits && name != "localhost" && name.parse::<IpAddr>().is_err()).then_some(name)
}

/// A URL for an address, with brackets where they are needed.
#[must_use]
pub fn url(scheme: &str, address: IpAddr, port: u16) -> String {
    format!("{scheme}://{}", SocketAddr::new(address, port))
}
