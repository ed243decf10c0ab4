"""What a reader has to find in an office's card, made from the directory file alone.

A record is {"uid", "name", "org": [...], "nick": [...], "adr": [{"types", "parts": 7 texts}],
"tel": [{"types", "number"}], "url": [...], "email": [...], "label": [...]}; every reader's output has this shape, one record a
line. Labels are those of telephone lines, e-mail addresses and forms; a reader that has none leaves them out.
"""

import json
import uuid
from pathlib import Path
from urllib.parse import urlsplit

from babel import Locale

NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "urn:officedir:office")
COUNTRIES = Locale("en").territories
TEL = {"fax": "fax", "mobile": "cell", "voice": "voice"}
# What the card says of an address's use: vCard 4.0 has no word for it, JSContact one for mail.
USES = {"3.0": {"physical": "parcel", "postal": "postal"}, "4.0": {}, "jscontact": {"postal": "delivery"}}
USES["entry"] = USES["3.0"]
# What has the levels of the organisation and the post-office box apart; "entry" is one of a table or a server.
APART = ["jscontact", "entry"]


def namespace(organization):
    """In which the ids of an organisation's offices become UIDs, as docs/address-books.md says."""
    if organization.get("uid_scheme") == 1:
        return NAMES
    if "id" in organization:
        try:
            return uuid.UUID(organization["id"])
        except ValueError:
            return uuid.uuid5(uuid.NAMESPACE_URL, organization["id"])
    if "website" in organization:
        return uuid.uuid5(uuid.NAMESPACE_DNS, urlsplit(organization["website"]).hostname)
    return uuid.uuid5(NAMES, organization["name"])


def uid(directory, office_id):
    return f"urn:uuid:{uuid.uuid5(namespace(directory['organization']), office_id)}"


def full_name(organization, name):
    rest = name.removeprefix(organization)
    there = rest != name and not rest[:1].isalnum()
    return name if there else f"{organization} {name}"


def address(address, version):
    street = [f"c/o {address['care_of']}"] if "care_of" in address else []
    box = address.get("post_office_box", "")
    street += address.get("address_lines", [])
    # Not every reader of vCards shows the component of a box, so there it is a line.
    if version not in APART and box:
        street.append(box)
    street += [address[key] for key in ["dependent_locality"] if key in address]
    locality = [address[key] for key in ["locality", "sorting_code"] if key in address]
    region = address.get("administrative_area", address.get("administrative_area_code", ""))
    uses = [USES[version].get(use) for use in address["uses"]]
    return {
        "types": sorted(["work", *filter(None, uses)]),
        "parts": [
            box if version in APART else "",
            "",
            "\n".join(street),
            " ".join(locality),
            region,
            address.get("postal_code", ""),
            COUNTRIES.get(address["country"], address["country"]),
        ],
    }


def nicknames(names, version):
    """In JSContact, the first name in each language is the card's name in that language."""
    languages = set()
    found = []
    for name in names:
        language = None if isinstance(name, str) else name["language"]
        if version != "jscontact" or language is None or language in languages:
            found.append(name if language is None else name["name"])
        languages.add(language)
    return found


def records(directory, version):
    organization = directory["organization"]["name"]
    names = {office["id"]: office["name"] for office in directory["offices"]}
    for office in directory["offices"]:
        above = [names[office["parent"]]] if "parent" in office else []
        phones = sorted(office.get("phones", []), key=lambda phone: list(TEL).index(phone["type"]))
        emails = [it if isinstance(it, dict) else {"address": it} for it in office.get("emails", [])]
        forms = office.get("contact_forms", [])
        # JSContact's links of the kind "contact" are no websites, and a form needs no label there.
        is_url = version != "jscontact"
        labels = [it["label"] for it in [*phones, *emails] if "label" in it]
        other = office.get("alternate_names", [])
        name = full_name(organization, office["name"])
        yield {
            "uid": uid(directory, office["id"]),
            "name": name,
            "org": [organization, *above, office["name"]] if version in APART else [name],
            "nick": nicknames(other, version),
            "adr": [address(it, version) for it in office.get("addresses", [])],
            "tel": [
                {"types": sorted(["work", TEL[phone["type"]]]), "number": phone["number"]}
                for phone in phones
            ],
            "url": [
                site["url"].replace(",", "%2C").replace(";", "%3B")
                for site in [*office.get("websites", []), *(forms if is_url else [])]
            ],
            "email": [it["address"] for it in emails],
            "label": labels + [it.get("label", "Contact form") for it in forms if is_url],
        }


def load(path, version):
    return list(records(json.loads(Path(path).read_text("utf8")), version))
