#!/usr/bin/env python3
"""Makes examples.txt beside this file from libphonenumber's example numbers. Needs phonenumbers from PyPI.

A line has an E.164 number, the digits behind its calling code grouped as within the country, and what calls within the
country begin with: nothing where the country has no such prefix.
"""
import pathlib
import re

from phonenumbers import (
    PhoneMetadata,
    PhoneNumberFormat,
    PhoneNumberType,
    SUPPORTED_REGIONS,
    example_number_for_type,
    format_number,
)

lines = []
for region in sorted(SUPPORTED_REGIONS):
    for kind in (PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE):
        number = example_number_for_type(region, kind)
        if number is None:
            continue
        e164 = format_number(number, PhoneNumberFormat.E164)
        groups = format_number(number, PhoneNumberFormat.INTERNATIONAL).split(" ", 1)[1]
        groups = re.sub(r"\D+", " ", groups)
        prefix = PhoneMetadata.metadata_for_region(region).national_prefix or ""
        lines.append(f"{e164}\t{groups}\t{prefix}\n")

# The same in several countries with one calling code: once is enough.
lines = list(dict.fromkeys(lines))
(pathlib.Path(__file__).parent / "examples.txt").write_text("".join(lines), encoding="ascii")
