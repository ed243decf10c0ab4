//! Findings as people are shown them by commands other than `validate`, and the paths of files in reports.

use std::cell::OnceCell;
use std::path::{Component, Path, PathBuf};

use officedir::check::RULES;
use officedir::finding::show::{FORMATS, FindingReport, ReportFormat, ReportedFile, SourceLines};
use officedir::finding::{Finding, OmittedCounts};

/// Findings for people, without the numbers.
pub(super) fn text(
    path: &Path,
    lines: SourceLines,
    findings: &[Finding],
    omitted: &OmittedCounts,
) -> String {
    let path = shown_path(path);
    let report = FindingReport {
        rules: RULES,
        directory: ReportedFile { path: &path, lines },
        config: None,
        findings,
        omitted,
        offices: 0,
        suppressed: 0,
        most: MOST,
        color: super::color::color(&std::io::stderr()),
    };
    // The first format is the one for people.
    (FORMATS[0].render)(&[report])
}

/// The same of a file that is no JSON.
pub(super) fn broken(path: &Path, bytes: &[u8], findings: &[Finding]) -> String {
    text(path, SourceLines::new(bytes, findings), findings, &OmittedCounts::default())
}

/// Findings that people are shown unless they ask for more.
pub(super) const MOST: usize = 100;

/// The path from where the program runs, where the file is below.
pub(super) fn shown_path(path: &Path) -> String {
    // Without a folder to run in, the path stays as it was given.
    let here = std::env::current_dir().unwrap_or_default();
    // Editors and CI servers join the path with the folder of the run.
    let path = path.strip_prefix(&here).unwrap_or(path);
    path.strip_prefix(".").unwrap_or(path).display().to_string()
}

/// The paths of the directory and of its configuration in reports.
pub(super) struct ReportPaths {
    /// As they are named.
    files: [PathBuf; 2],
    /// From where the program runs.
    shown: [String; 2],
    /// From the root of the repository, which only a format for CI has looked for.
    from_root: OnceCell<[String; 2]>,
}

impl ReportPaths {
    pub(super) fn new(directory: &Path, config: &Path) -> Self {
        let both = [directory, config];
        let files = both.map(Path::to_owned);
        ReportPaths { files, shown: both.map(shown_path), from_root: OnceCell::new() }
    }

    /// Puts the paths into a report that the format's readers know the files by.
    fn name<'r>(&'r self, format: &ReportFormat, report: &mut FindingReport<'r>) {
        let from_root = || self.files.each_ref().map(|file| path_from_root(file));
        let [directory, config] = match format.from_root {
            true => self.from_root.get_or_init(from_root),
            false => &self.shown,
        };
        report.directory.path = directory;
        report.config.iter_mut().for_each(|file| file.path = config);
    }
}

/// Renders the reports with the paths that the format's readers know the files by.
pub(super) fn render<'r>(
    format: &ReportFormat,
    paths: &'r [ReportPaths],
    reports: &mut [FindingReport<'r>],
) -> String {
    paths.iter().zip(&mut *reports).for_each(|(paths, report)| paths.name(format, report));
    (format.render)(reports)
}

/// The path from the root of the repository, with forward slashes, where the file is in one: what CI servers know it
/// by, from whichever folder the program runs. Else the path from there.
///
/// The root is what the CI server says it is, or the folder above with a `.git`: a folder, or in a worktree a file.
fn path_from_root(path: &Path) -> String {
    let from_root = || {
        if path.as_os_str() == "-" {
            return None;
        }
        // Of the file only the folder is resolved: a link in the repository is known by its own name.
        let (folder, name) = (path.parent()?, path.file_name()?);
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let file = folder.canonicalize().ok()?.join(name);
        let of_server = ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"]
            .into_iter()
            .filter_map(|name| PathBuf::from(std::env::var_os(name)?).canonicalize().ok());
        let with_git = file.ancestors().skip(1).filter(|it| it.join(".git").exists());
        let mut roots = of_server.chain(with_git.map(Path::to_owned));
        let names = roots.find_map(|root| file.strip_prefix(root).ok().map(Path::to_owned))?;
        let names = names.components().map(Component::as_os_str).map(|it| it.to_string_lossy());
        Some(names.collect::<Vec<_>>().join("/"))
    };
    from_root().unwrap_or_else(|| shown_path(path).replace(std::path::MAIN_SEPARATOR, "/"))
}
