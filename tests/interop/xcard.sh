#!/usr/bin/env bash
# xCard against RFC 6351's RELAX NG by jing, and read by ez-vcard.
source "$(dirname "$0")/support/install.sh"
apt jing libez-vcard-java default-jdk-headless

out=$work/xcard
rm -rf "$out"
mkdir -p "$out"
officedir export --to xcard --out - >"$out/directory.xml"
officedir export src/writers/torture.json --to xcard --out - >"$out/torture.xml"
officedir export tests/writers/losses/full.json --to xcard --out - >"$out/full.xml"
schema=tests/interop/support/xcard.rnc
jing -c $schema "$out/directory.xml" "$out/torture.xml" "$out/full.xml"
# The schema is one that rejects: the seven components of an address are in order, and none is missing.
for change in '/<ext><\/ext>/d' 's/<kind>/<king>/; s/<\/kind>/<\/king>/' 's/>fax</>telefax</'; do
  sed "$change" "$out/directory.xml" >"$out/broken.xml"
  ! jing -c $schema "$out/broken.xml" >"$out/said.txt" || { echo "accepted after $change"; exit 1; }
done

grep -q '<x-ablabel>' "$out/full.xml" && grep -q '<geo>' "$out/full.xml" && grep -q '<x-own>' "$out/full.xml"

jars=/usr/share/java
javac -cp $jars/ez-vcard.jar -d "$out" tests/interop/support/XCard.java
java -cp "$jars/ez-vcard.jar:$jars/vinnie.jar:$out" XCard "$out/directory.xml" >"$out/read.txt"
python3 tests/interop/support/xcard.py directory.json "$out/read.txt"
# Groups hide nothing from ez-vcard: both forms are among the URLs of the second office, and all of its numbers.
java -cp "$jars/ez-vcard.jar:$jars/vinnie.jar:$out" XCard "$out/full.xml" >"$out/read-full.txt"
[ "$(sed -n 2p "$out/read-full.txt" | cut -f4 | tr , '\n' | wc -l)" = 3 ]
[ "$(sed -n 2p "$out/read-full.txt" | cut -f7 | tr , '\n' | wc -l)" = 4 ]
