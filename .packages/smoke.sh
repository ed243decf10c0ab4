#!/usr/bin/env bash
# Installs every package in a folder that is for this machine, and runs what was installed: .packages/smoke.sh FOLDER.
# Neither Rust nor anything that was built is used. It stands in the repository only for the directory and its outputs.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$(cd "$1" && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python=$(command -v python3 || command -v python)
printf '{"organization": {"name": "A"}, "offices": [{}]}' > "$place/broken.json"

# works NAME COMMAND...: the program checks the directory, finds a mistake, and writes the outputs that are committed.
works() {
  local name=$1 code=0
  shift
  "$@" --version > "$place/version"
  "$@" validate directory.json > "$place/said" 2>&1
  "$@" validate "$place/broken.json" > "$place/said" 2>&1 || code=$?
  [ "$code" -eq 1 ] || { echo "$name: exit code $code for a directory with mistakes"; cat "$place/said"; return 1; }
  "$@" export --check
  echo "ok: $name: $(cat "$place/version"), outputs as committed"
}

case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) system=x86_64-unknown-linux-musl npm=linux-x64 deb=amd64 ;;
  Linux-aarch64) system=aarch64-unknown-linux-musl npm=linux-arm64 deb=arm64 ;;
  Darwin-x86_64) system=x86_64-apple-darwin npm=darwin-x64 deb= ;;
  Darwin-arm64) system=aarch64-apple-darwin npm=darwin-arm64 deb= ;;
  *) system=x86_64-pc-windows-msvc npm=win32-x64 deb= ;;
esac

archive=$(find "$folder" -name "officedir-*-$system.*")
case $archive in
  *.zip) "$python" -m zipfile -e "$archive" "$place/archive" ;;
  *) mkdir "$place/archive" && tar -xzf "$archive" -C "$place/archive" ;;
esac
program=$(find "$place/archive" -name officedir -o -name officedir.exe)
works archive "$program"

began=$SECONDS
"$python" -m venv "$place/venv"
scripts=bin
case $(uname -s) in MINGW* | MSYS*) scripts=Scripts ;; esac
"$place/venv/$scripts/pip" install --quiet --no-index --find-links "$folder" officedir
works wheel "$place/venv/$scripts/officedir"
echo "ok: wheel: from nothing to findings in $((SECONDS - began)) s"

mkdir "$place/npm"
(cd "$place/npm" && npm init --yes > /dev/null &&
  npm install --silent --no-audit --no-fund "$folder/officedir-$npm"-*.tgz "$folder"/officedir-[0-9]*.tgz)
works npm "$place/npm/node_modules/.bin/officedir"
(cd "$place/npm" && npx --no-install officedir --version)

if [ -n "$deb" ] && command -v dpkg > /dev/null; then
  dpkg-deb --extract "$folder"/officedir_*_"$deb".deb "$place/deb"
  works deb "$place/deb/usr/bin/officedir"
fi
