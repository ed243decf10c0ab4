#!/usr/bin/env python3
"""Twelve common mistakes in a directory, and what officedir and other validators say of each.

    benches/peers/mistakes.py PROGRAM CHECK_JSONSCHEMA AJV JSONSCHEMA_CLI

Prints a Markdown table: which are found (exit code 1 or 2 with a message, no traceback), which are placed on
their line, and for which the message has the correction in it.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
GOOD = (ROOT / "directory.json").read_text("utf8")
SCHEMA = str(ROOT / "schema/directory.schema.json")

# Name, text to replace, what with, correction that a message may name.
MISTAKES = [
    ("missing member", '      "name": "Japan Office",\n', "", "name"),
    ("wrong type", '"name": "Japan Office"', '"name": 7', "string"),
    ("bad enum value", '"kind": "capacity-center"', '"kind": "capacity-centre"', "capacity-center"),
    ("misspelt member", '"postal_code": "105-0003"', '"postalcode": "105-0003"', "postal_code"),
    ("bad e-mail", '"id": "japan-office",', '"id": "japan-office", "emails": ["www.example.org"],', "websites"),
    ("duplicate id", '"id": "japan-office"', '"id": "korea-office"', "id of its own"),
    ("unknown parent", '"id": "japan-office",', '"id": "japan-office", "parent": "korea-ofice",', "korea-office"),
    ("parent cycle", '"id": "japan-office",', '"id": "japan-office", "parent": "japan-office",', "take"),
    ("duplicate key", '"id": "japan-office",', '"id": "japan-office", "id": "japan-office",', "take"),
    ("trailing comma", '"country": "Japan"\n', '"country": "Japan",\n', "take"),
    ("invalid UTF-8", '"name": "Japan Office"', '"name": "Japan Offic\udce9"', "UTF-8"),
    ("unassigned country", '"country": "ZA"', '"country": "UK"', "GB"),
]


def main():
    program, check_jsonschema, ajv, jsonschema = sys.argv[1:]
    tools = {
        "officedir": [program, "validate"],
        "check-jsonschema": [check_jsonschema, "--schemafile", SCHEMA],
        "jsonschema-cli": [jsonschema, "validate", "--assert-format", SCHEMA, "-i"],
        "ajv-cli": [ajv, "validate", "--spec=draft2020", "-c", "ajv-formats", "--all-errors", "-s", SCHEMA, "-d"],
    }
    print("| mistake |", " | ".join(tools), "|")
    print("| --- |", " | ".join("---" for _ in tools), "|")
    counts = {name: [0, 0, 0] for name in tools}
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "directory.json")
        path.write_text(GOOD, "utf8")
        for name, command in tools.items():
            run = subprocess.run([*command, path], capture_output=True)
            assert run.returncode == 0, (name, run)
        for mistake, old, new, correction in MISTAKES:
            assert old in GOOD, mistake
            at = GOOD.index(old)
            text = GOOD[:at] + new + GOOD[at + len(old) :]
            path.write_bytes(text.encode("utf8", "surrogateescape"))
            cells = []
            for name, command in tools.items():
                marks = judge([*command, path], GOOD.count("\n", 0, at) + 1, correction)
                counts[name] = [total + mark for total, mark in zip(counts[name], marks)]
                words = ["found", "placed", "corrected"]
                cells.append(", ".join(word for word, mark in zip(words, marks) if mark) or "–")
            print(f"| {mistake} |", " | ".join(cells), "|")
    totals = ["{} found, {} placed, {} corrected".format(*counts[name]) for name in tools]
    print("| of twelve |", " | ".join(totals), "|")


def judge(command, line, correction):
    run = subprocess.run(command, capture_output=True)
    said = re.sub(r"\x1b\[[0-9;]*m", "", (run.stdout + run.stderr).decode("utf8", "replace"))
    found = run.returncode not in (0, None) and "Traceback" not in said and "panicked" not in said
    lines = {int(number) for number in re.findall(r"(?:directory\.json:|line )(\d+)", said)}
    # A missing member is placed where its object begins.
    placed = found and bool(lines & {line, line - 1, line - 2})
    return found, placed, found and f"{correction}" in help_of(said)


def help_of(said):
    """What follows a word that announces advice."""
    return " ".join(re.findall(r"(?:help|did you mean|instead|hint|suggest)[^\n]*", said, re.IGNORECASE))


if __name__ == "__main__":
    main()
