"""QR codes as two readers read them: html_codes.py FOLDER, with NAME.png and what it should say in NAME.txt."""

import subprocess
import sys
from pathlib import Path

import zxingcpp
from PIL import Image

wrong = []
pictures = sorted(Path(sys.argv[1]).glob("*.png"))
for picture in pictures:
    expected = picture.with_suffix(".txt").read_bytes().decode()
    zxing = [it.text for it in zxingcpp.read_barcodes(Image.open(picture))]
    zbar = subprocess.run(["zbarimg", "--quiet", "--raw", "-Sbinary", picture], capture_output=True).stdout.decode()
    for reader, text in [("zxing", "".join(zxing)), ("zbar", zbar)]:
        if text != expected:
            wrong.append(f"{picture.name}: {reader} reads {text!r}, and not {expected!r}")
print("\n".join(wrong) or f"{len(pictures)} codes are read by zbar and zxing")
sys.exit(bool(wrong) or not pictures)
