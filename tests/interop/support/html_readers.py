"""What readers of microformats and schema.org find in the page: html_readers.py DIRECTORY PAGE."""

import json
import sys

import extruct
import mf2py

with open(sys.argv[1], encoding="utf-8") as file:
    offices = json.load(file)["offices"]
with open(sys.argv[2], encoding="utf-8") as file:
    page = file.read()
assert len(page.encode()) <= 120_000, f"{len(page.encode())} bytes"

cards = {}
for card in mf2py.parse(doc=page)["items"]:
    assert card["type"] == ["h-card"], card["type"]
    cards[card["properties"]["name"][0]] = card["properties"]
(document,) = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
nodes = {node["name"]: node for node in document["subOrganization"]}
assert len(offices) == len(cards) == len(nodes) == 15, (len(cards), len(nodes))


def listed(value):
    return value if isinstance(value, list) else [] if value is None else [value]


for office in offices:
    full_name = office["name"] if office["name"].startswith("ICLEI") else f"ICLEI {office['name']}"
    node, card = nodes[full_name], cards[full_name]
    assert f'id={node["@id"][1:]} ' in page, node["@id"]
    assert card["name"] == [full_name] and card["org"] == ["ICLEI"], card
    voices = [it["number"] for it in office.get("phones", []) if it["type"] != "fax"]
    faxes = [it["number"] for it in office.get("phones", []) if it["type"] == "fax"]
    assert [it.replace(" ", "") for it in card.get("tel", [])] == voices, card
    assert listed(node.get("telephone")) == voices and listed(node.get("faxNumber")) == faxes, node
    urls = [it["url"] for it in office.get("websites", [])]
    assert [it.rstrip("/") for it in card.get("url", [])] == [it.rstrip("/") for it in urls], card
    assert listed(node.get("url")) == urls, node
    above = node.get("parentOrganization", {}).get("@id")
    assert above == (f"#office-{office['parent']}" if "parent" in office else None), node
    addresses = office.get("addresses", [])
    marked = [it["properties"] for it in card.get("adr", [])]
    told = listed(node.get("address"))
    assert len(addresses) == len(marked) == len(told), full_name
    for address, mark, tell in zip(addresses, marked, told):
        street = "\n".join(address.get("address_lines", []))
        assert street in mark.get("street-address", [""])[0], mark
        assert mark.get("locality", [None])[0] == address.get("locality"), mark
        assert mark.get("postal-code", [None])[0] == address.get("postal_code"), mark
        assert tell["addressCountry"] == address["country"], tell
        assert tell.get("postalCode") == address.get("postal_code"), tell
print(f"{len(page.encode())} bytes, {len(cards)} h-cards, {len(nodes)} organisations")
