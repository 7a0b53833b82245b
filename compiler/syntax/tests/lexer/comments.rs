use prism_syntax::{CommentKind, lex};

use super::{clean, problems, tokens};

fn comments(text: &str) -> Vec<(CommentKind, &str, u32)> {
    lex(text)
        .comments()
        .iter()
        .map(|comment| (comment.kind, &text[comment.span.range()], comment.token))
        .collect()
}

#[test]
fn kinds_are_told_by_their_first_characters() {
    let kind = |text| comments(text)[0].0;
    for (text, expected) in [
        ("// a", CommentKind::Line),
        ("//", CommentKind::Line),
        ("///", CommentKind::Documentation),
        ("/// a", CommentKind::Documentation),
        ("////", CommentKind::Line),
        ("//! a", CommentKind::FileDocumentation),
        ("/* a */", CommentKind::Block),
        ("/**/", CommentKind::Block),
        ("/** a */", CommentKind::FrontMatter),
        ("#! a", CommentKind::Shebang),
    ] {
        assert_eq!(kind(text), expected, "{text}");
        assert_eq!(comments(text)[0].1, text, "it goes to the end of the file");
        assert_eq!(clean(text).len(), 0);
    }
}

#[test]
fn a_line_comment_ends_before_the_line_break() {
    for line_break in ["\n", "\r\n", "\r"] {
        let text = format!("a // b{line_break}c");
        assert_eq!(comments(&text), [(CommentKind::Line, "// b", 1)]);
        assert_eq!(clean(&text).len(), 2);
        assert!(lex(&text).token(1).starts_line());
    }
    assert_eq!(comments("// a\tb\u{1}c\n")[0].1, "// a\tb\u{1}c", "control characters do not end it");
}

#[test]
fn block_comments_do_not_nest() {
    assert_eq!(tokens("/* /* */ a"), ["Name a"]);
    assert_eq!(tokens("/* /* */ a */"), ["Name a", "Star *", "Slash /"]);
    assert_eq!(clean("/**/a/***/b/* * / **/").len(), 2);
    assert_eq!(clean("/* \" ' ` ${ // */ a").len(), 1);
}

#[test]
fn what_a_comment_holds_decides_whether_a_line_begins_behind_it() {
    assert!(lex("a /* \n */ b").token(1).starts_line());
    assert!(!lex("a /* x */ b").token(1).starts_line());
    assert!(lex("a/**/b").token(1).follows_space());
}

#[test]
fn one_that_is_not_closed_is_reported_at_its_opening() {
    for text in ["/*", "/**", "/*/", "/* a *", "/* a\nb"] {
        assert_eq!(problems(text), ["/* · this comment is not closed"], "{text}");
        assert_eq!(comments(text), [(lex(text).comments()[0].kind, text, 0)]);
    }
    assert_eq!(tokens("let a = 1 /* b"), ["Let let", "Name a", "Assign =", "Number 1"]);
}

#[test]
fn a_shebang_is_a_comment_in_the_first_line_only() {
    let text = "#!/usr/bin/env prismc run\nlet a = 1";
    assert_eq!(comments(text), [(CommentKind::Shebang, "#!/usr/bin/env prismc run", 0)]);
    assert_eq!(clean(text).len(), 4);
    assert_eq!(clean("\u{feff}#!x\r\na").len(), 1);
    assert_eq!(problems("\n#!x"), ["# · `#` means nothing in Prism"]);
    assert_eq!(problems("# x"), ["# · `#` means nothing in Prism"]);
}

#[test]
fn slashes_inside_strings_begin_no_comment() {
    assert_eq!(clean(r#""http://a/*b" + `//` + '/*'"#), ["String", "Plus", "String", "Plus", "String"]);
}
