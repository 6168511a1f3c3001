//! The program: what it does is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    drillhall::cli::run()
}
