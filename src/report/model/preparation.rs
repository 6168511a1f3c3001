//! What was made ready before the start, for the appendix.

use serde::Serialize;
use utoipa::ToSchema;

use crate::engine::{
    event::{ReadyLine, ReadyState},
    state::State,
    time::Timestamp,
};

/// How an exercise was made ready.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PreparationLine {
    /// Whether `StartEx` was given with no signature on the go/no-go list.
    pub unsigned: bool,
    /// How many teams answered the comcheck on every channel, of how many; none if there was none.
    pub comcheck: Option<(u32, u32)>,
    /// The list as it was signed.
    pub signed: Option<SignedLine>,
}

/// A signed go/no-go list. Who signed stands in the log: names are in no report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SignedLine {
    /// When.
    pub at: Timestamp,
    /// What there was to say.
    pub note: Option<String>,
    /// What stood on it.
    pub lines: Vec<SignedState>,
}

/// A line of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the go/no-go list of the engine says it")]
pub struct SignedState {
    pub line: ReadyLine,
    pub go: bool,
    pub count: u32,
    pub of: u32,
    pub missing: Vec<String>,
    pub note: Option<String>,
}

impl PreparationLine {
    /// What a state holds of it; none if there is nothing to say.
    #[must_use]
    pub fn of(state: &State, unsigned: bool) -> Option<Self> {
        let preparation = &state.preparation;
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let comcheck = preparation.comcheck.as_ref().map(|comcheck| {
            let done = state.teams.iter().filter(|team| comcheck.is_done_by(&team.id)).count();
            (count(done), count(state.teams.len()))
        });
        let signed = preparation.signed.as_ref().map(|signed| SignedLine {
            at: signed.at,
            note: signed.note.as_ref().and_then(|note| note.text()).map(str::to_owned),
            lines: signed.lines.iter().map(SignedState::of).collect(),
        });
        let says = unsigned || comcheck.is_some() || signed.is_some();
        says.then_some(Self { unsigned, comcheck, signed })
    }
}

impl SignedState {
    fn of(state: &ReadyState) -> Self {
        let ReadyState { line, go, count, of, missing, note } = state.clone();
        Self { line, go, count, of, missing, note: note.and_then(|note| note.text().map(str::to_owned)) }
    }
}
