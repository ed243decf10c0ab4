#!/usr/bin/env bash
# The CSV dialects by Python, DuckDB and Roundcube's importer, and the description of the full one by frictionless.
source "$(dirname "$0")/support/install.sh"
roundcube
pip csv babel==2.18.0 duckdb==2.0.1 frictionless==5.21.0
here=tests/interop/support/books
place=$work/csv
mkdir -p "$place"
cargo build -q --release --locked

for fixture in directory torture; do
  out=$place/$fixture
  rm -rf "$out"
  json=directory.json
  [ $fixture = directory ] || json=src/writers/torture.json
  targets=(--to csv:file=plain.csv --to "csv:dialect=excel,separator=semicolon,file=excel.csv" --to csv:dialect=full,file=full.csv)
  for dialect in google google-old outlook thunderbird; do
    targets+=(--to "csv:dialect=$dialect,file=$dialect.csv")
  done
  target/release/officedir export "$json" --out "$out" "${targets[@]}" 2>"$out.losses"
  # Cells with line breaks in quotes, values with quotes: Roundcube splits them its own way.
  [ $fixture = torture ] || php $here/read_roundcube.php "$roundcube" "$out/google-old.csv" >"$out/roundcube.jsonl"
  "$python" $here/read_csv.py "$json" "$out"
  (cd "$out" && "${python%python}frictionless" validate datapackage.json >frictionless.txt) || { cat "$out/frictionless.txt"; exit 1; }
done
# A description that is not kept to is seen.
sed -i '2s/^"[^"]*"/""/' "$place/directory/full.csv"
! (cd "$place/directory" && "${python%python}frictionless" validate datapackage.json >/dev/null)
