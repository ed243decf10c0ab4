"""Writes the reports of every case and validates them, offline; GitLab's are left for TypeScript as gitlab.ts."""

import json
import pathlib
import socket
import subprocess
import sys

import jsonschema
from lxml import etree


def offline(*_arguments, **_options):
    raise OSError("a schema must not be fetched")


socket.socket = socket.create_connection = offline

program, cases, out = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
packages = out / "packages"
sarif_schema = json.loads(
    (packages / "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json").read_text()
)
sarif = jsonschema.validators.validator_for(sarif_schema)(sarif_schema)
(xsd,) = packages.glob("pytest-*/testing/example_scripts/junit-10.xsd")
junit = etree.XMLSchema(etree.parse(xsd))

gitlab_schema = json.loads(pathlib.Path(__file__).with_name("gitlab.schema.json").read_text())
quality = jsonschema.Draft202012Validator(gitlab_schema)

gitlab, results = [], 0
files = [*sorted(cases.glob("*/*.json")), pathlib.Path("directory.json").resolve()]
for case in files:
    names = {name: out / f"report.{name}" for name in ("sarif", "junit", "gitlab")}
    outputs = [f"--output-format={name}={path}" for name, path in names.items()]
    run = subprocess.run([program, "validate", case.name, *outputs], cwd=case.parent, capture_output=True)
    assert run.returncode in (0, 1), (case, run.stderr)
    report = json.loads(names["sarif"].read_text())
    errors = [f"{error.json_path}: {error.message}" for error in sarif.iter_errors(report)]
    assert not errors, (case, errors)
    junit.assertValid(etree.parse(names["junit"]))
    issues = json.loads(names["gitlab"].read_text())
    errors = [f"{error.json_path}: {error.message}" for error in quality.iter_errors(issues)]
    assert not errors, (case, errors)
    fingerprints = [issue["fingerprint"] for issue in issues]
    assert len(set(fingerprints)) == len(fingerprints), case
    found = report["runs"][0]["results"]
    assert len(found) == len(issues), case
    text = case.read_bytes().decode("utf-8", "replace").split("\n")
    for result in found:
        region = result["locations"][0]["physicalLocation"]["region"]
        if result["ruleId"].startswith("config/") or region["startLine"] > len(text):
            continue
        # Columns count UTF-16 code units: none lies behind the line's end.
        line = text[region["startLine"] - 1].encode("utf-16-le")
        assert region["startColumn"] <= len(line) // 2 + 1, (case, region)
    gitlab += issues
    results += len(found)
# All of them at once, as a repository with several directories has them.
names = {name: out / f"all.{name}" for name in ("sarif", "junit", "gitlab")}
outputs = [f"--output-format={name}={path}" for name, path in names.items()]
run = subprocess.run([program, "validate", *files, *outputs], capture_output=True)
assert run.returncode == 1, run.stderr
errors = [error.message for error in sarif.iter_errors(json.loads(names["sarif"].read_text()))]
assert not errors, errors
junit.assertValid(etree.parse(names["junit"]))
suites = etree.parse(names["junit"]).findall("testsuite")
assert len(suites) == len(files), len(suites)
issues = json.loads(names["gitlab"].read_text())
assert not list(quality.iter_errors(issues))
assert len({issue["fingerprint"] for issue in issues}) == len(issues) > 100
source = f"import type {{ Issue }} from 'codeclimate-types'\nexport const issues: Issue[] = {json.dumps(gitlab)}\n"
(out / "gitlab.ts").write_text(source)
print(f"{len(files)} directories, {results} findings: SARIF, JUnit and GitLab's are valid")
