"""Compares what a reader found with what went in: compare.py EXPECTED.json VERSION READER RECORDS.

Every member of every record is counted as equal, or as a difference of a known kind, which is listed with
its reason; any other difference, a missing card or a second one, is an error.
"""

import json
import sys
from pathlib import Path

from expect import load
from known import KNOWN, LOST

MEMBERS = ["uid", "name", "org", "nick", "adr", "tel", "url", "email", "label"]


def differences(expected, found, reader, version):
    """Counts of equal values, of known differences by reason, and what is left unexplained."""
    equal, reasons, wrong = dict.fromkeys(MEMBERS, 0), {}, []
    if len(found) != len(expected):
        wrong.append(f"{len(found)} cards in place of {len(expected)}")
    lost, explains_loss = LOST.get(reader, (None, lambda want, have: False))
    for want, have in zip(expected, found):
        if explains_loss(want, have):
            reasons["all", lost] = reasons.get(("all", lost), 0) + 1
            continue
        for member in MEMBERS:
            found_it = have.get(member, [] if member == "label" else None)
            if found_it == want[member]:
                equal[member] += 1
                continue
            for reason, explains in KNOWN.get((reader, member), []):
                if explains(want[member], have.get(member), version):
                    reasons[member, reason] = reasons.get((member, reason), 0) + 1
                    break
            else:
                wrong.append(f"{want['uid']} {member}: {want[member]!r:.300} became {have.get(member)!r:.300}")
    return equal, reasons, wrong


def ungrouped(record):
    """The record with its telephone numbers as the directory has them: cards have spaces between the groups."""
    for phone in record.get("tel") or []:
        phone["number"] = phone["number"].replace(" ", "")
    return record


def main(directory, version, reader, records):
    expected = load(directory, version)
    found = [ungrouped(json.loads(line)) for line in Path(records).read_text("utf8").split("\n") if line]
    equal, reasons, wrong = differences(expected, found, reader, version)
    shown = "  ".join(f"{member} {equal[member]}" for member in MEMBERS)
    print(f"{reader:10} {version} {Path(directory).stem:10} of {len(expected)}: {shown}")
    for (member, reason), count in reasons.items():
        print(f"{'':15}{member}: {count} differ: {reason}")
    for line in wrong[:10]:
        print(f"{'':15}UNEXPLAINED {line}")
    return 1 if wrong or not expected else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
