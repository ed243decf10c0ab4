"""Prints labels as ZPL, as pictures and as PDF and compares the dots: thermal.py OFFICEDIR FOLDER

The ZPL is drawn by zpl-renderer-js and the PDF by PyMuPDF. The picture and the PDF are taken at the
printer's dots per inch, and a dot is black if at least half of it is.
"""
import json
import pathlib
import subprocess
import sys

import numpy
import pymupdf

PROGRAM, FOLDER = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
HERE = pathlib.Path(__file__).parent
SIZES = {"zebra-4x6": (101.6, 152.4), "dymo-99012": (36, 89)}
DOTS_PER_MM = {203: 8, 300: 12, 600: 24}
# The PDF is drawn that much finer and averaged: PyMuPDF puts glyphs onto whole dots.
FINER = 8
# A dot whose share of black is that far from half must not differ; nearer, the two renderers may round apart.
NEAR_HALF = 0.12


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


def cover(page, dpi, height, width):
    """How much of each dot of a PDF page is black, from 0 to 1."""
    scale = FINER * dpi / 72
    pixels = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csGRAY)
    fine = numpy.frombuffer(pixels.samples, numpy.uint8).reshape(pixels.height, pixels.stride)[:, :pixels.width]
    fine = numpy.pad(fine, ((0, FINER), (0, FINER)), constant_values=255)[:height * FINER, :width * FINER]
    return 1 - fine.reshape(height, FINER, width, FINER).mean(axis=(1, 3)) / 255


def compare(stock, dpi, options="", ids=()):
    """The number of dots that differ from the picture or clearly from the PDF, and the labels."""
    given = f"stock={stock}{options}"
    labels, _ = drawn(export("zpl", f"{given},dpi={dpi}", ids)[0], stock, dpi)
    pictures = [grey(path) for path in export("png", f"{given},dpi={dpi}", ids)]
    assert len(labels) == len(pictures) > 0, (len(labels), len(pictures))
    from_picture = from_pdf = near = 0
    with pymupdf.open(export("pdf", given, ids)[0]) as document:
        for label, picture, page in zip(labels, pictures, document, strict=True):
            height, width = picture.shape
            assert not label[height:].any() and not label[:, width:].any(), "ink beyond the page"
            from_picture += int((label[:height, :width] != (picture < 128)).sum())
            if dpi == 203 and "qr" not in options:
                share = cover(page, dpi, height, width)
                apart = label[:height, :width] != (share >= 0.5)
                clearly = abs(share - 0.5) > NEAR_HALF
                from_pdf += int((apart & clearly).sum())
                near += int((apart & ~clearly).sum())
    ink = int(sum(label.sum() for label in labels))
    print(f"{stock} at {dpi} dpi{options}: {len(labels)} labels, {ink} black dots; {from_picture} differ from the "
          f"picture, {from_pdf} clearly from the PDF, {near} where about half a dot is black")
    return from_picture + from_pdf, labels


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


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    failed = 0
    few = ["japan-office", "european-secretariat"]
    for stock, dpi, options, ids in [
        ("zebra-4x6", 203, "", ()),
        ("dymo-99012", 203, ",return-address=headquarters", ()),
        ("dymo-99012", 300, ",qr", few),
        ("zebra-4x6", 300, "", few),
        ("zebra-4x6", 600, "", few),
    ]:
        differing, labels = compare(stock, dpi, options, ids)
        failed += differing > 0
    # The comparison must notice a label that is another one, or one dot off.
    first, second = labels[0], labels[1]
    failed += not (first != second).any() or not (first[1:] != first[:-1]).any()
    failed += codes(json.loads(pathlib.Path("directory.json").read_text(encoding="utf8"))["offices"])
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
