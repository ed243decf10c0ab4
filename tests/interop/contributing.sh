#!/usr/bin/env bash
# The worked examples of CONTRIBUTING.md, carried out in a copy of the project: each block is applied or run, and the
# results that the page shows are looked for.
source "$(dirname "$0")/support/install.sh"

copy=$work/contributing
rm -rf "$copy"
mkdir -p "$copy"
git ls-files -z | xargs -0 cp --parents -t "$copy"
# A repository of its own, from whose root the paths in reports are.
git init -q "$copy"
# Of another version, so that the copy shares what is built of the dependencies, and cargo takes neither for the other.
sed -i '0,/^version = .*/s//version = "0.0.0"/' "$copy/Cargo.toml"
sed -i '/^name = "officedir"$/{n;s/.*/version = "0.0.0"/}' "$copy/Cargo.lock"
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target}
python3 tests/interop/support/contributing.py CONTRIBUTING.md "$copy"
