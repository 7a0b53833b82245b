//! What the formatter refuses.

use prism_syntax::{FormatError, SyntaxError, format};

#[test]
fn what_cannot_be_read_is_left_alone() {
    let Err(FormatError::Syntax(errors)) = format("let x = )\nlet y = 2") else { panic!() };
    assert!(!errors.is_empty());
    let Err(FormatError::Syntax(errors)) = format(&" ".repeat((16 << 20) + 1)) else { panic!() };
    assert!(matches!(errors.as_slice(), [SyntaxError::FileTooLarge { .. }]));
}

#[test]
fn nothing_is_deep_enough_to_overflow_the_stack() {
    for (open, close) in [("(", ")"), ("[", "]"), ("{ a: ", "}"), ("f(", ")"), ("!", ""), ("x => ", "")] {
        let text = format!("let v = {}1{}", open.repeat(240), close.repeat(240));
        format(&text).unwrap();
    }
    for link in [" + 1", ".a", ".a()", " |> f", "[0]", " && b"] {
        format(&format!("let v = a{}", link.repeat(200))).unwrap();
    }
}
