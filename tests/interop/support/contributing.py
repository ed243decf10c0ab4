"""Carries out the worked examples of CONTRIBUTING.md in a copy of the project.

    contributing.py PAGE COPY

Blocks of the page are taken in their order. One behind "Create `FILE`:" becomes that file; a `diff` block changes the
one file in which its lines stand; a `console` block has commands behind "$ ", each with lines that its output must
hold, and must fail where one of these begins with "error" or says FAILED. Changes of `src/` are made before the first
command, so that the program is built once.
"""
import os
import re
import subprocess
import sys
from pathlib import Path

page, copy = Path(sys.argv[1]), Path(sys.argv[2])
BLOCK = re.compile(r"(?:Create `(?P<file>[^`]+)`:\n\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.M | re.S)


def sources():
    names = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True).stdout
    suffixes = (".rs", ".md", ".toml")
    return [copy / name for name in names.splitlines() if name.endswith(suffixes)]


def change(text):
    """The file that a diff changes, and its new text."""
    lines = text.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if not line.startswith("+"))
    after = "".join(line[1:] for line in lines if not line.startswith("-"))
    # A row of a table stands in several documents: only whole lines count, and the page itself does not.
    found = [
        path for path in sources() if path.name != page.name and f"\n{before}" in path.read_text("utf8")
    ]
    if len(found) != 1:
        sys.exit(f"{len(found)} files have these lines: {[str(it) for it in found]}\n{text}")
    old = found[0].read_text("utf8")
    if old.count(f"\n{before}") != 1:
        sys.exit(f"{found[0]} has these lines more than once:\n{text}")
    return found[0], old.replace(f"\n{before}", f"\n{after}")


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf8")
    print(f"  {path.relative_to(copy)}")


def run(command, expected):
    print(f"$ {command}", flush=True)
    # Cargo's own progress is no part of what the page shows.
    environment = {**os.environ, "CARGO_TERM_COLOR": "never", "CARGO_TERM_QUIET": "true"}
    result = subprocess.run(
        command, shell=True, cwd=copy, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )
    missing = [line for line in expected if line.strip() not in result.stdout]
    fails = any(line.startswith("error") or "FAILED" in line for line in expected)
    if missing or (result.returncode != 0) != fails:
        sys.exit(f"exit status {result.returncode}; missing in the output: {missing}\n{result.stdout}")


def main():
    text = page.read_text("utf8").split("\n## Add a writer\n", 1)[1]
    blocks = [(it["file"], it["kind"], it["text"]) for it in BLOCK.finditer(text)]
    rest = []
    for file, kind, block in blocks:
        if kind != "console":
            path, new = edit(file, block)
            if path.is_relative_to(copy / "src"):
                write(path, new)
                continue
        rest.append((file, kind, block))
    for file, kind, block in rest:
        if kind == "console":
            commands(block)
        else:
            write(*edit(file, block))
    print(f"{len(blocks)} blocks")


def edit(file, block):
    return (copy / file, block) if file else change(block)


def commands(block):
    for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
        command, *expected = part.splitlines()
        run(command, expected)


main()
