#!/usr/bin/env bash
# Every link of the Markdown by cmark-gfm (GitHub's), comrak and marked: those of the offices, of everything that is
# hard, and of addresses made at random, as far as they are valid.
source "$(dirname "$0")/support/install.sh"
pip markdown cmarkgfm==2025.10.22 comrak==0.0.16
place=$work/markdown
mkdir -p "$place"
[ -d "$place/node_modules/marked" ] || npm install --silent --no-save --prefix "$place" marked@18.2.1
here=tests/interop/support

"$python" $here/markdown.py make "$place/all.json"
officedir validate --output-format json "$place/all.json" >"$place/findings.json" && exit 1
"$python" $here/markdown.py judge "$place/all.json" "$place/findings.json" "$place/random.json"
cp directory.json src/writers/torture.json tests/writers/losses/full.json "$place"
for fixture in directory torture full random; do
  officedir export "$place/$fixture.json" --to markdown --out - >"$place/$fixture.md" 2>"$place/losses.txt"
  node $here/marked.mjs "$place" "$place/$fixture.md" >"$place/$fixture.html"
  "$python" $here/markdown.py compare "$place/$fixture.json" "$place/$fixture.md" "$place/$fixture.html"
done
# Autolinks without angle brackets are seen.
sed 's/<\([^ <>]*@[^ <>]*\)>/\1/' "$place/random.md" >"$place/spoiled.md"
node $here/marked.mjs "$place" "$place/spoiled.md" >"$place/spoiled.html"
! "$python" $here/markdown.py compare "$place/random.json" "$place/spoiled.md" "$place/spoiled.html" 2>"$place/spoiled.txt"
