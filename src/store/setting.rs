//! Settings that the server makes for itself once, such as the secret that it signs with.

use super::{
    Store, StoreError,
    db::{reading, writing},
};

impl Store {
    /// The value of a setting; `value` becomes it if there is none. Of several that race, all get
    /// the same one.
    pub async fn setting_or_insert(&self, name: &str, value: &str) -> Result<String, StoreError> {
        writing!(self, |pool| {
            sqlx::query("INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING")
                .bind(name)
                .bind(value)
                .execute(pool)
                .await?;
        });
        // Read where it was written, so that what another writer committed is surely seen.
        let (value,): (String,) = writing!(self, |pool| {
            sqlx::query_as("SELECT value FROM settings WHERE name = $1").bind(name).fetch_one(pool).await?
        });
        Ok(value)
    }

    /// The value of a setting, if it has one.
    pub async fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        let found: Option<(String,)> = reading!(self, |pool| {
            sqlx::query_as("SELECT value FROM settings WHERE name = $1").bind(name).fetch_optional(pool).await?
        });
        Ok(found.map(|(value,)| value))
    }
}
