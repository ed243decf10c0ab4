//! A process together with everything that it starts, so that all of it can be ended: a process group on Unix, a
//! job object on Windows.

use std::io;
use std::process::{ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus};

#[cfg(windows)]
use process_wrap::std::{ChildWrapper, CommandWrap, CommandWrapper, JobObject};

/// The pipes of a process; one is `None` where it has none or they were taken before.
type Pipes = (Option<ChildStdin>, Option<ChildStdout>, Option<ChildStderr>);

/// A running process and what it has started.
#[derive(Debug)]
pub(super) struct ProcessGroup {
    /// The process that was started.
    #[cfg(not(windows))]
    leader: std::process::Child,
    /// The job, which answers for the process that was started.
    #[cfg(windows)]
    leader: Box<dyn ChildWrapper>,
}

#[cfg(not(windows))]
impl ProcessGroup {
    /// Starts the process in a group of its own, so that an interrupt at the terminal reaches us alone.
    pub(super) fn start(mut command: Command) -> io::Result<Self> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        Ok(ProcessGroup { leader: command.spawn()? })
    }

    /// The pipes of the process.
    pub(super) fn take_pipes(&mut self) -> Pipes {
        (self.leader.stdin.take(), self.leader.stdout.take(), self.leader.stderr.take())
    }

    /// Whether the process has ended. It is not reaped, so that its number stays its own.
    #[cfg(unix)]
    pub(super) fn has_exited(&mut self) -> bool {
        use rustix::process::{Pid, WaitId, WaitIdOptions, waitid};
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        let pid = WaitId::Pid(Pid::from_child(&self.leader));
        matches!(waitid(pid, options), Ok(Some(_)) | Err(_))
    }

    /// Whether the process has ended.
    #[cfg(not(unix))]
    pub(super) fn has_exited(&mut self) -> bool {
        !matches!(self.leader.try_wait(), Ok(None))
    }

    /// Ends the process and its group.
    pub(super) fn kill(&mut self) {
        // The group goes before its leader is reaped: until then its number is not another's.
        #[cfg(unix)]
        let _ = rustix::process::kill_process_group(
            rustix::process::Pid::from_child(&self.leader),
            rustix::process::Signal::KILL,
        );
        let _ = self.leader.kill();
    }

    /// Reaps the process.
    pub(super) fn wait(&mut self) -> Option<ExitStatus> {
        self.leader.wait().ok()
    }
}

/// The flags of a process in a job: it is put into the job before it runs, and an interrupt at the console
/// reaches us alone.
#[cfg(windows)]
#[derive(Debug)]
struct CreationFlags;

#[cfg(windows)]
impl CommandWrapper for CreationFlags {
    fn pre_spawn(&mut self, command: &mut Command, _: &CommandWrap) -> io::Result<()> {
        const CREATE_SUSPENDED: u32 = 0x4;
        const CREATE_NEW_PROCESS_GROUP: u32 = 0x200;
        let flags = CREATE_SUSPENDED | CREATE_NEW_PROCESS_GROUP;
        std::os::windows::process::CommandExt::creation_flags(command, flags);
        Ok(())
    }
}

#[cfg(windows)]
impl ProcessGroup {
    /// Starts the process in a job of its own.
    pub(super) fn start(command: Command) -> io::Result<Self> {
        let mut command = CommandWrap::from(command);
        // In this order: the job sets flags of its own, which ours take in.
        command.wrap(JobObject).wrap(CreationFlags);
        Ok(ProcessGroup { leader: command.spawn()? })
    }

    /// The pipes of the process.
    pub(super) fn take_pipes(&mut self) -> Pipes {
        let leader = &mut self.leader;
        (leader.stdin().take(), leader.stdout().take(), leader.stderr().take())
    }

    /// Whether the process has ended, whatever it has left behind.
    pub(super) fn has_exited(&mut self) -> bool {
        !matches!(self.leader.try_wait(), Ok(None))
    }

    /// Ends everything in the job.
    pub(super) fn kill(&mut self) {
        let _ = self.leader.start_kill();
    }

    /// The status of the process; the job is empty then.
    pub(super) fn wait(&mut self) -> Option<ExitStatus> {
        self.leader.wait().ok()
    }
}
