use std::io::Error;

use camino::Utf8Path;
use clap::CommandFactory;
use prism_runtime::ExitCode;

use crate::arguments::{Arguments, Man};
use crate::messages::show_unwritten_pages;
use crate::terminal::print;

/// Prints the manual page of prismc, or writes the pages of all commands into a folder.
pub(crate) fn run(wanted: &Man) -> u8 {
    let done = match &wanted.folder {
        Some(folder) => write_all(folder),
        None => page(),
    };
    match done {
        Ok(()) => ExitCode::Completed as u8,
        Err(error) => {
            show_unwritten_pages(wanted.folder.as_deref(), &error);
            ExitCode::Usage as u8
        }
    }
}

fn page() -> Result<(), Error> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Arguments::command()).render(&mut page)?;
    print(&String::from_utf8_lossy(&page));
    Ok(())
}

fn write_all(folder: &Utf8Path) -> Result<(), Error> {
    std::fs::create_dir_all(folder)?;
    clap_mangen::generate_to(Arguments::command(), folder)
}
