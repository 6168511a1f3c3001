//! Which addresses are everybody's.

use drillhall::hook::is_public;

#[test]
fn what_belongs_to_this_machine_its_neighbours_or_their_keepers_is_not_public() {
    for address in [
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.100.100.200",
        "192.0.0.192",
        "192.0.2.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "192.88.99.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "2001:db8::1",
        "2001::1",
        "2002:7f00:1::",
        "3fff::1",
        "64:ff9b::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::127.0.0.1",
        "fec0::1",
    ] {
        assert!(!is_public(address.parse().unwrap()), "{address}");
    }
}

#[test]
fn what_is_everybodys_is_public() {
    for address in ["9.255.255.255", "11.0.0.1", "172.15.0.1", "172.32.0.1", "100.63.0.1", "100.128.0.1", "169.253.0.1"]
    {
        assert!(is_public(address.parse().unwrap()), "{address}");
    }
    for address in ["2a00::1", "2001:200::1", "2606::1", "3000::1", "::ffff:9.9.9.9"] {
        assert!(is_public(address.parse().unwrap()), "{address}");
    }
}
