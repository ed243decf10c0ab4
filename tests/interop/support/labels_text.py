"""Takes the text out of label PDFs as four readers do, and compares it with what was set:
labels_text.py OFFICEDIR FOLDER FONTS NODE_MODULES

poppler and pdf.js are what Linux and Firefox have, PDFium what Chrome has; PyMuPDF is MuPDF.
"""
import json
import pathlib
import re
import subprocess
import sys

import pymupdf
import pypdfium2

PROGRAM, FOLDER, FONTS, MODULES = sys.argv[1], *(pathlib.Path(path) for path in sys.argv[2:])
READERS = ["poppler", "mupdf", "pdfium", "pdf.js"]

# Every line comes out as it was set, in every reader.
SAME = {
    "Latin": (None, ["Schifffahrt Straße 5, Auflage", "fi fl ffi ffl office affluent Pfiff", "Łódź, Đakovo, İstanbul ıi",
                     "Ở số 12 Đường Nguyễn Thị Ngọc", "ẹị ọụ ṣṃ ǹḿ", "AVATAR To Wa Ty.", "“Haus” ’s – №5"]),
    "Greek": (None, ["Οδός Αμυγδαλιάς 14", "Ἀθῆναι 115 21"]),
    "Cyrillic": (None, ["Липовый пер., д. 7, стр. 2", "вул. Каштанова, 19 їжак"]),
    "Georgian": ("NotoSansGeorgian-Regular.ttf", ["ნუშის ქუჩა 11 თბილისი"]),
    "Armenian": ("NotoSansArmenian-Regular.ttf", ["Երևան փողոց 5 և"]),
    "Han": ("DroidSansFallbackFull.ttf", ["東京都港区南麻布5丁目27番18号", "カエデビル 地下1階", "三里屯东六街19号", "松仁路907號15樓"]),
    "Hangul": ("NanumGothic.ttf", ["독서당로 299 한남동", "센텀중앙로 97, 은행빌딩 1803호"]),
    "Arabic letters": ("NotoSansArabic-Regular.ttf", ["لا إله الأمل الآن لإدارة", "كلا سلام بلاد الإسلام"]),
    "Hebrew letters": ("NotoSansHebrew-Regular.ttf", ["רחוב השקד הלבן", "תל אביב יפו"]),
}

# Every word comes out as it was set. The order of words and numbers in a line is each reader's own: PDF says where glyphs
# stand, and readers guess which direction a line has. poppler and MuPDF even join a number with the word behind it where
# it stands within a line.
WORDS = {
    "Arabic": ("NotoSansArabic-Regular.ttf", ["شارع الإسلام 7", "شارع السفارات مبنى 14", "أبو ظبي 12345"]),
    "Persian": ("NotoSansArabic-Regular.ttf", ["خیابان گلها پلاک 12", "کوچه لاله"]),
    "Hebrew": ("NotoSansHebrew-Regular.ttf", ["רחוב השקד 118", "קומה 3"]),
}

# Scripts whose letters change places. What they say is in the PDF as /ActualText, which pdf.js does not read and PDFium
# reads in part.
ACTUAL = {
    "Devanagari": ("NotoSansDevanagari-Regular.ttf", ["नई दिल्ली ११००२१", "क्षत्रिय मार्ग, कर्नाटक भवन", "स्ट्रीट श्री राष्ट्रीय हिन्दी"]),
    "Bengali": ("NotoSansBengali-Regular.ttf", ["রাস্তা ক্ষমতা শ্রী"]),
    "Thai": ("NotoSansThai-Regular.ttf", ["88/9 ซอยสุขุมวิท 23 ถนนสุขุมวิท", "แขวงคลองเตยเหนือ น้ำ ที่ กำแพง", "กรุงเทพมหานคร ปู่ ญี่ปุ่น"]),
    "Khmer": ("NotoSansKhmer-Regular.ttf", ["ភ្នំពេញ ផ្លូវ កម្ពុជា"]),
}


def printed(name, font, lines):
    """A PDF with a label for each line."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    directory = FOLDER / f"{name}.json"
    offices = [{
        "id": f"office-{number}",
        "name": "Ort",
        "kind": "office",
        "addresses": [{"uses": ["postal"], "address_lines": [line], "locality": "Bonn", "postal_code": "53113",
                       "country": "DE"}],
    } for number, line in enumerate(lines)]
    document = {"organization": {"name": "X"}, "offices": offices}
    directory.write_text(json.dumps(document), encoding="utf8")
    target = f"labels:stock=avery-l7165,from=DE,file={name}.pdf" + (f",font={FONTS / font}" if font else "")
    subprocess.run([PROGRAM, "export", directory, "--to", target, "--out", FOLDER / name], check=True,
                   capture_output=True)
    return FOLDER / name / f"{name}.pdf"


def read(reader, path):
    """The lines that a reader takes out of a PDF, without marks of direction."""
    match reader:
        case "poppler":
            text = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True).stdout
        case "mupdf":
            with pymupdf.open(path) as document:
                text = "\n".join(page.get_text() for page in document)
        case "pdfium":
            text = "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path))
        case "pdf.js":
            script = pathlib.Path(__file__).with_suffix(".mjs")
            text = subprocess.run(["node", script, MODULES, path], check=True, capture_output=True, text=True).stdout
    return [line.strip() for line in re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", text).splitlines()]


def main():
    failed = compared = 0
    for kind, scripts, readers in [("line", SAME, READERS), ("word", WORDS, READERS),
                                  ("line", ACTUAL, ["poppler", "mupdf"])]:
        for name, (font, lines) in scripts.items():
            path = printed(name.replace(" ", "-"), font, lines)
            for reader in readers:
                found = read(reader, path)
                wanted = lines
                if kind == "word":
                    wanted = [word for line in lines for word in line.split()]
                    found = [word for line in found for word in line.split()]
                missing = [piece for piece in wanted if piece not in found]
                compared += len(wanted)
                failed += len(missing)
                if missing:
                    print(f"{name}, {reader}: {missing} is not in {found}")
    print(f"{compared} lines and words taken out by {len(READERS)} readers, {failed} not as they were set")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
