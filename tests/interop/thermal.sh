#!/usr/bin/env bash
# ZPL drawn by zpl-renderer-js: dot by dot the picture and the PDF, which PyMuPDF, pdfminer, fontTools and GEOS draw;
# QR codes read back by zbarimg.
source "$(dirname "$0")/support/install.sh"
apt zbar-tools
pip thermal pymupdf==2.0 numpy==2.4.6 pdfminer.six==20260107 fonttools==4.68.0 shapely==2.2.0
npm install --silent --no-audit --no-fund --prefix "$work/zpl" zpl-renderer-js@3.4.0

cargo build -q --release --locked
NODE_PATH=$work/zpl/node_modules "$python" tests/interop/support/thermal.py target/release/officedir "$work/thermal"
