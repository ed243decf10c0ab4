"""The CSV dialects by Python's strict reader and by DuckDB, and Google's old one by Roundcube's importer.

    read_csv.py DIRECTORY.json FOLDER          with DIALECT.csv and roundcube.jsonl
"""

import csv
import json
import sys
from pathlib import Path

import duckdb

from expect import COUNTRIES, load

# Column of each thing, by dialect: name, then (street, box, city, region, code, country) of both addresses.
PARTS = ["Street", "PO Box", "City", "Region", "Postal Code", "Country"]
GOOGLE = [[f"Address {number} - {part}" for part in PARTS] for number in [1, 2]]


def outlook(group):
    return [f"{group} Street", None, *[f"{group} {part}" for part in ["City", "State", "Postal Code", "Country/Region"]]]


def thunderbird(group):
    street = (f"{group} Address", f"{group} Address 2")
    return [street, None, *[f"{group} {part}" for part in ["City", "State", "ZipCode", "Country"]]]


DIALECTS = {
    "google": ("Organization Name", GOOGLE, "Website 1 - Value"),
    "google-old": ("Organization 1 - Name", GOOGLE, "Website 1 - Value"),
    "outlook": ("Company", [outlook("Business"), outlook("Other")], "Web Page"),
    "thunderbird": ("Display Name", [thunderbird("Work"), thunderbird("Home")], "Web Page 1"),
}
PHONES = {"google": "Phone {} - Value", "google-old": "Phone {} - Value"}
OUTLOOK = {"cell": ["Mobile Phone"], "fax": ["Business Fax", "Other Fax"], "voice": ["Business Phone", "Business Phone 2"]}
THUNDERBIRD = {"cell": ["Mobile Number"], "fax": ["Fax Number"], "voice": ["Work Phone"]}


def check(ok, *said):
    if not ok:
        raise SystemExit(f"differs: {said!r:.900}")


def python_rows(path, separator=","):
    data = path.read_bytes()
    # Roundcube takes CRLF for two line ends.
    check(data.endswith(b"\n" if path.stem == "google-old" else b"\r\n"), path)
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, strict=True, delimiter=separator))
    check(all(len(row) == len(rows[0]) for row in rows), path)
    return rows


def duckdb_rows(path):
    options = "header = false, all_varchar = true, delim = ',', quote = '\"', escape = '\"', max_line_size = 10000000"
    rows = duckdb.sql(f"SELECT * FROM read_csv('{path}', {options})").fetchall()
    return [["" if cell is None else cell for cell in row] for row in rows]


def physical_first(office, record):
    pairs = zip(office.get("addresses", []), record["adr"])
    return [parts["parts"] for _, parts in sorted(pairs, key=lambda it: "physical" not in it[0]["uses"])]


def cells(row, columns):
    """Street lines and the other components; None stands for a box that is a street line."""
    street = columns[0] if isinstance(columns[0], tuple) else (columns[0],)
    lines = "\n".join(row[name] for name in street if row[name])
    return [lines, *(row[name] for name in columns[1:] if name)]


def wanted(dialect, parts):
    box, _, street, *rest = parts
    if dialect == "google":
        return [street, box, *rest]
    lines = [line for line in [*street.split("\n"), box] if line]
    if dialect == "thunderbird":
        lines = [*lines[:1], ", ".join(lines[1:])] if lines[1:] else lines
    return ["\n".join(lines), *([box] if dialect == "google-old" else []), *rest]


def phones(dialect, row, record):
    if dialect.startswith("google"):
        found = [row[f"Phone {n} - Value"] for n in [1, 2, 3] if row[f"Phone {n} - Value"]]
        found = [number for cell in found for number in cell.split(" ::: ")]
        return sorted(found), sorted(it["number"] for it in record["tel"])
    columns = OUTLOOK if dialect == "outlook" else THUNDERBIRD
    found, want = [], []
    for kind, names in columns.items():
        numbers = [it["number"] for it in record["tel"] if kind in it["types"]]
        want += numbers[: len(names)]
        found += [row[name] for name in names if row[name]]
    return found, want


def compare(dialect, path, offices, records):
    header, *rows = python_rows(path)
    check(len(set(header)) == len(header) and len(rows) == len(offices), dialect, len(rows))
    name, groups, website = DIALECTS[dialect]
    for office, record, row in zip(offices, records, rows):
        row = dict(zip(header, row))
        check(row[name] == record["name"], row[name], record["name"])
        for columns, parts in zip(groups, physical_first(office, record)):
            check(cells(row, columns) == wanted(dialect, parts), cells(row, columns), wanted(dialect, parts))
        found, want = phones(dialect, row, record)
        check([it.replace(" ", "") for it in found] == want, found, want)
        check(all(" " in it and it[0] == "+" for it in found), found)
        urls = record["url"][:1] if not dialect.startswith("google") else record["url"]
        check([it for it in row[website].split(" ::: ") if it] == urls, row[website], urls)


def people(header, rows, offices, records):
    """The table for people: a line per office, no column that is empty in all of them."""
    check(all(any(cells) for cells in zip(*rows)), [name for name, *cells in zip(header, *rows) if not any(cells)])
    columns = {"voice": "Phone", "cell": "Mobile", "fax": "Fax"}
    for office, record, row in zip(offices, records, rows, strict=True):
        row = dict(zip(header, row))
        check(row["Id"] == office["id"] and row["Name"] == record["name"], row)
        addresses = office.get("addresses", [])
        door = next((it for it in addresses if "physical" in it["uses"]), addresses[0] if addresses else {})
        street = [f"c/o {door['care_of']}"] if "care_of" in door else []
        street += [*door.get("address_lines", []), *(door[it] for it in ["dependent_locality"] if it in door)]
        want = {
            "Street": ", ".join(street),
            "PO box": door.get("post_office_box", ""),
            "Postal code": door.get("postal_code", ""),
            "City": " ".join(door[it] for it in ["locality", "sorting_code"] if it in door),
            "State/Province": door.get("administrative_area", door.get("administrative_area_code", "")),
            "Country": COUNTRIES[door["country"]] if door else "",
        }
        check({name: row.get(name, "") for name in want} == want, row, want)
        check(row["Address label"] == "" or row["Address label"].endswith(COUNTRIES[addresses[-1]["country"]]), row)
        for kind, column in columns.items():
            found = [it.replace(" ", "") for it in row.get(column, "").split(", ") if it]
            check(found == [it["number"] for it in record["tel"] if kind in it["types"]], found, record["tel"])
        check("\n" not in "".join(row.values()), row)


def roundcube(path, records, offices):
    found = [json.loads(line) for line in path.read_text("utf8").split("\n") if line]
    check(len(found) == len(records), len(found))
    for have, record, office in zip(found, records, offices):
        check(have["organization"] == record["name"], have, record["name"])
        for place, parts in zip(have["address"], physical_first(office, record)):
            box, _, street, locality, region, code, country = parts
            street = "\n".join(line for line in [street, box] if line)
            want = {"street": street, "locality": locality, "region": region, "zipcode": code, "country": country}
            check({key: place.get(key, "") for key in want} == want, place, want)
        numbers = [it.replace(" ", "") for it in have["phone"]]
        check(sorted(numbers) == sorted(it["number"] for it in record["tel"]), numbers, record["tel"])
        check(have["website"] == record["url"], have["website"], record["url"])


def main(directory, folder):
    folder = Path(folder)
    offices = json.loads(Path(directory).read_text("utf8"))["offices"]
    records = load(directory, "entry")
    for dialect in ["plain", "excel", "full", *DIALECTS]:
        path = folder / f"{dialect}.csv"
        rows = python_rows(path, ";" if dialect == "excel" else ",")
        check(path.read_bytes().startswith(b"\xef\xbb\xbf") == (dialect in ["plain", "excel"]), dialect)
        if dialect != "excel":
            check(duckdb_rows(path) == rows, dialect, "DuckDB")
        if dialect in DIALECTS:
            compare(dialect, path, offices, records)
    header, *plain = python_rows(folder / "plain.csv")
    people(header, plain, offices, records)
    guarded = python_rows(folder / "excel.csv", ";")[1:]
    for guarded_row, row in zip(guarded, plain, strict=True):
        for column, a, b in zip(header, guarded_row, row, strict=True):
            made = column in ["Phone", "Mobile", "Fax", "Coordinates"]
            check(a == ("'" + b if b[:1] and b[0] in "=+-@\t\r" and not made else b), a, b)
    said = "Python and DuckDB"
    if (folder / "roundcube.jsonl").exists():
        roundcube(folder / "roundcube.jsonl", records, offices)
        said += ", google-old by Roundcube"
    print(f"{Path(directory).stem}: {len(offices)} offices in 7 dialects by {said}")


main(*sys.argv[1:])
