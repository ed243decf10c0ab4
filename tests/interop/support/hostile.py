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
for number, office in enumerate(directory["offices"]):
    text = TEXTS[number % len(TEXTS)]
    office["name"] = f"{text} {number}"
    office["alternate_names"] = [text, {"name": text, "language": "de"}]
    office["emails"] = ["\"<img/src=x/onerror=hacked=1>\"@example.org"]
    office["websites"] = [{"url": "https://example.org/'onfocus='hacked=1'", "printed": text}]
    for address in office["addresses"]:
        if "address_lines" in address:
            address["address_lines"] = [text]
        address["locality"] = text
json.dump(directory, sys.stdout)
