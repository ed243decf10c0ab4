#!/usr/bin/env bash
# QR codes of labels read by zbarimg and ZXing, with places in the scripts of the world; the cards in them by vobject.
source "$(dirname "$0")/support/install.sh"
apt zbar-tools
pip qr zxing-cpp==3.1.1 pillow==13.0.0 vobject==0.9.9
cargo build -q --release --locked
"$python" tests/interop/support/qr.py target/release/officedir "$work/qr"
