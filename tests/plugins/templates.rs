//! Templates: the shipped examples, and what a template may not do.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use super::golden_files;
use super::run::Bench;

const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/templates");

/// An office with everything that means something to one of the formats.
const HARD: &str = r##"{
  "organization": {"name": "A&B"},
  "regions": [{"id": "here", "name": "50% \"Here\""}],
  "offices": [
    {
      "id": "hard-office", "name": "<Hard> {Office} #1_$ `id`", "kind": "office", "region": "here",
      "addresses": [{"uses": ["postal"], "address_lines": ["*Star* [street] ~ \\x"], "locality": "Ünder^", "country": "DE"}],
      "emails": ["a@example.org", "b@example.org"],
      "websites": [{"url": "https://example.org/?a=1&b=2"}]
    },
    {"id": "empty-office", "name": "Empty", "kind": "office"}
  ]
}"##;

fn rendered(bench: &Bench, template: &str) -> String {
    let target = format!("template:file={EXAMPLES}/{template}");
    let run = bench.run(&["export", "--to", &target, "--out", "-"]);
    run.says(0, &[]);
    run.stdout()
}

/// Every example over the hard directory, as it stands in the golden file beside this test.
#[test]
fn the_examples_escape_everything() {
    let bench = Bench::with(HARD);
    let mut all = String::new();
    let names = [
        "aliases.mutt.j2",
        "letters.tex.j2",
        "offices.org.j2",
        "offices.txt.j2",
        "offices.yaml.j2",
    ];
    for name in names {
        all.push_str(&format!("==== {name}\n{}", rendered(&bench, name)));
    }
    let target = format!("template:file={EXAMPLES}/card.html.j2,name=cards/{{id}}.html");
    bench.run(&["export", "--to", &target]).says(0, &["out/cards/hard-office.html"]);
    for id in ["hard-office", "empty-office"] {
        let card = fs::read_to_string(bench.path(format!("out/cards/{id}.html"))).unwrap();
        all.push_str(&format!("==== card.html.j2: {id}\n{card}"));
    }
    golden_files::check("tests/plugins/templates.txt", "--test plugins templates", &all);
}

#[test]
fn the_examples_take_every_office() {
    let bench = Bench::new();
    for (name, mark, count) in [
        ("letters.tex.j2", "\\begin{letter}", 15),
        ("offices.org.j2", "\n** ", 15),
        ("offices.txt.j2", "\n", 15),
        ("offices.yaml.j2", "\n  - id: ", 15),
    ] {
        assert_eq!(rendered(&bench, name).matches(mark).count(), count, "{name}");
    }
}

#[test]
fn the_context_is_what_a_template_sees() {
    let bench = Bench::with(HARD);
    let json = |arguments: &[&str]| -> serde_json::Value {
        let run = bench.run(arguments);
        run.says(0, &[]);
        serde_json::from_str(&run.stdout()).unwrap()
    };
    let all = json(&["context"]);
    assert_eq!(all["offices"][0]["full_name"], "A&B <Hard> {Office} #1_$ `id`");
    let one = json(&["context", "empty-office"]);
    assert_eq!(one["office"]["id"], "empty-office");
    assert_eq!(one["office"]["time_zone"], serde_json::Value::Null);
    assert_eq!(one["office"]["phones"], serde_json::json!([]));
    bench.run(&["context", "empty-ofice"]).says(2, &["did you mean \"empty-office\"?"]);
    let every_member =
        "{% for key in office %}{% if office[key] is undefined %}no{% endif %}{% endfor %}";
    fs::write(bench.path("t.j2"), every_member).unwrap();
    bench.run(&["export", "--to", "template:file=t.j2,name={id}.txt"]).says(0, &[]);
}

/// A template that must not be rendered, in one file and in one for each office.
#[track_caller]
#[test]
fn own_members_are_there_for_every_office_that_could_have_them() {
    let bench = Bench::with(
        r#"{
        "organization": {"name": "A", "x_code": 7},
        "regions": [{"id": "r", "name": "R", "x_budget": 1.5}, {"id": "s", "name": "S"}],
        "offices": [
          {"id": "a", "name": "A", "kind": "office", "x_cost_center": "0042", "phones": [
            {"type": "voice", "number": "+4922897629900", "label": "Visas", "x_desk": {"row": 3}},
            {"type": "voice", "number": "+4922897629901"}]},
          {"id": "b", "name": "B", "kind": "office", "emails": [{"address": "b@example.org", "label": "Press"}]}]
        }"#,
    );
    let template = "{{ organization.x_code }} {% for it in regions %}{{ it.x_budget }};{% endfor %}\n\
                    {% for office in offices %}{{ office.kind_name }} {{ office.x_cost_center }}\
                    {% for it in office.phones %} {{ it.label }} {{ it.x_desk.row if it.x_desk }}{% endfor %}\
                    {{ office.email_addresses | join }}\n{% endfor %}";
    fs::write(bench.path("t.txt.j2"), template).unwrap();
    let run = bench.run(&["export", "--to", "template:file=t.txt.j2", "--out", "-"]);
    run.says(0, &[]);
    assert_eq!(run.stdout(), "7 1.5;;Office 0042 Visas 3  \nOffice b@example.org\n");
}

fn refused(template: &str, texts: &[&str]) {
    refused_in(&Bench::new(), template, texts);
}

#[track_caller]
fn refused_in(bench: &Bench, template: &str, texts: &[&str]) {
    bench.run(&["export"]).says(0, &[]);
    let before = bench.files("out");
    fs::create_dir_all(bench.path("t")).unwrap();
    fs::write(bench.path("t/bad.txt.j2"), template).unwrap();
    for target in ["template:file=t/bad.txt.j2", "template:file=t/bad.txt.j2,name={id}.txt"] {
        let texts = [&["template:t/bad.txt.j2: "], texts].concat();
        bench.run(&["export", "--to", "xml", "--to", target]).says(2, &texts);
        assert_eq!(bench.files("out"), before);
    }
}

#[test]
fn undefined_members() {
    refused("a\n{{ organization.nmae }}", &["bad.txt.j2:2: undefined value", "organization.nmae"]);
    refused("\n\n{{ headquartrs }}", &["bad.txt.j2:3: undefined value", "officedir context"]);
    refused("{% if organization.x %}{% endif %}", &["bad.txt.j2:1: undefined value"]);
    refused("{% for x in organization.x %}{% endfor %}", &["bad.txt.j2:1: undefined value"]);
    refused("{{ organization }}", &["bad.txt.j2:1: ", "a list or a map cannot be printed"]);
    refused("{{ 1|nofilter }}", &["bad.txt.j2:1: unknown filter", "nofilter"]);
}

#[test]
fn syntax() {
    refused("x\n{% for x in %}", &["bad.txt.j2:2: syntax error"]);
    refused("{% if true %}", &["bad.txt.j2:1: syntax error"]);
}

#[test]
fn endless_loops() {
    let nested = "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}";
    refused(nested, &["bad.txt.j2:1: engine ran out of fuel", "endless"]);
}

#[test]
fn a_gigabyte_of_output() {
    // Without optimisation, time may be over before the fuel is.
    let fuel = match cfg!(debug_assertions) {
        true => "bad.txt.j2:1: ",
        false => "bad.txt.j2:1: engine ran out of fuel",
    };
    refused("{% for i in range(99999) %}{{ 'x' * 99999 }}{% endfor %}", &[fuel]);
    refused("{% set x = 'x' * 99999999 %}{{ x }}{{ x }}{{ x }}", &[fuel]);
    refused(&format!("{{% set x = 'x' %}}{}", "{% set x = x ~ x %}".repeat(40)), &[fuel]);
    refused("{{ 'x' * 999999999 }}", &["bad.txt.j2:1: "]);
}

#[test]
fn recursion() {
    refused("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", &["bad.txt.j2:1: ", "recursion"]);
    refused("{% include 'bad.txt.j2' %}", &["bad.txt.j2:1: ", "recursion"]);
    refused("{% extends 'bad.txt.j2' %}", &["bad.txt.j2:1: "]);
    let deep = format!("{}1{}", "(".repeat(100_000), ")".repeat(100_000));
    refused(&format!("{{{{ {deep} }}}}"), &["bad.txt.j2:1: ", "more than 500 operators"]);
}

#[test]
fn files_elsewhere() {
    let bench = Bench::new();
    fs::create_dir_all(bench.path("t")).unwrap();
    fs::write(bench.path("secret.txt"), "secret").unwrap();
    symlink(bench.path("secret.txt"), bench.path("t/link.txt")).unwrap();
    symlink("/", bench.path("t/root")).unwrap();
    Command::new("mkfifo").arg(bench.path("t/pipe.txt")).status().unwrap();
    let outside = "leads out of the template's folder";
    for (name, text) in [
        ("nowhere.txt", "template not found"),
        ("link.txt", outside),
        ("root/etc/hostname", outside),
        ("../secret.txt", outside),
        ("/etc/hostname", outside),
        ("pipe.txt", "is not a file"),
        (".", "is not a file"),
    ] {
        refused_in(&bench, &format!("\n{{% include '{name}' %}}"), &["bad.txt.j2:2: ", name, text]);
    }
    for (target, text) in [
        ("template:file=t/nowhere.j2", "template not found"),
        ("template:file=n/nowhere.j2", "cannot read n: No such file"),
        ("template:file=t/link.txt", outside),
        ("template:file=t/pipe.txt", "is not a file"),
        ("template:file=t", "is not a file"),
        ("template:file=t/bad.txt.j2,name=../x", "the file name"),
        ("template:file=t/bad.txt.j2,escape=tx", "did you mean \"tex\"?"),
        ("template:name=x", "no template is named"),
        ("template", "no template is named"),
    ] {
        bench.run(&["export", "--to", target]).says(2, &["template", text]);
    }
}

#[test]
fn templates_of_the_configuration() {
    let bench = Bench::new();
    fs::create_dir(bench.path("t")).unwrap();
    fs::write(bench.path("t/one.md.j2"), "{% include 'part.j2' %}.\n").unwrap();
    fs::write(bench.path("t/part.j2"), "{{ office.full_name|upper }} {{ '*' }}").unwrap();
    let config = "[[writer]]\nname = \"one\"\ntemplate = \"t/one.md.j2\"\nfile = \"one/{id}.md\"\n\n\
                  [[target]]\nwriter = \"one\"\n\n[[target]]\nwriter = \"one\"\nfile = \"two/{id}.md\"\n";
    fs::write(bench.path("officedir.toml"), config).unwrap();
    bench.run(&["export"]).says(0, &["out/one/japan-office.md", "out/two/usa-office.md"]);
    let text = fs::read_to_string(bench.path("out/one/japan-office.md")).unwrap();
    assert_eq!(
        text, "ICLEI JAPAN OFFICE \\*.\n",
        "an included template escapes as the main one does"
    );
    bench.run(&["export", "--to", "one:fiel=x"]).says(2, &["unknown option \"fiel\"", "file"]);
    bench.run(&["export", "--to", "on"]).says(2, &["unknown writer \"on\""]);
}
