//! The outermost shell: gives the arguments, the clock and the dice to the library, returns the exit code.

use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

fn main() -> ExitCode {
    let arguments = std::env::args_os().collect();
    ExitCode::from(prep::run(arguments, Box::new(milliseconds), rand::random()))
}

/// Milliseconds since 1970-01-01 UTC.
fn milliseconds() -> i64 {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    let now = SystemTime::now();
    match now.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_millis()).unwrap_or(i64::MAX),
        Err(before) => -i64::try_from(before.duration().as_millis()).unwrap_or(i64::MAX),
    }
}
