#!/usr/bin/env bash
# Builds the program for Windows and runs it by Wine, where neither Rust nor a compiler is: it must check, replace files,
# run plug-ins, find fonts and show colours as elsewhere, and write the same bytes as the static program for Linux.
# OFFICEDIR_PROFILE is the profile that is built, "dist" without it. Needs root, for a Debian of its own: Rust's programs
# need Wine 9, and Debian 12 has 8.
# shellcheck source=tests/interop/support/install.sh
source "$(dirname "$0")/../tests/interop/support/install.sh"
apt debootstrap gcc-mingw-w64-x86-64-posix fonts-ipafont-gothic
target=x86_64-pc-windows-gnu
profile=${OFFICEDIR_PROFILE:-dist}
built=${CARGO_TARGET_DIR:-target}/$target/$profile
rustup target list --installed | grep -qx $target || rustup target add $target
cargo build --quiet --locked --bin officedir --target $target --profile "$profile"
native=target/packages/x86_64-unknown-linux-musl/officedir
[ -e $native ] || .packages/build.sh x86_64-unknown-linux-musl archive

debian=$work/trixie
if [ ! -e "$debian/usr/bin/wine-stable" ]; then
  debootstrap --variant=minbase --include=python3,procps,wine,wine64 trixie "$debian" > "$work/debootstrap.log"
  rm -rf "$debian/var/cache/apt/archives"
fi
tested=$debian/tmp/officedir
rm -rf "$tested"
mkdir -p "$tested"
cp "$built/officedir.exe" $native tests/interop/support/wine.py "$tested/"
cp /usr/share/fonts/opentype/ipafont-gothic/ipag.ttf "$tested/"
cp -r directory.json officedir.toml out "$tested/"
rustc --edition 2024 --target $target -o "$tested/ids.exe" tests/interop/support/ids_writer.rs
# Wine needs /dev and /proc, which are its own and go with it.
unshare --mount --pid --fork bash -euc "
  mount -t proc proc '$debian/proc'
  mount --rbind /dev '$debian/dev'
  cd /tmp
  exec chroot '$debian' sh -c 'cd /tmp/officedir && python3 wine.py officedir.exe officedir ids.exe work ipag.ttf'"
printf 'officedir.exe has %s bytes as %s\n' "$(stat --format %s "$built/officedir.exe")" "$profile"
