#!/usr/bin/env bash
# The page in Chromium, driven by Playwright and judged by axe; its markup by the Nu HTML Checker, its QR codes by zbar
# and zxing, its microformats and schema.org by mf2py and extruct.
source "$(dirname "$0")/support/install.sh"
apt chromium zbar-tools default-jre-headless
pip html mf2py==2.0.2 extruct==0.18.0 zxing-cpp==3.1.1 pillow==13.0.0

out=$work/html
mkdir -p "$out"
[ -f "$out/package.json" ] || echo '{"private": true}' >"$out/package.json"
npm install --silent --no-audit --no-fund --prefix "$out" playwright-core@1.65.1 axe-core@4.14.1 vnu-jar@26.9.27

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
officedir export $support/search.json --to html --out - >"$out/search.html"
officedir export src/writers/torture.json --to html --out - >"$out/torture.html"
officedir export tests/writers/losses/full.json --to html:language=de --out - >"$out/members.html" 2>"$out/said.txt"
# A website that runs something is no website.
sed 's#"https://www.iclei.org"#"javascript:alert(1)"#' directory.json >"$out/script.json"
! officedir export "$out/script.json" --to html --out - >"$out/script.html" 2>"$out/said.txt"
grep -q 'javascript:alert' "$out/said.txt"

for language in de es fr pt ja ko zh zh-Hant; do
  officedir export --to html:language=$language --out - >"$out/valid-$language.html"
done
printf '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 1"><path d="M0 0h4v1z"/></svg>' >"$out/logo.svg"
officedir export --to "html:title=Our offices,accent=#fd0,logo=$out/logo.svg" --out - >"$out/valid-look.html"
officedir export --to html:fragment=true --out - >"$out/fragment.html"
{
  echo '<!doctype html><html lang="en"><head><title>Offices</title></head><body><main><h1>Offices</h1>'
  cat "$out/fragment.html"
  echo '</main></body></html>'
} >"$out/valid-fragment.html"
java -jar "$out/node_modules/vnu-jar/build/dist/vnu.jar" --errors-only \
  "$out"/{index,search,members,torture,hostile,hostile-de,many}.html \
  "$out"/valid-*.html
[ "$(wc -c <"$out/many.html")" -le 3000000 ]

"$python" $support/html_readers.py directory.json "$out/index.html"
"$python" $support/html_members.py "$out/members.html"
timeout 300 node $support/html.mjs directory.json "$out"
"$python" $support/html_codes.py "$out/codes"
timeout 300 node $support/html_search.mjs "$out"
timeout 900 node $support/html_looks.mjs "$out"
