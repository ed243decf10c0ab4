#!/usr/bin/env python3
"""Makes the tables beside this file from libphonenumber's metadata. Needs phonenumbers and regex from PyPI: phonenumbers
of the version that the crate phonenumber carries, since a test compares the tables with the crate.

calling-codes.txt: ISO 3166-1 code and calling code (ITU-T E.164) of each country.
numbering-plans.txt: calling code, then how many digits may follow it. A 0 in front of these says that the digits may
begin with one.
number-groups.txt: what numbers begin with, calling code included, then the ways in which the digits behind the
calling code are grouped. A line stands for all numbers up to the next line's. Of the ways the first counts that has
room for exactly as many digits: "2.3-11" is a group of two digits and one of 3 to 11; the groups in front are filled first.
"""
import pathlib
import re

import phonenumbers
import regex
from phonenumbers.phonemetadata import PhoneMetadata

here = pathlib.Path(__file__).parent
DIGITS = "0123456789"
PLANS = sorted(
    # The first of the regions that share a calling code has the formats and lengths of all.
    (str(code), PhoneMetadata.metadata_for_region_or_calling_code(code, regions[0]))
    for code, regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items()
)


def calling_codes():
    rows = []
    for code, regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items():
        rows += [f"{region} {code}\n" for region in regions if region != "001"]
    return sorted(rows)


def numbering_plans():
    for code, plan in PLANS:
        pattern = plan.general_desc.national_number_pattern
        zero = ["0"] if regex.fullmatch(pattern, "0", partial=True) else []
        yield " ".join([code, *zero, *map(str, sorted(plan.general_desc.possible_length))]) + "\n"


def way(number_format):
    """The groups of a format. All of them are groups of digits in their order, which only separators part."""
    groups = re.findall(r"\(\\d(?:\{([\d,]+)\})?\)", number_format.pattern)
    template = "".join(rf"\{at + 1}" for at in range(len(groups)))
    if re.sub(r"[ .-]", "", number_format.format) != template:
        raise ValueError(f"{number_format} does more than group")
    return ".".join(group.replace(",", "-") or "1" for group in groups)


def number_groups():
    for code, plan in PLANS:
        formats = [
            # Of leading digits the last pattern is the whole one.
            (way(it), (it.leading_digits_pattern or [""])[-1])
            for it in plan.intl_number_format or plan.number_format
        ]
        last = None
        for begin, ways in starts(formats, ""):
            if ways != last:
                yield " ".join([code + begin, *ways]) + "\n"
            last = ways


def starts(formats, begin):
    """The shortest beginnings, in order, that decide which formats apply."""
    if any(not regex.match(it, begin) and regex.fullmatch(it, begin, partial=True) for _, it in formats):
        for digit in DIGITS:
            yield from starts(formats, begin + digit)
    else:
        ways = [way for way, it in formats if regex.match(it, begin)]
        yield begin, list(dict.fromkeys(ways))


for name, rows in [
    ("calling-codes", calling_codes()),
    ("numbering-plans", numbering_plans()),
    # The place in the alphabet of all is that of the digits, since no calling code begins another.
    ("number-groups", number_groups()),
]:
    (here / f"{name}.txt").write_text("".join(rows), encoding="ascii")
