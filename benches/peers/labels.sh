#!/usr/bin/env bash
# Time and memory for 10,000 labels on Avery L7160 as PDF, with the font embedded: by this project, and by pylabels
# with reportlab, which is given the lines as this project lays them out. Needs hyperfine and Python with venv.
set -euo pipefail
cd "$(dirname "$0")/../.."
place=target/peers/labels
mkdir -p "$place"
cargo build -q --profile dist --example generate --bins
[ -x "$place/venv/bin/python" ] || python3 -m venv "$place/venv"
"$place/venv/bin/python" -m pip install -q --disable-pip-version-check pylabels==1.2.1 reportlab==5.1.0
target/dist/examples/generate 10000 >"$place/directory.json"
target/dist/officedir export "$place/directory.json" --to template:file=benches/peers/lines.json.j2 --out "$place" 2>/dev/null

ours="target/dist/officedir export $place/directory.json --to labels --out $place"
theirs="$place/venv/bin/python benches/peers/with_pylabels.py $place/lines.json \
  src/typeset/data/NotoSans-Labels.ttf $place/pylabels.pdf"
hyperfine --warmup 1 --runs 5 --export-json "$place/times.json" -n officedir "$ours" -n pylabels "$theirs"
python3 benches/peers/ratio.py "$place/times.json" "$ours" "$theirs"
ls -l "$place"/*.pdf
