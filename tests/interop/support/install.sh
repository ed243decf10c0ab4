# Sourced by the suites: installs readers, and gives each a place under target/interop.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
work=$root/target/interop
mkdir -p "$work"
cd "$root"

# apt PACKAGE…: Debian packages, where they are not installed yet.
apt() {
  local missing=()
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  local sudo=()
  [ "$(id -u)" -eq 0 ] || sudo=(sudo)
  "${sudo[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# pip NAME PACKAGE…: a virtual environment of that name; its Python is then $python.
pip() {
  local place=$work/venv-$1
  shift
  [ -x "$place/bin/python" ] || python3 -m venv "$place"
  python=$place/bin/python
  "$python" -m pip install -q --disable-pip-version-check "$@"
}

# roundcube: Roundcube's importer; its folder is then $roundcube. The package would bring a database and a web server, and
# the importer is a few files.
roundcube() {
  apt php-cli php-mbstring
  if [ ! -d "$work/roundcube/usr" ]; then
    mkdir -p "$work/roundcube"
    (cd "$work/roundcube" && apt-get download -qq roundcube-core && dpkg -x roundcube-core_*.deb .)
  fi
  roundcube=$(find "$work/roundcube/" -type d -path '*/program/lib/Roundcube')
}

# The program, as built for release.
officedir() { cargo run -q --release --locked -- "$@"; }
