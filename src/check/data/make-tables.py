#!/usr/bin/env python3
"""Makes time-zones.txt and zones-of-countries.txt beside this file. Needs tzdata from PyPI.

time-zones.txt: IANA zone and the codes of the countries that keep it (none: a zone of no country); what
zone.tab or zone1970.tab says, aliases with their targets' countries.
zones-of-countries.txt: ISO 3166-1 code and the country's zones without aliases, in the order of zone.tab, which has
populous zones first where that makes geographical sense.
"""
import pathlib

import tzdata

here = pathlib.Path(__file__).parent
info = pathlib.Path(tzdata.__file__).parent / "zoneinfo"


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


def zones_of_countries():
    countries = {}
    for line in (info / "zone.tab").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            countries.setdefault(country, []).append(zone)
    return [" ".join([country, *zones]) + "\n" for country, zones in sorted(countries.items())]


(here / "time-zones.txt").write_text("".join(time_zones()), encoding="ascii")
(here / "zones-of-countries.txt").write_text("".join(zones_of_countries()), encoding="ascii")
