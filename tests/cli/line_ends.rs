//! Files whose line ends Git has changed: they are stale as before, and it is said that nothing else differs.

use std::fs;
use std::process::Command;

use super::run::Bench;

/// Every line end as a carriage return and a line feed.
fn with_returns(bytes: &[u8]) -> Vec<u8> {
    String::from_utf8(without_returns(bytes)).unwrap().replace('\n', "\r\n").into_bytes()
}

fn without_returns(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().copied().filter(|byte| *byte != b'\r').collect()
}

#[test]
fn of_exports() {
    let bench = Bench::new();
    let export = ["export", "--to", "vcard", "--to", "csv:dialect=full", "--to", "xml"];
    let check = [&export[..], &["--check"]].concat();
    bench.run(&export).says(0, &[]);
    for (name, changed) in [
        ("out/offices.vcf", without_returns as fn(&[u8]) -> Vec<u8>),
        ("out/offices.csv", without_returns),
        // Its cells have line feeds of their own.
        ("out/offices.csv", with_returns),
        ("out/offices.xml", with_returns),
    ] {
        let bytes = fs::read(bench.path(name)).unwrap();
        fs::write(bench.path(name), changed(&bytes)).unwrap();
        let line = format!("stale: {name}, where only line ends differ");
        bench.run(&check).says(1, &[&line, "add \"out/** -text\" to .gitattributes"]);
        let mut other = changed(&bytes);
        let last = other.iter().rposition(|byte| byte.is_ascii_lowercase()).unwrap();
        other[last] ^= 1;
        fs::write(bench.path(name), other).unwrap();
        let run = bench.run(&check);
        run.says(1, &[&format!("stale: {name}\n")]);
        assert!(!run.stdout().contains("line ends"), "{}", run.stdout());
        fs::write(bench.path(name), bytes).unwrap();
    }
    bench.run(&check).says(0, &[]);
}

#[test]
fn of_the_directory() {
    let bench = Bench::new();
    bench.run(&["fmt"]).says(0, &[]);
    let bytes = fs::read(bench.path("directory.json")).unwrap();
    fs::write(bench.path("directory.json"), with_returns(&bytes)).unwrap();
    let said = ["only line ends differ", "add \"directory.json text eol=lf\" to .gitattributes"];
    bench.run(&["fmt", "--check"]).says(1, &said);
    // Two matters at once are not told apart.
    let text = String::from_utf8(with_returns(&bytes)).unwrap().replacen("  ", " ", 1);
    fs::write(bench.path("directory.json"), text).unwrap();
    let run = bench.run(&["fmt", "--check"]);
    run.says(1, &["would reformat: directory.json"]);
    assert!(!run.stdout().contains("line ends"), "{}", run.stdout());
    bench.run(&["fmt"]).says(0, &[]);
    assert_eq!(fs::read(bench.path("directory.json")).unwrap(), bytes);
}

/// Git as people have it who let it change line ends.
#[test]
fn stay_with_the_attributes_of_init() {
    let bench = Bench::new();
    bench.run(&["init", "a"]).says(0, &[]);
    let git = |folder: &str, arguments: &[&str]| {
        let config = ["-c", "core.autocrlf=true", "-c", "user.name=a", "-c", "user.email=a@b.org"];
        let mut command = Command::new("git");
        command.args(config).args(arguments).current_dir(bench.path(folder));
        command.output().is_ok_and(|output| output.status.success())
    };
    assert!(git("a", &["init", "-q"]), "git is needed");
    let run = |folder: &str, arguments: &[&str]| {
        let mut command = bench.command(arguments);
        command.current_dir(bench.path(folder));
        super::run::Run::new(command.output().unwrap())
    };
    let all =
        ["export", "--to", "vcard", "--to", "csv", "--to", "xml", "--to", "html", "--to", "ldif"];
    run("a", &["fmt"]).says(0, &[]);
    run("a", &all).says(0, &[]);
    assert!(git("a", &["add", "-A"]) && git("a", &["commit", "-qm", "a"]));
    assert!(git(".", &["clone", "-q", "a", "b"]));
    run("b", &["fmt", "--check"]).says(0, &[]);
    run("b", &[&all[..], &["--check"]].concat()).says(0, &[]);
}
