#!/usr/bin/env bash
# Makes the packages of one target:
#
#   .packages/build.sh TARGET [archive] [wheel] [sdist] [npm] [deb] [container]
#
# TARGET is one of Rust's, such as x86_64-unknown-linux-musl. Without kinds, all are made that the target has. They come
# to target/packages/out, and the program alone to target/packages/TARGET. OFFICEDIR_PROFILE is the profile that is
# built: "dist", which is shipped, unless another is asked for to try things.
#
# This is a folder that begins with a full stop, as .ci does, because nobody needs it to build or use the program.
set -euo pipefail
cd "$(dirname "$0")/.."

target=${1:?"usage: .packages/build.sh TARGET [KIND...]"}
shift
profile=${OFFICEDIR_PROFILE:-dist}
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
# Dates in packages are the commit's, so that a commit gives the same packages twice. Only what packs knows the date:
# build scripts of dependencies run again where it is another, and with them nearly everything is built again, in
# target/release as well.
date=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2> /dev/null || echo 0)}
unset SOURCE_DATE_EPOCH

work=target/packages/$target
out=$PWD/target/packages/out
tools=$PWD/target/packages/tools
python=$(command -v python3 || command -v python)
mkdir -p "$work" "$out"
case $target in
  *-windows-*) program=officedir.exe ;;
  *) program=officedir ;;
esac

# Every dependency is Rust, so that for another processor Rust's own linker and the C library that comes with the target
# are enough.
if [ "$(uname -m)" = x86_64 ]; then
  export CARGO_TARGET_AARCH64_UNKNOWN_LINUX_MUSL_LINKER=rust-lld
fi

# The program, where all kinds take it from.
binary() {
  rustup target list --installed | grep -qx "$target" || rustup target add "$target"
  cargo build --locked --bin officedir --target "$target" --profile "$profile"
  cp "${CARGO_TARGET_DIR:-target}/$target/$profile/$program" "$work/$program"
  rm -rf "$work/share"
  mkdir -p "$work/share"
  cp README.md CHANGELOG.md LICENSE-APACHE LICENSE-MIT "$work/share/"
}

# Man pages and completions, which the program writes itself. One for another machine is run by OFFICEDIR_RUNNER, such
# as "wine" or "qemu-aarch64-static".
texts() {
  local run=("$PWD/$work/$program")
  [ -z "${OFFICEDIR_RUNNER:-}" ] || run=("$OFFICEDIR_RUNNER" "${run[@]}")
  mkdir -p "$work/share/man" "$work/share/completions"
  "${run[@]}" man --out "$work/share/man"
  "${run[@]}" completions bash > "$work/share/completions/officedir.bash"
  "${run[@]}" completions zsh > "$work/share/completions/_officedir"
  "${run[@]}" completions fish > "$work/share/completions/officedir.fish"
}

# officedir-VERSION-TARGET.tar.gz, or .zip for Windows: a folder of that name.
archive() {
  local name=officedir-$version-$target ending=.tar.gz
  [ "$program" = officedir ] || ending=.zip
  rm -rf "${work:?}/$name"
  cp -r "$work/share" "$work/$name"
  cp "$work/$program" "$work/$name/"
  SOURCE_DATE_EPOCH=$date "$python" .packages/archive.py "$work/$name" "$out/$name$ending"
}

# Python's tools are installed into a folder of their own.
python_tools() {
  local place=$tools/python scripts=bin
  case $(uname -s) in MINGW* | MSYS*) scripts=Scripts ;; esac
  maturin=$place/$scripts/maturin
  [ -x "$maturin" ] || {
    "$python" -m venv --clear "$place"
    "$place/$scripts/pip" install --quiet --disable-pip-version-check maturin==1.16.0
  }
}

wheel() {
  local tags=()
  python_tools
  case $target in
    # Static, so that it runs beside either C library: one wheel for all systems that Python knows.
    *-linux-musl) tags=(--compatibility manylinux2014 musllinux_1_1) ;;
  esac
  "$maturin" build --locked --target "$target" --profile "$profile" "${tags[@]}" --out "$out"
}

sdist() {
  python_tools
  "$maturin" sdist --out "$out"
}

# npm's package for the platform, and the one that finds it.
npm() {
  rm -rf "$work/npm"
  "$python" .packages/npm/packages.py "$version" "$target" "$work/$program" "$work/npm"
  for package in "$work"/npm/*/; do
    (cd "$package" && command npm pack --silent --pack-destination "$out")
  done
}

deb() {
  [ -x "$tools/bin/cargo-deb" ] || cargo install --quiet --locked --root "$tools" cargo-deb@3.6.3
  rm -rf target/packages/share
  cp -r "$work/share" target/packages/share
  {
    printf 'officedir (%s-1) unstable; urgency=medium\n\n' "$version"
    printf '  * /usr/share/doc/officedir/changelog.gz says what has changed.\n\n'
    printf ' -- %s  %s\n' "$(sed -n 's/^maintainer = "\(.*\)"/\1/p' Cargo.toml)" "$(date --utc --rfc-email --date "@$date")"
  } > target/packages/share/changelog
  # Cargo has stripped it, and the tool of this processor would not know that of another.
  SOURCE_DATE_EPOCH=$date "$tools/bin/cargo-deb" --no-build --no-strip --target "$target" --profile "$profile" \
    --output "$out/"
}

container() {
  rm -rf "$work/image"
  mkdir -p "$work/image/tmp"
  cp "$work/$program" "$work/image/"
  buildah build --quiet --timestamp "$date" --tag "officedir:$version" \
    --file .packages/Containerfile "$work/image"
}

case $target in
  *-linux-musl) kinds=(archive wheel npm deb container) ;;
  *) kinds=(archive wheel npm) ;;
esac
[ $# -eq 0 ] || kinds=("$@")
binary
texts
for kind in "${kinds[@]}"; do
  began=$SECONDS
  "$kind"
  printf '%s of %s made in %d s\n' "$kind" "$target" $((SECONDS - began))
done
