"""Evolution's EContact: reads a folder of single cards in the order of a list of ids, prints records."""

import json
import sys
from pathlib import Path

import gi

gi.require_version("EBookContacts", "1.2")
from gi.repository import EBookContacts  # noqa: E402


def types(attribute):
    params = [it for it in attribute.get_params() if it.get_name().upper() == "TYPE"]
    return sorted(value.lower() for it in params for value in it.get_values())


folder = Path(sys.argv[1])
for office in json.loads(Path(sys.argv[2]).read_text("utf8"))["offices"]:
    contact = EBookContacts.Contact.new_from_vcard((folder / f"{office['id']}.vcf").read_bytes().decode())
    found = {}
    for it in EBookContacts.VCard.get_attributes(contact):
        found.setdefault(it.get_name().upper(), []).append(it)
    labels = {it.get_group(): it.get_value() for it in found.get("X-ABLABEL", [])}
    labelled = [it for name in ["TEL", "EMAIL", "URL"] for it in found.get(name, []) if it.get_group()]
    print(json.dumps({
        "uid": contact.get_property("id"),
        "name": contact.get_property("full-name"),
        "org": found["ORG"][0].get_values(),
        "nick": [",".join(it.get_values()) for it in found.get("NICKNAME", [])],
        "adr": [{"types": types(it), "parts": it.get_values()} for it in found.get("ADR", [])],
        "tel": [{"types": types(it), "number": it.get_value()} for it in found.get("TEL", [])],
        "url": [it.get_value() for it in found.get("URL", [])],
        "email": [it.get_value() for it in found.get("EMAIL", [])],
        "label": [labels[it.get_group()] for it in labelled],
    }))
