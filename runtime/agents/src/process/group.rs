use std::io;
use std::process::{Child, ExitStatus};
use std::sync::{Arc, Mutex, PoisonError};

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};
use tokio::sync::watch;

use super::guardian::Guardian;

/// A process group whose leader we started.
#[derive(Debug)]
pub(super) struct Group {
    leader: Pid,
    /// Whether the leader was reaped; from then on its number may belong to somebody else.
    reaped: Arc<Mutex<bool>>,
    ended: watch::Receiver<Option<ExitStatus>>,
}

impl Group {
    /// Takes care of a child that leads a group. A thread of its own waits for it: no runtime is needed, and none is
    /// kept from ending.
    pub(super) fn new(child: Child, guardian: Arc<Guardian>) -> io::Result<Self> {
        let leader = Pid::from_child(&child);
        let group = guardian.watch(leader).and_then(|()| Self::waited_for(child, leader, guardian));
        if group.is_err() {
            let _ = kill_process_group(leader, Signal::KILL);
        }
        group
    }

    fn waited_for(mut child: Child, leader: Pid, guardian: Arc<Guardian>) -> io::Result<Self> {
        let reaped = Arc::new(Mutex::new(false));
        let (tell, ended) = watch::channel(None);
        let in_thread = Arc::clone(&reaped);
        std::thread::Builder::new().name("agent-waiter".to_owned()).spawn(move || {
            // The leader stays a zombie until it is reaped below, so the group's number is still its own.
            let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
            while matches!(waitid(WaitId::Pid(leader), options), Err(rustix::io::Errno::INTR)) {}
            let status = {
                let mut reaped = in_thread.lock().unwrap_or_else(PoisonError::into_inner);
                let _ = kill_process_group(leader, Signal::KILL);
                let status = child.wait();
                *reaped = true;
                status
            };
            let _ = guardian.forget(leader);
            tell.send_replace(Some(status.unwrap_or_default()));
        })?;
        Ok(Self { leader, reaped, ended })
    }

    pub(super) fn leader(&self) -> Pid {
        self.leader
    }

    /// Signals the whole group, unless it has ended.
    pub(super) fn signal(&self, signal: Signal) {
        let reaped = self.reaped.lock().unwrap_or_else(PoisonError::into_inner);
        if !*reaped {
            let _ = kill_process_group(self.leader, signal);
        }
    }

    /// Waits for the leader's end; what it left of its group has ended then, too.
    pub(super) async fn ended(&self) -> ExitStatus {
        let mut ended = self.ended.clone();
        match ended.wait_for(Option::is_some).await {
            Ok(status) => status.unwrap_or_default(),
            Err(_) => ExitStatus::default(),
        }
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.signal(Signal::KILL);
    }
}
