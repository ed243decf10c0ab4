#!/usr/bin/env python3
"""Makes time-zones.txt beside this file, and calling-codes.txt in src/text/data. Needs phonenumbers and tzdata from PyPI.

calling-codes.txt: ISO 3166-1 code and calling code (ITU-T E.164) of each country, as libphonenumber has them.
time-zones.txt: IANA zone and the codes of the countries that keep it (none: a zone of no country); what
zone.tab or zone1970.tab says, aliases with their targets' countries.
"""
import pathlib

import phonenumbers
import tzdata

here = pathlib.Path(__file__).parent
info = pathlib.Path(tzdata.__file__).parent / "zoneinfo"


def calling_codes():
    rows = []
    for code, regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items():
        rows += [f"{region} {code}\n" for region in regions if region != "001"]
    return sorted(rows)


def time_zones():
    countries = {}
    for name in ("zone.tab", "zone1970.tab"):
        for line in (info / name).read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                codes, _, zone = line.split("\t")[:3]
                countries.setdefault(zone, set()).update(codes.split(","))
    links, zones = {}, set(countries)
    for line in (info / "tzdata.zi").read_text(encoding="utf-8").splitlines():
        words = line.split()
        if words[:1] == ["L"]:
            links[words[2]] = words[1]
        elif words[:1] == ["Z"]:
            zones.add(words[1])
    for zone in sorted(zones | set(links)):
        # An alias with a country of its own (Europe/Oslo) keeps that.
        found = countries.get(zone) or countries.get(links.get(zone), set())
        yield " ".join([zone, *sorted(found)]) + "\n"


(here.parents[1] / "text/data/calling-codes.txt").write_text("".join(calling_codes()), encoding="ascii")
(here / "time-zones.txt").write_text("".join(time_zones()), encoding="ascii")
