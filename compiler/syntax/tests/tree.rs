//! What texts mean: one line of source, one line of tree.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use prism_syntax::ast::Item;
use prism_syntax::{CommentKind, Kind, lex, parse};
use support::{clean, items, messages, one};

#[test]
fn precedence_is_that_of_the_reference() {
    for (source, tree) in [
        ("a + b * c - d", "((a + (b * c)) - d)"),
        ("a ** b ** c", "(a ** (b ** c))"),
        ("2 * -a ** b", "<none>"),
        ("(-a) ** b", "((-a) ** b)"),
        ("-(a ** b)", "(-(a ** b))"),
        ("a ** -b", "(a ** (-b))"),
        ("a < b == c < d", "((a < b) == (c < d))"),
        ("a || b && c == d + 1", "(a || (b && (c == (d + 1))))"),
        ("label == \"bug\" ~@> 0.8", "((label == \"bug\") ~@> 0.8)"),
        ("x ~@> (0.8, y)", "(x ~@> (0.8, y))"),
        ("x ~@> (0.8) + 1", "(x ~@> (0.8 + 1))"),
        ("a ~@> t ?? b ~@> u ?? c", "(((a ~@> t) ?? (b ~@> u)) ?? c)"),
        ("x ~> a.b * 0.9", "(x ~> (a.b * 0.9))"),
        ("a ?? b ~> 0.5", "((a ?? b) ~> 0.5)"),
        ("c ? a : b ~> 0.9", "(c ? a : (b ~> 0.9))"),
        ("a ? b : c ? d : e", "(a ? b : (c ? d : e))"),
        ("a ~> 0.5 ? b : c", "((a ~> 0.5) ? b : c)"),
        ("!a && <~b > 0.5", "((!a) && ((<~b) > 0.5))"),
        ("~a", "(<~a)"),
        ("a <~b", "(a < (<~b))"),
        ("x in [1, 2]", "(x in [1, 2])"),
        ("x as Label ~> 0.5", "((x as Label) ~> 0.5)"),
        ("x as T? a : b", "((x as T) ? a : b)"),
        ("x!.a", "(x!).a"),
        ("!x", "(!x)"),
        ("a.b?.c[0](1).d", "a.b?.c[0](1).d"),
        ("x => y => x + y", "((x) => ((y) => (x + y)))"),
        ("c ? x => 1 : 2", "(c ? ((x) => 1) : 2)"),
    ] {
        if tree == "<none>" {
            assert_eq!(
                messages(&format!("let v = {source}"))[0].split(' ').next(),
                Some("P0112"),
                "{source}"
            );
        } else {
            assert_eq!(one(&format!("let v = {source}")), format!("let v = {tree}"), "{source}");
        }
    }
}

#[test]
fn literals_have_their_values() {
    for (source, tree) in [
        ("10_000", "10000"),
        ("0xff", "255"),
        ("1e-3", "0.001"),
        ("30s", "30000000us"),
        ("1h30m", "5400000000us"),
        ("1.5h", "5400000000us"),
        ("$0.002", "2000000n$"),
        ("null", "null"),
        ("undefined", "null"),
        (r#"'it''s'"#, "<none>"),
        (r#""a\n\"b\" \u{41} \${""#, r#""a\n\"b\" A ${""#),
        (r#"'no ${x}'"#, r#""no ${x}""#),
        ("`two\nlines`", "\"two\\nlines\""),
        ("```raw \\n ` ```", "\"raw \\\\n ` \""),
        (r#""a ${x} b ${y}""#, r#"template("a " ${x} " b " ${y})"#),
        (r#""${f({ a: "}" })}!""#, r#"template(${f({a: "}"})} "!")"#),
        (r#""a ${"b ${c} d"} e""#, r#"template("a " ${template("b " ${c} " d")} " e")"#),
        ("```x ${ y } \\z```", r#"template("x " ${y} " \\z")"#),
    ] {
        if tree != "<none>" {
            assert_eq!(one(&format!("let v = {source}")), format!("let v = {tree}"), "{source}");
        }
    }
}

#[test]
fn interpolations_have_true_positions() {
    let text = "let a = `x\n ${ foo.bar } y`";
    let parse = clean(text);
    let spans: Vec<_> = (0..parse.tree.expression_count()).collect();
    assert_eq!(spans.len(), 3);
    let printed = format!("{:?}", parse.tree);
    let start = text.find("foo").unwrap();
    assert!(printed.contains(&format!("span: Span {{ start: {start}, end: {} }}", start + 7)), "{printed}");
}

#[test]
fn records_and_lists_take_all_forms() {
    assert_eq!(
        one("let v = { a, 'b c': 1, [k]: 2, 3: 4, ...r, if: 5, }"),
        "let v = {a, b c: 1, [k]: 2, 3: 4, ...r, if: 5}"
    );
    assert_eq!(one("let v = [1, ...xs, { a: 1 },]"), "let v = [1, ...xs, {a: 1}]");
    assert_eq!(one("let v = { by: .label.text }"), "let v = {by: ((x) => x.label.text)}");
    assert_eq!(one("let v = {\n  a: 1,\n  b: 2\n}"), "let v = {a: 1, b: 2}");
}

#[test]
fn calls_take_names_spreads_selectors_and_blocks() {
    assert_eq!(one("f(a, by: .label, ...rest)"), "f(a, by: ((x) => x.label), ...rest)");
    assert_eq!(one("f(xs) { x => g(x) }"), "f(xs, trailing ((x) => {g(x)}))");
    assert_eq!(one("f(xs) { (a, b) => g(a) }"), "f(xs, trailing ((a, b) => {g(a)}))");
    assert_eq!(one("retry(attempts: 3) { ask() }"), "retry(attempts: 3, trailing (() => {ask()}))");
    assert_eq!(one("parallel { a: f(), b: g() }"), "parallel(trailing {a: f(), b: g()})");
    assert_eq!(one("graph { [k]: 1 }"), "graph(trailing {[k]: 1})");
    assert_eq!(
        one("saga { step(\"a\") { f() }; step(\"b\") { g() } }"),
        "saga(trailing (() => {step(\"a\", trailing (() => {f()})); step(\"b\", trailing (() => {g()}))}))"
    );
    assert_eq!(one("f(x) {}"), "f(x, trailing (() => {}))");
    assert_eq!(items("f(x)\n{ a: 1 }"), ["f(x)", "{a: 1}"]);
}

#[test]
fn braces_are_records_or_blocks_by_what_they_begin_with() {
    assert_eq!(one("let f = x => { a: x }"), "let f = ((x) => {a: x})");
    assert_eq!(one("let f = x => { a(x) }"), "let f = ((x) => {a(x)})");
    assert_eq!(one("let f = x => {}"), "let f = ((x) => {})");
    assert_eq!(one("let f = () => { x, y }"), "let f = (() => {x, y})");
    assert_eq!(one("{ x }"), "{x}");
    assert_eq!(one("{ f() }"), "{f()}");
    assert_eq!(one("{ let x = 1 }"), "{let x = 1}");
    assert_eq!(one("if c { a: 1 } else { a: 2 }"), "if c {a: 1} else {a: 2}");
    assert_eq!(one("fn f() { return { label } }"), "fn f() {return {label}}");
    assert_eq!(one("let v = do { let x = 1; x }"), "let v = do {let x = 1; x}");
}

#[test]
fn heads_take_no_trailing_blocks_outside_brackets() {
    assert_eq!(one("if f(x) { 1 } else { 2 }"), "if f(x) {1} else {2}");
    assert_eq!(one("if ok { 1 }"), "if ok {1}");
    assert_eq!(one("if (f(x) { y => y }) { 1 }"), "if f(x, trailing ((y) => {y})) {1}");
    assert_eq!(
        one("if all(xs.map(x => g(x) { 1 })) { 2 }"),
        "if all(xs.map(((x) => g(x, trailing (() => {1}))))) {2}"
    );
    assert_eq!(one("if ok\n{ 1 }\nelse\n{ 2 }"), "if ok {1} else {2}");
    assert_eq!(one("if (a) return b else return c"), "if a bare return b else bare return c");
    assert_eq!(one("if a { 1 } else if b { 2 } else { 3 }"), "if a {1} else if b {2} else {3}");
}

#[test]
fn uncertain_if_has_thresholds_and_bands() {
    assert_eq!(
        one(
            "uncertain if x, high: 0.9, medium: 0.6 { high { return 1 } medium -> return 2, low => { f() }\ndefault { a: 1 } }"
        ),
        "uncertain x, high: 0.9, medium: 0.6 [High {return 1}; Medium bare return 2; Low {f()}; Default {a: 1}]"
    );
    assert_eq!(
        one("let v = uncertain if x { high { 1 } default { 2 } }"),
        "let v = uncertain x [High {1}; Default {2}]"
    );
    assert_eq!(one("if a { 1 } else uncertain if b { high { 2 } }"), "if a {1} else uncertain b [High {2}]");
    assert_eq!(one("let v = uncertain + 1"), "let v = (uncertain + 1)");
}

#[test]
fn line_breaks_end_statements_where_they_should() {
    for (source, expected) in [
        ("a\n+ b", vec!["(a + b)"]),
        ("a\n+b", vec!["a", "(+b)"]),
        ("a\n- b", vec!["(a - b)"]),
        ("a\n-b", vec!["a", "(-b)"]),
        ("a +\nb", vec!["(a + b)"]),
        ("a\n(b)", vec!["a", "b"]),
        ("a\n[b]", vec!["a", "[b]"]),
        ("a\n.b", vec!["a.b"]),
        ("a\n?.b", vec!["a?.b"]),
        ("a // comment\n  // another\n  && b", vec!["(a && b)"]),
        ("a\n? b\n: c", vec!["(a ? b : c)"]),
        ("a\n~> 0.5", vec!["(a ~> 0.5)"]),
        ("f(a\n(b))", vec!["f(a(b))"]),
        ("(a\n-b)", vec!["(a - b)"]),
        ("[a\n-b]", vec!["[(a - b)]"]),
        ("a; b;; c", vec!["a", "b", "c"]),
        ("let x =\n  1", vec!["let x = 1"]),
        ("let a = 1, b = 2", vec!["let a = 1", "let b = 2"]),
        ("const a: int = 1,\n  b = 2", vec!["const a: int = 1", "const b = 2"]),
        ("if a { b } c", vec!["if a {b}", "c"]),
        ("let f = x =>\n  x", vec!["let f = ((x) => x)"]),
        ("f({ a: b\n, c: d })", vec!["f({a: b, c: d})"]),
        ("(x => {\n a\n (b)\n})", vec!["((x) => {a; b})"]),
        ("x\nin", vec!["x", "in"]),
    ] {
        assert_eq!(items(source), expected, "{source}");
    }
    assert_eq!(one("fn f() {\n return\n 1 }"), "fn f() {return; 1}");
}

#[test]
fn types_take_all_forms() {
    for (source, expected) in [
        ("string", "string"),
        ("\"a\" | 'b' | 3 | -1 | true | null", "\"a\" | \"b\" | 3 | -1 | true | null"),
        ("\n  | \"a\"\n  | \"b\"", "\"a\" | \"b\""),
        ("~T[]", "(~T)[]"),
        ("~(T[])", "~(T)[]"),
        ("T[]?", "((T)[])?"),
        ("map<~T>", "map<~T>"),
        ("map<map<T>>", "map<map<T>>"),
        ("Agent<A, B>", "Agent<A, B>"),
        ("map<~T | U, V>", "map<~T | U, V>"),
        ("{ a: T, b?: U }", "{a: T, b?: U}"),
        ("{\n  a: T\n  'b c': U\n  ...\n}", "{a: T, b c: U, ...}"),
        ("(T, U) -> V", "((T, U) -> V)"),
        ("() -> T?", "(() -> (T)?)"),
        ("(T | U)[]", "(T | U)[]"),
    ] {
        assert_eq!(one(&format!("type X = {source}")), format!("type X = {expected}"), "{source}");
    }
    assert_eq!(one("let x: map<T>= y"), "let x: map<T> = y");
}

#[test]
fn functions_have_parameters_results_and_nest() {
    assert_eq!(
        one("fn f(a, b?: T, c: int = 1) -> U { fn g() { 1 }\n g() }"),
        "fn f(a, b?: T, c: int = 1) -> U {fn g() {1}; g()}"
    );
    assert_eq!(one("let f = (a: T, b = 2) => a"), "let f = ((a: T, b = 2) => a)");
    assert_eq!(one("let f = _ => 1"), "let f = ((_) => 1)");
}

#[test]
fn agents_have_keys_and_methods() {
    assert_eq!(
        one("agent A { capabilities: [\"x\"], timeout: 2s\n cost: $1 fn: 3\n fn ask(t: string) -> ~T \"do ${t}\"\n fn b() -> U }"
            .replace("$1 fn", "$1,fn").as_str()),
        "agent A {capabilities: [\"x\"], timeout: 2000000us, cost: 1000000000n$, fn: 3, fn ask(t: string) -> ~T template(\"do \" ${t}), fn b() -> U }"
    );
}

#[test]
fn patterns_have_names_versions_and_sections() {
    assert_eq!(
        one(
            "pattern for-each-import v1.2.3 { input { a?: T min(1) secret = 2, in: U; type: V }\n output ~T\n budget { calls: 3\n cost: $1 }\n confidence >= 0.9\n a }"
        ),
        "pattern for-each-import 1.2.3 [input a?: T min(1) secret() = 2, in: U, type: V; output = ~T; budget calls: 3, cost: 1000000000n$; confidence >= 0.9] {a}"
    );
    assert_eq!(
        one("pattern \"my pattern\" { confidence independent }"),
        "pattern my pattern - [confidence independent] {}"
    );
    assert_eq!(one("pattern p { output { a: T } }"), "pattern p - [output a: T] {}");
}

#[test]
fn contextual_words_are_ordinary_names() {
    for word in [
        "pattern",
        "agent",
        "type",
        "test",
        "mock",
        "uncertain",
        "input",
        "output",
        "budget",
        "confidence",
        "high",
        "medium",
        "low",
        "default",
        "as",
        "in",
        "is",
        "of",
        "max",
        "from",
        "async",
        "await",
        "new",
        "switch",
        "class",
        "throw",
        "delete",
        "typeof",
        "instanceof",
        "assert",
        "context",
        "agents",
    ] {
        assert_eq!(one(&format!("let {word} = 1")), format!("let {word} = 1"));
        assert_eq!(
            one(&format!("let v = f({word}, {word} + 1)")),
            format!("let v = f({word}, ({word} + 1))")
        );
        assert_eq!(one(&format!("let v = {word}.a")), format!("let v = {word}.a"));
        assert_eq!(one(&format!("let v = {word} => {word}")), format!("let v = (({word}) => {word})"));
    }
}

#[test]
fn every_keyword_is_a_member_a_key_and_an_argument() {
    let mut words: Vec<&str> = prism_catalog::Keyword::ALL.iter().map(|keyword| keyword.name()).collect();
    words.extend([
        "as",
        "in",
        "is",
        "of",
        "async",
        "await",
        "new",
        "typeof",
        "instanceof",
        "switch",
        "class",
        "throw",
        "delete",
        "undefined",
    ]);
    for word in words {
        assert_eq!(one(&format!("a.{word}.{word}")), format!("a.{word}.{word}"));
        assert_eq!(one(&format!("a?.{word}")), format!("a?.{word}"));
        assert_eq!(one(&format!("let r = {{ {word}: 1 }}")), format!("let r = {{{word}: 1}}"));
        assert_eq!(one(&format!("f({word}: 1)")), format!("f({word}: 1)"));
        assert_eq!(one(&format!("f(.{word})")), format!("f(((x) => x.{word}))"));
        assert_eq!(one(&format!("type T = {{ {word}: U }}")), format!("type T = {{{word}: U}}"));
        assert_eq!(one(&format!("agent A {{ {word}: 1 }}")), format!("agent A {{{word}: 1}}"));
        assert_eq!(
            one(&format!("pattern p {{ input {{ {word}: T }} }}")),
            format!("pattern p - [input {word}: T] {{}}")
        );
        assert_eq!(one(&format!("pattern a-{word}-b {{ }}")), format!("pattern a-{word}-b - [] {{}}"));
    }
}

#[test]
fn the_lexer_and_the_table_agree_on_keywords() {
    for keyword in prism_catalog::Keyword::ALL {
        let kind = lex(keyword.name()).kind(0);
        assert_ne!(kind, Kind::Name, "{}", keyword.name());
        assert_eq!(kind.is_reserved(), keyword.is_reserved(), "{}", keyword.name());
    }
}

#[test]
fn documentation_belongs_to_the_next_declaration() {
    let parse = clean("/// One.\n/// Two.\nfn f() { }\n// plain\nfn g() { }\n/// T.\ntype T = U");
    let docs: Vec<_> = parse
        .tree
        .items
        .iter()
        .map(|item| match item {
            Item::Function(function) => function.documentation.clone(),
            Item::Type(alias) => alias.documentation.clone(),
            _ => None,
        })
        .collect();
    assert_eq!(docs, [Some("One.\nTwo.".into()), None, Some("T.".into())]);
}

#[test]
fn comments_are_kept_with_their_places() {
    let text = "\u{feff}//! file\n/** @name x */ a /* b */ // c\r\n/// d\n//// e";
    let tokens = lex(text);
    assert_eq!(tokens.len(), 1);
    let comments: Vec<_> = tokens
        .comments()
        .iter()
        .map(|comment| (comment.kind, &text[comment.span.range()], comment.token))
        .collect();
    assert_eq!(
        comments,
        [
            (CommentKind::FileDocumentation, "//! file", 0),
            (CommentKind::FrontMatter, "/** @name x */", 0),
            (CommentKind::Block, "/* b */", 1),
            (CommentKind::Line, "// c", 1),
            (CommentKind::Documentation, "/// d", 1),
            (CommentKind::Line, "//// e", 1),
        ]
    );
}

#[test]
fn mistakes_taint_what_they_lie_in() {
    let parse = parse("pattern a { let x = }\npattern b { }\nfn c() { fn d() { let = 2 } }");
    let tainted: Vec<_> = parse
        .tree
        .items
        .iter()
        .map(|item| match item {
            Item::Pattern(pattern) => pattern.tainted,
            Item::Function(function) => function.tainted,
            _ => panic!(),
        })
        .collect();
    assert_eq!(tainted, [true, false, true]);
}
