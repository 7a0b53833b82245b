use prism_compiler::{Diagnostic, Level, Session, SourceFile};
use prism_syntax::front_matter;
use prism_tests::{Block, Kind, expectations};

/// Compares what is said about a block with what its comments announce.
pub(crate) fn check(block: &Block) -> Result<(), String> {
    let announced = expectations(&block.code)?;
    let (_, before) = block.text();
    let lines = block.code.lines().count();
    let (source, diagnostics) = said(block);
    let mut open: Vec<_> = announced.iter().collect();
    let mut problems = Vec::new();
    for diagnostic in &diagnostics {
        let place = source.line_column(diagnostic.primary.span.start);
        let line = place.line as usize;
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
                && expected.column.is_none_or(|column| column == place.column as usize)
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
                "  not announced, in line {} of the block: {level} {}: [{}] \"{}\"",
                (at as isize) + 1,
                place.column,
                diagnostic.code,
                diagnostic.message
            )),
        }
    }
    for expected in open {
        problems.push(format!(
            "  not reported, in line {} of the block: {}{}: [{}] \"{}\"",
            expected.line + 1,
            expected.level,
            expected.column.map_or_else(String::new, |column| format!(" {column}")),
            expected.code,
            expected.message
        ));
    }
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n")) }
}

/// What the compiler, or for a block that is only parsed the parser, says about a block.
pub(crate) fn said(block: &Block) -> (SourceFile, Vec<Diagnostic>) {
    let (text, _) = block.text();
    if block.kind == Kind::Syntax { parsed(text) } else { checked(text) }
}

fn checked(text: String) -> (SourceFile, Vec<Diagnostic>) {
    let mut session = Session::in_memory();
    session.set_text("example.prism", text);
    let report = session.check("example.prism");
    (report.source, report.diagnostics)
}

/// What the parser and the reader of headers say by themselves.
fn parsed(text: String) -> (SourceFile, Vec<Diagnostic>) {
    let parse = prism_syntax::parse(&text);
    let told = parse.errors.iter().chain(&parse.warnings);
    let mut diagnostics: Vec<_> = told.map(|error| prism_syntax::diagnostic(error, &text)).collect();
    if let Some(header) = front_matter(&parse.tokens, &text) {
        diagnostics.extend(header.problems.iter().map(|problem| front_matter::diagnostic(problem, &text)));
    }
    (SourceFile::new("example.prism", text), diagnostics)
}

fn level(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Hint => "hint",
    }
}
