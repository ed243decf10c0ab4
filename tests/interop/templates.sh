#!/usr/bin/env bash
# The example templates over the directory that is hard for every format, each read by a reader that is
# not ours.
source "$(dirname "$0")/support/install.sh"
apt mutt
pip templates pyyaml==6.0.4 orgparse==0.5.20260926 pylatexenc==2.10

out=$work/templates
rm -rf "$out"
targets=()
for template in letters.tex offices.org offices.txt offices.yaml aliases.mutt; do
  targets+=(--to "template:file=examples/templates/$template.j2")
done
officedir export src/writers/torture.json --out "$out" "${targets[@]}"
officedir context --file src/writers/torture.json >"$out/context.json"
"$python" tests/interop/support/templates.py "$out"
