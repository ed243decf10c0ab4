"""How readers are known to differ, and why: (reader, member) to [(reason, whether it explains it)].

An explanation takes what went in, what came out and the version, and holds only for the very change that
the reader makes. LOST has a reason why all of a card is lost, by reader.
"""

import json
import re


def encoded(text, version):
    """A text as the card has it; in 4.0 a semicolon is bare in a value that has no components."""
    text = text.replace("\\", "\\\\").replace(",", "\\,").replace("\n", "\\n")
    return text.replace(";", "\\;") if version == "3.0" else text


def each(change):
    """Explains texts, or lists of texts, that came out as `change(text, version)` makes them."""

    def explains(want, have, version):
        made = [change(it, version) for it in want] if isinstance(want, list) else change(want, version)
        return have == made

    return explains


def in_version(wanted, explains):
    return lambda want, have, version: version == wanted and explains(want, have, version)


def kde_decoded(text):
    """KContacts, VCardParser: replaces escapes one kind after the other over the whole value."""
    for escape, plain in [("\\n", "\n"), ("\\N", "\n"), ("\\r", "\r"), ("\\,", ","), ("\\\\", "\\")]:
        text = text.replace(escape, plain)
    return text


def kde_text(text, version):
    return kde_decoded(encoded(text, version))


def kde_parts(parts):
    value = kde_decoded(";".join(encoded(part, "3.0") for part in parts))
    return [part.replace("\\;", ";") for part in re.split(r"(?<!\\);", value)]


def kde_addresses(want, have, version):
    made = [(kde_parts(it["parts"]) + [""] * 7)[:7] for it in want]
    return [it["parts"] for it in have] == made and [it["types"] for it in have] == [it["types"] for it in want]


def ends_with_backslash(want, have, version):
    same = len(want) == len(have) and all(a["types"] == b["types"] for a, b in zip(want, have))
    return same and any(part.endswith("\\") for it in want for part in it["parts"])


def without_types(want, have, version):
    return sorted(json.dumps(it | {"types": None}) for it in want) == sorted(map(json.dumps, have))


def absent(want, have, version):
    return have is None


def some_of(want, have, version):
    return len(have) < len(want) and all(it in want for it in have)


def abook_address(want, have, version):
    """abook keeps the last address, without its types, and reads a folded line to its fold."""
    if len(have) != 1 or have[0]["types"] is not None:
        return False
    found = [part.replace("\\n", "\n").replace("\\", "") for part in have[0]["parts"][2:]]
    expected = want[-1]["parts"][2:]
    whole = [it == part for it, part in zip(found, expected)]
    cut = whole.index(False) if False in whole else len(whole) - 1
    return expected[cut].startswith(found[cut]) and not any(found[cut + 1 :])


SEMICOLON = "ical.js leaves the backslash before an escaped semicolon of a plain text"
SABRE = "sabre/vobject 2 leaves the backslash before commas and semicolons of a plain text"
KDE = "KContacts replaces escapes one kind after the other, and leaves those of semicolons"
BACKSLASH = "takes the separator behind an escaped backslash for an escaped one"
GROUPS = "KContacts shows nothing that is in a group; profile=plain has no groups"
EDS = "EContact parts every text at a bare semicolon"


def sabre_text(text, version):
    text = text.replace(",", "\\,")
    return text.replace(";", "\\;") if version == "3.0" else text


KNOWN = {
    ("ical.js", "name"): [(SEMICOLON, in_version("3.0", each(lambda it, _: it.replace(";", "\\;"))))],
    ("ical.js", "nick"): [(SEMICOLON, in_version("3.0", each(lambda it, _: it.replace(";", "\\;"))))],
    ("ical.js", "adr"): [(f"ical.js {BACKSLASH}", ends_with_backslash)],
    ("sabre", "name"): [(SABRE, each(sabre_text))],
    ("sabre", "nick"): [(SABRE, each(sabre_text))],
    ("sabre", "label"): [(SABRE, each(sabre_text))],
    ("sabre", "adr"): [(f"sabre/vobject 2 {BACKSLASH}", ends_with_backslash)],
    ("eds", "name"): [(EDS, in_version("4.0", each(lambda it, _: it.split(";")[0].strip())))],
    ("eds", "nick"): [(EDS, in_version("4.0", each(lambda it, _: it.replace(";", ","))))],
    ("eds", "label"): [(EDS, in_version("4.0", each(lambda it, _: it.split(";")[0].strip())))],
    ("kcontacts", "name"): [(KDE, each(kde_text))],
    ("kcontacts", "nick"): [
        ("KContacts keeps the first nickname", lambda want, have, _: have == want[0:1]),
        (KDE, lambda want, have, version: have == [kde_text(want[0], version)]),
    ],
    ("kcontacts", "org"): [
        (KDE, lambda want, have, _: have == kde_parts(want)[0:2]),
    ],
    ("kcontacts", "adr"): [(KDE, kde_addresses)],
    ("kcontacts", "tel"): [(GROUPS, some_of)],
    ("kcontacts", "url"): [(GROUPS, some_of)],
    ("kcontacts", "email"): [(GROUPS, some_of)],
    ("kcontacts", "label"): [(GROUPS, absent)],
    ("calcard", "label"): [("the labels of JSContact are not looked at", absent)],
    ("thunderbird", "label"): [("Thunderbird has a value's kind and no label", absent)],
    ("abook", "label"): [("abook leaves out whatever is in a group", absent)],
    ("roundcube", "uid"): [("Roundcube has no UID of a contact that is imported", absent)],
    ("roundcube", "label"): [("Roundcube has a label for a kind", absent)],
    ("roundcube", "nick"): [("Roundcube has one nickname", lambda want, have, _: have == want[:1])],
    ("roundcube", "adr"): [("Roundcube has one type of an address", without_types)],
    ("roundcube", "tel"): [("Roundcube has kinds of its own for numbers", without_types)],
    ("abook", "uid"): [("abook has no field for it", absent)],
    ("abook", "org"): [("abook has no field for it", absent)],
    ("abook", "tel"): [("abook has no field for a fax machine of a card", lambda want, have, _: have == want[1:])],
    ("abook", "adr"): [("abook keeps one address without types, and does not unfold", abook_address)],
}


def reordered(want, have, version):
    return sorted(map(json.dumps, want)) == sorted(map(json.dumps, have))


KNOWN |= {("khard", member): [("khard sorts what there are several of", reordered)] for member in ["nick", "adr", "tel", "url", "email", "label"]}
# Thunderbird has ical.js within.
# It keeps a contact as a vCard again, in which it does not escape the semicolons of an organisation of one level.
KNOWN["thunderbird", "org"] = [
    ("Thunderbird parts an organisation at a semicolon", lambda want, have, _: have == want[0].split(";")),
]
KNOWN |= {("thunderbird", member): KNOWN["ical.js", member] for member in ["name", "nick", "adr"]}


def cut(want, have):
    return "END:VCARD" in json.dumps(want) and (have["name"], have["adr"], have["tel"]) == (None, [], [])


LOST = {"thunderbird": ("Thunderbird takes END:VCARD for the card's end within a line too, and has an empty contact", cut)}
