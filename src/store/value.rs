//! Between the engine's types and the three column types that both databases have.

use serde::{
    Deserialize,
    de::value::{Error as ValueError, StrDeserializer},
};

use super::StoreError;
use crate::engine::role::Role;

/// Where a value came from, for the error that says it makes no sense.
#[derive(Clone, Copy)]
pub(super) struct Column {
    pub(super) table: &'static str,
    pub(super) name: &'static str,
}

impl Column {
    pub(super) fn inconsistent(self, value: impl std::fmt::Display) -> StoreError {
        StoreError::Inconsistent { table: self.table, column: self.name, value: value.to_string() }
    }

    /// A role by its name.
    pub(super) fn role(self, name: &str) -> Result<Role, StoreError> {
        Role::deserialize(StrDeserializer::<ValueError>::new(name)).map_err(|_unknown| self.inconsistent(name))
    }

    /// A number that is never negative.
    pub(super) fn count(self, count: i64) -> Result<u32, StoreError> {
        u32::try_from(count).map_err(|_out_of_range| self.inconsistent(count))
    }
}

/// The name of a role, as the engine writes it.
pub(super) fn role_name(role: Role) -> String {
    let name = serde_json::to_value(role).ok();
    name.as_ref().and_then(|name| name.as_str()).expect("a role is written as its name").to_owned()
}
