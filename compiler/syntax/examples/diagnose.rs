//! Prints what is wrong with a file, one line for each mistake: for trying things out.
#![allow(clippy::print_stdout, clippy::expect_used)]

use prism_diagnostics::SourceFile;
use prism_syntax::{diagnostic, parse};

fn main() {
    let path = std::env::args().nth(1).expect("the path of a file");
    let text = std::fs::read_to_string(&path).expect("a file that can be read");
    let file = SourceFile::new(path, text.as_str());
    for error in parse(&text).errors {
        let diagnostic = diagnostic(&error, &text);
        let position = file.line_column(diagnostic.primary.span.start);
        println!("{}:{} {} {}", position.line, position.column, diagnostic.code, diagnostic.message);
        for help in &diagnostic.help {
            println!("    help: {help}");
        }
        for fix in &diagnostic.fixes {
            println!("    fix: {}", fix.title);
        }
    }
}
