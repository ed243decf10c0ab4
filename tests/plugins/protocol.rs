//! The protocol's page and its schema agree with each other and with what the host says.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use jsonschema::{Registry, Validator};
use officedir::writers::TORTURE;
use serde_json::{Value, json};

use super::run::{Bench, Run};

const PAGE: &str = include_str!("../../schema/writer-protocol.md");
const SCHEMA: &str = include_str!("../../schema/writer-protocol.schema.json");
const DIRECTORY: &str = include_str!("../../schema/directory.schema.json");

/// What tells whether a message is one of that side.
fn validator(side: &str) -> Validator {
    let registry = Registry::new()
        .add("json:///writer-protocol.schema.json", parse(SCHEMA))
        .unwrap()
        .add("json:///directory.schema.json", parse(DIRECTORY))
        .unwrap()
        .prepare()
        .unwrap();
    let schema = json!({"$ref": format!("json:///writer-protocol.schema.json#/$defs/{side}")});
    jsonschema::options().with_registry(&registry).build(&schema).unwrap()
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[track_caller]
fn assert_valid(validator: &Validator, line: &str) {
    if let Err(error) = validator.validate(&parse(line)) {
        panic!("{error} at {}: {line}", error.instance_path());
    }
}

#[test]
fn the_page_shows_messages_of_the_protocol() {
    let mut seen = [0; 2];
    for (side, prefix, at) in [("fromProgram", "program: ", 0), ("fromHost", "host:    ", 1)] {
        let validator = validator(side);
        for line in PAGE.lines().filter_map(|line| line.strip_prefix(prefix)) {
            assert_valid(&validator, line);
            seen[at] += 1;
        }
    }
    assert_eq!(seen, [4, 3]);
}

#[test]
fn the_host_says_what_the_schema_describes() {
    let bench = Bench::with(TORTURE);
    let said = bench.path("said.jsonl");
    let program = format!(
        "#!/bin/sh\necho '{{\"hello\":{{\"protocols\":[1],\"file\":\"x\",\"options\":[{{\"name\":\"a\"}}]}}}}'\n\
         cat > '{}'\necho '{{\"done\":{{\"offices\":11}}}}'\n",
        said.display()
    );
    let path = bench.path("officedir-writer-record");
    fs::write(&path, program).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    let folder = bench.path("").to_str().unwrap().to_owned();
    let mut command = bench.command(&["export", "--to", "ext:record,a=b\\,\"c"]);
    let search = format!("{folder}:{}", std::env::var("PATH").unwrap());
    Run::new(command.env("PATH", search).output().unwrap()).says(0, &[]);
    let validator = validator("fromHost");
    let said = fs::read_to_string(said).unwrap();
    assert_eq!(said.lines().count(), 13);
    for line in said.lines() {
        assert_valid(&validator, line);
    }
    let [first, second] = [0, 1].map(|at| parse(said.lines().nth(at).unwrap()));
    assert_eq!(first["begin"]["options"], json!({"a": "b,\"c"}));
    // The members that the page promises for every office.
    for member in [
        "full_name",
        "kind_name",
        "parent_name",
        "region_name",
        "labels",
        "postal_label",
        "email_addresses",
    ] {
        assert!(second["office"].get(member).is_some(), "{member}");
    }
}

#[test]
fn the_page_and_the_schema_name_every_member() {
    let schema = parse(SCHEMA);
    for (kind, message) in schema["$defs"].as_object().unwrap() {
        let properties = message["properties"].as_object().into_iter().flatten();
        for (member, _) in properties {
            assert!(PAGE.contains(&format!("`{member}`")), "{kind}: {member}");
        }
    }
    let office = &parse(DIRECTORY)["$defs"]["office"]["properties"];
    for member in office.as_object().unwrap().keys() {
        assert!(schema["$defs"]["office"]["properties"].get(member).is_some(), "{member}");
    }
}

#[test]
fn the_schema_refuses_what_the_host_refuses() {
    let validator = validator("fromProgram");
    for line in [
        r#"{"chunck":{"text":"x"}}"#,
        r#"{"chunk":{"txet":"x"}}"#,
        r#"{"chunk":{"text":"x","base64":""}}"#,
        r#"{"chunk":{}}"#,
        r#"{"chunk":{"text":"x","file":"../x"}}"#,
        r#"{"chunk":{"text":"x","file":"/etc/x"}}"#,
        r#"{"hello":{"file":"x"}}"#,
        r#"{"hello":{"protocols":[1],"file":"x","options":[{"name":"file"}]}}"#,
        r#"{"done":{"offices":-1}}"#,
        r#"{"finding":{"severity":"bad","message":"x"}}"#,
        r#"{"done":{"offices":1},"error":{"message":"x"}}"#,
    ] {
        assert!(!validator.is_valid(&parse(line)), "{line}");
    }
}
