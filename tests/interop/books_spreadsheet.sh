#!/usr/bin/env bash
# LibreOffice opens the table for people, the one without formulas and the full one: with every separator, with and
# without a byte order mark, of the offices, of the fixture that has everything hard, and of hostile values; every cell
# is compared. Then it prints the workbook and the table for people, and every letter of every cell has to be seen.
source "$(dirname "$0")/support/install.sh"
dpkg-query -W libreoffice-calc >/dev/null 2>&1 || apt libreoffice-calc-nogui
apt poppler-utils
pip spreadsheet openpyxl==3.1.5
here=tests/interop/support/books
place=$work/spreadsheet
rm -rf "$place"
mkdir -p "$place/tables" "$place/spoiled"
cargo build -q --release --locked

python3 $here/hostile.py make "$place/all.json"
target/release/officedir validate --output-format json "$place/all.json" >"$place/findings.json" && exit 1
python3 $here/hostile.py judge "$place/all.json" "$place/findings.json" "$place/hostile.json"
cp directory.json src/writers/torture.json tests/writers/losses/full.json "$place"
for fixture in directory torture hostile; do
  for table in excel:dialect=excel excel-semicolon:dialect=excel,separator=semicolon \
    excel-tab:dialect=excel,separator=tab plain:dialect=plain plain-nobom:bom=false \
    plain-semicolon:separator=semicolon full:dialect=full full-semicolon:dialect=full,separator=semicolon,bom=true; do
    target/release/officedir export "$place/$fixture.json" --to "csv:${table#*:}" --out - \
      >"$place/tables/$fixture-${table%%:*}.csv" 2>>"$place/losses.txt"
  done
done

# open_tables FOLDER OPTIONS TABLE…: one start of LibreOffice. The options are those of its text import: separators,
# quote, UTF-8, from line 1, no columns; OPTIONS are language, quoted field as text, detect special numbers.
open_tables() {
  HOME=$place soffice --headless "-env:UserInstallation=file://$place/profile" --convert-to xlsx --outdir "$1" \
    --infilter="Text - txt - csv (StarCalc):44/59/9,34,76,1,,$2" "${@:3}" >>"$place/soffice.txt" 2>&1
}

# judge MODE OPTIONS TABLE…
judge() {
  local pairs=() table
  open_tables "$place/$1" "$2" "${@:3}"
  for table in "${@:3}"; do
    pairs+=("$table" "$place/$1/$(basename "$table" .csv).xlsx")
  done
  "$python" $here/read_spreadsheet.py "$1" "${pairs[@]}"
}

judge text 0,true,false "$place"/tables/*.csv
# Without being told, LibreOffice looks for numbers, and for formulas.
judge computed 0,false,true "$place"/tables/*.csv

# French, Polish, Russian and Swedish, which group thousands by blanks.
for language in 1036 1045 1049 1053; do
  judge computed "$language,false,true" "$place"/tables/{directory,torture,hostile}-plain.csv
done

# A formula without its guard is seen, and so is a telephone number without its space.
sed "s/\"'=/\"=/" "$place/tables/hostile-excel.csv" >"$place/spoiled/hostile-excel.csv"
sed 's/"+49 228[ 0-9]*"/"+4922897629900"/' "$place/tables/directory-excel.csv" >"$place/spoiled/directory-excel.csv"
open_tables "$place/computed" 0,false,true "$place"/spoiled/*.csv
for table in "$place"/spoiled/*.csv; do
  cmp -s "$table" "$place/tables/$(basename "$table")" && echo "nothing spoiled: $table" && exit 1
  ! "$python" $here/read_spreadsheet.py computed "$table" "$place/computed/$(basename "$table" .csv).xlsx" \
    2>"$table.txt"
  tail -1 "$table.txt" | grep AssertionError
done

# print_as OPTIONS FILE…: a PDF of each.
print_as() {
  local filter=()
  # Without being told, LibreOffice reads UTF-8 by itself only where it can ask.
  case $2 in *.csv) filter=(--infilter="Text - txt - csv (StarCalc):44,34,76,1,,0,false,true") ;; esac
  HOME=$place soffice --headless "-env:UserInstallation=file://$place/profile" "${filter[@]}" \
    --convert-to "pdf:calc_pdf_Export:$1" --outdir "$place/printed" "${@:2}" >>"$place/soffice.txt" 2>&1
}
mkdir -p "$place/printed"
"$python" $here/read_print.py many "$place/many.json"
for fixture in directory full many; do
  target/release/officedir export "$place/$fixture.json" --to xlsx --out - >"$place/printed/$fixture.xlsx" 2>>"$place/losses.txt"
done
target/release/officedir export "$place/directory.json" --to csv --out - >"$place/printed/table.csv"
# Rows of one line: what is cut off is seen.
"$python" - "$place/printed/full.xlsx" "$place/printed/low.xlsx" <<'PYTHON'
import sys
from openpyxl import load_workbook
book = load_workbook(sys.argv[1])
for row in range(1, 20):
    book["Offices"].row_dimensions[row].height = 15
book.save(sys.argv[2])
PYTHON
print_as '{}' "$place"/printed/*.xlsx
# A table has no page: it becomes one.
print_as '{"SinglePageSheets":{"type":"boolean","value":"true"}}' "$place/printed/table.csv"
"$python" $here/read_print.py compare "$place/printed" directory full many table
! "$python" $here/read_print.py compare "$place/printed" low
