"""What LibreOffice prints of tables: every letter of every cell is in the print and is seen, all columns on one page.

    read_print.py many MANY.json              a directory with texts of many lengths
    read_print.py compare FOLDER NAME…        NAME.pdf of NAME.xlsx or NAME.csv; exit code 1 if they differ
"""

import csv
import json
import random
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from html import unescape
from pathlib import Path

from openpyxl import load_workbook

DPI = 200


def many():
    rng = random.Random(17)
    words = "Office Regional of Weltstadt Mmmm WWWWW iii Nachhaltigkeit and a Straßenbahnhofsvorplatz 東京都港区西新橋 Città".split()

    def text(most):
        return " ".join(rng.choice(words) for _ in range(rng.randint(1, most)))

    for at in range(60):
        code = "".join(rng.choice("abciw-_") for _ in range(rng.randint(1, 30)))
        address = {"uses": ["physical", "postal"], "address_lines": [text(5) for _ in range(rng.randint(1, 4))],
                   "locality": text(3), "postal_code": "53113", "country": "DE"}
        yield {"id": f"office-{at}", "name": text(8), "kind": "office", "addresses": [address],
               "emails": [f"{'x' * rng.randint(1, 40)}@example.org"], "websites": [{"url": f"https://example.org/{code}"}],
               "opening_hours": "; ".join(rng.choice(["Mo-Fr 09:00-17:00", "PH off", "Sa 10:00-12:00"]) for _ in range(3)),
               "phones": [{"type": "voice", "number": f"+4922897629{rng.randint(100, 999)}", "label": text(3)}
                          for _ in range(rng.randint(1, 3))]}


def letters(texts):
    joined = unicodedata.normalize("NFKC", "".join(texts))
    return Counter(it for it in joined if not it.isspace())


def cells(path):
    if path.suffix == ".xlsx":
        [sheet] = load_workbook(path).worksheets
        return [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def pages(pdf):
    """The words of each page with their boxes, and the picture: its width and its grey pixels."""
    boxes = subprocess.run(["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True, text=True).stdout
    for number, page in enumerate(re.findall(r"<page .*?</page>", boxes, re.DOTALL), 1):
        found = re.findall(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', page)
        command = ["pdftoppm", "-gray", "-r", str(DPI), "-f", str(number), "-l", str(number), pdf]
        picture = subprocess.run(command, check=True, capture_output=True).stdout
        _, size, _, pixels = picture.split(b"\n", 3)
        width = re.search(r'width="(.*?)"', page).group(1)
        yield float(width), [([float(it) for it in word[:4]], unescape(word[4])) for word in found], int(size.split()[0]), pixels


def is_seen(box, width, pixels):
    """Whether there is ink at both ends of a word, in the upper and in the lower half of its line."""
    left, top, right, bottom = (it * DPI / 72 for it in box)
    third, middle = (right - left) / 3, (top + bottom) / 2
    areas = [(left, top, left + third, bottom), (right - third, top, right, bottom), (left, middle, right, bottom)]
    return all(
        any(min(pixels[y * width + int(x1):y * width + int(x2) + 1], default=255) < 160 for y in range(int(y1), int(y2)))
        for x1, y1, x2, y2 in areas
    )


def compare(table, pdf):
    headings, *rows = cells(table)
    printed = list(pages(pdf))
    want = letters(cell for row in rows for cell in row)
    for number in range(1, len(printed) + 1):
        want += letters(headings)
        if table.suffix == ".xlsx":
            want += letters(f"{number}/{len(printed)}")
    found = letters(word for _, words, _, _ in printed for _, word in words)
    if found != want:
        return f"{table.name}: missing {want - found}, too much {found - want}"
    for width, words, pixels_wide, pixels in printed:
        if table.suffix == ".xlsx" and round(width) != 842:
            return f"{table.name}: a page of {width} points"
        for box, word in words:
            if word.isalnum() and word.isascii() and len(word) > 2 and not is_seen(box, pixels_wide, pixels):
                return f"{table.name}: {word!r} at {box} is not seen"
    print(f"{table.name}: {len(rows)} rows, {sum(want.values())} letters on {len(printed)} pages, all of them seen")
    return None


def main(mode, place, *names):
    place = Path(place)
    if mode == "many":
        place.write_text(json.dumps({"organization": {"name": "Example"}, "offices": list(many())}), "utf8")
        return
    for name in names:
        table = place / f"{name}.xlsx"
        wrong = compare(table if table.exists() else place / f"{name}.csv", place / f"{name}.pdf")
        if wrong:
            raise SystemExit(wrong)


main(*sys.argv[1:])
