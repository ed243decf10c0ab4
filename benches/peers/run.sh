#!/usr/bin/env bash
# officedir beside its peers on the same directory of COUNT offices, and validators on mistakes, as tables in Markdown:
#
#     benches/peers/run.sh [COUNT]
#
# The peers come from Debian, PyPI, npm and crates.io, into target/peers.
set -euo pipefail
cd "$(dirname "$0")/../.."
count=${1:-100000}
peers=$PWD/target/peers
mkdir -p "$peers"

missing=()
for package in hyperfine time miller libez-vcard-java libvinnie-java default-jdk-headless python3-venv; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  sudo=()
  [ "$(id -u)" -eq 0 ] || sudo=(sudo)
  "${sudo[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
[ -x "$peers/venv/bin/python" ] || python3 -m venv "$peers/venv"
"$peers/venv/bin/python" -m pip install -q --disable-pip-version-check \
  check-jsonschema==0.39.0 vobject==0.9.9 lxml==6.1.3 duckdb-cli==1.5.6
[ -d "$peers/node_modules/ajv-cli" ] || npm install --silent --no-save --prefix "$peers" ajv-cli@5.0.0 ajv-formats@3.0.1
cargo install -q --locked --root "$peers/cargo" jsonschema-cli@0.60.2

cargo build -q --profile dist --locked --bins --example generate --example to_value
target/dist/examples/generate "$count" >"$peers/directory.json"
target/dist/examples/generate "$count" --ndjson >"$peers/directory.ndjson"
python3 benches/peers/compare.py "$count" "$peers" "$peers/directory.json" "$peers/directory.ndjson"
printf '\n'
python3 benches/peers/mistakes.py target/dist/officedir "$peers/venv/bin/check-jsonschema" \
  "$peers/node_modules/.bin/ajv" "$peers/cargo/bin/jsonschema-cli"
if [ -x benches/peers/labels.sh ]; then benches/peers/labels.sh "$count"; fi
