//! Groups of countries that the United Nations keep lists of, for statistics. A list changes when the General
//! Assembly takes note of a country that leaves a group: change it here, with its date in [`AS_OF`] and in
//! `docs/REPORTS.md`.

use super::Country;

/// As of which day the lists were taken: the day that the last country left the least developed ones.
pub(super) const AS_OF: &str = "2024-12-13";

/// A group.
#[derive(Clone, Copy)]
pub(super) struct Group {
    /// Its name in the table.
    pub(super) name: &'static str,
    codes: &'static [&'static str],
}

impl Group {
    /// Whether a country is in it.
    pub(super) fn has(self, country: &Country) -> bool {
        self.codes.contains(&country.as_str())
    }
}

/// The three groups. A country may be in two of them.
pub(super) const GROUPS: [Group; 3] = [LDC, LLDC, SIDS];

/// The 44 least developed countries (Committee for Development Policy).
const LDC: Group = Group {
    name: "ldc",
    codes: &[
        "AF", "AO", "BD", "BF", "BI", "BJ", "CD", "CF", "DJ", "ER", "ET", "GM", "GN", "GW", "HT", "KH", "KI", "KM",
        "LA", "LR", "LS", "MG", "ML", "MM", "MR", "MW", "MZ", "NE", "NP", "RW", "SB", "SD", "SL", "SN", "SO", "SS",
        "TD", "TG", "TL", "TV", "TZ", "UG", "YE", "ZM",
    ],
};

/// The 32 landlocked developing countries (UN-OHRLLS).
const LLDC: Group = Group {
    name: "lldc",
    codes: &[
        "AF", "AM", "AZ", "BF", "BI", "BO", "BT", "BW", "CF", "ET", "KG", "KZ", "LA", "LS", "MD", "MK", "ML", "MN",
        "MW", "NE", "NP", "PY", "RW", "SS", "SZ", "TD", "TJ", "TM", "UG", "UZ", "ZM", "ZW",
    ],
};

/// The 39 small island developing states (UN-OHRLLS), without the associate members of regional commissions.
const SIDS: Group = Group {
    name: "sids",
    codes: &[
        "AG", "BB", "BS", "BZ", "CK", "CU", "CV", "DM", "DO", "FJ", "FM", "GD", "GW", "GY", "HT", "JM", "KI", "KM",
        "KN", "LC", "MH", "MU", "MV", "NR", "NU", "PG", "PW", "SB", "SC", "SG", "SR", "ST", "TL", "TO", "TT", "TV",
        "VC", "VU", "WS",
    ],
};
