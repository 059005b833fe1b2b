//! The log of another machine into this one's progress file, before any deck is read: which card without id is which stands in it.

use crate::domain::log::{AddedLog, WholeLog};
use crate::domain::time::Timestamp;
use crate::store::{Store, StoreError};
use crate::trainer::Start;

/// Adds a log to the progress file. A copy is made first; entries that are known already are left as they are.
pub fn import_log(
    start: &Start,
    log: &WholeLog,
    dry_run: bool,
    now: Timestamp,
) -> Result<AddedLog, StoreError> {
    let mut store = Store::open(&start.paths.database)?.store;
    if !dry_run {
        store.backup_if_older_than(start.calendar.day_of(now))?;
    }
    store.add_log(log, dry_run)
}
