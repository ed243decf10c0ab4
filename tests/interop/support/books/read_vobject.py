"""vobject: reads a file of cards, validates each, prints records."""

import json
import sys

import vobject


def listed(value):
    return value if isinstance(value, list) else [value]


def text(value):
    return "\n".join(value) if isinstance(value, list) else value


def types(line):
    return sorted(it.lower() for it in line.params.get("TYPE", []))


def labels(lines):
    """The labels of values, which are in groups with them."""
    by_group = {it.group: it.value for it in lines.get("x-ablabel", [])}
    labelled = [it for name in ["tel", "email", "url"] for it in lines.get(name, []) if it.group]
    return [by_group[it.group] for it in labelled]


def record(card):
    card.validate(raiseException=True)
    lines = card.contents
    return {
        "uid": card.uid.value,
        "name": card.fn.value,
        "org": card.org.value,
        "nick": [it.value for it in lines.get("nickname", [])],
        "adr": [
            {"types": types(it), "parts": [text(getattr(it.value, part)) for part in
             ["box", "extended", "street", "city", "region", "code", "country"]]}
            for it in lines.get("adr", [])
        ],
        "tel": [{"types": types(it), "number": it.value} for it in lines.get("tel", [])],
        "url": [it.value for it in lines.get("url", [])],
        "email": [it.value for it in lines.get("email", [])],
        "label": labels(lines),
    }


with open(sys.argv[1], encoding="utf8", newline="") as file:
    for card in vobject.readComponents(file):
        print(json.dumps(record(card)))
