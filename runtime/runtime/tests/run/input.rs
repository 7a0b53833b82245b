use prism_runtime::ports::{EventKind, Json};
use prism_runtime::{ExitCode, PreparedPattern, RunRequest};
use serde_json::json;

use crate::fakes::{Fakes, compile, runtime, says};

fn pattern() -> PreparedPattern {
    compile(
        "pattern p {
           input {
             text: string max_length(10)
             tier: \"free\" | \"pro\" = \"free\"
             urgent?: bool
             lines?: { words: string[] }
           }
           output { tier: string }
           return { tier: input.tier } }",
    )
}

fn refusal(input: Json) -> (String, Json) {
    let failure = pattern().check_input(input).unwrap_err();
    assert_eq!(failure.code, "input/mismatch");
    (failure.message, failure.details.unwrap())
}

#[test]
fn defaults_are_filled_in() {
    assert_eq!(pattern().check_input(json!({ "text": "x" })), Ok(json!({ "text": "x", "tier": "free" })));
    let full = json!({ "tier": "pro", "text": "x", "urgent": true });
    assert_eq!(pattern().check_input(full.clone()), Ok(full));
    let nothing = compile(
        "pattern q { input { tier: string = \"free\" } output { tier: string } return { tier: input.tier } }",
    );
    assert_eq!(nothing.check_input(Json::Null), Ok(json!({ "tier": "free" })));
}

#[test]
fn what_does_not_fit_is_refused_with_its_place() {
    let (message, details) = refusal(json!({ "text": 7 }));
    assert_eq!(message, "the input does not fit `p`: text should be string, but is 7");
    assert_eq!(
        (&details["path"], &details["expected"], &details["found"]),
        (&json!("text"), &json!("string"), &json!("is 7"))
    );
    assert_eq!(refusal(json!({})).0, "the input does not fit `p`: text should be string, but is missing");
    assert_eq!(refusal(Json::Null).0, "the input does not fit `p`: text should be string, but is missing");
    assert_eq!(
        refusal(json!({ "text": "longer than ten" })).0,
        "the input does not fit `p`: text should be at most 10 characters long, but its length is 15"
    );
    assert_eq!(
        refusal(json!({ "text": "x", "tier": "gold" })).0,
        "the input does not fit `p`: tier should be \"free\" | \"pro\", but is \"gold\""
    );
    assert_eq!(
        refusal(json!({ "text": "x", "lines": { "words": ["a", 2] } })).0,
        "the input does not fit `p`: lines.words[1] should be string, but is 2"
    );
    assert_eq!(
        refusal(json!("a ticket")).0,
        "the input does not fit `p`: the value should be a record with the declared fields, but is \"a ticket\""
    );
}

#[test]
fn unknown_fields_are_refused_with_the_nearest_name() {
    let (message, details) = refusal(json!({ "Text": "x" }));
    assert_eq!(message, "the input does not fit `p`: there is no field `Text`; did you mean `text`?");
    assert_eq!(details["nearest"], "text");
    let (message, details) = refusal(json!({ "text": "x", "urgnet": true }));
    assert_eq!(message, "the input does not fit `p`: there is no field `urgnet`; did you mean `urgent`?");
    assert_eq!(details["path"], "urgnet");
    let (message, details) = refusal(json!({ "text": "x", "texts": "y" }));
    assert_eq!(
        message,
        "the input does not fit `p`: there is no field `texts`; there are `text`, `tier`, `urgent`, `lines`",
        "a field that is given already is not what was meant"
    );
    assert_eq!(details["nearest"], Json::Null);
}

#[test]
fn a_pattern_without_declared_input_takes_anything() {
    let mut document = pattern().program().document().clone();
    document.patterns[0].input = prism_ir::Interface::Type(prism_ir::Type::Any);
    let program = std::sync::Arc::new(prism_ir::Program::load(document).unwrap());
    let any = PreparedPattern::new(program, "p").unwrap();
    for input in [Json::Null, json!([1, 2]), json!({ "what": "ever" })] {
        assert_eq!(any.check_input(input.clone()), Ok(input));
    }
}

#[test]
fn an_unknown_pattern_is_named_with_those_there_are() {
    let failure = PreparedPattern::new(pattern().program().clone(), "q").unwrap_err();
    assert_eq!(failure.to_string(), "[ir/invalid] the program has no pattern `q`; it has `p`");
}

#[tokio::test]
async fn a_refused_run_asks_nobody_and_leaves_no_record() {
    let fakes = Fakes::new(1, |_| says(0, "bug", 0.9));
    let (runtime, journal) = runtime(&fakes);
    let mut request = RunRequest::default();
    let mut events = request.subscribe(10);
    let result = runtime.run(&pattern(), json!({ "text": 7 }), request).await;
    assert_eq!(result.exit_code(), ExitCode::InputRefused);
    assert_eq!((fakes.counts.all(), journal.runs()), ((0, 0, 0), 0));
    let only = events.next().await.unwrap();
    assert_eq!((only.kind, &only.data["code"]), (EventKind::RunEnded, &json!("input/mismatch")));
    assert_eq!(events.next().await, None);
    let result = runtime.run(&pattern(), json!({ "text": "x" }), RunRequest::default()).await;
    assert_eq!(result.value, json!({ "tier": "free" }));
}
