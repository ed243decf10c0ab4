#!/usr/bin/env bash
# LibreOffice opens the plain table and the one for spreadsheets: with every separator, with and without a byte
# order mark, of the offices, of the fixture that has everything hard, and of hostile values; every cell is compared.
source "$(dirname "$0")/support/install.sh"
dpkg-query -W libreoffice-calc >/dev/null 2>&1 || apt libreoffice-calc-nogui
pip spreadsheet openpyxl==3.1.5
here=tests/interop/support/books
place=$work/spreadsheet
rm -rf "$place"
mkdir -p "$place/tables" "$place/spoiled"
cargo build -q --release --locked

python3 $here/hostile.py make "$place/all.json"
target/release/officedir validate --output-format json "$place/all.json" >"$place/findings.json" && exit 1
python3 $here/hostile.py judge "$place/all.json" "$place/findings.json" "$place/hostile.json"
cp directory.json src/writers/torture.json "$place"
for fixture in directory torture hostile; do
  for table in excel:dialect=excel excel-semicolon:dialect=excel,separator=semicolon \
    excel-tab:dialect=excel,separator=tab plain:dialect=plain plain-bom:bom=true \
    plain-semicolon:separator=semicolon,bom=true; do
    target/release/officedir export "$place/$fixture.json" --to "csv:${table#*:}" --out - \
      >"$place/tables/$fixture-${table%%:*}.csv" 2>>"$place/losses.txt"
  done
done

# open_tables FOLDER OPTIONS TABLE…: one start of LibreOffice. The options are those of its text import: separators,
# quote, UTF-8, from line 1, no columns, language, quoted field as text, detect special numbers.
open_tables() {
  HOME=$place soffice --headless "-env:UserInstallation=file://$place/profile" --convert-to xlsx --outdir "$1" \
    --infilter="Text - txt - csv (StarCalc):44/59/9,34,76,1,,0,$2" "${@:3}" >>"$place/soffice.txt" 2>&1
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

judge text true,false "$place"/tables/*.csv
# Without being told, LibreOffice looks for numbers, and for formulas.
judge computed false,true "$place"/tables/*.csv

# A formula without its guard is seen, and so is a telephone number without its space.
sed "s/\"'=/\"=/" "$place/tables/torture-excel.csv" >"$place/spoiled/torture-excel.csv"
sed 's/"+49 22897629900"/"+4922897629900"/' "$place/tables/directory-excel.csv" >"$place/spoiled/directory-excel.csv"
open_tables "$place/computed" false,true "$place"/spoiled/*.csv
for table in "$place"/spoiled/*.csv; do
  cmp -s "$table" "$place/tables/$(basename "$table")" && echo "nothing spoiled: $table" && exit 1
  ! "$python" $here/read_spreadsheet.py computed "$table" "$place/computed/$(basename "$table" .csv).xlsx" \
    2>"$table.txt"
  tail -1 "$table.txt" | grep AssertionError
done
