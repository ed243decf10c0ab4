#!/usr/bin/env python3
"""Runs whole commands of officedir and of its peers side by side, and prints a table in Markdown:

    compare.py COUNT PEERS DIRECTORY.json DIRECTORY.ndjson

PEERS is the folder in which run.sh has installed the peers. Every command runs once before it is timed: what it
wrote is counted then, and its peak memory taken. Validators have to find a mistake in the last office too.
"""
import csv
import datetime
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
COUNT, PEERS, JSON, NDJSON = int(sys.argv[1]), *(pathlib.Path(it).resolve() for it in sys.argv[2:])
OUT = PEERS / "out"
SCHEMA = ROOT / "schema/directory.schema.json"
OURS = ROOT / "target/dist/officedir"
TO_VALUE = ROOT / "target/dist/examples/to_value"
PYTHON = PEERS / "venv/bin/python"
SCRIPT = f"{PYTHON} {ROOT}/benches/peers/script.py {{}} {OUT}"
csv.field_size_limit(1 << 30)


def export(source, *targets):
    return f"{OURS} export {source} --out {OUT}/ours {' '.join(f'--to {it}' for it in targets)}"


def validators(source):
    return {
        "officedir": f"{OURS} validate {source}",
        "check-jsonschema": f"{PEERS}/venv/bin/check-jsonschema --schemafile {SCHEMA} {source}",
        "jsonschema-cli": f"{PEERS}/cargo/bin/jsonschema-cli validate --assert-format {SCHEMA} -i {source}",
        "ajv-cli": f"{PEERS}/node_modules/.bin/ajv validate --spec=draft2020 -c ajv-formats -s {SCHEMA} -d {source}",
    }


def duckdb(source, offices):
    """DuckDB's own program with the query of table.sql; `offices` is its table of a file and the file's size."""
    path, out = OUT / f"{source.name}.sql", OUT / "duckdb.csv"
    query = (ROOT / "benches/peers/table.sql").read_text("utf8")
    query = query.replace("OFFICES", offices.format(source, source.stat().st_size + 1)).replace("'OUT'", f"'{out}'")
    path.write_text(query, "utf8")
    return f"{PEERS}/venv/bin/duckdb -bail -f {path}", out


def miller():
    out = OUT / "miller.csv"
    fields = ["id", "name", "kind", "region", "parent"]
    parts = ["uses.1", "uses.2", "address_lines.1", "address_lines.2", "address_lines.3", "post_office_box", "locality",
             "administrative_area", "postal_code", "country"]
    fields += [f"addresses.{at}.{part}" for at in [1, 2] for part in parts]
    fields += [f"phones.{at}.{part}" for at in [1, 2, 3] for part in ["type", "number"]] + ["websites.1.url"]
    verb = f"flatten then template -f {','.join(fields)}"
    return f"tail -n +2 {NDJSON} | mlr --ijsonl --ocsv --quote-all {verb} > {out}", out


def rows_of(path):
    """How many ids there are below the header."""
    with open(path, encoding="utf8", newline="") as file:
        return len({row[0] for row in csv.reader(file)}) - 1


def times(mark):
    return lambda path: len(re.findall(mark, path.read_bytes()))


CARDS, ELEMENTS = times(rb"(?m)^BEGIN:VCARD\r$"), times(rb"<office[ >]")
COUNTS = {".csv": rows_of, ".vcf": CARDS, ".vcard": CARDS, ".xml": ELEMENTS}


FOUR = ["csv:dialect=full", "vcard", "xml", "ndjson"]


def pairs():
    """What, peer, our command, its command, how often, and what either writes."""
    ours, theirs = validators(JSON), validators(JSON)
    for peer, runs in [("check-jsonschema", 2), ("ajv-cli", 5), ("jsonschema-cli", 5)]:
        yield "validate", peer, ours["officedir"], theirs[peer], runs, []
    small = validators(ROOT / "directory.json")
    yield "validate the 15 offices", "check-jsonschema", small["officedir"], small["check-jsonschema"], 10, []

    table, cards, xml = OUT / "ours/offices.csv", OUT / "ours/offices.vcf", OUT / "ours/offices.xml"
    query, out = duckdb(JSON, "(SELECT unnest(offices) AS o FROM read_json('{0}', maximum_object_size = {1}))")
    yield "CSV from JSON", "DuckDB, 2 threads", export(JSON, "csv:dialect=full"), query, 5, [table, out]
    script = SCRIPT.format(JSON)
    yield "CSV from JSON", "Python csv", export(JSON, "csv:dialect=full"), f"{script} csv", 5, [table, OUT / "script.csv"]
    query, out = duckdb(NDJSON, "(SELECT o FROM read_ndjson('{}') AS o WHERE o.id IS NOT NULL)")
    yield "CSV from NDJSON", "DuckDB, 2 threads", export(NDJSON, "csv:dialect=full"), query, 5, [table, out]
    pipeline, out = miller()
    yield "CSV from NDJSON", "Miller", export(NDJSON, "csv:dialect=full"), pipeline, 3, [table, out]
    yield "vCard 3.0", "Python vobject", export(JSON, "vcard"), f"{script} vcard", 2, [cards, OUT / "script.vcard"]
    yield "XML", "Python lxml", export(JSON, "xml"), f"{script} xml", 3, [xml, OUT / "script.xml"]

    outputs = [table, cards, xml]
    value = f"{TO_VALUE} {JSON}"
    yield "CSV, vCard, XML, NDJSON", "serde_json::Value", export(JSON, *FOUR), value, 5, outputs
    yield "CSV, vCard, XML, NDJSON from NDJSON", "serde_json::Value of JSON", export(NDJSON, *FOUR), value, 5, outputs
    all_of_it = [*outputs, *(OUT / f"script.{it}" for it in ["csv", "vcard", "xml"])]
    yield ("CSV, vCard, XML, NDJSON", "Python, without NDJSON and validation", export(JSON, *FOUR),
           f"{script} csv vcard xml", 2, all_of_it)


def run(command):
    """Exit code and peak memory in MB: of the largest process where there are several."""
    # Linux counts the memory of whoever starts a process as the process's own: GNU time has next to none.
    timed = ["/usr/bin/time", "--quiet", "-f", "%M", "-o", OUT / "memory.txt", "bash", "-c", command]
    with open(OUT / "said.txt", "wb") as said:
        code = subprocess.run(timed, stdout=said, stderr=said).returncode
    return code, int((OUT / "memory.txt").read_text()) / 1024


def checked(command):
    code, peak = run(command)
    if code != 0:
        raise SystemExit(f"{command}\nends with {code}: {(OUT / 'said.txt').read_text('utf8', 'replace')[-2000:]}")
    return peak


def timed(ours, theirs, runs):
    result = OUT / "hyperfine.json"
    # Without a shell where none is needed: its start is as long as that of a small command.
    shell = "bash" if "|" in theirs else "none"
    command = ["hyperfine", "--style", "none", "--shell", shell, "--runs", str(runs), "--export-json", result, ours, theirs]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    results = json.loads(result.read_text("utf8"))["results"]
    return [it["median"] for it in results], [it["user"] + it["system"] for it in results]


def row(what, peer, seconds, cpu, peaks, runs):
    ours, theirs = seconds
    memory = " | ".join("–" if it is None else f"{it:.0f}" for it in peaks)
    ratio, cpu_ratio = (f"{theirs / ours:.1f}" for ours, theirs in [seconds, cpu])
    print(f"| {what} | {peer} | {ours:.3f} | {theirs:.3f} | {ratio} | {cpu_ratio} | {memory} | {runs} |", flush=True)


def validators_see_a_mistake():
    text = JSON.read_text("utf8")
    at = text.rindex('"kind":"')
    broken = OUT / "broken.json"
    broken.write_text(text[:at] + text[at:].replace('"kind":"', '"kind":"no ', 1), "utf8")
    for name, command in validators(broken).items():
        code, _ = run(command)
        if code == 0 or "Traceback" in (OUT / "said.txt").read_text("utf8", "replace"):
            raise SystemExit(f"{name} does not see a mistake in the last office")


def warm_vcards():
    """The figures of benches/vcard: CPU time in a process that is warm."""
    said = subprocess.run([ROOT / "benches/vcard/run.sh", str(COUNT)], check=True, capture_output=True, text=True).stdout
    ours, ez = (float(re.search(rf"^{name} +([0-9.]+) s", said, re.MULTILINE)[1]) for name in ["officedir", "ez-vcard"])
    row("vCard 3.0, CPU of 100,000, warm", "ez-vcard", [ours, ez], [ours, ez], [None, None], "5, 6")


def formats_alone():
    """What the four formats take without the checks, with no earlier output to replace."""
    result = OUT / "hyperfine.json"
    commands = [f"{OURS} validate {JSON}", export(JSON, *FOUR), f"{TO_VALUE} {JSON}"]
    options = ["--style", "none", "--shell", "none", "--warmup", "1", "--runs", "15", "--prepare", f"rm -rf {OUT}/ours"]
    subprocess.run(["hyperfine", *options, "--export-json", result, *commands], check=True, stdout=subprocess.DEVNULL)
    checks, both, value = (it["median"] for it in json.loads(result.read_text("utf8"))["results"])
    print(f"\nInto an empty folder: checks {checks:.3f} s, checks and four formats {both:.3f} s, serde_json::Value {value:.3f} s; "
          f"{both / value:.2f} of it, the formats alone {(both - checks) / value:.2f}.", flush=True)


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    memory = re.search(r"MemTotal: +(\d+)", pathlib.Path("/proc/meminfo").read_text())
    today = datetime.datetime.now(datetime.timezone.utc).date()
    size = JSON.stat().st_size / 1e6
    print(f"`benches/peers/run.sh {COUNT}`, {today}: {COUNT:,} offices ({size:.1f} MB), {os.cpu_count()} cores, "
          f"{int(memory[1]) / 1e6:.0f} GB of memory. Medians of hyperfine, every command warm.\n")
    print("| what | peer | ours s | peer s | peer / ours | of CPU time | ours MB | peer MB | runs |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |", flush=True)
    validators_see_a_mistake()
    for what, peer, ours, theirs, runs, outputs in pairs():
        for path in outputs:
            path.unlink(missing_ok=True)
        peaks = [checked(ours), checked(theirs)]
        for path in outputs:
            found = COUNTS[path.suffix](path)
            if found != COUNT:
                raise SystemExit(f"{path} has {found} of {COUNT} offices")
        row(what, peer, *timed(ours, theirs, runs), peaks, runs)
    warm_vcards()
    formats_alone()


main()
