"""CSV files that LibreOffice has opened, saved as workbooks: read_spreadsheet.py MODE TABLE.csv WORKBOOK.xlsx …

With the mode "text", LibreOffice's "Quoted field as text", every cell has to be a text that is what went in. With
"computed" it looks for numbers, dates and formulas in cells: it may find numbers, but where a cell cannot be told
from one only, no formula in tables of the dialect excel, and no telephone number anywhere.
"""

import csv
import datetime
import re
import sys
from pathlib import Path

from openpyxl import load_workbook

# What a text has to look like to be read as a number, a date or an amount of money; -7 is also written (7) and 7-.
NUMERAL = re.compile(r"[-+0-9.,:/()%$€ e]*[0-9][-+0-9.,:/()%$€ e]*|TRUE|FALSE", re.IGNORECASE)


def rows(path):
    separator = {"semicolon": ";", "tab": "\t"}.get(path.stem.split("-")[-1], ",")
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, strict=True, delimiter=separator))


def is_read_as(text, value):
    """Whether the value is what a spreadsheet makes of the text."""
    if isinstance(value, str) or value is None:
        return (value or "") == text
    return NUMERAL.fullmatch(text) is not None and isinstance(value, int | float | datetime.datetime)


def compare(mode, table, workbook):
    """Numbers of cells that are the same text, and that became numbers."""
    wanted = rows(table)
    [sheet] = load_workbook(workbook).worksheets
    shape = (sheet.max_row, sheet.max_column)
    assert shape == (len(wanted), len(wanted[0])), f"{table.name}: {shape} cells of {len(wanted)} rows"
    same, numbers = 0, 0
    for row, cells in zip(wanted, sheet.iter_rows()):
        for column, text, cell in zip(wanted[0], row, cells):
            said = f"{table.name} {mode}: {text!r:.200} became {cell.data_type} {cell.value!r:.200}"
            if (cell.value or "") == text and cell.data_type in "sn":
                same += 1
                continue
            if cell.data_type == "f" and "excel" not in table.name:
                # A machine's table is never altered; what it would compute is text with the other mode.
                assert mode == "computed" and text[0] in "=+-@", said
                continue
            assert mode == "computed" and cell.data_type in "nd" and is_read_as(text, cell.value), said
            assert not re.fullmatch(r"phone_\d_number|Phone|Mobile|Fax", column), said
            numbers += 1
    return same, numbers


def main(mode, *files):
    total, numbers = 0, 0
    for table, workbook in zip(files[::2], files[1::2], strict=True):
        same, computed = compare(mode, Path(table), Path(workbook))
        assert same > 0, table
        total, numbers = total + same, numbers + computed
    print(f"LibreOffice {mode}: {total} cells of {len(files) // 2} tables as they went in, {numbers} became numbers")


main(*sys.argv[1:])
