//! What happens, while it happens, on standard error: with spinners on a terminal, as plain lines elsewhere.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use prism_catalog::FailureCode;
use prism_report::{visible_json, visible_line};
use prism_runtime::agents::AgentNotice;
use prism_runtime::ports::{Event, EventKind, Json};

use crate::summary::{confidence, milliseconds, shortened};
use crate::terminal::{colour, is_live, tell};

/// How many calls under way are shown at a time: a terminal has few lines, and each spinner a thread.
const MOST_SPINNERS: usize = 16;

/// Shows progress. All methods may be called from any thread.
pub(crate) struct Progress {
    json: bool,
    colour: bool,
    bars: Option<MultiProgress>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    calls: BTreeMap<String, ProgressBar>,
    starting: Option<ProgressBar>,
    agents: Vec<String>,
    began: Option<Instant>,
}

#[derive(Clone, Copy)]
enum Mark {
    Good,
    Bad,
    Note,
    Plain,
}

impl Progress {
    pub(crate) fn new(json: bool) -> Self {
        let bars = (!json && is_live()).then(MultiProgress::new);
        Self { json, colour: colour(), bars, state: Mutex::default() }
    }

    /// What happens to agents.
    pub(crate) fn notice(&self, notice: &AgentNotice) {
        match notice {
            AgentNotice::Listening { .. } | AgentNotice::Stopped { .. } => {}
            AgentNotice::Started { agent, .. } => {
                let bar = self.spinner(format!("starting {}", visible_line(agent)));
                let mut state = self.state();
                state.began.get_or_insert_with(Instant::now);
                if let Some(bar) = bar
                    && let Some(old) = state.starting.replace(bar)
                {
                    old.finish_and_clear();
                }
            }
            AgentNotice::Registered { agent, .. } => self.state().agents.push(visible_line(agent)),
            AgentNotice::Unreachable { agent, reason } => {
                let text = format!("{} is left out: {}", visible_line(agent), visible_line(reason));
                self.line(Mark::Bad, &text);
            }
            AgentNotice::Died { agent, failure } => {
                let text = format!("{} ended: {}", visible_line(agent), visible_line(&failure.message));
                self.line(Mark::Bad, &text);
            }
        }
    }

    /// All agents have registered.
    pub(crate) fn agents_ready(&self) {
        let (mut agents, began) = {
            let mut state = self.state();
            if let Some(bar) = state.starting.take() {
                bar.finish_and_clear();
            }
            (std::mem::take(&mut state.agents), state.began)
        };
        if let (false, Some(began)) = (agents.is_empty(), began) {
            agents.sort();
            self.line(
                Mark::Good,
                &format!("{} ready in {}", agents.join(", "), milliseconds(began.elapsed())),
            );
        }
    }

    pub(crate) fn run_started(&self, pattern: &str) {
        self.line(Mark::Note, &format!("running {}", visible_line(pattern)));
    }

    pub(crate) fn cancelling(&self) {
        self.line(Mark::Note, "cancelling");
    }

    /// The run is over; agents are being stopped.
    pub(crate) fn stopping(&self) {
        for (_, bar) in std::mem::take(&mut self.state().calls) {
            bar.finish_and_clear();
        }
    }

    /// Nothing more will be shown.
    pub(crate) fn finish(&self) {
        let mut state = self.state();
        if let Some(bar) = state.starting.take() {
            bar.finish_and_clear();
        }
        for (_, bar) in std::mem::take(&mut state.calls) {
            bar.finish_and_clear();
        }
        if let Some(bars) = &self.bars {
            let _ = bars.clear();
        }
    }

    /// Something that happened in the run.
    pub(crate) fn event(&self, event: &Event) {
        if self.json {
            if let Ok(text) = serde_json::to_string(event) {
                tell!("{}", visible_json(&text));
            }
            return;
        }
        let data = &event.data;
        let call = || {
            format!("{}{}#{}", event.node.as_ref().map_or("", |node| node.as_str()), event.key, event.attempt)
        };
        match event.kind {
            EventKind::Selected => {
                let chosen: Vec<_> = strings(data, "chosen").collect();
                self.line(Mark::Note, &format!("selected {}", chosen.join(", ")));
            }
            EventKind::CallStarted => {
                let text = format!("{} {}", text(data, "agent"), method(data));
                let mut state = self.state();
                if state.calls.len() < MOST_SPINNERS
                    && let Some(bar) = self.spinner(text)
                {
                    state.calls.insert(call(), bar);
                }
            }
            EventKind::CallAnswered => {
                self.end_call(&call());
                let sure = data
                    .get("confidence")
                    .and_then(Json::as_f64)
                    .map_or_else(|| "unstated".to_owned(), confidence);
                let value = shortened(data.get("value").unwrap_or(&Json::Null), 60);
                let line = format!("{:<12} {value}  {sure}  {}", text(data, "agent"), duration(data));
                self.line(Mark::Good, line.trim_end());
            }
            EventKind::CallFailed => {
                self.end_call(&call());
                let (code, mut message) = (text(data, "code"), text(data, "message"));
                // That an agent ended has been told when it was noticed, with the end of its log.
                if code == FailureCode::AgentDied.name() {
                    message.clear();
                }
                let line = format!("{:<12} [{code}] {message}", text(data, "agent"));
                self.line(Mark::Bad, line.trim_end());
            }
            EventKind::CallCancelled => self.end_call(&call()),
            EventKind::Pooled => {
                let value = shortened(data.get("value").unwrap_or(&Json::Null), 60);
                let sure = data.get("probability").and_then(Json::as_f64).map(confidence).unwrap_or_default();
                let answers = data.get("answers").and_then(Json::as_u64).unwrap_or_default();
                let line =
                    format!("together      {value}  {sure}  from {answers} {}", plural(answers, "answer"));
                self.line(Mark::Note, &line);
            }
            EventKind::Band => self.line(Mark::Plain, &format!("confidence is {}", text(data, "band"))),
            EventKind::Gap => self.line(Mark::Bad, "some events are not shown"),
            // Warnings stand in the summary, once each.
            EventKind::Warning
            | EventKind::RunStarted
            | EventKind::RunEnded
            | EventKind::NodeStarted
            | EventKind::NodeEnded
            | EventKind::NodeFailed
            | EventKind::NodeCancelled
            | EventKind::Endorsed => {}
        }
    }

    fn end_call(&self, call: &str) {
        if let Some(bar) = self.state().calls.remove(call) {
            bar.finish_and_clear();
        }
    }

    fn spinner(&self, text: String) -> Option<ProgressBar> {
        let bars = self.bars.as_ref()?;
        let bar = bars.add(ProgressBar::new_spinner());
        if let Ok(style) = ProgressStyle::with_template("  {spinner} {msg} {elapsed:.dim}") {
            bar.set_style(style);
        }
        bar.set_message(text);
        bar.enable_steady_tick(Duration::from_millis(100));
        Some(bar)
    }

    fn line(&self, mark: Mark, text: &str) {
        if self.json {
            return;
        }
        let (sign, start) = match mark {
            Mark::Good => ("✓", "\u{1b}[32m"),
            Mark::Bad => ("✗", "\u{1b}[31m"),
            Mark::Note => ("›", "\u{1b}[36m"),
            Mark::Plain => (" ", ""),
        };
        let line = if self.colour && !start.is_empty() {
            format!("  {start}{sign}\u{1b}[0m {text}")
        } else {
            format!("  {sign} {text}")
        };
        match &self.bars {
            Some(bars) => {
                let _ = bars.println(line);
            }
            None => tell!("{line}"),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn text(data: &Json, key: &str) -> String {
    data.get(key).and_then(Json::as_str).map(visible_line).unwrap_or_default()
}

fn strings<'a>(data: &'a Json, key: &str) -> impl Iterator<Item = String> + 'a {
    data.get(key).and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str).map(visible_line)
}

fn method(data: &Json) -> String {
    let target = text(data, "method");
    target.rsplit_once('.').map_or(target.clone(), |(_, method)| method.to_owned())
}

fn duration(data: &Json) -> String {
    let microseconds = data.get("duration_us").and_then(Json::as_u64);
    microseconds.map(|microseconds| milliseconds(Duration::from_micros(microseconds))).unwrap_or_default()
}

pub(crate) fn plural(number: u64, noun: &str) -> String {
    if number == 1 { noun.to_owned() } else { format!("{noun}s") }
}
