"""khard: reads a folder of single cards as an address book, prints records: read_khard.py FOLDER DIRECTORY.json"""

import json
import re
import sys
from pathlib import Path

from khard.address_book import VdirAddressBook

from expect import uid

TYPE = "(?:work|voice|fax|cell|internet|parcel|postal)"
PARTS = ["box", "extended", "street", "city", "region", "code", "country"]


def text(value):
    return "\n".join(value) if isinstance(value, list) else value


def values(found):
    """The values, of which khard gives those with a label as dictionaries."""
    return [value for it in found for value in (it.values() if isinstance(it, dict) else [it])]


def labels(found):
    return [label for it in found if isinstance(it, dict) for label in it]


def parted(types):
    """A label, which stands before the types, and these."""
    label, names = re.fullmatch(rf"(?:(.*?), )??((?:{TYPE}, )*{TYPE})", types, re.DOTALL | re.IGNORECASE).groups()
    return label, sorted(names.lower().split(", "))


def by_type(found):
    return [(parted(types)[1], value) for types, items in found.items() for value in items]


def labels_by_type(found):
    """The labels, once for each value."""
    labels = [parted(types)[0] for types, items in found.items() for _ in items]
    return [it for it in labels if it is not None]


book = VdirAddressBook("offices", sys.argv[1])
book.load()
directory = json.loads(Path(sys.argv[2]).read_text("utf8"))
offices = directory["offices"]
assert len(book.contacts) == len(offices), f"{len(book.contacts)} contacts of {len(offices)}"
for office in offices:
    contact = book.contacts[uid(directory, office["id"])]
    print(json.dumps({
        "uid": contact.uid,
        "name": contact.formatted_name,
        "org": values(contact.organisations)[0],
        "nick": [text(it) for it in values(contact.nicknames)],
        "adr": [
            {"types": types, "parts": [text(place[part]) for part in PARTS]}
            for types, place in by_type(contact.post_addresses)
        ],
        "tel": [{"types": types, "number": number} for types, number in by_type(contact.phone_numbers)],
        "url": values(contact.webpages),
        "email": [address for _, address in by_type(contact.emails)],
        "label": [
            *labels_by_type(contact.phone_numbers), *labels_by_type(contact.emails), *labels(contact.webpages),
        ],
    }))
