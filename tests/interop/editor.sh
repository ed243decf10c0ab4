#!/usr/bin/env bash
# A new directory in the language service of VS Code: completion, descriptions and marks from the schema that `init`
# writes beside it, and from its copy by draft 07 of JSON Schema.
source "$(dirname "$0")/support/install.sh"

out=$work/editor
rm -rf "$out/new"
mkdir -p "$out"
[ -f "$out/package.json" ] || echo '{"private": true}' >"$out/package.json"
npm install --silent --no-audit --no-fund --prefix "$out" vscode-json-languageservice@5.7.2

officedir init "$out/new"
cp "$out/new/directory.schema.json" "$out/schema.json"
officedir schema | cmp - "$out/schema.json"
officedir schema --draft 07 >"$out/draft-07.json"
check() { node tests/interop/support/editor.mjs "$out" "$out/new" "$@"; }
check "$out/schema.json" "$out/draft-07.json"

# The check is one that fails: without descriptions, without examples, and with objects that take any member.
for change in 's/"description"/"depiction"/' 's/"examples"/"exemplars"/' \
  's/"additionalProperties": false/"additionalProperties": true/' 's/"enum"/"enumeration"/'; do
  sed "$change" "$out/schema.json" >"$out/broken.json"
  check "$out/broken.json" >"$out/said.txt" || true
  grep -q 'NOT SO' "$out/said.txt" || { echo "accepted after $change"; exit 1; }
done
