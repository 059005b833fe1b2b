//! Shell completions and the man page, made from the same source as the help.

use clap::{CommandFactory, ValueEnum};
use clap_complete::Shell;
use clap_mangen::Man;

use crate::commands::world::{Exit, World};
use crate::commands::{Cli, output};

/// Prints shell completions, or the man page.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// The shell, or `man` for the man page
    #[arg(value_enum, value_name = "SHELL|man")]
    target: Target,
}

const EXAMPLES: &str = "\
Examples:
  prep completions bash > ~/.local/share/bash-completion/completions/prep
  prep completions zsh  > ~/.zfunc/_prep
  prep completions fish > ~/.config/fish/completions/prep.fish
  prep completions man  > ~/.local/share/man/man1/prep.1";

/// What is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Target {
    Bash,
    Zsh,
    Fish,
    #[value(name = "powershell")]
    PowerShell,
    Elvish,
    Man,
}

/// Runs it.
pub fn run(args: &Args, _world: &mut World) -> anyhow::Result<Exit> {
    let mut command = Cli::command();
    let mut bytes = Vec::new();
    match shell(args.target) {
        Some(shell) => clap_complete::generate(shell, &mut command, "prep", &mut bytes),
        None => Man::new(command).render(&mut bytes)?,
    }
    output::print(&String::from_utf8_lossy(&bytes))?;
    Ok(Exit::Done)
}

/// The shell that is meant; none for the man page.
const fn shell(target: Target) -> Option<Shell> {
    match target {
        Target::Bash => Some(Shell::Bash),
        Target::Zsh => Some(Shell::Zsh),
        Target::Fish => Some(Shell::Fish),
        Target::PowerShell => Some(Shell::PowerShell),
        Target::Elvish => Some(Shell::Elvish),
        Target::Man => None,
    }
}
