#!/usr/bin/env bash
# The workbook read by openpyxl, the Markdown by markdown-it.
source "$(dirname "$0")/support/install.sh"
pip tables openpyxl==3.1.5 markdown-it-py==4.3.0

out=$work/tables
rm -rf "$out"
mkdir -p "$out"
torture=src/writers/torture.json
for format in xlsx:xlsx markdown:md; do
  officedir export --to ${format%:*} --out - >"$out/directory.${format#*:}"
  officedir export $torture --to ${format%:*} --out - >"$out/torture.${format#*:}"
  sleep 2
  officedir export --to ${format%:*} --out - | cmp - "$out/directory.${format#*:}"
done
# An organisation without a name, so that a cell begins with "=".
cat >"$out/bare.json" <<'JSON'
{"organization": {"name": "=1+1"}, "regions": [{"id": "r", "name": "007"}],
 "offices": [{"id": "a", "name": "=1+1", "kind": "office", "region": "r"}]}
JSON
officedir export "$out/bare.json" --to xlsx --out - >"$out/bare.xlsx"
"$python" tests/interop/support/tables.py directory.json $torture "$out"
