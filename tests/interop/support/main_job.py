"""Reads the vCards with vobject, the CSV with Python's own reader and the text that pdftotext finds."""

import csv
import json
import sys
from pathlib import Path

import vobject

directory = json.loads(Path(sys.argv[1]).read_text("utf8"))
out = Path(sys.argv[2])
offices = directory["offices"]


def full_name(office):
    name = office["name"]
    return name if name.startswith("ICLEI ") else f"ICLEI {name}"


names = [full_name(office) for office in offices]
assert len(names) == 15

cards = list(vobject.readComponents((out / "offices.vcf").read_text("utf8")))
assert [card.fn.value for card in cards] == names
for card, office in zip(cards, offices):
    card.validate(raiseException=True)
    assert len(card.contents.get("adr", [])) == len(office["addresses"]), card.fn.value
    assert len(card.contents.get("tel", [])) == len(office.get("phones", [])), card.fn.value
    assert [url.value for url in card.contents.get("url", [])] == [
        website["url"] for website in office.get("websites", [])
    ], card.fn.value
    assert "email" not in card.contents, card.fn.value

with open(out / "offices.csv", encoding="utf-8-sig", newline="") as file:
    rows = list(csv.reader(file, strict=True))
header, rows = rows[0], rows[1:]
assert len(rows) == 15 and len(set(header)) == len(header)
assert all(len(row) == len(header) for row in rows)
assert [dict(zip(header, row))["Id"] for row in rows] == [office["id"] for office in offices]

# A long name may stand on two lines.
labels = " ".join((out / "labels.txt").read_text("utf8").split())
for name in names:
    assert labels.count(name) == 1, name
assert "PO Box 5319" in labels and "Knowledge Park" not in labels
assert "MINATO-KU" in labels and "Kuningan" in labels
for wrong in ["110-110", "CEP", "Email", "www.", "ICLEI ICLEI", "DEUTSCHLAND"]:
    assert wrong not in labels, wrong
print("15 cards, 15 rows, 15 labels")
