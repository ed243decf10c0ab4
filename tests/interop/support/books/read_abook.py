"""abook: reads its own format, into which `abook --convert` has put the cards, and prints records.

It keeps one address and one number of each type, and no UID.
"""

import json
import re
import sys
from pathlib import Path

for section in re.split(r"^\[\d+\]$", Path(sys.argv[1]).read_text("utf8"), flags=re.M)[1:]:
    item = dict(line.split("=", 1) for line in section.strip().splitlines())
    part = [item.get(key, "") for key in ["address2", "address", "city", "state", "zip", "country"]]
    numbers = [("workphone", ["voice", "work"]), ("fax", ["fax", "work"]), ("mobile", ["cell", "work"])]
    print(json.dumps({
        "uid": None,
        "name": item.get("name"),
        "org": None,
        "nick": [item["nick"]] if "nick" in item else [],
        "adr": [{"types": None, "parts": ["", *part]}] if any(part) else [],
        "tel": [{"types": types, "number": item[key]} for key, types in numbers if key in item],
        "url": [item["url"]] if "url" in item else [],
        "email": [item["email"]] if "email" in item else [],
    }))
