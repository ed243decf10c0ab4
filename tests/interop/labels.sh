#!/usr/bin/env bash
# Every stock at full load, read back by PyMuPDF: page size, die-cuts, order; and that the check rejects broken PDFs.
source "$(dirname "$0")/support/install.sh"
pip labels pymupdf==2.0 numpy==2.4.6

cargo build -q --release --locked
"$python" tests/interop/support/labels.py target/release/officedir "$work/labels"
