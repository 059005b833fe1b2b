//! Small things to remember, by name.

use rusqlite::{Connection, OptionalExtension};

use crate::store::Store;
use crate::store::error::StoreError;

impl Store {
    /// A small thing that was remembered by name.
    pub fn memo(&self, name: &str) -> Result<Option<String>, StoreError> {
        self.read(|connection| get(connection, name))
    }

    /// Remembers a small thing by name; all of these are caches.
    pub fn set_memo(&mut self, name: &str, value: &str) -> Result<(), StoreError> {
        self.write(|transaction| set(transaction, name, value))
    }
}

/// The value of a name.
pub fn get(connection: &Connection, name: &str) -> rusqlite::Result<Option<String>> {
    connection
        .prepare_cached("SELECT value FROM meta WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()
}

/// Sets the value of a name.
pub fn set(connection: &Connection, name: &str, value: &str) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO meta (name, value) VALUES (?1, ?2)")?
        .execute([name, value])
        .map(drop)
}

/// Forgets a name.
pub fn remove(connection: &Connection, name: &str) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM meta WHERE name = ?1")?.execute([name]).map(drop)
}
