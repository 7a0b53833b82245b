use std::sync::atomic::{AtomicU64, Ordering};

/// How the calls of an agent went.
#[derive(Debug, Default)]
pub struct Statistics {
    answered: AtomicU64,
    failed: AtomicU64,
    timed_out: AtomicU64,
    cancelled: AtomicU64,
    in_flight: AtomicU64,
}

impl Statistics {
    /// Calls that were answered.
    pub fn answered(&self) -> u64 {
        self.answered.load(Ordering::Relaxed)
    }

    /// Calls that failed.
    pub fn failed(&self) -> u64 {
        self.failed.load(Ordering::Relaxed)
    }

    /// Calls whose deadline passed while the agent was at work.
    pub fn timed_out(&self) -> u64 {
        self.timed_out.load(Ordering::Relaxed)
    }

    /// Calls that nobody waited for any more while the agent was at work.
    pub fn cancelled(&self) -> u64 {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Calls that the agent is at work on.
    pub fn in_flight(&self) -> u64 {
        self.in_flight.load(Ordering::Relaxed)
    }
}

/// How a call ended.
#[derive(Clone, Copy, Debug)]
pub(super) enum End {
    Answered,
    Failed,
    TimedOut,
}

/// A call at work. Dropped before it ended, it was cancelled.
#[derive(Debug)]
pub(super) struct AtWork<'a> {
    statistics: &'a Statistics,
    ended: bool,
}

impl<'a> AtWork<'a> {
    pub(super) fn begin(statistics: &'a Statistics) -> Self {
        statistics.in_flight.fetch_add(1, Ordering::Relaxed);
        Self { statistics, ended: false }
    }

    pub(super) fn end(mut self, end: End) {
        self.ended = true;
        let counter = match end {
            End::Answered => &self.statistics.answered,
            End::Failed => &self.statistics.failed,
            End::TimedOut => &self.statistics.timed_out,
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }
}

impl Drop for AtWork<'_> {
    fn drop(&mut self) {
        self.statistics.in_flight.fetch_sub(1, Ordering::Relaxed);
        if !self.ended {
            self.statistics.cancelled.fetch_add(1, Ordering::Relaxed);
        }
    }
}
