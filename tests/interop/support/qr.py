"""Reads the QR codes of labels: qr.py OFFICEDIR FOLDER

What zbarimg and ZXing make of a code is what a telephone shows. Both guess the encoding where a code does not say it,
each wrongly for other places of these.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import vobject
import zxingcpp
from PIL import Image

PLACES = """
São Paulo|Malmö|Kraków|Łódź|Çanakkale|Reykjavík|Orléans|Bogotá|A Coruña|Tromsø|Győr|Iași|Ålesund|Zürich|Niš|Čakovec
Tōkyō|Đà Nẵng|თბილისი|ქუთაისი|ភ្នំពេញ|សៀមរាប|አዲስ አበባ|ባሕር ዳር|東京|大阪府|北京|서울|Αθήνα|Москва|القاهرة|ירושלים
กรุงเทพมหานคร|मुंबई|ঢাকা|கொழும்பு|ရန်ကုန်|Երևան|ᐃᖃᓗᐃᑦ|😀|Bonn
""".strip().replace("\n", "|").split("|")


def directory():
    """Offices that are in the place, and have their mail at an address that every font has."""
    mail = {"uses": ["postal"], "address_lines": ["Weg 1"], "locality": "Bonn", "postal_code": "53113", "country": "DE"}
    offices = [
        {
            "id": f"office-{at}", "name": f"{at}; Office, one", "kind": "office",
            "addresses": [mail, mail | {"uses": ["physical"], "address_lines": [f"{place} 1"], "locality": place}],
            "phones": [{"type": "voice", "number": "+4922897629900"}],
            "emails": ["office@example.org"], "websites": [{"url": "https://example.org/"}],
        }
        for at, place in enumerate(PLACES)
    ]
    return {"organization": {"name": "Org"}, "offices": offices}


def zbar(picture):
    # Its own line break stands behind the text.
    return subprocess.run(["zbarimg", "-q", "--raw", picture], capture_output=True, check=True).stdout.decode()[:-1]


def zxing(picture):
    [code] = zxingcpp.read_barcodes(Image.open(picture))
    return code.text


def main(officedir, folder):
    folder = Path(folder)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "directory.json").write_text(json.dumps(directory()), "utf8")
    target = "labels:stock=zebra-4x6,qr,use=postal,format=png,dpi=203"
    command = [officedir, "export", folder / "directory.json", "--to", target, "--out", folder / "out"]
    subprocess.run(command, check=True, capture_output=True)
    pictures = sorted((folder / "out").glob("*.png"))
    assert len(pictures) == len(PLACES), len(pictures)
    longest = 0
    for at, (picture, place) in enumerate(zip(pictures, PLACES)):
        texts = {zbar(picture), zxing(picture)}
        assert len(texts) == 1, (place, texts)
        [text] = texts
        card = vobject.readOne(text)
        card.validate(raiseException=True)
        _, visitors = card.adr_list
        found = (card.fn.value, card.n.value.family, card.org.value, visitors.value.city, visitors.value.street)
        name = f"Org {at}; Office, one"
        assert found == (name, name, ["Org"], place, f"{place} 1"), found
        assert (card.tel.value, card.email.value, card.url.value) == (
            "+4922897629900", "office@example.org", "https://example.org/")
        longest = max(longest, len(text.encode()))
    print(f"{len(PLACES)} of {len(PLACES)} codes are read alike by zbar and ZXing; the longest has {longest} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
