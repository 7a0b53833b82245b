//! Files with diagnostics: a few that are read by eye, and any that can be thought of.

use prism_diagnostics::{Applicability, Diagnostic, Edit, Fix, Level, SourceFile, Span};
use prism_report::CheckedFile;
use proptest::prelude::*;

/// A file that is owned, which a [`CheckedFile`] is not.
#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) source: SourceFile,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) exists: bool,
}

pub(crate) fn checked(files: &[File]) -> Vec<CheckedFile<'_>> {
    let checked = files.iter().map(|file| CheckedFile {
        path: file.source.name().to_owned(),
        source: &file.source,
        diagnostics: &file.diagnostics,
        exists: file.exists,
    });
    checked.collect()
}

/// A file with an error that has everything and a warning over two lines, a clean file, and a path that leads nowhere.
pub(crate) fn sample() -> Vec<File> {
    let source = SourceFile::new("patterns/a.prism", "let größe = 1\nlet b = grösse\nlet c = {\n}\n");
    let unknown =
        Diagnostic::new("P0201", "unknown-name", Level::Error, "`grösse` is not declared", Span::new(24, 31))
            .with_label("not declared here, or 100% elsewhere")
            .with_related(Span::new(4, 11), "this one is")
            .with_help("did you mean `größe`?")
            .with_fix(
                "replace `grösse` by `größe`",
                Span::new(24, 31),
                "größe",
                Applicability::MaybeIncorrect,
            );
    let unused =
        Diagnostic::new("P0701", "unused-variable", Level::Warning, "nothing reads `c`", Span::new(32, 43));
    let hint = Diagnostic::new("P0118", "old-form", Level::Hint, "write `{}` for it", Span::at(0));
    let missing =
        Diagnostic::new("P0001", "missing-path", Level::Error, "there is no file `b.prism`", Span::at(0))
            .with_help("check the path");
    vec![
        File { source, diagnostics: vec![unknown, unused, hint], exists: true },
        File {
            source: SourceFile::new("clean.prism", "const a = 1\n"),
            diagnostics: Vec::new(),
            exists: true,
        },
        File { source: SourceFile::new("b.prism", ""), diagnostics: vec![missing], exists: false },
    ]
}

/// Text with all that has a meaning in one of the formats, or to a terminal.
pub(crate) fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        prop::sample::select(vec![
            "\n",
            "\r",
            "\r\n",
            "\t",
            "\0",
            "\u{1b}[31m",
            "\u{1b}]0;x\u{7}",
            "\u{9b}2J",
            "\u{85}",
            "\u{2028}",
            "\u{202e}",
            "\u{2066}",
            "\u{fffe}",
            "\u{ffff}",
            "::error::",
            "::",
            ":",
            ",",
            "%",
            "%0A",
            "%25",
            "##[error]",
            "\"",
            "'",
            "<",
            ">",
            "&",
            "&amp;",
            "]]>",
            "<!--",
            "-->",
            "<?xml",
            "\\",
            "{",
            "}",
            "{0}",
            "](",
            "[x](http://example.org)",
            "/",
            "//",
            "../",
            "file://",
            "#",
            "?",
            " ",
            "é",
            "💥",
            "a",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn span() -> impl Strategy<Value = Span> {
    (0u32..40, 0u32..20).prop_map(|(start, length)| Span::new(start, start + length))
}

fn diagnostic() -> impl Strategy<Value = Diagnostic> {
    let code = prop::sample::select(vec![("P0107", "unclosed-bracket"), ("P0701", "unused-variable")]);
    let level = prop::sample::select(vec![Level::Error, Level::Warning, Level::Hint]);
    let help = prop::collection::vec(hostile(), 0..3);
    let related = prop::collection::vec((span(), hostile()), 0..3);
    let edits = prop::collection::vec((span(), hostile()), 0..3);
    let fixes = prop::collection::vec((hostile(), edits), 0..3);
    (code, level, hostile(), span(), hostile(), related, help, fixes).prop_map(
        |((code, slug), level, message, span, label, related, help, fixes)| {
            let mut diagnostic = Diagnostic::new(code, slug, level, message, span).with_label(label);
            diagnostic.help = help;
            for (span, text) in related {
                diagnostic = diagnostic.with_related(span, text);
            }
            for (title, edits) in fixes {
                let edits = edits.into_iter().map(|(span, replacement)| Edit { span, replacement }).collect();
                diagnostic.fixes.push(Fix { title, edits, applicability: Applicability::Safe });
            }
            diagnostic
        },
    )
}

/// Any files, with names that are as hostile as the rest.
pub(crate) fn any_files() -> impl Strategy<Value = Vec<File>> {
    let file = (hostile(), hostile(), prop::collection::vec(diagnostic(), 0..3), any::<bool>()).prop_map(
        |(name, text, diagnostics, exists)| File {
            source: SourceFile::new(format!("{name}.prism"), text),
            diagnostics,
            exists,
        },
    );
    prop::collection::vec(file, 0..4)
}

/// Whether a terminal could take something in a text for a command, or be made to show it in another order.
pub(crate) fn steers_a_terminal(text: &str) -> bool {
    text.chars().any(|character| {
        (character.is_control() && !matches!(character, '\n' | '\t'))
            || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    })
}
