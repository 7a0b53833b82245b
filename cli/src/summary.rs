//! What came out of a run, for people.

use std::time::Duration;

use prism_report::visible_line;
use prism_runtime::RunResult;
use prism_runtime::ports::{Json, ResultConfidence};

use crate::progress::plural;
use crate::terminal::{colour, tell};

/// Shows the result with its confidence, and who said what.
pub(crate) fn show(result: &RunResult) {
    let time = milliseconds(Duration::from_secs_f64((result.time_ms / 1_000.0).max(0.0)));
    let calls = format!("{} {}", result.calls, plural(u64::from(result.calls), "call"));
    let cost = if result.cost_nanodollars > 0 { format!(", ${}", result.cost) } else { String::new() };
    let ended = if result.is_completed() { "completed" } else { "did not complete" };
    tell!("");
    tell!("{} {ended} in {time}, {calls}{cost}", bold(&visible_line(&result.pattern)));
    if !result.value.is_null() {
        show_value(&result.value);
    }
    if let Some(sure) = &result.confidence {
        show_confidence(sure);
    }
    for warning in &result.warnings {
        tell!("  warning: {}", visible_line(warning));
    }
}

fn show_value(value: &Json) {
    match value {
        Json::Object(fields) => {
            let width = fields.keys().map(|key| key.chars().count()).max().unwrap_or(0).min(24);
            for (key, value) in fields {
                tell!("  {:<width$}  {}", visible_line(key), shortened(value, 100));
            }
        }
        other => tell!("  {}", shortened(other, 200)),
    }
}

fn show_confidence(sure: &ResultConfidence) {
    if sure.roots.is_empty() {
        tell!("certain: it rests on no agent's answer");
        return;
    }
    tell!("confidence {} ({}), resting on", bold(&confidence(sure.point)), visible_line(&sure.source));
    for root in &sure.roots {
        if root.from.is_empty() {
            show_answer(root, 2);
            continue;
        }
        let value = root.value.as_ref().map(|value| shortened(value, 60)).unwrap_or_default();
        tell!("  {}  {value}  {}", visible_line(&root.id), confidence(root.probability));
        for answer in &root.from {
            show_answer(answer, 4);
        }
    }
}

fn show_answer(answer: &prism_runtime::ports::RootReport, indent: usize) {
    let who = answer.agent.as_deref().unwrap_or(&answer.id);
    let value = answer.value.as_ref().map(|value| shortened(value, 60)).unwrap_or_default();
    let why = answer.reasoning.as_deref().filter(|why| !why.is_empty());
    let why = why.map(|why| format!("  {}", limited(&visible_line(why), 52))).unwrap_or_default();
    let line =
        format!("{:indent$}{:<12} {value}  {}{why}", "", visible_line(who), confidence(answer.probability));
    tell!("{line}");
}

/// A confidence with two digits after the point.
pub(crate) fn confidence(point: f64) -> String {
    format!("{point:.2}")
}

/// A duration as short as it is useful.
pub(crate) fn milliseconds(duration: Duration) -> String {
    let seconds = duration.as_secs_f64();
    match seconds {
        seconds if seconds < 0.001 => format!("{:.0} µs", seconds * 1e6),
        seconds if seconds < 1.0 => format!("{:.0} ms", seconds * 1e3),
        seconds if seconds < 100.0 => format!("{seconds:.1} s"),
        seconds => format!("{:.0} min", seconds / 60.0),
    }
}

/// JSON on one line, cut after some characters.
pub(crate) fn shortened(value: &Json, limit: usize) -> String {
    limited(&visible_line(&value.to_string()), limit)
}

fn limited(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let start: String = text.chars().take(limit.saturating_sub(1)).collect();
    format!("{start}…")
}

fn bold(text: &str) -> String {
    if colour() { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
}
