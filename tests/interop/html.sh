#!/usr/bin/env bash
# The page in Chromium, driven by Playwright and judged by axe; its microformats and schema.org by mf2py and extruct.
source "$(dirname "$0")/support/install.sh"
apt chromium
pip html mf2py==2.0.2 extruct==0.18.0

out=$work/html
mkdir -p "$out"
[ -f "$out/package.json" ] || echo '{"private": true}' >"$out/package.json"
npm install --silent --no-audit --no-fund --prefix "$out" playwright-core@1.65.1 axe-core@4.14.1

support=tests/interop/support
cargo build -q --release --locked --example generate
target/release/examples/generate 2500 >"$out/many.json"
python3 $support/hostile.py directory.json >"$out/hostile.json"
officedir export --to html --out - >"$out/index.html"
officedir export --to vcard --out - >"$out/offices.vcf"
for name in hostile many; do
  officedir export "$out/$name.json" --to html --out - >"$out/$name.html" 2>"$out/said.txt"
done
officedir export "$out/hostile.json" --to html:language=de --out - >"$out/hostile-de.html" 2>"$out/said.txt"
officedir export src/writers/torture.json --to html --out - >"$out/torture.html"
officedir export tests/writers/losses/full.json --to html:language=de --out - >"$out/members.html" 2>"$out/said.txt"
# A website that runs something is no website.
sed 's#"https://www.iclei.org"#"javascript:alert(1)"#' directory.json >"$out/script.json"
! officedir export "$out/script.json" --to html --out - >"$out/script.html" 2>"$out/said.txt"
grep -q 'javascript:alert' "$out/said.txt"

"$python" $support/html_readers.py directory.json "$out/index.html"
"$python" $support/html_members.py "$out/members.html"
timeout 300 node $support/html.mjs directory.json "$out"
