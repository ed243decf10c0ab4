#!/usr/bin/env python3
"""How time and memory grow where something is wrong with a directory.

    benches/growth/run.py target/release/officedir                    every command on every shape, from 5,000 to 40,000
    benches/growth/run.py target/release/officedir --memory 1000000   every report of so many findings

Each shape is a directory with so many of one thing: offices whose parent is missing, notes in one office, regions
within each other. For each command the table has the CPU seconds (user and system, which do not depend on what else the
machine does) at the last size, the largest factor from one size to the next, and the peak memory. A factor counts from
a twentieth of a second on, as less is noise; the program exits with 1 where one is above --most.
"""

import argparse
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

FORMATS = ["full", "concise", "json", "github", "gitlab", "sarif", "junit", "rdjson"]
FLOOR = 0.05


def office(at, **members):
    address = {
        "uses": ["postal"],
        "address_lines": [f"{at} High Street"],
        "locality": "Bonn",
        "postal_code": "53113",
        "country": "DE",
    }
    return {"id": f"office-{at}", "name": f"Office {word(at)}", "kind": "office", "addresses": [address], **members}


def word(at):
    """A name that is not like those of other numbers."""
    letters = random.Random(at)
    return "".join(letters.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(12))


def each(make):
    return lambda count: {"offices": [make(at, count) for at in range(count)]}


def one(make):
    return lambda count: {"offices": [make(count), office(1)]}


def regions(make):
    def directory(count):
        return {
            "regions": [make(at, count) for at in range(count)],
            "offices": [office(at, region=f"region-{at * 7919 % count}") for at in range(count)],
        }

    return directory


def region(at, **members):
    return {"id": f"region-{at}", "name": f"Region {at}", **members}


def with_address(at, **members):
    made = office(at)
    made["addresses"][0].update(members)
    return made


def without(at, member):
    made = office(at)
    del made["addresses"][0][member]
    return made


def suppressions(used):
    def text(count):
        table = '[[suppress]]\nrule = "postal/missing-part"\noffice = "office-{}"\nreason = "Asked."\n'
        return "".join(table.format(at if used else at + count) for at in range(count))

    return text


def in_one_office(member, make):
    return one(lambda count: office(0, **{member: [make(at) for at in range(count)]}))


def doubtful(at):
    return {"pointer": f"/notes/{at}/text", "text": f"Unlikely {at}.", "doubtful": True}


def other_address(at):
    return {"uses": ["postal"], "address_lines": [f"{at} Street"], "locality": "Paris", "country": "FR"}


SHAPES = {
    "clean": each(lambda at, _: office(at)),
    "dangling parents": each(lambda at, _: office(at, parent=f"ofice-{at}")),
    "dangling parents, unlike": each(lambda at, _: office(at, parent=word(-at - 1))),
    "one id": each(lambda at, _: office(at) | {"id": "one"}),
    "pairs of ids": each(lambda at, _: office(at) | {"id": f"office-{at // 2}"}),
    "one name": each(lambda at, _: office(at) | {"name": "One"}),
    "one place": each(lambda at, _: office(at) | {"addresses": office(0)["addresses"]}),
    "one place, like names": each(
        lambda at, _: office(at) | {"addresses": office(0)["addresses"], "name": "Office of the " + word(at)[:2]}
    ),
    "chain": each(lambda at, _: office(at, **({"parent": f"office-{at - 1}"} if at else {}))),
    "star": each(lambda at, _: office(at, **({"parent": "office-0"} if at else {}))),
    "cycle": each(lambda at, count: office(at, parent=f"office-{(at + 1) % count}")),
    "cycles of two": each(lambda at, _: office(at, parent=f"office-{at ^ 1}")),
    "unknown regions": each(lambda at, _: office(at, region=f"region-{at}")),
    "regions": regions(lambda at, _: region(at)),
    "regions in 32 levels": regions(lambda at, _: region(at, **({"parent": f"region-{at - 1}"} if at % 32 else {}))),
    "nested regions": regions(lambda at, _: region(at, **({"parent": f"region-{at - 1}"} if at else {}))),
    "one region id": regions(lambda at, _: region(0)),
    "dangling regions": regions(lambda at, _: region(at, parent=f"regon-{at}")),
    "cycle of regions": regions(lambda at, count: region(at, parent=f"region-{(at + 1) % count}")),
    "wrong regions": regions(lambda at, _: region(at, parent=7, nmae="x")),
    "notes": in_one_office("notes", doubtful),
    "notes that lead nowhere": in_one_office("notes", lambda at: {"pointer": f"/phones/{at}", "text": "x"}),
    "notes at misspelt members": one(
        lambda count: office(0, notes=[{"pointer": f"/websites/{at}/url", "text": "x"} for at in range(count)])
        | {"website": [{"ulr": "https://example.org"} for _ in range(count)]}
    ),
    "unknown members": one(lambda count: office(0) | {f"member-{at}": at for at in range(count)}),
    "misspelt members": one(lambda count: office(0) | {f"phone{at}": [] for at in range(count)}),
    "addresses": in_one_office("addresses", other_address),
    "addresses and notes": one(
        lambda count: office(
            0,
            addresses=[other_address(at) for at in range(count)],
            notes=[doubtful(0) | {"pointer": f"/addresses/{at}/postal_code"} for at in range(count)],
        )
    ),
    "telephones": in_one_office("phones", lambda at: {"type": "voice", "number": f"+33{100000 + at}"}),
    "telephones and addresses": one(
        lambda count: office(
            0,
            addresses=[other_address(at) for at in range(count)],
            phones=[{"type": "voice", "number": f"+49{100000 + at}", "printed": f"F.{at}"} for at in range(count)],
        )
    ),
    "wrong telephones": in_one_office("phones", lambda at: {"type": "voice", "number": f"0228 {at}"}),
    "alternate names": in_one_office("alternate_names", lambda at: f"Name {at}"),
    "wrong alternate names": in_one_office("alternate_names", lambda at: {"name": f" Name {at}", "language": "d e"}),
    "e-mail addresses": in_one_office("emails", lambda at: f"office {at}@example.org"),
    "websites": in_one_office("websites", lambda at: {"url": f"example.org/{at}"}),
    "unknown kinds": each(lambda at, _: office(at) | {"kind": f"ofice-{at}"}),
    "kinds": lambda count: {
        "kinds": [{"id": f"kind-{at}", "name": word(at)} for at in range(count)],
        "offices": [office(at) | {"kind": f"kind-{at * 7919 % count}"} for at in range(count)],
    },
    "own members": one(lambda count: office(0) | {f"x_{at}": at for at in range(count)}),
    "own members of each": each(lambda at, _: office(at, **{f"x_{at}": at})),
    "own members of regions": regions(lambda at, _: region(at, **{f"x_{at % 100}": at})),
    "long own numbers": each(lambda at, _: office(at, x_a=[at + 0.1] * 4, x_b=10**30 + at)),
    "labels": in_one_office("phones", lambda at: {"type": "voice", "number": f"+49{100000 + at}", "label": word(at)}),
    "coordinates elsewhere": each(lambda at, _: office(at, coordinates={"latitude": 7.1, "longitude": 50.7})),
    "opening hours": each(lambda at, _: office(at, opening_hours="Mon 9-17")),
    "wrong types": each(lambda at, _: office(at) | {"addresses": {"x": at}, "phones": "1", "name": at}),
    "missing members": each(lambda at, _: {}),
    "misspelt in each": each(lambda at, _: office(at, nmae="x") | {"adresses": office(at)["addresses"]}),
    "postal codes": each(lambda at, _: with_address(at, postal_code="x")),
    "missing postal codes": each(lambda at, _: without(at, "postal_code")),
    "countries": each(lambda at, _: with_address(at, country="UK")),
    "time zones": each(lambda at, _: office(at, time_zone="Europe/Brelin")),
    "time zones of others": each(lambda at, _: office(at, time_zone="Asia/Seoul")),
    "decomposed letters": each(lambda at, _: office(at) | {"name": f"{word(at)} Cafe\u0301"}),
    "garbled letters": each(lambda at, _: with_address(at, locality="SÃ£o Paulo")),
    "printed forms": each(
        lambda at, _: office(at, phones=[{"type": "voice", "number": "+4922897629901", "printed": "F. 1"}])
    ),
    "boxes and streets": each(lambda at, _: with_address(at, post_office_box="Postfach 1")),
    "suppressed": each(lambda at, _: without(at, "postal_code")),
    "unused suppressions": each(lambda at, _: office(at)),
    "all in one line": each(lambda at, _: without(at, "postal_code") | {"parent": f"ofice-{at}"}),
    "one key": one(lambda count: office(0)),
    "trailing commas": each(lambda at, _: office(at)),
}
CONFIGURATIONS = {"suppressed": suppressions(True), "unused suppressions": suppressions(False)}


def text(shape, directory, offices):
    head = {"organization": {"name": "Example"}} | {name: it for name, it in directory.items() if name != "offices"}
    separator, end = (", ", "") if shape == "all in one line" else (",\n", "\n")
    return json.dumps(head, ensure_ascii=False)[:-1] + f', "offices": [{end}{separator.join(offices)}{end}]}}{end}'


def commands(shape, count):
    everything = ["export", "--to", "csv", "--to", "vcard", "--to", "xml", "--to", "ndjson", "--to", "html:qr=false"]
    words = {
        "validate": ["validate", "--output-format", "json", "--output-format", "full=report"],
        "validate --fix": ["validate", "fixed.json", "--fix"],
        "export": everything,
        "export --check": [*everything, "--check"],
        "show": ["show"],
        "fmt": ["fmt", "--check"],
        "diff": ["diff", "other.json"],
    }
    if shape == "clean":
        ids = [f"office-{at}" for at in range(0, count, max(1, count // 4_000))]
        words["export --id"] = ["export", "--to", "csv", *(part for it in ids for part in ("--id", it))]
        words["export others"] = ["export", *(part for it in OTHERS for part in ("--to", it))]
        words["validate ndjson"] = ["validate", "directory.ndjson"]
    if "region" in shape:
        words["export --region"] = ["export", "--to", "csv", "--out", "region", "--region", "region-1"]
    return words


OTHERS = ["markdown", "jscontact", "jcard", "xcard", "ldif", "xlsx", "labels", "labels:file=sorted.pdf,sort=id"]


def write(folder, shape, count):
    directory = SHAPES[shape](count)
    offices = [json.dumps(it, ensure_ascii=False) for it in directory["offices"]]
    if shape == "one key":
        offices[0] = "{" + ", ".join(f'"k{at // 2}": {at}' for at in range(count)) + "}"
    others = [it.replace('"name": "', '"name": "Other ', 1) for it in reversed(offices)]
    if shape == "trailing commas":
        offices = [it[:-1] + ",}" for it in offices]
    for name, list_of in [("directory", offices), ("other", others)]:
        (folder / f"{name}.json").write_text(text(shape, directory, list_of))
    header = '{"organization": {"name": "E"}}'
    (folder / "directory.ndjson").write_text("\n".join([header, *offices]))
    (folder / "officedir.toml").write_text(CONFIGURATIONS.get(shape, lambda _: "")(count))


def apart(make, *arguments):
    """Calls it in a process of its own: what this one takes would count for those that it starts."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            make(*arguments)
            status = 0
        finally:
            os._exit(status)
    if os.waitpid(child, 0)[1] != 0:
        sys.exit(f"{arguments} cannot be made")


def run(program, arguments, folder, seconds):
    """CPU seconds, peak memory in MB, exit code."""
    if "fixed.json" in arguments:
        shutil.copy(folder / "directory.json", folder / "fixed.json")
    with open(os.devnull, "w") as nowhere:
        child = subprocess.Popen([program, *arguments], cwd=folder, stdout=nowhere, stderr=nowhere)
        try:
            # Its resources are known only to who has waited for it: a timer ends what takes too long.
            timer = subprocess.Popen(["sh", "-c", f"sleep {seconds}; kill -9 {child.pid}"], start_new_session=True)
            _, status, usage = os.wait4(child.pid, 0)
        finally:
            os.killpg(timer.pid, 9)
            timer.wait()
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


def growth(program, arguments):
    worst = 0.0
    print(f"| {'shape':26} | {'command':15} | {'s':>6} | factor | {'MB':>5} |")
    print(f"| {'-' * 26} | {'-' * 15} | -----: | -----: | ----: |")
    for shape in SHAPES:
        if arguments.shape and arguments.shape not in shape:
            continue
        taken = {}
        for count in arguments.sizes:
            with tempfile.TemporaryDirectory() as name:
                folder = pathlib.Path(name)
                apart(write, folder, shape, count)
                for command, words in commands(shape, count).items():
                    if not arguments.command or arguments.command == command:
                        runs = [run(program, words, folder, arguments.seconds)]
                        while len(runs) < 3 and runs[0][0] < 2:
                            runs.append(run(program, words, folder, arguments.seconds))
                        taken.setdefault(command, []).append(min(runs))
        for command, runs in taken.items():
            factors = [later[0] / max(earlier[0], FLOOR) for earlier, later in zip(runs, runs[1:])]
            factor, memory = max(factors, default=0), max(it[1] for it in runs)
            ended = "" if runs[-1][2] in (0, 1, 2) else f" ended by {runs[-1][2]}"
            worst = max(worst, factor)
            print(f"| {shape:26} | {command:15} | {runs[-1][0]:6.2f} | {factor:6.2f} | {memory:5.0f} |{ended}", flush=True)
    print(f"the largest factor is {worst:.2f}")
    return worst <= arguments.most


LARGE = {
    "one id": lambda at: office(at) | {"id": "one"},
    "dangling parents": lambda at: office(at, parent=f"ofice-{at}"),
    "one place": lambda at: office(at) | {"addresses": office(0)["addresses"]},
    "missing postal codes": lambda at: without(at, "postal_code"),
    "unknown members": lambda at: office(at, nmae="x"),
    "missing members": lambda at: {},
}


def write_large(folder, make, count):
    for suffix, head, between, tail in [
        ("json", '{"organization": {"name": "E"}, "offices": [\n', ",\n", "\n]}\n"),
        ("ndjson", '{"organization": {"name": "E"}}\n', "\n", "\n"),
    ]:
        with open(folder / f"directory.{suffix}", "w") as file:
            file.write(head)
            for at in range(count):
                file.write((between if at else "") + json.dumps(make(at), ensure_ascii=False))
            file.write(tail)


def memory(program, arguments):
    print(f"| {'findings':22} | {'format':8} | {'s':>6} | {'MB':>5} |")
    print(f"| {'-' * 22} | {'-' * 8} | -----: | ----: |")
    worst = 0.0
    for shape, make in LARGE.items():
        if arguments.shape and arguments.shape not in shape:
            continue
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            apart(write_large, folder, make, arguments.memory)
            for form in [*FORMATS, "ndjson"]:
                words = ["validate", "--max-findings", "0", "--output-format", form]
                if form == "ndjson":
                    words = ["validate", "directory.ndjson"]
                taken = run(program, words, folder, arguments.seconds)
                worst = max(worst, taken[1])
                ended = "" if taken[2] in (0, 1) else f" ended by {taken[2]}"
                print(f"| {shape:22} | {form:8} | {taken[0]:6.2f} | {taken[1]:5.0f} |{ended}", flush=True)
    print(f"the largest is {worst:.0f} MB")
    return worst <= 200


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--sizes", type=lambda it: [int(part) for part in it.split(",")], default=[5_000, 10_000, 20_000, 40_000])
    parser.add_argument("--shape", help="only shapes with that in their name")
    parser.add_argument("--command", help="only that command")
    parser.add_argument("--most", type=float, default=2.3, help="the largest factor from one size to the next")
    parser.add_argument("--seconds", type=int, default=120, help="after which a run is ended")
    parser.add_argument("--memory", type=int, metavar="FINDINGS", help="measure the memory of reports instead")
    arguments = parser.parse_args()
    program = os.path.abspath(arguments.program)
    fine = memory(program, arguments) if arguments.memory else growth(program, arguments)
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
