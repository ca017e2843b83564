//! `impetus` without arguments opens the window; with arguments it is a command-line tool.

use std::process::ExitCode;

fn main() -> ExitCode {
    impetus::cli::main()
}
