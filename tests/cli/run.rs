use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder of its own with a directory file in it, and the command to run there.
pub struct Bench {
    folder: tempfile::TempDir,
}

impl Bench {
    /// With a copy of `directory.json`.
    pub fn new() -> Self {
        Self::with(include_str!("../../directory.json"))
    }

    /// With that text as `directory.json`.
    pub fn with(directory: impl AsRef<[u8]>) -> Self {
        let bench = Bench { folder: tempfile::tempdir().unwrap() };
        fs::write(bench.path("directory.json"), directory).unwrap();
        bench
    }

    pub fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_officedir"));
        command.args(arguments).current_dir(self.folder.path());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Run {
        Run::new(self.command(arguments).output().unwrap())
    }

    /// Whether the tests run as root.
    #[cfg(unix)]
    pub fn is_root() -> bool {
        use std::os::unix::fs::MetadataExt;
        tempfile::tempfile().unwrap().metadata().unwrap().uid() == 0
    }

    /// As an ordinary user: where the tests run as root, as nobody, who has the folder from then on.
    #[cfg(unix)]
    pub fn run_as_nobody(&self, arguments: &[&str]) -> Run {
        self.shell_as_nobody("exec \"$0\" \"$@\"", arguments)
    }

    /// A shell script as an ordinary user, with the program as `$0`. Whatever is said of `/dev` in a test is said
    /// in here: root could lose the machine's devices by a mistake that the test is there to find.
    #[cfg(unix)]
    pub fn shell_as_nobody(&self, script: &str, arguments: &[&str]) -> Run {
        use std::os::unix::fs::{PermissionsExt, chown};
        use std::os::unix::process::CommandExt;
        const NOBODY: u32 = 65_534;
        let (mut program, folder) =
            (PathBuf::from(env!("CARGO_BIN_EXE_officedir")), tempfile::tempdir().unwrap());
        let mut command = Command::new("sh");
        if Self::is_root() {
            let here = fs::read_dir(self.path("")).unwrap().map(|entry| entry.unwrap().path());
            here.chain([self.path("")])
                .filter(|path| !path.is_symlink())
                .for_each(|path| chown(path, Some(NOBODY), Some(NOBODY)).unwrap());
            // Nobody may not go to where the program was built.
            fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
            let copy = folder.path().join("officedir");
            // Not by ourselves: another test could start a program while we have the copy open for writing,
            // and what is open for writing cannot be run.
            assert!(Command::new("cp").arg(program).arg(&copy).status().unwrap().success());
            program = copy;
            command.uid(NOBODY).gid(NOBODY);
        }
        command.args(["-c", script]).arg(program).args(arguments);
        Run::new(command.current_dir(self.folder.path()).output().unwrap())
    }

    /// Names and contents of the files in a folder, in order.
    pub fn files(&self, folder: &str) -> Vec<(String, Vec<u8>)> {
        let Ok(entries) = fs::read_dir(self.path(folder)) else { return Vec::new() };
        let mut files: Vec<_> = entries
            .map(|entry| entry.unwrap())
            .map(|it| {
                (it.file_name().into_string().unwrap(), fs::read(it.path()).unwrap_or_default())
            })
            .collect();
        files.sort();
        files
    }
}

pub struct Run(Output);

impl Run {
    pub fn new(output: Output) -> Self {
        Run(output)
    }

    pub fn code(&self) -> i32 {
        self.0.status.code().expect("the program was not killed")
    }

    pub fn stdout(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).unwrap()
    }

    pub fn stderr(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).unwrap()
    }

    /// Asserts the exit code and that each text is said on either stream.
    #[track_caller]
    pub fn says(&self, code: i32, texts: &[&str]) {
        let said = format!("{}{}", self.stdout(), self.stderr());
        assert!(!said.contains("panicked"), "{said}");
        assert_eq!(self.code(), code, "{said}");
        for text in texts {
            assert!(said.contains(text), "{text:?} is not in:\n{said}");
        }
    }
}
