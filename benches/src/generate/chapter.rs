//! Declarations that belong together, and a pattern that uses them.

use super::expression::{boolean, number, text, words};
use super::random::Random;

/// Adds a chapter to a text.
pub(super) fn write(out: &mut String, random: &mut Random, n: u32) {
    types(out, random, n);
    contract(out, random, n);
    for index in 0..random.below(4) + 2 {
        function(out, random, n, index);
    }
    record_functions(out, random, n);
    match random.below(3) {
        0 => review(out, random, n),
        1 => estimate(out, random, n),
        _ => dispatch(out, random, n),
    }
}

fn types(out: &mut String, random: &mut Random, n: u32) {
    let (about, more) = (words(random, 6), words(random, 9));
    let extra =
        ["", "\n  priority?: int", "\n  weights: map<number>", "\n  parts: { name: string, size: number }[]"];
    let extra = random.pick(&extra);
    out.push_str(&format!(
        r#"
/* {about}
   {more} */
type Severity{n} = "low" | "medium" | "high"

/// {about}.
type Finding{n} = {{
  title: string
  severity: Severity{n}
  score: number
  tags: string[]
  owner?: string{extra}
}}
"#
    ));
}

fn contract(out: &mut String, random: &mut Random, n: u32) {
    let (capability, question) = (words(random, 1), words(random, 7));
    let timeout = random.pick(&["20s", "1m30s", "250ms", "1.5h"]);
    out.push_str(&format!(
        r#"
/// Whoever can tell about {capability}.
agent Reviewer{n} {{
  capabilities: ["review", "{capability}"]
  timeout: {timeout}
  cost: $0.{:03}

  fn review(text: string, limit: int) -> ~Finding{n} "{question}: ${{text}}"
  fn rate(text: string) -> ~Severity{n}
  fn measure(item: string, scale: number) -> ~number "{question}?"
}}

const THRESHOLD{n} = 0.{}
"#,
        random.below(900) + 1,
        random.below(90) + 10,
    ));
}

fn function(out: &mut String, random: &mut Random, n: u32, index: u64) {
    let about = words(random, 8);
    let names = &["amount", "factor", "limit"];
    let (first, second, third) =
        (number(random, 3, names), number(random, 2, names), number(random, 3, names));
    let (one, other) = (boolean(random, 2, names), boolean(random, 1, names));
    let told = text(random, names);
    let last = random.pick(&["first", "second", "first + second", "(first - second) * limit"]);
    out.push_str(&format!(
        r#"
/// {about}.
fn compute{n}x{index}(amount: number, factor: number, limit: int = {}) -> number {{
  let first = {first} // {}
  const second = {second}
  if {one} {{
    return first + second
  }} else if {other} {{
    let told = {told}
    return told.length * {third}
  }}
  return {last}
}}
"#,
        random.below(50),
        words(random, 3),
    ));
}

fn record_functions(out: &mut String, random: &mut Random, n: u32) {
    let (one, two) = (words(random, 2), words(random, 2));
    let score = number(random, 2, &["finding.score", "finding.tags.length"]);
    let place = random.below(4);
    out.push_str(&format!(
        r#"
fn shorten{n}(text: string, limit: int = {}) -> string {{
  let cleaned = text.trim().lower().replace("{one}", '{two}')
  if cleaned.length <= limit {{ return cleaned }}
  return `${{cleaned.slice(0, limit)}}… (${{cleaned.length - limit}} more)`
}}

fn describe{n}(finding: Finding{n}) -> string {{
  let label = if finding.severity == "high" {{ "{one}" }} else if finding.severity == "medium" {{ "{two}" }} else {{ "later" }}
  let scaled = {score}
  return "${{finding.title}} is ${{label}}: ${{round(scaled, {place})}} of ${{10_0}}, ${{finding.tags.join(", ")}}"
}}

fn weigh{n}(scores: number[], findings: Finding{n}[]) -> number {{
  let kept = scores.map(score => score * {} + 1).filter(score => score > 0.5 && score < 1e3)
  let titles = findings
    .filter(finding => finding.severity != "low" || finding.score >= THRESHOLD{n})
    .map(finding => describe{n}(finding))
    .unique()
  return kept.length == 0 ? titles.length : kept.sum() / kept.length + (kept.first() ?? 0)
}}
"#,
        random.below(200) + 20,
        random.below(9) + 1,
    ));
}

fn review(out: &mut String, random: &mut Random, n: u32) {
    let (about, remark) = (words(random, 8), words(random, 10));
    let amount = number(random, 2, &["input.limit", "short.length"]);
    let told = text(random, &["input.limit", "amount"]);
    out.push_str(&format!(
        r#"
/// {about}.
pattern review_{n} v1.{}.{} {{
  input {{
    text: string max_length({}000)
    tier: "free" | "pro" | "enterprise" = "free"
    limit: int = {}
  }}
  output {{
    severity: Severity{n}?
    note: string
    certain: bool
  }}
  budget {{ calls: {}, cost: $0.05, time: 2m }}

  let reviewers = select(Reviewer{n}, min: 2, max: 4, prefer: "confidence")
  let short = shorten{n}(input.text, limit: 200)
  let amount = {amount}
  // {remark}
  let answers = parallel(reviewers, max_concurrency: 3, min_success: 1, timeout: 10s) {{ reviewer => reviewer.rate(short) }}
  let rated = pool(answers)
  let sure = (<~rated) >= THRESHOLD{n}
  uncertain if rated, high: 0.9, medium: 0.6 {{
    high {{ return {{ severity: rated, note: {told}, certain: amount > {} }} }}
    medium {{
      let second = ask_until(reviewers, target: 0.8, max_calls: 3) {{ reviewer => reviewer.rate(input.text) }}
      return {{ severity: second ~@> 0.7, note: `${{input.tier}} asked again`, certain: sure }}
    }}
    low {{ return {{ severity: endorse(rated, "{remark}"), note: "unsure", certain: false }} }}
  }}
}}
"#,
        random.below(10),
        random.below(30),
        random.below(9) + 1,
        random.below(20),
        random.below(12) + 9,
        random.below(50),
    ));
}

fn estimate(out: &mut String, random: &mut Random, n: u32) {
    let (about, remark) = (words(random, 6), words(random, 7));
    let scale = number(random, 2, &["input.limits.low", "input.limits.high"]);
    out.push_str(&format!(
        r#"
/// {about}.
pattern estimate_{n} {{
  input {{ item: string, scores: number[], limits: {{ low: number, high: number }} }}
  output {{ value: number?, spread: number, raw: number[], asked: {{ agent: string, words: string[] }}[] }}
  budget {{ calls: {} }}

  let scale = {scale}
  let measurers = select(Reviewer{n}, min: 1, max: 6, prefer: "latency", where: agent => agent.name != "{}")
  /* {remark} */
  let measured = parallel(measurers, on_error: "drop") {{ measurer =>
    let raw = measurer.measure(input.item, scale)
    raw * {}.5 - input.limits.low / 2
  }}
  let voted = vote(measured, by: value => round(value, 1), method: "plurality", ties: "first")
  let gated = voted ~@> 0.{}
  let both = parallel {{
    near: measurers.length,
    far: input.scores.filter(score => score > 0x{:x}).length,
  }}
  let asked = measurers.map(agent => ({{ agent: agent.name, words: agent.id.split("-") }}))
  if both.near + both.far == 0 {{ fail("{remark}", {{ item: input.item, at: scale }}) }}
  return {{ value: gated, spread: input.limits.high - input.limits.low, raw: [both.near, both.far, -1, 3.25e2], asked }}
}}
"#,
        random.below(20) + 7,
        words(random, 1),
        random.below(4),
        random.below(40) + 50,
        random.below(200),
    ));
}

fn dispatch(out: &mut String, random: &mut Random, n: u32) {
    let (about, remark) = (words(random, 7), words(random, 5));
    let condition = boolean(random, 2, &["input.limit", "short.length", "THRESHOLD1"]);
    let told = text(random, &["short.length", "input.limit"]);
    out.push_str(&format!(
        r#"
// {remark}
pattern "dispatch {n}" v0.{}.0 {{
  input {{ text: string, limit: int = {} }}
  output ~Finding{n}
  budget {{ calls: 12, time: {}s }}

  let short = shorten{n}(input.text)
  let found = select(Reviewer{n}, min: 1, max: 2, exclude: [])
  let reviewer = found[0]
  if reviewer == null {{ fail("nobody can do it: {about}") }}
  let note = {told}
  let finding = reviewer.review("${{short}}: ${{note}}", input.limit)
  let other = reviewer.review(short, input.limit)
  if {condition} {{ return finding ~> 0.{} }}
  return pool([finding, other], by: .severity)
}}
"#,
        random.below(20),
        random.below(99),
        random.below(50) + 10,
        random.below(80) + 10,
    ));
}
