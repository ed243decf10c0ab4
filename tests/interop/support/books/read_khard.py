"""khard: reads a folder of single cards as an address book, prints records: read_khard.py FOLDER DIRECTORY.json"""

import json
import sys
from pathlib import Path

from khard.address_book import VdirAddressBook

from expect import uid

PARTS = ["box", "extended", "street", "city", "region", "code", "country"]


def text(value):
    return "\n".join(value) if isinstance(value, list) else value


def values(found):
    """khard gives properties with a label as dictionaries; ours have none."""
    assert not any(isinstance(it, dict) for it in found), found
    return found


def by_type(found):
    return [(sorted(types.lower().split(", ")), value) for types, items in found.items() for value in items]


book = VdirAddressBook("offices", sys.argv[1])
book.load()
offices = json.loads(Path(sys.argv[2]).read_text("utf8"))["offices"]
assert len(book.contacts) == len(offices), f"{len(book.contacts)} contacts of {len(offices)}"
for office in offices:
    contact = book.contacts[uid(office["id"])]
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
    }))
