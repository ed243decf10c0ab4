"""The recipe of docs/ci.md for pre-commit, as it stands there and without Rust: pre-commit installs the program from the
wheel, which stands in for the package on the index."""

import os
import pathlib
import re
import shutil
import subprocess
import sys

out, wheels = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
root = pathlib.Path.cwd()
page = (root / "docs/ci.md").read_text()
(recipe,) = [text for text in re.findall(r"```yaml\n(.*?)```", page, re.S) if "repo: local" in text]
directory = (root / "directory.json").read_text()
shutil.rmtree(out, ignore_errors=True)
environment = os.environ | {
    "PATH": f"{pathlib.Path(sys.executable).parent}:/usr/bin:/bin",
    "PIP_FIND_LINKS": str(wheels),
    "PRE_COMMIT_HOME": str(out / "cache"),
}
for name, text, code, said in [
    ("clean", directory, 0, "Passed"),
    ("broken", directory.replace('"kind": "office"', '"kind": "ofice"', 1), 1, 'did you mean "office"?'),
]:
    folder = out / name
    folder.mkdir(parents=True)
    (folder / ".pre-commit-config.yaml").write_text(recipe)
    (folder / "directory.json").write_text(text)
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "add", "."], cwd=folder, check=True)
    done = subprocess.run(["pre-commit", "run"], cwd=folder, env=environment, text=True, capture_output=True)
    assert done.returncode == code and said in done.stdout, (done.returncode, done.stdout, done.stderr)
print("pre-commit: the recipe installs the wheel, passes and fails")
