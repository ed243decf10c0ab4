#!/usr/bin/env python3
"""What one would write in Python for CSV, vCard 3.0 and XML, with csv, vobject and lxml:

    script.py DIRECTORY.json FOLDER csv|vcard|xml…
"""
import csv
import json
import pathlib
import sys

TYPES = {"voice": ["WORK", "VOICE"], "fax": ["WORK", "FAX"], "mobile": ["WORK", "CELL"]}
ADDRESS = ["post_office_box", "locality", "administrative_area", "postal_code", "country"]
COLUMNS = ["id", "organization", "name", "kind", "region", "parent"]
COLUMNS += [f"address_{at}_{part}" for at in [1, 2] for part in ["uses", "lines", *ADDRESS]]
COLUMNS += [f"phone_{at}_{part}" for at in [1, 2, 3] for part in ["type", "number"]] + ["email_1", "website_1"]


def write_csv(directory, path):
    with open(path, "w", encoding="utf8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="", quoting=csv.QUOTE_ALL)
        writer.writeheader()
        for office in directory["offices"]:
            row = {name: office.get(name, "") for name in COLUMNS[:6]}
            row["organization"] = directory["organization"]["name"]
            for at, address in enumerate(office.get("addresses", [])[:2], 1):
                row[f"address_{at}_uses"] = " ".join(address["uses"])
                row[f"address_{at}_lines"] = "\n".join(address.get("address_lines", []))
                for part in ADDRESS:
                    row[f"address_{at}_{part}"] = address.get(part, "")
            for at, phone in enumerate(office.get("phones", [])[:3], 1):
                row[f"phone_{at}_type"] = phone["type"]
                row[f"phone_{at}_number"] = phone["number"]
            row["email_1"] = (office.get("emails") or [""])[0]
            row["website_1"] = office["websites"][0]["url"] if office.get("websites") else ""
            writer.writerow(row)


def card(organization, office):
    import vobject

    card = vobject.vCard()
    name = f"{organization} {office['name']}"
    card.add("uid").value = office["id"]
    card.add("n").value = vobject.vcard.Name(family=name)
    card.add("fn").value = name
    card.add("org").value = [organization, office["name"]]
    for address in office.get("addresses", []):
        place = card.add("adr")
        place.type_param = ["WORK", *("POSTAL" if it == "postal" else "PARCEL" for it in address["uses"])]
        place.value = vobject.vcard.Address(
            box=address.get("post_office_box", ""), street="\n".join(address.get("address_lines", [])),
            city=address.get("locality", ""), region=address.get("administrative_area", ""),
            code=address.get("postal_code", ""), country=address["country"],
        )
    for phone in office.get("phones", []):
        line = card.add("tel")
        line.type_param = TYPES[phone["type"]]
        line.value = phone["number"]
    for email in office.get("emails", []):
        card.add("email").value = email
    for website in office.get("websites", []):
        card.add("url").value = website["url"]
    return card


def write_vcard(directory, path):
    with open(path, "w", encoding="utf8", newline="") as file:
        for office in directory["offices"]:
            file.write(card(directory["organization"]["name"], office).serialize())


def element(parent, name, value):
    """An element of lists, members and texts, named as in the JSON."""
    from lxml import etree

    if isinstance(value, list):
        for item in value:
            element(parent, name, item)
        return
    made = etree.SubElement(parent, name)
    if isinstance(value, dict):
        for key, item in value.items():
            element(made, key, item)
    else:
        made.text = str(value)


def write_xml(directory, path):
    from lxml import etree

    root = etree.Element("directory")
    etree.SubElement(root, "organization").text = directory["organization"]["name"]
    for office in directory["offices"]:
        element(root, "office", office)
    etree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True, pretty_print=True)


def main(source, folder, *formats):
    with open(source, encoding="utf8") as file:
        directory = json.load(file)
    writers = {"csv": write_csv, "vcard": write_vcard, "xml": write_xml}
    for name in formats:
        writers[name](directory, pathlib.Path(folder, f"script.{name}"))


if __name__ == "__main__":
    main(*sys.argv[1:])
