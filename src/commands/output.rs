//! Printing: data on standard output, messages on standard error. A closed pipe is success.

use std::fmt::Display;
use std::io::{self, Write};

use serde::Serialize;

/// Writes lines to standard output; a reader that has gone away is no failure.
pub fn print(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => Ok(result?),
    }
}

/// Writes a value as JSON on standard output, with the version of its schema.
pub fn json(value: &impl Serialize) -> anyhow::Result<()> {
    print(&format!("{}\n", serde_json::to_string_pretty(value)?))
}

/// The version that every `--json` output carries; it changes when a field changes its meaning or goes away.
pub const JSON_VERSION: u32 = 1;

/// A message on standard error; a dead one is ignored.
pub fn note(message: &dyn Display) {
    let _ = writeln!(io::stderr(), "prep: {message}");
}

/// Says what failed, with its causes, and gives the exit code.
pub fn failed(error: &anyhow::Error) -> u8 {
    let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
    note(&causes.join(": "));
    1
}

/// Prints help or what is wrong with the command line, and gives the exit code.
pub fn usage(error: &clap::Error) -> u8 {
    let _ = error.print();
    u8::from(error.use_stderr()) * 2
}
