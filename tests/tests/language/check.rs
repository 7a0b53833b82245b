use prism_compiler::{Diagnostic, Level, Session};
use prism_tests::{Block, expectations};

/// Compares what the compiler says about a block with what its comments announce.
pub(crate) fn check(block: &Block) -> Result<(), String> {
    let announced = expectations(&block.code)?;
    let (text, before) = block.text();
    let lines = block.code.lines().count();
    let mut session = Session::in_memory();
    session.set_text("example.prism", text);
    let report = session.check("example.prism");
    let mut open: Vec<_> = announced.iter().collect();
    let mut problems = Vec::new();
    for diagnostic in &report.diagnostics {
        let line = report.source.line_column(diagnostic.primary.span.start).line as usize;
        let level = level(diagnostic);
        let inside = (before + 1..=before + lines.max(1)).contains(&line);
        if !inside && block.fragment && diagnostic.code == "P0701" {
            // The names that a fragment may use, and need not.
            continue;
        }
        let at = line.wrapping_sub(before + 1);
        let met = open.iter().position(|expected| {
            inside
                && expected.line == at
                && expected.level == level
                && expected.code == diagnostic.code
                && diagnostic.message.contains(&expected.message)
        });
        match met {
            Some(met) => {
                open.remove(met);
            }
            None if diagnostic.level == Level::Hint => {}
            None => problems.push(format!(
                "  not announced, in line {} of the block: {level}: [{}] \"{}\"",
                (at as isize) + 1,
                diagnostic.code,
                diagnostic.message
            )),
        }
    }
    for expected in open {
        problems.push(format!(
            "  not reported, in line {} of the block: {}: [{}] \"{}\"",
            expected.line + 1,
            expected.level,
            expected.code,
            expected.message
        ));
    }
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n")) }
}

fn level(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Hint => "hint",
    }
}
