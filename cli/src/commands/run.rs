use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use prism_compiler::Session;
use prism_report::visible_json;
use prism_runtime::agents::{Agents, AgentsConfig, NoticeSink};
use prism_runtime::ports::{Failure, Json};
use prism_runtime::{Canceller, ExitCode, PreparedPattern, RunRequest, RunResult, Runtime};
use tokio::signal::unix::{SignalKind, signal};

use crate::arguments::{EventFormat, Run};
use crate::input;
use crate::messages::{show_compile_error, show_failure, show_usage};
use crate::progress::Progress;
use crate::summary;
use crate::terminal::print;

/// How many events may wait for a slow terminal before some are dropped.
const EVENTS: usize = 65_536;

/// Compiles a pattern, starts its agents, runs it, stops its agents, and says how to exit.
pub(crate) fn run(run: Run) -> u8 {
    (prepare(run).unwrap_or_else(|code| code)) as u8
}

fn prepare(run: Run) -> Result<ExitCode, ExitCode> {
    let (file, pattern) = split(&run.target);
    let (program, name) =
        Session::on_disk().program(&file, pattern.as_deref()).map_err(|error| show_compile_error(&error))?;
    let pattern = PreparedPattern::new(Arc::new(program), &name).map_err(|failure| refuse(&failure))?;
    let input = input::read(run.input.as_deref())?;
    pattern.check_input(input.clone()).map_err(|failure| refuse(&failure))?;
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().map_err(
            |error| {
                show_usage(&format!("the run cannot start: {error}"));
                ExitCode::Internal
            },
        )?;
    let code = runtime.block_on(execute(&run, &pattern, input));
    runtime.shutdown_background();
    Ok(code)
}

/// `FILE:PATTERN`, unless there is a file of that whole name.
fn split(target: &Utf8Path) -> (Utf8PathBuf, Option<String>) {
    match target.as_str().rsplit_once(':') {
        Some((file, pattern)) if !file.is_empty() && !pattern.is_empty() && !target.exists() => {
            (file.into(), Some(pattern.to_owned()))
        }
        _ => (target.to_owned(), None),
    }
}

fn refuse(failure: &Failure) -> ExitCode {
    show_failure(failure);
    ExitCode::of_failure(failure)
}

async fn execute(run: &Run, pattern: &PreparedPattern, input: Json) -> ExitCode {
    let progress = Arc::new(Progress::new(run.events == Some(EventFormat::Jsonl)));
    let mut signals = match Signals::new() {
        Ok(signals) => signals,
        Err(error) => {
            show_usage(&format!("signals cannot be received: {error}"));
            return ExitCode::Internal;
        }
    };
    let told = Arc::clone(&progress);
    let config = AgentsConfig {
        file: run.agents.clone(),
        registry: run.registry.clone(),
        notices: NoticeSink::new(move |notice| told.notice(&notice)),
        ..AgentsConfig::default()
    };
    let started = tokio::select! {
        started = Agents::start(config) => started,
        () = signals.next() => {
            progress.finish();
            let code = prism_catalog::FailureCode::RunCancelled;
            return refuse(&Failure::new(code, "the run was cancelled while its agents were starting"));
        }
    };
    let agents = match started {
        Ok(agents) => agents,
        Err(failure) => {
            progress.finish();
            return refuse(&failure);
        }
    };
    progress.agents_ready();
    let result = follow(run, pattern, input, &agents, &progress, &mut signals).await;
    progress.stopping();
    agents.shutdown().await;
    progress.finish();
    if run.events.is_none() {
        summary::show(&result);
    }
    if let Some(failure) = &result.failure {
        show_failure(failure);
    }
    if let Ok(text) = serde_json::to_string_pretty(&result) {
        print(&format!("{}\n", visible_json(&text)));
    }
    result.exit_code()
}

async fn follow(
    run: &Run,
    pattern: &PreparedPattern,
    input: Json,
    agents: &Agents,
    progress: &Progress,
    signals: &mut Signals,
) -> RunResult {
    let runtime = Runtime::builder().agents(agents).build();
    let mut request = RunRequest::default();
    if let Some(timeout) = run.timeout {
        request = request.with_timeout(timeout);
    }
    let mut events = request.subscribe(EVENTS);
    let canceller: Canceller = request.canceller();
    progress.run_started(pattern.name());
    let mut handle = std::pin::pin!(runtime.run(pattern, input, request));
    let mut watching = true;
    loop {
        tokio::select! {
            biased;
            () = signals.next() => {
                progress.cancelling();
                canceller.cancel();
            }
            event = events.next(), if watching => match event {
                Some(event) => progress.event(&event),
                None => watching = false,
            },
            result = &mut handle, if !watching => return result,
        }
    }
}

/// Ctrl-C, and what asks a process to end.
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}
