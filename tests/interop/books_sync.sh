#!/usr/bin/env bash
# The offices on two CardDAV servers, brought by vdirsyncer with the configuration of the examples, and in a folder
# that Radicale serves as it is.
source "$(dirname "$0")/support/install.sh"
pip sync vobject==0.9.9 babel==2.18.0 vdirsyncer==0.21.0 radicale==3.9.0 xandikos==0.4.10

cargo build -q --release --locked
"$python" tests/interop/support/books/sync.py target/release/officedir directory.json "$work/sync"
"$python" tests/interop/support/books/radicale_folder.py target/release/officedir directory.json "$work/radicale"
