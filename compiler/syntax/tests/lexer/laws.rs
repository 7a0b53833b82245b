//! What holds of the tokens of every text.

use prism_syntax::{Comment, Kind, SyntaxError, Tokens, lex};
use proptest::prelude::*;

/// Pieces of programs and of what is not one.
const PIECES: &[&str] = &[
    "let",
    "if",
    "uncertain",
    "confidence",
    "x",
    "name_1",
    "é",
    "東京",
    "abcdefgh",
    "abcdefghi",
    "v",
    "v1",
    "v1.2.3",
    "1",
    "42",
    "1.5",
    ".5",
    "1.",
    "1..2",
    "0x",
    "0xff",
    "1e",
    "1e9",
    "30s",
    "1h30",
    "$",
    "$5",
    "$.5",
    "_",
    "1_",
    "\"",
    "'",
    "`",
    "```",
    "\"s\"",
    "'s'",
    "\"${",
    "`${",
    "${",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    ",",
    ";",
    ":",
    ".",
    "..",
    "...",
    "?",
    "?.",
    "??",
    "=",
    "==",
    "===",
    "=>",
    "->",
    "+",
    "++",
    "-",
    "*",
    "**",
    "/",
    "//",
    "/*",
    "*/",
    "/**",
    "///",
    "//!",
    "<",
    "<~",
    "<<",
    ">",
    ">=",
    "&",
    "&&",
    "|",
    "||",
    "|>",
    "~",
    "~>",
    "~@>",
    "~||>",
    "!",
    "!=",
    "%",
    "^",
    " ",
    "  ",
    "\n",
    "\r",
    "\r\n",
    "\t",
    "\u{c}",
    "\u{b}",
    "\0",
    "\u{a0}",
    "\u{feff}",
    "\u{200b}",
    "\u{202e}",
    "\u{2028}",
    "“",
    "”",
    "‘",
    "’",
    "（",
    "）",
    "｛",
    "｝",
    "，",
    "≥",
    "—",
    "…",
    "@",
    "#",
    "#!",
    "\\",
    "\\n",
    "\\u{41}",
    "\\u{",
    "\\q",
    "\\\n",
    "😀",
    "\u{301}",
    "\u{fe0f}",
];

/// Tokens and comments are ordered, do not overlap, lie on the boundaries of characters, and leave out only white
/// space and what is reported.
fn covers(text: &str) {
    let tokens = lex(text);
    let mut pieces: Vec<(usize, usize)> =
        tokens.iter().map(|(_, span)| (span.start as usize, span.end as usize)).collect();
    let rising = |pieces: &[(usize, usize)]| pieces.windows(2).all(|pair| pair[0].1 <= pair[1].0);
    assert!(rising(&pieces), "{text:?}: {pieces:?}");
    pieces.extend(
        tokens.comments().iter().map(|comment| (comment.span.start as usize, comment.span.end as usize)),
    );
    pieces.sort_unstable();
    assert!(rising(&pieces), "{text:?}: {pieces:?}");
    let mut last = if text.starts_with('\u{feff}') { 3 } else { 0 };
    pieces.push((text.len(), text.len()));
    for (start, end) in pieces {
        assert!(
            text.get(start..end).is_some() && (start < end || start == text.len()),
            "{text:?}: {start}..{end}"
        );
        for (at, character) in text[last..start].char_indices() {
            let at = (last + at) as u32;
            let white = matches!(character, ' ' | '\t' | '\n' | '\r' | '\u{c}');
            let reported =
                tokens.errors().iter().any(|error| error.span().start <= at && at < error.span().end);
            assert!(white || reported, "{text:?}: {character:?} at {at} was lost");
        }
        last = end;
    }
    for Comment { span, token, .. } in tokens.comments() {
        let token = *token as usize;
        assert!(token == 0 || tokens.span(token - 1).end <= span.start, "{text:?}");
        assert!(token == tokens.len() || span.end <= tokens.span(token).start, "{text:?}");
    }
    for error in tokens.errors() {
        assert!(text.get(error.span().range()).is_some_and(|text| !text.is_empty()), "{text:?}: {error:?}");
    }
    assert!(tokens.errors().windows(2).all(|pair| pair[0].span().start <= pair[1].span().start), "{text:?}");
    flags(text, &tokens);
}

/// What is known about the gap before a token is what stands there.
fn flags(text: &str, tokens: &Tokens) {
    for at in 1..tokens.len() {
        let gap = &text[tokens.span(at - 1).end as usize..tokens.span(at).start as usize];
        assert_eq!(tokens.token(at).follows_space(), !gap.is_empty(), "{text:?}: {at}");
        let line_comment_or_break = gap.contains(['\n', '\r']);
        assert_eq!(tokens.token(at).starts_line(), line_comment_or_break, "{text:?}: {at}");
    }
}

/// Whether nothing of a text goes on behind its end.
fn complete(text: &str) -> bool {
    let tokens = lex(text);
    let open = |error: &SyntaxError| match error {
        SyntaxError::UnterminatedComment { .. } => true,
        // Strings in quotes end with their line.
        SyntaxError::UnterminatedString { open } => text[open.range()].starts_with('`'),
        _ => false,
    };
    let depth = tokens.iter().fold(0_i32, |depth, (kind, _)| match kind {
        Kind::TemplateHead => depth + 1,
        Kind::TemplateTail => depth - 1,
        _ => depth,
    });
    depth == 0 && !tokens.errors().iter().any(open)
}

/// Two complete texts, one under the other, are the tokens of the first and then those of the second.
fn adds_up(first: &str, second: &str) {
    if !complete(first) || second.starts_with('\u{feff}') || second.starts_with("#!") {
        return;
    }
    let whole = lex(&format!("{first}\n{second}"));
    let (a, b) = (lex(first), lex(second));
    let shift = first.len() as u32 + 1;
    let mut expected: Vec<_> = a.iter().map(|(kind, span)| (kind, span.start, span.end)).collect();
    expected.extend(b.iter().map(|(kind, span)| (kind, span.start + shift, span.end + shift)));
    let found: Vec<_> = whole.iter().map(|(kind, span)| (kind, span.start, span.end)).collect();
    assert_eq!(found, expected, "{first:?} and {second:?}");
    assert_eq!(whole.comments().len(), a.comments().len() + b.comments().len());
    assert_eq!(whole.errors().len(), a.errors().len() + b.errors().len(), "{first:?} and {second:?}");
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::collection::vec(prop::sample::select(PIECES), 0..30).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
        1 => prop::collection::vec(any::<u8>(), 0..60).prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
        1 => "\\PC{0,40}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost(text in text()) {
        covers(&text);
    }

    #[test]
    fn every_prefix_has_tokens(text in text()) {
        for (at, _) in text.char_indices() {
            covers(&text[..at]);
            covers(&text[at..]);
        }
    }

    #[test]
    fn texts_add_up(first in text(), second in text()) {
        adds_up(&first, &second);
    }
}

#[test]
fn every_pair_of_pieces_keeps_the_laws() {
    for first in PIECES {
        for second in PIECES {
            covers(&format!("{first}{second}"));
            covers(&format!("a{first}{second} b"));
            adds_up(first, second);
        }
    }
}

#[test]
fn time_grows_with_the_text() {
    // A lexer that looks for what is missing reads such texts once for each piece.
    for piece in ["\"${", "/*", "\"a ${b\n", "`", "“", "‚", "\u{a0}", "@", "x\u{200b}", "1.", "'", "\\"] {
        let text = piece.repeat(50_000);
        let start = std::time::Instant::now();
        lex(&text);
        assert!(start.elapsed() < std::time::Duration::from_secs(5), "{piece:?}");
    }
}
