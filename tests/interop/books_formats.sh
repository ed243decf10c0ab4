#!/usr/bin/env bash
# jCard read by ical.js, JSContact by calcard, LDIF by OpenLDAP.
source "$(dirname "$0")/support/install.sh"
apt slapd
pip books vobject==0.9.9 babel==2.18.0
here=tests/interop/support/books
place=$work/books
mkdir -p "$place"
[ -d "$place/node_modules/ical.js" ] || npm install --silent --no-save --prefix "$place" ical.js@2.2.1
jscontact=$work/jscontact
CARGO_TARGET_DIR=$jscontact cargo build -q --locked --manifest-path $here/jscontact/Cargo.toml
cargo build -q --release --locked

"$python" $here/hostile.py make "$place/all.json"
target/release/officedir validate --output-format json "$place/all.json" >"$place/findings.json" && exit 1
"$python" $here/hostile.py judge "$place/all.json" "$place/findings.json" "$place/hostile.json"
cp directory.json src/writers/torture.json "$place"

for fixture in directory torture hostile; do
  out=$place/$fixture-formats
  rm -rf "$out"
  target/release/officedir export "$place/$fixture.json" --out "$out" --to jcard --to jscontact --to ldif 2>"$out.losses"
  node $here/read_icaljs.mjs "$place" "$out/offices.jcard.json" >"$out/jcard.jsonl"
  "$python" $here/compare.py "$place/$fixture.json" 4.0 ical.js "$out/jcard.jsonl"

  "$jscontact/debug/jscontact" "$out/offices.jscontact.json" >"$out/jscontact.jsonl"
  "$python" $here/compare.py "$place/$fixture.json" jscontact calcard "$out/jscontact.jsonl"

  mkdir "$out/database"
  sed "s|PLACE|$out/database|" $here/slapd.conf >"$out/slapd.conf"
  printf 'dn: dc=example,dc=org\nobjectClass: dcObject\nobjectClass: organization\ndc: example\no: Example\n' \
    | /usr/sbin/slapadd -f "$out/slapd.conf"
  /usr/sbin/slapadd -f "$out/slapd.conf" -l "$out/offices.ldif"
  /usr/sbin/slapcat -f "$out/slapd.conf" >"$out/server.ldif"
  "$python" $here/read_ldif.py "$place/$fixture.json" "$out/offices.ldif" "$out/server.ldif"
done

# What no server can take has to be refused by it.
sed 's/^postalCode: 53113$/postalCode:/; s/^objectClass: extensibleObject$/objectClass: person/' \
  "$place/directory-formats/offices.ldif" >"$place/spoiled.ldif"
! /usr/sbin/slapadd -u -f "$place/directory-formats/slapd.conf" -l "$place/spoiled.ldif" 2>/dev/null
