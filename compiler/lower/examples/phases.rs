//! How long the phases of the compiler take for a file: `cargo run --release -p prism-lower --example phases FILE`.
#![allow(clippy::print_stdout, clippy::expect_used, reason = "prints what it measures")]

use std::time::Instant;

fn main() {
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).expect("the file can be read");
        let start = Instant::now();
        let parse = prism_syntax::parse(&text);
        let parsed = start.elapsed();
        let checked = prism_check::check(&parse.tree, false);
        let checking = start.elapsed() - parsed;
        let errors = parse.errors.len() + checked.errors.iter().filter(|error| error.is_error()).count();
        let nodes = if errors == 0 {
            let origin =
                prism_lower::Origin { path: path.clone(), sha256: String::new(), compiler: String::new() };
            prism_lower::lower(&parse.tree, &checked, origin).document.nodes.len()
        } else {
            0
        };
        let lowering = start.elapsed() - parsed - checking;
        let lines = text.lines().count();
        println!(
            "{path}: {lines} lines, {nodes} nodes, {errors} errors: parse {parsed:?}, check {checking:?}, lower {lowering:?}"
        );
    }
}
