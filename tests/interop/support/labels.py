"""Prints every stock at full load and checks the PDF with PyMuPDF: labels.py OFFICEDIR FOLDER

The geometry is read from the product table itself, the ink from a rendering, the words from the text
layer: nothing comes from the code that made the PDF. Then PDFs are spoiled on purpose, and the check
must reject each.
"""
import json
import pathlib
import re
import subprocess
import sys
import tomllib

import numpy
import pymupdf

PROGRAM, FOLDER = sys.argv[1], pathlib.Path(sys.argv[2])
SAFE = 1.5
DPI = 200
POINTS = 72 / 25.4

SHORT = [["Weg 1"], ["Am Markt 12"], ["Postfach 99"]]
LONG = [
    ["Donaudampfschifffahrtsallee 12", "Hinterhaus, 3. Stock links"],
    ["Straße des Friedens und der Freundschaft 128"],
    ["Gebäude 7, Eingang Süd", "Industriestraße 44-46"],
    ["Ở số 12 Đường Nguyễn Thị Minh Khai"],
]


def offices(count, lines):
    """That many offices, each with a number of its own in its name."""
    for number in range(count):
        yield {
            "id": f"office-{number:04}",
            "name": f"N{number:04}",
            "kind": "world-secretariat" if number == 0 else "office",
            "addresses": [{
                "uses": ["postal"],
                "address_lines": lines[number % len(lines)],
                "locality": "Köln",
                "postal_code": "50667",
                "country": "DE",
            }],
        }


def export(name, count, lines, options="", output="full"):
    """A PDF of that many labels on that stock."""
    folder = FOLDER / output
    folder.mkdir(parents=True, exist_ok=True)
    directory = folder / f"{name}.json"
    document = {"organization": {"name": "Büro"}, "offices": list(offices(count, lines))}
    directory.write_text(json.dumps(document), encoding="utf8")
    target = f"labels:stock={name},file={name}.pdf{options}"
    subprocess.run([PROGRAM, "export", directory, "--to", target, "--out", folder / name],
                   check=True, capture_output=True)
    return folder / name / f"{name}.pdf"


def cuts(stock):
    """Left, top, width, height of every die-cut in millimetres, in order."""
    columns, rows = stock.get("grid", [1, 1])
    width, height = stock.get("label", stock["page"])
    left, top = stock.get("origin", [0, 0])
    across, down = stock.get("pitch", [width, height])
    for row in range(rows):
        for column in range(columns):
            yield left + column * across, top + row * down, width, height


def ink_outside(page, stock):
    """Number of pixels with ink that are not within a die-cut less the safe margin."""
    pixels = page.get_pixmap(dpi=DPI, colorspace=pymupdf.csGRAY)
    grey = numpy.frombuffer(pixels.samples, numpy.uint8).reshape(pixels.height, pixels.stride)[:, :pixels.width]
    # A pixel counts by its centre, and the faint edge of an outline does not.
    y, x = numpy.nonzero(grey < 128)
    x, y = (x + 0.5) * 25.4 / DPI, (y + 0.5) * 25.4 / DPI
    inside = numpy.zeros(x.shape, bool)
    radius = max(0.0, stock.get("corner", 0) - SAFE)
    for left, top, width, height in cuts(stock):
        half = numpy.array([width, height]) / 2 - SAFE
        dx = numpy.abs(x - left - width / 2) - half[0] + radius
        dy = numpy.abs(y - top - height / 2) - half[1] + radius
        inside |= numpy.hypot(numpy.maximum(dx, 0), numpy.maximum(dy, 0)) <= radius + 1e-6
    return int((~inside).sum())


def problems(path, stock, expected):
    """What is wrong with a PDF; `expected` gives page, position and number of every label."""
    found = []
    seen = []
    with pymupdf.open(path) as document:
        for number, page in enumerate(document):
            size = [page.rect.width / POINTS, page.rect.height / POINTS]
            if max(abs(a - b) for a, b in zip(size, stock["page"])) > 0.05:
                found.append(f"page {number + 1} is {size[0]:.2f} x {size[1]:.2f} mm")
                continue
            outside = ink_outside(page, stock)
            if outside:
                found.append(f"page {number + 1}: {outside} pixels outside the die-cuts")
            words = page.get_text("words")
            for position, (left, top, width, height) in enumerate(cuts(stock)):
                within = [word[4] for word in words
                          if 0 <= (word[0] + word[2]) / 2 / POINTS - left < width
                          and 0 <= (word[1] + word[3]) / 2 / POINTS - top < height]
                names = [int(word[1:]) for word in within if re.fullmatch(r"N\d{4}", word)]
                seen.extend((number, position, name) for name in names)
                if within and (len(names) != 1 or within.count("Köln") != 1):
                    found.append(f"page {number + 1}, position {position + 1}: not one address")
    if seen != expected:
        wrong = next((pair for pair in zip(seen, expected) if pair[0] != pair[1]), "the number of labels")
        found.append(f"order or positions: {wrong}")
    return found


def full_load(stock):
    """Two full pages and one label."""
    per_page = len(list(cuts(stock)))
    count = 2 * per_page + 1
    small = stock.get("label", stock["page"])[1] < 20 or stock.get("label", stock["page"])[0] < 45
    path = export(stock["name"], count, SHORT if small and not stock.get("turned") else LONG)
    return path, [(number // per_page, number % per_page, number) for number in range(count)]


def positions(stocks):
    """Start 5, 3 and 7 used up, two copies, sorted by country (all the same here), then postcode and id."""
    stock = stocks["avery-l7160"]
    path = export("avery-l7160", 12, LONG, ",start=5,skip=3+7,copies=2,sort=country", "positions")
    free = [(0, at - 1) for at in range(5, 22) if at != 7] + [(1, at) for at in range(21)]
    expected = [(*free[at], at // 2) for at in range(24)]
    return problems(path, stock, expected)


def spoil(path, how):
    """A copy of a PDF that is wrong in one way."""
    broken = FOLDER / "broken" / f"{how}.pdf"
    broken.parent.mkdir(exist_ok=True)
    with pymupdf.open(path) as good, pymupdf.open() as bad:
        for number, page in enumerate(good):
            rect = page.rect
            if how == "page-size" and number == 1:
                rect = pymupdf.Rect(0, 0, 612, 792)
            new = bad.new_page(width=rect.width, height=rect.height)
            shift = {"shifted": (-8, 0), "lowered": (0, 30)}.get(how, (0, 0))
            place = pymupdf.Rect(page.rect) + (shift * 2 if any(shift) else (0, 0, 0, 0))
            if how == "scaled":
                place = pymupdf.Rect(0, 0, rect.width * 0.97, rect.height * 0.97)
            source = {"pages-swapped": [1, 0, 2][number]}.get(how, number)
            new.show_pdf_page(place, good, source)
            if number == 0 and how == "overflow":
                new.insert_text((150, 120), "a line that runs from one label into the next one", fontsize=11)
            if number == 0 and how == "second-address":
                new.insert_text((40, 130), "Büro N0001 Köln", fontsize=8)
            if number == 0 and how == "dot-in-the-gap":
                new.draw_circle((200, 120), 0.8, fill=(0, 0, 0))
        if how == "page-lost":
            bad.delete_page(1)
        bad.save(broken)
    return broken


SPOILED = ["shifted", "lowered", "scaled", "page-size", "pages-swapped", "page-lost", "overflow",
           "second-address", "dot-in-the-gap"]


def main():
    table = tomllib.loads(pathlib.Path("src/stock/products.toml").read_text(encoding="utf8"))
    stocks = {stock["name"]: stock for stock in table["stock"]}
    failed = labels = 0
    for stock in stocks.values():
        path, expected = full_load(stock)
        found = problems(path, stock, expected)
        labels += len(expected)
        failed += bool(found)
        for problem in found:
            print(f"{stock['name']}: {problem}")
    for problem in positions(stocks):
        failed += 1
        print(f"positions: {problem}")
    stock = stocks["avery-l7160"]
    path, expected = full_load(stock)
    for how in SPOILED:
        found = problems(spoil(path, how), stock, expected)
        failed += not found
        print(f"spoiled, {how}: {found[0] if found else 'NOT NOTICED'}")
    print(f"{len(stocks)} stocks, {labels} labels, {len(SPOILED)} spoiled PDFs, {failed} failures")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
