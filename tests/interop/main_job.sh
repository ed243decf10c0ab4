#!/usr/bin/env bash
# The four default exports of the 15 offices, each read by a reader that is not ours.
source "$(dirname "$0")/support/install.sh"
apt libxml2-utils poppler-utils
pip main vobject==0.9.9

out=$work/main-job
rm -rf "$out"
officedir export --out "$out"

xmllint --noout "$out/offices.xml"
test "$(xmllint --xpath 'count(//*[local-name()="office"])' "$out/offices.xml")" = 15
pdfinfo "$out/labels.pdf" | tee "$out/pdfinfo.txt"
grep -Eq '^Pages: +1$' "$out/pdfinfo.txt"
grep -Eq '^Page size: +595\.[0-9]+ x 841\.[0-9]+ pts \(A4\)$' "$out/pdfinfo.txt"
pdftotext -raw "$out/labels.pdf" "$out/labels.txt"
"$python" tests/interop/support/main_job.py directory.json "$out"
