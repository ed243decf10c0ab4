"""What ez-vcard read, beside the directory: xcard.py DIRECTORY LINES."""

import json
import sys
import uuid
from urllib.parse import urlsplit

with open(sys.argv[1], encoding="utf-8") as file:
    directory = json.load(file)
with open(sys.argv[2], encoding="utf-8") as file:
    lines = file.read().splitlines()

offices = directory["offices"]
host = urlsplit(directory["organization"]["website"]).hostname
namespace = uuid.uuid5(uuid.NAMESPACE_DNS, host)
assert len(lines) == len(offices) == 15, lines
for office, line in zip(offices, lines):
    uid, kind, name, phones, countries, codes, urls = line.split("\t")
    assert uid == uuid.uuid5(namespace, office["id"]).urn, line
    assert kind == "org" and name.startswith("ICLEI ") and name.endswith(office["name"]), line
    numbers = sorted(phone["number"] for phone in office.get("phones", []))
    assert phones.split(",") == (numbers or [""]), line
    addresses = office.get("addresses", [])
    assert len(countries.split(",")) == len(addresses), line
    assert codes.split(",") == [it.get("postal_code", "null") for it in addresses], line
    assert urls.split(",") == ([it["url"] for it in office.get("websites", [])] or [""]), line
print(f"ez-vcard reads {len(lines)} cards")
