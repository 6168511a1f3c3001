//! Classes and types of the Reference Security Incident Taxonomy. A code is that of a class
//! (`intrusions`), or of a type with its class before it (`intrusions/burglary`).
//!
//! The taxonomy is kept by the RSIT working group of ENISA and TF-CSIRT, and is in the public domain (CC0).

use serde::Serialize;
use utoipa::ToSchema;

/// The version of the taxonomy, as its machine-readable form counts.
pub const VERSION: u32 = 1003;

/// A class of incidents: the part that a classification must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = IncidentClass)]
pub struct Class {
    /// `intrusions`.
    pub code: &'static str,
    /// English name.
    pub name: &'static str,
    /// Its types.
    pub types: &'static [Type],
}

/// A type of incidents: the part that a classification should have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = IncidentType)]
pub struct Type {
    /// `intrusions/burglary`.
    pub code: &'static str,
    /// English name.
    pub name: &'static str,
}

/// Every class, in the order of the taxonomy.
pub const CLASSES: [Class; 11] = [
    class(
        "abusive-content",
        "Abusive Content",
        &[
            a("abusive-content/spam", "Spam"),
            a("abusive-content/harmful-speech", "Harmful Speech"),
            a("abusive-content/violence", "(Child) Sexual Exploitation/Sexual/Violent Content"),
        ],
    ),
    class(
        "malicious-code",
        "Malicious Code",
        &[
            a("malicious-code/infected-system", "Infected System"),
            a("malicious-code/c2-server", "C2 Server"),
            a("malicious-code/malware-distribution", "Malware Distribution"),
            a("malicious-code/malware-configuration", "Malware Configuration"),
        ],
    ),
    class(
        "information-gathering",
        "Information Gathering",
        &[
            a("information-gathering/scanner", "Scanning"),
            a("information-gathering/sniffing", "Sniffing"),
            a("information-gathering/social-engineering", "Social Engineering"),
        ],
    ),
    class(
        "intrusion-attempts",
        "Intrusion Attempts",
        &[
            a("intrusion-attempts/ids-alert", "Exploitation of Known Vulnerabilities"),
            a("intrusion-attempts/brute-force", "Login Attempts"),
            a("intrusion-attempts/exploit", "New Attack Signature"),
        ],
    ),
    class(
        "intrusions",
        "Intrusions",
        &[
            a("intrusions/privileged-account-compromise", "Privileged Account Compromise"),
            a("intrusions/unprivileged-account-compromise", "Unprivileged Account Compromise"),
            a("intrusions/application-compromise", "Application Compromise"),
            a("intrusions/system-compromise", "System Compromise"),
            a("intrusions/burglary", "Burglary"),
        ],
    ),
    class(
        "availability",
        "Availability",
        &[
            a("availability/dos", "Denial of Service"),
            a("availability/ddos", "Distributed Denial of Service"),
            a("availability/misconfiguration", "Misconfiguration"),
            a("availability/sabotage", "Sabotage"),
            a("availability/outage", "Outage"),
        ],
    ),
    class(
        "information-content-security",
        "Information Content Security",
        &[
            a("information-content-security/unauthorised-information-access", "Unauthorised Access to Information"),
            a(
                "information-content-security/unauthorised-information-modification",
                "Unauthorised Modification of Information",
            ),
            a("information-content-security/data-loss", "Data Loss"),
            a("information-content-security/data-leak", "Leak of Confidential Information"),
        ],
    ),
    class(
        "fraud",
        "Fraud",
        &[
            a("fraud/unauthorised-use-of-resources", "Unauthorised Use of Resources"),
            a("fraud/copyright", "Copyright"),
            a("fraud/masquerade", "Masquerade"),
            a("fraud/phishing", "Phishing"),
        ],
    ),
    class(
        "vulnerable",
        "Vulnerable",
        &[
            a("vulnerable/weak-crypto", "Weak Cryptography"),
            a("vulnerable/ddos-amplifier", "DDoS Amplifier"),
            a("vulnerable/potentially-unwanted-accessible", "Potentially Unwanted Accessible Services"),
            a("vulnerable/information-disclosure", "Information Disclosure"),
            a("vulnerable/vulnerable-system", "Vulnerable System"),
        ],
    ),
    class("other", "Other", &[a("other/other", "Uncategorised"), a("other/undetermined", "Undetermined")]),
    class("test", "Test", &[a("test/test", "Test")]),
];

const fn class(code: &'static str, name: &'static str, types: &'static [Type]) -> Class {
    Class { code, name, types }
}

const fn a(code: &'static str, name: &'static str) -> Type {
    Type { code, name }
}

/// The class that a code is, or that its type belongs to.
#[must_use]
pub fn class_of(code: &str) -> Option<&'static Class> {
    CLASSES.iter().find(|class| class.code == code || class.types.iter().any(|of_it| of_it.code == code))
}

/// Whether it is the code of a class or of a type.
#[must_use]
pub fn is_known(code: &str) -> bool {
    class_of(code).is_some()
}

/// The English name of a class or type.
#[must_use]
pub fn name(code: &str) -> Option<&'static str> {
    let class = class_of(code)?;
    let found = class.types.iter().find(|of_it| of_it.code == code);
    Some(found.map_or(class.name, |of_it| of_it.name))
}

/// Every type, in the order of the taxonomy.
pub fn types() -> impl Iterator<Item = &'static Type> {
    CLASSES.iter().flat_map(|class| class.types)
}
