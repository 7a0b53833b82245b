use std::fmt;
use std::ops::AddAssign;

/// How many tests passed, failed and were skipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct TestCounts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
}

impl TestCounts {
    /// The counts in one line of a test runner's output; none for lines that are no summaries.
    ///
    /// Understood are the summaries of Rust's harness, `node --test` in the TAP format, and Python's `unittest`
    /// in the form in which `tests/python/__main__.py` prints it.
    pub(crate) fn from_line(line: &str) -> Option<Self> {
        let line = line.trim();
        if let Some(rest) = line.strip_prefix("test result: ") {
            let (_, counts) = rest.split_once(". ")?;
            return Some(Self {
                passed: number_before(counts, " passed")?,
                failed: number_before(counts, " failed")?,
                skipped: number_before(counts, " ignored")?,
            });
        }
        if let Some(rest) = line.strip_prefix("# ") {
            let (name, count) = rest.split_once(' ')?;
            let count = count.parse().ok()?;
            return match name {
                "pass" => Some(Self { passed: count, ..Self::default() }),
                "fail" | "cancelled" => Some(Self { failed: count, ..Self::default() }),
                "skipped" | "todo" => Some(Self { skipped: count, ..Self::default() }),
                _ => None,
            };
        }
        let counts = line.strip_prefix("python tests: ")?;
        Some(Self {
            passed: number_before(counts, " passed")?,
            failed: number_before(counts, " failed")?,
            skipped: number_before(counts, " skipped")?,
        })
    }
}

/// The number that stands right before a word in `12 passed; 0 failed`.
fn number_before(text: &str, word: &str) -> Option<u64> {
    let (before, _) = text.split_once(word)?;
    before.rsplit(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
}

impl AddAssign for TestCounts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for TestCounts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(output: &str) -> TestCounts {
        let mut total = TestCounts::default();
        for counts in output.lines().filter_map(TestCounts::from_line) {
            total += counts;
        }
        total
    }

    #[test]
    fn rust_summaries_add_up() {
        let output = "running 3 tests\n\
            test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.02s\n\
            test a_test_result: ok\n\
            test result: FAILED. 4 passed; 2 failed; 0 ignored; 0 measured; 3 filtered out; finished in 1.20s\n";
        assert_eq!(total(output), TestCounts { passed: 16, failed: 2, skipped: 1 });
    }

    #[test]
    fn tap_summaries_add_up() {
        let output = "# tests 6\n# suites 0\n# pass 3\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 0\n# duration_ms 4.2\n";
        assert_eq!(total(output), TestCounts { passed: 3, failed: 2, skipped: 1 });
    }

    #[test]
    fn python_summaries_add_up() {
        assert_eq!(
            total("python tests: 5 passed, 1 failed, 2 skipped\n"),
            TestCounts { passed: 5, failed: 1, skipped: 2 }
        );
    }

    #[test]
    fn other_lines_are_no_summaries() {
        for line in ["", "test result:", "# Subtest: pass 3 times", "ok 1 - 3 passed", "test x ... ok"] {
            assert_eq!(TestCounts::from_line(line), None, "{line}");
        }
    }

    #[test]
    fn the_total_reads_plainly() {
        let counts = TestCounts { passed: 16, failed: 2, skipped: 1 };
        assert_eq!(counts.to_string(), "16 passed, 2 failed, 1 skipped");
    }
}
