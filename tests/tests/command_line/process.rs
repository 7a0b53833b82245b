//! Processes that are watched, and never waited for without end.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

/// No command of these tests takes longer; one that does hangs.
const LONGEST: Duration = Duration::from_secs(60);

/// The `prismc` of this build, beside the example agents.
pub(crate) fn prismc() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let folder = std::env::current_exe().unwrap().parent().unwrap().parent().unwrap().to_owned();
        let mut build = Command::new(env!("CARGO"));
        build.args(["build", "--quiet", "--package", "prismc", "--package", "prism-example-agents"]);
        if folder.file_name().is_some_and(|profile| profile == "release") {
            build.arg("--release");
        }
        let built = build.current_dir(env!("CARGO_MANIFEST_DIR")).status().unwrap();
        assert!(built.success(), "prismc does not build");
        folder.join("prismc")
    })
}

/// A process that runs.
pub(crate) struct Running {
    child: Child,
    started: Instant,
    stdout: Output,
    stderr: Output,
}

/// How a process ended.
#[derive(Debug)]
pub(crate) struct Ended {
    /// The exit code; none when a signal ended it.
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) took: Duration,
}

struct Output {
    text: Arc<Mutex<Vec<u8>>>,
    reader: JoinHandle<()>,
}

impl Output {
    fn of(mut from: impl Read + Send + 'static) -> Self {
        let text = Arc::<Mutex<Vec<u8>>>::default();
        let into = Arc::clone(&text);
        let reader = std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(length @ 1..) = from.read(&mut buffer) {
                into.lock().unwrap().extend_from_slice(&buffer[..length]);
            }
        });
        Self { text, reader }
    }

    fn so_far(&self) -> String {
        String::from_utf8_lossy(&self.text.lock().unwrap()).into_owned()
    }

    fn all(self) -> String {
        self.reader.join().unwrap();
        String::from_utf8_lossy(&self.text.lock().unwrap()).into_owned()
    }
}

impl Running {
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let stdout = Output::of(child.stdout.take().unwrap());
        let stderr = Output::of(child.stderr.take().unwrap());
        Self { child, started: Instant::now(), stdout, stderr }
    }

    /// Waits until standard error holds a text.
    pub(crate) fn says(&mut self, text: &str) {
        until(&format!("standard error says `{text}`"), || self.stderr.so_far().contains(text));
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    pub(crate) fn end(mut self) -> Ended {
        let status = self.wait();
        let took = self.started.elapsed();
        Ended { code: status.code(), stdout: self.stdout.all(), stderr: self.stderr.all(), took }
    }

    fn wait(&mut self) -> ExitStatus {
        while self.started.elapsed() < LONGEST {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        panic!("prismc did not end within {LONGEST:?}; it said:\n{}", self.stderr.so_far());
    }
}

/// Waits until something is so.
pub(crate) fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < LONGEST, "never came: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// The processes that have a text in their environment, those left out that have ended and wait to be reaped.
pub(crate) fn marked(marker: &str) -> Vec<u32> {
    let processes = std::fs::read_dir("/proc").unwrap().filter_map(Result::ok);
    let ids = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let is_marked = |id: &u32| {
        let environment = std::fs::read(format!("/proc/{id}/environ")).unwrap_or_default();
        environment.split(|byte| *byte == 0).any(|entry| String::from_utf8_lossy(entry).ends_with(marker))
    };
    ids.filter(|id| *id != std::process::id()).filter(is_marked).collect()
}

impl Ended {
    /// The codes of all errors on standard error.
    pub(crate) fn error_codes(&self) -> Vec<&str> {
        let errors = self.stderr.lines().filter_map(|line| line.strip_prefix('['));
        errors.filter_map(|line| line.split_once("] error: ").map(|(code, _)| code)).collect()
    }

    /// Asserts the exit code, that there is exactly one error, with this code, and nothing that looks like a bug.
    #[track_caller]
    pub(crate) fn fails(&self, exit: i32, code: &str) -> &Self {
        assert_eq!(self.code, Some(exit), "{}", self.stderr);
        assert_eq!(self.error_codes(), [code], "{}", self.stderr);
        self.clean()
    }

    /// Asserts that it ended well, without a word about errors.
    #[track_caller]
    pub(crate) fn succeeds(&self) -> &Self {
        assert_eq!(self.code, Some(0), "{}", self.stderr);
        assert_eq!(self.error_codes(), [""; 0], "{}", self.stderr);
        self.clean()
    }

    #[track_caller]
    fn clean(&self) -> &Self {
        for sign in ["panicked", "RUST_BACKTRACE", "Prism has a bug", "\u{1b}"] {
            assert!(!self.stderr.contains(sign) && !self.stdout.contains(sign), "{sign}: {}", self.stderr);
        }
        self
    }

    /// Asserts that standard error says something.
    #[track_caller]
    pub(crate) fn says(&self, text: &str) -> &Self {
        assert!(self.stderr.contains(text), "`{text}` is not in:\n{}", self.stderr);
        self
    }

    /// Standard output, which is nothing but one JSON value.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}:\n{}", self.stdout))
    }
}
