//! Which addresses of the network are everybody's. All others belong to this machine, its neighbours, or those who
//! run them: a hook goes there only if the operator lists the address itself.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Networks of IPv4 that are not everybody's, with the length of their prefix.
const NOT_PUBLIC_4: [([u8; 4], u32); 14] = [
    ([0, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    // Shared by a provider's customers; some clouds keep their metadata here.
    ([100, 64, 0, 0], 10),
    ([127, 0, 0, 0], 8),
    // Where clouds keep their metadata.
    ([169, 254, 0, 0], 16),
    ([172, 16, 0, 0], 12),
    ([192, 0, 0, 0], 24),
    ([192, 0, 2, 0], 24),
    ([192, 88, 99, 0], 24),
    ([192, 168, 0, 0], 16),
    ([198, 18, 0, 0], 15),
    ([198, 51, 100, 0], 24),
    ([203, 0, 113, 0], 24),
    // Multicast, reserved, broadcast.
    ([224, 0, 0, 0], 3),
];
/// The networks of IPv6 that are everybody's lie in this one.
const GLOBAL_6: (u16, u32) = (0x2000, 3);
/// Networks in there that are not, as their first two pieces, with the length of their prefix.
const NOT_PUBLIC_6: [([u16; 2], u32); 5] = [
    // Teredo and others of its kind: an address of IPv4 is inside.
    ([0x2001, 0x0000], 23),
    ([0x2001, 0x0db8], 32),
    // 6to4: an address of IPv4 is inside.
    ([0x2002, 0x0000], 16),
    ([0x3fff, 0x0000], 20),
    ([0x3ffe, 0x0000], 16),
];

/// Whether an address is everybody's.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => is_public_4(address),
        IpAddr::V6(address) => is_public_6(address),
    }
}

fn is_public_4(address: Ipv4Addr) -> bool {
    !NOT_PUBLIC_4.iter().any(|(network, length)| shares(address.to_bits(), u32::from_be_bytes(*network), *length))
}

fn is_public_6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let head = u32::from(first) << 16 | u32::from(second);
    let is_global = shares(head, u32::from(GLOBAL_6.0) << 16, GLOBAL_6.1);
    let is_in = |([a, b], length): &([u16; 2], u32)| shares(head, u32::from(*a) << 16 | u32::from(*b), *length);
    is_global && !NOT_PUBLIC_6.iter().any(is_in)
}

/// Whether two have the same first bits.
fn shares(one: u32, other: u32, bits: u32) -> bool {
    (one ^ other).checked_shr(32 - bits).unwrap_or_default() == 0
}
