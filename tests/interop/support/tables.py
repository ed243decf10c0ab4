"""openpyxl reads the workbooks, markdown-it the Markdown: tables.py DIRECTORY TORTURE FOLDER."""

import datetime
import json
import sys
from pathlib import Path
from urllib.parse import unquote

from markdown_it import MarkdownIt
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

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
    assert sheet.auto_filter.ref == f"A1:{get_column_letter(len(heads))}{len(rows) + 1}", sheet.auto_filter.ref
    assert heads[0] == "Name" and heads[-1] == "Id" and all(any(row[head] for row in rows) for head in heads), heads
    page = sheet.page_setup
    assert (page.orientation, page.paperSize, page.fitToWidth or 1, page.fitToHeight) == ("landscape", 9, 1, 0), page
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.print_title_rows == "$1:$1"
    for cells in sheet.iter_rows():
        lines = max(len((cell.value or "").split("\n")) for cell in cells)
        height = sheet.row_dimensions[cells[0].row].height
        assert (height or 15) >= min(409, 15 * lines), (cells[0].row, lines, height)
    return book, rows


for whole, name in [(directory, "directory.xlsx"), (torture, "torture.xlsx")]:
    book, rows = workbook(name)
    assert [row["Id"] for row in rows] == [it["id"] for it in whole["offices"]]
    for row, office in zip(rows, whole["offices"]):
        assert row["Name"] == full_name(whole, office), row
        for kind, head in [("voice", "Phone"), ("mobile", "Mobile"), ("fax", "Fax")]:
            numbers = [it["number"] for it in office.get("phones", []) if it["type"] == kind]
            read = row[head].replace(" ", "").split("\n") if row.get(head) else []
            assert read == numbers and all(it.startswith("+") for it in read), row
        addresses = office.get("addresses", [])
        mail = next((it for it in addresses if "postal" in it["uses"]), addresses[0] if addresses else {})
        assert mail.get("postal_code", "") in row["Address label"], row
        door = next((it for it in addresses if "physical" in it["uses"]), addresses[0] if addresses else {})
        assert row["Postal code"] == door.get("postal_code", ""), row
        other = mail if mail is not door else {}
        assert row["Mailing postal code"] == other.get("postal_code", ""), row
        others = [it if isinstance(it, str) else it["name"] for it in office.get("alternate_names", [])]
        assert row["Other names"] == "\n".join(others), row
# Zeros in front, and texts that spreadsheets take for formulas, numbers, dates and errors.
formulas = next(row for row in rows if row["Id"] == "formulas")
assert formulas["Postal code"] == "01067"
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
        assert unquote(row[4]).removeprefix("mailto:") == (office.get("emails") or [""])[0], row
        websites = office.get("websites")
        assert row[5] == (websites[0]["url"] if websites else ""), row
    assert not any(it.type == "html_block" for it in tokens)
    assert not any(child.type == "html_inline" for it in tokens for child in it.children or [])
print("openpyxl and markdown-it read every office of both directories")
