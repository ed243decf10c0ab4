"""openpyxl reads the workbooks, markdown-it the Markdown: tables.py DIRECTORY TORTURE FOLDER."""

import datetime
import json
import sys
from pathlib import Path

from markdown_it import MarkdownIt
from openpyxl import load_workbook

directory, torture = (json.loads(Path(it).read_text(encoding="utf-8")) for it in sys.argv[1:3])
folder = Path(sys.argv[3])


def full_name(whole, office):
    organization, name = whole["organization"]["name"], office["name"]
    return name if name.startswith(organization) else f"{organization} {name}"


def workbook(name):
    book = load_workbook(folder / name)
    sheet = book["Offices"]
    heads = [cell.value for cell in sheet[1]]
    rows = []
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            assert cell.value is None or (cell.data_type == "s" and isinstance(cell.value, str)), cell
        rows.append(dict(zip(heads, (cell.value or "" for cell in cells))))
    assert sheet.freeze_panes == "B2", sheet.freeze_panes
    assert sheet.auto_filter.ref == f"A1:Q{len(rows) + 1}", sheet.auto_filter.ref
    assert sheet.column_dimensions["A"].width > 30
    return book, rows


for whole, name in [(directory, "directory.xlsx"), (torture, "torture.xlsx")]:
    book, rows = workbook(name)
    assert [row["Id"] for row in rows] == [it["id"] for it in whole["offices"]]
    for row, office in zip(rows, whole["offices"]):
        assert row["Name"] == full_name(whole, office), row
        for kind, head in [("voice", "Phone"), ("mobile", "Mobile"), ("fax", "Fax")]:
            numbers = [it["number"] for it in office.get("phones", []) if it["type"] == kind]
            read = row[head].replace(" ", "").split("\n") if row[head] else []
            assert read == numbers and all(it.startswith("+") for it in read), row
        for address in office.get("addresses", []):
            for use in address["uses"]:
                cell = row[{"physical": "Street address", "postal": "Postal address"}[use]]
                assert address.get("postal_code", "").upper() in cell.upper(), row
        others = [it if isinstance(it, str) else it["name"] for it in office.get("alternate_names", [])]
        assert row["Other names"] == "\n".join(others), row
# Zeros in front, and texts that spreadsheets take for formulas, numbers, dates and errors.
formulas = next(row for row in rows if row["Id"] == "formulas")
assert "01067" in formulas["Street address"]
for text in ["+1", "-1", "@SUM(A1)", "007", "1e5", "2025-01-02", "TRUE", "#N/A"]:
    assert text in formulas["Other names"].split("\n"), text
bare, rows = workbook("bare.xlsx")
assert rows[0]["Name"] == "=1+1" and rows[0]["Region"] == "007", rows[0]
# The date is that of the last change in the data.
assert book.properties.created == datetime.datetime(2025, 1, 31), book.properties.created
assert bare.properties.created == datetime.datetime(2000, 1, 1), bare.properties.created

parser = MarkdownIt("commonmark").enable("table")


def table(tokens):
    """The rows of the first table: where a cell links to, else its text."""
    rows, inside = [], False
    for token in tokens:
        if token.type == "table_close":
            return rows
        inside |= token.type == "table_open"
        if inside and token.type == "tr_open":
            rows.append([])
        elif inside and token.type == "inline":
            links = [it.attrs["href"] for it in token.children if it.type == "link_open"]
            rows[-1].append(links[0] if links else "".join(it.content for it in token.children))
    return rows


for whole, name in [(directory, "directory.md"), (torture, "torture.md")]:
    tokens = parser.parse((folder / name).read_text(encoding="utf-8"))
    head, *rows = table(tokens)
    assert head == ["Office", "City", "Country", "Phone", "E-mail", "Website"], head
    assert len(rows) == len(whole["offices"])
    headings = [tokens[at + 1] for at, it in enumerate(tokens) if it.type == "heading_open" and it.tag == "h2"]
    headings = ["".join(it.content for it in heading.children) for heading in headings]
    assert len(headings) == len(rows)
    for row, heading, office in zip(rows, headings, whole["offices"]):
        assert row[0] == heading == full_name(whole, office), (row[0], full_name(whole, office))
        assert row[4] == (office.get("emails") or [""])[0], row
        websites = office.get("websites")
        assert row[5] == (websites[0]["url"] if websites else ""), row
    assert not any(it.type == "html_block" for it in tokens)
    assert not any(child.type == "html_inline" for it in tokens for child in it.children or [])
print("openpyxl and markdown-it read every office of both directories")
