mod requirements;
mod stages;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;
use clap::Args;

use crate::console::{say, show};
use crate::repository;
use crate::summary::TestCounts;
use crate::table::Table;
use requirements::Requirements;
use stages::{Context, Stage};

/// What `cargo xtask ci` takes.
#[derive(Args)]
pub(crate) struct CiArguments {
    /// Run this stage only; may be repeated
    #[arg(long, value_enum, value_name = "STAGE")]
    only: Vec<Stage>,
    /// Leave this stage out; may be repeated
    #[arg(long, value_enum, value_name = "STAGE")]
    skip: Vec<Stage>,
}

/// How a stage ended.
enum Verdict {
    Passed,
    Failed,
    /// It could not run for want of something that this machine does not have.
    Skipped(String),
}

impl Verdict {
    fn from_success(success: bool) -> Self {
        if success { Self::Passed } else { Self::Failed }
    }
}

/// Runs the stages one after the other, also after one has failed, and prints a table of them.
pub(crate) fn run(arguments: &CiArguments) -> Result<ExitCode> {
    let requirements = Requirements::from_environment()?;
    let mut context = Context::new(repository::root()?, requirements);
    let mut table = Table::new(&["stage", "result", "time"]);
    let mut failed = false;
    let begin = Instant::now();
    for &stage in Stage::ALL {
        if arguments.skip.contains(&stage) || !(arguments.only.is_empty() || arguments.only.contains(&stage))
        {
            continue;
        }
        say(&format!("\n== {stage}"));
        let stage_begin = Instant::now();
        let verdict = stage.run(&mut context).unwrap_or_else(|error| {
            say(&format!("{stage}: {error:#}"));
            Verdict::Failed
        });
        let result = match verdict {
            Verdict::Passed => "passed".to_owned(),
            Verdict::Failed => {
                failed = true;
                "FAILED".to_owned()
            }
            Verdict::Skipped(reason) => {
                let result = format!("SKIPPED {reason}");
                show(&result);
                result
            }
        };
        table.row([stage.to_string(), result, seconds(stage_begin.elapsed())]);
    }
    table.row([
        "all".to_owned(),
        if failed { "FAILED" } else { "passed" }.to_owned(),
        seconds(begin.elapsed()),
    ]);
    show("");
    for line in table.lines() {
        show(&line);
    }
    if let Some(counts) = context.counts {
        show(&format!("\n{counts}"));
    }
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn seconds(time: Duration) -> String {
    format!("{:7.1} s", time.as_secs_f64())
}

/// Adds the counts of one summary line to those of the lines before it.
fn add_counts(total: &mut Option<TestCounts>, line: &str) {
    if let Some(counts) = TestCounts::from_line(line) {
        *total.get_or_insert_default() += counts;
    }
}
