//! Programs that ask nobody: every expression has the type that its place wants.

use std::fmt::Write;

use crate::Choices;

/// The types of generated expressions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Number,
    Text,
    Truth,
    Numbers,
    Point,
}

const KINDS: &[Kind] = &[Kind::Number, Kind::Text, Kind::Truth, Kind::Numbers, Kind::Point];

/// What is in scope.
struct Scope {
    names: Vec<(String, Kind)>,
    made: usize,
}

/// A program with one pattern that asks nobody, takes no input, and gives a list of five values of different types.
/// The checker takes it without an error; what may fail when it runs is what every program may: a number that is not
/// finite, a limit.
pub fn pure(choices: &mut Choices<'_>) -> String {
    let mut scope = Scope { names: Vec::new(), made: 0 };
    let mut text = String::from(
        "type Point = { x: ~number, y: ~number }\n\
         fn scale(p: Point, by: number = 2) -> Point { { x: p.x * by, y: p.y * by } }\n\
         fn describe(n: number) -> string { if n < 0 { return \"below\" }\n  n > 100 ? \"large\" : \"${n}\" }\n\
         pattern random {\n",
    );
    statements(choices, &mut scope, &mut text, 1);
    let results: Vec<String> = KINDS.iter().map(|kind| expression(choices, &mut scope, *kind, 3)).collect();
    let _ = write!(text, "  return [{}]\n}}\n", results.join(", "));
    text
}

fn statements(choices: &mut Choices<'_>, scope: &mut Scope, text: &mut String, depth: usize) {
    for _ in 0..choices.below(5) {
        let indent = "  ".repeat(depth);
        if depth < 3 && choices.below(4) == 3 {
            let condition = expression(choices, scope, Kind::Truth, 2);
            let _ = writeln!(text, "{indent}if {condition} {{");
            let known = scope.names.len();
            statements(choices, scope, text, depth + 1);
            scope.names.truncate(known);
            let _ = writeln!(text, "{indent}  true\n{indent}}}");
            continue;
        }
        let kind = choices.pick(KINDS);
        let value = expression(choices, scope, kind, 4);
        scope.made += 1;
        let name = format!("_v{}", scope.made);
        let _ = writeln!(text, "{indent}let {name} = {value}");
        scope.names.push((name, kind));
    }
}

/// A variable of a kind, if there is one.
fn variable(choices: &mut Choices<'_>, scope: &Scope, kind: Kind) -> Option<String> {
    let fitting: Vec<_> = scope.names.iter().filter(|(_, known)| *known == kind).collect();
    let index = choices.below(fitting.len());
    fitting.get(index).map(|(name, _)| name.clone())
}

fn literal(choices: &mut Choices<'_>, kind: Kind) -> String {
    match kind {
        Kind::Number => choices.pick(&["0", "1", "2.5", "-3", "1e3", "0x10", "7 ~> 0.6"]).to_owned(),
        Kind::Text => choices.pick(&["\"\"", "\"a\"", "\"b c\"", "'ü'", "\"x\" ~> 0.9"]).to_owned(),
        Kind::Truth => choices.pick(&["true", "false"]).to_owned(),
        Kind::Numbers => choices.pick(&["[1]", "[3, 1, 2]", "[0.5, -1]"]).to_owned(),
        Kind::Point => "{ x: 1, y: 2 }".to_owned(),
    }
}

fn expression(choices: &mut Choices<'_>, scope: &mut Scope, kind: Kind, depth: usize) -> String {
    let choice = choices.below(9);
    if depth == 0 || choice == 0 {
        let text = variable(choices, scope, kind).unwrap_or_else(|| literal(choices, kind));
        return format!("({text})");
    }
    let mut of = |kind: Kind| expression(choices, scope, kind, depth - 1);
    let text = match (kind, choice) {
        (kind, 1) => format!("{} ? {} : {}", of(Kind::Truth), of(kind), of(kind)),
        (kind, 2) => format!("do {{ let _inner = {}\n {} }}", of(Kind::Number), of(kind)),
        (Kind::Number, 3) => format!("{} + {}", of(Kind::Number), of(Kind::Number)),
        (Kind::Number, 4) => format!("{} * {} - {}", of(Kind::Number), of(Kind::Number), of(Kind::Number)),
        (Kind::Number, 5) => format!("{}.y", of(Kind::Point)),
        (Kind::Number, 6) => {
            format!("{}.reduce((sum, x) => sum + x * {}, 0)", of(Kind::Numbers), of(Kind::Number))
        }
        (Kind::Number, 7) => format!("{}.length", of(Kind::Text)),
        (Kind::Number, _) => format!("{}[1] ?? {}", of(Kind::Numbers), of(Kind::Number)),
        (Kind::Text, 3) => format!("{} + {}", of(Kind::Text), of(Kind::Number)),
        (Kind::Text, 4) => format!("`${{{}}} and ${{{}}}`", of(Kind::Number), of(Kind::Point)),
        (Kind::Text, 5) => format!("describe({})", of(Kind::Number)),
        (Kind::Text, 6) => format!("{}.map(x => x > {}).join(\"-\")", of(Kind::Numbers), of(Kind::Number)),
        (Kind::Text, _) => format!("{}.upper().trim()", of(Kind::Text)),
        (Kind::Truth, 3) => format!("{} < {}", of(Kind::Number), of(Kind::Number)),
        (Kind::Truth, 4) => format!("{} == {}", of(Kind::Point), of(Kind::Point)),
        (Kind::Truth, 5) => format!("{} && !{}", of(Kind::Truth), of(Kind::Truth)),
        (Kind::Truth, 6) => format!("{} in {}", of(Kind::Number), of(Kind::Numbers)),
        (Kind::Truth, _) => format!("<~{} >= 0.7 || {}", of(Kind::Number), of(Kind::Truth)),
        (Kind::Numbers, 3) => format!("{}.map((x, i) => x + i * {})", of(Kind::Numbers), of(Kind::Number)),
        (Kind::Numbers, 4) => format!("{}.filter(x => x > {})", of(Kind::Numbers), of(Kind::Number)),
        (Kind::Numbers, 5) => format!("[...{}, {}]", of(Kind::Numbers), of(Kind::Number)),
        (Kind::Numbers, _) => format!("[{}, {}].reverse()", of(Kind::Number), of(Kind::Number)),
        (Kind::Point, 3) => format!("{{ x: {}, y: {} }}", of(Kind::Number), of(Kind::Number)),
        (Kind::Point, 4) => format!("scale({}, {})", of(Kind::Point), of(Kind::Number)),
        (Kind::Point, 5) => format!("{{ ...{}, y: {} }}", of(Kind::Point), of(Kind::Number)),
        (Kind::Point, _) => format!("((a: Point) => scale(a))({})", of(Kind::Point)),
    };
    format!("({text})")
}
