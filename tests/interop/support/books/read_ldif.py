"""LDIF that OpenLDAP has taken and given back: read_ldif.py DIRECTORY.json OURS.ldif SLAPCAT.ldif

Ours has nothing but safe lines, and the server has for every office what went in, and nothing else.
"""

import base64
import json
import re
import sys
from pathlib import Path

from expect import load

OPERATIONAL = {
    "structuralObjectClass", "entryUUID", "creatorsName", "createTimestamp", "entryCSN", "modifiersName",
    "modifyTimestamp",
}


def entries(path):
    for block in Path(path).read_bytes().decode("ascii").replace("\n ", "").strip().split("\n\n"):
        entry = {}
        for line in block.split("\n"):
            name, coded, value = re.fullmatch(r"([\w;-]+):(:?) ?(.*)", line).groups()
            value = base64.b64decode(value, validate=True).decode("utf8") if coded else value
            if name not in OPERATIONAL:
                entry.setdefault(name, []).append(value)
        yield entry


def expected(office, record, base):
    phones = {"fax": "facsimileTelephoneNumber", "cell": "mobile", "voice": "telephoneNumber"}
    addresses = sorted(
        zip(office.get("addresses", []), record["adr"]), key=lambda it: "physical" not in it[0]["uses"]
    )
    entry = {
        "dn": [f"uid={office['id']},{base}"], "objectClass": ["organizationalUnit", "extensibleObject"],
        "uid": [office["id"]], "o": [record["org"][0]], "ou": [office["name"]],
        "cn": [record["name"]], "mail": office.get("emails", []), "labeledURI": record["url"],
        "seeAlso": [f"uid={office['parent']},{base}"] if "parent" in office else [],
    }
    for name in office.get("alternate_names", []):
        plain = isinstance(name, str)
        # Language tags are compared, and kept by OpenLDAP, in small letters.
        key = "cn" if plain else f"cn;lang-{name['language'].lower()}"
        entry.setdefault(key, []).append(name if plain else name["name"])
    for phone in record["tel"]:
        entry.setdefault(phones[[it for it in phone["types"] if it != "work"][0]], []).append(phone["number"])
    for address, found in addresses[:1]:
        box, _, street, locality, region, code, country = found["parts"]
        parts = {
            "postOfficeBox": box, "street": street.replace("\n", ", "), "l": locality, "st": region,
            "postalCode": code, "c": address["country"], "co": country,
        }
        entry |= {name: [value] for name, value in parts.items() if value}
    return {name: sorted(values) for name, values in entry.items() if values}




def main(directory, ours, theirs):
    lines = Path(ours).read_bytes()
    assert lines.isascii() and all(len(line) <= 76 for line in lines.split(b"\n"))
    offices = json.loads(Path(directory).read_text("utf8"))["offices"]
    records = load(directory, "entry")
    _root, container, *found = entries(theirs)
    base = container["dn"][0]
    assert len(found) == len(offices), len(found)
    by_name = {entry["dn"][0]: entry for entry in found}
    differ = 0
    for office, record in zip(offices, records):
        want = expected(office, record, base)
        have = {name: sorted(values) for name, values in by_name[want["dn"][0]].items()}
        lines = [have.pop(name, []) for name in ["postalAddress", "registeredAddress"]]
        have.pop("businessCategory", None)
        assert sum(map(len, lines)) == len(office.get("addresses", [])), lines
        if have != want:
            differ += 1
            print(f"{office['id']}: {have!r:.400}\n  in place of {want!r:.400}")
    print(f"OpenLDAP   {Path(directory).stem:10} {len(offices) - differ} of {len(offices)} entries as they went in")
    return 1 if differ else 0


sys.exit(main(*sys.argv[1:]))
