"""A directory whose texts are markup: hostile.py DIRECTORY > hostile.json."""

import json
import sys

TEXTS = ["</script><script>hacked=1</script>", "<img src=x onerror=hacked=1>",
         "\"' onfocus=hacked=1 autofocus x=\"", "</style><svg onload=hacked=1>",
         "--><!--<script>hacked=1</script>", "{{ 7 * 7 }}&lt;b&gt;", "]]></li></main>",
         "javascript:hacked=1", "`${hacked=1}`"]

with open(sys.argv[1], encoding="utf-8") as file:
    directory = json.load(file)
directory["organization"]["name"] = TEXTS[1]
for region, text in zip(directory["regions"], TEXTS):
    region["name"] = text
directory["organization"]["alternate_names"] = [{"name": TEXTS[3], "language": "de"}]
kinds = sorted({office["kind"] for office in directory["offices"]})
directory["kinds"] = [{"id": kind, "name": text} for kind, text in zip(kinds, TEXTS)]
for number, office in enumerate(directory["offices"]):
    text = TEXTS[number % len(TEXTS)]
    office["name"] = f"{text} {number}"
    office["alternate_names"] = [text, {"name": text, "language": "de"}]
    office["emails"] = ["\"<img/src=x/onerror=hacked=1>\"@example.org"]
    office["phones"] = [{"type": "voice", "number": "+4922897629900", "label": text}]
    office["emails"].append({"address": "x@example.org", "label": text})
    office["contact_forms"] = [{"url": "https://example.org/'onfocus='hacked=1'", "label": text}]
    office["opening_hours"] = f"Mo-Fr 09:00-17:00; \"{text}\""
    office["x_own"] = text
    office["websites"] = [{"url": "https://example.org/'onfocus='hacked=1'", "printed": text}]
    for address in office["addresses"]:
        if "address_lines" in address:
            address["address_lines"] = [text]
        address["locality"] = text
json.dump(directory, sys.stdout)
