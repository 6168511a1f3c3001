//! What a hall prints when it starts: where people join, as text and as a code for phones, and how they
//! come to trust it.

use std::{fmt::Write as _, net::IpAddr};

use crate::tls::{lan, qr};

/// The text for the terminal, or for a sheet at the door. `tls` and `plain` are the ports.
pub(super) fn poster(addresses: &[IpAddr], tls: u16, plain: u16, fingerprint: &str) -> String {
    let mut text = String::from("\nJoin from this network:\n");
    for address in addresses {
        let (start, there) = (lan::url("http", *address, plain), lan::url("https", *address, tls));
        // Writing to a string cannot fail.
        writeln!(text, "  {start}/   tells how to trust this server, and leads on to  {there}/").ok();
    }
    match addresses.first() {
        None => text.push_str(
            "  This machine has no address in a network yet: connect it. The certificate follows by itself.\n",
        ),
        Some(first) => {
            let start = format!("{}/", lan::url("http", *first, plain));
            text.push('\n');
            text.push_str(&qr::blocks(&start).unwrap_or_default());
            writeln!(text, "  {start}").ok();
        }
    }
    writeln!(
        text,
        "\nFingerprint (SHA-256) of this hall's certificate authority. Show it where all can see it; whoever installs\n\
         the certificate compares it:\n  {fingerprint}\n{HOW}"
    )
    .ok();
    text
}

const HOW: &str = "
How a device comes to trust it (the page at the address above says the same in seven languages):
  Windows  open the certificate; Install Certificate; Local Machine or Current User; Place all certificates in the
           following store; Trusted Root Certification Authorities
  Android  Settings; Security; Encryption & credentials; Install a certificate; CA certificate
  iOS      Settings; Profile Downloaded; Install. Then Settings; General; About; Certificate Trust Settings: on
  macOS    open the certificate in Keychain Access; Trust; Always Trust
  Linux    Firefox: Settings; Privacy & Security; View Certificates; Authorities; Import
           all others: copy it to /usr/local/share/ca-certificates/ and run update-ca-certificates
After the exercise remove it again. It is good for addresses and names of local networks only.
";
