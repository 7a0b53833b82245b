//! Which core a thread runs on, and how long it was at work there.

use std::io;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// Two different cores that this process may use: one for whoever calls, one for the agent. None on a machine with
/// one, and where threads cannot be bound to cores.
pub fn two() -> Option<(usize, usize)> {
    let mut cores = available().into_iter();
    Some((cores.next()?, cores.next()?))
}

/// Binds the calling thread, and those that it starts from here on, to a core.
///
/// # Errors
/// What the system says; an unsupported operation where threads cannot be bound to cores.
#[cfg(target_os = "linux")]
pub fn bind_to(core: usize) -> io::Result<()> {
    use rustix::thread::{CpuSet, sched_setaffinity};

    let mut set = CpuSet::new();
    set.set(core);
    Ok(sched_setaffinity(None, &set)?)
}

/// Binds the calling thread, and those that it starts from here on, to a core.
///
/// # Errors
/// What the system says; an unsupported operation where threads cannot be bound to cores.
#[cfg(not(target_os = "linux"))]
pub fn bind_to(_: usize) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(target_os = "linux")]
fn available() -> Vec<usize> {
    use rustix::thread::{CpuSet, sched_getaffinity};

    let Ok(set) = sched_getaffinity(None) else { return Vec::new() };
    (0..CpuSet::MAX_CPU).filter(|core| set.is_set(*core)).collect()
}

#[cfg(not(target_os = "linux"))]
fn available() -> Vec<usize> {
    Vec::new()
}

/// How long the calling thread has been at work since it began.
pub fn thread_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(u64::try_from(time.tv_sec).unwrap_or(0), u32::try_from(time.tv_nsec).unwrap_or(0))
}
