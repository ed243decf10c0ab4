"""What Thunderbird's address book shows of the files it imported: compare_thunderbird.py DIRECTORY.json FOLDER

FOLDER has thunderbird.csv, offices.ldif and vCards, with the records of read_thunderbird.py beside them. Every
cell of the table has to be in its column, an entry of LDIF and an e-mail address in theirs, and a second import
of vCards has to replace the first.
"""

import csv
import json
import re
import sys
from pathlib import Path

from expect import load
from known import LOST

# The names of columns in the file, where they are not those of the address book with spaces in them.
COLUMNS = {
    "Nickname": "NickName", "Secondary Email": "SecondEmail", "Mobile Number": "CellularNumber",
    "Organization": "Company",
}
STREET = ["WorkAddress", "WorkCity", "WorkState", "WorkZipCode", "WorkCountry"]
STRUCTURED = [["Company", "Department"]] + [
    ["", *(f"{kind}{part}" for part in ["Address2", "Address", "City", "State", "ZipCode", "Country"])]
    for kind in ["Work", "Home"]
]
PHONES = {"voice": "WorkPhone", "cell": "CellularNumber", "fax": "FaxNumber"}


def from_table(path):
    with open(path, encoding="utf8", newline="") as file:
        for row in csv.DictReader(file, strict=True):
            yield {COLUMNS.get(name, name.replace(" ", "")): cell for name, cell in row.items() if cell}


def from_directory(offices, records):
    """The columns from LDIF: Thunderbird has one for each kind of value, and shows the country's code."""
    for office, record in zip(offices, records):
        found = {"DisplayName": record["name"], "Company": record["org"][0], "Department": office["name"]}
        addresses = zip(office.get("addresses", []), record["adr"])
        for address, adr in sorted(addresses, key=lambda it: "physical" not in it[0]["uses"])[:1]:
            box, _, street, city, state, code, _ = adr["parts"]
            lines = street.replace("\n", ", ") or box
            found |= dict(zip(STREET, [lines, city, state, code, address["country"]]))
        for kind, column in PHONES.items():
            found |= {column: it["number"] for it in record["tel"][::-1] if kind in it["types"]}
        found |= {"PrimaryEmail": it for it in office.get("emails", [])[:1]}
        found |= {"WebPage1": it for it in record["url"][:1]}
        yield {name: value for name, value in found.items() if value}


def reread(want):
    """Thunderbird keeps a contact as a vCard, and ical.js takes the separator behind a backslash for an escaped one."""
    found = dict(want)
    for names in STRUCTURED:
        values = [re.sub(r"([\\\\,;])", r"\\\1", want.get(name, "")).replace("\n", "\\n") for name in names]
        parts = re.split(r"(?<!\\);", ";".join(values))
        found |= dict.fromkeys(names, "")
        found |= {name: re.sub(r"\\(.)", plain, part) for name, part in zip(names, parts)}
    return {name: value for name, value in found.items() if value}


def plain(escape):
    return "\n" if escape[1] == "n" else escape[1]


def lost(want, have, record):
    _, explains = LOST["thunderbird"]
    return have == {} and explains(want, record) or have == reread(want)


def compare(expected, path):
    records = [json.loads(line) for line in Path(f"{path}.jsonl").read_text("utf8").split("\n") if line]
    expected = list(expected)
    equal, known, wrong = 0, 0, []
    if len(records) != len(expected):
        wrong.append(f"{len(records)} contacts in place of {len(expected)}")
    for want, record in zip(expected, records):
        have = record["columns"]
        if have == want:
            equal += 1
        elif lost(want, have, record):
            known += 1
        else:
            wrong.append(f"{have!r:.500} in place of {want!r:.500}")
    print(f"thunderbird {path.name:18} {equal} of {len(expected)} contacts equal, {known} as its own vCards lose them")
    return wrong


def vcards(offices, records, path):
    wrong = []
    found = [json.loads(line) for line in Path(f"{path}.jsonl").read_text("utf8").split("\n") if line]
    for office, want, have in zip(offices, records, found, strict=True):
        _, is_lost = LOST["thunderbird"]
        if is_lost(want, have):
            continue
        if have["email"] != office.get("emails", []):
            wrong.append(f"{office['id']}: {have['email']} in place of {office.get('emails')}")
        if not have["replaced"]:
            wrong.append(f"{office['id']} is there twice after a second import")
    return wrong


def main(directory, folder):
    folder = Path(folder)
    offices = json.loads(Path(directory).read_text("utf8"))["offices"]
    records = load(directory, "entry")
    wrong = compare(from_table(folder / "thunderbird.csv"), folder / "thunderbird.csv")
    wrong += compare(from_directory(offices, records), folder / "offices.ldif")
    for path in sorted(folder.glob("*.vcf")):
        wrong += vcards(offices, records, path)
    print("\n".join(wrong[:10]))
    return 1 if wrong or not offices else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
