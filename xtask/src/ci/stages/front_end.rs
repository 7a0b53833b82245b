use std::fs;

use anyhow::{Context as _, Result};

use super::Context;
use crate::ci::Verdict;
use crate::ci::requirements::Tool;
use crate::process::{self, find_program};

/// Instructions per byte against `benches/instructions.toml`, and time for ten times the text.
pub(super) fn instructions(context: &Context) -> Result<Verdict> {
    for program in ["valgrind", "gungraun-runner"] {
        if find_program(program).is_none() {
            return Ok(context.without(Tool::Valgrind, &format!("valgrind ({program} not found)")));
        }
    }
    let bench =
        |name| context.cargo(&["bench", "--package", "prism-bench", "--locked", "--bench", name], &[]);
    Ok(all([bench("front_end_instructions")?, bench("front_end_growth")?]))
}

/// How long each target is run, and how long a text may take, in seconds.
const LIMITS: [&str; 2] = ["-max_total_time=30", "-timeout=5"];

/// Runs the fuzz targets for a while from the checked-in corpus. What they find goes to `target`, a text that breaks a
/// law to `fuzz/artifacts`.
pub(super) fn fuzz(context: &Context) -> Result<Verdict> {
    if find_program("cargo-fuzz").is_none() {
        return Ok(context.without(Tool::Fuzz, "cargo-fuzz (not found)"));
    }
    let of_fuzz = ["--manifest-path", "fuzz/Cargo.toml"];
    let mut verdicts = vec![
        context.cargo(&[&["fmt", "--check"], &of_fuzz[..]].concat(), &[])?,
        context.cargo(&[&["clippy", "--locked"], &of_fuzz[..], &["--", "-D", "warnings"]].concat(), &[])?,
    ];
    for target in ["lex", "parse"] {
        let found = context.root.join("target/fuzz").join(target);
        fs::create_dir_all(&found).with_context(|| format!("cannot make {}", found.display()))?;
        let mut command = context.command("cargo");
        // No sanitizer: there is no unsafe code of ours to watch, and without one it is several times faster.
        command
            .args(["fuzz", "run", target, "--sanitizer", "none"])
            .arg(found)
            .arg(format!("fuzz/corpus/{target}"))
            .args([
                "--",
                "-seed=1",
                "-max_len=2000",
                "-dict=fuzz/prism.dict",
                "-verbosity=0",
                "-print_final_stats=1",
            ])
            .args(LIMITS)
            // cargo-fuzz asks rustc for instrumentation that only nightly offers without this.
            .env("RUSTC_BOOTSTRAP", "1");
        verdicts.push(Verdict::from_success(process::run(&mut command)?.success()));
    }
    Ok(all(verdicts))
}

/// Passed if all of them have.
fn all(verdicts: impl IntoIterator<Item = Verdict>) -> Verdict {
    Verdict::from_success(verdicts.into_iter().all(|verdict| matches!(verdict, Verdict::Passed)))
}
