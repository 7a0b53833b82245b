//! Programs made at random: each is well-typed, and its agents are called as often as it says.

use crate::program::program;
use crate::sound;

struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// An expression that gives a number that may be uncertain; counts the calls of agents in it.
fn number(random: &mut Random, depth: u32, calls: &mut usize) -> String {
    if depth == 0 {
        return match random.below(4) {
            0 => random.below(100).to_string(),
            1 => "input.n".to_owned(),
            2 => "seen".to_owned(),
            _ => {
                *calls += 1;
                "one.rate(input.text)".to_owned()
            }
        };
    }
    let mut part = |random: &mut Random| number(random, depth - 1, calls);
    match random.below(16) {
        0 => format!("({} + {})", part(random), part(random)),
        1 => format!("(input.flag ? {} : {})", part(random), part(random)),
        2 => format!("({} ~> 0.5)", part(random)),
        3 => format!("(({} ~> 0.9) ~@> (0.4, {}))", part(random), part(random)),
        4 => format!("(input.maybe ?? {})", part(random)),
        5 => format!("(do {{ let inner = {}\ninner + {} }})", part(random), part(random)),
        6 => format!("(if input.flag {{ {} }} else {{ {} }})", part(random), part(random)),
        7 => format!(
            "(uncertain if ({} ~> 0.5) {{ high {{ {} }}\ndefault {{ {} }} }})",
            part(random),
            part(random),
            part(random)
        ),
        8 => format!("([{}, {}].map((x, i) => x + i + seen).sum())", part(random), part(random)),
        9 => format!("({{ a: {}, b: {} }}.b)", part(random), part(random)),
        10 => format!("(\"${{{}}}\".length)", part(random)),
        11 => format!("(parallel {{ a: {}, b: () => {} }}.a)", part(random), part(random)),
        12 => format!("(parallel([{}, {}]).sum())", part(random), part(random)),
        13 => format!("(parallel([1, 2]) {{ x => x + {} }}.sum())", part(random)),
        14 => format!("twice({})", part(random)),
        _ => format!("(if input.flag {{ return {} }} else {{ {} }})", part(random), part(random)),
    }
}

#[test]
fn generated_programs_load_and_call_each_agent_once() {
    for seed in 0..400 {
        let mut random = Random(seed);
        let mut calls = 0;
        let lets: String =
            (0..3).map(|n| format!("let v{n} = {}\n", number(&mut random, 3, &mut calls))).collect();
        let text = format!(
            "fn twice(x: number) {{ return x * 2 }}\npattern p {{ input {{ text: string, flag: bool, n: number, maybe?: number }}\nlet one = select(Classifier, max: 1).first()!\nlet seen = input.n * 2\n{lets}return [v0, v1, v2] }}"
        );
        let program = program(&text);
        assert_eq!(sound::check(&program), calls, "{text}");
        let json = serde_json::to_string(program.document()).unwrap();
        assert_eq!(prism_ir::Program::from_json(&json).unwrap().document(), program.document(), "{text}");
    }
}
