"""Prints labels as ZPL, as pictures and as PDF and compares the dots: thermal.py OFFICEDIR FOLDER

The ZPL is drawn by zpl-renderer-js and the PDF by PyMuPDF. The picture and the PDF are taken at the
printer's dots per inch, and a dot is black if at least half of it is. Where PyMuPDF says about half, the areas are
measured exactly: no dot may differ.
"""
import json
import pathlib
import subprocess
import sys

import numpy
import pymupdf

import exact

PROGRAM, FOLDER = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
HERE = pathlib.Path(__file__).parent
SIZES = {"zebra-4x6": (101.6, 152.4), "dymo-99012": (36, 89)}
DOTS_PER_MM = {203: 8, 300: 12, 600: 24}
# The PDF is drawn that much finer and averaged: PyMuPDF puts small glyphs onto whole dots, and draws those above 256
# dots as the paths that they are; 6 pt is the smallest size.
FINER = {203: 16, 300: 12, 600: 8}
# PyMuPDF draws curves as lines that are off by 0.3 of its dots, and counts the share of black in these to within
# 1/15. If that may decide whether half of a printer's dot is black, the dot is measured: that is off by less than the
# billionth that half is short of.
HALF = 0.5 - 1e-9
NEAR_HALF = {dpi: 0.4 / finer for dpi, finer in FINER.items()}


def export(kind, options, ids=()):
    """The files of one export, in order."""
    folder = FOLDER / kind
    for old in folder.glob("labels*"):
        old.unlink()
    selection = [word for id in ids for word in ("--id", id)]
    target = f"labels:format={kind},{options}"
    subprocess.run([PROGRAM, "export", "directory.json", "--to", target, "--out", folder, *selection],
                   check=True, capture_output=True)
    return sorted(folder.glob("labels*"))


def grey(path):
    pixels = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.Pixmap(str(path)))
    return numpy.frombuffer(pixels.samples, numpy.uint8).reshape(pixels.height, pixels.stride)[:, :pixels.width]


def drawn(zpl, stock, dpi):
    """Every label of a ZPL file as an array of black dots, and its picture."""
    prefix = FOLDER / f"zpl-{stock}-{dpi}"
    for old in FOLDER.glob(f"{prefix.name}-*.png"):
        old.unlink()
    # The renderer counts in dots per millimetre, and 300 dots per inch are not 12: its label has as many dots.
    size = [round(side / 25.4 * dpi) / DOTS_PER_MM[dpi] for side in SIZES[stock]]
    subprocess.run(["node", HERE / "zpl.cjs", zpl, prefix, *map(str, size), str(DOTS_PER_MM[dpi])], check=True)
    paths = [FOLDER / f"{prefix.name}-{at}.png" for at in range(len(list(FOLDER.glob(f"{prefix.name}-*.png"))))]
    return [grey(path) < 128 for path in paths], paths


def pixels(page, **how):
    """A drawing of a page or a part of it, and where it is in the drawing of the whole."""
    drawing = page.get_pixmap(colorspace=pymupdf.csGRAY, **how)
    rows = numpy.frombuffer(drawing.samples, numpy.uint8).reshape(drawing.height, drawing.stride)
    return rows[:, :drawing.width], drawing.y, drawing.x


def cover(page, dpi, height, width):
    """How much of each dot of a PDF page is black, from 0 to 1."""
    finer, margin = FINER[dpi], 2
    rows, columns = numpy.nonzero(pixels(page, dpi=dpi)[0] < 255)
    top, bottom = max(rows.min() - margin, 0), min(rows.max() + 1 + margin, height)
    left, right = max(columns.min() - margin, 0), min(columns.max() + 1 + margin, width)
    clip = pymupdf.Rect(left, top, right, bottom) * (72 / dpi)
    fine, y, x = pixels(page, matrix=pymupdf.Matrix(finer * dpi / 72, finer * dpi / 72), clip=clip)
    # The clip's corners may be rounded outwards.
    fine = fine[top * finer - y:, left * finer - x:][:(bottom - top) * finer, :(right - left) * finer]
    share = numpy.zeros((height, width))
    dots = fine.reshape(bottom - top, finer, right - left, finer)
    share[top:bottom, left:right] = 1 - dots.mean(axis=(1, 3)) / 255
    return share


def from_pdf(label, page, exactly, dpi):
    """The number of dots that differ from a PDF page, and of those that had to be measured."""
    share = cover(page, dpi, *label.shape)
    near = numpy.argwhere(abs(share - 0.5) <= NEAR_HALF[dpi]).tolist()
    for y, x in near:
        measured = exact.share(exactly, x, y, dpi)
        assert abs(measured - share[y, x]) <= NEAR_HALF[dpi], (measured, share[y, x], "PyMuPDF is less exact than thought")
        share[y, x] = measured
    return int((label != (share >= HALF)).sum()), len(near)


def compare(stock, dpi, options="", ids=()):
    """The number of dots that differ from the picture or from the PDF, and the labels."""
    given = f"stock={stock}{options}"
    labels, _ = drawn(export("zpl", f"{given},dpi={dpi}", ids)[0], stock, dpi)
    pictures = [grey(path) for path in export("png", f"{given},dpi={dpi}", ids)]
    assert len(labels) == len(pictures) > 0, (len(labels), len(pictures))
    differing = [0, 0]
    measured = 0
    pdf = export("pdf", given, ids)[0]
    with pymupdf.open(pdf) as document:
        for label, picture, page, exactly in zip(labels, pictures, document, exact.pages(pdf), strict=True):
            height, width = picture.shape
            assert not label[height:].any() and not label[:, width:].any(), "ink beyond the page"
            label = label[:height, :width]
            differing[0] += int((label != (picture < 128)).sum())
            # A code has whole dots on a thermal printer, on paper it has not.
            if "qr" not in options:
                apart, near = from_pdf(label, page, exactly, dpi)
                differing[1] += apart
                measured += near
    ink = int(sum(label.sum() for label in labels))
    paper = "" if "qr" in options else f", {differing[1]} from the PDF, of which {measured} were measured"
    print(f"{stock} at {dpi} dpi{options}: {len(labels)} labels, {ink} black dots; {differing[0]} differ from the "
          f"picture{paper}")
    return sum(differing), labels


def names(pictures):
    """The names in the vCards of the QR codes of pictures."""
    read = subprocess.run(["zbarimg", "-q", "--raw", *map(str, pictures)], capture_output=True, text=True)
    return sorted(line[3:] for line in read.stdout.splitlines() if line.startswith("FN:"))


def codes(offices):
    """Whether every QR code says whose it is, thermal and on paper."""
    expected = sorted(f"ICLEI {office['name'].removeprefix('ICLEI ')}" for office in offices)
    failed = 0
    for dpi in (203, 300):
        zpl = export("zpl", f"stock=zebra-4x6,qr,dpi={dpi}")[0]
        found = names(drawn(zpl, "zebra-4x6", dpi)[1])
        print(f"QR, ZPL at {dpi} dpi: {len(found)} of {len(expected)} read")
        failed += found != expected
    with pymupdf.open(export("pdf", "stock=avery-l7163,qr")[0]) as document:
        pages = [FOLDER / f"page-{page.number}.png" for page in document]
        for page, path in zip(document, pages):
            page.get_pixmap(dpi=300).save(path)
    found = names(pages)
    print(f"QR, PDF on avery-l7163: {len(found)} of {len(expected)} read")
    return failed + (found != expected)


# What a format of others leaves behind for the labels after it: label home, shift, top, orientation, mirror image,
# reversal, map clear, units (ZPL II Programming Guide).
LEFT_BEHIND = ["^LH200,300", "^LS100", "^LT100", "^POI", "^PMY", "^LRY", "^MCN", "^MUI"]


def left_behind():
    """Whether every label is where it is by itself, whatever was set before it."""
    stock, dpi, failed, honoured = "zebra-4x6", 203, 0, []
    path = export("zpl", f"stock={stock},dpi={dpi}", ["japan-office"])[0]
    ours = path.read_text(encoding="ascii")
    own = drawn(path, stock, dpi)[0][-1]
    before = FOLDER / "before.zpl"
    for command in LEFT_BEHIND:
        for text in (ours, "\n".join(line for line in ours.splitlines() if not line.startswith("^MUD"))):
            before.write_text(f"^XA{command}^XZ\n{text}", encoding="ascii")
            label = drawn(before, stock, dpi)[0][-1]
            moved = label.shape != own.shape or (label != own).any()
            if text is not ours:
                honoured += [command] if moved else []
            elif moved:
                print(f"ZPL behind {command}: the label is another one")
                failed += 1
    print(f"ZPL behind settings of others: {failed} of {len(LEFT_BEHIND)} change the label; the renderer honours "
          f"{', '.join(honoured)}")
    return failed + (not honoured)


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    failed = 0
    for stock, dpi, options, *ids in [
        ("dymo-99012", 203, ",return-address=headquarters"),
        ("dymo-99012", 300, ",qr", "japan-office", "european-secretariat"),
        ("zebra-4x6", 203, ""),
        ("zebra-4x6", 300, ""),
        ("zebra-4x6", 600, ""),
    ]:
        differing, labels = compare(stock, dpi, options, ids)
        failed += differing > 0
    # The comparison must notice a label that is another one, or one dot off.
    first, second = labels[0], labels[1]
    failed += not (first != second).any() or not (first[1:] != first[:-1]).any()
    failed += left_behind()
    failed += codes(json.loads(pathlib.Path("directory.json").read_text(encoding="utf8"))["offices"])
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
