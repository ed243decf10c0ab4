#!/usr/bin/env bash
# The hooks for pre-commit, run by pre-commit itself on a repository with a clean and with a broken directory, and the
# steps of the GitHub action, run as a runner does. The hooks take the program that is built here: what `language:
# rust` does in its place is a whole release build, which is too long for here.
source "$(dirname "$0")/support/install.sh"
apt shellcheck
pip hooks pre-commit==4.7.0 check-jsonschema==0.39.0 PyYAML==6.0.4

"$work/venv-hooks/bin/pre-commit" validate-manifest .pre-commit-hooks.yaml
"$work/venv-hooks/bin/check-jsonschema" --builtin-schema vendor.github-actions action.yml
cargo build -q --release --locked
"$python" tests/interop/support/hooks.py "$work/hooks" target/release/officedir
