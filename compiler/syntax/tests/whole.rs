//! What each construct of the language is read as, one snapshot for each family: the source, and under it its tree.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use support::items;

fn trees(texts: &[&str]) -> String {
    let tree = |text: &&str| format!("{text}\n    {}\n", items(text).join("\n    "));
    texts.iter().map(tree).collect::<Vec<_>>().join("\n")
}

macro_rules! snapshots {
    ( $( $name:ident: [ $($text:expr),+ $(,)? ] )+ ) => { $(
        #[test]
        fn $name() {
            insta::assert_snapshot!(trees(&[ $($text),+ ]));
        }
    )+ };
}

snapshots! {
    modules: [
        "import { a, b as c } from \"./x\"",
        "import d, { if as e, } from \"prism:vote\"",
        "import {\n  a,\n  from\n} from './x'",
        "import * as m from \"y\"",
        "import from from \"from\"",
        "export const parallel = (agents) => (task) => agents.map(a => a.analyze(task))",
        "export let a = 1, b = 2",
        "export { a, b as default } from \"z\"",
        "export { a as match }",
        "export * from \"w\"",
        "export default x => x + 1",
        "export default { a: 1 }",
        "export foo = 3",
        "export default = 3",
        "export pattern p { }\nexport agent A { }\nexport type T = string\nexport async fn f() { }",
    ]
    functions: [
        "async fn f<T, U>(x: T, y?: U = 1) -> map<~T> { return x }",
        "fn f({ a, b: { c = 1 }, ...rest }: any = {}, [p, , q = 2, ...zs], ..._) { }",
        "let f = async x => await g(x)",
        "let f = async ({ a }) => { a }",
        "let f = function (a, b = 2) { return a + b }",
        "let f = async function () { }",
        "(function () { return 1 })()",
        "export default function name(x) { x }",
        "let o = { f(x) { return x }, async: 1, async(x) { x } }",
        "let async = async + 1\nasync(x)",
        "xs.forEach(x => total += x)",
        "xs.forEach(x => o.n++)",
        "xs.forEach(x => { a } = x)",
        "xs.map { async x => await f(x) }",
        "type Box<T> = { value: T }\ntype Pair<A, B,>= A | B",
    ]
    targets: [
        "const { a ~> 0.9 = 3, b: [x, y], if: z, ...more } = input",
        "let [first, , third] = xs, n: number = 3",
        "let [, , ] = xs",
        "let { } = x, [] = y",
        "let { a: { b: [c] } }: T = d",
        "{ a, b: c } = d",
        "[a, b] = [b, a]",
        "{ a }\n= d",
    ]
    assignments: [
        "x = 1",
        "counts[label] = (counts[label] || 0) + 1",
        "o.a.b[0] = c",
        "a += 1; b -= 1; c *= 1; d /= 1; e %= 1; f **= 1; g ??= 1; h ||= 1; i &&= 1",
        "a ~+= 1; b ~-= 1; c ~*= 1; d ~/= 1",
        "i++; j--; ++k; --l.m",
        "a\n++b",
        "x =\n  1",
    ]
    loops: [
        "for x in xs { f(x) }",
        "for (const x of xs) f(x)",
        "for (x in xs) { }",
        "for i, x in xs max 10 { g(i, x) }",
        "for (const [k, v] of Object.entries(o)) max(k, v)",
        "for (let { a } of xs) max (n + 1) { }",
        "for _ of xs max n * 2 { }",
        "for of of of { }",
        "for in in in { }",
        "for all in xs { }",
        "for (let i = 0, n = 3; i < n; i++) { total += i }",
        "for (i = 0; i < 3; i += 1) f(i)",
        "for let i = 0; i < 10; i++ { f(i) }",
        "for i = 0; i < 10; i++\n{ f(i) }",
        "for (let { a } = b; ; ) { }",
        "for (let a = 1, { of } = b; ; ) { }",
        "for (;;) { break }",
        "for ;; { continue }",
        "while (x > 0) max 5 { x -= 1 }",
        "while x max 3 { x-- }",
        "while (x) x = f(x)",
        "do { x++ } while (x < 5) max 10",
        "do { x++ }\nwhile x < 5",
        "for all x: number, y: string[] { f(x, y) }",
        "for x in f(y) { }",
        "for x in xs.map(y => { y }) { }",
        "for x in (xs.map { y => y }) { }",
    ]
    failures: [
        "try { f() } catch (e) { g() } finally { h() }",
        "try { f() }\ncatch e { g() }\nfinally { h() }",
        "try { f() } // why\n/* and */ catch { g() }",
        "try { f() } catch _ { }",
        "try { f() } finally { }",
        "let try1 = catch + finally",
    ]
    choices: [
        "match v { 1 => 2, -2 => 3; \"a\" | \"b\" => 4\n 30s => 5, $0.1 => 6, true => 7, null => 8, _ => 9 }",
        "let r = match v {\n  n is string if n.length > 3 && f(n) => n\n  n is ~number[] => n\n}",
        "match v { { kind: \"x\", \"b c\": 1, size, if: y, ...rest } => size, { a, ... } => a, {} => 0 }",
        "match v { [] => 0, [a] => a, [a, { b }, ...] => b, [a, ...rest] => rest, }",
        "match v {\n  1\n  | 2 => 3\n}",
        "match v { 1 => return, 2 => 3 }",
        "match v { x => { a: 1 }, y => { let q = 1; q }, z => {} }",
        "match v { x => return null, y => a = 1, z => if a { b } else { c } w => d }",
        "match (v) { x if (y => z)(x) => 1 }",
        "match f(x) { y if g(x) => h { z => z } }",
        "switch (x) {\n  case 1:\n  case 2: foo(); break\n  case y + 1: { bar() }\n    break;\n  case -3: return 1\n  default:\n    baz()\n}",
        "switch (x) { default: a() }",
        "switch (x) { case 1: { a(); break }\n case 2: if (b) { c(); break } else if (d) break; else { return 1 }\n case 3: for y in z { break } break }",
        "switch x { 1 => 2 }",
        "let switch = 1",
    ]
    tests: [
        "test \"t\" { mock A \"a\" calibrated replies [\"bug\" ~> 0.97] after 2s\n mock A \"b\" fails \"x\"\n mock A \"c\" answers (q) => \"y\" }",
        "test \"t\" { mock A \"a\" answers q => { f(q) }\n let mock = 1\n mock.a }",
        "assert x == 1, \"why\"",
        "assert(x, \"why\")",
        "assert (x) == 1",
        "assert <~x >= 0.9",
        "assert -x < 1",
        "assert [1] == y",
        "assert - 1",
        "let assert = assert[0]",
        "assert { a: 1 } == x, \"why\"",
        "assert (uncertain if x, high: 0.9 { high { true } low { false } })",
    ]
    pipes: [
        "xs |> filter(_, .ok) |> map(x => x + 1) ~@> 0.8 ?? [] ~> 0.9",
        "x\n  |> f\n  // why\n  ~|> g(1)",
        "c ? a : b |> f",
        "a + b |> f",
        "f(x |> g, y)",
        "x |> o.f |> xs[0](1)",
        "x |> parallel { a => a }",
        "x |> f ~?> (0.5, y) ~?? z ?? w",
    ]
    operators: [
        "a ~|| b ~||> c ~&& d ~== e ~+ f ~* g",
        "a ~!= b", "a ~< b", "a ~<= b", "a ~>= b", "a ~- b ~/ c",
        "x ~?> 0.8 ~?? y",
        "a ~? b : c ~? d : e",
        "a~.b ~.c.d",
        "a?.[0]?.(1, ...b)?.c",
        "f?.(x) { y => y }",
        "typeof x === \"string\"",
        "typeof (x).y",
        "typeof typeof x",
        "let typeof1 = typeof, await1 = await.x",
        "await f(x) + 1",
        "await (f(x))",
        "await [a]",
        "await[0]",
        "let y = await\n  g()",
        "f(typeof\nx)",
        "await ~ x",
        "!await x",
        "x is string && y is (T?) && z is T[]",
        "x instanceof Map && \"k\" in o",
        "new Map([[1, 2]]).get(1)",
        "new Set",
        "new\nSet",
        "a ? b : c ~> 0.9",
    ]
    statements: [
        "if (x) y = 1\nelse z = 2",
        "if (x) y = 1;\nelse if (y) z = 2; else return",
        "if x { }\n// why\nelse if y { }\nelse { }",
        "{ label: \"a\", x }\n.b",
        "{ let x = 1 }",
        "steps { a() }",
        "agents { A }",
        "in context b.c { d() }",
        "uncertain if (x) { a() } else if y { b() } else { c() }",
        "uncertain if x, high: 0.9 { high { 1 } medium -> 2, low => return 3; default { } }",
        "graph { a: f(), b: g(a) }",
        "saga { step(\"x\", undo: b => f.cancel(b)) { f.book(input) }; step(\"y\") { } }",
        "fn f() { type T = string; fn g() { break }; return\n1 }",
        "break; continue",
        "return { a }",
        "pattern p { confidence >= 0.9\n confidence min }",
    ]
}
