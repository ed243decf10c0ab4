"""Prints labels on Avery L7160 by pylabels and reportlab: with_pylabels.py LINES FONT.ttf OUT.pdf

Each line of the first file is a label: a JSON list of lines, already laid out. They are set as pylabels' own demo does
it: as large as the label allows, here 11 pt at most.
"""
import json
import sys

import labels
from reportlab.graphics import shapes
from reportlab.pdfbase import pdfmetrics, ttfonts

LARGEST = 11
LEADING = 1.15


def draw(label, width, height, lines):
    widest = max(pdfmetrics.stringWidth(line, "Label", 1) for line in lines)
    size = min(LARGEST, width / widest, height / (LEADING * len(lines)))
    top = (height + LEADING * size * len(lines)) / 2
    for number, line in enumerate(lines, 1):
        label.add(shapes.String(0, top - number * LEADING * size, line, fontName="Label", fontSize=size))


def main():
    lines, font, out = sys.argv[1:]
    pdfmetrics.registerFont(ttfonts.TTFont("Label", font))
    # The figures of src/stock/products.toml, and the 3 mm that the writer keeps clear within a label.
    stock = labels.Specification(210, 297, 3, 7, 63.5, 38.1, corner_radius=2.5, left_margin=7.2, top_margin=15.15,
                                 column_gap=2.54, row_gap=0, left_padding=3, right_padding=3, top_padding=3,
                                 bottom_padding=3)
    sheet = labels.Sheet(stock, draw)
    with open(lines, encoding="utf8") as file:
        sheet.add_labels(map(json.loads, file))
    sheet.save(out)
    print(f"{sheet.label_count} labels on {sheet.page_count} pages")


if __name__ == "__main__":
    main()
