//! Representative programs as people read them in `prismc ir --text`.

use crate::program::document;

#[test]
fn programs_become_what_is_listed() {
    let all = "let all = select(Classifier, max: 3)\nlet one = all.first()!\n";
    let cases = [
        ("ask_until", "return ask_until(all, target: 0.9) { a => a.classify(input.text) }"),
        ("early_return", "let x = if input.flag { return 1 } else { one.rate(input.text) }\nreturn x"),
        ("short_circuit", "return input.flag && <~one.classify(input.text) > 0.5 || <~one.rate(\"a\") > 0.5"),
        ("gate_with_another_agent", "return one.classify(input.text) ~@> (0.8, one.classify(\"again\"))"),
        (
            "template_and_record",
            "return { a: \"${one.rate(input.text)} of ${one.rate(\"b\", scale: 9)}\", b: [one.classify(\"c\")] }",
        ),
        (
            "branches",
            "return parallel { x: one.classify(input.text), y: () => { let t = input.text.trim()\nreturn one.rate(t) } }",
        ),
        (
            "bands",
            "let l = one.classify(input.text)\nuncertain if l, high: 0.9 { high { return l }\nmedium { return endorse(l, \"draft\") }\nlow { fail(\"unsure\") } }",
        ),
        (
            "nested",
            "return parallel(all) { a => parallel(all) { b => \"${a.classify(input.text)}${b.name}${one.name}\" } }",
        ),
    ];
    for (name, body) in cases {
        let text = format!("pattern p {{ input {{ text: string, flag: bool }}\n{all}{body}\n}}");
        let listing = prism_ir::listing(&document(&text));
        insta::with_settings!({ description => body, omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(name, listing);
        });
    }
}
