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

    /// As an ordinary user: where the tests run as root, as nobody, who may go into the folder.
    #[cfg(unix)]
    pub fn run_as_nobody(&self, arguments: &[&str]) -> Run {
        use std::os::unix::fs::PermissionsExt;
        use std::os::unix::process::CommandExt;
        if !Self::is_root() {
            return self.run(arguments);
        }
        fs::set_permissions(self.path(""), fs::Permissions::from_mode(0o755)).unwrap();
        // Nobody may not go to where the program was built.
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let program = folder.path().join("officedir");
        fs::copy(env!("CARGO_BIN_EXE_officedir"), &program).unwrap();
        let mut command = Command::new(&program);
        command.args(arguments).current_dir(self.folder.path()).uid(65_534).gid(65_534);
        Run::new(command.output().unwrap())
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
