"""Two validators read the XML and its mutations: xml_schema.py SCHEMA FOLDER."""

import subprocess
import sys
from pathlib import Path

import xmlschema

schema_path, folder = sys.argv[1], Path(sys.argv[2])
schema = xmlschema.XMLSchema(schema_path)

# What is replaced in the directory's XML, once.
MUTATIONS = {
    "duplicate id": ('id="japan-office"', 'id="korea-office"'),
    "dangling parent": ('id="japan-office"', 'id="japan-office" parent="nowhere"'),
    "unknown region": ('region="oceania"', 'region="oceana"'),
    "unknown region of a region": ('parent="south-and-southeast-asia">', 'parent="asia">'),
    "duplicate region": ('<region id="africa">', '<region id="europe">'),
    "unassigned country": ('code="JP"', 'code="QQ"'),
    "country in small letters": ('code="JP"', 'code="jp"'),
    "missing name": ("<name>Japan Office</name>", ""),
    "empty name": ("<name>Japan Office</name>", "<name/>"),
    "wrong order": ("<locality>Bonn</locality>\n      <postalCode>53113</postalCode>",
                    "<postalCode>53113</postalCode>\n      <locality>Bonn</locality>"),
    "stray element": ("<locality>Bonn</locality>", "<locality>Bonn</locality><town>Bonn</town>"),
    "stray attribute": ('kind="office"', 'kind="office" sort="office"'),
    "bad phone": ('number="+4922897629900"', 'number="022897629900"'),
    # Which kinds there are stands in the file, or nowhere: that a kind exists is a matter of `officedir validate`.
    "kind that is no id": ('kind="office"', 'kind="Branch office"'),
    "unknown use": ('uses="physical postal"', 'uses="physical billing"'),
    "use given twice": ('uses="physical postal"', 'uses="postal postal"'),
    "other scheme": ('url="https://www.iclei.org"', 'url="javascript:alert(1)"'),
    "stray text": ("<organization>", "<organization>text"),
    "line number 0": ('firstLine="40"', 'firstLine="0"'),
    "other namespace": ("urn:officedir:directory:1", "urn:officedir:directory:2"),
    "other version": ('schemaVersion="1"', 'schemaVersion="2"'),
}


def xmllint(path):
    return subprocess.run(["xmllint", "--noout", "--schema", schema_path, path],
                          capture_output=True, check=False).returncode


failures = []


def expect(name, ok):
    if not ok:
        failures.append(name)


for name in ["directory", "selection", "torture", "generated", "embassies", "university", "shops"]:
    path = folder / f"{name}.xml"
    expect(f"{name}: xmllint rejects it", xmllint(path) == 0)
    error = next(schema.iter_errors(str(path)), None)
    expect(f"{name}: xmlschema rejects it: {error}", error is None)

whole = (folder / "directory.xml").read_text(encoding="utf-8")
for name, (old, new) in MUTATIONS.items():
    expect(f"{name}: nothing to mutate", old in whole)
    path = folder / "mutated.xml"
    path.write_text(whole.replace(old, new, 1), encoding="utf-8")
    # xmllint's code for a file that does not validate.
    expect(f"{name}: xmllint accepts it", xmllint(path) == 3)
    expect(f"{name}: xmlschema accepts it", not schema.is_valid(str(path)))

print(f"7 files accepted and {len(MUTATIONS)} mutations rejected by two validators"
      if not failures else "\n".join(failures))
sys.exit(bool(failures))
