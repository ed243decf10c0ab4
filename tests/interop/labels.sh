#!/usr/bin/env bash
# Every stock at full load, read back by PyMuPDF: page size, die-cuts, order; and that the check rejects broken PDFs.
# Then the text of labels in twelve scripts, as poppler, MuPDF, PDFium and pdf.js take it out.
source "$(dirname "$0")/support/install.sh"
pip labels pymupdf==2.0 numpy==2.4.6 pypdfium2==5.15.2
apt poppler-utils
npm install --silent --no-audit --no-fund --prefix "$work/labels-text" pdfjs-dist@4.10.38

# The fonts by themselves: installed, they would be used by every other suite too.
fonts=$work/labels-text/fonts
if [ ! -d "$fonts" ]; then
  mkdir -p "$fonts/packages"
  (cd "$fonts/packages" && apt-get download -qq fonts-noto-core fonts-droid-fallback fonts-nanum)
  for package in "$fonts"/packages/*.deb; do dpkg -x "$package" "$fonts/packages"; done
  find "$fonts/packages" -name '*.ttf' -exec mv {} "$fonts" \;
fi

cargo build -q --release --locked
"$python" tests/interop/support/labels.py target/release/officedir "$work/labels"
"$python" tests/interop/support/labels_text.py target/release/officedir "$work/labels-text" "$fonts" \
  "$work/labels-text/node_modules"
