//! Techniques and tactics of MITRE ATT&CK Enterprise. `NOTICE` has the terms it is used under.

use std::sync::LazyLock;

use serde::Serialize;
use utoipa::ToSchema;

/// The version of ATT&CK.
pub const VERSION: &str = "19";
/// What MITRE asks to be said wherever its list is shown.
pub const NOTICE: &str = "© 2026 The MITRE Corporation. This work is reproduced and distributed with the permission \
    of The MITRE Corporation.";

/// Most characters of a search that count.
const LONGEST: usize = 100;

const LIST: &str = include_str!("attack.tsv");
const FORMER: &str = include_str!("attack_former.tsv");

/// What an adversary is after: a column of the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Tactic {
    /// `TA0001`.
    pub id: &'static str,
    /// `initial-access`.
    pub code: &'static str,
    /// English name.
    pub name: &'static str,
}

/// How an adversary gets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Technique {
    /// `T1566`, or `T1566.001` for a sub-technique.
    pub id: &'static str,
    /// English name.
    pub name: &'static str,
    /// Id and name of the technique that this is a part of.
    pub parent: Option<Parent>,
    /// Codes of the tactics it serves, in the order of the matrix.
    pub tactics: Vec<&'static str>,
}

/// The technique that a sub-technique is a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ParentTechnique)]
pub struct Parent {
    /// `T1566`.
    pub id: &'static str,
    /// English name.
    pub name: &'static str,
}

/// The tactics in the order of the matrix.
pub const TACTICS: [Tactic; 15] = [
    tactic("TA0043", "reconnaissance", "Reconnaissance"),
    tactic("TA0042", "resource-development", "Resource Development"),
    tactic("TA0001", "initial-access", "Initial Access"),
    tactic("TA0002", "execution", "Execution"),
    tactic("TA0003", "persistence", "Persistence"),
    tactic("TA0004", "privilege-escalation", "Privilege Escalation"),
    tactic("TA0005", "stealth", "Stealth"),
    tactic("TA0112", "defense-impairment", "Defense Impairment"),
    tactic("TA0006", "credential-access", "Credential Access"),
    tactic("TA0007", "discovery", "Discovery"),
    tactic("TA0008", "lateral-movement", "Lateral Movement"),
    tactic("TA0009", "collection", "Collection"),
    tactic("TA0011", "command-and-control", "Command and Control"),
    tactic("TA0010", "exfiltration", "Exfiltration"),
    tactic("TA0040", "impact", "Impact"),
];

static TECHNIQUES: LazyLock<Vec<Technique>> = LazyLock::new(|| {
    let mut techniques = Vec::<Technique>::new();
    let mut parent = None;
    for line in rows(LIST) {
        let mut cells = line.split('\t');
        let (id, name) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
        let is_part = id.contains('.');
        if !is_part {
            parent = Some(Parent { id, name });
        }
        let tactics = cells.next().unwrap_or_default().split(',').collect();
        techniques.push(Technique { id, name, parent: parent.filter(|_| is_part), tactics });
    }
    techniques
});

static SUCCESSORS: LazyLock<Vec<(&str, &str)>> =
    LazyLock::new(|| rows(FORMER).filter_map(|line| line.split_once('\t')).collect());

const fn tactic(id: &'static str, code: &'static str, name: &'static str) -> Tactic {
    Tactic { id, code, name }
}

fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#'))
}

/// All techniques, each before its parts, by id.
#[must_use]
pub fn all() -> &'static [Technique] {
    &TECHNIQUES
}

/// The technique of an id as MITRE writes it.
#[must_use]
pub fn find(id: &str) -> Option<&'static Technique> {
    let at = TECHNIQUES.binary_search_by(|technique| technique.id.cmp(id)).ok()?;
    TECHNIQUES.get(at)
}

/// Whether this version has the id.
#[must_use]
pub fn is_known(id: &str) -> bool {
    find(id).is_some()
}

/// The English name of a technique.
#[must_use]
pub fn name(id: &str) -> Option<&'static str> {
    find(id).map(|technique| technique.name)
}

/// What this version calls an id that somebody typed, in any case, perhaps from an earlier version: the
/// id itself, or that of the technique that took its place.
#[must_use]
pub fn current(typed: &str) -> Option<&'static Technique> {
    let id = typed.trim().to_ascii_uppercase();
    let successor = SUCCESSORS.binary_search_by(|(former, _)| (*former).cmp(&id)).ok();
    let successor = successor.and_then(|at| SUCCESSORS.get(at)).map(|(_, id)| *id);
    find(successor.unwrap_or(&id))
}

/// Techniques that somebody may mean. First what has the id or begins with it, also one of an earlier version;
/// then what has all words at the beginning of words of its name; then anywhere in its name; then with the
/// name of its parent. Within each, techniques before their parts.
#[must_use]
pub fn search(words: &str, limit: usize) -> Vec<&'static Technique> {
    let typed: String = folded(words).chars().take(LONGEST).collect();
    let wanted: Vec<&str> = typed.split_whitespace().collect();
    let meant = current(words);
    let ranked = TECHNIQUES.iter().filter_map(|technique| {
        let rank = if meant == Some(technique) { Some(0) } else { rank(technique, &wanted) };
        rank.map(|rank| (rank, technique.parent.is_some(), technique))
    });
    let mut ranked: Vec<_> = ranked.collect();
    // Stable: by id within each.
    ranked.sort_by_key(|(rank, is_part, _)| (*rank, *is_part));
    ranked.into_iter().map(|(.., technique)| technique).take(limit).collect()
}

fn rank(technique: &Technique, wanted: &[&str]) -> Option<u8> {
    if let [word] = wanted
        && technique.id.to_ascii_lowercase().starts_with(word)
    {
        return Some(1);
    }
    let name = folded(technique.name);
    if wanted.iter().all(|word| name.split(is_gap).any(|begin| begin.starts_with(word))) {
        return Some(2);
    }
    if wanted.iter().all(|word| name.contains(word)) {
        return Some(3);
    }
    let whole = technique.parent.map(|parent| format!("{} {name}", folded(parent.name)))?;
    wanted.iter().all(|word| whole.contains(word)).then_some(4)
}

fn is_gap(c: char) -> bool {
    !c.is_alphanumeric()
}

/// Lower case, without the one dot above a letter in the list.
fn folded(text: &str) -> String {
    text.to_lowercase().replace('ä', "a")
}
