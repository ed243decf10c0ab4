"""Runs the hooks of pre-commit and the steps of the action on small repositories."""

import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

import yaml

out, program = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
root = pathlib.Path.cwd()
pre_commit = pathlib.Path(sys.executable).with_name("pre-commit")
directory = (root / "directory.json").read_text()
BROKEN = directory.replace('"kind": "office"', '"kind": "ofice"', 1)
MEMBERS = json.loads(directory)
assert BROKEN != directory

git_settings = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_CONFIG_GLOBAL": os.devnull}
git_settings |= {name.replace("AUTHOR", "COMMITTER"): value for name, value in git_settings.items()}
environment = os.environ | git_settings | {"PATH": f"{program.parent}:{os.environ['PATH']}"}


def run(command, folder, expected, **more):
    """Runs a command; what it says."""
    done = subprocess.run(command, cwd=folder, env=environment | more, text=True, capture_output=True)
    said = done.stdout + done.stderr
    assert done.returncode == expected, (command, done.returncode, said)
    return said


def repository(name, files, hooks=()):
    """A repository with those files staged, and a configuration of those hooks."""
    folder = out / name
    shutil.rmtree(folder, ignore_errors=True)
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    config = {"repos": [{"repo": "local", "hooks": list(hooks)}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    run(["git", "init", "-q"], folder, 0)
    run(["git", "add", "."], folder, 0)
    return folder


manifest = yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text())
hooks = [hook | {"language": "system"} for hook in manifest]
assert [hook["language"] for hook in manifest] == ["rust", "rust"]

folder = repository("clean", {"directory.json": directory, "README.md": "x\n"}, hooks)
said = run([pre_commit, "run"], folder, 0)
assert re.search(r"officedir validate\.+Passed", said) and re.search(r"officedir fmt\.+Passed", said), said

folder = repository("broken", {"directory.json": BROKEN}, hooks)
said = run([pre_commit, "run", "officedir-validate"], folder, 1)
assert 'did you mean "office"?' in said and "directory.json:" in said, said
run([pre_commit, "install"], folder, 0)
said = run(["git", "commit", "-qm", "x"], folder, 1)
assert 'did you mean "office"?' in said, said

folder = repository("disorderly", {"directory.json": json.dumps(MEMBERS)}, hooks)
said = run([pre_commit, "run", "officedir-fmt"], folder, 1)
assert "files were modified by this hook" in said, said
assert (folder / "directory.json").read_text() == directory
run(["git", "add", "."], folder, 0)
run([pre_commit, "run"], folder, 0)

# A commit that has nothing to do with the directory runs nothing, one of the configuration checks it.
folder = repository("elsewhere", {"README.md": "x\n"}, hooks)
assert "no files to check" in run([pre_commit, "run"], folder, 0)
suppression = '[[suppress]]\nrule = "note/doubtfull"\noffice = "x"\nreason = "x"\n'
folder = repository("configuration", {"directory.json": directory, "officedir.toml": suppression}, hooks)
run(["git", "commit", "-qm", "x", "--", "directory.json"], folder, 0)
assert "note/doubtful" in run([pre_commit, "run"], folder, 1)

# Directories by other names, one hook each.
named = [hooks[0] | {"args": [f"{name}/offices.json"], "files": rf"^{name}/offices\.json$"} for name in "ab"]
folder = repository("named", {"a/offices.json": directory, "b/offices.json": BROKEN}, named)
said = run([pre_commit, "run"], folder, 1)
assert "b/offices.json:" in said and "a/offices.json:" not in said, said
print("pre-commit: 6 repositories, the hooks pass, fail and correct as they should")

action = yaml.safe_load((root / "action.yml").read_text())
defaults = {name: str(value["default"]) for name, value in action["inputs"].items()}
shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail"]


def release(name, checksum=None):
    """A release with the program for this machine; gives its address."""
    version = re.search(r'^version = "(.*)"$', (root / "Cargo.toml").read_text(), re.M)[1]
    folder = out / name / f"v{version}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    archive = f"officedir-{version}-{os.uname().machine}-unknown-linux-musl.tar.gz"
    run(["tar", "czf", folder / archive, "-C", program.parent, program.name], root, 0)
    checksum = checksum or hashlib.sha256((folder / archive).read_bytes()).hexdigest()
    (folder / "SHA256SUMS").write_text(f"{checksum}  {archive}\n")
    return (out / name).as_uri()


def steps(name, files, expected, releases, **inputs):
    """Runs the steps of the action with those inputs, as a runner does; what they say and the report."""
    shutil.rmtree(out / "runner", ignore_errors=True)
    folder = repository(name, files)
    known = {f"inputs.{key}": value for key, value in (defaults | inputs).items()}
    known |= {"github.action_path": str(root), "github.action_repository": "owner/officedir"}
    said = ""
    for number, step in enumerate(action["runs"]["steps"]):
        assert step["shell"] == "bash"
        evaluate = lambda text: re.sub(r"\$\{\{ *([\w.]+) *\}\}", lambda it: known[it[1]], text)
        given = {key: evaluate(value) for key, value in step.get("env", {}).items()}
        script = out / "step.sh"
        # An expression within the script would be pasted in, whatever it holds.
        assert "${{" not in step["run"], step["run"]
        script.write_text(f"#!/usr/bin/env bash\n{step['run']}")
        run(["shellcheck", "--severity=style", script], root, 0)
        is_last = number + 1 == len(action["runs"]["steps"])
        given |= {"RUNNER_TEMP": str(out / "runner"), "OFFICEDIR_RELEASES": releases}
        said += run([*shell, script], folder, expected if is_last else 0, **given)
    report = folder / evaluate(action["outputs"]["sarif"]["value"])
    return said, json.loads(report.read_text())["runs"][0]["results"]


good = release("release")
said, results = steps("action clean", {"directory.json": directory}, 0, good)
assert "built from source" not in said and ": OK" in said, said
assert all(it["level"] == "warning" for it in results) and results, results
assert said.count("::warning file=directory.json,line=") == len(results), said
said, results = steps("action strict", {"directory.json": directory}, 1, good, strict="true")
assert all(it["level"] == "error" for it in results), results
name = "the offices; $(exit 3).json"
said, results = steps("action broken", {name: BROKEN, "b.json": directory}, 1, good, file=f"{name}\nb.json\n", sarif="a report.sarif")
assert any("did you mean" in it["message"]["text"] for it in results), results
assert "::error file=the offices; $(exit 3).json,line=" in said, said
assert "::warning file=b.json,line=" in said, said
# A program that is not the released one is not run, and what cannot be downloaded is built.
try:
    steps("action forged", {"directory.json": directory}, 0, release("forged", "0" * 64))
    raise SystemExit("a wrong checksum is taken")
except AssertionError as error:
    assert "FAILED" in str(error) and not (out / "runner/officedir/bin/officedir").exists(), error
said, results = steps("action source", {"directory.json": directory}, 0, (out / "none").as_uri())
assert "built from source" in said and results, said
print("action: the steps pass, fail and report as they should")
