"""Hostile values in every member that gets into a card: 112 values, 10 members, one office for each pair.

    hostile.py make ALL.json              all of them, with plain neighbours
    hostile.py judge ALL.json FINDINGS OUT.json
    hostile.py folds OUT.json              harmless texts of every length up to a line

`judge` compares what `validate` said with what has to be rejected, and writes the others into OUT.json.
"""

import json
import re
import sys
import unicodedata
from pathlib import Path

CARD = "END:VCARD\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nFN:Second\r\nN:Second;;;;\r\nEND:VCARD"
BREAKS = ["\n", "\r", "\r\n", "\n ", "\r\n ", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"]
CONTROLS = "\0\x01\x07\x08\x09\x1a\x1b\x1f\x7f\x80\x9f"
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff"
PLAIN = [
    "END:VCARD", "BEGIN:VCARD", "\\nEND:VCARD", "\\r\\nEND:VCARD\\r\\nBEGIN:VCARD", "=0AEND:VCARD",
    "=0D=0AEND:VCARD", "&#10;END:VCARD", "%0D%0AEND:VCARD", "a\\", "\\", "\\\\", "\\n", "\\N", "\\\\n",
    "a\\,b", "a\\;b", ",", ";", ":", ",;:,;:", ";;;;;;", ",,,,", '"', '"quoted"', 'a";b', 'a"b,c',
    '";TYPE=HOME:x', "a;TYPE=home", "a:b:c", "'", "`", "^n", "^^", "^'", "{a}", "a=b", "=1+1",
    "@SUM(1)", "-1", "+1", "<b>", "</name>", "&amp;", "]]>", "<!--", "%", "%00", "${x}",
    "{{x}}", "日本", "ü", "é", "😀", "👩‍👩‍👧‍👦", "🇯🇵", "𠮷", "مكتب", "משרד (12)", "ไทย", "ﬁ",
]
SPACES = [" a", "a ", "\u00a0", "\u3000a", "a\u200b"]
LONG = ["x" * 10_000, "ü" * 5_000, "😀" * 2_500, "a,;\\" * 2_500, "word " * 1_999 + "word"]


def values():
    # Lines break at 75 octets: every kind of character at every place around it.
    folds = ["x" * (60 + at % 5) + "é日😀,\\"[at % 5] * 8 for at in range(5)]
    made = [f"a{it}END:VCARD{it}BEGIN:VCARD" for it in BREAKS] + [f"a{it}b" for it in CONTROLS + BIDI]
    made += PLAIN + SPACES + LONG + folds + [CARD]
    assert len(set(made)) == 112, len(set(made))
    return made


def member(name, value):
    place = {"uses": ["postal"], "address_lines": ["1 Street"], "locality": "Town", "country": "IE"}
    office = {"name": "Neighbour", "kind": "office", "addresses": [place]}
    match name:
        case "name": office["name"] = value
        case "alternate_names": office["alternate_names"] = [value]
        case "address_lines": place["address_lines"] = [value]
        case "care_of" | "post_office_box" | "locality": place[name] = value
        case "websites": office["websites"] = [{"url": f"https://example.org/{value}"}]
        case "phones": office["phones"] = [{"type": "voice", "number": f"+4922812345{value}"}]
        case "label": office["phones"] = [{"type": "voice", "number": "+49228123456", "label": value}]
        case "emails": office["emails"] = [f"a{value}@example.org"]
    return office


MEMBERS = [
    "name", "alternate_names", "care_of", "address_lines", "post_office_box", "locality",
    "websites", "phones", "label", "emails",
]


def must_be_rejected(name, value):
    if name == "phones":
        return not re.fullmatch(r"[0-9]{0,5}", value)
    if name == "websites":
        ascii_only = re.fullmatch(r"[!-~]*", value)
        return not ascii_only or re.search(r'["<>\\^`{|}]|%(?![0-9A-Fa-f]{2})|\[|\]', value) is not None
    if name == "emails":
        # Atoms of RFC 5322, section 3.2.3, and no dot at the ends; 64 octets at most.
        return not re.fullmatch(r"[\w!#$%&'*+/=?^`{|}~-]{0,63}", value, re.ASCII)
    unfit = any(unicodedata.category(it) == "Cc" or it in BIDI + "\u2028\u2029" for it in value)
    edges = value != value.strip() or value[0] in "\u200b" or value[-1] in "\u200b"
    return unfit or edges or (name == "name" and len(value) > 200)


def offices():
    for at, value in enumerate(values()):
        for name in MEMBERS:
            yield name, value, {"id": f"{name.replace('_', '-')}-{at}", **member(name, value)}


def make(path):
    directory = {"organization": {"name": "Org"}, "offices": [it[2] for it in offices()]}
    Path(path).write_text(json.dumps(directory), "utf8")


def folds(path):
    """Offices whose lines are folded at every place of a text with blanks and escapes."""
    text = "South Africa, Long Street; Quarters\\A B"
    place = {"uses": ["postal"], "locality": "Cape Town", "postal_code": "8001", "country": "ZA"}
    lines = [["x" * at + text, text] for at in range(1, 76)]
    made = [
        {"id": f"fold-{at}", "name": f"{at} {text}", "kind": "office", "addresses": [place | {"address_lines": it}]}
        for at, it in enumerate(lines)
    ]
    Path(path).write_text(json.dumps({"organization": {"name": "Org"}, "offices": made}), "utf8")


def judge(path, findings, out):
    said = {}
    wrong, kept = [], []
    all_offices = list(offices())
    for finding in json.loads(Path(findings).read_text("utf8"))["findings"]:
        if finding["severity"] == "error":
            at = int(finding["pointer"].split("/")[2])
            said.setdefault(at, finding["pointer"])
            if finding["office"] != all_offices[at][2]["id"]:
                wrong.append(f"office {at} is called {finding['office']}")
    for at, (name, value, office) in enumerate(all_offices):
        places = {"label": "phones/0/label"}
        place = "addresses" if "addresses" in said.get(at, "") else places.get(name, name)
        if must_be_rejected(name, value) != (at in said):
            wrong.append(f"{name} {value[:60]!r}: {said.get(at, 'accepted')}")
        elif at in said and f"/offices/{at}/{place}" not in said[at]:
            wrong.append(f"{name} {value[:60]!r} is reported elsewhere: {said[at]}")
        elif at not in said:
            kept.append(office)
    print(f"{len(values())} values in {len(MEMBERS)} members: {len(said)} rejected with office and "
          f"member, {len(kept)} accepted")
    assert not wrong, "\n".join(wrong)
    directory = json.loads(Path(path).read_text("utf8"))
    Path(out).write_text(json.dumps(directory | {"offices": kept}), "utf8")


if __name__ == "__main__":
    {"make": make, "judge": judge, "folds": folds}[sys.argv[1]](*sys.argv[2:])
