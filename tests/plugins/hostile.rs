//! Templates that would take all time, memory or stack: each ends soon, names its line, and changes nothing.

use std::fs;
use std::io::Read;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::run::Bench;

/// What a template may take until it has ended. The tests run at once and on slow machines, so that this is
/// more than a template takes by itself.
const TIME: Duration = Duration::from_secs(if cfg!(debug_assertions) { 60 } else { 20 });
const MEMORY: u64 = 256 << 20;

/// A value that holds another twice, sixty times over.
fn doubled(end: &str) -> String {
    let start = "{% set x = [1] %}{% set y = [1] %}";
    format!("\n{start}{}\n{end}", "{% set x = [x, x] %}{% set y = [y, y] %}".repeat(60))
}

/// A value that grows by a step, in a loop.
fn grown(start: &str, step: &str, count: usize, end: &str) -> String {
    format!(
        "\n{{% set ns = namespace(a={start}) %}}{{% for i in range({count}) %}}\n\
         {{% set ns.a = {step} %}}\n{{% endfor %}}\n{end}"
    )
}

/// The templates, with the line that they fail at and what is said.
fn templates() -> Vec<(&'static str, String, usize, &'static str)> {
    let chain = |link: &str| format!("\n\n{{{{ 1{} }}}}", link.repeat(8_000));
    let words = |word: &str| format!("\n\n{{{{ {}1 }}}}", word.repeat(8_000));
    let branches = format!("{{% if a %}}\n{}{{% endif %}}", "{% elif b %}".repeat(8_000));
    let times = |step: &str| format!("\n{{% set x = 'x' %}}\n{}", step.repeat(60));
    let macros = "{% macro m(x, n) %}{% if n %}\n{{ m(x + x + x + x, n - 1) }}{% else %}\n\
                  {{ x|length }}{% endif %}{% endmacro %}\n{{ m([1], 20) }}";
    let (deep, long, much) =
        ("more than 100 lists", "more than 500 operators", "it takes more than ");
    // Without optimisation, time may be over before the fuel is.
    let fuel = if cfg!(debug_assertions) { "" } else { "out of fuel" };
    vec![
        ("sums of lists", grown("[1]", "ns.a + ns.a", 60, "{{ ns.a|length }}"), 3, much),
        ("sums of lists by macros", macros.into(), 2, much),
        (
            "a sum of constants",
            format!("\n\n{{{{ [1] * 9999999{} }}}}", " + [1]".repeat(40)),
            3,
            much,
        ),
        ("a deep list as JSON", grown("[]", "[ns.a]", 40_000, "{{ ns.a|tojson }}"), 5, deep),
        ("a deep list as text", grown("[]", "[ns.a]", 40_000, "{{ ns.a|string }}"), 5, deep),
        ("a deep list in a key", grown("[]", "[ns.a]", 40_000, "{{ {ns.a: 1}|tojson }}"), 5, ""),
        ("branches", branches, 2, "more than 1000 elif"),
        ("additions", chain("+1"), 3, long),
        ("filters", chain("|string"), 3, long),
        ("members", chain(".a"), 3, long),
        ("negations", words("not "), 3, long),
        ("signs", words("-"), 3, long),
        ("brackets", words("("), 3, long),
        ("conditions", words("1 if 2 else "), 3, long),
        ("twice as JSON", doubled("{{ x|tojson }}"), 3, fuel),
        ("twice as a text", doubled("{{ (x ~ 'a')|length }}"), 3, much),
        ("twice compared", doubled("{{ x == y }}"), 3, much),
        ("twice sorted", doubled("{{ [x, y]|sort|length }}"), 3, much),
        ("twice searched", doubled("{{ x in [y] }}"), 3, much),
        ("twice as an address", doubled("{{ x|postal_lines }}"), 3, fuel),
        ("chains of lists", grown("[1]", "ns.a|chain(ns.a)|list", 60, ""), 3, ""),
        ("texts of texts", times("{% set x = x ~ x %}"), 3, ""),
        ("replacements", times("{% set x = x|replace('x', 'xx') %}"), 3, ""),
        ("indented JSON", "\n{{ [1]|tojson(indent=999999999) }}".into(), 2, ""),
        (
            "ranges",
            "\n{% for i in range(99999) %}{% for j in range(99999) %}\n{% endfor %}{% endfor %}"
                .into(),
            2,
            fuel,
        ),
    ]
}

/// The most memory that a process has had, so far.
fn peak(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|it| it.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) * 1024
}

#[test]
#[allow(clippy::print_stdout, reason = "what each has taken, with --nocapture")]
fn end_soon_with_their_line() {
    let bench = Bench::new();
    bench.run(&["export"]).says(0, &[]);
    let before = bench.files("out");
    for (number, (name, template, line, why)) in templates().into_iter().enumerate() {
        fs::write(bench.path("bad.txt.j2"), template).unwrap();
        let targets = ["template:file=bad.txt.j2", "template:file=bad.txt.j2,name={id}.txt"];
        // Both ways for every third: those that end by their time have a lot of it.
        let count = if number % 3 == 0 { 2 } else { 1 };
        for target in targets.into_iter().cycle().skip(number % 2).take(count) {
            let began = Instant::now();
            let mut command = bench.command(&["export", "--to", "xml", "--to", target]);
            command.stdout(Stdio::null()).stderr(Stdio::piped());
            let mut child = command.spawn().unwrap();
            let mut most = 0;
            let status = loop {
                most = most.max(peak(child.id()));
                match child.try_wait().unwrap() {
                    Some(status) => break status,
                    None => std::thread::sleep(Duration::from_millis(2)),
                }
                assert!(began.elapsed() < TIME, "{name} takes too long");
            };
            let mut said = String::new();
            child.stderr.unwrap().read_to_string(&mut said).unwrap();
            println!("{name}: {:.1?}, {} MiB: {}", began.elapsed(), most >> 20, said.trim_end());
            assert_eq!(status.code(), Some(2), "{name}: {said}");
            let place = format!("bad.txt.j2:{line}: ");
            assert!(said.contains(&place) && said.contains(why), "{name}: {place}, {why}: {said}");
            assert!(most < MEMORY, "{name} takes {} MiB", most >> 20);
            assert_eq!(bench.files("out"), before, "{name}");
        }
    }
}

/// A deep value that is only dropped, in every way that a template can end with one.
#[test]
fn deep_values_are_dropped() {
    let bench = Bench::new();
    for (step, end, code) in [
        ("[ns.a]", "x", 0),
        ("[ns.a]", "{{ ns.a.b.c }}", 2),
        (
            "[ns.a]",
            "{% for i in range(99999) %}{% for j in range(99) %}{% endfor %}{% endfor %}",
            2,
        ),
    ] {
        fs::write(bench.path("bad.txt.j2"), grown("[]", step, 30_000, end)).unwrap();
        for target in ["template:file=bad.txt.j2", "template:file=bad.txt.j2,name=a/{id}.txt"] {
            let run = bench.run(&["export", "--to", target]);
            run.says(code, &[if code == 0 { "wrote" } else { "bad.txt.j2:5: " }]);
        }
    }
}
