//! Two ways to the same result, measured in alternation.
//!
//! On a machine that others use too, the speed of everything changes from one moment to the next. So both sides are
//! measured close together, in the order subject, reference, reference, subject, which cancels a steady drift, and
//! what counts is the ratio of the two within each such pair. Reported is the median of the pairs' ratios with a 95 %
//! percentile-bootstrap interval.

mod statistics;

use std::time::{Duration, Instant};

use serde::Serialize;

use crate::{BenchError, cores};

pub use statistics::Ratio;

/// The interval is made of so many resamples.
const RESAMPLES: usize = 2_000;

/// How much is measured.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// Pairs, each of two batches of either side.
    pub pairs: usize,
    /// How long a batch of the slower side should take.
    pub batch: Duration,
    /// How long each side is run before anything is measured.
    pub warm_up: Duration,
}

impl Effort {
    /// What figures are reported from.
    pub fn full() -> Self {
        let (batch, warm_up) = (Duration::from_millis(15), Duration::from_millis(300));
        Self { pairs: 80, batch, warm_up }
    }

    /// For a first look.
    pub fn quick() -> Self {
        let (batch, warm_up) = (Duration::from_millis(5), Duration::from_millis(50));
        Self { pairs: 15, batch, warm_up }
    }

    /// For tests of what is measured: every batch is one iteration.
    pub fn least() -> Self {
        Self { pairs: 2, batch: Duration::ZERO, warm_up: Duration::ZERO }
    }
}

/// What a batch took.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spent {
    wall: Duration,
    thread: Duration,
}

/// Measures what the calling thread does.
///
/// # Errors
/// What the work itself gives.
pub fn measure(work: impl FnOnce() -> Result<(), BenchError>) -> Result<Spent, BenchError> {
    let (thread, wall) = (cores::thread_time(), Instant::now());
    work()?;
    Ok(Spent { wall: wall.elapsed(), thread: cores::thread_time().saturating_sub(thread) })
}

/// What one iteration of a side takes.
#[derive(Clone, Debug, Serialize)]
pub struct Side {
    /// What it is.
    pub name: String,
    /// The median over the batches, in microseconds.
    pub wall_us: f64,
    /// The same for the time that the calling thread was at work, in microseconds.
    pub thread_us: f64,
    /// Iterations that were run, the warm-up included.
    pub iterations: u64,
}

/// What two sides take, and how they compare.
#[derive(Clone, Debug, Serialize)]
pub struct Comparison {
    /// What was compared.
    pub name: String,
    /// Runs that one iteration is made of.
    pub runs: u32,
    /// Agent calls that one run is made of.
    pub calls: u32,
    /// Pairs that were measured.
    pub pairs: usize,
    /// Iterations in a batch.
    pub batch: u64,
    /// What is measured.
    pub subject: Side,
    /// What it is measured against.
    pub reference: Side,
    /// The subject's time over the reference's.
    pub wall: Ratio,
    /// The subject's time at work over the reference's.
    pub thread: Ratio,
}

/// A side to be measured: runs so many iterations and says what they took.
pub type Batch<'a> = &'a mut dyn FnMut(u64) -> Result<Spent, BenchError>;

/// Measures two sides in alternation. `runs` and `calls` say what an iteration and a run are made of.
///
/// # Errors
/// The first error of either side.
pub fn compare(
    name: &str,
    (runs, calls): (u32, u32),
    effort: &Effort,
    (subject_name, subject): (&str, Batch<'_>),
    (reference_name, reference): (&str, Batch<'_>),
) -> Result<Comparison, BenchError> {
    let mut subject = Measured::new(subject_name, subject);
    let mut reference = Measured::new(reference_name, reference);
    let each = subject.warm_up(effort)?.max(reference.warm_up(effort)?);
    let batch = (effort.batch.as_nanos() / each.as_nanos().max(1)).clamp(1, 1_000_000);
    let batch = u64::try_from(batch).unwrap_or(1);
    let (mut walls, mut threads) = (Vec::new(), Vec::new());
    for _ in 0..effort.pairs {
        let before = subject.batch(batch)?;
        let between = [reference.batch(batch)?, reference.batch(batch)?];
        let after = subject.batch(batch)?;
        let ratio = |of: fn(&Spent) -> Duration| {
            let reference: Duration = between.iter().map(of).sum();
            (of(&before) + of(&after)).as_secs_f64() / reference.as_secs_f64().max(1e-9)
        };
        walls.push(ratio(|spent| spent.wall));
        threads.push(ratio(|spent| spent.thread));
    }
    Ok(Comparison {
        name: name.to_owned(),
        runs,
        calls,
        pairs: effort.pairs,
        batch,
        subject: subject.side(),
        reference: reference.side(),
        wall: Ratio::of(&walls, RESAMPLES),
        thread: Ratio::of(&threads, RESAMPLES),
    })
}

struct Measured<'a> {
    name: String,
    run: Batch<'a>,
    iterations: u64,
    walls_us: Vec<f64>,
    threads_us: Vec<f64>,
}

impl<'a> Measured<'a> {
    fn new(name: &str, run: Batch<'a>) -> Self {
        Self { name: name.to_owned(), run, iterations: 0, walls_us: Vec::new(), threads_us: Vec::new() }
    }

    /// Runs it until the time is up, at least once; gives what an iteration took at last.
    fn warm_up(&mut self, effort: &Effort) -> Result<Duration, BenchError> {
        let (start, mut count) = (Instant::now(), 1);
        loop {
            let spent = (self.run)(count)?;
            self.iterations += count;
            if start.elapsed() >= effort.warm_up {
                return Ok(spent.wall.div_f64(count as f64));
            }
            count = (count * 2).min(64);
        }
    }

    fn batch(&mut self, count: u64) -> Result<Spent, BenchError> {
        let spent = (self.run)(count)?;
        self.iterations += count;
        self.walls_us.push(spent.wall.as_secs_f64() * 1e6 / count as f64);
        self.threads_us.push(spent.thread.as_secs_f64() * 1e6 / count as f64);
        Ok(spent)
    }

    fn side(mut self) -> Side {
        Side {
            name: self.name,
            wall_us: statistics::median(&mut self.walls_us),
            thread_us: statistics::median(&mut self.threads_us),
            iterations: self.iterations,
        }
    }
}

impl Comparison {
    /// What a table of comparisons has at its head.
    pub const HEAD: &'static str = "comparison                               ratio [95 %]          at work [95 %]        \
         subject: µs/run  at work    runs/s  µs/call   reference: µs/run  at work    runs/s";

    /// The line of a table.
    pub fn line(&self) -> String {
        let runs = f64::from(self.runs.max(1));
        let (subject, reference) = (self.subject.wall_us / runs, self.reference.wall_us / runs);
        let per_call = if self.calls == 0 {
            "      –".to_owned()
        } else {
            format!("{:7.1}", subject / f64::from(self.calls))
        };
        format!(
            "{:<40} {}   {}   {:14.1} {:8.1} {:9.0}  {per_call}   {:17.1} {:8.1} {:9.0}",
            self.name,
            self.wall,
            self.thread,
            subject,
            self.subject.thread_us / runs,
            1e6 / subject,
            reference,
            self.reference.thread_us / runs,
            1e6 / reference,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spending(micros: u64, ran: &mut u64) -> impl FnMut(u64) -> Result<Spent, BenchError> {
        move |count| {
            *ran += count;
            let wall = Duration::from_micros(micros * count);
            Ok(Spent { wall, thread: wall / 2 })
        }
    }

    #[test]
    fn ratios_and_times_are_those_of_the_sides() {
        let (mut subject_ran, mut reference_ran) = (0, 0);
        let effort =
            Effort { pairs: 5, batch: Duration::from_millis(1), warm_up: Duration::from_micros(200) };
        let comparison = compare(
            "three to one",
            (2, 10),
            &effort,
            ("slow", &mut spending(30, &mut subject_ran)),
            ("fast", &mut spending(10, &mut reference_ran)),
        )
        .unwrap();
        assert_eq!((comparison.pairs, comparison.batch), (5, 33));
        for ratio in [&comparison.wall, &comparison.thread] {
            for value in [ratio.median, ratio.lo, ratio.hi] {
                assert!((value - 3.0).abs() < 1e-9, "{ratio:?}");
            }
        }
        assert!((comparison.subject.wall_us - 30.0).abs() < 1e-9);
        assert!((comparison.reference.thread_us - 5.0).abs() < 1e-9);
        assert_eq!(comparison.subject.iterations, subject_ran);
        assert_eq!(comparison.reference.iterations, reference_ran);
        assert!(subject_ran > 10 * 33, "two batches of 33 in each of five pairs");
        let line = comparison.line();
        assert!(line.contains("3.00") && line.contains(" 1.5 "), "{line}");
    }

    #[test]
    fn an_error_of_either_side_ends_the_comparison() {
        let failing = |_| Err(BenchError::Answer("no".to_owned()));
        let ran = compare(
            "fails",
            (1, 1),
            &Effort::least(),
            ("subject", &mut |_| Ok(Spent::default())),
            ("reference", &mut { failing }),
        );
        assert!(matches!(ran, Err(BenchError::Answer(_))));
    }

    #[test]
    fn work_of_this_thread_is_seen_and_sleep_is_not() {
        let busy = measure(|| {
            let start = Instant::now();
            while start.elapsed() < Duration::from_millis(20) {
                std::hint::black_box(start);
            }
            Ok(())
        })
        .unwrap();
        assert!(busy.thread > Duration::ZERO && busy.wall >= Duration::from_millis(20), "{busy:?}");
        let idle = measure(|| {
            std::thread::sleep(Duration::from_millis(20));
            Ok(())
        })
        .unwrap();
        assert!(idle.thread < idle.wall / 2, "{idle:?}");
    }
}
