//! What a user sees, tried on the real program.

mod architecture;
mod authoring;
mod cli;
mod durability;
mod exchange;
mod plan;
#[cfg(unix)]
#[allow(dead_code, reason = "the terminal's own tests, which share it, use the rest")]
mod pty;
#[cfg(unix)]
mod pty_authoring;
#[cfg(unix)]
mod pty_study;
mod recount;
mod stats;
