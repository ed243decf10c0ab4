#!/usr/bin/env bash
# The XML against its schema by xmllint and Python's xmlschema: what they must accept, and broken files that they must reject.
source "$(dirname "$0")/support/install.sh"
apt libxml2-utils
pip xml xmlschema==4.3.2

out=$work/xml
rm -rf "$out"
mkdir -p "$out"
cargo build -q --release --locked --example generate
target/release/examples/generate 10000 >"$out/generated.json"
officedir export --to xml --out - >"$out/directory.xml"
officedir export src/writers/torture.json --to xml --out - --id 0-separators >"$out/selection.xml"
officedir export src/writers/torture.json --to xml --out - >"$out/torture.xml"
officedir export "$out/generated.json" --to xml --out - >"$out/generated.xml"
for name in embassies university shops; do
  officedir export "tests/writers/foreign/$name.json" --to xml --out - >"$out/$name.xml"
done
"$python" tests/interop/support/xml_schema.py schema/directory.xsd "$out"
