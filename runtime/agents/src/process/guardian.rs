use std::io::{self, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Mutex, PoisonError};

use rustix::process::Pid;

/// Reads which process groups there are, and ends those that are left when its input ends, which happens however its
/// parent ends. It ignores the signals that a terminal or a service manager sends to everybody.
const SCRIPT: &str = r#"
trap '' HUP INT QUIT TERM
groups=
while read -r verb group; do
  rest=
  for other in $groups; do
    [ "$other" = "$group" ] || rest="$rest $other"
  done
  groups=$rest
  [ "$verb" = watch ] && groups="$groups $group"
done
[ -n "$groups" ] || exit 0
for group in $groups; do kill -TERM "-$group"; done
sleep 0.5
for group in $groups; do kill -KILL "-$group"; done
"#;

/// Ends the agents' process groups when this process ends without having done so, even by SIGKILL.
#[derive(Debug)]
pub struct Guardian {
    shell: Mutex<Shell>,
}

#[derive(Debug)]
struct Shell {
    child: Child,
    orders: ChildStdin,
}

impl Guardian {
    /// Starts the guardian, a `/bin/sh`.
    ///
    /// # Errors
    /// What the system says.
    pub fn start() -> io::Result<Self> {
        let mut child = Command::new("/bin/sh")
            .args(["-c", SCRIPT])
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()?;
        let orders = child.stdin.take().ok_or_else(|| io::Error::other("the guardian has no input"))?;
        Ok(Self { shell: Mutex::new(Shell { child, orders }) })
    }

    pub(super) fn watch(&self, group: Pid) -> io::Result<()> {
        self.order("watch", group)
    }

    /// Forgets a group that has ended, since its number may be given to another one.
    pub(super) fn forget(&self, group: Pid) -> io::Result<()> {
        self.order("forget", group)
    }

    fn order(&self, verb: &str, group: Pid) -> io::Result<()> {
        let mut shell = self.shell.lock().unwrap_or_else(PoisonError::into_inner);
        // One write, so that an order is never read in half.
        shell.orders.write_all(format!("{verb} {}\n", group.as_raw_nonzero()).as_bytes())
    }
}

impl Drop for Guardian {
    fn drop(&mut self) {
        // Every group is ended by its own `Drop` before; the shell need not look again.
        let shell = self.shell.get_mut().unwrap_or_else(PoisonError::into_inner);
        let _ = shell.child.kill();
        let _ = shell.child.wait();
    }
}
