#!/usr/bin/env bash
# Archivable labels: poppler reads structure and metadata, qpdf the syntax; two runs give the same bytes.
source "$(dirname "$0")/support/install.sh"
apt poppler-utils qpdf

place=$work/archive
for run in 1 2; do
  officedir export --to labels:archive,qr,stock=avery-l7163,return-address=headquarters,to-sender --out "$place/$run"
done
pdf=$place/1/labels.pdf
cmp "$pdf" "$place/2/labels.pdf"
qpdf --check "$pdf" >/dev/null
grep -aq '<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>' "$pdf"
pdfinfo "$pdf" 2>/dev/null | grep -Eq '^Title: +Address labels of ICLEI$'
pdfinfo "$pdf" 2>/dev/null | grep -Eq '^Tagged: +yes$'

# Fifteen offices: an address, a return address and a QR code each; every line by itself, in reading order.
pdfinfo -struct-text "$pdf" 2>/dev/null >"$place/structure.txt"
test "$(grep -c '^  Div' "$place/structure.txt")" = 30
test "$(grep -c '^  Figure' "$place/structure.txt")" = 15
grep -A 40 'ICLEI Japan Office' "$place/structure.txt" | grep -o '"..*"' | head -4 >"$place/japan.txt"
diff "$place/japan.txt" - <<'LINES'
"ICLEI Japan Office"
"1-14-2 Nishi-Shimbashi"
"MINATO-KU, TOKYO 105-0003"
"JAPAN"
LINES
echo "archive: structure, metadata and syntax as they should be"
