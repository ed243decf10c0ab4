#!/usr/bin/env bash
# Thunderbird itself, without a window, imports its table, vCards and LDIF; what its address book has then is
# compared with what went in. A second import of vCards replaces the first.
source "$(dirname "$0")/support/install.sh"
apt thunderbird
pip books vobject==0.9.9 babel==2.18.0
here=tests/interop/support/books
place=$work/thunderbird
mkdir -p "$place"
cargo build -q --release --locked

"$python" $here/hostile.py make "$place/all.json"
target/release/officedir validate --output-format json "$place/all.json" >"$place/findings.json" && exit 1
"$python" $here/hostile.py judge "$place/all.json" "$place/findings.json" "$place/hostile.json"
cp directory.json src/writers/torture.json "$place"

files=()
for fixture in directory torture hostile; do
  out=$place/$fixture
  rm -rf "$out"
  target/release/officedir export "$place/$fixture.json" --out "$out" --to vcard:version=3.0,file=3.0.vcf \
    --to vcard:version=4.0,file=4.0.vcf --to csv:dialect=thunderbird,file=thunderbird.csv \
    --to ldif:container=false 2>"$out.losses"
  files+=("$out/3.0.vcf" "$out/4.0.vcf" "$out/thunderbird.csv" "$out/offices.ldif")
done
# A telephone number that is another one has to be seen.
mkdir -p "$place/spoiled"
sed 's/+49 22897629900/+49 22897629901/' "$place/directory/thunderbird.csv" >"$place/spoiled/thunderbird.csv"
"$python" $here/read_thunderbird.py "$place/profile" "${files[@]}" "$place/spoiled/thunderbird.csv"

for fixture in directory torture hostile; do
  for version in 3.0 4.0; do
    "$python" $here/compare.py "$place/$fixture.json" $version thunderbird "$place/$fixture/$version.vcf.jsonl"
  done
  "$python" $here/compare_thunderbird.py "$place/$fixture.json" "$place/$fixture"
done
cp "$place/spoiled/thunderbird.csv.jsonl" "$place/directory"
! "$python" $here/compare_thunderbird.py "$place/directory.json" "$place/directory" >"$place/spoiled.txt"
grep -F '+49 22897629901' "$place/spoiled.txt" >/dev/null
