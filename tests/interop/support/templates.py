"""Reads what the example templates make of a directory, and compares it with the directory."""

import json
import pathlib
import subprocess
import sys

import orgparse
import yaml
from pylatexenc.latex2text import LatexNodes2Text


def said(counted, what):
    assert counted > 0, what
    print(f"{what}: {counted} compared")


def words(text):
    """The text with single spaces, without braces, which the reader drops, and with one circumflex."""
    return " ".join(text.replace("{", "").replace("}", "").replace("\u02c6", "^").split())


def read_yaml(made, offices):
    document = yaml.safe_load((made / "offices.yaml").read_text("utf-8"))
    assert len(document["offices"]) == len(offices)
    for entry, office in zip(document["offices"], offices):
        assert (entry["id"], entry["name"]) == (office["id"], office["full_name"])
        assert entry["emails"] == office["emails"], entry
        assert entry["phones"] == [phone["number"] for phone in office["phones"]]
        assert entry["websites"] == [website["url"] for website in office["websites"]]
        countries = [address["country"] for address in office["addresses"]]
        assert len(entry["addresses"]) == len(countries)
    said(len(offices), "YAML by PyYAML")


def read_org(made, offices):
    root = orgparse.load(made / "offices.org")
    entries = {node.get_property("CUSTOM_ID"): node for node in root[1:] if node.level == 2}
    assert {node.level for node in root[1:]} == {1, 2}
    assert set(entries) == {office["id"] for office in offices}
    for office in offices:
        node = entries[office["id"]]
        assert node.heading == office["full_name"], (node.heading, office["full_name"])
        for label in office["labels"]:
            for line in label:
                assert line in node.body, (line, node.body)
    said(len(entries), "Org by orgparse")


def read_list(made, offices):
    rows = [line.split("\t") for line in (made / "offices.txt").read_text("utf-8").splitlines()]
    assert [row[:2] for row in rows] == [[it["id"], it["full_name"]] for it in offices]
    said(len(rows), "plain list")


def read_tex(made, offices):
    """The letters' addresses, as LaTeX would print them."""
    source = (made / "letters.tex").read_text("utf-8")
    # The one macro that this reader does not know.
    source = source.replace("\\textquotedbl{}", '"')
    text = words(LatexNodes2Text().latex_to_text(source))
    count = 0
    for office in offices:
        if office["postal_label"] is None:
            continue
        for line in office["labels"][office["postal_label"]]:
            assert words(line) in text, line
            count += 1
    said(count, "address lines in LaTeX by pylatexenc")


def read_aliases(made, offices):
    """mutt resolves every alias to its address."""
    aliases = made / "aliases.mutt"
    count = 0
    for office in offices:
        for at, email in enumerate(office["emails"]):
            name = office["id"] + (f"-{at + 1}" if at else "")
            command = ["mutt", "-n", "-F", str(aliases), "-A", name]
            shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            expected = "".join(c for c in email if c not in "`$#\\\"")
            assert f"<{expected}>" in shown or shown.strip() == expected, (name, shown)
            count += 1
    said(count, "aliases by mutt")


def main():
    made = pathlib.Path(sys.argv[1])
    offices = json.loads((made / "context.json").read_text("utf-8"))["offices"]
    read_yaml(made, offices)
    read_org(made, offices)
    read_list(made, offices)
    read_tex(made, offices)
    read_aliases(made, offices)


main()
